//! The nouns, linked.
pub mod body;
pub mod quiz;
