//! A page while it is drawn: HTML with holes, and what the holes stand for.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::body::{Body, Embed, EmbedKind, Heading, Link, LinkKind, Piece};

use super::faults::UNSAFE_LINK;
use super::reading::Reading;
use super::{holes, scheme};

/// The element around a drawing.
const DRAWING: &str = "<div class=\"diagram\">";

/// What has been drawn so far.
#[derive(Debug, Default)]
pub struct Draft {
    /// HTML with holes.
    pub html: String,
    /// What the addresses stand for.
    pub links: Vec<Link>,
    /// What the live blocks stand for.
    pub embeds: Vec<Embed>,
    /// HTML that is safe by itself and stands for drawings; see [`Draft::drawing`].
    pub drawings: Vec<String>,
    /// Headings; their pieces are known once the HTML is cut.
    pub headings: Vec<Heading>,
    /// Ids that are no headings'.
    pub anchors: Vec<String>,
    /// The heading that is the page's title.
    pub title: Option<String>,
    /// The text before the first heading.
    pub lead: String,
    /// What a reader reads.
    pub reading: Reading,
    /// What an author should mend.
    pub faults: Vec<Diagnostic>,
    /// Where the first raw HTML stands that must be made safe.
    pub raw: Option<Place>,
}

impl Draft {
    /// The value of an `href` or `src` that leads to `target`: a hole, or `#` if it may not be
    /// published.
    pub fn address(&mut self, kind: LinkKind, target: &str, place: Place) -> String {
        if let Some(scheme) = scheme::forbidden(target, kind) {
            self.faults.push(unsafe_link(scheme, place));
            return "#".to_owned();
        }
        self.links.push(Link { kind, target: target.to_owned(), place });
        holes::address(self.links.len() - 1)
    }

    /// The hole for a live block.
    pub fn embed(&mut self, kind: EmbedKind, source: &str, place: Place) -> String {
        self.embeds.push(Embed { kind, source: source.to_owned(), asks: None, place });
        holes::embed(self.embeds.len() - 1)
    }

    /// Puts `html` where the text has come to. It is no part of the text while raw HTML there is made safe, which would
    /// leave nothing of a drawing.
    pub fn drawing(&mut self, html: String) {
        self.drawings.push(html);
        let hole = holes::drawing(self.drawings.len() - 1);
        self.fresh_line();
        self.put(&format!("{DRAWING}{hole}</div>\n"));
    }

    /// A section begins; the text so far belongs to the one before.
    pub fn open_section(&mut self, heading: Heading) {
        self.close_section();
        self.headings.push(heading);
    }

    fn close_section(&mut self) {
        let text = self.reading.section();
        match self.headings.last_mut() {
            Some(heading) => heading.content = text,
            None => self.lead = text,
        }
    }

    /// Adds HTML.
    pub fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Starts a new line unless one has just begun.
    pub fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Cuts the HTML at its holes. Links, live blocks and headings that did not get into the HTML
    /// are dropped, the others counted anew.
    pub fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.close_section();
        let mut body = Body {
            title: self.title,
            lead: self.lead,
            summary: self.reading.summary(),
            words: self.reading.words(),
            anchors: self.anchors,
            ..Body::default()
        };
        let mut links = Kept::new(self.links);
        let mut embeds = Kept::new(self.embeds);
        let mut headings = Kept::new(self.headings);
        let mut html = String::new();
        for part in holes::split(&self.html) {
            match part {
                holes::Part::Html(stretch) => html.push_str(stretch),
                holes::Part::Address(old) => {
                    let new = links.keep(old, &mut body.links);
                    cut(&mut body.pieces, &mut html, new.map(Piece::Address));
                }
                holes::Part::Embed(old) => {
                    let new = embeds.keep(old, &mut body.embeds);
                    cut(&mut body.pieces, &mut html, new.map(Piece::Embed));
                }
                // A tag that was left open may have made the drawing a part of an attribute.
                holes::Part::Drawing(index) if html.ends_with(DRAWING) => {
                    html.push_str(self.drawings.get(index).map_or("", String::as_str));
                }
                holes::Part::Drawing(_) => {}
                holes::Part::Heading(old) => {
                    let level = headings.all.get(old).map_or(0, |heading| heading.level);
                    let tag = format!("<h{level} id=\"");
                    // Broken raw HTML may have made the heading a part of something else.
                    let Some(before) = html.strip_suffix(&tag) else { continue };
                    html.truncate(before.len());
                    cut(&mut body.pieces, &mut html, None);
                    html = tag;
                    if let Some(new) = headings.keep(old, &mut body.headings) {
                        body.headings[new].piece = body.pieces.len();
                    }
                }
            }
        }
        cut(&mut body.pieces, &mut html, None);
        (body, self.faults)
    }
}

/// Makes a piece of the HTML so far, and puts the hole behind it.
fn cut(pieces: &mut Vec<Piece>, html: &mut String, hole: Option<Piece>) {
    if !html.is_empty() {
        // As long as it is, and not as it could have grown: the site holds the texts of all pages.
        html.shrink_to_fit();
        pieces.push(Piece::Html(std::mem::take(html)));
    }
    pieces.extend(hole);
}

fn unsafe_link(scheme: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&UNSAFE_LINK, place, format!("the address begins with `{scheme}:` and is switched off"))
        .hint("link to a page, a file of the project or an `https:` address")
}

/// Values that are counted anew in the order they turn up.
struct Kept<T> {
    all: Vec<T>,
    new: HashMap<usize, usize>,
}

impl<T: Clone> Kept<T> {
    fn new(all: Vec<T>) -> Self {
        Self { all, new: HashMap::new() }
    }

    /// The new index of value `old`, which is put into `kept` when it turns up first.
    fn keep(&mut self, old: usize, kept: &mut Vec<T>) -> Option<usize> {
        if let Some(new) = self.new.get(&old) {
            return Some(*new);
        }
        kept.push(self.all.get(old)?.clone());
        self.new.insert(old, kept.len() - 1);
        Some(kept.len() - 1)
    }
}
