//! Value types at the border: every identifier that comes in is read once, keeps its raw text, and has one canonical form.

mod document_number;
mod folding;
mod plan_number;
mod region_code;
mod standard_number;

pub use document_number::DocumentNumber;
pub use plan_number::PlanNumber;
pub use region_code::{RegionCode, RegionLevel};
pub use standard_number::*;
