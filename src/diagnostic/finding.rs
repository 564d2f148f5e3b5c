//! Faults as other programs are told of them: with lines, columns and fingerprints.

use std::collections::HashMap;

use super::{Diagnostic, FileId, LineColumn, LineStarts, Place, SourceText, fingerprint};

/// A fault and where it stands, ready to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// The fault.
    pub fault: &'a Diagnostic,
    /// Where it stands.
    pub position: Position,
    /// The other places that belong to it.
    pub related: Vec<(Position, &'a str)>,
    /// Its name, which stays when lines above it come and go.
    pub fingerprint: String,
}

/// A place as other programs count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The path, as seen from the folder that the reader of the report knows.
    pub path: String,
    /// First and last character, both from 1; the column of the last is the one after it. Nothing for a file
    /// without a text.
    pub range: Option<(LineColumn, LineColumn)>,
}

impl Position {
    /// The line, the first one where there is none.
    pub fn line(&self) -> usize {
        self.range.map_or(1, |(start, _)| start.line)
    }
}

impl Finding<'_> {
    /// Message and hint as one text.
    pub fn text(&self) -> String {
        match &self.fault.hint {
            Some(hint) => format!("{}\n{hint}", self.fault.message),
            None => self.fault.message.clone(),
        }
    }
}

/// What to tell of `faults`; `base` is the project's root as the reader of the report sees it, empty for the
/// root itself.
pub fn findings<'a>(faults: &'a [Diagnostic], sources: &dyn SourceText, base: &str) -> Vec<Finding<'a>> {
    let mut lines = HashMap::new();
    let mut position = |place| position(place, sources, base, &mut lines);
    let names = fingerprint::fingerprints(faults, sources);
    let finding = |(fault, fingerprint): (&'a Diagnostic, String)| Finding {
        fault,
        position: position(fault.place),
        related: fault.related.iter().map(|(place, said)| (position(*place), said.as_str())).collect(),
        fingerprint,
    };
    faults.iter().zip(names).map(finding).collect()
}

fn position(
    place: Place,
    sources: &dyn SourceText,
    base: &str,
    lines: &mut HashMap<FileId, LineStarts>,
) -> Position {
    let path = sources.path(place.file);
    let path = if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") };
    let range = sources.text(place.file).map(|text| {
        let starts = lines.entry(place.file).or_insert_with(|| LineStarts::of(text));
        let at = |offset: u32| starts.line_column(text, offset as usize);
        (at(place.start), at(place.end))
    });
    Position { path, range }
}
