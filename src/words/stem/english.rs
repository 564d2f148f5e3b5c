//! English words, by the algorithm Porter 2 of Snowball.

use frostem::{Algorithm, Stemmer};

/// What the forms of `word` have in common.
pub(super) fn stem(word: &str) -> String {
    Stemmer::new(Algorithm::English).stem(word).into_owned()
}
