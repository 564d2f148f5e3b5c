//! The defects of a release.

use super::super::super::blocks::{Block, Section, join, link, text};
use super::super::super::names::View;
use crate::derive::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// Those that are open, then the ids of the others.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let affecting: Vec<_> = view
        .portal
        .site
        .defects
        .iter()
        .filter(|defect| defect.affects.iter().any(|affected| affected.id() == release.id))
        .collect();
    let (open, rest): (Vec<_>, Vec<_>) = affecting.into_iter().partition(|defect| defect.status.is_open());
    let mut blocks = vec![if open.is_empty() {
        Block::Empty { text: view.say("release.defects_open_empty") }
    } else {
        super::super::defects::table(view, &open, &view.say("release.defects_open"))
    }];
    if !rest.is_empty() {
        let names =
            rest.iter().map(|defect| link(defect.id.clone(), view.href(&Subject::Defect(defect.id.clone()))));
        let mut line = text(format!("{}: ", view.say("release.defects_fixed")));
        line.extend(join(names, ", "));
        blocks.push(Block::Paragraphs { lines: vec![line] });
    }
    Section::new("defects", view.say("release.defects_open"), blocks)
        .aside(text(view.words().count("count.defects", open.len())))
}
