//! Links and pictures.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::diagnostic::Diagnostic;
use crate::model::body::LinkKind;

use super::events::{self, Node};
use super::faults::MISSING_ALT;
use super::writer::{Text, Writer};
use super::{destination, escape};

impl Writer<'_> {
    pub(super) fn link(&mut self, text: &Text<'_>, at: usize, kind: LinkType, target: &str, title: &str) {
        let place = text.place(&written(text, at, kind));
        let address = match kind {
            LinkType::Email => self.draft.address(LinkKind::Page, &format!("mailto:{target}"), place),
            _ => self.draft.address(LinkKind::Page, target, place),
        };
        let tag = format!("<a href=\"{address}\"{}>", title_attribute(title));
        self.open(&tag, "</a>");
    }

    /// A picture that is a paragraph by itself.
    pub(super) fn figure(&mut self, text: &Text<'_>, at: usize) -> bool {
        let Some(Node { event: Event::Start(Tag::Image { title, .. }), end, .. }) = text.nodes.get(at + 1)
        else {
            return false;
        };
        if end + 1 != text.nodes[at].end {
            return false;
        }
        self.draft.reading.gap();
        self.draft.fresh_line();
        self.draft.put("<figure>");
        self.image(text, at + 1, true);
        if !title.is_empty() {
            self.draft.reading.text(title);
            self.draft.put(&format!("<figcaption>{}</figcaption>", escape::text(title)));
        }
        self.draft.put("</figure>\n");
        self.draft.reading.gap();
        true
    }

    pub(super) fn image(&mut self, text: &Text<'_>, at: usize, captioned: bool) {
        let node = &text.nodes[at];
        let Event::Start(Tag::Image { link_type, dest_url, title, .. }) = &node.event else { return };
        let alt = escape::attribute(&events::plain(text.nodes, at + 1..node.end, true));
        let place = text.place(&written(text, at, *link_type));
        if alt.trim().is_empty() {
            self.draft.faults.push(
                Diagnostic::new(&MISSING_ALT, place, "the image has no text for those who do not see it")
                    .hint("say between the brackets what it shows: `![The list of drafts](…)`"),
            );
        }
        let address = self.draft.address(LinkKind::Image, dest_url, place);
        let title = if captioned { String::new() } else { title_attribute(title) };
        let html =
            format!("<img src=\"{address}\" alt=\"{alt}\"{title} loading=\"lazy\" decoding=\"async\">");
        self.draft.put(&html);
    }
}

fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::attribute(title)) }
}

/// Where the address of the link at `at` is written.
fn written(text: &Text<'_>, at: usize, kind: LinkType) -> Range<usize> {
    let node = &text.nodes[at];
    match kind {
        LinkType::Inline => {
            let inner = text.nodes[at + 1..node.end].last().map_or(node.range.start, |last| last.range.end);
            destination::inline(&text.source.text, &node.range, inner)
        }
        LinkType::Autolink | LinkType::Email => destination::autolink(&text.source.text, &node.range),
        _ => node.range.clone(),
    }
}
