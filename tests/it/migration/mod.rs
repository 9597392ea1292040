//! The schema and its history.

mod collation;
mod round_trip;
