//! Holes in a document that is still one string.
//!
//! A hole is an index between two Unicode noncharacters. Texts lose their noncharacters before they
//! are parsed ([`super::source`]) and again when they are escaped ([`super::escape`]), and raw HTML
//! loses the character references that mean them ([`super::raw`]): nobody but this program makes one.

const ADDRESS: char = '\u{FDD0}';
const EMBED: char = '\u{FDD1}';
const HEADING: char = '\u{FDD2}';
const DRAWING: char = '\u{FDD6}';
const END: char = '\u{FDD3}';

/// A part of a document with holes.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// HTML without holes.
    Html(&'a str),
    /// The address of this link.
    Address(usize),
    /// This live block.
    Embed(usize),
    /// This drawing.
    Drawing(usize),
    /// The id of this heading begins here.
    Heading(usize),
}

/// Whether `c` is one of the noncharacters that are kept for holes.
pub fn is_reserved(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// The hole for the address of link `index`.
pub fn address(index: usize) -> String {
    format!("{ADDRESS}{index}{END}")
}

/// Whether `value` is the hole for an address, and nothing else.
pub fn is_address(value: &str) -> bool {
    matches!(split(value)[..], [Part::Address(_)])
}

/// The hole for live block `index`.
pub fn embed(index: usize) -> String {
    format!("{EMBED}{index}{END}")
}

/// The hole for drawing `index`.
pub fn drawing(index: usize) -> String {
    format!("{DRAWING}{index}{END}")
}

/// The mark at the start of the id of heading `index`.
pub fn heading(index: usize) -> String {
    format!("{HEADING}{index}{END}")
}

/// Cuts a document at its holes. What is no hole stays HTML.
pub fn split(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find([ADDRESS, EMBED, HEADING, DRAWING]) {
        push_html(&mut parts, &rest[..at]);
        let (part, length) = hole(&rest[at..]);
        parts.push(part);
        rest = &rest[at + length..];
    }
    push_html(&mut parts, rest);
    parts
}

fn push_html<'a>(parts: &mut Vec<Part<'a>>, html: &'a str) {
    if !html.is_empty() {
        parts.push(Part::Html(html));
    }
}

/// The hole at the start of `text`, and its length.
fn hole(text: &str) -> (Part<'_>, usize) {
    let width = ADDRESS.len_utf8();
    let mark = &text[..width];
    let Some(end) = text.find(END) else { return (Part::Html(mark), width) };
    let Ok(index) = text[width..end].parse() else { return (Part::Html(mark), width) };
    let part = match mark.chars().next() {
        Some(ADDRESS) => Part::Address(index),
        Some(EMBED) => Part::Embed(index),
        Some(DRAWING) => Part::Drawing(index),
        _ => Part::Heading(index),
    };
    (part, end + END.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_cut_at_its_holes() {
        let html = format!("<a href=\"{}\">x</a>{}{}<h2>", address(3), embed(0), heading(12));
        assert_eq!(
            split(&html),
            [
                Part::Html("<a href=\""),
                Part::Address(3),
                Part::Html("\">x</a>"),
                Part::Embed(0),
                Part::Heading(12),
                Part::Html("<h2>"),
            ]
        );
    }

    #[test]
    fn half_a_hole_is_text() {
        assert_eq!(split("\u{FDD0}x\u{FDD3}").len(), 2);
        assert_eq!(split("\u{FDD0}"), [Part::Html("\u{FDD0}")]);
    }
}
