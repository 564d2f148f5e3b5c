//! Common Test Report Format, JSON (<https://ctrf.io>, schema 1.0.0).
//!
//! 1. Each entry of `results.tests` is a case; its `retryAttempts` are its attempts.
//! 2. `pending` is a test that was not run. `other` says only that none of the other words fits; what the tool
//!    called it is in `rawStatus`.
//! 3. `results.summary` is compared with what the tests add up to.
//! 4. Of a report that `juhend export` wrote, `extra` says what the format has no field for, and each test is a case.

use serde_json::Value;

use super::json::{at, flag, list, number, parse, shown, text, whole};
use super::repeat::{Attempt, Folded, fold_known};
use super::tag::{Marks, is_key};
use super::{Imported, ImportedCase, Note, Unreadable, instant, message, own, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// More retries than this are not listed one by one.
const MOST_RETRIES: i64 = 100;

/// What a report says.
///
/// # Errors
///
/// [`Unreadable`] if it is not JSON or has no `results`.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let report = parse(bytes)?;
    let results = at(&report, "results");
    if !at(results, "tests").is_array() {
        return Err(Unreadable::whole("has no `results.tests`, which a CTRF report has"));
    }
    let tests = list(results, "tests");
    let mut notes = Vec::new();
    let is_own = text(at(results, "tool"), "name") == Some("juhend");
    let folded = if is_own {
        let cases = tests.iter().enumerate();
        let cases = cases.map(|(index, test)| restored(case(index, test, &mut notes), test)).collect();
        Folded { cases, notes: Vec::new() }
    } else {
        let cases = tests.iter().enumerate().map(|(index, test)| {
            let case = case(index, test, &mut notes);
            let marks = marks(test);
            notes.extend(marks.note(&case.name));
            Attempt::of((case.suite.clone(), case.name.clone()), marks, case)
        });
        fold_known(cases.collect())
    };
    let summary = at(results, "summary");
    notes.extend(differences(summary, tests));
    notes.extend(folded.notes);
    let told = at(results, "extra");
    let planned = whole(at(told, "counts"), "planned").and_then(|planned| usize::try_from(planned).ok());
    let is_running = is_own && flag(told, "running");
    Ok(Imported {
        started: moment(summary, "start", &mut notes),
        ended: moment(summary, "stop", &mut notes).filter(|_| !is_running),
        missing: planned.filter(|_| is_own).unwrap_or_default().saturating_sub(folded.cases.len()),
        cases: folded.cases,
        notes,
    })
}

/// `case` with what `juhend export` says of it in `extra`.
fn restored(case: ImportedCase, test: &Value) -> ImportedCase {
    let extra = at(test, "extra");
    let own = |key: &str| text(extra, key).map(str::to_owned);
    let texts = |key: &str| list(extra, key).iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let status = text(extra, "status").and_then(own::status).unwrap_or(case.status);
    let reason = own("reason");
    // Where a case has no message the format's stands for the reason.
    let message = case.message.or(case.reason).filter(|said| reason.as_ref() != Some(said));
    let attempts = own::attempts(list(extra, "attempts").iter().filter_map(Value::as_str), status);
    ImportedCase {
        id: text(test, "testId").map(str::to_owned),
        raw_status: own("raw_status").unwrap_or(case.raw_status),
        time: case.time.filter(|_| !flag(extra, "duration_unknown")),
        attempts: attempts.unwrap_or(case.attempts),
        triage: text(extra, "triage").and_then(own::triage),
        message,
        reason,
        blocked_by: own("blocked_by"),
        attachments: texts("attachments"),
        defects: texts("defects"),
        note: own("note"),
        status,
        ..case
    }
}

/// A time of the summary. Some tools write seconds where the schema has milliseconds: read as
/// milliseconds they fall in the first months after 1970.
fn moment(summary: &Value, key: &str, notes: &mut Vec<Note>) -> Option<String> {
    let millis = whole(summary, key).filter(|millis| *millis > 0)?;
    let is_seconds = (1_000_000_000..10_000_000_000).contains(&millis);
    if is_seconds {
        notes.push(note("summary", format!("`{key}` is in seconds, not in milliseconds")));
    }
    instant::from_millis(if is_seconds { millis * 1000 } else { millis })
}

fn case(index: usize, test: &Value, notes: &mut Vec<Note>) -> ImportedCase {
    let name = name(index, test);
    let raw_status = text(test, "rawStatus").or_else(|| text(test, "status")).unwrap_or_default();
    let status = status(test).unwrap_or_else(|| {
        notes.push(note(
            &name,
            format!("the status `{raw_status}` has no counterpart and is taken as an error"),
        ));
        Status::Error
    });
    let tries = tries(test);
    let attempts = attempts(test, status, &tries);
    if attempts.is_empty() && whole(test, "retries").is_some_and(|retries| retries > MOST_RETRIES) {
        notes.push(note(&name, "has too many retries to list them".to_owned()));
    }
    let said = said(test, status, &tries);
    let is_left_out = matches!(status, Status::Skipped | Status::NotRun | Status::Blocked);
    ImportedCase {
        suite: suite_of(test),
        time: last_time(test, &tries),
        attempts,
        reason: said.clone().filter(|_| is_left_out),
        message: said.filter(|_| !is_left_out),
        attachments: tries.iter().copied().chain([test]).flat_map(attachments).collect(),
        ..ImportedCase::of(name, status, raw_status)
    }
}

/// The name with what tells its variants apart.
fn name(index: usize, test: &Value) -> String {
    let name = text(test, "name").map_or_else(|| format!("test {}", index + 1), str::to_owned);
    let given = at(test, "parameters").as_object().into_iter().flatten();
    let given = given.map(|(key, value)| format!("{key}: {}", shown(value)));
    let surroundings = ["browser", "device"].into_iter().filter_map(|key| text(test, key)).map(str::to_owned);
    suite::with_parameters(&name, &given.chain(surroundings).collect::<Vec<_>>())
}

/// The schema has a list; older tools write `Payments > Sums`.
fn suite_of(test: &Value) -> Option<String> {
    match text(test, "suite") {
        Some(path) => suite::joined(path.split(" > ")),
        None => suite::joined(list(test, "suite").iter().filter_map(Value::as_str)),
    }
}

/// Tags, labels and a `testId` that is a key.
fn marks(test: &Value) -> Marks {
    let tags = list(test, "tags").iter().filter_map(Value::as_str).map(str::to_owned);
    let labels = at(test, "labels").as_object().into_iter().flatten();
    let labels = labels.flat_map(|(name, value)| {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().map(move |value| format!("{name}:{}", shown(value)))
    });
    let id = text(test, "testId").filter(|id| is_key(id)).map(|id| format!("id:{id}"));
    let all: Vec<String> = id.into_iter().chain(labels).chain(tags).collect();
    Marks::of(all.iter().map(String::as_str))
}

fn status(told: &Value) -> Option<Status> {
    let raw = text(told, "rawStatus").unwrap_or_default().to_ascii_lowercase();
    match (text(told, "status")?, raw.as_str()) {
        ("passed", _) => Some(Status::Passed),
        // A word that says more than the format has statuses for, as `juhend export` writes it.
        ("failed" | "other", "error") | ("other", "broken" | "timedout" | "interrupted") => {
            Some(Status::Error)
        }
        ("failed", _) => Some(Status::Failed),
        ("skipped", _) => Some(Status::Skipped),
        ("pending", "in_progress") => Some(Status::InProgress),
        ("pending", _) => Some(Status::NotRun),
        ("other", "blocked") => Some(Status::Blocked),
        _ => None,
    }
}

/// What is told of each attempt, the first one first.
fn tries(test: &Value) -> Vec<&Value> {
    let mut tries: Vec<&Value> = list(test, "retryAttempts").iter().collect();
    tries.sort_by_key(|attempt| whole(attempt, "attempt"));
    tries
}

/// Whether the last of `tries` is the test's end itself. The schema lists every attempt; some tools list only
/// those before the last.
fn holds_the_end(test: &Value, tries: &[&Value]) -> bool {
    let retries = whole(test, "retries").and_then(|retries| usize::try_from(retries).ok());
    tries.last().is_some_and(|last| text(last, "status") == text(test, "status"))
        && retries != Some(tries.len())
}

/// How each attempt ended, if there was more than one. Where a tool gives their number alone: a test is tried
/// again when it failed.
fn attempts(test: &Value, end: Status, tries: &[&Value]) -> Vec<Status> {
    let told = tries.iter().map(|attempt| status(attempt).unwrap_or(Status::Error));
    let before: Vec<Status> = if tries.is_empty() {
        let retries = whole(test, "retries").unwrap_or_default().max(i64::from(flag(test, "flaky")));
        let was_tried = matches!(end, Status::Passed | Status::Failed | Status::Error);
        let count = usize::try_from(retries).unwrap_or_default();
        if retries > MOST_RETRIES || !was_tried { Vec::new() } else { vec![Status::Failed; count] }
    } else {
        told.take(tries.len() - usize::from(holds_the_end(test, tries))).collect()
    };
    if before.is_empty() { before } else { before.into_iter().chain([end]).collect() }
}

fn last_time(test: &Value, tries: &[&Value]) -> Option<Seconds> {
    let last = tries.last().filter(|_| holds_the_end(test, tries)).and_then(|last| number(last, "duration"));
    let millis = last.or_else(|| number(test, "duration"))?;
    (millis >= 0.0).then_some(Seconds(millis / 1000.0))
}

/// Message and trace; of a test that passed at last those of the failure before.
fn said(test: &Value, status: Status, tries: &[&Value]) -> Option<String> {
    let of =
        |told: &Value| message::joined(["message", "trace"].into_iter().filter_map(|key| text(told, key)));
    of(test).or_else(|| (status != Status::Skipped).then(|| tries.iter().rev().find_map(|told| of(told)))?)
}

fn attachments(told: &Value) -> impl Iterator<Item = String> + '_ {
    let path = |attachment| text(attachment, "path").or_else(|| text(attachment, "name"));
    list(told, "attachments").iter().filter_map(path).map(str::to_owned)
}

/// Where the summary differs from the tests.
fn differences(summary: &Value, tests: &[Value]) -> Vec<Note> {
    let count = |word: &str| tests.iter().filter(|test| text(test, "status") == Some(word)).count();
    let counted = ["passed", "failed", "skipped", "pending", "other"].map(|word| (word, count(word)));
    let told = |word| whole(summary, word).and_then(|number| usize::try_from(number).ok());
    [("tests", tests.len())]
        .into_iter()
        .chain(counted)
        .filter_map(|(word, count)| Some((word, count, told(word)?)))
        .filter(|(_, count, told)| count != told)
        .map(|(word, count, told)| {
            note("summary", format!("`{word}` is {told}; the tests add up to {count}"))
        })
        .collect()
}

fn note(at: &str, text: String) -> Note {
    Note { at: at.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(tests: &str) -> Imported {
        let text = format!(
            r#"{{"reportFormat": "CTRF", "results": {{"tool": {{"name": "x"}},
                "summary": {{"start": 1790000000000, "stop": 1790000060500}}, "tests": [{tests}]}}}}"#
        );
        read(text.as_bytes()).expect("a report")
    }

    fn only(test: &str) -> ImportedCase {
        let run = report(test);
        assert_eq!(run.cases.len(), 1);
        run.cases.into_iter().next().expect("a case")
    }

    #[test]
    fn a_test_is_a_case() {
        let case = only(
            r#"{"name": "sum", "status": "failed", "duration": 1500, "suite": ["Payments", "Sums"],
                "testId": "BEN-142", "tags": ["smoke", "bug:D-317"], "browser": "chromium",
                "parameters": {"age": 17}, "message": "too low", "trace": "Error: too low\n at sum.js:3",
                "attachments": [{"name": "screen", "path": "out/screen.png", "contentType": "image/png"}]}"#,
        );
        assert_eq!(case.id.as_deref(), Some("BEN-142"));
        assert_eq!(case.name, "sum [age: 17, chromium]");
        assert_eq!(case.suite.as_deref(), Some("Payments › Sums"));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Failed, "failed"));
        assert_eq!(case.time, Some(Seconds(1.5)));
        assert_eq!(case.message.as_deref(), Some("Error: too low\n at sum.js:3"));
        assert_eq!(case.attachments, ["out/screen.png"]);
        assert_eq!(case.defects, ["D-317"]);
        assert_eq!(case.attempts, []);
    }

    #[test]
    fn every_status_has_a_counterpart() {
        for (status, raw, wanted) in [
            ("passed", "", Status::Passed),
            ("failed", "broken", Status::Failed),
            ("skipped", "", Status::Skipped),
            ("pending", "", Status::NotRun),
            ("other", "blocked", Status::Blocked),
            ("other", "timedOut", Status::Error),
            ("other", "odd", Status::Error),
            ("green", "", Status::Error),
        ] {
            let case = only(&format!(r#"{{"name": "sum", "status": "{status}", "rawStatus": "{raw}"}}"#));
            assert_eq!(case.status, wanted, "{status} {raw}");
            assert_eq!(case.raw_status, if raw.is_empty() { status } else { raw });
        }
        let run = report(r#"{"name": "sum", "status": "other"}"#);
        assert_eq!(run.notes[0].at, "sum");
        assert_eq!(run.notes[0].text, "the status `other` has no counterpart and is taken as an error");
    }

    #[test]
    fn attempts_are_told_in_several_ways() {
        use Status::{Failed, Passed};
        for (test, attempts) in [
            (r#""status": "passed", "retries": 0, "flaky": false"#, &[][..]),
            (r#""status": "passed", "retries": 2, "flaky": true"#, &[Failed, Failed, Passed]),
            (r#""status": "passed", "flaky": true"#, &[Failed, Passed]),
            (r#""status": "failed", "retries": 1"#, &[Failed, Failed]),
            (
                r#""status": "passed", "retries": 1, "retryAttempts":
                   [{"attempt": 2, "status": "passed"}, {"attempt": 1, "status": "failed"}]"#,
                &[Failed, Passed],
            ),
            (
                r#""status": "failed", "retries": 1, "retryAttempts": [{"attempt": 1, "status": "failed"}]"#,
                &[Failed, Failed],
            ),
            (
                r#""status": "passed", "retryAttempts": [{"attempt": 1, "status": "failed"}]"#,
                &[Failed, Passed],
            ),
            (r#""status": "passed", "retries": 999999999999"#, &[]),
        ] {
            assert_eq!(only(&format!(r#"{{"name": "sum", {test}}}"#)).attempts, attempts, "{test}");
        }
    }

    #[test]
    fn the_last_attempt_counts() {
        let case = only(
            r#"{"name": "sum", "status": "passed", "duration": 9000, "retries": 1, "retryAttempts": [
                {"attempt": 1, "status": "failed", "duration": 7000, "message": "too low"},
                {"attempt": 2, "status": "passed", "duration": 2000}]}"#,
        );
        assert_eq!(case.time, Some(Seconds(2.0)));
        assert_eq!(case.message.as_deref(), Some("too low"));
    }

    #[test]
    fn a_skipped_test_says_why() {
        let case = only(r#"{"name": "sum", "status": "skipped", "message": "not in scope"}"#);
        assert_eq!((case.reason.as_deref(), case.message), (Some("not in scope"), None));
    }

    #[test]
    fn a_summary_that_differs_is_told() {
        let run = read(
            br#"{"results": {"summary": {"tests": 3, "passed": 1, "failed": 0, "start": 1706644023},
                 "tests": [{"name": "a", "status": "passed"}, {"name": "b", "status": "failed"}]}}"#,
        )
        .expect("a report");
        let told: Vec<&str> = run.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(
            told,
            [
                "`tests` is 3; the tests add up to 2",
                "`failed` is 0; the tests add up to 1",
                "`start` is in seconds, not in milliseconds",
            ]
        );
        assert_eq!(run.started.as_deref(), Some("2024-01-30T19:47:03Z"));
    }

    #[test]
    fn something_else_is_not_a_report() {
        for text in ["", "[]", "{}", r#"{"results": {"tests": {}}}"#, "<xml/>", "\u{0}"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
