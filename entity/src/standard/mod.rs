//! Standards (标准) of every level, their succession, and standard projects (标准项目).

mod because;
mod citation;
mod claim;
mod edges;
mod filter;
mod golden;
mod gone;
mod model;
mod project;
mod query;
mod status;
mod term;
mod write;

pub use citation::{CheckedCitation, check_citations};
pub use claim::{Issuer, ProjectClaim, StandardClaim, SuccessionClaim};
pub use edges::{Succession, amended_by, predecessors, successors};
pub use filter::{CodeFilter, DateRange, StandardFilter, StandardList, StandardOrder, StandardOrderField};
pub(crate) use gone::not_in_force;
pub use model::Model as Standard;
pub use project::Model as Project;
pub(crate) use project::Projects;
pub use query::{by_keys, editions_of, get, latest_of_base, projects_by_keys};
pub use status::{StatusFacts, StatusReason, StatusRule, Successor, status_on};
pub use term::{ProjectStage, StandardFlag, StandardStatus};
pub(crate) use write::Standards;
