//! Who may see and do what, over HTTP: the whole schema for every role, and what is hidden beside what is not there.

mod cursors;
mod desk;
mod hidden;
mod ledgers;
mod matrix;
mod model;
mod model_lists;
mod model_rows;
mod probes;
pub(crate) mod questions;
pub(crate) mod reader;
mod sdl;
mod timing;
mod unpublished;
pub(crate) mod world;
