//! What a build leaves beside the output for the next one.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::editions::{self, Warnings};
use super::unchanged::Last;
use crate::diagnostic::{Diagnostic, FileId, SourceText};

/// What a build leaves.
#[derive(Default, Serialize, Deserialize)]
pub struct BuildNotes {
    /// What was asked for: what one build made, another that makes other files beside it cannot keep.
    #[serde(default)]
    pub asked: String,
    /// What it knows of versions of the guidance.
    #[serde(default)]
    pub versions: editions::Notes,
    /// What it was made from.
    #[serde(default)]
    pub last: Option<Last>,
}

impl BuildNotes {
    /// Reads notes; those of another program are of no use.
    pub fn of(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The notes as they are kept; nothing where there is nothing to note.
    pub fn text(&self) -> Option<String> {
        let is_empty = self.versions.is_empty() && self.last.is_none();
        if is_empty { None } else { serde_json::to_string(self).ok() }
    }
}

/// What a build told, for telling it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its day.
    pub as_of: String,
    /// How many languages there are.
    pub languages: usize,
    /// What is shown: "3 documents, 1 run".
    pub made: String,
    /// What was left out, and why.
    pub left_out: Vec<String>,
    /// What was wrong, none of it an error.
    pub warnings: Warnings,
}

/// Warnings as they were told, with the files that they are about.
pub struct Again {
    /// The warnings.
    pub faults: Vec<Diagnostic>,
    files: HashMap<FileId, (String, Option<String>)>,
}

impl Again {
    /// The same once more.
    pub fn of(warnings: &Warnings) -> Self {
        let paths = warnings.paths().map(|path| (path, None));
        let texts = warnings.texts().map(|(path, text)| (path, Some(text.to_owned())));
        // A text comes after the bare path of the same file.
        let files = paths.chain(texts).map(|(path, text)| (FileId::of(path), (path.to_owned(), text)));
        Self { faults: warnings.faults().collect(), files: files.collect() }
    }
}

impl SourceText for Again {
    fn path(&self, file: FileId) -> &str {
        self.files.get(&file).map_or("", |(path, _)| path)
    }

    fn text(&self, file: FileId) -> Option<&str> {
        self.files.get(&file)?.1.as_deref()
    }
}
