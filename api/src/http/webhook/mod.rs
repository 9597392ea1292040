//! Sends changes to those who asked for it (推送): to each one batch at a time, signed, again and again until it is taken or given up.

mod address;
mod batch;
mod post;
mod sender;
mod settings;
mod setup;
mod signature;

pub(super) use sender::Sender;
pub use settings::{Pace, Webhooks};
pub use setup::{Begin, Wanted, prepare, replay};
pub use signature::new_key;
