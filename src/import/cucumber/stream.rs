//! The stream of messages, one map per line, in the order in which things happened.
//!
//! 1. `pickle` is a scenario, or a row of an outline; `testCase` plans to run it; `testCaseStarted` begins an
//!    attempt, of which `testStepFinished` tells and which `testCaseFinished` ends.
//! 2. An attempt that never ended is under way, or broke off if the run itself ended. A planned pickle that was
//!    never begun is not run.
//! 3. A stream that was cut off in its last line is read up to there.

use std::collections::HashMap;

use serde_json::Value;

use super::{Outcome, conclude};
use crate::import::json::{at, list, parse, text, whole};
use crate::import::repeat::{Attempt, fold_known};
use crate::import::tag::Marks;
use crate::import::{Imported, ImportedCase, Note, Unreadable, instant, message, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// Messages of which every stream holds one.
const KNOWN: [&str; 8] = [
    "meta",
    "source",
    "gherkinDocument",
    "pickle",
    "testCase",
    "testRunStarted",
    "testCaseStarted",
    "testStepFinished",
];

pub(super) fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let mut notes = Vec::new();
    let messages = messages(bytes, &mut notes)?;
    let story = Story::of(&messages);
    notes.extend(story.parse_errors.iter().map(|fault| note("gherkin", (*fault).to_owned())));
    let mut attempts = Vec::new();
    for plan in &story.plans {
        let pickle = story.pickle(plan);
        let marks = story.marks(pickle);
        let tries = story.tries.get(text(plan, "id").unwrap_or_default());
        let cases: Vec<ImportedCase> = match tries {
            Some(tries) => tries.iter().map(|start| story.case(pickle, start)).collect(),
            None => vec![story.bare(pickle, Status::NotRun)],
        };
        notes.extend(cases.first().and_then(|case| marks.note(&case.name)));
        let known_by = text(plan, "pickleId").or_else(|| text(plan, "id")).unwrap_or_default();
        attempts.extend(cases.into_iter().map(|case| Attempt::of(known_by.to_owned(), marks.clone(), case)));
    }
    if story.inside > 0 {
        notes.push(note("attachments", format!("left out, as they are inside the stream: {}", story.inside)));
    }
    let folded = fold_known(attempts);
    notes.extend(folded.notes);
    Ok(Imported { started: story.started, ended: story.ended, cases: folded.cases, missing: 0, notes })
}

/// The messages, each as the map that its line holds.
fn messages(bytes: &[u8], notes: &mut Vec<Note>) -> Result<Vec<Value>, Unreadable> {
    let mut messages = Vec::new();
    let lines: Vec<(usize, &[u8])> = bytes
        .split(|byte| *byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
        .collect();
    for (index, (number, line)) in lines.iter().enumerate() {
        match parse(line) {
            Ok(message) => messages.push(message),
            Err(_) if index > 0 && index + 1 == lines.len() => {
                notes.push(note(
                    &format!("line {}", number + 1),
                    "is cut off; what came after it is not known".to_owned(),
                ));
            }
            Err(fault) => return Err(Unreadable { line: Some(number + 1), ..fault }),
        }
    }
    let is_stream = messages.iter().any(|message| KNOWN.iter().any(|word| at(message, word).is_object()));
    if is_stream { Ok(messages) } else { Err(Unreadable::whole("holds no message of Cucumber")) }
}

/// What the messages tell, by what they tell it of.
#[derive(Default)]
struct Story<'a> {
    /// The names of features and rules around each scenario, by its id.
    suites: HashMap<&'a str, Vec<&'a str>>,
    /// Names of scenarios, by their ids.
    scenarios: HashMap<&'a str, &'a str>,
    /// The values of each row of examples, by its id.
    rows: HashMap<&'a str, Vec<String>>,
    /// The tags of each feature, by its file.
    feature_tags: HashMap<&'a str, Vec<&'a str>>,
    pickles: HashMap<&'a str, &'a Value>,
    plans: Vec<&'a Value>,
    /// The attempts at each plan, in order.
    tries: HashMap<&'a str, Vec<&'a Value>>,
    /// What came of the steps of each attempt.
    steps: HashMap<&'a str, Vec<&'a Value>>,
    /// The ends of attempts.
    ends: HashMap<&'a str, &'a Value>,
    files: HashMap<&'a str, Vec<&'a str>>,
    /// The texts of pickle steps, by their ids.
    texts: HashMap<&'a str, &'a str>,
    /// The pickle steps of planned steps, by the ids of both plan and step.
    planned: HashMap<&'a str, &'a str>,
    parse_errors: Vec<&'a str>,
    started: Option<String>,
    ended: Option<String>,
    has_ended: bool,
    inside: usize,
}

impl<'a> Story<'a> {
    fn of(messages: &'a [Value]) -> Self {
        let mut story = Self::default();
        for message in messages {
            for (kind, value) in message.as_object().into_iter().flatten() {
                story.tell(kind, value);
            }
        }
        story
    }

    fn tell(&mut self, kind: &str, value: &'a Value) {
        let id = text(value, "id").unwrap_or_default();
        let attempt = text(value, "testCaseStartedId").unwrap_or_default();
        match kind {
            "gherkinDocument" => self.document(value),
            "pickle" => {
                self.pickles.insert(id, value);
                let steps = list(value, "steps").iter();
                self.texts.extend(steps.filter_map(|step| Some((text(step, "id")?, text(step, "text")?))));
            }
            "testCase" => {
                self.plans.push(value);
                let steps = list(value, "testSteps").iter();
                self.planned
                    .extend(steps.filter_map(|step| Some((text(step, "id")?, text(step, "pickleStepId")?))));
            }
            "testCaseStarted" => {
                self.tries.entry(text(value, "testCaseId").unwrap_or_default()).or_default().push(value);
            }
            "testStepFinished" => self.steps.entry(attempt).or_default().push(value),
            "testCaseFinished" => {
                self.ends.insert(attempt, value);
            }
            "attachment" => match text(value, "fileName").or_else(|| text(value, "url")) {
                Some(file) => self.files.entry(attempt).or_default().push(file),
                None => self.inside += 1,
            },
            "testRunStarted" => self.started = moment(value).and_then(instant::from_millis),
            "testRunFinished" => {
                self.has_ended = true;
                self.ended = moment(value).and_then(instant::from_millis);
            }
            "parseError" => self.parse_errors.extend(text(value, "message")),
            _ => {}
        }
    }

    fn document(&mut self, document: &'a Value) {
        let feature = at(document, "feature");
        let names: Vec<&str> = text(feature, "name").or_else(|| text(document, "uri")).into_iter().collect();
        self.feature_tags.insert(text(document, "uri").unwrap_or_default(), tags(feature).collect());
        self.children(feature, &names);
    }

    /// The depth is bounded by that of the JSON.
    fn children(&mut self, parent: &'a Value, names: &[&'a str]) {
        for child in list(parent, "children") {
            let (scenario, rule) = (at(child, "scenario"), at(child, "rule"));
            let id = text(scenario, "id").unwrap_or_default();
            self.suites.insert(id, names.to_vec());
            self.scenarios.insert(id, text(scenario, "name").unwrap_or_default());
            for examples in list(scenario, "examples") {
                self.rows.extend(rows(examples));
            }
            let names: Vec<&str> = names.iter().copied().chain(text(rule, "name")).collect();
            self.children(rule, &names);
        }
    }

    fn pickle(&self, plan: &Value) -> &'a Value {
        text(plan, "pickleId").and_then(|id| self.pickles.get(id).copied()).unwrap_or(&Value::Null)
    }

    /// Tags of a pickle; those of its feature say nothing of one scenario.
    fn marks(&self, pickle: &Value) -> Marks {
        let of_feature = text(pickle, "uri").and_then(|uri| self.feature_tags.get(uri));
        Marks::of(tags(pickle).filter(|tag| !of_feature.is_some_and(|tags| tags.contains(tag))))
    }

    /// The name; with the values of its row, unless they are in the name.
    fn name(&self, pickle: &Value) -> String {
        let name = text(pickle, "name").unwrap_or("scenario without a name");
        let nodes = || list(pickle, "astNodeIds").iter().filter_map(Value::as_str);
        let is_plain = nodes().any(|id| self.scenarios.get(id).is_some_and(|scenario| *scenario == name));
        let row = nodes().find_map(|id| self.rows.get(id)).filter(|_| is_plain);
        suite::with_parameters(name, row.map_or(&[], Vec::as_slice))
    }

    fn bare(&self, pickle: &Value, status: Status) -> ImportedCase {
        let around =
            list(pickle, "astNodeIds").iter().filter_map(Value::as_str).find_map(|id| self.suites.get(id));
        let file = text(pickle, "uri");
        let suite = around.map_or_else(|| suite::joined(file), |names| suite::joined(names.iter().copied()));
        ImportedCase { suite, ..ImportedCase::of(self.name(pickle), status, "unknown") }
    }

    /// What came of the attempt `start`.
    fn case(&self, pickle: &Value, start: &Value) -> ImportedCase {
        let id = text(start, "id").unwrap_or_default();
        let steps = self.steps.get(id).map_or(&[][..], Vec::as_slice);
        let outcomes: Vec<Outcome<'_>> = steps.iter().map(|step| self.outcome(step)).collect();
        let concluded = conclude(String::new(), &outcomes);
        let bare = self.bare(pickle, Status::NotRun);
        let end = self.ends.get(id).copied();
        let is_fine = matches!(concluded.status, Status::Passed | Status::NotRun);
        let status = match (end, self.has_ended) {
            (None, true) if is_fine => Status::Error,
            (None, false) if is_fine => Status::InProgress,
            _ => concluded.status,
        };
        let (from, to) = (moment(start), end.and_then(moment));
        let millis =
            from.and_then(|from| to?.checked_sub(from)).and_then(|millis| u64::try_from(millis).ok());
        ImportedCase {
            name: bare.name,
            suite: bare.suite,
            status,
            time: millis.map(|millis| Seconds(std::time::Duration::from_millis(millis).as_secs_f64())),
            attachments: self.files.get(id).into_iter().flatten().map(|file| (*file).to_owned()).collect(),
            ..concluded
        }
    }

    fn outcome(&self, step: &'a Value) -> Outcome<'a> {
        let result = at(step, "testStepResult");
        let exception = at(result, "exception");
        let pickle_step = text(step, "testStepId").and_then(|id| self.planned.get(id));
        let said = [text(result, "message"), text(exception, "message"), text(exception, "stackTrace")];
        Outcome {
            word: text(result, "status").unwrap_or("unknown").to_lowercase(),
            step: pickle_step.and_then(|id| self.texts.get(id)).copied().unwrap_or_default(),
            said: message::joined(said.into_iter().flatten()),
        }
    }
}

/// The rows of examples with what they hold: `age: 17`.
fn rows(examples: &Value) -> impl Iterator<Item = (&str, Vec<String>)> {
    let names = cells(at(examples, "tableHeader"));
    list(examples, "tableBody").iter().filter_map(move |row| {
        let pairs = names.iter().zip(cells(row)).map(|(name, value)| format!("{name}: {value}"));
        Some((text(row, "id")?, pairs.collect()))
    })
}

fn cells(row: &Value) -> Vec<&str> {
    list(row, "cells").iter().map(|cell| text(cell, "value").unwrap_or_default()).collect()
}

fn tags(value: &Value) -> impl Iterator<Item = &str> {
    list(value, "tags").iter().filter_map(|tag| text(tag, "name"))
}

/// The timestamp of a message, in milliseconds since 1970.
fn moment(message: &Value) -> Option<i64> {
    let stamp = at(message, "timestamp");
    let nanos = whole(stamp, "nanos").unwrap_or_default();
    whole(stamp, "seconds")?.checked_mul(1000)?.checked_add(nanos / 1_000_000)
}

fn note(at: &str, text: String) -> Note {
    Note { at: at.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = r#"
{"meta": {"protocolVersion": "24.0.0"}}
{"gherkinDocument": {"uri": "sums.feature", "feature": {"name": "Sums", "tags": [{"name": "@BEN-2210"}], "children": [
  {"background": {"id": "b"}},
  {"scenario": {"id": "s1", "name": "Child part", "examples": []}},
  {"rule": {"name": "Late", "children": [{"scenario": {"id": "s2", "name": "Row", "examples": [
    {"tableHeader": {"cells": [{"value": "age"}]}, "tableBody": [{"id": "r1", "cells": [{"value": "17"}]},
     {"id": "r2", "cells": [{"value": "18"}]}]}]}}]}}]}}}
{"pickle": {"id": "p1", "uri": "sums.feature", "name": "Child part", "astNodeIds": ["s1"],
  "tags": [{"name": "@BEN-2210"}, {"name": "@BEN-142"}], "steps": [{"id": "x", "text": "the sum is right"}]}}
{"pickle": {"id": "p2", "uri": "sums.feature", "name": "Row", "astNodeIds": ["s2", "r1"], "steps": []}}
{"pickle": {"id": "p3", "uri": "sums.feature", "name": "Row", "astNodeIds": ["s2", "r2"], "steps": []}}
{"testRunStarted": {"timestamp": {"seconds": 1790000000, "nanos": 0}}}
{"testCase": {"id": "t1", "pickleId": "p1", "testSteps": [{"id": "ts", "pickleStepId": "x"}]}}
{"testCase": {"id": "t2", "pickleId": "p2", "testSteps": []}}
{"testCase": {"id": "t3", "pickleId": "p3", "testSteps": []}}"#;

    /// One message per line, however it is written here.
    fn stream(after: &str) -> String {
        let whole = format!("{BEFORE}\n{after}");
        whole.split("\n{").map(|message| message.replace('\n', " ")).collect::<Vec<_>>().join("\n{")
    }

    fn run(after: &str) -> Imported {
        read(stream(after).as_bytes()).expect("a stream")
    }

    fn started(attempt: &str, case: &str, seconds: u32) -> String {
        format!(
            r#"{{"testCaseStarted": {{"id": "{attempt}", "testCaseId": "{case}", "attempt": 0, "timestamp": {{"seconds": {seconds}, "nanos": 0}}}}}}"#
        )
    }

    fn step(attempt: &str, status: &str) -> String {
        format!(
            r#"{{"testStepFinished": {{"testCaseStartedId": "{attempt}", "testStepId": "ts", "testStepResult": {{"status": "{status}", "message": ""}}}}}}"#
        )
    }

    fn finished(attempt: &str, retried: bool, seconds: u32) -> String {
        format!(
            r#"{{"testCaseFinished": {{"testCaseStartedId": "{attempt}", "willBeRetried": {retried}, "timestamp": {{"seconds": {seconds}, "nanos": 500000000}}}}}}"#
        )
    }

    const END: &str =
        r#"{"testRunFinished": {"success": false, "timestamp": {"seconds": 1790000060, "nanos": 0}}}"#;

    #[test]
    fn a_pickle_is_a_case_with_its_attempts() {
        let run = run(&[
            started("a1", "t1", 10),
            step("a1", "FAILED"),
            r#"{"attachment": {"testCaseStartedId": "a1", "fileName": "sum.png", "body": "AAAA"}}"#
                .to_owned(),
            r#"{"attachment": {"testCaseStartedId": "a1", "body": "log"}}"#.to_owned(),
            finished("a1", true, 11),
            started("a2", "t1", 12),
            step("a2", "PASSED"),
            finished("a2", false, 14),
            END.to_owned(),
        ]
        .join("\n"));
        let case = &run.cases[0];
        assert_eq!(case.id.as_deref(), Some("BEN-142"));
        assert_eq!((case.name.as_str(), case.suite.as_deref()), ("Child part", Some("Sums")));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Passed, "passed"));
        assert_eq!(case.attempts, [Status::Failed, Status::Passed]);
        assert_eq!(case.message.as_deref(), Some("failed: the sum is right"));
        assert_eq!(case.time, Some(Seconds(2.5)));
        assert_eq!(case.attachments, ["sum.png"]);
        assert_eq!(run.started.as_deref(), Some("2026-09-21T14:13:20Z"));
        assert_eq!(run.ended.as_deref(), Some("2026-09-21T14:14:20Z"));
        assert_eq!(run.notes[0].text, "left out, as they are inside the stream: 1");
    }

    #[test]
    fn rows_have_their_values_in_their_names() {
        let run = run(&[started("a1", "t2", 10), step("a1", "PASSED"), finished("a1", false, 11)].join("\n"));
        let told: Vec<_> =
            run.cases.iter().map(|case| (case.name.as_str(), case.suite.as_deref(), case.status)).collect();
        assert_eq!(
            told,
            [
                ("Child part", Some("Sums"), Status::NotRun),
                ("Row [age: 17]", Some("Sums › Late"), Status::Passed),
                ("Row [age: 18]", Some("Sums › Late"), Status::NotRun),
            ]
        );
    }

    #[test]
    fn an_attempt_without_an_end_is_under_way_or_broke_off() {
        let begun = [started("a1", "t1", 10), step("a1", "PASSED")].join("\n");
        assert_eq!(run(&begun).cases[0].status, Status::InProgress);
        assert_eq!(run(&format!("{begun}\n{END}")).cases[0].status, Status::Error);
    }

    #[test]
    fn a_stream_cut_off_is_read_up_to_there() {
        let run = run("{\"testCaseStarted\": {\"id");
        assert_eq!(run.cases.len(), 3);
        assert_eq!(run.notes[0].text, "is cut off; what came after it is not known");
        let fault = read(b"{\"meta\": {}}\n{oops}\n{\"meta\": {}}").expect_err("a bad line");
        assert_eq!(fault.line, Some(2));
    }
}
