//! Reads a content tree into memory: texts whole, media by name only.
//!
//! 1. [`folder`] walks the tree and reads the texts.
//! 2. [`foreign`] reads the result files of other tools that the texts turn out to name.
//! 3. [`watch`] tells when to read again.
//! 4. [`git`] reads files of an earlier revision, and what commits tell of files.
//! 5. [`survey`] tells whether anything changed since somebody read it, before it is read again.
//! 6. [`tree`] finds older versions of the content, and reads those that are wanted.
//!
//! Nothing here knows what a file means; that is for `parse/`.

pub mod faults;
pub mod folder;
pub mod foreign;
pub mod git;
mod stamp;
pub mod survey;
pub mod theme;
pub mod tree;
mod walk;
pub mod watch;

pub use folder::{ReadError, TEXT_LIMIT};
pub use foreign::Foreign;
pub use stamp::Stamp;
pub use survey::{Standings, Survey};
pub use tree::{Tree, Wanted};

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{FileId, SourceText};
use crate::digest;

/// The extensions of texts; every other file is media.
const TEXT_EXTENSIONS: [&str; 4] = ["md", "markdown", "yaml", "yml"];

/// A text of the content tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the project's root, `/` between names, as the file system spells it.
    pub path: String,
    /// Its identity, made from the path.
    pub id: FileId,
    /// The whole text without a byte order mark, so that offsets count from the first character an
    /// author sees. Nothing if the file is not UTF-8; the reader has reported that.
    pub text: Option<Arc<str>>,
    /// BLAKE3 of the bytes as they are on disk.
    pub hash: [u8; 32],
    /// Whether the bytes begin with a byte order mark.
    is_marked: bool,
    stamp: Option<Stamp>,
}

impl SourceFile {
    /// The file at `path` that holds `bytes`.
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Self {
        let path = path.into();
        Self {
            id: FileId::of(&path),
            text: std::str::from_utf8(without_mark(bytes)).ok().map(Arc::from),
            hash: blake3::hash(bytes).into(),
            is_marked: bytes.starts_with(MARK),
            stamp: None,
            path,
        }
    }
}

impl SourceFile {
    /// BLAKE3 of the text, line ends as on Unix; nothing if the file is not UTF-8.
    pub fn lines_hash(&self) -> Option<[u8; 32]> {
        self.text.as_deref().map(|text| git::lines_hash(text.as_bytes()))
    }

    /// The SHA-256 of the bytes as they are on disk; nothing if the file is not UTF-8.
    pub fn sha256(&self) -> Option<String> {
        let mark = if self.is_marked { MARK } else { b"" };
        self.text.as_deref().map(|text| digest::sha256(&[mark, text.as_bytes()]))
    }
}

/// UTF-8's byte order mark, which some Windows editors write.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// `bytes` without a byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// An image or attachment; its bytes stay on disk until somebody needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Relative to the project's root, `/` between names.
    pub path: String,
    /// Its identity, made from the path.
    pub id: FileId,
    /// Where its bytes are.
    pub bytes: MediaBytes,
    /// Its length in bytes.
    pub len: u64,
    /// Differs once the file was written again; a key for what was computed from its bytes. Nothing for one
    /// that is in memory.
    pub stamp: Option<Stamp>,
}

/// Where the bytes of a medium are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaBytes {
    /// In this file; of a symbolic link, where that leads.
    File(PathBuf),
    /// Here, as they were read from a revision.
    Held(Arc<[u8]>),
}

impl Media {
    /// The medium at `path` that holds `bytes`.
    pub fn held(path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let (path, bytes) = (path.into(), bytes.into());
        let (id, len) = (FileId::of(&path), bytes.len() as u64);
        Self { path, id, bytes: MediaBytes::Held(bytes), len, stamp: None }
    }
}

/// The content tree as it was read, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    media: Vec<Media>,
    unread: Vec<String>,
    index: HashMap<FileId, Entry>,
    opened: foreign::Opened,
    history: Option<Arc<git::History>>,
}

/// Which list an identity belongs to, and where in it.
#[derive(Debug, Clone, Copy)]
enum Entry {
    File(usize),
    Media(usize),
    Unread(usize),
}

impl Sources {
    /// These texts and media, in any order.
    pub fn new(files: Vec<SourceFile>, media: Vec<Media>) -> Self {
        Self::with_unread(files, media, Vec::new())
    }

    /// The same, with the paths of folders and files that only faults speak of.
    fn with_unread(mut files: Vec<SourceFile>, mut media: Vec<Media>, mut unread: Vec<String>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        media.sort_by(|a, b| a.path.cmp(&b.path));
        unread.sort();
        unread.dedup();
        let mut index = HashMap::with_capacity(files.len() + media.len() + unread.len());
        // What was read comes last, so that a file with an odd name keeps its text.
        index.extend(unread.iter().enumerate().map(|(at, path)| (FileId::of(path), Entry::Unread(at))));
        index.extend(media.iter().enumerate().map(|(at, media)| (media.id, Entry::Media(at))));
        index.extend(files.iter().enumerate().map(|(at, file)| (file.id, Entry::File(at))));
        Self { files, media, unread, index, opened: foreign::Opened::default(), history: None }
    }

    /// The same with what commits tell of the files.
    #[must_use]
    pub fn with_history(mut self, history: Option<Arc<git::History>>) -> Self {
        self.history = history;
        self
    }

    /// What commits tell of the files, where that is known.
    pub fn history(&self) -> Option<&git::History> {
        self.history.as_deref()
    }

    /// The texts, sorted by path.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Gives up the texts of files that are not `wanted` any more, whose memory others can use.
    pub fn give_up(&mut self, wanted: impl Fn(FileId) -> bool) {
        self.files.iter_mut().filter(|file| !wanted(file.id)).for_each(|file| file.text = None);
    }

    /// The media, sorted by path.
    pub fn media(&self) -> &[Media] {
        &self.media
    }

    /// The text with this identity.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        match self.index.get(&id)? {
            Entry::File(at) => self.files.get(*at),
            Entry::Media(_) | Entry::Unread(_) => None,
        }
    }

    /// The image or attachment with this identity.
    pub fn medium(&self, id: FileId) -> Option<&Media> {
        match self.index.get(&id)? {
            Entry::Media(at) => self.media.get(*at),
            Entry::File(_) | Entry::Unread(_) => None,
        }
    }
}

impl SourceText for Sources {
    /// The path of everything in the tree, also of what could not be read; empty for a stranger.
    fn path(&self, file: FileId) -> &str {
        match self.index.get(&file) {
            Some(Entry::File(at)) => &self.files[*at].path,
            Some(Entry::Media(at)) => &self.media[*at].path,
            Some(Entry::Unread(at)) => &self.unread[*at],
            None => "",
        }
    }

    fn text(&self, file: FileId) -> Option<&str> {
        self.file(file)?.text.as_deref()
    }
}

/// Whether a name says that the file is a text, in either case.
fn is_text(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| TEXT_EXTENSIONS.iter().any(|text| text.eq_ignore_ascii_case(extension)))
}

/// Whether a file or folder of this name is no content: hidden, or an editor's own.
///
/// The names are those of Vim (`4913`, `a.md~`, and swap files, which are hidden), Emacs (`#a.md#`,
/// `a.md~`, and locks, which are hidden) and the family of `IntelliJ` (`a.md___jb_tmp___`).
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let file = SourceFile::new("content/a.md", b"\xEF\xBB\xBF# A");
        assert_eq!(file.text.as_deref(), Some("# A"));
        assert_ne!(file.hash, SourceFile::new("content/a.md", b"# A").hash);
    }

    #[test]
    fn a_digest_is_that_of_the_bytes_on_disk() {
        for bytes in [b"\xEF\xBB\xBF# A".as_slice(), b"# A"] {
            assert_eq!(SourceFile::new("a.md", bytes).sha256(), Some(digest::sha256(&[bytes])));
        }
        assert_eq!(SourceFile::new("a.md", b"\xFF").sha256(), None);
    }

    #[test]
    fn sources_are_sorted_and_found_by_identity() {
        let sources =
            Sources::new(vec![SourceFile::new("b.md", b"B"), SourceFile::new("a.md", b"A")], Vec::new());
        let paths: Vec<&str> = sources.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md"]);
        assert_eq!(sources.text(FileId::of("b.md")), Some("B"));
        assert_eq!(sources.path(FileId::of("c.md")), "");
    }

    #[test]
    fn texts_are_told_by_their_extension() {
        for name in ["a.md", "a.MD", "a.b.yaml", "a.yml", "a.markdown"] {
            assert!(is_text(name), "{name}");
        }
        for name in ["md", "a.png", "a.md.zip", "yaml"] {
            assert!(!is_text(name), "{name}");
        }
    }

    #[test]
    fn hidden_files_and_those_of_editors_are_passed_over() {
        for name in [".git", ".a.md.swp", "a.md~", "4913", ".#a.md", "#a.md#", "a.md___jb_tmp___"] {
            assert!(is_passed_over(name), "{name}");
        }
        for name in ["a.md", "#", "49131", "a#", "swp"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }
}
