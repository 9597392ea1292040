//! Relay connections over the neutral pages of `entity`.

mod arguments;
mod connection;
mod cursor;

pub(crate) use arguments::{PageArguments, bad_input, page_cost};
pub(crate) use connection::{Listed, PageInfo, connection, listed};
pub(crate) use cursor::CursorKey;
