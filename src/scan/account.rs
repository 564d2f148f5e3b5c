//! Bank accounts (IBAN, ISO 13616).

use std::ops::Range;

use super::{after, before, published};

/// How long the accounts of a country are, as the registry of SWIFT says.
const LENGTHS: [(&str, usize); 38] = [
    ("AD", 24),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("UA", 29),
    ("VA", 22),
];

/// The account whose check digits begin the run of digits, in one piece or in groups of four.
pub fn at(text: &str, run: &Range<usize>) -> Option<Range<usize>> {
    let start = run.start.checked_sub(2)?;
    let country = text.get(start..run.start)?;
    if !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let (_, length) = LENGTHS.iter().find(|(known, _)| *known == country)?;
    if before(text, start).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut account = String::new();
    let mut end = start;
    for character in text.get(start..)?.chars() {
        match character {
            part if part.is_ascii_digit() || part.is_ascii_uppercase() => account.push(part),
            ' ' | '\u{A0}' if account.len().is_multiple_of(4) => {}
            _ => break,
        }
        end += character.len_utf8();
        if account.len() == *length {
            break;
        }
    }
    let is_whole = account.len() == *length && !after(text, end).is_some_and(char::is_alphanumeric);
    let is_account =
        is_whole && remainder_97(&account) == Some(1) && !published::is_example_account(&account);
    is_account.then_some(start..end)
}

/// The number of an account modulo 97, its first four characters at the end (ISO 7064).
fn remainder_97(account: &str) -> Option<u32> {
    let (head, tail) = account.split_at_checked(4)?;
    let digits = tail.chars().chain(head.chars()).map(|c| c.to_digit(36));
    digits.into_iter().try_fold(0, |sum, digit| {
        let digit = digit?;
        Some((sum * if digit > 9 { 100 } else { 10 } + digit) % 97)
    })
}
