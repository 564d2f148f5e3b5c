//! Where a file of the site goes, proved to be inside it.

use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};

use super::MARKER;
use crate::file_name::{Oddity, oddity};

/// A path below the site's folder: names that every file system can hold, `/` between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutputPath(String);

/// Why a text is no [`OutputPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The text.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the output path `{}` {}", self.path.escape_debug(), self.reason)
    }
}

impl std::error::Error for PathError {}

impl OutputPath {
    /// The path that `text` says.
    ///
    /// # Errors
    ///
    /// When it is empty or absolute, has an empty name, `.` or `..` in it or a name that some file
    /// system cannot hold, or is that of the marker.
    pub fn new(text: impl Into<String>) -> Result<Self, PathError> {
        let text = text.into();
        match fault(&text) {
            Some(reason) => Err(PathError { path: text, reason }),
            None => Ok(Self(text)),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders on the way, outermost first.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// Where it is below `folder`.
    pub fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&self.0)
    }
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.starts_with('/') {
        Some("is absolute")
    } else if text.eq_ignore_ascii_case(MARKER) {
        Some("is that of the marker")
    } else {
        text.split('/').find_map(name_fault)
    }
}

fn name_fault(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("has an empty name in it"),
        "." | ".." => Some("has `.` or `..` in it"),
        _ => oddity(name).map(odd_name),
    }
}

fn odd_name(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::Control => "has a name with a control character in it",
        Oddity::Backslash => "has a name with a backslash in it",
        Oddity::Colon => "has a name with a colon in it",
        Oddity::Ending => "has a name that ends in a dot or a space",
        Oddity::Device => "has the name of a Windows device in it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_inside_are_taken() {
        for path in [
            "index.html",
            "guides/õpe/index.html",
            ".well-known/security.txt",
            "2026.10/a b.csv",
            "x/.juhend",
        ] {
            assert!(OutputPath::new(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn paths_outside_and_odd_ones_are_refused() {
        let cases = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../../b",
            "a/..",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "..\\a",
            "a\0b",
            "a/con/b",
            "nul.html",
            "C:/a",
            "c:a",
            "a.html:x",
            "a./b",
            "a /b",
            ".juhend",
            ".JUHEND",
            "a\nb",
        ];
        for path in cases {
            assert!(OutputPath::new(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn folders_are_named_from_the_outside_in() {
        let path = OutputPath::new("a/b/c.html").expect("valid");
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
