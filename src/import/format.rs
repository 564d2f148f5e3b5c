//! The foreign formats, each with its name and its reader.
//!
//! 1. A reader of a format whose files stand alone reads one file; here the runs of several files, such as
//!    shards or reruns, become one.
//! 2. A reader of a format that is a folder of files gets them all.
//! 3. A file that is given twice is read once, so giving it twice changes nothing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::csv::{Columns, Words};
use super::{
    ForeignFile, Imported, Note, Unreadable, allure, ctrf, cucumber, instant, junit, playwright, portal_json,
    repeat, robot, tap,
};

/// A format of result files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A folder of Allure results.
    Allure,
    /// Rows of a table.
    Csv,
    /// Common Test Report Format.
    Ctrf,
    /// A JSON report or a stream of messages of Cucumber.
    Cucumber,
    /// The portal's own JSON of a run.
    Json,
    /// `JUnit` XML.
    Junit,
    /// The JSON report of Playwright.
    Playwright,
    /// `output.xml` of Robot Framework.
    Robot,
    /// The Test Anything Protocol.
    Tap,
}

/// What some formats need to be told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Which column of a table holds what.
    pub columns: Columns,
    /// What the words for a status in a table mean, beside those that are known.
    pub words: Words,
}

impl Format {
    /// Every format, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Allure,
        Self::Csv,
        Self::Ctrf,
        Self::Cucumber,
        Self::Json,
        Self::Junit,
        Self::Playwright,
        Self::Robot,
        Self::Tap,
    ];

    /// The name, as written in run files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allure => "allure",
            Self::Csv => "csv",
            Self::Ctrf => "ctrf",
            Self::Cucumber => "cucumber",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Playwright => "playwright",
            Self::Robot => "robot",
            Self::Tap => "tap",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// One line on what it is, for help.
    pub fn description(self) -> &'static str {
        match self {
            Self::Allure => "a folder of Allure results, versions 2 and 3",
            Self::Csv => "a table with one case per row, as spreadsheets save it",
            Self::Ctrf => "Common Test Report Format, JSON",
            Self::Cucumber => "the JSON report or the stream of messages of Cucumber",
            Self::Json => "the JSON of a run that `juhend export` or a portal writes",
            Self::Junit => "JUnit XML of any tool: Surefire, Gradle, pytest, Playwright, nextest and others",
            Self::Playwright => "the JSON report of Playwright",
            Self::Robot => "output.xml of Robot Framework, versions 3 to 7",
            Self::Tap => "the Test Anything Protocol, versions 12 to 14",
        }
    }

    /// Whether it is a folder of files that belong together.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Allure)
    }

    /// Whether a file of that name, in a folder of this format, has to be read.
    pub fn reads(self, name: &str) -> bool {
        !self.is_folder() || allure::reads(name)
    }

    /// What `files` say of one run. They are taken in the given order: a case in a later one is a later
    /// attempt.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the first file that is not of this format.
    pub fn read(self, files: &[ForeignFile<'_>], options: &Options) -> Result<Imported, Unreadable> {
        let (files, notes) = without_copies(files);
        let mut imported = match self {
            Self::Allure => allure::read(&files),
            Self::Csv => each(&files, |file| super::csv::read(file.bytes, &options.columns, &options.words)),
            Self::Ctrf => each(&files, |file| ctrf::read(file.bytes)),
            Self::Cucumber => each(&files, |file| cucumber::read(file.bytes)),
            Self::Json => each(&files, |file| portal_json::read(file.bytes)),
            Self::Junit => junit::read(&files),
            Self::Playwright => each(&files, |file| playwright::read(file.bytes)),
            Self::Robot => each(&files, |file| robot::read(file.bytes)),
            Self::Tap => each(&files, |file| tap::read(file.bytes)),
        }?;
        imported.notes.splice(0..0, notes);
        Ok(imported)
    }
}

/// `files` without those that hold the same as one before them, and a note on each of these.
fn without_copies<'a>(files: &[ForeignFile<'a>]) -> (Vec<ForeignFile<'a>>, Vec<Note>) {
    let mut first: HashMap<&[u8], &str> = HashMap::new();
    let (mut kept, mut notes) = (Vec::new(), Vec::new());
    for file in files {
        match first.entry(file.bytes) {
            Entry::Vacant(place) => {
                place.insert(file.name);
                kept.push(*file);
            }
            Entry::Occupied(other) => notes.push(Note {
                at: file.name.to_owned(),
                text: format!("holds the same as `{}` and is left out", other.get()),
            }),
        }
    }
    (kept, notes)
}

/// The runs of files that each stand alone, as one. An error of one file among several names it.
fn each(
    files: &[ForeignFile<'_>],
    read: impl Fn(&ForeignFile<'_>) -> Result<Imported, Unreadable>,
) -> Result<Imported, Unreadable> {
    let name = |fault: Unreadable, file: &ForeignFile<'_>| match files.len() {
        1 => fault,
        _ => Unreadable { message: format!("`{}`: {}", file.name, fault.message), ..fault },
    };
    let runs: Vec<Imported> =
        files.iter().map(|file| read(file).map_err(|fault| name(fault, file))).collect::<Result<_, _>>()?;
    Ok(one_run(runs))
}

/// Several runs as one, from the earliest beginning to the latest end.
fn one_run(runs: Vec<Imported>) -> Imported {
    if runs.len() == 1 {
        return runs.into_iter().next().unwrap_or_default();
    }
    let started = runs.iter().filter_map(|run| run.started.clone()).min_by_key(|at| instant::order(at));
    let ended = runs.iter().filter_map(|run| run.ended.clone()).max_by_key(|at| instant::order(at));
    let missing = runs.iter().fold(0, |sum: usize, run| sum.saturating_add(run.missing));
    let (mut cases, mut notes) = (Vec::new(), Vec::new());
    for run in runs {
        cases.extend(run.cases);
        notes.extend(run.notes);
    }
    let folded = repeat::fold(cases);
    notes.extend(folded.notes);
    Imported { started, ended, cases: folded.cases, notes, missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::run::Status;

    fn ctrf(status: &str, start: u64) -> String {
        format!(
            r#"{{"results": {{"tool": {{"name": "t"}}, "summary": {{"start": {start}, "stop": {}}},
               "tests": [{{"name": "sum", "status": "{status}", "duration": 5}}]}}}}"#,
            start + 1000
        )
    }

    fn read(files: &[(&str, &str)]) -> Result<Imported, Unreadable> {
        let files: Vec<ForeignFile<'_>> =
            files.iter().map(|(name, text)| ForeignFile { name, bytes: text.as_bytes() }).collect();
        Format::Ctrf.read(&files, &Options::default())
    }

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(*format));
        }
        assert_eq!(Format::from_name("excel"), None);
    }

    #[test]
    fn a_later_file_is_a_later_attempt() {
        let run = read(&[
            ("1.json", &ctrf("failed", 1_790_000_000_000)),
            ("2.json", &ctrf("passed", 1_790_000_010_000)),
        ]);
        let run = run.expect("two reports");
        assert_eq!(run.cases.len(), 1);
        assert_eq!(run.cases[0].attempts, [Status::Failed, Status::Passed]);
        assert_eq!(run.started.as_deref(), Some("2026-09-21T14:13:20Z"));
        assert_eq!(run.ended.as_deref(), Some("2026-09-21T14:13:31Z"));
    }

    #[test]
    fn a_file_given_twice_is_read_once() {
        let file = ctrf("failed", 10_000);
        let run = read(&[("1.json", &file), ("copy.json", &file)]).expect("one report");
        assert_eq!(run.cases[0].attempts, []);
        assert_eq!(run.notes[0].at, "copy.json");
        assert_eq!(run.notes[0].text, "holds the same as `1.json` and is left out");
    }

    #[test]
    fn an_unreadable_file_among_several_is_named() {
        let fault = read(&[("1.json", &ctrf("passed", 1)), ("2.json", "{")]).expect_err("half a report");
        assert!(fault.message.starts_with("`2.json`: "), "{}", fault.message);
        let fault = read(&[("2.json", "{")]).expect_err("half a report");
        assert!(!fault.message.contains("2.json"), "{}", fault.message);
    }
}
