//! Workbooks, sound and hostile, read by the child process.

mod alone;
mod bombs;
mod book;
mod contents;
mod damage;
mod limits;
