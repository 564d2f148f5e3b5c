//! Where the address of a link is written.

use std::ops::Range;

/// The bytes of the address of an inline link or image.
///
/// `link` is the whole of it, `inner` the end of its text. When the address is not found, the whole
/// link stands for it.
pub fn inline(text: &str, link: &Range<usize>, inner: usize) -> Range<usize> {
    let whole = text.get(inner..link.end).unwrap_or_default();
    let Some(at) = whole.find("](") else { return link.clone() };
    let after = inner + at + 2;
    let rest = &text[after..link.end];
    let start = after + (rest.len() - rest.trim_start().len());
    let rest = &text[start..link.end];
    match rest.strip_prefix('<') {
        Some(pointed) => start + 1..start + 1 + unescaped(pointed, |c| c == '>'),
        None => start..start + bare(rest),
    }
}

/// The address inside `<` and `>`, or all of it.
pub fn autolink(text: &str, link: &Range<usize>) -> Range<usize> {
    let inside = text[link.clone()].strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    match inside {
        Some(_) => link.start + 1..link.end - 1,
        None => link.clone(),
    }
}

/// How far a bare address reaches: to a space or the parenthesis that closes the link.
fn bare(text: &str) -> usize {
    let mut depth = 0_usize;
    unescaped(text, |c| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => {}
        }
        c.is_ascii_whitespace()
    })
}

/// The offset of the first character that is an end and has no backslash before it.
fn unescaped(text: &str, mut is_end: impl FnMut(char) -> bool) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if is_end(c) {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_behind_the_text() {
        for (link, address) in [
            ("[a](b)", "b"),
            ("[a]( b.md#c \"title\")", "b.md#c"),
            ("[a](<b c> 'd')", "b c"),
            ("[a](b(c)d)", "b(c)d"),
            ("[a](b\\)c)", "b\\)c"),
            ("[a]()", ""),
            ("![a](õ.png)", "õ.png"),
        ] {
            let inner = link.find(']').expect("bracket");
            assert_eq!(&link[inline(link, &(0..link.len()), inner)], address, "{link}");
        }
        assert_eq!(autolink("x <http://a>", &(2..12)), 3..11);
    }
}
