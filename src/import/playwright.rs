//! The JSON report of Playwright (<https://playwright.dev/docs/test-reporters#json-reporter>).
//!
//! 1. Suites lie in suites; a spec in them has a test for each project, and a test a result for each attempt.
//! 2. A test may be expected to fail (`test.fail()`). What it is is then told by its outcome: `expected` has done
//!    what it should, `unexpected` has not, though the attempt itself may have passed.
//! 3. `stats` is compared with what the tests add up to.

use serde_json::Value;

use super::json::{at, list, number, parse, text, whole};
use super::repeat::{Attempt, fold_known};
use super::tag::Marks;
use super::{Imported, ImportedCase, Note, Unreadable, instant, message, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// What a report says.
///
/// # Errors
///
/// [`Unreadable`] if it is not JSON or has no `suites`.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let report = parse(bytes)?;
    if !at(&report, "suites").is_array() {
        return Err(Unreadable::whole("has no `suites`, which a Playwright report has"));
    }
    let mut told = Told::default();
    told.suites(&report, &[]);
    let stats = at(&report, "stats");
    let errors = list(&report, "errors").iter().filter_map(said);
    told.notes.extend(errors.map(|text| note("errors", text)));
    told.notes.extend(differences(stats, &told.outcomes));
    let folded = fold_known(told.attempts);
    told.notes.extend(folded.notes);
    let start = text(stats, "startTime");
    let ended = start.and_then(instant::millis).zip(whole(stats, "duration"));
    Ok(Imported {
        started: start.and_then(instant::from_text),
        ended: ended.and_then(|(start, millis)| instant::from_millis(start.checked_add(millis)?)),
        cases: folded.cases,
        missing: 0,
        notes: told.notes,
    })
}

/// What the suites before told.
#[derive(Default)]
struct Told {
    attempts: Vec<Attempt<String>>,
    notes: Vec<Note>,
    outcomes: Vec<String>,
}

impl Told {
    /// The depth is bounded by that of the JSON.
    fn suites(&mut self, parent: &Value, names: &[&str]) {
        for inner in list(parent, "suites") {
            let names: Vec<&str> = names.iter().copied().chain(text(inner, "title")).collect();
            for spec in list(inner, "specs") {
                for test in list(spec, "tests") {
                    self.test(spec, test, &names);
                }
            }
            self.suites(inner, &names);
        }
    }

    fn test(&mut self, spec: &Value, test: &Value, suites: &[&str]) {
        let project = text(test, "projectName").map(str::to_owned);
        let title = text(spec, "title").unwrap_or("test without a title");
        let name = suite::with_parameters(title, project.as_slice());
        let results = in_order(test);
        let statuses: Vec<Status> =
            results.iter().map(|result| attempt(result, test, &name, &mut self.notes)).collect();
        let last = results.last().copied().unwrap_or(&Value::Null);
        let status = statuses.last().copied().unwrap_or(match text(test, "status") {
            Some("skipped") => Status::Skipped,
            _ => Status::NotRun,
        });
        let outcome = text(test, "status").unwrap_or_default();
        self.outcomes.push(outcome.to_owned());
        self.notes.extend(contradiction(&name, status, outcome));
        let marks = marks(spec, test);
        self.notes.extend(marks.note(&name));
        let is_left_out = matches!(status, Status::Skipped | Status::NotRun);
        let failures = results.iter().rev().find_map(|result| failures(result));
        let unmet = || (status == Status::Failed).then(|| "was expected to fail and passed".to_owned());
        let case = ImportedCase {
            suite: suite::joined(suites.iter().copied()),
            time: time(last),
            attempts: if statuses.len() > 1 { statuses } else { Vec::new() },
            reason: why(test).filter(|_| is_left_out),
            message: failures.or_else(unmet).filter(|_| !is_left_out),
            attachments: results.iter().flat_map(|result| attachments(result)).collect(),
            ..ImportedCase::of(name, status, raw_status(test, last))
        };
        let id = text(spec, "id").map(|id| format!("{id} {}", project.unwrap_or_default()));
        let id = id.unwrap_or_else(|| format!("{:?} {} {:?}", suites, case.name, whole(spec, "line")));
        self.attempts.push(Attempt::of(id, marks, case));
    }
}

/// The results, the first attempt first.
fn in_order(test: &Value) -> Vec<&Value> {
    let mut results: Vec<&Value> = list(test, "results").iter().collect();
    results.sort_by_key(|result| whole(result, "retry"));
    results
}

/// How an attempt ended, against what was expected of it.
fn attempt(result: &Value, test: &Value, name: &str, notes: &mut Vec<Note>) -> Status {
    match (text(result, "status").unwrap_or_default(), expects_failure(test)) {
        ("passed", false) | ("failed", true) => Status::Passed,
        ("passed", true) | ("failed", false) => Status::Failed,
        ("timedOut" | "interrupted", _) => Status::Error,
        ("skipped", _) => Status::Skipped,
        (told, _) => {
            notes
                .push(note(name, format!("the status `{told}` has no counterpart and is taken as an error")));
            Status::Error
        }
    }
}

/// What the last attempt is called; where a failure is expected that misleads, and the outcome is taken.
fn raw_status<'a>(test: &'a Value, last: &'a Value) -> &'a str {
    let (end, outcome) = (text(last, "status"), text(test, "status"));
    let told = if expects_failure(test) { outcome.or(end) } else { end.or(outcome) };
    told.unwrap_or_default()
}

fn expects_failure(test: &Value) -> bool {
    text(test, "expectedStatus") == Some("failed")
}

/// A note if the test's outcome says otherwise than its last attempt.
fn contradiction(name: &str, status: Status, outcome: &str) -> Option<Note> {
    let agrees = match outcome {
        "expected" | "flaky" => matches!(status, Status::Passed | Status::Skipped),
        "unexpected" => !matches!(status, Status::Passed),
        _ => true,
    };
    (!agrees).then(|| note(name, format!("is called `{outcome}`, yet its last attempt is {}", status.word())))
}

/// All errors of an attempt; older reports have one alone.
fn failures(result: &Value) -> Option<String> {
    let all: Vec<String> = match list(result, "errors") {
        [] => said(at(result, "error")).into_iter().collect(),
        errors => errors.iter().filter_map(said).collect(),
    };
    message::joined(all.iter().map(String::as_str))
}

fn said(error: &Value) -> Option<String> {
    message::joined(["message", "value", "stack"].into_iter().filter_map(|key| text(error, key)))
}

/// What `test.skip` or `test.fixme` gives as a reason.
fn why(test: &Value) -> Option<String> {
    let skips = annotations(test).filter(|(kind, _)| matches!(*kind, "skip" | "fixme"));
    message::joined(skips.map(|(_, description)| description))
}

fn annotations(test: &Value) -> impl Iterator<Item = (&str, &str)> {
    let all = list(test, "annotations").iter();
    all.filter_map(|annotation| {
        Some((text(annotation, "type")?, text(annotation, "description").unwrap_or_default()))
    })
}

/// Tags, and annotations such as `issue`.
fn marks(spec: &Value, test: &Value) -> Marks {
    let tags = list(spec, "tags").iter().filter_map(Value::as_str).map(str::to_owned);
    let annotated = annotations(test).map(|(kind, description)| format!("{kind}:{description}"));
    let all: Vec<String> = annotated.chain(tags).collect();
    Marks::of(all.iter().map(String::as_str))
}

fn time(result: &Value) -> Option<Seconds> {
    number(result, "duration").filter(|millis| *millis >= 0.0).map(|millis| Seconds(millis / 1000.0))
}

/// An attachment without a path is inside the report.
fn attachments(result: &Value) -> impl Iterator<Item = String> {
    list(result, "attachments").iter().filter_map(|attachment| text(attachment, "path")).map(str::to_owned)
}

/// Where `stats` differs from the tests.
fn differences(stats: &Value, outcomes: &[String]) -> Vec<Note> {
    let told = |word| whole(stats, word).and_then(|number| usize::try_from(number).ok());
    let count = |word: &str| outcomes.iter().filter(|outcome| *outcome == word).count();
    ["expected", "unexpected", "flaky", "skipped"]
        .into_iter()
        .filter_map(|word| Some((word, count(word), told(word)?)))
        .filter(|(_, count, told)| count != told)
        .map(|(word, count, told)| note("stats", format!("`{word}` is {told}; the tests add up to {count}")))
        .collect()
}

fn note(at: &str, text: String) -> Note {
    Note { at: at.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(specs: &str) -> Imported {
        let text = format!(
            r#"{{"config": {{"version": "1.50.0"}}, "errors": [],
                "suites": [{{"title": "sums.spec.ts", "file": "sums.spec.ts", "specs": [],
                    "suites": [{{"title": "Sums", "specs": [{specs}]}}]}}],
                "stats": {{"startTime": "2026-10-12T06:00:00.500Z", "duration": 61500.25}}}}"#
        );
        read(text.as_bytes()).expect("a report")
    }

    fn spec(title: &str, test: &str) -> String {
        format!(r#"{{"id": "{title}", "title": "{title}", "ok": true, "tags": [], "tests": [{{{test}}}]}}"#)
    }

    fn only(test: &str) -> ImportedCase {
        report(&spec("sum", test)).cases.into_iter().next().expect("a case")
    }

    #[test]
    fn a_test_is_a_case() {
        let run = report(
            r#"{"id": "1", "title": "child part", "ok": false, "tags": ["BEN-142"], "tests": [
                {"projectName": "chromium", "expectedStatus": "passed", "status": "unexpected",
                 "annotations": [{"type": "issue", "description": "https://jira.example.ee/browse/D-317"}],
                 "results": [{"retry": 0, "status": "failed", "duration": 1500,
                    "errors": [{"message": "\u001b[31mtoo low\u001b[39m", "stack": "Error: too low\n at sum.ts:3"}],
                    "attachments": [{"name": "screenshot", "contentType": "image/png", "path": "out/sum.png"},
                        {"name": "log", "contentType": "text/plain", "body": "AAAA"}]}]},
                {"projectName": "firefox", "expectedStatus": "passed", "status": "expected", "annotations": [],
                 "results": [{"retry": 0, "status": "passed", "duration": 900, "errors": [], "attachments": []}]}]}"#,
        );
        // Two projects are two sets of data of one case, if a key says that it is one.
        let [case] = &run.cases[..] else { panic!("{run:?}") };
        assert_eq!((case.id.as_deref(), case.name.as_str()), (Some("BEN-142"), "child part [chromium]"));
        assert_eq!(case.suite.as_deref(), Some("sums.spec.ts › Sums"));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Failed, "failed"));
        assert_eq!(case.message.as_deref(), Some("Error: too low\n at sum.ts:3"));
        assert_eq!(case.attachments, ["out/sum.png"]);
        assert_eq!(case.defects, ["D-317"]);
        assert_eq!(run.started.as_deref(), Some("2026-10-12T06:00:00Z"));
        assert_eq!(run.ended.as_deref(), Some("2026-10-12T06:01:02Z"));
    }

    #[test]
    fn projects_are_different_cases() {
        let test = |project, status| {
            format!(
                r#"{{"projectName": "{project}", "expectedStatus": "passed", "results": [{{"status": "{status}"}}]}}"#
            )
        };
        let run = report(&format!(
            r#"{{"id": "1", "title": "sum", "tests": [{}, {}, {}]}}"#,
            test("chromium", "passed"),
            test("firefox", "failed"),
            test("", "passed")
        ));
        let told: Vec<_> = run.cases.iter().map(|case| (case.name.as_str(), case.status)).collect();
        assert_eq!(
            told,
            [("sum [chromium]", Status::Passed), ("sum [firefox]", Status::Failed), ("sum", Status::Passed)]
        );
    }

    #[test]
    fn what_is_expected_decides() {
        for (expected, result, outcome, status) in [
            ("passed", "passed", "expected", Status::Passed),
            ("passed", "failed", "unexpected", Status::Failed),
            ("passed", "timedOut", "unexpected", Status::Error),
            ("passed", "interrupted", "skipped", Status::Error),
            ("failed", "failed", "expected", Status::Passed),
            ("failed", "passed", "unexpected", Status::Failed),
            ("skipped", "skipped", "skipped", Status::Skipped),
        ] {
            let run = report(&spec(
                "sum",
                &format!(
                    r#""expectedStatus": "{expected}", "status": "{outcome}", "results": [{{"status": "{result}"}}]"#
                ),
            ));
            let raw_status = if expected == "failed" { outcome } else { result };
            let told = (run.cases[0].status, run.cases[0].raw_status.as_str());
            assert_eq!(told, (status, raw_status), "{expected} {result}");
            assert_eq!(run.notes, [], "{expected} {result}");
        }
        let case =
            only(r#""expectedStatus": "failed", "status": "unexpected", "results": [{"status": "passed"}]"#);
        assert_eq!(case.message.as_deref(), Some("was expected to fail and passed"));
    }

    #[test]
    fn attempts_are_in_order() {
        let case = only(
            r#""expectedStatus": "passed", "status": "flaky", "results": [
                {"retry": 1, "status": "passed", "duration": 2000},
                {"retry": 0, "status": "failed", "duration": 1000, "error": {"message": "too low"}}]"#,
        );
        assert_eq!((case.status, case.time), (Status::Passed, Some(Seconds(2.0))));
        assert_eq!(case.attempts, [Status::Failed, Status::Passed]);
        assert_eq!(case.message.as_deref(), Some("too low"));
    }

    #[test]
    fn a_skipped_test_says_why() {
        let case = only(
            r#""expectedStatus": "skipped", "status": "skipped", "results": [],
               "annotations": [{"type": "fixme", "description": "waits for D-317"}]"#,
        );
        assert_eq!((case.status, case.reason.as_deref()), (Status::Skipped, Some("waits for D-317")));
        assert_eq!(only(r#""expectedStatus": "passed", "results": []"#).status, Status::NotRun);
    }

    #[test]
    fn what_does_not_add_up_is_told() {
        let run = read(
            br#"{"suites": [{"title": "a", "specs": [{"title": "sum", "tests": [
                  {"status": "expected", "results": [{"status": "failed"}]}]}]}],
                 "errors": [{"message": "no server"}], "stats": {"expected": 2, "flaky": 0}}"#,
        );
        let told: Vec<String> = run
            .expect("a report")
            .notes
            .into_iter()
            .map(|note| format!("{}: {}", note.at, note.text))
            .collect();
        assert_eq!(
            told,
            [
                "sum: is called `expected`, yet its last attempt is failed",
                "errors: no server",
                "stats: `expected` is 2; the tests add up to 1",
            ]
        );
    }

    #[test]
    fn something_else_is_not_a_report() {
        for text in ["", "[]", "{}", r#"{"suites": {}}"#, "<xml/>"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
