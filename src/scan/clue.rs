//! One pass through a text that stops where something may stand.
//!
//! Most bytes are passed by after one look at a table; only at the beginning of a known word is the word compared.

use std::ops::{Range, RangeInclusive};
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

/// What is worth a look, by two bytes: that rules out nearly every place.
///
/// A text is looked at byte by byte, so that the tables are small: bytes with which no word goes on are one class, and a
/// capital is in the class of its small letter.
struct Looks {
    classes: [u8; 256],
    /// What a byte of one class before one of another is, classes times classes.
    found: Vec<u8>,
    /// The words that begin with two bytes, by what these are.
    words: Vec<Vec<(&'static str, Clue)>>,
}

/// As many classes as words need at most, and a power of two: a place in the table is two numbers side by side.
const CLASSES: usize = 64;

/// Not worth a look.
const NOTHING: u8 = 0;
/// A digit, an `@` or a `+`, whatever follows.
const MARK: u8 = 1;

static LOOKS: LazyLock<Looks> = LazyLock::new(|| {
    let mut looks =
        Looks { classes: [0; 256], found: vec![NOTHING; CLASSES * CLASSES], words: vec![Vec::new(); 2] };
    let mut next = 1;
    looks.mark(b'0'..=b'9', &mut next);
    looks.mark(b'@'..=b'@', &mut next);
    looks.mark(b'+'..=b'+', &mut next);
    let phones = PHONE_WORDS.iter().map(|word| (*word, Clue::PhoneWord(word.len())));
    let secrets = secret::signs().map(|(word, sign)| (word, Clue::Secret(sign, word.len())));
    for (word, clue) in phones.chain(secrets) {
        if let [first, second, ..] = word.as_bytes() {
            let pair = [*first, *second].map(|byte| looks.class(byte, &mut next));
            looks.add(pair, word, clue);
        }
    }
    looks
});

impl Looks {
    /// Every byte of `bytes` is of one class, and worth a look.
    fn mark(&mut self, bytes: RangeInclusive<u8>, next: &mut u8) {
        for byte in bytes {
            self.classes[usize::from(byte)] = *next;
        }
        let row = usize::from(*next) * CLASSES;
        self.found.iter_mut().skip(row).take(CLASSES).for_each(|look| *look = MARK);
        *next += 1;
    }

    /// The class of a byte, which is the `next` one if it has none.
    fn class(&mut self, byte: u8, next: &mut u8) -> u8 {
        let class = self.classes[usize::from(byte)];
        if class != 0 {
            return class;
        }
        let new = *next;
        for byte in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
            self.classes[usize::from(byte)] = new;
        }
        *next += 1;
        new
    }

    fn add(&mut self, [first, second]: [u8; 2], word: &'static str, clue: Clue) {
        let next = u8::try_from(self.words.len()).unwrap_or(u8::MAX);
        let Some(look) = self.found.get_mut(usize::from(first) * CLASSES + usize::from(second)) else {
            return;
        };
        if *look == NOTHING {
            *look = next;
            self.words.push(Vec::new());
        }
        if let Some(words) = self.words.get_mut(usize::from(*look)) {
            words.push((word, clue));
        }
    }

    /// The first place from `at` on that is worth a look, and what is there.
    fn next(&self, bytes: &[u8], at: usize) -> Option<(usize, u8)> {
        let rest = bytes.get(at..)?;
        let class = |byte: &u8| self.classes[usize::from(*byte)];
        let mut before = class(rest.first()?);
        // Behind the last byte comes nothing with which a word goes on.
        for (place, after) in (at..).zip(rest.iter().skip(1).map(class).chain([0])) {
            let look = self.found.get(usize::from(before) * CLASSES + usize::from(after));
            if let Some(look) = look.filter(|look| **look != NOTHING) {
                return Some((place, *look));
            }
            before = after;
        }
        None
    }
}

/// Shows every clue in `text` with the byte at which it stands.
pub fn each(text: &str, mut visit: impl FnMut(Clue, usize)) {
    let looks = &*LOOKS;
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some((at, look)) = looks.next(bytes, from) {
        from = at + 1;
        match bytes.get(at) {
            Some(b'0'..=b'9') => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                visit(Clue::Digits(at..at + length), at);
                from = at + length;
            }
            Some(b'@') => visit(Clue::At, at),
            Some(b'+') => visit(Clue::Plus, at),
            _ => {
                for (word, clue) in looks.words.get(usize::from(look)).into_iter().flatten() {
                    let there = bytes.get(at..at + word.len());
                    if there.is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes())) {
                        visit(clue.clone(), at);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Clue, usize)> {
        let mut told = Vec::new();
        each(text, |clue, at| told.push((clue, at)));
        told
    }

    #[test]
    fn the_tables_hold_all_words() {
        let looks = &*LOOKS;
        let words = PHONE_WORDS.into_iter().chain(secret::signs().map(|(word, _)| word));
        for word in words {
            for text in [word.to_owned(), word.to_ascii_uppercase(), format!("õ {word}")] {
                let found = told(&text).iter().any(|(clue, at)| match clue {
                    Clue::PhoneWord(length) | Clue::Secret(_, length) => at + length == text.len(),
                    _ => false,
                });
                assert!(found, "{text}");
            }
        }
        assert!(usize::from(looks.classes.iter().copied().max().unwrap_or(0)) < CLASSES);
        assert!(looks.words.len() < usize::from(u8::MAX));
    }

    #[test]
    fn marks_are_told_once_each() {
        let digits = |range: Range<usize>| (Clue::Digits(range.clone()), range.start);
        assert_eq!(told("372@+5"), [digits(0..3), (Clue::At, 3), (Clue::Plus, 4), digits(5..6)]);
        assert_eq!(told("tel 12"), [(Clue::PhoneWord(3), 0), digits(4..6)]);
        assert_eq!(told("te"), []);
        assert_eq!(told(""), []);
    }
}
