//! A finished site as a value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::{Fingerprint, MANIFEST, Origin, OutputPath, PathError};
use crate::digest::Digest;
use crate::file_name;

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes; those inside the program are not copied.
    Bytes(Cow<'static, [u8]>),
    /// The bytes of this file, copied when the site is written.
    File(PathBuf),
    /// What the last build wrote there.
    Kept(Fingerprint),
    /// What was put there while the site was made ([`Draft::put`](super::Draft::put)), and its SHA-256.
    Staged(Fingerprint, Digest),
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Cow::Owned(bytes))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<&'static [u8]> for Content {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(bytes))
    }
}

/// The files of a site, sorted by path. No two of them can stand in each other's way on any file system.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<OutputPath, Content>,
    /// The paths in lower case, as a file system that ignores case compares them.
    folded: BTreeMap<String, OutputPath>,
    /// Where the manifest stands, and what it says besides the files; nothing where there is none.
    origin: Option<(OutputPath, Origin)>,
}

/// Why a file cannot join an [`Output`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputError {
    /// Its path is no path below the site.
    Path(PathError),
    /// Two files have one path.
    Twice(OutputPath),
    /// Two paths differ in case only.
    Case {
        /// The path that was there.
        first: OutputPath,
        /// The path that was to join.
        second: OutputPath,
    },
    /// One path is a folder on the way to the other.
    FileAndFolder {
        /// The file.
        file: OutputPath,
        /// The path that needs a folder in its place.
        below: OutputPath,
    },
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(error) => error.fmt(f),
            Self::Twice(path) => write!(f, "two pages want the output path `{path}`"),
            Self::Case { first, second } => {
                let is_case = first.as_str().to_lowercase() == second.as_str().to_lowercase();
                let what =
                    if is_case { "upper and lower case" } else { "how letters and marks are composed" };
                write!(f, "the output paths `{first}` and `{second}` differ in {what} only")
            }
            Self::FileAndFolder { file, below } => {
                write!(f, "the output path `{file}` is a file, and `{below}` needs a folder there")
            }
        }
    }
}

impl std::error::Error for OutputError {}

impl From<PathError> for OutputError {
    fn from(error: PathError) -> Self {
        Self::Path(error)
    }
}

impl Output {
    /// A site without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    ///
    /// When its path is not below the site, or it and a file that is there cannot both be written on
    /// every file system.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        content: impl Into<Content>,
    ) -> Result<(), OutputError> {
        let path = OutputPath::new(path)?;
        let folded = file_name::folded(path.as_str());
        if let Some(error) = self.conflict(&path, &folded) {
            return Err(error);
        }
        self.folded.insert(folded, path.clone());
        self.files.insert(path, content.into());
        Ok(())
    }

    /// Lets the site have a manifest, which says what it was built from. It is made when the site is written.
    ///
    /// # Errors
    ///
    /// When a file stands where the manifest goes.
    pub fn sign(&mut self, origin: Origin) -> Result<(), OutputError> {
        let path = OutputPath::new(MANIFEST)?;
        if let Some(error) = self.conflict(&path, MANIFEST) {
            return Err(error);
        }
        self.folded.insert(MANIFEST.to_owned(), path.clone());
        self.origin = Some((path, origin));
        Ok(())
    }

    /// Where the manifest goes, and what it says besides the files.
    pub(super) fn origin(&self) -> Option<(&OutputPath, &Origin)> {
        self.origin.as_ref().map(|(path, origin)| (path, origin))
    }

    /// Whether a file of the site stands at `path`.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.origin.as_ref().is_some_and(|(own, _)| own.as_str() == path)
    }

    /// The files, sorted by path, but for the manifest.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&OutputPath, &Content)> {
        self.files.iter()
    }

    /// What the file at `path` holds.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len() + usize::from(self.origin.is_some())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a file lies below the folder `path`.
    pub(super) fn has_below(&self, path: &str) -> bool {
        first_below(&self.files, &format!("{path}/")).is_some()
    }

    fn conflict(&self, path: &OutputPath, folded: &str) -> Option<OutputError> {
        if let Some(first) = self.folded.get(folded) {
            let second = path.clone();
            let same = first == path;
            return Some(if same {
                OutputError::Twice(second)
            } else {
                OutputError::Case { first: first.clone(), second }
            });
        }
        let on_the_way = folded.match_indices('/').find_map(|(at, _)| self.folded.get(&folded[..at]));
        if let Some(file) = on_the_way {
            return Some(OutputError::FileAndFolder { file: file.clone(), below: path.clone() });
        }
        let below = first_below(&self.folded, &format!("{folded}/"))?;
        Some(OutputError::FileAndFolder { file: path.clone(), below: self.folded[below].clone() })
    }
}

/// The first key that begins with `prefix`.
fn first_below<'a, K: Ord + std::borrow::Borrow<str>, V>(
    map: &'a BTreeMap<K, V>,
    prefix: &str,
) -> Option<&'a K> {
    let from = std::ops::Bound::Included(prefix);
    let (key, _) = map.range::<str, _>((from, std::ops::Bound::Unbounded)).next()?;
    key.borrow().starts_with(prefix).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(paths: &[&str]) -> Result<Output, OutputError> {
        let mut output = Output::new();
        for path in paths {
            output.insert(*path, Vec::new())?;
        }
        Ok(output)
    }

    fn told(paths: &[&str]) -> String {
        output(paths).expect_err("refused").to_string()
    }

    #[test]
    fn files_are_sorted() {
        let output = output(&["b", "a/c", "a-b"]).expect("accepted");
        assert_eq!(output.files().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["a-b", "a/c", "b"]);
        assert!(output.has_below("a") && !output.has_below("b") && !output.has_below("a/c"));
    }

    #[test]
    fn files_in_each_others_way_are_refused_by_name() {
        assert_eq!(told(&["a", "a"]), "two pages want the output path `a`");
        assert_eq!(
            told(&["õpe/a.html", "Õpe/A.html"]),
            "the output paths `õpe/a.html` and `Õpe/A.html` differ in upper and lower case only"
        );
        assert_eq!(
            told(&["\u{f5}pe/a.html", "o\u{303}pe/a.html"]),
            "the output paths `\u{f5}pe/a.html` and `o\u{303}pe/a.html` differ in how letters and marks are composed only"
        );
        let wanted = "the output path `a` is a file, and `A/b` needs a folder there";
        assert_eq!(told(&["a", "A/b"]), wanted);
        assert_eq!(told(&["A/b", "a-b", "a"]), wanted);
        assert!(told(&["../a"]).contains("`..`"));
    }
}
