//! The text of a run file.
