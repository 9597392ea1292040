//! Black-box tests of the hub: one binary, one module per domain.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic, in what it calls, too: that is how it fails"
)]

mod access;
mod annotation;
mod audit;
mod canary;
mod change;
mod check;
mod crawl;
mod credit;
mod declaration;
mod embargo;
mod golden;
mod house;
mod http;
mod identity;
mod ingestion;
mod institution;
mod metrology;
mod migration;
mod package;
mod page;
mod personal;
mod region;
mod relay;
mod schema;
mod scope;
mod search;
mod standard;
mod sync;
mod value;
mod webhook;
mod workbook;
