//! The defects of a release.

use super::super::super::blocks::{Block, Line, Section, text};
use super::super::super::names::View;
use super::super::defects::{in_order, leak_fact, table};
use crate::derive::defects;
use crate::derive::page::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// What leaked, those that are open, those put off, then the ids of the others.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let found = defects::open_of(&view.portal.basis(), &release.id);
    let leaks = leak_fact(view, release);
    let mut blocks: Vec<Block> =
        leaks.map(|leaks| Block::Facts { facts: vec![leaks], side: false }).into_iter().collect();
    blocks.push(if found.open.is_empty() {
        Block::Empty { text: view.say("release.defects_open_empty") }
    } else {
        table(view, &in_order(view, &found.open), &view.say("release.defects_open"))
    });
    if !found.deferred.is_empty() {
        let label = view.say("release.defects_deferred");
        blocks.push(Block::Heading { text: label.clone() });
        blocks.push(table(view, &in_order(view, &found.deferred), &label));
    }
    blocks.extend(settled(view, release).map(|line| Block::Paragraphs { lines: vec![line] }));
    Section::new("defects", view.say("release.defects_open"), blocks)
        .aside(text(view.words().count("count.defects", found.open.len())))
}

/// The defects that are closed, rejected or duplicates on the day.
fn settled(view: &View<'_>, release: &Record<Release>) -> Option<Line> {
    let site = &view.portal.site;
    let is_settled = |defect: &&Record<_>| {
        defects::status_on(defect, &site.zone, view.portal.as_of).is_some_and(|status| !status.is_open())
    };
    let ids: Vec<Line> = defects::affecting(site, &release.id)
        .filter(is_settled)
        .map(|defect| view.id(&Subject::Defect(defect.id.clone()), &defect.id))
        .collect();
    let mut line = text(format!("{}: ", view.say("defects.settled")));
    line.extend(view.row(ids.iter().cloned()));
    (!ids.is_empty()).then_some(line)
}
