//! How a record is declared: its keys, their types, and how each is read from a [`node::Node`].
//!
//! The macros [`record!`] and [`choice!`] turn one declaration into the struct, its reading with
//! all faults, the list of its references and its [`shape`]. From shapes come the [`schema`]s by which editors
//! know the keys, the [`outline`]s of the reference and the [`example`]s in both. This room knows no YAML and
//! no file.

pub mod decode;
pub mod entries;
pub mod example;
pub mod fault;
pub mod form;
pub mod node;
pub mod outline;
pub mod path;
pub mod reference;
pub mod schema;
pub mod shape;
pub mod text;
pub mod time;
pub mod writing;

pub(crate) use decode::{choice, record};
