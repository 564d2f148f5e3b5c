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

/// Whether a word begins with two bytes, in lower case: two letters rule out nearly every place.
static PAIRS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut pairs = vec![false; 1 << 16];
    for (word, _) in WORDS.iter().flatten() {
        if let [first, second, ..] = word.as_bytes()
            && let Some(pair) = pairs.get_mut(pair(*first, *second))
        {
            *pair = true;
        }
    }
    pairs
});

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Shows every clue in `text` with the byte at which it stands.
pub fn each(text: &str, mut visit: impl FnMut(Clue, usize)) {
    let (words, pairs) = (&*WORDS, &*PAIRS);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                visit(Clue::Digits(at..at + length), at);
                at += length;
                continue;
            }
            b'@' => visit(Clue::At, at),
            b'+' => visit(Clue::Plus, at),
            first => {
                let second = bytes.get(at + 1).copied().unwrap_or_default();
                let pair = pair(first.to_ascii_lowercase(), second.to_ascii_lowercase());
                if !pairs.get(pair).is_some_and(|begins| *begins) {
                    at += 1;
                    continue;
                }
                let bucket = words.get(usize::from(first.to_ascii_lowercase()));
                for (word, clue) in bucket.into_iter().flatten() {
                    let there = bytes.get(at..at + word.len());
                    if there.is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes())) {
                        visit(clue.clone(), at);
                    }
                }
            }
        }
        at += 1;
    }
}
