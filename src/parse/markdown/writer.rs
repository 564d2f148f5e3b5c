//! Events into HTML with holes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, LinkType, Tag};

use crate::diagnostic::{Diagnostic, Place};
use crate::model::body::{Heading, LinkKind};

use super::draft::Draft;
use super::events::{self, Node};
use super::faults::{MISSING_ALT, UNDEFINED_REFERENCE};
use super::footnotes::Footnotes;
use super::slug::{Ids, slug};
use super::source::Source;
use super::table::Table;
use super::{Settings, destination, escape, holes};

/// Elements inside each other beyond this are drawn without their tags. Browsers stop at 512, and
/// what reads the page after this program may stop sooner.
const DEEPEST: usize = 100;

/// A text and its events.
pub struct Text<'a> {
    /// The text.
    pub source: &'a Source<'a>,
    /// Its events.
    pub nodes: &'a [Node<'a>],
    /// The place of everything in it, where its own bytes cannot be found in the file.
    pub quoted: Option<Place>,
    /// Whether the elements of blocks are left out.
    pub inline: bool,
}

impl Text<'_> {
    /// Where `range` stands in the file.
    pub fn place(&self, range: &Range<usize>) -> Place {
        self.quoted.unwrap_or_else(|| self.source.place(range))
    }

    fn undefined(&self, references: &[(Range<usize>, String)]) -> Vec<Diagnostic> {
        references.iter().map(|(range, label)| undefined_reference(label, self.place(range))).collect()
    }
}

/// What becomes of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    /// Drawn as it is.
    Kept,
    /// Drawn, and made safe afterwards.
    Sanitised,
    /// Shown as text.
    Shown,
}

/// Draws one page.
pub struct Writer<'s> {
    pub(super) settings: &'s Settings<'s>,
    pub(super) raw: Raw,
    pub(super) draft: Draft,
    pub(super) ids: Ids,
    pub(super) table: Table,
    pub(super) tables: usize,
    heading_ids: HashMap<usize, String>,
    footnotes: Footnotes,
    /// What ends each element that is open.
    closers: Vec<Cow<'static, str>>,
    /// The node of the heading that is the title.
    title: Option<usize>,
}

/// Draws all of `text`.
pub fn draw(
    text: &Text<'_>,
    references: &[(Range<usize>, String)],
    settings: &Settings<'_>,
    raw: Raw,
) -> Draft {
    let mut ids = Ids::default();
    let explicit = explicit_ids(text.nodes, &mut ids);
    for id in super::raw_html::ids(text.nodes) {
        ids.reserve(&id);
    }
    let footnotes = Footnotes::of(text.nodes, &mut ids);
    let heading_ids = heading_ids(text.nodes, explicit, &mut ids);
    let mut writer = Writer {
        settings,
        raw,
        draft: Draft { faults: text.undefined(references), ..Draft::default() },
        ids,
        table: Table::default(),
        tables: 0,
        heading_ids,
        footnotes,
        closers: Vec::new(),
        title: title(text.nodes),
    };
    writer.nodes(text, 0..text.nodes.len());
    writer.draw_footnotes(text);
    writer.draft
}

/// Draws `text` as inline Markdown: without paragraphs, headings or lists of its own.
impl Writer<'_> {
    pub(super) fn inline(&mut self, text: &str, place: Place) {
        // After a word no line can begin a list, a heading or any other block.
        const WORD: &str = "· ";
        let line = format!("{WORD}{}", text.trim().replace(['\r', '\n'], " "));
        let source = Source::new(&line, 0, place.file);
        let mut events = events::read(&source.text);
        strip(&mut events.nodes, WORD);
        let text = Text { source: &source, nodes: &events.nodes, quoted: Some(place), inline: true };
        self.draft.faults.extend(text.undefined(&events.undefined));
        self.nodes(&text, 0..text.nodes.len());
    }
}

/// Takes `prefix` off the first text.
fn strip(nodes: &mut [Node<'_>], prefix: &str) {
    for node in nodes {
        if let Event::Text(text) = &node.event {
            let rest = text.strip_prefix(prefix).unwrap_or(text).to_owned();
            node.event = Event::Text(rest.into());
            return;
        }
    }
}

impl Writer<'_> {
    /// Draws the nodes of `range`.
    pub(super) fn nodes(&mut self, text: &Text<'_>, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.node(text, at);
        }
    }

    /// Draws the node at `at`; gives the node that comes next.
    fn node(&mut self, text: &Text<'_>, at: usize) -> usize {
        let node = &text.nodes[at];
        match &node.event {
            Event::Start(tag) => return self.start(text, at, tag),
            Event::End(_) => self.close(),
            Event::Text(words) => self.words(words),
            Event::Code(code) => self.code_span(code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_inline(text, html, &node.range),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(*done),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(words),
        }
        at + 1
    }

    fn start(&mut self, text: &Text<'_>, at: usize, tag: &Tag<'_>) -> usize {
        let after = text.nodes[at].end + 1;
        if text.inline && is_block(tag) {
            self.closers.push("".into());
            return at + 1;
        }
        match tag {
            Tag::FootnoteDefinition(_) => return after,
            Tag::Heading { .. } if self.title == Some(at) => {
                self.page_title(text, at);
                return after;
            }
            Tag::Heading { level, .. } => {
                self.heading(text, at, *level);
                return after;
            }
            Tag::Paragraph if self.figure(text, at) => return after,
            Tag::Paragraph => self.paragraph(),
            Tag::CodeBlock(kind) => {
                self.code_block(text, at, kind);
                return after;
            }
            Tag::HtmlBlock => {
                self.raw_block(text, at);
                return after;
            }
            Tag::Image { .. } => {
                self.image(text, at, false);
                return after;
            }
            Tag::Link { link_type, dest_url, title, .. } => self.link(text, at, *link_type, dest_url, title),
            Tag::Item => self.item(text, at),
            Tag::Table(alignments) => self.open_table(text, at, alignments),
            Tag::TableHead => self.open_table_head(text, at),
            Tag::TableRow => self.open_table_row(),
            Tag::TableCell => self.open_table_cell(),
            tag => self.container(tag),
        }
        at + 1
    }

    /// Elements that are nothing but a tag around their content.
    fn container(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(None) => self.open_block("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::List(None) => self.open_block("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open_block("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open_block(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::DefinitionList => self.open_block("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open_block("<dd>", "</dd>\n"),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            _ => self.open("", ""),
        }
    }

    /// Opens an element, unless too many are open.
    pub(super) fn open(&mut self, tag: &str, closer: impl Into<Cow<'static, str>>) {
        if self.closers.len() < DEEPEST {
            self.draft.html.push_str(tag);
            self.closers.push(closer.into());
        } else {
            self.closers.push("".into());
        }
    }

    /// Opens an element that stands on lines of its own.
    pub(super) fn open_block(&mut self, tag: &str, closer: impl Into<Cow<'static, str>>) {
        self.draft.reading.gap();
        if self.closers.len() < DEEPEST {
            self.draft.fresh_line();
        }
        self.open(tag, closer);
    }

    fn close(&mut self) {
        let Some(closer) = self.closers.pop() else { return };
        self.draft.html.push_str(&closer);
        match &*closer {
            "</p>\n" if self.closers.is_empty() => self.draft.reading.close_paragraph(),
            closer if closer.ends_with('\n') => self.draft.reading.gap(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        self.draft.reading.text(words);
        self.draft.html.push_str(&escape::text(words));
    }

    fn code_span(&mut self, code: &str) {
        self.draft.reading.text(code);
        self.draft.html.push_str(&format!("<code>{}</code>", escape::text(code)));
    }

    fn line_break(&mut self, html: &str) {
        self.draft.reading.gap();
        self.draft.html.push_str(html);
    }

    fn rule(&mut self) {
        self.draft.fresh_line();
        self.draft.html.push_str("<hr>\n");
    }

    fn paragraph(&mut self) {
        if self.closers.is_empty() {
            self.draft.reading.open_paragraph();
        }
        self.open_block("<p>", "</p>\n");
    }

    fn page_title(&mut self, text: &Text<'_>, at: usize) {
        let words = plain_heading(text.nodes, at);
        self.draft.reading.title(&words);
        self.draft.anchors.extend(self.heading_ids.get(&at).cloned());
        self.draft.title = Some(words);
    }

    fn heading(&mut self, text: &Text<'_>, at: usize, level: HeadingLevel) {
        let words = plain_heading(text.nodes, at);
        let id = self.heading_ids.get(&at).cloned().unwrap_or_else(|| self.ids.unique(&slug(&words)));
        self.draft.fresh_line();
        if self.closers.is_empty() {
            self.draft.reading.gap();
            let section = self.draft.reading.section();
            self.draft.close_section(section);
            self.draft.html.push_str(&holes::heading(self.draft.headings.len()));
            self.draft.headings.push(Heading {
                level: level as u8,
                id: id.clone(),
                text: words.clone(),
                piece: 0,
                place: text.place(&trimmed(text.source, &text.nodes[at].range)),
                content: String::new(),
            });
        } else {
            self.draft.anchors.push(id.clone());
        }
        let name = escape::attribute(&self.settings.labels.heading(&words));
        let link = escape::fragment(&id);
        let closer = format!(" <a class=\"anchor\" href=\"{link}\" aria-label=\"{name}\">#</a></{level}>\n");
        self.open(&format!("<{level} id=\"{}\">", escape::attribute(&id)), closer);
        self.nodes(text, at + 1..text.nodes[at].end);
        self.close();
        if self.closers.is_empty() {
            // A heading's words are not part of its own section.
            self.draft.reading.section();
        }
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let labels = &self.settings.labels;
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &labels.note),
            BlockQuoteKind::Tip => ("tip", &labels.tip),
            BlockQuoteKind::Important => ("important", &labels.important),
            BlockQuoteKind::Warning => ("warning", &labels.warning),
            BlockQuoteKind::Caution => ("caution", &labels.caution),
        };
        let title = escape::text(title);
        self.open_block(
            &format!(
                "<div class=\"alert is-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
            ),
            "</div>\n",
        );
    }

    fn item(&mut self, text: &Text<'_>, at: usize) {
        let tag = if is_task(&text.nodes[at + 1..]) { "<li class=\"task\">" } else { "<li>" };
        self.open_block(tag, "</li>\n");
    }

    fn task(&mut self, done: bool) {
        let labels = &self.settings.labels;
        let (ticked, name) = if done { (" checked", &labels.task_done) } else { ("", &labels.task_open) };
        let name = escape::attribute(name);
        self.draft
            .html
            .push_str(&format!("<input type=\"checkbox\" disabled{ticked} aria-label=\"{name}\"> "));
    }

    fn link(&mut self, text: &Text<'_>, at: usize, kind: LinkType, target: &str, title: &str) {
        let place = text.place(&written(text, at, kind));
        let address = match kind {
            LinkType::Email => self.draft.address(LinkKind::Page, &format!("mailto:{target}"), place),
            _ => self.draft.address(LinkKind::Page, target, place),
        };
        let tag = format!("<a href=\"{address}\"{}>", title_attribute(title));
        self.open(&tag, "</a>");
    }

    /// A picture that is a paragraph by itself.
    fn figure(&mut self, text: &Text<'_>, at: usize) -> bool {
        let Some(Node { event: Event::Start(Tag::Image { title, .. }), end, .. }) = text.nodes.get(at + 1)
        else {
            return false;
        };
        if end + 1 != text.nodes[at].end {
            return false;
        }
        self.draft.reading.gap();
        self.draft.fresh_line();
        self.draft.html.push_str("<figure>");
        self.image(text, at + 1, true);
        if !title.is_empty() {
            self.draft.reading.text(title);
            self.draft.html.push_str(&format!("<figcaption>{}</figcaption>", escape::text(title)));
        }
        self.draft.html.push_str("</figure>\n");
        self.draft.reading.gap();
        true
    }

    fn image(&mut self, text: &Text<'_>, at: usize, captioned: bool) {
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
        let html = format!("<img src=\"{address}\" alt=\"{alt}\"{title} loading=\"lazy\">");
        self.draft.html.push_str(&html);
    }

    fn footnote_reference(&mut self, label: &str) {
        let Some(note) = self.footnotes.refer(label, &mut self.ids) else {
            return self.words(&format!("[^{label}]"));
        };
        let id = note.uses.last().map(|id| escape::attribute(id)).unwrap_or_default();
        let (to, number) = (escape::fragment(&note.id), note.number);
        self.draft.anchors.extend(note.uses.last().cloned());
        self.draft.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"{to}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// Draws the footnotes that are used; the text of one may use another.
    fn draw_footnotes(&mut self, text: &Text<'_>) {
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
        self.draft.html.push_str(&format!("<section class=\"footnotes\" aria-label=\"{name}\">\n<ol>\n"));
        for (index, html) in texts.into_iter().enumerate() {
            self.footnote(index, html);
        }
        self.draft.html.push_str("</ol>\n</section>\n");
    }

    /// One footnote; the ways back stand in its last paragraph.
    fn footnote(&mut self, index: usize, html: String) {
        let Some(note) = self.footnotes.used(index).cloned() else { return };
        let back: String = (0..note.uses.len()).map(|index| self.way_back(&note, index)).collect();
        let text = match html.strip_suffix("</p>\n") {
            Some(start) => format!("{start}{back}</p>\n"),
            None => format!("{html}<p>{}</p>\n", back.trim_start()),
        };
        let id = escape::attribute(&note.id);
        self.draft.html.push_str(&format!("<li id=\"{id}\">\n{text}</li>\n"));
        self.draft.anchors.push(note.id);
    }

    fn way_back(&self, note: &super::footnotes::Note, index: usize) -> String {
        let n = if index == 0 { note.number.to_string() } else { format!("{}-{}", note.number, index + 1) };
        let name = escape::attribute(&self.settings.labels.back(&n));
        let to = escape::fragment(&note.uses[index]);
        format!(
            " <a class=\"footnote-backref\" href=\"{to}\" role=\"doc-backlink\" aria-label=\"{name}\">↩</a>"
        )
    }
}

fn undefined_reference(label: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&UNDEFINED_REFERENCE, place, format!("`[{label}]` is not defined in this page"))
        .hint(format!("add `[{label}]: address`, or put the brackets in a code span"))
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

/// A range without the spaces at its end.
fn trimmed(source: &Source<'_>, range: &Range<usize>) -> Range<usize> {
    let text = source.text.get(range.clone()).unwrap_or_default();
    range.start..range.start + text.trim_end().len()
}

fn plain_heading(nodes: &[Node<'_>], at: usize) -> String {
    super::reading::tidy(&events::plain(nodes, at + 1..nodes[at].end, true))
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Whether an item with these nodes begins with a box.
fn is_task(nodes: &[Node<'_>]) -> bool {
    let mut events = nodes.iter().map(|node| &node.event);
    match events.next() {
        Some(Event::Start(Tag::Paragraph)) => matches!(events.next(), Some(Event::TaskListMarker(_))),
        first => matches!(first, Some(Event::TaskListMarker(_))),
    }
}

/// The level-1 heading the text begins with; comments do not count.
fn title(nodes: &[Node<'_>]) -> Option<usize> {
    let mut at = 0;
    loop {
        let node = nodes.get(at)?;
        match &node.event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => return Some(at),
            Event::Start(Tag::HtmlBlock) if super::raw::is_comment(&events::raw_block(nodes, at).0) => {
                at = node.end + 1;
            }
            _ => return None,
        }
    }
}

/// The ids that authors gave headings.
fn explicit_ids(nodes: &[Node<'_>], ids: &mut Ids) -> HashMap<usize, String> {
    headings(nodes).filter_map(|(at, id)| Some((at, ids.unique(id?)))).collect()
}

/// The ids of all headings.
fn heading_ids(
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

fn headings<'n>(nodes: &'n [Node<'_>]) -> impl Iterator<Item = (usize, Option<&'n str>)> {
    nodes.iter().enumerate().filter_map(|(at, node)| match &node.event {
        Event::Start(Tag::Heading { id, .. }) => Some((at, id.as_deref())),
        _ => None,
    })
}
