//! What the repository of the content tells of its pages.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

/// What commits tell of each page's file, by its path in the content folder; empty where there is no
/// repository, or where its history is cut short.
pub type History = BTreeMap<String, FileHistory>;

/// What commits tell of a file, through all its names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileHistory {
    /// When commits changed its text, in the portal's zone, the newest first. With the last it came.
    pub changes: Vec<DateTime>,
    /// How many of the newest changes came after the one that the file itself tells of: of an issued report,
    /// those that left its revision and its change history as they were.
    pub untold: usize,
    /// Whether the text is that of the last commit. Since when another one is there nobody knows.
    pub is_committed: bool,
}
