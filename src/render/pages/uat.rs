//! UAT parameters of tickets.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;
use super::super::blocks::Block;
use crate::model::records::Record;
use crate::model::release::Release;

/// All tickets.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("uat.html", Head::default(), Vec::new())
}

/// The tickets of some releases as a table; nothing where no release has any.
pub fn table<'a>(view: &View<'_>, releases: impl Iterator<Item = &'a Record<Release>>) -> Option<Block> {
    let _ = (view, releases);
    None
}

