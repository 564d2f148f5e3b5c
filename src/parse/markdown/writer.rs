//! Events into HTML with holes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use crate::diagnostic::{Diagnostic, Place};

use super::draft::Draft;
use super::events::{self, Node};
use super::faults::UNDEFINED_REFERENCE;
use super::fence::Inside;
use super::footnotes::Footnotes;
use super::slug::Ids;
use super::source::Source;
use super::table::Table;
use super::{Settings, escape, headings};

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
    pub(super) diagrams: usize,
    pub(super) heading_ids: HashMap<usize, String>,
    pub(super) footnotes: Footnotes,
    /// What ends each element that is open.
    pub(super) closers: Vec<Cow<'static, str>>,
    /// The node of the heading that is the title.
    title: Option<usize>,
    /// The block for some readers that is being drawn.
    pub(super) inside: Option<Inside>,
}

/// Draws all of `text`.
pub fn draw(
    text: &Text<'_>,
    references: &[(Range<usize>, String)],
    settings: &Settings<'_>,
    raw: Raw,
) -> Draft {
    let mut ids = Ids::default();
    let explicit = headings::explicit_ids(text.nodes, &mut ids);
    for id in super::raw_html::ids(text.nodes) {
        ids.reserve(&id);
    }
    let footnotes = Footnotes::of(text.nodes, &mut ids);
    let heading_ids = headings::ids(text.nodes, explicit, &mut ids);
    let mut writer = Writer {
        settings,
        raw,
        draft: Draft { faults: text.undefined(references), ..Draft::default() },
        ids,
        table: Table::default(),
        tables: 0,
        diagrams: 0,
        heading_ids,
        footnotes,
        closers: Vec::new(),
        title: headings::title(text.nodes),
        inside: None,
    };
    writer.nodes(text, 0..text.nodes.len());
    writer.draw_footnotes(text);
    writer.draft
}

impl Writer<'_> {
    /// Draws `text` as inline Markdown: without paragraphs, headings or lists of its own.
    pub(super) fn inline(&mut self, text: &str, place: Place) {
        // After a word no line can begin a list, a heading or any other block.
        const WORD: &str = "· ";
        let line = format!("{WORD}{}", text.trim().replace("\r\n", " ").replace(['\r', '\n'], " "));
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
        if let Some(after) = self.mark(text, at) {
            return after;
        }
        let node = &text.nodes[at];
        match &node.event {
            Event::Start(tag) => return self.start(text, at, tag),
            Event::End(_) => self.close(),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.words(words),
            Event::Code(code) => self.code_span(code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_inline(text, html, &node.range),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(*done),
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
            self.draft.put(tag);
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

    pub(super) fn close(&mut self) {
        let Some(closer) = self.closers.pop() else { return };
        self.draft.put(&closer);
        match &*closer {
            "</p>\n" if self.closers.is_empty() => self.draft.reading.close_paragraph(),
            closer if closer.ends_with('\n') => self.draft.reading.gap(),
            _ => {}
        }
    }

    pub(super) fn words(&mut self, words: &str) {
        self.draft.reading.text(words);
        self.draft.put(&escape::text(words));
    }

    fn code_span(&mut self, code: &str) {
        self.draft.reading.text(code);
        self.draft.put(&format!("<code>{}</code>", escape::text(code)));
    }

    fn line_break(&mut self, html: &str) {
        self.draft.reading.gap();
        self.draft.put(html);
    }

    fn rule(&mut self) {
        self.draft.fresh_line();
        self.draft.put("<hr>\n");
    }

    fn paragraph(&mut self) {
        if self.closers.is_empty() {
            self.draft.reading.open_paragraph();
        }
        self.open_block("<p>", "</p>\n");
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
        self.draft.put(&format!("<input type=\"checkbox\" disabled{ticked} aria-label=\"{name}\"> "));
    }
}

fn undefined_reference(label: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&UNDEFINED_REFERENCE, place, format!("`[{label}]` is not defined in this page"))
        .hint(format!("add `[{label}]: address`, or put the brackets in a code span"))
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
