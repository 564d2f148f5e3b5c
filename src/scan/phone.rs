//! Telephone numbers: with a country code (E.164), and Estonian ones after a word for them.

use std::ops::Range;

use super::{after, before, published};

/// Codes of the countries whose numbers are looked for besides Estonian ones: a `+` before other digits is
/// nearly always something else.
const NEIGHBOURS: [&str; 12] = ["358", "371", "370", "46", "47", "45", "48", "49", "44", "33", "31", "380"];

/// The number after the `+` at `at`.
pub fn after_plus(text: &str, at: usize) -> Option<Range<usize>> {
    if before(text, at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '_' | '/' | '=')) {
        return None;
    }
    let (digits, end) = digits(text, at + 1)?;
    let is_number = match digits.strip_prefix("372") {
        Some(national) => is_estonian(national),
        None => NEIGHBOURS.iter().any(|code| digits.starts_with(code)) && (10..=13).contains(&digits.len()),
    };
    (is_number && !published::is_test_phone(&format!("+{digits}"))).then_some(at..end)
}

/// The Estonian number after the word of `length` bytes at `at`.
pub fn after_word(text: &str, at: usize, length: usize) -> Option<Range<usize>> {
    if before(text, at).is_some_and(char::is_alphanumeric) {
        return None;
    }
    // `tel`, `telefon`, `tel.`, `Telefoni number:`
    let rest = text.get(at + length..)?;
    let gap: String =
        rest.chars().take(24).take_while(|c| c.is_alphabetic() || matches!(c, '.' | ':' | ' ')).collect();
    let start = at + length + gap.len();
    let (digits, end) = digits(text, start)?;
    is_estonian(&digits).then_some(start..end)
}

/// Digits from `start` on, single spaces and hyphens between them left out, and where they end.
fn digits(text: &str, start: usize) -> Option<(String, usize)> {
    const MOST: usize = 15;
    let mut digits = String::new();
    let (mut end, mut at) = (start, start);
    let mut is_apart = true;
    for character in text.get(start..)?.chars() {
        match character {
            digit if digit.is_ascii_digit() && digits.len() < MOST => {
                digits.push(digit);
                is_apart = false;
                end = at + 1;
            }
            ' ' | '-' | '\u{A0}' if !is_apart => is_apart = true,
            _ => break,
        }
        at += character.len_utf8();
    }
    let is_whole = !after(text, end).is_some_and(|c| c.is_alphanumeric() || c == '_');
    is_whole.then_some((digits, end))
}

/// Whether digits are a number of the Estonian plan: mobile ones begin with 5 or 81 to 84, others with 3, 4, 6, 7 or
/// 88 and have seven digits.
fn is_estonian(national: &str) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| national.starts_with(start));
    match national.len() {
        7 => begins(&["3", "4", "5", "6", "7", "88"]) && !national.starts_with("70"),
        8 => begins(&["5", "81", "82", "83", "84"]),
        _ => false,
    }
}
