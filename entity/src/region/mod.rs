//! Administrative divisions (行政区划, GB/T 2260) with their history, and the zones that the code does not show (R1).

mod change;
mod claim;
mod golden;
mod period;
mod query;
mod table;

pub use change::Model as RegionChange;
pub(crate) use change::RegionChanges;
pub use claim::{PeriodClaim, RegionChangeClaim, RegionClaim};
pub(crate) use golden::Regions;
pub use period::Model as RegionPeriod;
pub use query::{RegionFilter, ancestors_on, by_codes, changes_of, children_on, get, periods_of};
pub use table::Model as Region;
