//! `JUnit` XML, as some thirty tools write it: there is no standard, only habits.
//!
//! - **Nested suites, a bare `testsuite`, cases directly under `testsuites`** are all read.
//! - **Suite and name** are what [`identity`] makes of suites, `classname` and `name`.
//! - **A result** is what [`outcome`] makes of `error`, `failure`, `skipped`, the word in `status`, and of
//!   the elements by which Surefire and nextest tell of further attempts.
//! - **An id, defects, attachments** are read from the properties and markers that [`property`] lists.
//! - **A case that stands twice** becomes one with attempts ([`super::repeat`]).
//! - **Counters** are compared with the cases ([`counters`]); the cases are believed.
//! - **Times** without an offset stay without one. The run reaches from the earliest to the latest time told.
//! - **Left out, and noted:** output, other properties, and attributes such as `file` and `assertions`.

mod attempts;
mod counters;
mod identity;
mod left_out;
mod outcome;
mod property;
mod span;

use self::attempts::Occurrence;
use self::counters::Tally;
use self::left_out::LeftOut;
use self::span::Span;
use super::xml::{self, Element};
use super::{ForeignFile, Imported, ImportedCase, Note, Unreadable, instant, message, own, repeat};
use crate::record::time::Seconds;

/// Reads `JUnit` files as one run.
///
/// # Errors
/// The first file that is broken XML or no `JUnit`.
pub fn read(files: &[ForeignFile<'_>]) -> Result<Imported, Unreadable> {
    let mut reading = Reading::default();
    for file in files {
        reading.document(file).map_err(|fault| match files.len() {
            1 => fault,
            _ => Unreadable { message: format!("`{}`: {}", file.name, fault.message), ..fault },
        })?;
    }
    Ok(reading.finish())
}

/// What the files said so far.
#[derive(Default)]
struct Reading {
    occurrences: Vec<Occurrence>,
    notes: Vec<Note>,
    /// How many more cases the files promise than they hold.
    missing: usize,
    span: Span,
}

/// What holds for a suite and all in it.
#[derive(Clone, Copy)]
struct Around<'a> {
    file: &'a str,
    /// The names of the suites, the outermost first.
    path: &'a [String],
    /// When the innermost suite with a time began.
    started: Option<&'a str>,
    /// The run that `juhend export` wrote, whose cases without a suite stand under its id.
    run: Option<&'a str>,
    /// Whether Playwright wrote the file, which names its browser where others name the machine.
    is_playwright: bool,
}

impl Reading {
    fn document(&mut self, file: &ForeignFile<'_>) -> Result<(), Unreadable> {
        let document = xml::read(file.bytes)?;
        let root = &document.root;
        if !matches!(root.name.as_str(), "testsuites" | "testsuite") {
            return Err(no_junit(root));
        }
        let of_file = |note: Note| Note { at: format!("{}, {}", file.name, note.at), ..note };
        self.notes.extend(document.notes.into_iter().map(of_file));
        let mut left_out = LeftOut::default();
        let around = Around {
            file: file.name,
            path: &[],
            started: None,
            run: None,
            is_playwright: identity::is_playwright(root),
        };
        self.suite(root, around, &mut left_out);
        self.notes.extend(left_out.notes().into_iter().map(|text| Note { at: file.name.to_owned(), text }));
        Ok(())
    }

    /// Reads a suite with those in it, and gives the tally of them all.
    fn suite(&mut self, suite: &Element, around: Around<'_>, left_out: &mut LeftOut) -> Tally {
        let run = property::value(suite, "run")
            .filter(|run| suite.attribute("name") == Some(run) && property::value(suite, "suite").is_none());
        let around = Around { run: run.as_deref().or(around.run), ..around };
        let path = identity::path(suite, around);
        let at = identity::place(Around { path: &path, ..around });
        let started = self.stamp(suite, &at);
        let around = Around { path: &path, started: started.as_deref().or(around.started), ..around };
        let mut own = Tally::default();
        let mut unnamed = 0;
        for case in suite.named("testcase") {
            own.add(self.case(case, around, &mut unnamed, left_out));
        }
        let mut whole = own;
        let missing_before = self.missing;
        for inner in suite.named("testsuite") {
            whole.add(self.suite(inner, around, left_out));
        }
        // A suite that says more than those in it knows of cases that they do not.
        let missing = counters::missing(suite, &whole);
        self.missing = self.missing.max(missing_before.saturating_add(missing));
        let time = self.seconds(suite, &at);
        if let Some(started) = &started {
            self.span.include(started, time.map(|time| time.0));
            // `juhend export` tells when the whole run ended; other tools may mean anything by such a property.
            let ended = property::value(suite, "run").and_then(|_| property::value(suite, "ended"));
            if let Some(ended) = ended.as_deref().and_then(instant::from_text) {
                self.span.include(&ended, Some(0.0));
            }
        }
        for text in counters::disagreements(suite, &own, &whole) {
            self.note(&at, text);
        }
        for wrong in suite.elements().filter(|inner| matches!(inner.name.as_str(), "error" | "failure")) {
            let said = outcome::said(wrong).unwrap_or_default();
            self.note(
                &at,
                format!("the suite as a whole has an `{}`, which no case shows: {said}", wrong.name),
            );
        }
        for attachment in property::attachments(suite) {
            self.note(&at, format!("the attachment `{attachment}` belongs to no case"));
        }
        left_out.suite(suite);
        whole
    }

    /// Reads a case, and gives the tally of it alone.
    fn case(
        &mut self,
        case: &Element,
        around: Around<'_>,
        unnamed: &mut usize,
        left_out: &mut LeftOut,
    ) -> Tally {
        let outcome = outcome::of(case);
        let properties = property::of(case);
        let classname = case.attribute("classname").or_else(|| case.attribute("class")).unwrap_or_default();
        let written = message::line(case.attribute("name").unwrap_or_default());
        let (tag, rest) = match (identity::tagged(&written), properties.id.as_deref()) {
            // A property outweighs another key in the name, which then stays where it is.
            ((Some(tag), _), Some(id)) if tag != id => (None, written.as_str()),
            (tagged, _) => tagged,
        };
        let name = if rest.is_empty() {
            *unnamed += 1;
            format!("unnamed {unnamed}")
        } else {
            rest.to_owned()
        };
        let classname = if around.run.is_some_and(|run| run == classname) { "" } else { classname };
        let suite = identity::suite_of(around, classname, &name);
        let own = properties.own;
        let all = own.attempts.as_deref().and_then(|all| own::attempts(all.split(','), outcome.status));
        // A message that had to stand where the format has the reason is told twice.
        let reason = outcome.reason.filter(|reason| own.message.as_ref() != Some(reason));
        let mut read = ImportedCase {
            id: properties.id,
            suite,
            attempts: all.unwrap_or(outcome.attempts),
            triage: own.triage,
            message: outcome.message.or(own.message),
            reason: own.reason.or(reason),
            blocked_by: own.blocked_by,
            attachments: property::attachments(case),
            defects: properties.defects,
            note: own.note,
            ..ImportedCase::of(name, outcome.status, own.raw_status.as_ref().unwrap_or(&outcome.raw_status))
        };
        let at = read.full_name();
        if written.is_empty() {
            self.note(&at, "the case has no name");
        }
        for text in outcome.oddities.into_iter().chain(properties.oddities) {
            self.note(&at, text);
        }
        read.time = self.seconds(case, &at);
        let tag = tag.filter(|_| read.id.is_none()).map(str::to_owned);
        let started = self.stamp(case, &at);
        if let Some(started) = &started {
            self.span.include(started, read.time.map(|time| time.0));
        }
        left_out.case(case, properties.unknown);
        self.occurrences.push(Occurrence {
            at: started.or_else(|| around.started.map(str::to_owned)),
            tag,
            case: read,
        });
        outcome.tally
    }

    fn stamp(&mut self, element: &Element, at: &str) -> Option<String> {
        let written = element.attribute("timestamp").filter(|written| !written.trim().is_empty())?;
        let stamp = instant::from_text(written).or_else(|| instant::from_mail(written));
        if stamp.is_none() {
            self.note(at, format!("the timestamp `{written}` is no time"));
        }
        stamp
    }

    fn seconds(&mut self, element: &Element, at: &str) -> Option<Seconds> {
        let written = element.attribute("time").filter(|written| !written.trim().is_empty())?;
        let Some(seconds) = seconds(written) else {
            self.note(at, format!("the time `{written}` is no number of seconds"));
            return None;
        };
        if !seconds.is_plausible() {
            self.note(at, format!("the time `{written}` is longer than 10000 days, so it is not known"));
            return None;
        }
        Some(seconds)
    }

    fn note(&mut self, at: &str, text: impl Into<String>) {
        self.notes.push(Note { at: at.to_owned(), text: text.into() });
    }

    fn finish(self) -> Imported {
        let (occurrences, shared) = attempts::identified(self.occurrences);
        let (cases, repeats) = attempts::ordered(&occurrences);
        let folded = repeat::fold(cases);
        let mut notes = self.notes;
        notes.extend(shared);
        notes.extend(repeats);
        notes.extend(folded.notes);
        if self.span.is_mixed {
            let text = "some times have an offset and others have none, which are not used".to_owned();
            notes.push(Note { at: "timestamps".to_owned(), text });
        }
        Imported {
            started: self.span.started,
            ended: self.span.ended,
            cases: folded.cases,
            missing: self.missing,
            notes,
        }
    }
}

/// The fault of a document of another kind, which is named where it is known.
fn no_junit(root: &Element) -> Unreadable {
    let tool = match root.name.as_str() {
        "test-run" | "test-results" => "; this is the format of NUnit, which can write JUnit too",
        "assemblies" | "assembly" => "; this is the format of xUnit.net, which can write JUnit too",
        "TestRun" => "; this is the format of Visual Studio (TRX)",
        "testng-results" => "; this is TestNG's own format, beside which it writes JUnit",
        "robot" => "; this is the output of Robot Framework: import it as `robot`",
        "Site" => "; this is the format of CTest, which can write JUnit too",
        "html" => "; this is a web page",
        _ => "",
    };
    Unreadable {
        line: Some(root.line),
        column: None,
        message: format!(
            "this is no JUnit: the outermost element is `{}`, not `testsuites` or `testsuite`{tool}",
            root.name
        ),
    }
}

/// Seconds as tools write them: `0.004`, `1,234.56`, `1.0E-4`. Of commas alone, groups of three digits after
/// a number that does not begin with 0 are thousands (`1,234`), all else is a decimal comma (`0,25`).
fn seconds(text: &str) -> Option<Seconds> {
    let text = text.trim();
    let groups: Vec<&str> = text.split(',').collect();
    let are_thousands = match groups.as_slice() {
        [first, rest @ ..] => {
            !first.starts_with('0')
                && rest.iter().all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3))
        }
        [] => false,
    };
    let plain =
        if text.contains('.') || are_thousands { text.replace(',', "") } else { text.replace(',', ".") };
    plain.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0).map(Seconds)
}

#[cfg(test)]
mod tests;
