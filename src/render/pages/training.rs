//! Training modules and their sessions.

use super::super::blocks::{Fact, Head, Section};
use super::super::names::View;
use super::Sheet;
use crate::model::document::Document;
use crate::model::page::Training;

/// All modules and the next sessions.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("training.html", Head::default(), Vec::new())
}

/// What a module says of itself besides its text.
pub fn facts(view: &View<'_>, document: &Document, module: &Training) -> Vec<Fact> {
    let _ = (view, document, module);
    Vec::new()
}

/// The sessions of a module.
pub fn sessions(view: &View<'_>, module: &Training) -> Vec<Section> {
    let _ = (view, module);
    Vec::new()
}
