//! The door: what HTTP, event streams and WebSocket answer.

mod accept;
mod ask;
mod cost;
mod documents;
mod examples;
mod get;
mod health;
mod load;
mod origins;
mod page;
mod post;
mod process;
mod protocol;
mod revoked;
mod slow;
mod socket;
mod stream;
mod talk;
mod tls;
mod token;
mod trace;
mod transport;
