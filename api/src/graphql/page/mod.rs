//! Relay connections over the neutral pages of `entity`.

mod arguments;
mod cap;
mod connection;
mod cursor;

pub(crate) use arguments::{PageArguments, bad_input, page_cost, region_code, standard_key};
pub(crate) use cap::capped;
pub(crate) use connection::{CountAnswer, Listed, PageInfo, connection, listed, nested};
pub(crate) use cursor::CursorKey;
