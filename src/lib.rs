//! Juhend: a portal is a pure function of a content tree, a theme and a day.
pub mod check;
pub mod command;
pub mod derive;
pub mod diagnostic;
pub mod file_name;
pub mod model;
pub mod parse;
pub mod record;
pub mod render;
pub mod serve;
pub mod source;
pub mod words;
pub mod write;
