//! Standards, from the file to the answer.

mod check_command;
mod first_path;
mod status;
mod succession;
