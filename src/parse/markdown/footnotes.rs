//! Numbers footnotes in the order of their first use.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::Node;
use super::slug::{Ids, slug};

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
