//! Headings: their ids, their links, and the one that is the page's title.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::model::body::Heading;

use super::events::{self, Node};
use super::fence;
use super::slug::{Ids, slug};
use super::source::Source;
use super::writer::{Text, Writer};
use super::{escape, holes, raw, reading};

impl Writer<'_> {
    pub(super) fn page_title(&mut self, text: &Text<'_>, at: usize) {
        let words = plain_heading(text.nodes, at);
        self.draft.reading.title(&words);
        self.draft.anchors.extend(self.heading_ids.get(&at).cloned());
        self.draft.title = Some(words);
    }

    pub(super) fn heading(&mut self, text: &Text<'_>, at: usize, level: HeadingLevel) {
        let words = plain_heading(text.nodes, at);
        let id = self.heading_ids.get(&at).cloned().unwrap_or_else(|| self.ids.unique(&slug(&words)));
        let own = self.closers.is_empty();
        self.draft.reading.gap();
        self.draft.fresh_line();
        let mark = if own { holes::heading(self.draft.headings.len()) } else { String::new() };
        let name = escape::attribute(&self.settings.labels.heading(&words));
        let link = escape::fragment(&id);
        let closer = format!(" <a class=\"anchor\" href=\"{link}\" aria-label=\"{name}\">#</a></{level}>\n");
        self.open(&format!("<{level} id=\"{mark}{}\">", escape::attribute(&id)), closer);
        if own {
            let place = text.place(&trimmed(text.source, &text.nodes[at].range));
            self.draft.open_section(Heading {
                level: level as u8,
                id,
                text: words,
                piece: 0,
                place,
                content: String::new(),
            });
        } else {
            self.draft.anchors.push(id);
        }
        self.nodes(text, at + 1..text.nodes[at].end);
        self.close();
        if own {
            // A heading's words are not part of its own section.
            self.draft.reading.section();
        }
    }
}

/// The level-1 heading the text begins with; comments do not count.
pub(super) fn title(nodes: &[Node<'_>]) -> Option<usize> {
    let mut at = 0;
    loop {
        let node = nodes.get(at)?;
        match &node.event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => return Some(at),
            Event::Start(Tag::HtmlBlock) if raw::is_comment(&events::raw_block(nodes, at).0) => {
                at = node.end + 1;
            }
            _ => return None,
        }
    }
}

/// The ids that authors gave headings.
pub(super) fn explicit_ids(nodes: &[Node<'_>], ids: &mut Ids) -> HashMap<usize, String> {
    headings(nodes).filter_map(|(at, id)| Some((at, ids.unique(id?)))).collect()
}

/// The ids of all headings.
pub(super) fn ids(
    nodes: &[Node<'_>],
    explicit: HashMap<usize, String>,
    ids: &mut Ids,
) -> HashMap<usize, String> {
    let mut all = explicit;
    for (at, _) in headings(nodes) {
        let text = || events::plain(nodes, at + 1..nodes[at].end, false);
        all.entry(at).or_insert_with(|| ids.unique(&slug(&text())));
    }
    all
}

/// The headings, those for the widest audience first: what others see besides must not change their ids.
fn headings<'n>(nodes: &'n [Node<'_>]) -> impl Iterator<Item = (usize, Option<&'n str>)> {
    let blocks = fence::ranges(nodes);
    let audience =
        |at: usize| blocks.iter().find(|(block, _)| block.contains(&at)).map(|(_, audience)| *audience);
    let mut all: Vec<(usize, Option<&str>)> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| match &node.event {
            Event::Start(Tag::Heading { id, .. }) => Some((at, id.as_deref())),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(at, _)| audience(*at));
    all.into_iter()
}

fn plain_heading(nodes: &[Node<'_>], at: usize) -> String {
    reading::tidy(&events::plain(nodes, at + 1..nodes[at].end, true))
}

/// A range without the spaces at its end.
fn trimmed(source: &Source<'_>, range: &Range<usize>) -> Range<usize> {
    let text = source.text.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.trim_end().len()
}
