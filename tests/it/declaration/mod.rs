//! Declarations.

mod bitemporal;
