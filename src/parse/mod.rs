//! Text to records, each with its place in the file.
pub mod yaml;
