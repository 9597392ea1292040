//! The audit trail: its chain, what tampering with it looks like, and who may read it.

mod chain;
mod command;
mod forged;
mod guards;
mod outside;
mod reading;
mod retention;
mod tampered;
mod trail;
mod unsigned;
mod whole;
