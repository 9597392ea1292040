//! Webhooks (推送): whom the hub sends changes to by itself, how far each of them is, and what could not be delivered.
//!
//! A webhook is a reader of the feed that is asked for rather than asks. Its place is a cursor of that reader, and moves only after
//! an answer that says that the batch was taken, so every change is delivered at least once and in the order of the feed.

mod dead;
mod progress;
mod subscriber;

pub use dead::{Dead, dead_letters, place_of};
pub use progress::{Attempt, Turn, delivered, failed, given_up, moved, stop, unread};
pub use subscriber::{
    MOST, New, ReplayFrom, Webhook, add, find, list, remove, replay, resume, rotate_key, settle_key,
};
