//! Enterprises (企业、市场主体): who declares standards and makes products.

mod claim;
mod declarer;
mod filter;
mod golden;
mod model;
mod query;
mod term;

pub use claim::{EnterpriseClaim, FormerName, identity_by_name};
pub use declarer::{Declarer, province};
pub(crate) use filter::is_of_enterprise;
pub use filter::{EnterpriseFilter, EnterpriseList, EnterpriseOrderField};
pub(crate) use golden::Enterprises;
pub use model::Model as Enterprise;
pub use query::{Former, by_identities, by_keys, former_names};
pub use term::{EnterpriseFlag, EnterpriseStatus};
