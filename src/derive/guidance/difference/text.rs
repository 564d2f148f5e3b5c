//! The text of a page as a reader reads it: block by block, without its markup.

use std::borrow::Cow;

use crate::model::body::{Body, Piece};

/// A stretch of text that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text; of a row of a table, the cells with a bar between them.
    pub text: String,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// Code, or the words that ask for a live block.
    Code,
}

impl Kind {
    /// The word that names it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Row => "row",
            Self::Code => "code",
        }
    }
}

/// The blocks of a text, in order. What is drawn from records is left out: it is dated, not versioned.
pub fn blocks(body: &Body) -> Vec<Block> {
    let mut reader = Reader::default();
    for piece in &body.pieces {
        match piece {
            Piece::Html(html) => reader.read(html),
            // It stands inside a tag, whose rest is in the next piece.
            Piece::Address(_) => {}
            Piece::Embed(index) => {
                if let Some(embed) = body.embeds.get(*index) {
                    reader.end();
                    reader.blocks.push(Block { kind: Kind::Code, text: embed.source.trim_end().to_owned() });
                }
            }
        }
    }
    reader.end();
    reader.blocks
}

/// Reads HTML as the generator writes it.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    /// What the present text is: the innermost block that is open.
    open: Vec<(String, Kind)>,
    /// The element whose text is no reader's, and how many of its name are open.
    skipped: Option<(String, usize)>,
    /// The beginning of a tag whose end is in a later piece.
    tag: Option<String>,
}

impl Reader {
    fn read(&mut self, html: &str) {
        let mut rest = html;
        if let Some(mut begun) = self.tag.take() {
            let Some((inside, after)) = rest.split_once('>') else {
                begun.push_str(rest);
                self.tag = Some(begun);
                return;
            };
            begun.push_str(inside);
            self.tag(&begun);
            rest = after;
        }
        while let Some((text, after)) = rest.split_once('<') {
            self.text(text);
            let Some((inside, after)) = after.split_once('>') else {
                self.tag = Some(after.to_owned());
                return;
            };
            self.tag(inside);
            rest = after;
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_none() {
            self.text.push_str(&decoded(text));
        }
    }

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let has_capitals = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if has_capitals { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
        if let Some((skipped, depth)) = &mut self.skipped {
            if *skipped == name {
                *depth = if is_end { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        let is_anchor = name == "a" && attribute(tag, "class") == Some("anchor");
        match &*name {
            "svg" | "script" | "style" | "button" if !is_end => self.skipped = Some((name.into_owned(), 1)),
            "a" if is_anchor => self.skipped = Some((name.into_owned(), 1)),
            "img" => self.text(attribute(tag, "alt").unwrap_or_default()),
            "br" => self.text.push('\n'),
            "td" | "th" if is_end => self.text.push_str(BETWEEN_CELLS),
            _ if is_end => self.close(&name),
            _ => {
                if let Some(kind) = kind(&name, self.open.last().map(|(_, kind)| *kind)) {
                    self.end();
                    self.open.push((name.into_owned(), kind));
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        if self.open.iter().any(|(open, _)| open == name) {
            self.end();
            while self.open.pop().is_some_and(|(open, _)| open != name) {}
        }
    }

    /// Ends the present block.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = self.open.last().map_or(Kind::Paragraph, |(_, kind)| *kind);
        let text = match kind {
            Kind::Code => text.trim_matches('\n').to_owned(),
            Kind::Row => plain(text.trim_end().trim_end_matches(BETWEEN_CELLS.trim_end())),
            _ => plain(&text),
        };
        if !text.is_empty() {
            self.blocks.push(Block { kind, text });
        }
    }
}

const BETWEEN_CELLS: &str = " | ";

/// What an element begins; nothing, if it stands inside a block.
fn kind(name: &str, around: Option<Kind>) -> Option<Kind> {
    Some(match name {
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "pre" => Kind::Code,
        "li" | "dt" | "dd" => Kind::Item,
        "tr" => Kind::Row,
        // The paragraph of an item is the item.
        "p" if matches!(around, Some(Kind::Item | Kind::Row)) => around?,
        "p" | "div" | "blockquote" | "figure" | "figcaption" | "summary" | "details" | "section" | "hr" => {
            Kind::Paragraph
        }
        "table" | "ul" | "ol" | "dl" => Kind::Paragraph,
        _ => return None,
    })
}

/// Words with single spaces between them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of an attribute in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// `text` with the characters that its references stand for.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((character, rest)) => {
                decoded.push(character);
                decoded.push_str(rest);
            }
            None => {
                decoded.push('&');
                decoded.push_str(part);
            }
        }
    }
    Cow::Owned(decoded)
}

fn character(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            digits.strip_prefix(['x', 'X']).map_or_else(|| number(digits, 10), |hex| number(hex, 16))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn a_page_is_read_block_by_block() {
        let page = "# Title\n\nA *few* words & [a link](b.md).\n\n## Part\n\n- one\n- two\n\n  more\n\n\
                    | A | B |\n|---|---|\n| 1 | `x<y` |\n\n```sh\njuhend build\n  --force\n```\n\n\
                    > quoted\n\n![A picture](a.png)\n\n```release\nid: '1'\n```\n";
        let site = tree(&[("guides/a.md", page)]);
        let document = site.document("guides/a").expect("the page");
        let read: Vec<(Kind, String)> =
            blocks(&document.main().body).into_iter().map(|block| (block.kind, block.text)).collect();
        let wanted = [
            (Kind::Paragraph, "A few words & a link."),
            (Kind::Heading(2), "Part"),
            (Kind::Item, "one"),
            (Kind::Item, "two"),
            (Kind::Item, "more"),
            (Kind::Row, "A | B"),
            (Kind::Row, "1 | x<y"),
            (Kind::Code, "juhend build\n  --force"),
            (Kind::Paragraph, "quoted"),
            (Kind::Paragraph, "A picture"),
            (Kind::Code, "id: '1'"),
        ];
        assert_eq!(read, wanted.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn references_are_decoded_and_other_ampersands_stay() {
        assert_eq!(decoded("a &amp; b &#39;c&#x2019; &unknown; & d"), "a & b 'c\u{2019} &unknown; & d");
    }
}
