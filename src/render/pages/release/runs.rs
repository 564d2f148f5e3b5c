//! The runs of a release.

use super::super::super::blocks::{Block, Section, text};
use super::super::super::names::View;
use super::super::releases::runs_of;
use crate::model::records::Record;
use crate::model::release::Release;

/// The latest first.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let runs = runs_of(view, &release.id);
    let block = if runs.is_empty() {
        Block::Empty { text: view.say("release.runs_empty") }
    } else {
        super::super::runs::table(view, &runs, &view.say("release.runs"))
    };
    Section::new("runs", view.say("release.runs"), vec![block])
        .aside(text(view.words().count("count.runs", runs.len())))
}
