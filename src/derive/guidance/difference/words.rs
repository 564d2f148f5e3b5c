//! The words in which two texts differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of text that both have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Both.
    Same(String),
    /// The former alone.
    Removed(String),
    /// The latter alone.
    Added(String),
}

/// More words than this are not compared one by one: nobody reads such a block word by word, and the work
/// grows with the square of what differs.
const MOST: usize = 20_000;

/// `before` and `after` as runs, in order; what is removed stands before what takes its place.
pub fn runs(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (tokens(before), tokens(after));
    let mut stretches = if old.len() + new.len() > MOST {
        vec![Stretch { old: before.to_owned(), new: after.to_owned(), is_same: before == after }]
    } else {
        stretches(&old, &new)
    };
    join(&mut stretches);
    stretches.into_iter().flat_map(Stretch::runs).collect()
}

/// How much two texts have in common: 0 to 1, the share of their words that are in both.
pub fn likeness(before: &str, after: &str) -> f64 {
    let words = |text| -> Vec<&str> {
        let mut words: Vec<&str> = tokens(text).into_iter().filter(|token| is_word(token)).collect();
        words.sort_unstable();
        words
    };
    let (old, new) = (words(before), words(after));
    let (mut at, mut common) = (0, 0_u32);
    for word in &old {
        while new.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if new.get(at) == Some(word) {
            common += 1;
            at += 1;
        }
    }
    let all = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX);
    if all == 0 { 0.0 } else { 2.0 * f64::from(common) / f64::from(all) }
}

/// Words, spaces between them, and each other character by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let class = class(first);
        let len = match class {
            Class::Other => first.len_utf8(),
            _ => rest.find(|c| self::class(c) != class).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(len);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Word,
    Space,
    Other,
}

fn class(c: char) -> Class {
    if c.is_alphanumeric() {
        Class::Word
    } else if c.is_whitespace() {
        Class::Space
    } else {
        Class::Other
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(char::is_alphanumeric)
}

struct Stretch {
    old: String,
    new: String,
    is_same: bool,
}

impl Stretch {
    fn runs(self) -> Vec<Run> {
        if self.is_same {
            return vec![Run::Same(self.new)];
        }
        let parts = [Run::Removed(self.old), Run::Added(self.new)];
        parts
            .into_iter()
            .filter(|run| !matches!(run, Run::Removed(text) | Run::Added(text) if text.is_empty()))
            .collect()
    }
}

fn stretches(old: &[&str], new: &[&str]) -> Vec<Stretch> {
    let text = |tokens: &[&str], from: usize, len: usize| -> String {
        tokens.get(from..from + len).unwrap_or_default().concat()
    };
    let stretch = |op: DiffOp| {
        let (_, before, after) = op.as_tag_tuple();
        Stretch {
            old: text(old, before.start, before.len()),
            new: text(new, after.start, after.len()),
            is_same: matches!(op, DiffOp::Equal { .. }),
        }
    };
    capture_diff_slices(Algorithm::Myers, old, new).into_iter().map(stretch).collect()
}

/// Joins changes between which there is nothing but a space: a reader reads them as one.
fn join(stretches: &mut Vec<Stretch>) {
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches.drain(..) {
        let [.., change, space] = joined.as_slice() else {
            joined.push(stretch);
            continue;
        };
        let is_between = space.is_same && space.new.trim().is_empty() && !change.is_same && !stretch.is_same;
        if is_between {
            let space = joined.pop().map(|space| space.new).unwrap_or_default();
            if let Some(change) = joined.last_mut() {
                change.old = format!("{}{space}{}", change.old, stretch.old);
                change.new = format!("{}{space}{}", change.new, stretch.new);
            }
        } else {
            joined.push(stretch);
        }
    }
    *stretches = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removed words in brackets, added ones in braces.
    fn marked(before: &str, after: &str) -> String {
        runs(before, after)
            .into_iter()
            .map(|run| match run {
                Run::Same(text) => text,
                Run::Removed(text) => format!("[{text}]"),
                Run::Added(text) => format!("{{{text}}}"),
            })
            .collect()
    }

    #[test]
    fn words_are_marked_whole() {
        for (before, after, wanted) in [
            ("the old text", "the new text", "the [old]{new} text"),
            ("one two", "one two three", "one two{ three}"),
            ("koolitus algab", "koolitused algavad", "[koolitus algab]{koolitused algavad}"),
            ("by 12.10.", "by 14.10.", "by [12]{14}.10."),
            ("same", "same", "same"),
            ("", "new", "{new}"),
            ("õ ä", "õ ö", "õ [ä]{ö}"),
        ] {
            assert_eq!(marked(before, after), wanted);
        }
    }

    #[test]
    fn both_texts_can_be_read_from_the_runs() {
        let (before, after) = ("a b c, d e f. g", "a x c d f! g h");
        let side = |is_before: bool| -> String {
            runs(before, after)
                .into_iter()
                .filter_map(|run| match run {
                    Run::Same(text) => Some(text),
                    Run::Removed(text) => is_before.then_some(text),
                    Run::Added(text) => (!is_before).then_some(text),
                })
                .collect()
        };
        assert_eq!((side(true).as_str(), side(false).as_str()), (before, after));
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert!((likeness("a b c d", "d c x b") - 0.75).abs() < 0.001);
        assert!(likeness("", "").abs() < 0.001);
    }
}
