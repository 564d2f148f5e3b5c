//! One pass through a text that stops where something may stand.
//!
//! Most bytes are passed by after one look at a table; only at the beginning of a known word is the word compared.

use std::ops::Range;
use std::sync::LazyLock;

use super::secret::{self, Sign};

/// Why a place is worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clue {
    /// A run of ASCII digits.
    Digits(Range<usize>),
    /// An `@`.
    At,
    /// A `+`.
    Plus,
    /// A word for a telephone, of this length.
    PhoneWord(usize),
    /// A word that may stand before or at the beginning of a secret, and its length.
    Secret(Sign, usize),
}

/// Words after which a telephone number may stand.
const PHONE_WORDS: [&str; 5] = ["tel", "mobiil", "mob", "phone", "gsm"];

/// The words, by the byte they begin with in lower case.
static WORDS: LazyLock<Vec<Vec<(&'static str, Clue)>>> = LazyLock::new(|| {
    let mut words: Vec<Vec<(&'static str, Clue)>> = vec![Vec::new(); 256];
    let phones = PHONE_WORDS.iter().map(|word| (*word, Clue::PhoneWord(word.len())));
    let secrets = secret::signs().map(|(word, sign)| (word, Clue::Secret(sign, word.len())));
    for (word, clue) in phones.chain(secrets) {
        if let Some(bucket) = word.bytes().next().and_then(|first| words.get_mut(usize::from(first))) {
            bucket.push((word, clue));
        }
    }
    words
});

/// Where a look is worth it: what a byte alone says, and what it says with the two behind it.
struct Table {
    /// Digits and signs, which are looked at wherever they stand.
    signs: [bool; 256],
    /// Whether a word begins with three bytes that fold to this number, a bit for each.
    beginnings: [u64; BEGINNINGS / 64],
}

/// How many numbers three bytes fold to.
const BEGINNINGS: usize = 1 << 15;

/// Three bytes as a number: the lower bits of each, which are alike for upper and lower case. Other bytes may have
/// the same number, hence the words are compared afterwards.
fn folded(first: u8, second: u8, third: u8) -> usize {
    const LOWER: u8 = 0b1_1111;
    usize::from(first & LOWER) << 10 | usize::from(second & LOWER) << 5 | usize::from(third & LOWER)
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { signs: [false; 256], beginnings: [0; BEGINNINGS / 64] };
    for sign in b"0123456789@+" {
        if let Some(is_sign) = table.signs.get_mut(usize::from(*sign)) {
            *is_sign = true;
        }
    }
    for (word, _) in WORDS.iter().flatten() {
        if let [first, second, third, ..] = word.as_bytes() {
            let number = folded(*first, *second, *third);
            if let Some(bits) = table.beginnings.get_mut(number / 64) {
                *bits |= 1 << (number % 64);
            }
        }
    }
    table
});

impl Table {
    fn is_sign(&self, byte: u8) -> bool {
        self.signs.get(usize::from(byte)).is_some_and(|is_sign| *is_sign)
    }

    fn is_beginning(&self, first: u8, second: u8, third: u8) -> bool {
        let number = folded(first, second, third);
        self.beginnings.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    /// Where in `bytes` the next look is worth it.
    fn next(&self, bytes: &[u8]) -> Option<usize> {
        let is_worth_it = |window: &[u8]| match window {
            [first, second, third] => self.is_sign(*first) || self.is_beginning(*first, *second, *third),
            _ => false,
        };
        bytes.windows(3).position(is_worth_it).or_else(|| {
            // No word is so short that it fits behind the last window.
            let end = bytes.len().saturating_sub(2);
            let last = bytes.get(end..)?;
            last.iter().position(|byte| self.is_sign(*byte)).map(|at| end + at)
        })
    }
}

/// Shows every clue in `text` with the byte at which it stands.
pub fn each(text: &str, mut visit: impl FnMut(Clue, usize)) {
    let (words, table) = (&*WORDS, &*TABLE);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(further) = bytes.get(at..).and_then(|rest| table.next(rest)) {
        at += further;
        let rest = bytes.get(at..).unwrap_or_default();
        match rest.first().copied().unwrap_or_default() {
            b'0'..=b'9' => {
                let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                visit(Clue::Digits(at..at + length), at);
                at += length;
                continue;
            }
            b'@' => visit(Clue::At, at),
            b'+' => visit(Clue::Plus, at),
            first => {
                let bucket = words.get(usize::from(first.to_ascii_lowercase()));
                for (word, clue) in bucket.into_iter().flatten() {
                    let there = rest.get(..word.len());
                    if there.is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes())) {
                        visit(clue.clone(), at);
                    }
                }
            }
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_long_enough_for_the_table() {
        assert!(WORDS.iter().flatten().all(|(word, _)| word.len() >= 3));
    }

    #[test]
    fn clues_are_found_wherever_they_stand() {
        for (text, expected) in [
            ("x 12 y", vec![(Clue::Digits(2..4), 2)]),
            ("ab@", vec![(Clue::At, 2)]),
            ("a+", vec![(Clue::Plus, 1)]),
            ("1", vec![(Clue::Digits(0..1), 0)]),
            ("GSM", vec![(Clue::PhoneWord(3), 0)]),
            ("motel", vec![(Clue::PhoneWord(3), 2)]),
            ("te", vec![]),
            ("", vec![]),
        ] {
            let mut found = Vec::new();
            each(text, |clue, at| found.push((clue, at)));
            assert_eq!(found, expected, "{text}");
        }
    }
}
