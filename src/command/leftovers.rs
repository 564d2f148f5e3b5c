//! What earlier runs left beside an output, in a store or in a cache, read as one reads what others write: anybody who
//! can write there may have changed it. For `tests/fuzz`.

use super::external::cache::Answers;
use super::notes::{Again, BuildNotes};
use super::publish::journal::Journal;
use crate::diagnostic::Human;

/// What a build that has the notes `text` beside its output tells again; nothing where they are of no use to it.
pub fn warnings(text: &str) -> Option<Vec<String>> {
    let again = Again::of(&BuildNotes::of(text).last?.told().warnings);
    let human = Human::new(false);
    Some(again.faults.iter().map(|fault| human.print(fault, &again)).collect())
}

/// The notes `text` as they are written once more; nothing where nothing is noted.
pub fn notes(text: &str) -> Option<String> {
    BuildNotes::of(text).text()
}

/// The journal of a publish as it is written once more.
///
/// # Errors
/// What is wrong with it, as the end of a sentence.
pub fn journal(bytes: &[u8]) -> Result<String, String> {
    Journal::parse(bytes).map(|journal| journal.to_text())
}

/// How many addresses the cache of `check --external` knows to have answered.
///
/// # Errors
/// What the reader of JSON says.
pub fn answers(text: &str) -> Result<usize, String> {
    Answers::parse(text).map(|answers| answers.len()).map_err(|error| error.to_string())
}
