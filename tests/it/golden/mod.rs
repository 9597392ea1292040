//! Golden queries: what the hub answers over the bundled catalogue, and what the answers cost.

mod answers;
mod queries;
mod statements;
mod zone;
