//! Relay connections over the neutral pages of `entity`.

mod arguments;
mod cap;
mod connection;
mod cursor;

pub(crate) use arguments::{PageArguments, bad_input, page_cost};
pub(crate) use cap::capped;
pub(crate) use connection::{Listed, PageInfo, connection, listed};
pub(crate) use cursor::CursorKey;
