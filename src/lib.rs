//! Juhend: a portal is a pure function of a content tree, a theme and a day.
pub mod diagnostic;
pub mod file_name;
pub mod model;
pub mod serve;
pub mod source;
pub mod write;
