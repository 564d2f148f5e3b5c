//! Texts into records, each with its place in the file; a parser never stops at the first fault.
pub mod markdown;
