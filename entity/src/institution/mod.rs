//! Inspection and testing institutions (检验检测机构): who may test, in what, and until when.

mod claim;
mod filter;
mod misconduct;
mod model;
mod query;
mod term;
mod validity;

pub use claim::{InstitutionClaim, MisconductClaim, misconduct_key};
pub use filter::{InstitutionFilter, InstitutionList, InstitutionOrderField};
pub(crate) use misconduct::Misconducts;
pub use misconduct::{Model as MisconductFinding, misconducts_of};
pub(crate) use model::Institutions;
pub use model::Model as Institution;
pub use query::by_keys;
pub use term::{InstitutionFlag, InstitutionStatus, Misconduct, QualificationReason};
pub use validity::Qualification;
