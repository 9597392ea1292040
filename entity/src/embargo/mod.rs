//! The embargo (信息发布审批): what a bureau found out is for staff until an authorised act publishes it. No unit and no person
//! publishes results on their own (notice 001 六.2: 擅自公布; R22).
//!
//! It is one mechanism for whatever has to be held back, and a pure one: an [`Embargo`] says how far something is on its way
//! and who answers for that, [`Embargo::step`] takes it further or tells why not, and [`audience`] says whom it is for meanwhile.

mod refusal;
mod stage;
mod step;

pub use refusal::EmbargoRefusal;
pub use stage::{Addressee, Stage, audience};
pub use step::{Embargo, Signature, Step};
