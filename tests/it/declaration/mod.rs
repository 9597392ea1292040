//! Declarations: what files of the platform and of the register become, and what is found to be wrong with it.

mod bitemporal;
mod county;
mod finding;
mod finding_filter;
mod forms;
mod identity;
mod into_table;
mod limit;
mod moves;
pub(crate) mod record;
mod resume;
mod submission;
mod table;
mod transport;
