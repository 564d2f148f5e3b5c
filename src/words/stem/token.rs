//! The words of a text.

use std::ops::Range;

use super::fold::is_accent;

/// The words of `text`, each with the bytes where it stands. Letters and digits make a word, and so do
/// between them a hyphen, an underscore, an apostrophe, a soft hyphen, and between two digits a full stop:
/// `e-teenus`, `BEN-142` and `2026.10` are one word each.
pub fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        // Most of what stands between words is one letter of ASCII.
        let is_plain_gap = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        from += text.as_bytes().get(from..)?.iter().take_while(|byte| is_plain_gap(byte)).count();
        let rest = text.get(from..)?;
        let start = from + rest.find(char::is_alphanumeric)?;
        let end = start + length(text.get(start..)?);
        from = end;
        Some((start..end, text.get(start..end)?))
    })
}

/// How many bytes of `text`, which begins with a letter, are its first word.
fn length(text: &str) -> usize {
    // Most words are letters of ASCII up to something that joins nothing.
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let may_go_on = |next: &u8| !next.is_ascii() || matches!(next, b'-' | b'_' | b'\'' | b'.');
    if plain > 0 && !text.as_bytes().get(plain).is_some_and(may_go_on) {
        return plain;
    }
    let mut end = 0;
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, next)| *next);
        if letter.is_alphanumeric() || is_accent(letter) {
            end = at + letter.len_utf8();
        } else if !joins(before, letter, after) {
            break;
        }
        before = Some(letter);
    }
    end
}

/// Whether `letter` holds the two beside it together.
fn joins(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    match letter {
        '-' | '_' | '\'' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{2019}' | '\u{2bc}' => {
            (before.is_alphanumeric() || is_accent(before)) && after.is_alphanumeric()
        }
        '.' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}
