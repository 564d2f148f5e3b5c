//! Writing without capitals, without accents, with one kind of hyphen and apostrophe.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// `word` in lower case, composed, with plain hyphens and apostrophes and without soft hyphens.
pub(super) fn exact(word: &str) -> String {
    let lower: String = word.to_lowercase().chars().filter_map(plain_mark).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&lower).into_owned()
}

/// `exact` without the marks that stand on letters: õ and ö give o, š gives s.
pub(super) fn plain(exact: &str) -> String {
    let letters = DecomposingNormalizerBorrowed::new_nfd().normalize(exact);
    letters.chars().filter(|letter| !is_accent(*letter)).collect()
}

/// Whether `letter` is a mark that joins the letter before it.
pub(super) fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn plain_mark(letter: char) -> Option<char> {
    match letter {
        '\u{ad}' => None,
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{2019}' | '\u{2bc}' => Some('\''),
        other => Some(other),
    }
}
