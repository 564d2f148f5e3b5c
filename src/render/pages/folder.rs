//! The page of a folder: what is in it.

use std::ops::Range;

use super::super::blocks::{Block, Card, Head, Section, link};
use super::super::names::View;
use super::{Sheet, parts, texts};
use crate::derive::page::navigation::Entry;
use crate::derive::page::routes::Subject;
use crate::derive::page::title;
use crate::words::Spoken;

/// A folder that has no page of its own, or the list of guides.
pub fn sheet(view: &View<'_>, path: &str) -> Sheet {
    let subject = match view.subject {
        Subject::Part(of, _) => of,
        own => own,
    };
    let trail = view.tongue.navigation.trail(subject);
    let own = trail.last().copied();
    let name = own.map_or_else(|| title::from_path(path).into(), |entry| view.entry_title(entry));
    let head = Head { title: name, ..Head::default() };
    Sheet::new("folder.html", head, contents(view, own.map_or(&[], |entry| &entry.children)))
}

/// Pages as a list of cards, folders as sections of their own. In a list that goes on from part to part the cards of
/// the other parts are empty: [`parts::dealt`] takes them out.
pub fn contents(view: &View<'_>, entries: &[Entry]) -> Vec<Section> {
    let (folders, pages): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| !entry.children.is_empty());
    let all = pages.len() + folders.iter().map(|folder| folder.children.len()).sum::<usize>();
    let own = parts::own(view, all);
    let mut sections = Vec::new();
    if !pages.is_empty() {
        sections.push(Section::new("pages", view.say("nav.pages"), vec![cards(view, &pages, (0, &own))]));
    }
    let mut before = pages.len();
    for (at, folder) in folders.into_iter().enumerate() {
        let children: Vec<&Entry> = folder.children.iter().collect();
        let section = Section::new(
            format!("folder-{}", at + 1),
            view.entry_title(folder),
            vec![cards(view, &children, (before, &own))],
        );
        before += children.len();
        sections.push(section.more(view.say("nav.all"), view.href(&folder.subject)));
    }
    sections
}

/// The cards of `entries`, of which `before` others stand in the list, as far as they are among those in `own`.
fn cards(view: &View<'_>, entries: &[&Entry], (before, own): (usize, &Range<usize>)) -> Block {
    let card = |(at, entry): (usize, &&Entry)| {
        if own.contains(&at) {
            card(view, entry)
        } else {
            Card { title: Vec::new(), text: Spoken::default(), foot: Vec::new() }
        }
    };
    Block::Cards { cards: (before..).zip(entries).map(card).collect() }
}

fn card(view: &View<'_>, entry: &Entry) -> Card {
    let text = match &entry.subject {
        Subject::Document(key) => texts::summary(view, key),
        _ => Spoken::default(),
    };
    Card { title: link(view.entry_title(entry), view.href(&entry.subject)), text, foot: Vec::new() }
}
