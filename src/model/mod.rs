//! The nouns. [`Site`] is the immutable whole of one content tree; everything else hangs from it.
//!
//! No I/O, no YAML, no templates.

pub mod accessibility;
pub mod addresses;
pub mod audience;
pub mod body;
pub mod case;
pub mod color;
pub mod data_set;
pub mod date_change;
pub mod decision;
pub mod defect;
pub mod document;
pub mod embed;
pub mod environment;
pub mod file_shapes;
pub mod history;
pub mod page;
pub mod partner;
pub mod plan;
pub mod portal;
pub mod published;
pub mod quiz;
pub mod records;
pub mod release;
pub mod run;
pub mod security;
pub mod site;
pub mod tickets;
pub mod unseen;

pub use site::Site;
