//! Result files of other tools to results as a person would write them. One foreign format per file.
//!
//! 1. A reader takes the bytes of foreign files and gives an [`Imported`]: every case with its status,
//!    what the tool called that status, and notes on what has no place in a run file.
//! 2. Nothing is thrown away in silence, nothing is guessed: what could not be mapped is a [`Note`].

mod allure;
pub mod csv;
mod ctrf;
mod cucumber;
pub mod encoding;
pub mod format;
pub mod gzip;
mod instant;
mod json;
pub mod junit;
pub mod mask;
pub mod merge;
pub mod message;
pub mod own;
mod playwright;
mod portal_json;
mod repeat;
mod robot;
pub mod run_file;
pub mod snapshot_file;
mod suite;
mod table;
mod tag;
mod tap;
mod ticket_day;
pub mod tickets;
pub mod xml;

use crate::model::audience::Audience;
use crate::model::run::{Status, Triage};
use crate::record::time::Seconds;
use crate::scan::Purpose;
use mask::Masked;

/// What foreign files say of one test run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// When it began, RFC 3339 with the offset where the tool gives one.
    pub started: Option<String>,
    /// When it ended, like `started`.
    pub ended: Option<String>,
    /// The cases, in the order of the files; a case that was repeated stands once.
    pub cases: Vec<ImportedCase>,
    /// How many more cases the files promise than they hold.
    pub missing: usize,
    /// What could not be mapped or does not add up.
    pub notes: Vec<Note>,
}

/// A case as a foreign tool tells of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedCase {
    /// The id of the case in the catalogue, where the tool names one.
    pub id: Option<String>,
    /// Its name, parameters included.
    pub name: String,
    /// The suite it belongs to; nested ones joined by ` › `.
    pub suite: Option<String>,
    /// How its last attempt ended.
    pub status: Status,
    /// What the tool called that.
    pub raw_status: String,
    /// How long its last attempt took.
    pub time: Option<Seconds>,
    /// How every attempt ended, the first one first; empty if there was one alone.
    pub attempts: Vec<Status>,
    /// Whose fault a failure is, where the file comes from a portal.
    pub triage: Option<Triage>,
    /// What a failure said: the message, then the trace.
    pub message: Option<String>,
    /// Why it was skipped or blocked.
    pub reason: Option<String>,
    /// The ticket it waits for, where the file comes from a portal.
    pub blocked_by: Option<String>,
    /// Files that the tool attached, as it names them.
    pub attachments: Vec<String>,
    /// Keys of defects that the tool names.
    pub defects: Vec<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// For what results are searched that such an audience may see.
fn purpose(audience: Audience) -> Purpose {
    if audience == Audience::Public { Purpose::Publishing } else { Purpose::Masking }
}

impl ImportedCase {
    /// A case of which only this is known.
    pub fn of(name: String, status: Status, raw_status: &str) -> Self {
        Self {
            id: None,
            name,
            suite: None,
            status,
            raw_status: raw_status.to_owned(),
            time: None,
            attempts: Vec::new(),
            triage: None,
            message: None,
            reason: None,
            blocked_by: None,
            attachments: Vec::new(),
            defects: Vec::new(),
            note: None,
        }
    }
}

impl Imported {
    /// The same as it may be kept: without codes of persons and secrets, long messages cut, times that nothing can
    /// take not known; and what was masked. Where `audience` is everybody, addresses and telephone numbers are, too.
    pub fn fit_to_keep(self, audience: Audience) -> (Self, Masked) {
        let (mut imported, masked) = mask::imported(self, purpose(audience));
        for case in &mut imported.cases {
            if case.time.take_if(|time| !time.is_plausible()).is_some() {
                imported.notes.push(case.note("the time is longer than 10000 days, so it is not known"));
            }
            if let Some(short) = case.message.as_deref().and_then(message::shortened) {
                imported.notes.push(case.note("the message is long and only its beginning is kept"));
                case.message = Some(short);
            }
        }
        (imported, masked)
    }
}

impl ImportedCase {
    /// The suite and the name.
    pub fn full_name(&self) -> String {
        suite::joined(self.suite.iter().chain([&self.name]).map(String::as_str)).unwrap_or_default()
    }

    /// A note on this case.
    pub fn note(&self, text: impl Into<String>) -> Note {
        Note { at: self.full_name(), text: text.into() }
    }
}

/// Something that has no place in a run file, or that does not add up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Where, as the file tells: a suite, a case, a line.
    pub at: String,
    /// What, in a lower-case phrase.
    pub text: String,
}

/// A file that cannot be read as the format it is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The column in that line, from 1, where it is known.
    pub column: Option<usize>,
    /// What is wrong, in a lower-case phrase.
    pub message: String,
}

impl Unreadable {
    /// The fault of a file as a whole.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }

    /// A fault at byte `at` of `text`.
    pub fn at(text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = text.get(..at.min(text.len())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line: Some(line), column: Some(column), message: message.into() }
    }
}

/// One foreign file.
#[derive(Debug, Clone, Copy)]
pub struct ForeignFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes, decompressed.
    pub bytes: &'a [u8],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_nothing_can_take_is_not_known() {
        let of = |seconds| ImportedCase {
            time: Some(Seconds(seconds)),
            ..ImportedCase::of("a".into(), Status::Passed, "passed")
        };
        let cases = vec![of(2.0), of(1e12), of(f64::INFINITY)];
        let (kept, _) = Imported { cases, ..Imported::default() }.fit_to_keep(Audience::Internal);
        let times: Vec<Option<Seconds>> = kept.cases.iter().map(|case| case.time).collect();
        assert_eq!(times, [Some(Seconds(2.0)), None, None]);
        assert_eq!(kept.notes.len(), 2, "{:?}", kept.notes);
    }
}
