//! Mandatory limits (强制性标准的限值): the table that a bureau keeps of what no declared standard may fall below
//! (标准化法 art 21).

mod claim;
mod model;
mod query;

pub use claim::{LimitClaim, identity};
pub(crate) use model::Limits;
pub use model::Model as MandatoryLimit;
pub(crate) use query::{by_indicators, indicator_key, weaker_indicators};
