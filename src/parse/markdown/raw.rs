//! Reads the tags in raw HTML, loosely: to find addresses, ids and what will be removed. What is
//! safe to publish is decided elsewhere, by a parser that reads HTML as browsers do.

use std::ops::Range;

/// A tag as written.
#[derive(Debug, PartialEq, Eq)]
pub struct RawTag {
    /// Lower-case name.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// From `<` to `>`.
    pub range: Range<usize>,
    /// The attributes of a start tag.
    pub attributes: Vec<RawAttribute>,
}

/// An attribute as written.
#[derive(Debug, PartialEq, Eq)]
pub struct RawAttribute {
    /// Lower-case name.
    pub name: String,
    /// Name and value.
    pub range: Range<usize>,
    /// The value without its quotes.
    pub value: Range<usize>,
    /// The value with its quotes.
    pub quoted: Range<usize>,
}

/// Elements whose content is text whatever it looks like.
const TEXT_ONLY: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// All complete tags, in order.
pub fn tags(html: &str) -> Vec<RawTag> {
    read(html).0
}

/// Where a tag or comment begins that has no end, and would make all that follows a part of itself.
pub fn unfinished(html: &str) -> Option<usize> {
    read(html).1
}

fn read(html: &str) -> (Vec<RawTag>, Option<usize>) {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let open = at + found;
        let end = match &html.as_bytes()[open + 1..] {
            [b'!', b'-', b'-', ..] => after(html, open + 4, "-->"),
            [b'!' | b'?', ..] => after(html, open, ">"),
            [b'/', first, ..] if first.is_ascii_alphabetic() => after(html, open, ">").inspect(|end| {
                tags.push(end_tag(html, open, *end));
            }),
            [first, ..] if first.is_ascii_alphabetic() => start_tag(html, open).map(|tag| {
                let end = after_content(html, &tag);
                tags.push(tag);
                end
            }),
            _ => Some(open + 1),
        };
        match end {
            Some(end) => at = end,
            None => return (tags, Some(open)),
        }
    }
    (tags, None)
}

/// Whether `html` is nothing but comments.
pub fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    rest.is_empty()
}

/// `html` without character references that mean characters kept for holes.
pub fn without_reserved(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("&#") {
        let (reference, length) = number(&rest[at + 2..]);
        let whole = at + 2 + length;
        out.push_str(&rest[..at]);
        let reserved = reference.and_then(char::from_u32).is_some_and(super::holes::is_reserved);
        out.push_str(if reserved { "\u{FFFD}" } else { &rest[at..whole] });
        rest = &rest[whole..];
    }
    out.push_str(rest);
    out
}

/// The number of a character reference after `&#`, and how many bytes it takes.
fn number(text: &str) -> (Option<u32>, usize) {
    let (radix, skip) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = &text[skip..];
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    (u32::from_str_radix(&digits[..length], radix).ok(), skip + length)
}

fn after(html: &str, from: usize, needle: &str) -> Option<usize> {
    html.get(from..)?.find(needle).map(|at| from + at + needle.len())
}

fn end_tag(html: &str, open: usize, end: usize) -> RawTag {
    let inside = html[open + 2..end].trim_end_matches('>');
    let length = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
    let name = inside[..length].to_ascii_lowercase();
    RawTag { name, closing: true, range: open..end, attributes: Vec::new() }
}

/// The start tag at `open`, if it has an end.
fn start_tag(html: &str, open: usize) -> Option<RawTag> {
    let name =
        open + 1..until(html, open + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let mut attributes = Vec::new();
    let mut at = name.end;
    loop {
        at = until(html, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *html.as_bytes().get(at)? == b'>' {
            break;
        }
        let attribute = attribute(html, at);
        at = attribute.range.end;
        attributes.push(attribute);
    }
    let name = html[name].to_ascii_lowercase();
    Some(RawTag { name, closing: false, range: open..at + 1, attributes })
}

fn attribute(html: &str, start: usize) -> RawAttribute {
    // A name may begin with `=`, says the HTML standard.
    let end_of_name =
        until(html, start + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
    let name = html[start..end_of_name].to_ascii_lowercase();
    let sign = until(html, end_of_name, |byte| !byte.is_ascii_whitespace());
    if html.as_bytes().get(sign) != Some(&b'=') {
        let none = end_of_name..end_of_name;
        return RawAttribute { name, range: start..end_of_name, value: none.clone(), quoted: none };
    }
    let from = until(html, sign + 1, |byte| !byte.is_ascii_whitespace());
    let (value, quoted) = value(html, from);
    RawAttribute { name, range: start..quoted.end, value, quoted }
}

fn value(html: &str, from: usize) -> (Range<usize>, Range<usize>) {
    if let Some(&quote @ (b'"' | b'\'')) = html.as_bytes().get(from) {
        let end = until(html, from + 1, |byte| byte == quote);
        (from + 1..end, from..(end + 1).min(html.len()))
    } else {
        let end = until(html, from, |byte| byte.is_ascii_whitespace() || byte == b'>');
        (from..end, from..end)
    }
}

/// The first offset from `from` on whose byte is wanted. Only ASCII is ever wanted or skipped up to,
/// so the offset lies between characters.
fn until(html: &str, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let bytes = html.as_bytes();
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| wanted(*byte)).map_or(bytes.len(), |at| from + at)
}

/// Where reading goes on after a start tag.
fn after_content(html: &str, tag: &RawTag) -> usize {
    if !TEXT_ONLY.contains(&tag.name.as_str()) {
        return tag.range.end;
    }
    let ends = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.get(..tag.name.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.name.as_bytes()))
    };
    let from = tag.range.end;
    html[from..].match_indices("</").map(|(at, _)| from + at).find(ends).unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> Vec<String> {
        let attribute = |a: &RawAttribute| format!(" {}={}", a.name, &html[a.value.clone()]);
        let show = |tag: &RawTag| {
            let slash = if tag.closing { "/" } else { "" };
            format!("{slash}{}{}", tag.name, tag.attributes.iter().map(attribute).collect::<String>())
        };
        tags(html).iter().map(show).collect()
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        for (html, tags) in [
            ("<a href=\"x>y\">t</a>", vec!["a href=x>y", "/a"]),
            ("<IMG SRC=x.png alt='a b'/>", vec!["img src=x.png alt=a b"]),
            ("<a\nhref = õ >", vec!["a href=õ"]),
            ("<!-- <b> --><i>", vec!["i"]),
            ("<script>'<b>'</script><i>", vec!["script", "/script", "i"]),
            ("<input disabled>", vec!["input disabled="]),
            ("a < b <c", vec![]),
            ("<a =x>", vec!["a =x="]),
            ("<a href='x", vec![]),
            ("</b ><!doctype html><?php ?>", vec!["/b"]),
        ] {
            assert_eq!(seen(html), tags, "{html}");
        }
    }

    #[test]
    fn tags_without_an_end_are_found() {
        for (html, at) in [
            ("a <b", Some(2)),
            ("<b c='>", Some(0)),
            ("<i></i", Some(3)),
            ("<!-- >", Some(0)),
            ("a < b", None),
        ] {
            assert_eq!(unfinished(html), at, "{html}");
        }
    }

    #[test]
    fn comments_are_told_from_content() {
        assert!(is_comment(" <!-- a --> <!-- b -->\n"));
        assert!(!is_comment("<!-- a --> b"));
        assert!(!is_comment("<!-- a"));
    }

    #[test]
    fn references_to_hole_characters_are_defused() {
        let html = "&#xFDD0;&#0064976;&#x0fdd3 &#65; &#x; &#99999999999;";
        assert_eq!(without_reserved(html), "\u{FFFD};\u{FFFD};\u{FFFD} &#65; &#x; &#99999999999;");
    }
}
