//! The partner network.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;

/// All partners.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("partners.html", Head::default(), Vec::new())
}

