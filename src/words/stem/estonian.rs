//! Estonian words: endings go, and what gradation changes in the stem is made the same.

const ENDINGS: [&str; 27] = [
    "dega", "tega", "dest", "test", "dele", "tele", "sse", "st", "le", "lt", "ks", "ni", "na", "ta", "ga",
    "des", "tes", "sid", "id", "de", "te", "si", "d", "t", "s", "l", "n",
];

/// What the forms of `word`, which is folded, have in common.
pub(super) fn stem(word: &str) -> String {
    let mut rest = word;
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| cut(rest, ending)) {
        rest = shorter;
    }
    if rest.len() >= 5 {
        rest = rest.strip_suffix(['a', 'e', 'i', 'u']).unwrap_or(rest);
    }
    rest.to_owned()
}

fn cut<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|rest| rest.len() >= 4)
}
