//! Administrative divisions, from the file to the answer.

mod history;
