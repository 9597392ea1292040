//! Measuring instruments under mandatory verification, and type approvals.

mod approval;
mod finding;
mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use approval::{TypeApproval, TypeApprovalQuery};
pub(crate) use query::{InstrumentConnection, MetrologyQuery, instruments_of};
pub(crate) use types::MeasuringInstrument;
