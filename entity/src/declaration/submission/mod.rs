//! Declaring through the hub (自行登录填写, R69, R77, R80): an enterprise declares, revises and withdraws for itself.
//!
//! What it submits is a claim of the source `enterprise-self` like any other, so versions, findings, feed and history
//! follow by themselves. A submission that would be a finding of law is refused with that finding. The same request sent
//! twice counts once.

mod content;
mod ledger;
mod prepare;
mod refusal;
mod submit;

pub use content::{Declare, DeclaredContent, DeclaredProduct, Revise, Submission, Withdraw};
pub use refusal::{Refusal, RefusalReason};
pub use submit::{Submitted, submit};
