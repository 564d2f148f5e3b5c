//! Estonian words made of words.

/// Last parts of compounds in the field.
const HEADS: [&str; 12] = [
    "lugu",
    "lood",
    "loo",
    "jooks",
    "plaan",
    "raport",
    "keskkond",
    "keskkonna",
    "teenus",
    "teenuse",
    "andmed",
    "haldus",
];

/// The words within `word`; none where it is one word.
pub(super) fn split(word: &str) -> Vec<&str> {
    HEADS
        .iter()
        .find_map(|head| {
            word.strip_suffix(head).filter(|first| first.len() >= 3).map(|first| vec![first, head])
        })
        .unwrap_or_default()
}
