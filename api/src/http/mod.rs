//! The door: GraphQL over HTTP, event streams and WebSocket, and the query page.

mod answer;
mod assets;
mod calendar;
pub mod check;
mod documents;
mod door;
mod entrance;
mod graphql;
mod health;
mod limits;
mod listen;
mod load;
mod metrics;
mod named;
mod origins;
mod patient;
mod rate;
mod refused;
mod request;
mod run;
mod server;
mod settings;
mod socket;
mod stop;
mod stream;
mod sync;
mod tls;
mod trace;
pub mod webhook;

pub use check::Limits as DocumentLimits;
pub use limits::Limits;
pub use server::Server;
pub use settings::{Settings, TlsFiles, TrustedDocuments};
pub use stop::signal as asked_to_stop;
