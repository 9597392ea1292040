//! Black-box tests of the hub: one binary, one module per domain.

mod golden;
mod house;
mod http;
mod ingestion;
mod page;
mod schema;
mod search;
mod standard;
mod value;
