//! Text to records, each with its place in the file. Never stops at the first fault: what could be
//! read is given back together with a list of diagnostics.
//!
//! 1. [`site::settings`] reads `portal.yaml`, on which the reading of all else depends.
//! 2. [`kind`] tells from each path what the file is.
//! 3. [`mod@file`] reads it: [`yaml`] and `record/` for records, [`front_matter`] and [`markdown`] for pages.
//! 4. [`import`] reads the results of runs that have them in files of other tools.
//! 5. [`site::site`] puts what the audience may see into one [`crate::model::Site`].

pub mod addresses;
pub mod aliases;
pub mod embed;
pub mod fault;
pub mod file;
pub mod finished;
mod former;
pub mod front_matter;
pub mod import;
pub mod kind;
pub mod languages;
pub mod markdown;
pub mod published;
pub mod quiz;
pub mod redirects;
#[cfg(test)]
pub mod sample;
pub mod site;
mod syntax;
pub mod ticket_import;
pub mod yaml;

pub use site::{Cache, Options, Settings, imports, page_alone, settings, settings_path, site, zone};
