//! Ticket snapshots.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;

/// All of them.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("tickets.html", Head::default(), Vec::new())
}

/// One of them.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let _ = (view, id);
    Sheet::new("snapshot.html", Head::default(), Vec::new())
}

