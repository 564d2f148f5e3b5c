//! Environments and their clonings.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;

/// All environments.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("environments.html", Head::default(), Vec::new())
}

/// One environment.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let _ = (view, id);
    Sheet::new("environment.html", Head::default(), Vec::new())
}

/// One cloning of an environment.
pub fn cloning(view: &View<'_>, environment: &str, id: &str) -> Sheet {
    let _ = (view, environment, id);
    Sheet::new("cloning.html", Head::default(), Vec::new())
}

