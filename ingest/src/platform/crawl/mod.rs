//! Reads the national platform for self-declared enterprise standards (企业标准信息公共服务平台), or a provincial platform of
//! the same make, over HTTP: tree of areas, lists of an area, detail pages. It gives a file of exchange records.
//!
//! The transport that the platform rules mean (标委办地方函〔2016〕13号) is not public. The shapes here are those of the public
//! pages, and every address and label can be set. Where the platform asks for a person (captcha, login) the reader
//! stops and says so: it goes around nothing. TLS is not built in; a proxy on this machine does it.

mod address;
mod answer;
mod areas;
mod client;
mod detail;
mod element;
mod error;
mod labels;
mod listing;
mod new_site;
mod page;
mod page_reader;
mod record;
mod retry;
mod run;
mod settings;
mod spool;
mod state;
mod table;
mod text;

pub use detail::{NoDetail, read_detail};
pub use error::{CrawlError, Place};
pub use labels::{Labels, Meaning, Rule};
pub use new_site::read_list;
pub use record::{ExchangeRecord, IndicatorField, ProductField, RecordField};
pub use run::{Crawled, crawl};
pub use settings::{CrawlSettings, Scope};
pub use spool::{SPOOL_NAME, STATE_NAME, forget};
pub use state::LeftOut;
