//! The schema as a contract: exported, described, and keeping its conventions.

mod conventions;
mod describe;
mod export;
mod introspection;
mod lists;
