//! Markdown into HTML with typed holes. The one folder that names `pulldown_cmark`.
//!
//! 1. [`source`] makes the text plain: one kind of line end, no characters that mean something here.
//! 2. [`fence`] takes out the blocks that the audience may not see.
//! 3. [`events`] reads it into events with ranges, and puts links where addresses stand bare.
//! 4. [`writer`] draws the events into one string of HTML, in which a numbered mark stands for every
//!    address, live block and heading ([`holes`]).
//! 5. Only where authors wrote raw HTML, [`sanitise`] makes the whole string safe.
//! 6. [`draft`] cuts the string at the marks.
//!
//! Deliberately absent: addresses (they are made once all pages are known), template code, wiki
//! links, formulas, clever punctuation.

mod autolink;
mod code;
mod destination;
mod diagram;
mod draft;
mod entities;
mod escape;
mod events;
pub mod faults;
mod fence;
mod footnotes;
mod headings;
mod highlight;
mod holes;
mod labels;
mod links;
mod raw;
mod raw_html;
mod reading;
mod sanitise;
mod scheme;
mod slug;
mod source;
mod table;
mod writer;

pub use highlight::{highlight_css, html as highlighted};
pub use labels::Labels;

use crate::diagnostic::{Diagnostic, FileId, Place};
use crate::model::audience::Audience;
use crate::model::body::{self, Body, Heading, Piece};
use crate::model::quiz::Quiz;

use fence::Block;
use source::Source;
use writer::{Raw, Text};

/// How Markdown is drawn.
pub struct Settings<'a> {
    /// Words in the language of the page.
    pub labels: Labels,
    /// What becomes of raw HTML.
    pub html: HtmlPolicy,
    /// Reads the YAML of a quiz that stands at a place.
    pub quiz: &'a QuizReader,
    /// For whom the text is: what stands in it for others is left out.
    pub audience: Audience,
}

/// Reads a quiz, or says what is wrong with it.
pub type QuizReader = dyn Fn(&str, Place) -> Result<Quiz, Vec<Diagnostic>> + Sync;

/// What becomes of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HtmlPolicy {
    /// Only what cannot harm readers is published.
    #[default]
    Sanitised,
    /// Published as it is.
    Trusted,
}

/// Parses `text`, which begins at byte `start` of `file`: front matter and byte order mark are cut
/// off already, line ends may be of any kind. Gives what it could read, and the faults.
///
/// Of a page with a title, the first of [`Body::anchors`] is the title's id. Headings inside quotes,
/// lists and footnotes are anchors and no [`Body::headings`]: a page cannot be cut there.
pub fn parse(text: &str, start: usize, file: FileId, settings: &Settings<'_>) -> (Body, Vec<Diagnostic>) {
    let source = Source::new(text, start, file);
    match fence::read(&source) {
        Ok(blocks) if blocks.is_empty() => drawn(&source, settings),
        Ok(blocks) => fenced(&source, &blocks, settings),
        Err(faults) => {
            let (body, found) = drawn(&source, settings);
            (body, faults.into_iter().chain(found).collect())
        }
    }
}

/// The text of `source`, whoever may see it.
fn drawn(source: &Source<'_>, settings: &Settings<'_>) -> (Body, Vec<Diagnostic>) {
    let events = events::read(&source.text);
    let text = Text { source, nodes: &events.nodes, quoted: None, inline: false };
    let draw = |raw| writer::draw(&text, &events.undefined, settings, raw);
    match settings.html {
        HtmlPolicy::Trusted => draw(Raw::Kept).finish(),
        HtmlPolicy::Sanitised => safe(draw(Raw::Sanitised), || draw(Raw::Shown)).finish(),
    }
}

/// The text of `source` without those of its blocks that the audience may not see.
fn fenced(source: &Source<'_>, blocks: &[Block], settings: &Settings<'_>) -> (Body, Vec<Diagnostic>) {
    let whole = source.edited(&fence::edits(blocks, Audience::Restricted));
    let misplaced = fence::misplaced(source, blocks, &events::read(&whole.text).nodes);
    if !misplaced.is_empty() {
        let (body, found) = drawn(source, settings);
        return (body, misplaced.into_iter().chain(found).collect());
    }
    let is_cut = |block: &Block| block.audience > settings.audience;
    let shown = source.edited(&fence::edits(blocks, settings.audience));
    let (mut body, faults) = drawn(&shown, settings);
    let place = |block: &Block| (source.place(&block.lines), block.audience);
    body.blocks = blocks.iter().filter(|block| !is_cut(block)).map(place).collect();
    body.cut_blocks = blocks.iter().filter(|block| is_cut(block)).map(|block| place(block).0).collect();
    if !body.cut_blocks.is_empty() {
        let all: Vec<(Place, Audience)> = blocks.iter().filter(|block| is_cut(block)).map(place).collect();
        let headings = drawn(&whole, settings).0.headings.into_iter();
        let cut = |heading: Heading| Some((heading.id, body::audience_at(&all, heading.place)?));
        body.cut = headings.filter_map(cut).collect();
    }
    (body, faults)
}

/// Puts a first heading that is not the title of the page back into the text, one level down: the title
/// that the front matter gives stands above it.
pub fn keep_heading(body: &mut Body, is_title: impl Fn(&str) -> bool) {
    let Some(heading) = body.title.take_if(|heading| !is_title(heading)) else { return };
    let id = body.anchors.first().map(String::as_str).unwrap_or_default();
    let html = format!("<h2 id=\"{}\">{}</h2>\n", escape::attribute(id), escape::text(&heading));
    body.pieces.insert(0, Piece::Html(html));
    for below in &mut body.headings {
        below.piece += 1;
    }
}

/// The page with its raw HTML made safe; where that would take too long, the page that shows raw
/// HTML as text.
fn safe(mut draft: draft::Draft, shown: impl FnOnce() -> draft::Draft) -> draft::Draft {
    let Some(first) = draft.raw else { return draft };
    if !sanitise::is_tangled(&draft.html) {
        raw_html::sanitise(&mut draft, first);
        return draft;
    }
    let mut draft = shown();
    let message = "raw HTML opens more elements than it closes and is shown as text";
    draft.faults.push(Diagnostic::new(&faults::HTML_REMOVED, first, message));
    draft
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

#[cfg(test)]
mod hostile;
