//! Juhend: a portal is a pure function of a content tree, a theme and a day.
pub mod diagnostic;
pub mod model;
pub mod parse;
