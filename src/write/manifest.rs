//! `manifest.json`: what a site was built from, and the SHA-256 of every file. With it anybody can tell whether a
//! published site is the one that was built.
//!
//! A line for each file, so that two manifests can be compared line by line. It does not list itself, and has no time
//! but the day for which the site was made: the same site has the same manifest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{OutputPath, Part};
use crate::digest::Digest;

/// Where the manifest stands in a site.
pub const MANIFEST: &str = "manifest.json";

/// The form of the manifest; another number says that its keys mean something else.
const SCHEMA: u32 = 1;

/// What a site was built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program and its version.
    pub program: String,
    /// The day for which everything was computed, as `2026-10-16`.
    pub as_of: String,
    /// For whom it was built.
    pub audience: String,
    /// The commit that was checked out, where the sources are in a repository.
    #[serde(flatten)]
    pub source: Option<Revision>,
    /// Which part it is, where it is not the whole site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// The state of the sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The commit, hexadecimal.
    pub commit: String,
    /// Whether something was not committed.
    pub dirty: bool,
}

/// What the manifest says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The hash of its bytes.
    pub sha256: Digest,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What a site was built from, and its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// What it was built from.
    pub origin: Origin,
    /// Its files, but for the manifest itself.
    pub files: BTreeMap<OutputPath, Listed>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    schema: u32,
    #[serde(flatten)]
    origin: Origin,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    path: std::borrow::Cow<'a, str>,
    sha256: String,
    bytes: u64,
}

#[derive(Deserialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head,
    #[serde(borrow)]
    files: Vec<Line<'a>>,
}

impl Manifest {
    /// The manifest as it is written.
    pub fn to_text(&self) -> String {
        let head = Head { schema: SCHEMA, origin: self.origin.clone() };
        let head = serde_json::to_string(&head).unwrap_or_default();
        let lines: Vec<String> = self
            .files
            .iter()
            .map(|(path, listed)| Line {
                path: path.as_str().into(),
                sha256: listed.sha256.hex(),
                bytes: listed.bytes,
            })
            .map(|line| serde_json::to_string(&line).unwrap_or_default())
            .collect();
        format!("{},\"files\":[\n{}\n]}}\n", head.strip_suffix('}').unwrap_or_default(), lines.join(",\n"))
    }

    /// The manifest that `text` writes down.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let whole: Whole<'_> =
            serde_json::from_slice(text).map_err(|error| format!("is no manifest of juhend: {error}"))?;
        if whole.head.schema != SCHEMA {
            return Err("is of another version of juhend".to_owned());
        }
        let mut files = BTreeMap::new();
        for line in &whole.files {
            let path = OutputPath::new(line.path.as_ref()).map_err(|error| format!("is wrong: {error}"))?;
            let wrong = || format!("is wrong: `{path}` has no hash of 64 digits, or stands in it twice");
            let sha256 = Digest::from_hex(&line.sha256).ok_or_else(wrong)?;
            let listed = Listed { sha256, bytes: line.bytes };
            if files.insert(path.clone(), listed).is_some() {
                return Err(wrong());
            }
        }
        Ok(Self { origin: whole.head.origin, files })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Shard;
    use super::*;

    fn manifest(source: Option<Revision>) -> Manifest {
        let origin = Origin {
            program: "juhend 0.1.0".to_owned(),
            as_of: "2026-10-16".to_owned(),
            audience: "internal".to_owned(),
            source,
            part: None,
        };
        let files = ["a b.html", "õ\"/index.html"].map(|path| {
            let listed = Listed { sha256: Digest::of(path.as_bytes()), bytes: path.len() as u64 };
            (OutputPath::new(path).expect("a path"), listed)
        });
        Manifest { origin, files: files.into() }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let revision = Revision { commit: "4f2a91c".to_owned(), dirty: true };
        let part = Part { shard: Shard { number: 3, of: 8 }, whole: "0f".to_owned() };
        let mut of_part = manifest(None);
        of_part.origin.part = Some(part);
        assert_eq!(Manifest::parse(of_part.to_text().as_bytes()), Ok(of_part));
        for source in [None, Some(revision)] {
            let manifest = manifest(source);
            assert_eq!(Manifest::parse(manifest.to_text().as_bytes()), Ok(manifest));
        }
    }

    #[test]
    fn a_file_is_a_line() {
        let hash = "3c35ce9a5cdbab6dbd11b0e1d9e3d1ba3a3d8a3bcb8d8a5d9dd9dfbb2ae0a2ad";
        let listed = Listed { sha256: Digest::from_hex(hash).expect("a hash"), bytes: 7 };
        let files = [(OutputPath::new("index.html").expect("a path"), listed)];
        let text = Manifest { files: files.into(), ..manifest(None) }.to_text();
        assert_eq!(
            text,
            format!(
                "{{\"schema\":1,\"program\":\"juhend 0.1.0\",\"as_of\":\"2026-10-16\",\"audience\":\"internal\",\"files\":[\n\
                 {{\"path\":\"index.html\",\"sha256\":\"{hash}\",\"bytes\":7}}\n]}}\n"
            )
        );
    }

    #[test]
    fn other_texts_are_no_manifests() {
        let hash = "0".repeat(64);
        let with = |files: &str| {
            format!(
                "{{\"schema\":1,\"program\":\"p\",\"as_of\":\"d\",\"audience\":\"a\",\"files\":[{files}]}}"
            )
        };
        let line =
            |path: &str, hash: &str| format!("{{\"path\":\"{path}\",\"sha256\":\"{hash}\",\"bytes\":1}}");
        for (text, wanted) in [
            (String::new(), "is no manifest"),
            ("{\"schema\":1}".to_owned(), "is no manifest"),
            (with("").replace(":1,", ":2,"), "another version"),
            (with(&line("../a", &hash)), "`..`"),
            (with(&line("/etc/passwd", &hash)), "absolute"),
            (with(&line("a", "0f")), "64 digits"),
            (with(&[line("a", &hash), line("a", &hash)].join(",")), "twice"),
        ] {
            let said = Manifest::parse(text.as_bytes()).expect_err("refused");
            assert!(said.contains(wanted), "{text}: {said}");
        }
    }
}
