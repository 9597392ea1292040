//! GraphQL over HTTP: types, loaders, and the server. No SQL, and no decision about who may see what: both are in
//! `entity`.

mod feed;
mod graphql;
mod http;
pub mod identity;
mod json;
mod loader;
mod outbound;

pub use feed::public_cursor;
pub use graphql::sdl;
pub use http::{DocumentLimits, Limits, Server, Settings, TlsFiles, TrustedDocuments, asked_to_stop};
pub use http::{check, webhook};
