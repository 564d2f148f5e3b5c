//! The nouns, linked.
pub mod body;
