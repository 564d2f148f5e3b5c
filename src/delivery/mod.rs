//! How the files of a portal are sent: their media types, and the headers that keep a page from doing more than a
//! page should. One definition for the preview, for the pages themselves and for the files that servers read.

mod media_type;
pub mod policy;

pub use media_type::{TYPES, UNKNOWN, media_type};
