//! The JSON report: a list of features, each with its scenarios and their steps.
//!
//! 1. A background stands as an element before the scenario that it belongs to; what comes of it comes of the
//!    scenario.
//! 2. The rows of an outline are scenarios of one name; their lines tell them apart. One line twice is a scenario
//!    that was tried again.
//! 3. Durations are nanoseconds; in reports of Behave, which have `location` where others have `line`, seconds.

use serde_json::Value;

use super::{Outcome, conclude};
use crate::import::json::{at, list, number, parse, text, whole};
use crate::import::repeat::{Attempt, fold_known};
use crate::import::tag::Marks;
use crate::import::{Imported, ImportedCase, Note, Unreadable, instant, suite};
use crate::record::time::Seconds;

pub(super) fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let report = parse(bytes)?;
    let features = report.as_array().map_or(&[][..], Vec::as_slice);
    if let Some(other) = features.iter().find(|feature| !is_feature(feature)) {
        let kind = if other.is_object() { "has no `elements`" } else { "is not a map" };
        return Err(Unreadable::whole(format!(
            "holds something that {kind}, which a feature in a Cucumber report is or has"
        )));
    }
    let mut run = Told::default();
    for feature in features {
        run.feature(feature);
    }
    Ok(run.imported())
}

/// A feature without scenarios may have no list of them.
fn is_feature(value: &Value) -> bool {
    value.is_object() && (at(value, "elements").is_array() || text(value, "keyword").is_some())
}

/// What the features before told.
#[derive(Default)]
struct Told {
    attempts: Vec<Attempt<(String, String)>>,
    notes: Vec<Note>,
    started: Option<String>,
    ended: Option<i64>,
    /// How many attachments are in the report itself.
    inside: usize,
}

impl Told {
    fn feature(&mut self, feature: &Value) {
        let mut backgrounds = Vec::new();
        for element in list(feature, "elements") {
            if text(element, "type") == Some("background") {
                backgrounds.push(element);
            } else {
                self.scenario(feature, &backgrounds, element);
                backgrounds.clear();
            }
        }
    }

    fn scenario(&mut self, feature: &Value, backgrounds: &[&Value], scenario: &Value) {
        let parts: Vec<&Value> = backgrounds.iter().copied().chain([scenario]).flat_map(parts).collect();
        let line = line(scenario);
        let name = text(scenario, "name").map_or_else(|| format!("scenario at {line}"), str::to_owned);
        let outcomes: Vec<Outcome<'_>> = parts.iter().map(|part| outcome(part)).collect();
        let time = time(feature, &parts);
        self.note_time(scenario, time);
        self.inside += parts.iter().map(|part| list(part, "embeddings").len()).sum::<usize>();
        let marks = marks(feature, scenario);
        self.notes.extend(marks.note(&name));
        let suite = text(feature, "name").or_else(|| text(feature, "uri"));
        let case = ImportedCase { suite: suite::joined(suite), time, ..conclude(name, &outcomes) };
        let file = text(feature, "uri").or_else(|| text(feature, "id")).unwrap_or_default();
        // Without a line the name has to do.
        let place = if line.is_empty() { case.name.clone() } else { line };
        self.attempts.push(Attempt::of((file.to_owned(), place), marks, case));
    }

    fn note_time(&mut self, scenario: &Value, time: Option<Seconds>) {
        let Some(start) = text(scenario, "start_timestamp").and_then(|at| Some((at, instant::millis(at)?)))
        else {
            return;
        };
        let earliest = self.started.as_deref().and_then(instant::order);
        if earliest.is_none_or(|earliest| start.1 < earliest) {
            self.started = instant::from_text(start.0);
        }
        let millis = time.map_or(0, |time| i64::try_from(time.millis()).unwrap_or_default());
        self.ended = self.ended.max(Some(start.1.saturating_add(millis)));
    }

    fn imported(self) -> Imported {
        let folded = fold_known(self.attempts);
        let mut notes = self.notes;
        if self.inside > 0 {
            let text = format!("left out, as they are inside the report: {}", self.inside);
            notes.push(Note { at: "embeddings".to_owned(), text });
        }
        notes.extend(folded.notes);
        let ended = self.ended.and_then(instant::from_millis);
        Imported { started: self.started, ended, cases: folded.cases, missing: 0, notes }
    }
}

/// Everything of an element that has a result, in the order in which it ran.
fn parts(element: &Value) -> Vec<&Value> {
    let mut parts: Vec<&Value> = list(element, "before").iter().collect();
    for step in list(element, "steps") {
        parts.extend(list(step, "before"));
        parts.push(step);
        parts.extend(list(step, "after"));
    }
    parts.extend(list(element, "after"));
    parts
}

/// A step without a result, as Behave has it, was not reached.
fn outcome(part: &Value) -> Outcome<'_> {
    let result = at(part, "result");
    let lines: Vec<&str> = list(result, "error_message").iter().filter_map(Value::as_str).collect();
    let said = text(result, "error_message").map(str::to_owned).or_else(|| Some(lines.join("\n")));
    Outcome {
        word: text(result, "status").unwrap_or("skipped").to_lowercase(),
        step: text(part, "name").unwrap_or_default(),
        said: said.filter(|said| !said.is_empty()),
    }
}

/// `line 12`, or what Behave calls its location.
fn line(scenario: &Value) -> String {
    let line = whole(scenario, "line").map(|line| format!("line {line}"));
    line.or_else(|| text(scenario, "location").map(str::to_owned)).unwrap_or_default()
}

fn time(feature: &Value, parts: &[&Value]) -> Option<Seconds> {
    let unit = if text(feature, "location").is_some() { 1.0 } else { 1e-9 };
    let durations: Vec<f64> =
        parts.iter().filter_map(|part| number(at(part, "result"), "duration")).collect();
    let sum = durations.iter().sum::<f64>() * unit;
    (!durations.is_empty() && sum >= 0.0).then_some(Seconds(sum))
}

/// Tags of a scenario; those of its feature say nothing of one scenario.
fn marks(feature: &Value, scenario: &Value) -> Marks {
    let of_feature: Vec<&str> = tags(feature).collect();
    Marks::of(tags(scenario).filter(|tag| !of_feature.contains(tag)))
}

/// Tags are maps with a name, or names alone.
fn tags(value: &Value) -> impl Iterator<Item = &str> {
    list(value, "tags").iter().filter_map(|tag| text(tag, "name").or_else(|| tag.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::run::Status;

    fn report(elements: &str) -> Imported {
        let text = format!(
            r#"[{{"uri": "sums.feature", "id": "sums", "keyword": "Feature", "name": "Sums", "line": 2,
                 "tags": [{{"name": "@BEN-2210"}}], "elements": [{elements}]}}]"#
        );
        read(text.as_bytes()).expect("a report")
    }

    fn told(run: &Imported) -> Vec<(&str, Status)> {
        run.cases.iter().map(|case| (case.name.as_str(), case.status)).collect()
    }

    #[test]
    fn a_scenario_is_a_case() {
        let run = report(
            r#"{"type": "scenario", "keyword": "Scenario", "name": "Child part", "line": 5,
                "start_timestamp": "2026-10-12T06:00:00.250Z",
                "tags": [{"name": "@BEN-2210"}, {"name": "@BEN-142"}, {"name": "@bug:D-317"}],
                "before": [{"result": {"status": "passed", "duration": 500000000}}],
                "steps": [
                    {"name": "a child", "result": {"status": "passed", "duration": 1000000000}},
                    {"name": "the sum is right", "embeddings": [{"mime_type": "image/png", "data": "AAAA"}],
                     "result": {"status": "failed", "duration": 1500000000, "error_message": "too low\n\tat Sum.java:3"}},
                    {"name": "a letter", "result": {"status": "skipped"}}]}"#,
        );
        let case = &run.cases[0];
        assert_eq!(case.id.as_deref(), Some("BEN-142"));
        assert_eq!((case.name.as_str(), case.suite.as_deref()), ("Child part", Some("Sums")));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Failed, "failed"));
        assert_eq!(case.time, Some(Seconds(3.0)));
        assert_eq!(case.message.as_deref(), Some("too low\n\tat Sum.java:3"));
        assert_eq!(case.defects, ["D-317"]);
        assert_eq!(run.started.as_deref(), Some("2026-10-12T06:00:00Z"));
        assert_eq!(run.ended.as_deref(), Some("2026-10-12T06:00:03Z"));
        assert_eq!(run.notes[0].text, "left out, as they are inside the report: 1");
    }

    #[test]
    fn a_background_belongs_to_the_scenario_after_it() {
        let background = |status| {
            format!(
                r#"{{"type": "background", "steps": [{{"name": "log in", "result": {{"status": "{status}"}}}}]}}"#
            )
        };
        let scenario = |name, line| {
            format!(
                r#"{{"type": "scenario", "name": "{name}", "line": {line},
                    "steps": [{{"name": "x", "result": {{"status": "passed"}}}}]}}"#
            )
        };
        let run = report(
            &[background("failed"), scenario("sum", 5), background("passed"), scenario("letter", 9)]
                .join(","),
        );
        assert_eq!(told(&run), [("sum", Status::Failed), ("letter", Status::Passed)]);
        assert_eq!(run.cases[0].message.as_deref(), Some("failed: log in"));
    }

    #[test]
    fn rows_are_cases_and_the_same_line_is_an_attempt() {
        let row = |line, status| {
            format!(
                r#"{{"type": "scenario", "keyword": "Scenario Outline", "name": "sum", "line": {line},
                    "steps": [{{"name": "x", "result": {{"status": "{status}"}}}}]}}"#
            )
        };
        let run = report(&[row(12, "failed"), row(13, "passed"), row(12, "passed")].join(","));
        assert_eq!(told(&run), [("sum", Status::Passed), ("sum (2)", Status::Passed)]);
        assert_eq!(run.cases[0].attempts, [Status::Failed, Status::Passed]);
    }

    #[test]
    fn hooks_count_as_steps() {
        let run = report(
            r#"{"type": "scenario", "name": "sum", "line": 5,
                "before": [{"result": {"status": "failed", "error_message": "no server"}}],
                "steps": [{"name": "x", "result": {"status": "skipped"}}]},
               {"type": "scenario", "name": "letter", "line": 9,
                "steps": [{"name": "x", "result": {"status": "passed"},
                    "after": [{"result": {"status": "failed", "error_message": "no log"}}]}]}"#,
        );
        let told: Vec<_> = run.cases.iter().map(|case| (case.status, case.message.as_deref())).collect();
        assert_eq!(told, [(Status::Failed, Some("no server")), (Status::Failed, Some("no log"))]);
    }

    #[test]
    fn behave_counts_seconds() {
        let run = read(
            br#"[{"keyword": "Feature", "name": "Sums", "location": "sums.feature:1", "status": "failed", "elements": [
                {"type": "scenario", "name": "sum", "location": "sums.feature:3", "tags": ["BEN-142"], "steps": [
                    {"name": "x", "result": {"status": "failed", "duration": 1.5, "error_message": ["a", "b"]}},
                    {"name": "y"}]}]}]"#,
        );
        let case = &run.expect("a report").cases[0];
        assert_eq!(case.time, Some(Seconds(1.5)));
        assert_eq!(case.message.as_deref(), Some("a\nb"));
        assert_eq!(case.id.as_deref(), Some("BEN-142"));
    }

    #[test]
    fn an_empty_report_has_no_cases() {
        assert_eq!(read(b"[]"), Ok(Imported::default()));
    }
}
