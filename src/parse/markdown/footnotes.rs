//! Footnotes: numbered in the order of their first use, drawn at the end.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::escape;
use super::events::Node;
use super::slug::{Ids, slug};
use super::writer::{Text, Writer};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Footnotes {
    defined: HashMap<String, Note>,
    /// Labels in the order of first use.
    order: Vec<String>,
}

/// One footnote.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its id in the page.
    pub id: String,
    /// The nodes of its text.
    pub nodes: Range<usize>,
    /// The ids of the places that refer to it.
    pub uses: Vec<String>,
    /// From 1; 0 while it is not used.
    pub number: usize,
}

impl Footnotes {
    /// The footnotes that `nodes` define; of two with the same label the first.
    pub fn of(nodes: &[Node<'_>], ids: &mut Ids) -> Self {
        let mut defined = HashMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = &node.event {
                defined.entry(key(label)).or_insert_with(|| Note {
                    id: ids.unique(&format!("fn-{}", slug(label))),
                    nodes: at + 1..node.end,
                    uses: Vec::new(),
                    number: 0,
                });
            }
        }
        Self { defined, order: Vec::new() }
    }

    /// Notes one more use of `label`: the footnote as it is then, if it is defined.
    pub fn refer(&mut self, label: &str, ids: &mut Ids) -> Option<&Note> {
        let key = key(label);
        let note = self.defined.get_mut(&key)?;
        if note.number == 0 {
            self.order.push(key);
            note.number = self.order.len();
        }
        let wanted = format!("fnref-{}-{}", slug(label), note.uses.len() + 1);
        note.uses.push(ids.unique(&wanted));
        Some(note)
    }

    /// Footnote `index` in the order of use; there may be more after its text has been drawn.
    pub fn used(&self, index: usize) -> Option<&Note> {
        self.defined.get(self.order.get(index)?)
    }
}

/// Labels are the same whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let Some(note) = self.footnotes.refer(label, &mut self.ids) else {
            return self.words(&format!("[^{label}]"));
        };
        let id = note.uses.last().map(|id| escape::attribute(id)).unwrap_or_default();
        let (to, number) = (escape::fragment(&note.id), note.number);
        self.draft.anchors.extend(note.uses.last().cloned());
        self.draft.put(&format!(
            "<sup class=\"footnote-ref\"><a href=\"{to}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// Draws the footnotes that are used; the text of one may use another.
    pub(super) fn draw_footnotes(&mut self, text: &Text<'_>) {
        let page = std::mem::take(&mut self.draft.html);
        let mut texts = Vec::new();
        while let Some(note) = self.footnotes.used(texts.len()) {
            let nodes = note.nodes.clone();
            // Open elements: a footnote's headings and paragraphs are not the page's.
            self.closers.push("".into());
            self.draft.reading.gap();
            self.nodes(text, nodes);
            self.closers.pop();
            texts.push(std::mem::take(&mut self.draft.html));
        }
        self.draft.html = page;
        if texts.is_empty() {
            return;
        }
        let name = escape::attribute(&self.settings.labels.footnotes);
        self.draft.fresh_line();
        self.draft.put(&format!("<section class=\"footnotes\" aria-label=\"{name}\">\n<ol>\n"));
        for (index, html) in texts.into_iter().enumerate() {
            self.footnote(index, &html);
        }
        self.draft.put("</ol>\n</section>\n");
    }

    /// One footnote; the ways back stand in its last paragraph.
    fn footnote(&mut self, index: usize, html: &str) {
        let Some(note) = self.footnotes.used(index).cloned() else { return };
        let back: String = (0..note.uses.len()).map(|index| self.way_back(&note, index)).collect();
        let text = match html.strip_suffix("</p>\n") {
            Some(start) => format!("{start}{back}</p>\n"),
            None => format!("{html}<p>{}</p>\n", back.trim_start()),
        };
        let id = escape::attribute(&note.id);
        self.draft.put(&format!("<li id=\"{id}\">\n{text}</li>\n"));
        self.draft.anchors.push(note.id);
    }

    fn way_back(&self, note: &Note, index: usize) -> String {
        let n = if index == 0 { note.number.to_string() } else { format!("{}-{}", note.number, index + 1) };
        let name = escape::attribute(&self.settings.labels.back(&n));
        let to = escape::fragment(&note.uses[index]);
        format!(
            " <a class=\"footnote-backref\" href=\"{to}\" role=\"doc-backlink\" aria-label=\"{name}\">↩</a>"
        )
    }
}
