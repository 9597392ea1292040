//! Black-box tests of the hub: one binary, one module per domain.

mod house;
mod ingestion;
mod standard;
mod value;
