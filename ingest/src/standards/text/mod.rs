//! Pure readers for the text fields of catalogue rows of standards.

pub mod ccs;
mod copy_note;
pub mod date;
mod file_name;
pub mod flag;
pub mod ics;
mod ics_group;
pub mod issuer;
mod markup;
mod mojibake;
pub mod number_cell;
mod own_number;
mod remnant;
pub mod status;
pub mod succession;
mod succession_body;
mod succession_note;
pub mod title;

pub use ccs::{Ccs, read_ccs};
pub use date::{ReportedDate, parse_reported_date};
pub use flag::TextFlag;
pub use ics::{Ics, read_ics};
pub use issuer::{Issuer, read_issuers};
pub use number_cell::{NumberCell, read_number_cell};
pub use status::{read_stage, read_status};
pub use succession::{Link, Succession, parse_succession};
pub use title::{CleanTitle, clean_title};
