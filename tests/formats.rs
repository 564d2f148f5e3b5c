//! Holds the readers of foreign formats to what the tools say of their own files, and to reading anything
//! without a panic.
//!
//! Files of real tools lie in `shared/samples` beside the project's root or beside a folder around it. They are not part of the
//! project: where they are not there, the tests that need them say so and pass.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use juhend::import::format::{Format, Options};
use juhend::import::{ForeignFile, Imported, Unreadable};
use juhend::model::run::Status;
use proptest::prelude::*;
use serde_json::Value;

/// The folder of samples of that name.
fn samples(name: &str) -> Option<PathBuf> {
    let around = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = around.map(|folder| folder.join("shared/samples").join(name)).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("there are no samples of {name}");
    }
    found
}

/// Every file below `folder`, in the order of the names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder of samples") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn with_ending(name: &str, ending: &str) -> Vec<PathBuf> {
    let found = samples(name).map_or_else(Vec::new, |folder| files(&folder));
    found.into_iter().filter(|path| path.extension().is_some_and(|it| it == ending)).collect()
}

fn read(format: Format, bytes: &[u8]) -> Result<Imported, Unreadable> {
    // A folder of one file is what most files are to a format that is a folder.
    let name = if format.is_folder() { "1-result.json" } else { "results" };
    format.read(&[ForeignFile { name, bytes }], &Options::default())
}

fn counts(imported: &Imported) -> BTreeMap<Status, usize> {
    count(imported.cases.iter().map(|case| case.status))
}

fn count(statuses: impl Iterator<Item = Status>) -> BTreeMap<Status, usize> {
    let mut counts = BTreeMap::new();
    for status in statuses {
        *counts.entry(status).or_default() += 1;
    }
    counts
}

/// Counts as a summary has them, without those that are zero.
fn told(pairs: &[(Status, usize)]) -> BTreeMap<Status, usize> {
    pairs.iter().copied().filter(|(_, count)| *count > 0).collect()
}

fn has_note(imported: &Imported, at: &str) -> bool {
    imported.notes.iter().any(|note| note.at == at)
}

#[test]
fn ctrf_reports_count_as_their_summaries_do() {
    for path in with_ending("ctrf", "json") {
        let bytes = fs::read(&path).expect("a sample");
        let imported = read(Format::Ctrf, &bytes);
        if path.ends_with("ctrf.schema.json") {
            assert!(imported.is_err(), "a schema is no report");
            continue;
        }
        let imported = imported.unwrap_or_else(|fault| panic!("{}: {}", path.display(), fault.message));
        let report: Value = serde_json::from_slice(&bytes).expect("JSON");
        let number = |key: &str| {
            report["results"]["summary"][key]
                .as_u64()
                .and_then(|it| usize::try_from(it).ok())
                .unwrap_or_default()
        };
        let summary = told(&[
            (Status::Passed, number("passed")),
            (Status::Failed, number("failed")),
            (Status::Skipped, number("skipped")),
            (Status::NotRun, number("pending")),
            (Status::Error, number("other")),
        ]);
        let tests = report["results"]["tests"].as_array().expect("tests").len();
        assert_eq!(imported.cases.len(), tests, "{}", path.display());
        if path.to_string_lossy().contains("slack-test-reporter") {
            // Its summary was written by hand: ten tests, two of them failed, where the list has eleven and three.
            assert!(has_note(&imported, "summary"));
        } else {
            assert_eq!(counts(&imported), summary, "{}", path.display());
            assert!(!has_note(&imported, "summary"), "{}", path.display());
        }
    }
}

/// The value of an attribute of the line that holds `All Tests`, which every version writes in one line.
fn total(text: &str, name: &str) -> usize {
    let line = text.lines().find(|line| line.contains(">All Tests</stat>")).unwrap_or_default();
    let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.map_or(0, |number| number.parse().expect("a number"))
}

#[test]
fn robot_outputs_count_as_their_statistics_do() {
    for path in with_ending("robot", "xml") {
        let text = fs::read_to_string(&path).expect("a sample");
        let imported = read(Format::Robot, text.as_bytes())
            .unwrap_or_else(|fault| panic!("{}: {}", path.display(), fault.message));
        assert_eq!(imported.cases.len(), text.matches("<test ").count(), "{}", path.display());
        let statistics = told(&[
            (Status::Passed, total(&text, "pass")),
            (Status::Failed, total(&text, "fail")),
            (Status::Skipped, total(&text, "skip")),
        ]);
        if path.ends_with("suite_teardown_failed.xml") {
            // A third test was added by hand and the statistics stayed. All fail with the tear-down of their suite.
            assert_eq!(counts(&imported), told(&[(Status::Failed, 3)]));
            assert!(has_note(&imported, "statistics"));
        } else {
            assert_eq!(counts(&imported), statistics, "{}", path.display());
            assert!(!has_note(&imported, "statistics"), "{}", path.display());
        }
        assert!(imported.started.is_some() && imported.ended.is_some(), "{}", path.display());
        assert_eq!(has_note(&imported, "keywords"), path.ends_with("dryrun.xml"), "{}", path.display());
    }
}

#[test]
fn allure_results_count_as_the_last_of_each_history() {
    let Some(folder) = samples("allure") else { return };
    let all: Vec<(String, Vec<u8>)> = files(&folder)
        .into_iter()
        .map(|path| {
            (
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                fs::read(path).expect("a sample"),
            )
        })
        .collect();
    let given: Vec<ForeignFile<'_>> = all.iter().map(|(name, bytes)| ForeignFile { name, bytes }).collect();
    let imported = Format::Allure.read(&given, &Options::default()).expect("a folder");

    // By hand: of each history the result that began last; results without one stand alone.
    let mut last: HashMap<String, (i64, String)> = HashMap::new();
    for (name, bytes) in all.iter().filter(|(name, _)| name.ends_with("-result.json")) {
        let result: Value = serde_json::from_slice(bytes).expect("JSON");
        let history = result["historyId"].as_str().map_or_else(|| name.clone(), str::to_owned);
        let end = (
            result["start"].as_i64().expect("a start"),
            result["status"].as_str().expect("a status").to_owned(),
        );
        let kept = last.entry(history).or_insert_with(|| end.clone());
        *kept = end.max(kept.clone());
    }
    let wanted = count(last.values().map(|(_, status)| match status.as_str() {
        "passed" => Status::Passed,
        "failed" => Status::Failed,
        "skipped" => Status::Skipped,
        // `unknown` has no counterpart, and is no success.
        _ => Status::Error,
    }));
    assert_eq!(counts(&imported), wanted);
    assert_eq!(imported.cases.len(), last.len());
    let attempts: usize = imported.cases.iter().map(|case| case.attempts.len().max(1)).sum();
    assert_eq!(attempts, all.iter().filter(|(name, _)| name.ends_with("-result.json")).count());
    // The live probe is named like any other attachment.
    assert!(
        imported
            .cases
            .iter()
            .any(|case| case.attachments.iter().any(|file| file.ends_with("xss-probe.html")))
    );
}

#[test]
fn every_sample_is_read_as_every_format_without_a_panic() {
    let Some(folder) = samples("") else { return };
    for path in files(&folder) {
        let bytes = fs::read(&path).expect("a sample");
        for format in Format::ALL {
            assert_eq!(read(*format, &bytes), read(*format, &bytes), "{} {}", format.name(), path.display());
        }
    }
}

/// A small file of each format.
const SMALL: &[(Format, &str)] = &[
    (
        Format::Allure,
        r#"{"uuid": "1", "historyId": "h", "name": "sum", "status": "failed", "stage": "finished", "start": 1790000000000,
            "stop": 1790000001500, "statusDetails": {"message": "too low", "trace": "at x", "flaky": true},
            "parameters": [{"name": "age", "value": "17", "mode": "masked"}], "labels": [{"name": "suite", "value": "Sums"}],
            "links": [{"type": "issue", "url": "https://jira.example.ee/browse/D-317"}],
            "steps": [{"name": "s", "attachments": [{"source": "a.png"}]}]}"#,
    ),
    (
        Format::Csv,
        "\u{feff}Testjuhu ID;Testjuht;Tulemus;Kestus;Märkus;Viga;Kuupäev\r\nBEN-1;\"Summa; \"\"õige\"\"\";Läbis;12,5;;;12.10.2026 9:30\r\nBEN-2;Kiri;ebaõnnestus;00:01:30;vale;D-317;\r\n",
    ),
    (
        Format::Ctrf,
        r#"{"reportFormat": "CTRF", "results": {"tool": {"name": "x"}, "summary": {"tests": 2, "start": 1790000000000,
            "stop": 1790000060000}, "tests": [{"name": "sum", "status": "passed", "duration": 9, "retries": 1, "flaky": true,
            "suite": ["a", "b"], "parameters": {"age": 17}, "tags": ["BEN-142"], "retryAttempts": [{"attempt": 1, "status":
            "failed", "message": "\u001b[31mlow"}]}, {"name": "letter", "status": "other", "rawStatus": "odd"}]}}"#,
    ),
    (
        Format::Cucumber,
        r#"[{"uri": "a.feature", "keyword": "Feature", "name": "Sums", "tags": [{"name": "@x"}], "elements": [
            {"type": "background", "steps": [{"name": "a", "result": {"status": "passed", "duration": 5}}]},
            {"type": "scenario", "name": "sum", "line": 5, "start_timestamp": "2026-10-12T06:00:00Z", "steps": [{"name": "b",
             "result": {"status": "undefined"}, "embeddings": [{"data": "AA"}]}]}]}]"#,
    ),
    (
        Format::Cucumber,
        r#"{"gherkinDocument": {"uri": "a", "feature": {"name": "F", "children": [{"scenario": {"id": "s", "name": "n", "examples": [{"tableHeader": {"cells": [{"value": "x"}]}, "tableBody": [{"id": "r", "cells": [{"value": "1"}]}]}]}}]}}}
{"pickle": {"id": "p", "uri": "a", "name": "n", "astNodeIds": ["s", "r"], "tags": [{"name": "@BEN-1"}], "steps": [{"id": "x", "text": "t"}]}}
{"testCase": {"id": "c", "pickleId": "p", "testSteps": [{"id": "y", "pickleStepId": "x"}]}}
{"testCaseStarted": {"id": "a", "testCaseId": "c", "timestamp": {"seconds": 1790000000, "nanos": 5}}}
{"testStepFinished": {"testCaseStartedId": "a", "testStepId": "y", "testStepResult": {"status": "FAILED", "message": "low"}}}
{"testCaseFinished": {"testCaseStartedId": "a", "timestamp": {"seconds": 1790000001, "nanos": 5}}}
"#,
    ),
    (
        Format::Json,
        r#"{"schema": 1, "run": {"started": "2026-10-12T09:00:00+03:00", "counts": {"planned": 3}, "cases": [{"id": "BEN-1",
            "title": "sum", "status": "failed", "time_ms": 5, "attempts": ["error", "failed"], "triage": "data", "defects":
            ["D-317"], "message": "low"}, {"title": "õun", "status": "odd"}]}}"#,
    ),
    (
        Format::Junit,
        r#"<testsuites><testsuite name="Sums" tests="2" failures="1" timestamp="2026-10-12T09:00:00"><testcase name="sum" classname="a" time="1.5">
            <failure message="too low">at x</failure></testcase><testcase name="letter" classname="a"/></testsuite></testsuites>"#,
    ),
    (
        Format::Playwright,
        r#"{"config": {}, "suites": [{"title": "a.ts", "suites": [{"title": "b", "specs": [{"id": "1", "title": "sum",
            "tags": ["x"], "tests": [{"projectName": "chromium", "expectedStatus": "failed", "status": "flaky", "annotations":
            [{"type": "issue", "description": "D-1"}], "results": [{"retry": 0, "status": "timedOut", "duration": 5.5,
            "errors": [{"message": "m", "stack": "s"}], "attachments": [{"path": "a.png"}]}, {"retry": 1, "status": "failed"}]}]}]}]}],
            "stats": {"startTime": "2026-10-12T06:00:00.500Z", "duration": 5.5, "expected": 1}}"#,
    ),
    (
        Format::Robot,
        r#"<?xml version="1.0" encoding="UTF-8"?><robot generator="Robot 7"><suite name="a"><suite name="b"><test name="sum">
            <kw name="k" type="TEARDOWN"><msg level="FAIL" html="true">*HTML* &lt;img src="a.png"&gt;</msg></kw><tag>BEN-1</tag>
            <status status="FAIL" start="2026-10-12T09:00:00.5" elapsed="1.5">*HTML* &lt;b&gt;õun</status></test>
            <test name="old"><tags><tag>x</tag></tags><status status="PASS" starttime="20261012 09:00:00.123" endtime="20261012 09:00:01.123"/></test>
            <kw type="teardown"><status status="FAIL">no</status></kw></suite></suite><statistics><total>
            <stat pass="1" fail="1">All Tests</stat></total></statistics><errors><msg level="ERROR">x</msg></errors></robot>"#,
    ),
    (
        Format::Tap,
        "TAP version 14\n1..4\nok 1 - sum # time=5ms\n# Subtest: õun\n    not ok 1 - a\n      ---\n      b: c\n      ...\n    1..1\nnot ok 2 - õun\nok 3 - x {\n    1..0 # SKIP no\n}\nnot ok 4 - d # TODO e\nBail out! f\n",
    ),
];

#[test]
fn every_format_has_a_small_file_here() {
    for format in Format::ALL {
        let of_format: Vec<&str> =
            SMALL.iter().filter(|(of, _)| of == format).map(|(_, text)| *text).collect();
        assert!(!of_format.is_empty(), "{}", format.name());
        for text in of_format {
            let imported = read(*format, text.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}"));
            assert!(!imported.cases.is_empty(), "{}", format.name());
        }
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_or_refused() {
    for (format, text) in SMALL {
        for end in 0..text.len() {
            let _ = read(*format, &text.as_bytes()[..end]);
        }
    }
}

#[test]
fn nesting_without_end_is_read_or_refused() {
    const DEEP: usize = 50_000;
    for text in [
        "[".repeat(DEEP),
        "{\"suites\": [".repeat(DEEP),
        format!("{}{}", "{\"suites\": [".repeat(DEEP), "]}".repeat(DEEP)),
        "<suite>".repeat(DEEP),
        format!("<robot>{}{}</robot>", "<suite>".repeat(DEEP), "</suite>".repeat(DEEP)),
        (0..2000).map(|depth| format!("{}ok 1\n", "    ".repeat(depth))).collect(),
        "ok 1 - a {\n".repeat(DEEP),
        "\"".repeat(DEEP),
    ] {
        for format in Format::ALL {
            let _ = read(*format, text.as_bytes());
        }
    }
}

#[test]
fn large_fields_are_kept_whole() {
    let long = "x".repeat(5_000_000);
    let report =
        format!(r#"{{"results": {{"tests": [{{"name": "a", "status": "failed", "message": "{long}"}}]}}}}"#);
    let imported = read(Format::Ctrf, report.as_bytes()).expect("a report");
    assert_eq!(imported.cases[0].message.as_deref().map(str::len), Some(long.len()));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in Format::ALL {
            let _ = read(*format, &bytes);
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        which in 0..SMALL.len(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        paste in any::<prop::sample::Index>(),
    ) {
        let (format, text) = SMALL[which];
        let mut bytes = text.as_bytes().to_vec();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        // A piece of the file stands once more in another place.
        let (cut, paste) = (cut.index(bytes.len()), paste.index(bytes.len()));
        let piece: Vec<u8> = bytes[cut..].iter().copied().take(60).collect();
        bytes.splice(paste..paste, piece);
        prop_assert_eq!(read(format, &bytes), read(format, &bytes));
    }

    #[test]
    fn lines_of_tap_in_any_order_are_read_or_refused(
        lines in proptest::collection::vec((0..4_usize, prop::sample::select(vec![
            "ok", "ok 1 - a", "not ok 2 - b {", "}", "1..3", "1..0 # SKIP", "# Subtest: c", "# d", "---", "...",
            "Bail out!", "e: f", "TAP version 14", "not ok 9 # TODO g",
        ])), 0..30),
    ) {
        let text: String = lines.iter().map(|(depth, line)| format!("{}{line}\n", "    ".repeat(*depth))).collect();
        if let Ok(imported) = read(Format::Tap, text.as_bytes()) {
            let points = lines.iter().filter(|(_, line)| line.starts_with("ok") || line.starts_with("not ok")).count();
            let found = imported.cases.iter().filter(|case| case.status != Status::NotRun).count();
            prop_assert!(found <= points, "{found} cases of {points} test points");
        }
    }
}
