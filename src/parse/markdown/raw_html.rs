//! Raw HTML on its way into the page: addresses become holes, ids are noted, and authors are told
//! what will be removed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, Place};
use crate::model::body::LinkKind;

use super::draft::Draft;
use super::events::{Node, Spans, raw_block};
use super::faults::HTML_REMOVED;
use super::raw::{self, RawAttribute, RawTag};
use super::writer::{Raw, Text, Writer};
use super::{entities, escape, holes, sanitise, scheme};

/// The ids in the raw HTML of a text.
pub fn ids(nodes: &[Node<'_>]) -> Vec<String> {
    let mut ids = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match &node.event {
            Event::Start(Tag::HtmlBlock) => ids.extend(ids_in(&raw_block(nodes, at).0)),
            Event::InlineHtml(html) => ids.extend(ids_in(html)),
            _ => {}
        }
    }
    ids
}

fn ids_in(html: &str) -> Vec<String> {
    raw::tags(html).iter().flat_map(|tag| tag_ids(html, tag)).collect()
}

/// The ids that `tag` brings: `id`, and the `name` of an anchor.
fn tag_ids(html: &str, tag: &RawTag) -> Vec<String> {
    let is_id =
        |attribute: &&RawAttribute| attribute.name == "id" || (attribute.name == "name" && tag.name == "a");
    let value = |attribute: &RawAttribute| entities::resolve(&html[attribute.value.clone()]);
    let mut ids: Vec<String> = tag.attributes.iter().filter(is_id).map(value).collect();
    ids.retain(|id| !id.is_empty());
    ids.dedup();
    ids
}

impl Writer<'_> {
    /// Draws the block of raw HTML at `at`.
    pub(super) fn raw_block(&mut self, text: &Text<'_>, at: usize) {
        let (html, spans) = raw_block(text.nodes, at);
        self.draft.reading.gap();
        if self.raw == Raw::Kept || !raw::is_comment(&html) {
            self.draft.fresh_line();
        }
        self.raw_html(text, &html, &spans);
    }

    /// Draws a tag inside a line.
    pub(super) fn raw_inline(&mut self, text: &Text<'_>, html: &str, range: &Range<usize>) {
        let spans = Spans::of(std::iter::once((html.len(), range.clone())));
        self.raw_html(text, html, &spans);
    }

    fn raw_html(&mut self, text: &Text<'_>, html: &str, spans: &Spans) {
        let place = |range: &Range<usize>| text.place(&spans.source(range));
        match self.raw {
            Raw::Sanitised | Raw::Shown if raw::is_comment(html) => return,
            Raw::Shown => {
                self.draft.put(&escape::text(html));
                return;
            }
            Raw::Sanitised => {
                self.draft.raw.get_or_insert_with(|| place(&(0..html.len())));
                self.draft.faults.extend(removed(html, place));
            }
            Raw::Kept => {}
        }
        let mut done = 0;
        let tags = raw::tags(html);
        let swallowing = swallowing(&tags);
        for tag in &tags {
            if self.raw == Raw::Kept || is_published(tag) {
                self.draft.anchors.extend(tag_ids(html, tag));
                for attribute in &tag.attributes {
                    let Some(value) = self.address_of(html, tag, attribute, place) else { continue };
                    self.draft.put(&raw::without_reserved(&html[done..attribute.quoted.start]));
                    self.draft.put(&value);
                    done = attribute.quoted.end;
                }
            } else if !tag.closing && swallowing.contains(tag.name.as_str()) {
                self.draft.put(&raw::without_reserved(&html[done..tag.range.start]));
                done = tag.range.end;
            }
        }
        let end = if self.raw == Raw::Kept { None } else { raw::unfinished(html) };
        let end = end.unwrap_or(html.len()).max(done);
        self.draft.put(&raw::without_reserved(&html[done..end]));
        self.draft.put(&escape::text(&html[end..]));
    }

    /// What is written in place of an attribute's value when it is an address.
    fn address_of(
        &mut self,
        html: &str,
        tag: &RawTag,
        attribute: &RawAttribute,
        place: impl Fn(&Range<usize>) -> Place,
    ) -> Option<String> {
        let kind = address_kind(&tag.name, &attribute.name)?;
        let target = entities::resolve(&html[attribute.value.clone()]);
        if self.raw == Raw::Kept && scheme::forbidden(&target, kind).is_some() {
            return None;
        }
        let address = self.draft.address(kind, target.trim(), place(&attribute.value));
        Some(format!("\"{address}\""))
    }
}

/// Makes the raw HTML in a drawn page safe. Addresses that no hole stands for yet get one.
pub fn sanitise(draft: &mut Draft, first: Place) {
    let html = sanitise::clean(&draft.html);
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for tag in raw::tags(&html) {
        for attribute in &tag.attributes {
            let Some(kind) = address_kind(&tag.name, &attribute.name) else { continue };
            let value = &html[attribute.value.clone()];
            if holes::is_address(value) || value.starts_with('#') {
                continue;
            }
            // Broken tags may have swallowed holes.
            let target = entities::resolve(value).replace(holes::is_reserved, "\u{FFFD}");
            out.push_str(&html[done..attribute.value.start]);
            out.push_str(&draft.address(kind, &target, first));
            done = attribute.value.end;
        }
    }
    out.push_str(&html[done..]);
    draft.html = out;
}

/// What the attribute of an element leads to or shows.
fn address_kind(element: &str, attribute: &str) -> Option<LinkKind> {
    match (element, attribute) {
        ("a" | "area", "href") | ("iframe", "src") => Some(LinkKind::Page),
        ("img" | "source" | "video" | "audio" | "track", "src") | ("video", "poster") => {
            Some(LinkKind::Image)
        }
        _ => None,
    }
}

/// Names of elements that are removed with their content, and have fewer ends than beginnings among
/// `tags`: everything after them would go too.
fn swallowing(tags: &[RawTag]) -> HashSet<&str> {
    let mut open: HashMap<&str, usize> = HashMap::new();
    for tag in tags.iter().filter(|tag| sanitise::is_removed_whole(&tag.name)) {
        let count = open.entry(&tag.name).or_default();
        *count = if tag.closing { count.saturating_sub(1) } else { *count + 1 };
    }
    open.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name).collect()
}

fn is_published(tag: &RawTag) -> bool {
    sanitise::is_published(&tag.name)
}

/// What will be removed from `html` that its author would miss.
fn removed(html: &str, place: impl Fn(&Range<usize>) -> Place) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for tag in raw::tags(html).iter().filter(|tag| !tag.closing) {
        if !is_published(tag) {
            let message = format!("the element `<{}>` is not published", tag.name);
            faults.push(
                Diagnostic::new(&HTML_REMOVED, place(&tag.range), message)
                    .hint("write it as Markdown; text that only looks like HTML belongs in a code span"),
            );
            continue;
        }
        for attribute in tag.attributes.iter().filter(|attribute| is_missed(&attribute.name)) {
            let message = format!("the attribute `{}` is not published", attribute.name);
            faults.push(Diagnostic::new(&HTML_REMOVED, place(&attribute.range), message));
        }
    }
    faults
}

/// Attributes whose loss changes what a reader sees.
fn is_missed(attribute: &str) -> bool {
    attribute == "style" || attribute == "srcset" || attribute.starts_with("on")
}
