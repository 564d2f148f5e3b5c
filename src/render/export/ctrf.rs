//! CTRF, the Common Test Report Format (ctrf.io, 1.0): what its five statuses cannot tell stands in
//! `rawStatus` and `extra`.

use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::epoch_millis;
use super::run::{Case, RunExport};
use crate::model::run::Status;

/// The version of the format.
const VERSION: &str = "1.0.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(rename = "reportFormat")]
    format: &'static str,
    spec_version: &'static str,
    generated_by: String,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Results<'a> {
    tool: Tool,
    summary: Summary,
    tests: Vec<Test<'a>>,
    environment: Environment<'a>,
    extra: Value,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, Default)]
struct Summary {
    tests: usize,
    passed: usize,
    failed: usize,
    skipped: usize,
    pending: usize,
    other: usize,
    flaky: usize,
    start: i64,
    stop: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Test<'a> {
    #[serde(rename = "testId", skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    status: &'static str,
    duration: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suite: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retries: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    retry_attempts: Vec<Attempt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flaky: Option<bool>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extra: Map<String, Value>,
}

#[derive(Serialize)]
struct Attempt {
    attempt: usize,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Environment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    build_name: Option<&'a str>,
    test_environment: &'a str,
}

/// The run as a CTRF report; `zone` is that of its local times.
pub fn run(export: &RunExport<'_>, zone: &TimeZone) -> String {
    let summary = &export.summary;
    let report = Report {
        format: "CTRF",
        spec_version: VERSION,
        generated_by: concat!("juhend ", env!("CARGO_PKG_VERSION")).to_owned(),
        results: Results {
            tool: Tool { name: "juhend", version: env!("CARGO_PKG_VERSION") },
            summary: summed(export, zone),
            tests: export.cases.iter().map(test).collect(),
            environment: Environment { build_name: summary.build, test_environment: summary.environment },
            // All planned cases; those that have no name are in no list of tests.
            extra: json!({"run": summary.id, "release": summary.release, "counts": summary.counts,
                          "running": summary.ended.is_none()}),
        },
    };
    serde_json::to_string(&report).map(|text| text + "\n").unwrap_or_default()
}

/// The sums of the tests that are listed. Of a run that is under way the format wants an end all the
/// same: it is the beginning, and `extra.running` says so.
fn summed(export: &RunExport<'_>, zone: &TimeZone) -> Summary {
    let start = epoch_millis(&export.run.started, zone);
    let stop = export.run.ended.as_ref().map_or(start, |ended| epoch_millis(ended, zone));
    let mut summary = Summary { tests: export.cases.len(), start, stop, ..Summary::default() };
    for case in &export.cases {
        summary.flaky += usize::from(case.is_flaky());
        *match status(case.status) {
            "passed" => &mut summary.passed,
            "failed" => &mut summary.failed,
            "skipped" => &mut summary.skipped,
            "pending" => &mut summary.pending,
            _ => &mut summary.other,
        } += 1;
    }
    summary
}

/// The status as the format has it.
fn status(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::Failed | Status::Error => "failed",
        Status::Skipped => "skipped",
        Status::InProgress | Status::NotRun => "pending",
        Status::Blocked => "other",
    }
}

/// The status in the portal's word, where the format's says less.
fn exact(exact: Status) -> Option<&'static str> {
    (exact.word() != status(exact)).then(|| exact.word())
}

fn test<'a>(case: &'a Case<'a>) -> Test<'a> {
    Test {
        id: case.id,
        name: case.name(),
        status: status(case.status),
        duration: case.time_ms.unwrap_or_default(),
        suite: case.suite.map_or_else(Vec::new, |suite| suite.split(" › ").collect()),
        message: case.message.or(case.reason),
        raw_status: exact(case.status).or(case.raw_status),
        retries: (!case.attempts.is_empty()).then(|| case.attempts.len() - 1),
        retry_attempts: case
            .attempts
            .iter()
            .enumerate()
            .map(|(at, attempt)| Attempt { attempt: at + 1, status: status(*attempt) })
            .collect(),
        flaky: case.is_flaky().then_some(true),
        extra: extra(case),
    }
}

/// What the format has no field for.
fn extra(case: &Case<'_>) -> Map<String, Value> {
    let texts = [
        // Beside another tool's word the format's own status says too little.
        ("status", case.raw_status.and(Some(case.status.word()))),
        ("raw_status", case.raw_status.filter(|_| exact(case.status).is_some())),
        ("triage", case.triage),
        ("reason", case.reason),
        ("blocked_by", case.blocked_by),
        ("note", case.note),
    ];
    let mut extra: Map<String, Value> =
        texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), json!(text?)))).collect();
    if case.attempts.iter().any(|attempt| exact(*attempt).is_some()) {
        let words: Vec<&str> = case.attempts.iter().map(|attempt| attempt.word()).collect();
        extra.insert("attempts".to_owned(), json!(words));
    }
    let lists = [("defects", &case.defects), ("attachments", &case.attachments)];
    let filled = lists.into_iter().filter(|(_, list)| !list.is_empty());
    extra.extend(filled.map(|(key, list)| (key.to_owned(), json!(list))));
    if case.time_ms.is_none() {
        // The format wants a duration; nobody is to take this 0 for a measurement.
        extra.insert("duration_unknown".to_owned(), json!(true));
    }
    extra
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    const RUN: &str = "release: r\nenvironment: e\nstarted: 2026-10-12T09:00\nresults:\n\
        - {case: A-1, suite: Outer › Inner, status: passed, time: 1.5, attempts: [failed, passed]}\n\
        - {title: Second, status: error, raw_status: BROKEN, message: Out of memory, defects: [D-1], triage: environment}\n\
        - {case: A-3, status: blocked, reason: No stub, blocked_by: T-1}\n\
        - {case: A-4, status: not_run}\n- {case: A-5, status: skipped}\n- {case: A-6, status: in_progress}";

    fn report() -> Value {
        let site = tree(&[("runs/a.yaml", RUN)]);
        let run = site.runs.get("a").expect("the run");
        serde_json::from_str(&super::run(&RunExport::of(&site, run, "en"), &site.zone)).expect("JSON")
    }

    /// The keys that the schema of CTRF 1.0 requires and allows, and the sums that it asks for.
    #[test]
    fn a_report_has_the_shape_of_the_format() {
        let report = report();
        assert_eq!((&report["reportFormat"], &report["specVersion"]), (&json!("CTRF"), &json!("1.0.0")));
        let results = report["results"].as_object().expect("results");
        assert!(["tool", "summary", "tests"].iter().all(|key| results.contains_key(*key)));
        assert_eq!(
            results["summary"],
            json!({"tests": 6, "passed": 1, "failed": 1, "skipped": 1, "pending": 2, "other": 1, "flaky": 1,
                   "start": 1_791_784_800_000_i64, "stop": 1_791_784_800_000_i64})
        );
        let allowed = [
            "testId",
            "name",
            "status",
            "duration",
            "suite",
            "message",
            "rawStatus",
            "retries",
            "retryAttempts",
            "flaky",
            "extra",
        ];
        for test in results["tests"].as_array().expect("tests") {
            let test = test.as_object().expect("a test");
            assert!(test.keys().all(|key| allowed.contains(&key.as_str())), "{test:?}");
            assert!(test["name"].is_string() && test["duration"].is_u64());
            assert!(
                ["passed", "failed", "skipped", "pending", "other"]
                    .iter()
                    .any(|word| test["status"] == *word)
            );
        }
    }

    #[test]
    fn nothing_is_lost_to_fewer_statuses() {
        let report = report();
        let tests = report["results"]["tests"].as_array().expect("tests");
        let named = |name: &str| tests.iter().find(|test| test["name"] == name).expect("the test");
        assert_eq!(
            *named("Second"),
            json!({"name": "Second", "status": "failed", "duration": 0, "message": "Out of memory", "rawStatus": "error",
                   "extra": {"status": "error", "raw_status": "BROKEN", "triage": "environment", "defects": ["D-1"], "duration_unknown": true}})
        );
        assert_eq!(
            *named("A-1"),
            json!({"testId": "A-1", "name": "A-1", "status": "passed", "duration": 1500, "suite": ["Outer", "Inner"],
                   "retries": 1, "retryAttempts": [{"attempt": 1, "status": "failed"}, {"attempt": 2, "status": "passed"}],
                   "flaky": true})
        );
        assert_eq!(named("A-3")["rawStatus"], "blocked");
        assert_eq!(named("A-3")["extra"]["blocked_by"], "T-1");
    }
}
