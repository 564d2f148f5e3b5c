//! The portal's own JSON of a run, as `juhend export` writes it and a portal publishes it beside the run.
//!
//! It says of a case what a run file can say, so nothing of the cases is lost. What holds for the run as a whole goes
//! into the head of the run file and is asked of whoever imports.

use serde_json::Value;

use super::json::{at, list, number, parse, text, whole};
use super::{Imported, ImportedCase, Note, Unreadable, own};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// The shape that is read; it grows when a field changes its meaning.
const SCHEMA: i64 = 1;

/// What a file says.
///
/// # Errors
/// [`Unreadable`] if it is not JSON, is of another shape, or holds no cases.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let file = parse(bytes)?;
    let run = at(&file, "run");
    if !at(run, "cases").is_array() {
        return Err(Unreadable::whole("has no `run.cases`, which `juhend export --format json` writes"));
    }
    if let Some(schema) = whole(&file, "schema").filter(|schema| *schema != SCHEMA) {
        return Err(Unreadable::whole(format!("has the schema {schema}; what is read is {SCHEMA}")));
    }
    let mut notes = Vec::new();
    let tests = list(run, "cases");
    let cases: Vec<ImportedCase> =
        tests.iter().enumerate().map(|(index, told)| case(index, told, &mut notes)).collect();
    let planned = whole(at(run, "counts"), "planned").and_then(|planned| usize::try_from(planned).ok());
    if at(run, "totals_only") == &Value::Bool(true) {
        notes.push(Note { at: "run".to_owned(), text: "gives sums alone, which name no case".to_owned() });
    }
    Ok(Imported {
        started: text(run, "started").map(str::to_owned),
        ended: text(run, "ended").map(str::to_owned),
        missing: planned.unwrap_or_default().saturating_sub(cases.len()),
        cases,
        notes,
    })
}

fn case(index: usize, told: &Value, notes: &mut Vec<Note>) -> ImportedCase {
    let own = |key: &str| text(told, key).map(str::to_owned);
    let name = own("title").or_else(|| own("id")).unwrap_or_else(|| format!("case {}", index + 1));
    let word = text(told, "status").unwrap_or_default();
    let status = own::status(word).unwrap_or_else(|| {
        let text = format!("the status `{word}` is unknown and is taken as an error");
        notes.push(Note { at: name.clone(), text });
        Status::Error
    });
    let words = list(told, "attempts").iter().filter_map(Value::as_str);
    ImportedCase {
        id: own("id"),
        suite: own("suite"),
        time: number(told, "time_ms").filter(|millis| *millis >= 0.0).map(|millis| Seconds(millis / 1000.0)),
        attempts: own::attempts(words, status).unwrap_or_default(),
        triage: text(told, "triage").and_then(own::triage),
        message: own("message"),
        reason: own("reason"),
        blocked_by: own("blocked_by"),
        attachments: texts(told, "attachments"),
        defects: texts(told, "defects"),
        note: own("note"),
        ..ImportedCase::of(name, status, text(told, "raw_status").unwrap_or(word))
    }
}

fn texts(told: &Value, key: &str) -> Vec<String> {
    list(told, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_is_refused() {
        for (text, wanted) in [
            ("{}", "has no `run.cases`, which `juhend export --format json` writes"),
            (r#"{"schema": 2, "run": {"cases": []}}"#, "has the schema 2; what is read is 1"),
        ] {
            assert_eq!(read(text.as_bytes()).expect_err("no run").message, wanted);
        }
    }

    #[test]
    fn planned_cases_without_a_name_are_missing() {
        let run = read(
            br#"{"schema": 1, "run": {"counts": {"planned": 3}, "cases": [{"id": "A-1", "status": "odd"}]}}"#,
        )
        .expect("a run");
        assert_eq!((run.missing, run.cases[0].status, run.notes.len()), (2, Status::Error, 1));
    }
}
