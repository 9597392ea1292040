//! The door: what HTTP and WebSocket answer.

mod examples;
mod page;
mod post;
mod socket;
mod talk;
