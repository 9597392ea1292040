//! Rules of the house: what a reader may rely on in every file, held by tests instead of by memory.

mod layering;
mod links;
mod rules;
mod settings;
mod size;
mod tree;
mod words;
