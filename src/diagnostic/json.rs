//! Faults for programs: a JSON array, one object a fault.

use std::collections::HashMap;

use serde::Serialize;

use super::{Diagnostic, FileId, LineStarts, Place, SourceText, fingerprint};

#[derive(Serialize)]
struct Fault<'a> {
    rule: &'a str,
    level: &'a str,
    #[serde(flatten)]
    position: Position<'a>,
    message: &'a str,
    hint: Option<&'a str>,
    related: Vec<Related<'a>>,
    fingerprint: String,
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

/// All faults as a JSON array: `rule`, `level`, `path`, `line`, `column`, `message`, `hint`, `related`,
/// `fingerprint`.
pub fn to_json(faults: &[Diagnostic], sources: &dyn SourceText) -> String {
    let files = Files::of(faults, sources);
    let names = fingerprint::fingerprints(faults, sources);
    let list: Vec<Fault<'_>> =
        faults.iter().zip(names).map(|(fault, name)| describe(fault, name, &files)).collect();
    serde_json::to_string_pretty(&list).unwrap_or_default()
}

/// The files that faults speak of, the lines of each counted once.
struct Files<'a> {
    sources: &'a dyn SourceText,
    lines: HashMap<FileId, LineStarts>,
}

impl<'a> Files<'a> {
    fn of(faults: &[Diagnostic], sources: &'a dyn SourceText) -> Self {
        let mut lines = HashMap::new();
        for fault in faults {
            for place in std::iter::once(&fault.place).chain(fault.related.iter().map(|(place, _)| place)) {
                if let Some(text) = sources.text(place.file) {
                    lines.entry(place.file).or_insert_with(|| LineStarts::of(text));
                }
            }
        }
        Self { sources, lines }
    }

    fn position(&self, place: Place) -> Position<'a> {
        let text = self.sources.text(place.file);
        let at =
            text.and_then(|text| Some(self.lines.get(&place.file)?.line_column(text, place.start as usize)));
        Position {
            path: self.sources.path(place.file),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
        }
    }
}

fn describe<'a>(fault: &'a Diagnostic, fingerprint: String, files: &Files<'a>) -> Fault<'a> {
    let related = fault.related.iter();
    Fault {
        rule: fault.rule.name,
        level: fault.level.word(),
        position: files.position(fault.place),
        message: &fault.message,
        hint: fault.hint.as_deref(),
        related: related
            .map(|(place, message)| Related { position: files.position(*place), message })
            .collect(),
        fingerprint,
    }
}
