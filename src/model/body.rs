//! The body of a Markdown page: HTML with typed holes.
//!
//! Markdown is parsed once, before any address is known. What depends on addresses or records stays
//! a hole until the page is drawn: the target of a link, the source of an image, a live table.

use super::audience::Audience;
use super::embed::EmbedSource;
use crate::diagnostic::Place;

/// A parsed Markdown text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// HTML and holes, in order.
    pub pieces: Vec<Piece>,
    /// Every link and image, in order of appearance; [`Piece::Address`] points in here.
    pub links: Vec<Link>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Ids that raw HTML and footnotes bring along, so that links to them resolve.
    pub anchors: Vec<String>,
    /// Live tables and charts; [`Piece::Embed`] points in here.
    pub embeds: Vec<Embed>,
    /// Text of the first level-1 heading, if the text begins with one; it is not in `pieces`.
    pub title: Option<String>,
    /// The words before the first heading, plain, for search.
    pub lead: String,
    /// The first paragraph as plain text.
    pub summary: Option<String>,
    /// How many words a reader reads.
    pub words: usize,
    /// Blocks that only some may see, where they stand and for whom they are.
    pub blocks: Vec<(Place, Audience)>,
    /// Where the blocks stand that the audience may not see.
    pub cut_blocks: Vec<Place>,
    /// Headings in blocks that the audience may not see, for saying why a link to them is wrong; nothing else
    /// of such a block is known.
    pub cut: Vec<(String, Audience)>,
}

impl Body {
    /// The finished HTML, without what stands in its holes.
    pub fn text(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Html(html) => Some(html.as_str()),
            Piece::Address(_) | Piece::Embed(_) => None,
        })
    }

    /// For whom the block is that `place` stands in, if it stands in one.
    pub fn audience_at(&self, place: Place) -> Option<Audience> {
        audience_at(&self.blocks, place)
    }
}

/// For whom the one of `blocks` is that `place` stands in.
pub fn audience_at(blocks: &[(Place, Audience)], place: Place) -> Option<Audience> {
    let holds = |block: &Place| block.start <= place.start && place.start < block.end;
    blocks.iter().find(|(block, _)| holds(block)).map(|(_, audience)| *audience)
}

/// A stretch of HTML, or a hole in it.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// The value of an `href` or `src` attribute: the link with this index, escaped for an attribute.
    Address(usize),
    /// The live table or chart with this index.
    Embed(usize),
}

/// A link or image as the author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Link or image.
    pub kind: LinkKind,
    /// The target as written, entities and backslashes resolved, percent-encoding kept.
    pub target: String,
    /// Where the target is written; of a reference link, where it is used.
    pub place: Place,
}

/// What a link does with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Leads there.
    Page,
    /// Shows it.
    Image,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// As GitHub makes it; unique in the page.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Index into [`Body::pieces`] of the piece that begins with this heading's tag.
    pub piece: usize,
    /// Where the heading is written.
    pub place: Place,
    /// The words between this heading and the next, plain, for search and previews.
    pub content: String,
}

/// A fenced block that names records and is drawn live.
#[derive(Debug, Clone, PartialEq)]
pub struct Embed {
    /// Which table or chart.
    pub kind: EmbedKind,
    /// The lines between the fences.
    pub source: String,
    /// What they ask for, once they were read; nothing if they cannot be understood.
    pub asks: Option<EmbedSource>,
    /// Where those lines stand.
    pub place: Place,
}

/// The kinds of live blocks, named as the info string names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbedKind {
    /// Counts of one run.
    Results,
    /// One release in short.
    Release,
    /// Events of a release or product.
    Schedule,
    /// The last runs of a series.
    Trend,
    /// Open defects of a release.
    Defects,
    /// Environments and their state.
    Environments,
    /// The gate of a release.
    Gate,
}

impl EmbedKind {
    /// All kinds with the info string of each.
    pub const ALL: [(&'static str, Self); 7] = [
        ("results", Self::Results),
        ("release", Self::Release),
        ("schedule", Self::Schedule),
        ("trend", Self::Trend),
        ("defects", Self::Defects),
        ("environments", Self::Environments),
        ("gate", Self::Gate),
    ];

    /// The kind an info string names.
    pub fn from_info(info: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == info).map(|(_, kind)| *kind)
    }
}
