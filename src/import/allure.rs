//! A folder of Allure results, versions 2 and 3 (<https://allurereport.org/docs/how-it-works>).
//!
//! 1. Each `*-result.json` is one attempt at a case. Attempts of one case share a `historyId`, else
//!    `testCaseId` and parameters; they are put in the order of their beginning, whatever their files are called.
//! 2. Each `*-container.json` names the fixtures of results, or of other containers. A test that a failing set-up
//!    kept from running is an error.
//! 3. Attachments are named and never opened. Nothing else in the folder is read.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::json::{at, flag, list, parse, shown, text, whole};
use super::repeat::{Attempt, fold_known};
use super::tag::{Marks, is_key, key_of};
use super::{ForeignFile, Imported, ImportedCase, Note, Unreadable, instant, message, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

const RESULT: &str = "-result.json";
const CONTAINER: &str = "-container.json";

/// Whether a file of that name has to be read.
pub fn reads(name: &str) -> bool {
    name.ends_with(RESULT) || name.ends_with(CONTAINER)
}

/// What a folder says.
///
/// # Errors
///
/// [`Unreadable`] if there is no result that can be read. One that cannot be read among others is a note.
pub fn read(files: &[ForeignFile<'_>]) -> Result<Imported, Unreadable> {
    let mut notes = Vec::new();
    let results = values(files, RESULT, &mut notes)?;
    let containers = values(files, CONTAINER, &mut notes).unwrap_or_default();
    let fixtures = Fixtures::of(containers.iter().map(|(_, value)| value));
    let mut results: Vec<(&str, &Value)> = results.iter().map(|(name, value)| (*name, value)).collect();
    results.sort_by_key(|(name, result)| (whole(result, "start"), whole(result, "stop"), *name));
    notes.extend(unread_labels(&results));
    let cases = results.iter().map(|(file, result)| {
        let case = case(file, result, &fixtures, &mut notes);
        let marks = marks(result);
        notes.extend(marks.note(&case.name));
        Attempt::of(identity(result, &case), marks, case)
    });
    let folded = fold_known(cases.collect());
    notes.extend(folded.notes);
    let earliest = results.iter().filter_map(|(_, result)| whole(result, "start")).min();
    let latest = results.iter().filter_map(|(_, result)| whole(result, "stop")).max();
    Ok(Imported {
        started: earliest.and_then(instant::from_millis),
        ended: latest.and_then(instant::from_millis),
        cases: folded.cases,
        notes,
        missing: 0,
    })
}

/// The maps in the files that end with `ending`, by the names of the files.
fn values<'a>(
    files: &[ForeignFile<'a>],
    ending: &str,
    notes: &mut Vec<Note>,
) -> Result<Vec<(&'a str, Value)>, Unreadable> {
    let mut first_fault = None;
    let mut values = Vec::new();
    for file in files.iter().filter(|file| file.name.ends_with(ending)) {
        match parse(file.bytes).and_then(map_alone) {
            Ok(value) => values.push((file.name, value)),
            Err(fault) => {
                notes.push(note(file.name, fault.message.clone()));
                let message = format!("`{}`: {}", file.name, fault.message);
                first_fault.get_or_insert(Unreadable { message, ..fault });
            }
        }
    }
    if values.is_empty() {
        let none = format!("holds no `*{ending}`, which Allure results have");
        return Err(first_fault.unwrap_or_else(|| Unreadable::whole(none)));
    }
    Ok(values)
}

fn map_alone(value: Value) -> Result<Value, Unreadable> {
    let fault = || Unreadable::whole("is not a map, which an Allure result is");
    if value.is_object() { Ok(value) } else { Err(fault()) }
}

/// What tells the attempts at one case from those at others.
fn identity(result: &Value, case: &ImportedCase) -> [String; 3] {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match (text(result, "historyId"), text(result, "testCaseId")) {
        (Some(id), _) => ["historyId".to_owned(), id.to_owned(), String::new()],
        (None, Some(id)) => ["testCaseId".to_owned(), id.to_owned(), identifying(result).join("\n")],
        (None, None) => [owned(text(result, "fullName")), owned(case.suite.as_deref()), case.name.clone()],
    }
}

fn case(file: &str, result: &Value, fixtures: &Fixtures<'_>, notes: &mut Vec<Note>) -> ImportedCase {
    let name = text(result, "name").or_else(|| text(result, "fullName")).unwrap_or(file);
    let name = suite::with_parameters(name, &visible(result));
    let uuid = text(result, "uuid").unwrap_or_default();
    let broken = |kind| fixtures.of_result(uuid, kind).into_iter().filter(|fixture| has_failed(fixture));
    let set_up: Vec<&Value> = broken("befores").collect();
    let status = status(result, &set_up, &name, notes);
    let is_stopped = status == Status::Error && !has_failed(result);
    let messages = if is_stopped { &set_up[..] } else { &[result] };
    for fixture in broken("afters").chain(set_up.iter().copied().filter(|_| status == Status::Passed)) {
        notes
            .push(note(&name, format!("the fixture `{}` failed", text(fixture, "name").unwrap_or_default())));
    }
    for word in ["known", "muted", "flaky"].into_iter().filter(|word| flag(at(result, "statusDetails"), word))
    {
        notes.push(note(&name, format!("is marked as {word}, which has no place")));
    }
    let said = message::joined(messages.iter().flat_map(|told| said(told)));
    let is_left_out = matches!(status, Status::Skipped | Status::NotRun | Status::InProgress);
    ImportedCase {
        suite: suite_of(result),
        time: time(result),
        reason: said.clone().filter(|_| is_left_out),
        message: said.filter(|_| !is_left_out),
        attachments: attachments(&set_up, result),
        ..ImportedCase::of(name, status, text(result, "status").unwrap_or("unknown"))
    }
}

/// A result without a status, or with one that says nothing, broke off, unless its stage says more.
fn status(result: &Value, set_up: &[&Value], name: &str, notes: &mut Vec<Note>) -> Status {
    let told = text(result, "status").unwrap_or("unknown");
    match (told, text(result, "stage").unwrap_or_default()) {
        ("passed", _) => Status::Passed,
        ("failed", _) => Status::Failed,
        ("broken", _) => Status::Error,
        (_, _) if !set_up.is_empty() => Status::Error,
        ("skipped", _) => Status::Skipped,
        (_, "scheduled" | "pending") => Status::NotRun,
        (_, "running") => Status::InProgress,
        _ => {
            notes
                .push(note(name, format!("the status `{told}` has no counterpart and is taken as an error")));
            Status::Error
        }
    }
}

fn has_failed(told: &Value) -> bool {
    matches!(text(told, "status"), Some("failed" | "broken"))
}

fn said(told: &Value) -> Vec<&str> {
    let details = at(told, "statusDetails");
    ["message", "trace"].into_iter().filter_map(|key| text(details, key)).collect()
}

fn time(result: &Value) -> Option<Seconds> {
    let millis = whole(result, "stop")?.checked_sub(whole(result, "start")?)?;
    u64::try_from(millis).ok().map(|millis| Seconds(Duration::from_millis(millis).as_secs_f64()))
}

/// The parameters that tell cases apart.
fn parameters(result: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let all = list(result, "parameters").iter().filter(|parameter| !flag(parameter, "excluded"));
    all.map(|parameter| {
        (
            text(parameter, "name").unwrap_or_default(),
            text(parameter, "mode").unwrap_or_default(),
            at(parameter, "value"),
        )
    })
}

fn identifying(result: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        parameters(result).map(|(name, _, value)| format!("{name}: {}", shown(value))).collect();
    all.sort();
    all
}

/// The parameters as readers see them: what a test hides or masks stays so.
fn visible(result: &Value) -> Vec<String> {
    let visible = parameters(result).filter(|(_, mode, _)| *mode != "hidden");
    visible
        .map(|(name, mode, value)| match mode {
            "masked" => format!("{name}: ***"),
            _ => format!("{name}: {}", shown(value)),
        })
        .collect()
}

/// The values of the labels of that name.
fn labels<'a>(result: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    let named = list(result, "labels").iter().filter(move |label| text(label, "name") == Some(name));
    named.filter_map(|label| text(label, "value"))
}

/// The suites that are named; else the class.
fn suite_of(result: &Value) -> Option<String> {
    let suites =
        ["parentSuite", "suite", "subSuite"].into_iter().filter_map(|name| labels(result, name).next());
    suite::joined(suites).or_else(|| labels(result, "testClass").next().map(str::to_owned))
}

/// The id that a test-management system gave, links to it, and links to issues.
fn marks(result: &Value) -> Marks {
    let ids = ["AS_ID", "ALLURE_ID"].into_iter().flat_map(|name| labels(result, name));
    let ids = ids.map(|id| format!("id:{id}"));
    let links = list(result, "links").iter().filter_map(|link| match text(link, "type")? {
        "tms" | "test_case" => Some(format!("id:{}", key_of_link(link))),
        "issue" => Some(format!("issue:{}", key_of_link(link))),
        _ => None,
    });
    let tags = labels(result, "tag").map(str::to_owned);
    let all: Vec<String> = ids.chain(links).chain(tags).collect();
    Marks::of(all.iter().map(String::as_str))
}

/// The key that a link is called by, or else leads to.
fn key_of_link(link: &Value) -> &str {
    let name = text(link, "name").unwrap_or_default();
    let url = key_of(text(link, "url").unwrap_or_default());
    if is_key(name) || url.is_empty() { name } else { url }
}

/// The files of a case and of its steps, and of the set-ups that failed.
fn attachments(set_up: &[&Value], result: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for told in set_up.iter().copied().chain([result]) {
        collect(told, &mut found);
    }
    found
}

/// The depth is bounded by that of the JSON.
fn collect(told: &Value, found: &mut Vec<String>) {
    let sources = list(told, "attachments").iter().filter_map(|attachment| text(attachment, "source"));
    found.extend(sources.map(str::to_owned));
    for step in list(told, "steps") {
        collect(step, found);
    }
}

/// One note on the labels that have no place.
fn unread_labels(results: &[(&str, &Value)]) -> Option<Note> {
    const READ: [&str; 8] =
        ["parentSuite", "suite", "subSuite", "testClass", "AS_ID", "ALLURE_ID", "tag", "framework"];
    let all = results.iter().flat_map(|(_, result)| list(result, "labels"));
    let unread: BTreeSet<&str> =
        all.filter_map(|label| text(label, "name")).filter(|name| !READ.contains(name)).collect();
    let names: Vec<&str> = unread.into_iter().collect();
    (!names.is_empty()).then(|| note("labels", format!("these have no place: `{}`", names.join("`, `"))))
}

/// The containers that a result or another container lies in, by its uuid.
struct Fixtures<'a>(BTreeMap<&'a str, Vec<&'a Value>>);

impl<'a> Fixtures<'a> {
    fn of(containers: impl Iterator<Item = &'a Value>) -> Self {
        let mut around: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for container in containers {
            for child in list(container, "children").iter().filter_map(Value::as_str) {
                around.entry(child).or_default().push(container);
            }
        }
        Self(around)
    }

    /// The fixtures of that kind around the result `uuid`, the nearest ones first.
    fn of_result(&self, uuid: &'a str, kind: &str) -> Vec<&'a Value> {
        let (mut seen, mut waiting, mut found) = (BTreeSet::new(), vec![uuid], Vec::new());
        while let Some(uuid) = waiting.pop().filter(|uuid| !uuid.is_empty()) {
            // A container that lies in itself ends here.
            if !seen.insert(uuid) {
                continue;
            }
            for container in self.0.get(uuid).into_iter().flatten() {
                found.extend(list(container, kind));
                waiting.extend(text(container, "uuid"));
            }
        }
        found
    }
}

fn note(at: &str, text: String) -> Note {
    Note { at: at.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> Result<Imported, Unreadable> {
        let files: Vec<ForeignFile<'_>> =
            files.iter().map(|(name, text)| ForeignFile { name, bytes: text.as_bytes() }).collect();
        read(&files)
    }

    fn only(result: &str) -> (ImportedCase, Vec<Note>) {
        let run = folder(&[("1-result.json", result)]).expect("a result");
        assert_eq!(run.cases.len(), 1);
        (run.cases.into_iter().next().expect("a case"), run.notes)
    }

    #[test]
    fn a_result_is_a_case() {
        let (case, notes) = only(
            r#"{"uuid": "1", "historyId": "h", "name": "sum", "status": "failed",
                "statusDetails": {"message": "too low", "trace": "AssertionError: too low"},
                "start": 1790000000000, "stop": 1790000001500,
                "parameters": [{"name": "age", "value": 17}, {"name": "at", "value": "noon", "excluded": true},
                    {"name": "pin", "value": "1234", "mode": "masked"}, {"name": "x", "value": "y", "mode": "hidden"}],
                "labels": [{"name": "suite", "value": "Sums"}, {"name": "parentSuite", "value": "Payments"},
                    {"name": "AS_ID", "value": "142"}],
                "links": [{"type": "issue", "name": "too low", "url": "https://jira.example.ee/browse/D-317"}],
                "attachments": [{"name": "Page", "source": "a.html", "type": "text/html"}],
                "steps": [{"name": "s", "attachments": [{"source": "b.png"}],
                    "steps": [{"attachments": [{"source": "c.txt"}]}]}]}"#,
        );
        assert_eq!(case.id.as_deref(), Some("142"));
        assert_eq!(case.name, "sum [age: 17, pin: ***]");
        assert_eq!(case.suite.as_deref(), Some("Payments › Sums"));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Failed, "failed"));
        assert_eq!(case.time, Some(Seconds(1.5)));
        assert_eq!(case.message.as_deref(), Some("AssertionError: too low"));
        assert_eq!(case.attachments, ["a.html", "b.png", "c.txt"]);
        assert_eq!(case.defects, ["D-317"]);
        assert_eq!(notes, []);
    }

    #[test]
    fn every_status_has_a_counterpart() {
        for (told, status, raw) in [
            (r#""status": "passed""#, Status::Passed, "passed"),
            (r#""status": "broken""#, Status::Error, "broken"),
            (r#""status": "skipped""#, Status::Skipped, "skipped"),
            (r#""status": "unknown", "stage": "finished""#, Status::Error, "unknown"),
            (r#""stage": "scheduled""#, Status::NotRun, "unknown"),
            (r#""stage": "running""#, Status::InProgress, "unknown"),
            (r#""status": null"#, Status::Error, "unknown"),
        ] {
            let (case, _) = only(&format!(r#"{{"name": "sum", {told}}}"#));
            assert_eq!((case.status, case.raw_status.as_str()), (status, raw), "{told}");
        }
    }

    #[test]
    fn the_later_result_of_one_history_counts() {
        let result = |uuid: &str, status: &str, start: u32| {
            format!(
                r#"{{"uuid": "{uuid}", "historyId": "h", "name": "sum", "status": "{status}", "start": {start},
                    "statusDetails": {{"message": "at {start}"}}}}"#
            )
        };
        let run = folder(&[
            ("a-result.json", &result("a", "passed", 3000)),
            ("b-result.json", &result("b", "broken", 1000)),
            ("c-result.json", &result("c", "failed", 2000)),
        ]);
        let [case] = &run.expect("a folder").cases[..] else { panic!("one case") };
        assert_eq!(case.status, Status::Passed);
        assert_eq!(case.attempts, [Status::Error, Status::Failed, Status::Passed]);
    }

    #[test]
    fn what_has_other_histories_or_parameters_is_another_case() {
        for (one, other) in [
            (r#""historyId": "1""#, r#""historyId": "2""#),
            (
                r#""testCaseId": "1", "parameters": [{"name": "x", "value": "a", "mode": "hidden"}]"#,
                r#""testCaseId": "1", "parameters": [{"name": "x", "value": "b", "mode": "hidden"}]"#,
            ),
        ] {
            let result =
                |told: &str, status: &str| format!(r#"{{"name": "sum", "status": "{status}", {told}}}"#);
            let (one, other) = (result(one, "failed"), result(other, "passed"));
            let run = folder(&[("1-result.json", &one), ("2-result.json", &other)]).expect("a folder");
            let told: Vec<_> = run.cases.iter().map(|case| (case.name.as_str(), case.status)).collect();
            assert_eq!(told, [("sum", Status::Failed), ("sum (2)", Status::Passed)]);
        }
    }

    #[test]
    fn a_failing_set_up_breaks_what_it_kept_from_running() {
        let container = r#"{"uuid": "outer", "children": ["inner"],
            "befores": [{"name": "log in", "status": "broken", "statusDetails": {"message": "no server"},
                "attachments": [{"source": "server.log"}]}],
            "afters": [{"name": "log out", "status": "failed"}]}"#;
        let inner = r#"{"uuid": "inner", "children": ["1", "inner"]}"#;
        for (told, status, message) in [
            ("skipped", Status::Error, Some("no server")),
            ("passed", Status::Passed, None),
            ("failed", Status::Failed, Some("too low")),
        ] {
            let details = if told == "failed" { "too low" } else { "" };
            let result = format!(
                r#"{{"uuid": "1", "name": "sum", "status": "{told}", "statusDetails": {{"message": "{details}"}}}}"#
            );
            let run = folder(&[
                ("1-result.json", &result),
                ("o-container.json", container),
                ("i-container.json", inner),
            ]);
            let run = run.expect("a folder");
            let case = &run.cases[0];
            assert_eq!((case.status, case.message.as_deref()), (status, message), "{told}");
            assert_eq!(case.raw_status, told);
            assert_eq!(case.attachments, ["server.log"]);
            assert!(run.notes.iter().any(|note| note.text == "the fixture `log out` failed"));
        }
    }

    #[test]
    fn a_result_that_cannot_be_read_is_told() {
        let run = folder(&[
            ("1-result.json", r#"{"name": "sum", "status": "passed"}"#),
            ("2-result.json", "{"),
            ("probe.html", "<script>"),
        ]);
        let run = run.expect("a folder");
        assert_eq!(run.cases.len(), 1);
        assert_eq!(run.notes[0].at, "2-result.json");
        let fault = folder(&[("2-result.json", "[]")]).expect_err("no result");
        assert_eq!(fault.message, "`2-result.json`: is not a map, which an Allure result is");
        let fault = folder(&[("probe.html", "<script>")]).expect_err("no result");
        assert_eq!(fault.message, "holds no `*-result.json`, which Allure results have");
    }
}
