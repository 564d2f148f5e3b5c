//! Where something stands: a file and a range of bytes in it.

/// A source file's identity: a hash of its path, so that it is the same in every run and a parsed
/// file may be kept while files around it come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u64);

impl FileId {
    /// The identity of the file at `path` (relative to the project's root, `/` between names).
    pub fn of(path: &str) -> Self {
        let hash = blake3::hash(path.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_le_bytes(first))
    }
}

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Place {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The start of `file`, for faults of the file as a whole.
    pub fn whole(file: FileId) -> Self {
        Self::new(file, 0, 0)
    }
}

/// A value that remembers where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<T> Placed<T> {
    /// `value`, written at `place`.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> std::ops::Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// What a printer must know of the sources: their paths and texts.
pub trait SourceText {
    /// The path as authors know it, relative to the project's root.
    fn path(&self, file: FileId) -> &str;
    /// The text, where the file is one.
    fn text(&self, file: FileId) -> Option<&str>;
}

/// A place as editors count it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Line and column of a byte offset in `text`; an offset past the end counts as the end.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    LineStarts::of(text).line_column(text, offset)
}

/// Where the lines of a text begin: counted once for all faults of a file.
#[derive(Debug, Clone)]
pub struct LineStarts(Vec<usize>);

impl LineStarts {
    /// The lines of `text`.
    pub fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// Line and column of a byte offset in the same `text`; an offset past the end counts as the end.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or(0);
        LineColumn { line, column: text.get(start..offset).unwrap_or_default().chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "õun\nmüür viga\n";
        let at = |needle| line_column(text, text.find(needle).expect("needle"));
        assert_eq!(at("õun"), LineColumn { line: 1, column: 1 });
        assert_eq!(at("viga"), LineColumn { line: 2, column: 6 });
        assert_eq!(line_column(text, 999), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn a_file_keeps_its_identity() {
        assert_eq!(FileId::of("content/a.md"), FileId::of("content/a.md"));
        assert_ne!(FileId::of("content/a.md"), FileId::of("content/b.md"));
    }
}
