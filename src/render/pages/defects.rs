//! Defects.

use super::super::blocks::Head;
use super::super::names::View;
use super::Sheet;
use super::super::blocks::Block;
use crate::model::defect::Defect;
use crate::model::records::Record;

/// All defects.
pub fn list(view: &View<'_>) -> Sheet {
    let _ = view;
    Sheet::new("defects.html", Head::default(), Vec::new())
}

/// One defect.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let _ = (view, id);
    Sheet::new("defect.html", Head::default(), Vec::new())
}

/// Defects as a table.
pub fn table(view: &View<'_>, defects: &[&Record<Defect>], label: &str) -> Block {
    let _ = (view, defects);
    Block::Empty { text: label.to_owned() }
}

