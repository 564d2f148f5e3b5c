//! Test runs.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;
use super::super::blocks::Block;
use crate::model::records::Record;
use crate::model::run::Run;

/// All runs.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("runs.html", Head::default(), Vec::new())
}

/// One run.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let _ = (view, id);
    Sheet::new("run.html", Head::default(), Vec::new())
}

/// Runs as a table.
pub fn table(view: &View<'_>, runs: &[&Record<Run>], label: &str) -> Block {
    let _ = (view, runs);
    Block::Empty { text: label.to_owned() }
}

