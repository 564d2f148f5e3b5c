//! The list of what a build wrote, kept in the site as `.juhend`.
//!
//! ```text
//! juhend 1
//! <BLAKE3 in hexadecimal> <length in bytes> <path>
//! …
//! ```
//!
//! Sorted by path and without times, so that two builds of the same content have the same marker.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::OutputPath;

const FIRST_LINE: &str = "juhend 1";

/// What a file holds, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    pub(super) hash: blake3::Hash,
    pub(super) len: u64,
}

impl Fingerprint {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { hash: blake3::hash(bytes), len: bytes.len() as u64 }
    }
}

/// What a build wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marker {
    pub files: BTreeMap<OutputPath, Fingerprint>,
}

impl Marker {
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, fingerprint) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {path}", fingerprint.hash.to_hex(), fingerprint.len);
        }
        text
    }

    /// The marker that `text` writes down, or what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        match lines.next() {
            Some(FIRST_LINE) => {}
            Some(line) if line.starts_with("juhend ") => {
                return Err("is of another version of juhend".to_owned());
            }
            _ => return Err("is not a marker of juhend".to_owned()),
        }
        let files = lines
            .enumerate()
            .map(|(at, line)| file(line).ok_or_else(|| format!("cannot be read on line {}", at + 2)));
        Ok(Self { files: files.collect::<Result<_, _>>()? })
    }
}

/// The files that a marker lists.
///
/// # Errors
/// What is wrong with the marker, in a few words.
pub fn marked(text: &str) -> Result<Vec<OutputPath>, String> {
    Marker::parse(text).map(|marker| marker.files.into_keys().collect())
}

fn file(line: &str) -> Option<(OutputPath, Fingerprint)> {
    let mut words = line.splitn(3, ' ');
    let hash = blake3::Hash::from_hex(words.next()?).ok()?;
    let len = words.next()?.parse().ok()?;
    let path = OutputPath::new(words.next()?).ok()?;
    Some((path, Fingerprint { hash, len }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_as_it_was_written() {
        let files = ["a b.html", "õpe/index.html"]
            .map(|path| (OutputPath::new(path).expect("valid"), Fingerprint::of(path.as_bytes())));
        let marker = Marker { files: files.into() };
        assert_eq!(Marker::parse(&marker.to_text()), Ok(marker));
        assert_eq!(Marker::parse("juhend 1\n"), Ok(Marker::default()));
    }

    #[test]
    fn other_texts_are_no_markers() {
        assert_eq!(Marker::parse(""), Err("is not a marker of juhend".to_owned()));
        assert_eq!(Marker::parse("juhend 2\n"), Err("is of another version of juhend".to_owned()));
        let hash = blake3::hash(b"").to_hex();
        for line in ["x", "x 1 a", &format!("{hash} -1 a"), &format!("{hash} 1 ../a"), &format!("{hash} 1")] {
            let text = format!("{FIRST_LINE}\n{line}\n");
            assert_eq!(Marker::parse(&text), Err("cannot be read on line 2".to_owned()), "{line}");
        }
    }
}
