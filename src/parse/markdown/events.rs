//! Markdown text into a list of events, each with its range and its counterpart.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{autolink, raw};

/// An event of the Markdown parser.
#[derive(Debug)]
pub struct Node<'a> {
    /// What begins, ends or stands here.
    pub event: Event<'a>,
    /// Where it is written in the parsed text; a start has the range of the whole element.
    pub range: Range<usize>,
    /// Of a start: the index of its end. Of all others: their own index.
    pub end: usize,
}

/// All that Markdown says about a text.
#[derive(Debug, Default)]
pub struct Events<'a> {
    /// In order.
    pub nodes: Vec<Node<'a>>,
    /// `[text][label]` whose label is not defined, each with the label.
    pub undefined: Vec<(Range<usize>, String)>,
}

/// Reads `text`, which has no `\r`.
pub fn read(text: &str) -> Events<'_> {
    let mut undefined: Vec<(Range<usize>, String)> = Vec::new();
    let mut note = |link: BrokenLink<'_>| {
        let end = match link.link_type {
            // The parser leaves the empty brackets out.
            LinkType::Collapsed if text[link.span.end..].starts_with("[]") => link.span.end + 2,
            LinkType::Collapsed | LinkType::Reference => link.span.end,
            _ => return None,
        };
        undefined.push((link.span.start..end, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(&mut note));
    let events: Vec<Spanned<'_>> = parser.into_offset_iter().collect();
    undefined.sort_by_key(|(range, _)| (range.start, range.end));
    undefined.dedup();
    Events { nodes: paired(with_autolinks(text, events)), undefined }
}

type Spanned<'a> = (Event<'a>, Range<usize>);

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Tells each start where its end is.
fn paired(events: Vec<Spanned<'_>>) -> Vec<Node<'_>> {
    let mut open = Vec::new();
    let mut nodes: Vec<Node<'_>> = Vec::with_capacity(events.len());
    for (event, range) in events {
        let at = nodes.len();
        match &event {
            Event::Start(_) => open.push(at),
            Event::End(_) => {
                if let Some(start) = open.pop().and_then(|start: usize| nodes.get_mut(start)) {
                    start.end = at;
                }
            }
            _ => {}
        }
        nodes.push(Node { event, range, end: at });
    }
    nodes
}

/// Puts links where addresses stand bare, outside code and links.
fn with_autolinks<'a>(text: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut run = Run::default();
    let mut closed = 0_usize;
    let mut in_anchor = false;
    for (event, range) in events {
        match event {
            Event::Text(piece) if closed == 0 && !in_anchor => run.push(piece, range),
            event => {
                out.append(&mut std::mem::take(&mut run).linked(text));
                match &event {
                    Event::Start(tag) if is_closed(tag) => closed += 1,
                    Event::End(tag) if is_closed_end(*tag) => closed = closed.saturating_sub(1),
                    // An anchor that its author forgot to end does not reach beyond its line of text.
                    Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                        in_anchor = false;
                    }
                    Event::InlineHtml(html) => in_anchor = anchor(html).unwrap_or(in_anchor),
                    _ => {}
                }
                out.push((event, range));
            }
        }
    }
    out.append(&mut run.linked(text));
    out
}

fn is_closed(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))
}

fn is_closed_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock)
}

/// Whether a raw tag begins or ends a link, if it does either.
fn anchor(html: &str) -> Option<bool> {
    let tags = raw::tags(html);
    let tag = tags.first().filter(|tag| tag.name == "a")?;
    let leads = tag.attributes.iter().any(|attribute| attribute.name == "href");
    (tag.closing || leads).then_some(leads)
}

/// Texts that follow each other: the parser cuts text where Markdown might have begun.
#[derive(Default)]
struct Run<'a> {
    pieces: Vec<(CowStr<'a>, Range<usize>)>,
}

impl<'a> Run<'a> {
    fn push(&mut self, piece: CowStr<'a>, range: Range<usize>) {
        self.pieces.push((piece, range));
    }

    fn linked(self, source: &str) -> Vec<Spanned<'a>> {
        let joined: String = self.pieces.iter().map(|(piece, _)| &**piece).collect();
        let spans = Spans::of(self.pieces.iter().map(|(piece, range)| (piece.len(), range.clone())));
        let found: Vec<autolink::Found> = autolink::find(&joined)
            .into_iter()
            .filter(|found| is_bare(source, &joined, &spans, found))
            .collect();
        if found.is_empty() {
            return self.pieces.into_iter().map(|(piece, range)| (Event::Text(piece), range)).collect();
        }
        let mut out = Vec::new();
        let mut done = 0;
        for autolink::Found { range, target } in found {
            push_text(&mut out, &joined, &spans, done..range.start);
            done = range.end;
            let written = spans.source(&range);
            out.push((Event::Start(link(target)), written.clone()));
            push_text(&mut out, &joined, &spans, range);
            out.push((Event::End(TagEnd::Link), written));
        }
        push_text(&mut out, &joined, &spans, done..joined.len());
        out
    }
}

/// Whether the first letters are written as they read: a backslash or a character reference among
/// them is how an author keeps an address from becoming a link.
fn is_bare(source: &str, joined: &str, spans: &Spans, found: &autolink::Found) -> bool {
    let address = &joined[found.range.clone()];
    let length: usize = address.chars().take("https://".len()).map(char::len_utf8).sum();
    let head = found.range.start..found.range.start + length;
    source.get(spans.source(&head)) == joined.get(head)
}

fn link(target: String) -> Tag<'static> {
    Tag::Link { link_type: LinkType::Autolink, dest_url: target.into(), title: "".into(), id: "".into() }
}

fn push_text(out: &mut Vec<Spanned<'_>>, joined: &str, spans: &Spans, range: Range<usize>) {
    if !range.is_empty() {
        let written = spans.source(&range);
        out.push((Event::Text(CowStr::from(joined[range].to_owned())), written));
    }
}

/// Where the pieces of a joined text are written.
#[derive(Debug, Default)]
pub struct Spans {
    /// Offset in the joined text, length there, range in the source; rising.
    spans: Vec<(usize, usize, Range<usize>)>,
}

impl Spans {
    /// Pieces as (length, range in the source), in order.
    pub fn of(pieces: impl Iterator<Item = (usize, Range<usize>)>) -> Self {
        let mut offset = 0;
        let spans = pieces
            .map(|(length, range)| {
                let at = offset;
                offset += length;
                (at, length, range)
            })
            .collect();
        Self { spans }
    }

    /// The range in the source of a range of the joined text.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, false);
        start..self.offset(range.end, true).max(start)
    }

    /// A piece that is written otherwise than it reads counts as a whole.
    fn offset(&self, at: usize, is_end: bool) -> usize {
        let later =
            self.spans.partition_point(|(start, _, _)| if is_end { *start < at } else { *start <= at });
        let Some((start, length, range)) = later.checked_sub(1).and_then(|index| self.spans.get(index))
        else {
            return self.spans.first().map_or(0, |(_, _, range)| range.start);
        };
        match (*length == range.len(), is_end) {
            (true, _) => (range.start + (at - start)).min(range.end),
            (false, false) => range.start,
            (false, true) => range.end,
        }
    }
}

/// The raw HTML that begins at node `at`, joined, and where its lines are written.
pub fn raw_block(nodes: &[Node<'_>], at: usize) -> (String, Spans) {
    let inside = &nodes[at + 1..nodes[at].end.max(at + 1)];
    let lines = || inside.iter().filter_map(|node| raw_text(node).map(|text| (text, &node.range)));
    let spans = Spans::of(lines().map(|(text, range)| (text.len(), range.clone())));
    (lines().map(|(text, _)| text).collect(), spans)
}

fn raw_text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.event {
        Event::Html(text) | Event::Text(text) | Event::InlineHtml(text) => Some(text),
        _ => None,
    }
}

/// The plain text of `range`, with or without what stands for pictures.
pub fn plain(nodes: &[Node<'_>], range: Range<usize>, pictures: bool) -> String {
    let mut out = String::new();
    let mut at = range.start;
    while let Some(node) = nodes[..range.end].get(at) {
        match &node.event {
            Event::Start(Tag::Image { .. }) if !pictures => at = node.end,
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
        at += 1;
    }
    out
}
