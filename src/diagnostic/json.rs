//! Faults for programs: a JSON array, one object a fault.

use serde::Serialize;

use super::{Diagnostic, Place, SourceText, line_column};

#[derive(Serialize)]
struct Fault<'a> {
    rule: &'a str,
    level: &'a str,
    #[serde(flatten)]
    position: Position<'a>,
    message: &'a str,
    hint: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    position: Position<'a>,
    message: &'a str,
}

/// All faults as a JSON array: `rule`, `level`, `path`, `line`, `column`, `message`, `hint`, `related`.
pub fn to_json(faults: &[Diagnostic], sources: &dyn SourceText) -> String {
    let list: Vec<Fault<'_>> = faults.iter().map(|fault| describe(fault, sources)).collect();
    serde_json::to_string_pretty(&list).unwrap_or_default()
}

fn describe<'a>(fault: &'a Diagnostic, sources: &'a dyn SourceText) -> Fault<'a> {
    Fault {
        rule: fault.rule.name,
        level: fault.level.word(),
        position: position(fault.place, sources),
        message: &fault.message,
        hint: fault.hint.as_deref(),
        related: fault
            .related
            .iter()
            .map(|(place, message)| Related { position: position(*place, sources), message })
            .collect(),
    }
}

fn position(place: Place, sources: &dyn SourceText) -> Position<'_> {
    let at = sources.text(place.file).map(|text| line_column(text, place.start as usize));
    Position { path: sources.path(place.file), line: at.map(|at| at.line), column: at.map(|at| at.column) }
}
