//! Credit: what files of double publicity and of lists become, and who sees it on which day.

mod bad_row;
mod forms;
mod generated;
mod history;
pub(crate) mod office;
mod order;
mod packed;
mod persons;
mod products;
mod publication;
