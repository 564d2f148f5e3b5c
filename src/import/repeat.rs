//! Cases that a run tells of more than once.
//!
//! A case is known by its id, else by its suite and its name, parameters included.
//!
//! 1. What has the same suite and name is the same case tried again: the last attempt counts.
//! 2. What has the same id under several names is one case with several sets of data. One set that fails
//!    fails the case, so the worst counts: as attempts a later set would hide the failure.

use std::collections::HashMap;

use super::{ImportedCase, Note};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// Cases of which each stands once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folded {
    /// The cases, each where it was first told of.
    pub cases: Vec<ImportedCase>,
    /// Which cases had several sets of data.
    pub notes: Vec<Note>,
}

/// `cases`, in the order in which they were run, so that each stands once.
pub fn fold(cases: Vec<ImportedCase>) -> Folded {
    let tried = group(cases, |case| (case.id.clone(), case.suite.clone(), case.name.clone()), again);
    let mut notes = Vec::new();
    // Without an id the suite and the name are the case, and those are different by now.
    let mut unnamed = 0;
    let key = |case: &ImportedCase| {
        unnamed += usize::from(case.id.is_none());
        (case.id.clone(), case.id.is_none().then_some(unnamed))
    };
    let cases = group(tried, key, |first, next| {
        notes.push(Note {
            at: first.id.clone().unwrap_or_default(),
            text: format!("`{}` and `{}` have one id: the worse status counts", first.name, next.name),
        });
        worse(first, next);
    });
    Folded { cases, notes }
}

/// `cases` with those of one key joined into the first of them.
fn group<K: Eq + std::hash::Hash>(
    cases: Vec<ImportedCase>,
    mut key: impl FnMut(&ImportedCase) -> K,
    mut join: impl FnMut(&mut ImportedCase, ImportedCase),
) -> Vec<ImportedCase> {
    let mut kept: Vec<ImportedCase> = Vec::with_capacity(cases.len());
    let mut places: HashMap<K, usize> = HashMap::with_capacity(cases.len());
    for case in cases {
        let place = *places.entry(key(&case)).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(first) => join(first, case),
            None => kept.push(case),
        }
    }
    kept
}

/// `next` is what came of trying `case` again. What an earlier failure said and left behind is kept.
fn again(case: &mut ImportedCase, next: ImportedCase) {
    let attempts = [&*case, &next].into_iter().flat_map(attempts).collect();
    let message = next.message.clone().or_else(|| case.message.take());
    let attachments = joined(&case.attachments, &next.attachments);
    let defects = joined(&case.defects, &next.defects);
    *case = ImportedCase { attempts, message, attachments, defects, ..next };
}

/// `next` is another set of data of `case`.
fn worse(case: &mut ImportedCase, next: ImportedCase) {
    let time = match (case.time, next.time) {
        (Some(one), Some(other)) => Some(Seconds(one.0 + other.0)),
        (one, other) => one.or(other),
    };
    let attachments = joined(&case.attachments, &next.attachments);
    let defects = joined(&case.defects, &next.defects);
    if badness(next.status) > badness(case.status) {
        let (name, suite) = (std::mem::take(&mut case.name), case.suite.take());
        *case = ImportedCase { name, suite, ..next };
    }
    (case.time, case.attachments, case.defects) = (time, attachments, defects);
}

/// How each attempt ended, also of a case with one alone.
pub fn attempts(case: &ImportedCase) -> Vec<Status> {
    if case.attempts.is_empty() { vec![case.status] } else { case.attempts.clone() }
}

fn joined(one: &[String], other: &[String]) -> Vec<String> {
    let new = other.iter().filter(|text| !one.contains(text));
    one.iter().chain(new).cloned().collect()
}

/// How much a status outweighs others: that the product fails is surer than that a test broke off.
fn badness(status: Status) -> u8 {
    match status {
        Status::Failed => 6,
        Status::Error => 5,
        Status::Blocked => 4,
        Status::InProgress => 3,
        Status::NotRun => 2,
        Status::Skipped => 1,
        Status::Passed => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: Option<&str>, name: &str, status: Status) -> ImportedCase {
        ImportedCase {
            id: id.map(str::to_owned),
            time: Some(Seconds(2.0)),
            ..ImportedCase::of(name.to_owned(), status, status.word())
        }
    }

    #[test]
    fn the_same_name_is_another_attempt() {
        let mut first = case(None, "sum", Status::Failed);
        first.message = Some("too low".to_owned());
        first.attachments = vec!["1.png".to_owned()];
        let folded = fold(vec![
            first,
            case(None, "letter", Status::Passed),
            case(None, "sum", Status::Error),
            case(None, "sum", Status::Passed),
        ]);
        let [sum, letter] = &folded.cases[..] else { panic!("{folded:?}") };
        assert_eq!(letter.attempts, []);
        assert_eq!(sum.status, Status::Passed);
        assert_eq!(sum.attempts, [Status::Failed, Status::Error, Status::Passed]);
        assert_eq!(sum.message.as_deref(), Some("too low"));
        assert_eq!(sum.attachments, ["1.png"]);
        assert_eq!(folded.notes, []);
    }

    #[test]
    fn a_set_of_data_that_passes_hides_no_failure_of_another() {
        let folded = fold(vec![
            case(Some("BEN-1"), "sum [age: 17]", Status::Passed),
            case(Some("BEN-1"), "sum [age: 18]", Status::Failed),
            case(Some("BEN-1"), "sum [age: 19]", Status::Passed),
        ]);
        let [sum] = &folded.cases[..] else { panic!("{folded:?}") };
        assert_eq!((sum.name.as_str(), sum.status), ("sum [age: 17]", Status::Failed));
        assert_eq!(sum.time, Some(Seconds(6.0)));
        assert_eq!(sum.attempts, []);
        assert_eq!(folded.notes.len(), 2);
    }
}
