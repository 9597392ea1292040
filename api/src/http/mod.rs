//! The door: GraphQL over HTTP and WebSocket, and the query page.

mod assets;
mod post;
mod server;
mod socket;

pub use server::Server;
