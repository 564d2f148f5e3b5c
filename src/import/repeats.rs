//! Cases that a tool tells of more than once.

use std::collections::HashMap;

use super::stamp::Stamp;
use super::{ImportedCase, Note, message};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// A case as it stands in a file, perhaps once of many times.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// When it began, where that is told.
    pub at: Option<Stamp>,
    /// The case.
    pub case: ImportedCase,
}

/// Each case once, at its first place, and notes on those that stood more than once.
///
/// - The same suite and name again is a repetition: its results become attempts, in the order of their
///   times where all have one, else in the order of the files.
/// - The same id with another name is a variant, such as another row of data: no variant repairs
///   another, so the worst result is the result of the case.
pub fn fold(occurrences: Vec<Occurrence>) -> (Vec<ImportedCase>, Vec<Note>) {
    let mut notes = Vec::new();
    let by_name = groups(occurrences, |each| Some((each.case.suite.clone(), each.case.name.clone())));
    let cases = by_name.into_iter().filter_map(|group| repeated(group, &mut notes)).collect();
    let by_id = groups(cases, |case: &ImportedCase| case.id.clone());
    let cases = by_id.into_iter().filter_map(|group| varied(group, &mut notes)).collect();
    (cases, notes)
}

/// What has the same key together, at the place of the first; what has none stays alone.
fn groups<T, K: std::hash::Hash + Eq>(items: Vec<T>, key: impl Fn(&T) -> Option<K>) -> Vec<Vec<T>> {
    let mut positions: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<Vec<T>> = Vec::new();
    for item in items {
        let position = match key(&item) {
            Some(key) => *positions.entry(key).or_insert(groups.len()),
            None => groups.len(),
        };
        match groups.get_mut(position) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

fn repeated(mut group: Vec<Occurrence>, notes: &mut Vec<Note>) -> Option<ImportedCase> {
    let times = group.len();
    let stamps: Option<Vec<Stamp>> = group.iter().map(|each| each.at).collect();
    if stamps.is_some_and(|stamps| Stamp::are_alike(&stamps)) {
        group.sort_by_key(|each| each.at);
    }
    let merged = group.into_iter().map(|each| each.case).reduce(ImportedCase::then)?;
    if times > 1 {
        notes.push(merged.note(format!("stands {times} times, read as attempts")));
    }
    Some(merged)
}

fn varied(group: Vec<ImportedCase>, notes: &mut Vec<Note>) -> Option<ImportedCase> {
    let variants = group.len();
    if variants == 1 {
        return group.into_iter().next();
    }
    let merged = group.into_iter().map(ImportedCase::with_named_message).reduce(ImportedCase::beside)?;
    let id = merged.id.as_deref().unwrap_or_default();
    let text = format!("has {variants} variants under the id `{id}`, read as one case with the worst result");
    notes.push(merged.note(text));
    Some(merged)
}

impl ImportedCase {
    /// A note on this case.
    pub fn note(&self, text: impl Into<String>) -> Note {
        Note { at: self.full_name(), text: text.into() }
    }

    /// The suite and the name.
    pub fn full_name(&self) -> String {
        match &self.suite {
            Some(suite) => format!("{suite} › {}", self.name),
            None => self.name.clone(),
        }
    }

    /// Every attempt, of a case without repetition its one.
    pub fn tries(&self) -> Vec<Status> {
        if self.attempts.is_empty() { vec![self.status] } else { self.attempts.clone() }
    }

    /// The same case tried once more with the result `later`. What an earlier failure said is kept.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        Self {
            attempts: self.tries().into_iter().chain(later.tries()).collect(),
            id: later.id.or(self.id),
            message: later.message.or(self.message),
            attachments: united(self.attachments, later.attachments),
            defects: united(self.defects, later.defects),
            ..later
        }
    }

    /// The same, its message beginning with its name.
    fn with_named_message(self) -> Self {
        let message = self.message.map(|message| format!("{}: {message}", self.name));
        Self { message, ..self }
    }

    /// This case and a variant of it as one, under the name of this one.
    fn beside(self, other: Self) -> Self {
        let is_worse = weight(other.status) > weight(self.status);
        let time = match (self.time, other.time) {
            (Some(one), Some(two)) => Some(Seconds(one.0 + two.0)),
            (one, two) => one.or(two),
        };
        let (name, suite) = (self.name.clone(), self.suite.clone());
        let message = message::join([&self, &other].into_iter().filter_map(|case| case.message.clone()));
        let attachments = united(self.attachments.clone(), other.attachments.clone());
        let defects = united(self.defects.clone(), other.defects.clone());
        let worst = if is_worse { other } else { self };
        Self { name, suite, time, message, attachments, defects, ..worst }
    }
}

fn united(mut one: Vec<String>, two: Vec<String>) -> Vec<String> {
    for each in two {
        if !one.contains(&each) {
            one.push(each);
        }
    }
    one
}

/// How much of a case's trouble a result shows: the more, the worse. A variant that was left out on
/// purpose says nothing of the others.
fn weight(status: Status) -> u8 {
    match status {
        Status::Skipped => 0,
        Status::Passed => 1,
        Status::NotRun => 2,
        Status::InProgress => 3,
        Status::Blocked => 4,
        Status::Error => 5,
        Status::Failed => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: Option<&str>, name: &str, status: Status, message: Option<&str>) -> ImportedCase {
        ImportedCase {
            id: id.map(str::to_owned),
            name: name.into(),
            suite: Some("S".into()),
            status,
            raw_status: status.word().into(),
            time: Some(Seconds(1.0)),
            attempts: Vec::new(),
            message: message.map(str::to_owned),
            reason: None,
            attachments: Vec::new(),
            defects: Vec::new(),
        }
    }

    fn folded(cases: Vec<ImportedCase>) -> (Vec<ImportedCase>, Vec<String>) {
        let occurrences = cases.into_iter().map(|case| Occurrence { at: None, case }).collect();
        let (cases, notes) = fold(occurrences);
        (cases, notes.into_iter().map(|note| format!("{}: {}", note.at, note.text)).collect())
    }

    #[test]
    fn a_repeated_case_is_one_with_attempts() {
        let (cases, notes) = folded(vec![
            case(None, "a", Status::Failed, Some("wrong")),
            case(None, "b", Status::Passed, None),
            case(None, "a", Status::Passed, None),
        ]);
        assert_eq!(cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(
            (cases[0].status, &*cases[0].attempts),
            (Status::Passed, &[Status::Failed, Status::Passed][..])
        );
        assert_eq!(cases[0].message.as_deref(), Some("wrong"));
        assert!(cases[1].attempts.is_empty());
        assert_eq!(notes, ["S › a: stands 2 times, read as attempts"]);
    }

    #[test]
    fn attempts_stand_in_the_order_of_their_times() {
        let at =
            |time: &str, status| Occurrence { at: Stamp::read(time), case: case(None, "a", status, None) };
        let (cases, _) =
            fold(vec![at("2026-10-12T09:05:00", Status::Passed), at("2026-10-12T09:00:00", Status::Failed)]);
        assert_eq!(cases[0].attempts, [Status::Failed, Status::Passed]);
    }

    #[test]
    fn variants_of_one_id_hide_no_failure() {
        let (cases, notes) = folded(vec![
            case(Some("BEN-1"), "sum [1]", Status::Failed, Some("wrong")),
            case(Some("BEN-1"), "sum [2]", Status::Passed, None),
        ]);
        assert_eq!(cases.len(), 1);
        assert_eq!((cases[0].status, cases[0].time), (Status::Failed, Some(Seconds(2.0))));
        assert_eq!(cases[0].message.as_deref(), Some("sum [1]: wrong"));
        assert!(cases[0].attempts.is_empty());
        assert_eq!(
            notes,
            ["S › sum [1]: has 2 variants under the id `BEN-1`, read as one case with the worst result"]
        );
    }
}
