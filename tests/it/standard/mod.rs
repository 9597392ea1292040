//! Standards, from the file to the answer.

mod first_path;
