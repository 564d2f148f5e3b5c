//! The text as the Markdown parser reads it, and the way back to the bytes of the file.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{FileId, Place};

use super::holes;

/// A text with one kind of line end and no characters that mean something to this program.
pub struct Source<'a> {
    /// What is parsed.
    pub text: Cow<'a, str>,
    original: &'a str,
    /// What was changed, step by step.
    steps: Vec<Shifts>,
    start: usize,
    file: FileId,
}

/// `(offset after, offset before)` where a text and what became of it begin to differ anew, rising.
type Shifts = Vec<(usize, usize)>;

impl<'a> Source<'a> {
    /// Reads `original`, which begins at byte `start` of `file`.
    pub fn new(original: &'a str, start: usize, file: FileId) -> Self {
        let (text, shifts) = plain(original);
        Self { text, original, steps: vec![shifts], start, file }
    }

    /// The same with other texts in place of these ranges, which are in order and apart.
    pub fn edited(&self, edits: &[(Range<usize>, String)]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut shifts = Vec::new();
        let mut done = 0;
        for (range, instead) in edits {
            text.push_str(self.text.get(done..range.start).unwrap_or_default());
            text.push_str(instead);
            done = range.end;
            shifts.push((text.len(), done));
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        let steps = self.steps.iter().cloned().chain([shifts]).collect();
        Self { text: Cow::Owned(text), original: self.original, steps, start: self.start, file: self.file }
    }

    /// Where a range of the parsed text stands in the file.
    pub fn place(&self, range: &Range<usize>) -> Place {
        let original = self.original_range(range);
        Place::new(self.file, self.start + original.start, self.start + original.end)
    }

    /// A range of the parsed text as the author wrote it.
    pub fn original(&self, range: &Range<usize>) -> &'a str {
        self.original.get(self.original_range(range)).unwrap_or_default()
    }

    fn original_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.original_offset(range.start);
        start..self.original_offset(range.end).max(start)
    }

    fn original_offset(&self, offset: usize) -> usize {
        self.steps.iter().rev().fold(offset, |offset, shifts| before(shifts, offset))
    }
}

/// Where `offset` was before a text was changed.
fn before(shifts: &Shifts, offset: usize) -> usize {
    let later = shifts.partition_point(|(at, _)| *at <= offset);
    match later.checked_sub(1).and_then(|index| shifts.get(index)) {
        Some((at, before)) => before + (offset - at),
        None => offset,
    }
}

/// Every line end becomes `\n`, as `CommonMark` counts them; NUL and the characters that mark holes
/// become U+FFFD.
fn plain(original: &str) -> (Cow<'_, str>, Shifts) {
    let strange = |c: char| c == '\r' || c == '\0' || holes::is_reserved(c);
    if !original.contains(strange) {
        return (Cow::Borrowed(original), Vec::new());
    }
    let mut text = String::with_capacity(original.len());
    let mut shifts = Vec::new();
    let mut done = 0;
    for (at, found) in original.match_indices(strange) {
        text.push_str(&original[done..at]);
        done = at + found.len();
        match found {
            "\r" => {
                text.push('\n');
                done += usize::from(original[done..].starts_with('\n'));
            }
            _ => text.push('\u{FFFD}'),
        }
        shifts.push((text.len(), done));
    }
    text.push_str(&original[done..]);
    (Cow::Owned(text), shifts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_the_bytes_of_the_file() {
        let original = "a\r\nb\0c\rd\u{FDD0}e";
        let source = Source::new(original, 100, FileId::of("a.md"));
        assert_eq!(source.text, "a\nb\u{FFFD}c\nd\u{FFFD}e");
        for letter in ["a", "b", "c", "d", "e"] {
            let at = source.text.find(letter).expect("letter");
            let want = original.find(letter).expect("letter");
            assert_eq!(source.original(&(at..at + 1)), letter);
            assert_eq!(source.place(&(at..at + 1)).start as usize, 100 + want);
        }
    }

    #[test]
    fn places_count_the_bytes_of_the_file_after_edits_too() {
        let original = "a\r\nsecret\r\nb\r\n";
        let source = Source::new(original, 0, FileId::of("a.md"));
        let at = source.text.find("secret").expect("there");
        let edited = source.edited(&[(at..at + 7, "\n".to_owned())]);
        assert_eq!(edited.text, "a\n\nb\n");
        assert_eq!(edited.original(&(3..4)), "b");
        assert_eq!(edited.original(&(0..1)), "a");
    }

    #[test]
    fn an_ordinary_text_is_not_copied() {
        assert!(matches!(Source::new("a\nb", 0, FileId::of("a.md")).text, Cow::Borrowed(_)));
    }
}
