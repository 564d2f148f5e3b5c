//! The home page: today.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;

/// What is in test, what comes next, what is late.
pub fn sheet(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("home.html", Head::default(), Vec::new())
}

