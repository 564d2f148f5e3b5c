//! The schedule.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;

/// The timeline and the months.
pub fn sheet(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("schedule.html", Head::default(), Vec::new())
}

