//! Measuring instruments under mandatory verification.

mod finding;
mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use query::{InstrumentConnection, MetrologyQuery, instruments_of};
pub(crate) use types::MeasuringInstrument;
