//! Cases that a run tells of more than once.
//!
//! A case is known by its id, else by its suite and its name, parameters included.
//!
//! 1. What has the same suite and name is the same case tried again: the last attempt counts.
//! 2. What has the same id under several names is one case with several sets of data. One set that fails
//!    fails the case, so the worst counts: as attempts a later set would hide the failure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::tag::Marks;
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
    let key = |case: &ImportedCase| (case.id.clone(), case.suite.clone(), case.name.clone());
    one_per_id(group(cases, key, again))
}

/// An attempt at a case that its tool knows by something else than the name, such as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt<K> {
    known_by: K,
    key: Option<String>,
    case: ImportedCase,
}

impl<K> Attempt<K> {
    /// An attempt at `case`, with what its tags say.
    pub fn of(known_by: K, marks: Marks, case: ImportedCase) -> Self {
        let case = ImportedCase { id: marks.id, defects: marks.defects, ..case };
        Self { known_by, key: marks.key, case }
    }
}

/// The same as [`fold`] for cases that their tool knows. Those that only share a name are different cases, and
/// are numbered from the second one on: as attempts a later one would hide the failure of an earlier one.
pub fn fold_known<K: Clone + Eq + Hash>(attempts: Vec<Attempt<K>>) -> Folded {
    let known_by = |attempt: &Attempt<K>| attempt.known_by.clone();
    let tried = group(attempts, known_by, |first, next| again(&mut first.case, next.case));
    let (mut cases, mut notes) = with_keys(tried);
    number(&mut cases);
    let folded = one_per_id(cases);
    notes.extend(folded.notes);
    Folded { cases: folded.cases, notes }
}

/// The cases, with the keys that stand at one of them alone as their ids. A key at several is that of a
/// requirement or a ticket, unless they differ in their parameters only.
fn with_keys<K>(attempts: Vec<Attempt<K>>) -> (Vec<ImportedCase>, Vec<Note>) {
    let mut bearers: BTreeMap<String, BTreeSet<(Option<String>, String)>> = BTreeMap::new();
    for Attempt { key, case, .. } in &attempts {
        if let Some(key) = key.as_ref().or(case.id.as_ref()) {
            let name = case.name.split(" [").next().unwrap_or_default().to_owned();
            bearers.entry(key.clone()).or_default().insert((case.suite.clone(), name));
        }
    }
    let is_alone = |key: &String| bearers.get(key).is_some_and(|bearers| bearers.len() == 1);
    let shared: BTreeSet<String> =
        attempts.iter().filter_map(|attempt| attempt.key.clone()).filter(|key| !is_alone(key)).collect();
    let cases = attempts.into_iter().map(|Attempt { key, case, .. }| match key {
        Some(key) if case.id.is_none() && is_alone(&key) => ImportedCase { id: Some(key), ..case },
        _ => case,
    });
    let note = |key| Note {
        at: key,
        text: "stands at several cases, hence is not taken as the id of one".to_owned(),
    };
    (cases.collect(), shared.into_iter().map(note).collect())
}

/// Numbers the cases of one suite that have one name: `sum`, `sum (2)`.
fn number(cases: &mut [ImportedCase]) {
    let mut taken: HashSet<(Option<String>, String)> =
        cases.iter().map(|case| (case.suite.clone(), case.name.clone())).collect();
    let mut seen: HashMap<(Option<String>, String), usize> = HashMap::new();
    for case in cases {
        let count = seen.entry((case.suite.clone(), case.name.clone())).or_default();
        *count += 1;
        if *count == 1 {
            continue;
        }
        // Another case may have such a name of its own.
        while !taken.insert((case.suite.clone(), format!("{} ({count})", case.name))) {
            *count += 1;
        }
        case.name = format!("{} ({count})", case.name);
    }
}

/// Joins the cases of one id, whose names are different by now.
fn one_per_id(cases: Vec<ImportedCase>) -> Folded {
    let mut notes = Vec::new();
    let mut nameless = 0;
    let key = |case: &ImportedCase| {
        nameless += usize::from(case.id.is_none());
        (case.id.clone(), case.id.is_none().then_some(nameless))
    };
    let cases = group(cases, key, |first, next| {
        notes.push(Note {
            at: first.id.clone().unwrap_or_default(),
            text: format!("`{}` and `{}` have one id: the worse status counts", first.name, next.name),
        });
        worse(first, next);
    });
    Folded { cases, notes }
}

/// `items` with those of one key joined into the first of them.
fn group<T, K: Eq + Hash>(
    items: Vec<T>,
    mut key: impl FnMut(&T) -> K,
    mut join: impl FnMut(&mut T, T),
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    let mut places: HashMap<K, usize> = HashMap::with_capacity(items.len());
    for item in items {
        let place = *places.entry(key(&item)).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(first) => join(first, item),
            None => kept.push(item),
        }
    }
    kept
}

/// `next` is what came of trying `case` again. What an earlier failure said and left behind is kept, and so is
/// what came of an earlier attempt if this one was not made.
fn again(case: &mut ImportedCase, next: ImportedCase) {
    if next.status == Status::NotRun {
        return;
    }
    let made: Vec<Status> =
        [&*case, &next].into_iter().flat_map(attempts).filter(|status| *status != Status::NotRun).collect();
    let attempts = if made.len() > 1 { made } else { Vec::new() };
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
    fn an_attempt_that_was_not_made_hides_none() {
        use Status::{Failed, NotRun, Passed};
        for (told, status, attempts) in [
            (&[Failed, NotRun][..], Failed, &[][..]),
            (&[NotRun, Passed], Passed, &[]),
            (&[Failed, NotRun, Passed], Passed, &[Failed, Passed]),
            (&[NotRun, NotRun], NotRun, &[]),
        ] {
            let folded = fold(told.iter().map(|status| case(None, "sum", *status)).collect());
            let [sum] = &folded.cases[..] else { panic!("{folded:?}") };
            assert_eq!((sum.status, &sum.attempts[..]), (status, attempts), "{told:?}");
        }
    }

    #[test]
    fn what_only_shares_a_name_is_another_case() {
        let attempt =
            |line: u8, name: &str, status| Attempt::of(line, Marks::default(), case(None, name, status));
        let folded = fold_known(vec![
            attempt(3, "sum", Status::Failed),
            attempt(9, "sum", Status::Passed),
            attempt(12, "sum (2)", Status::Passed),
            attempt(3, "sum", Status::Error),
        ]);
        let told: Vec<(&str, Status)> =
            folded.cases.iter().map(|case| (case.name.as_str(), case.status)).collect();
        assert_eq!(told, [("sum", Status::Error), ("sum (3)", Status::Passed), ("sum (2)", Status::Passed)]);
    }

    #[test]
    fn a_key_at_one_case_is_its_id() {
        let attempt = |line: u8, name: &str, tag: &str| {
            Attempt::of(line, Marks::of([tag]), case(None, name, Status::Passed))
        };
        let folded = fold_known(vec![
            attempt(1, "sum [age: 17]", "BEN-142"),
            attempt(2, "sum [age: 18]", "BEN-142"),
            attempt(3, "letter", "BEN-2210"),
            attempt(4, "note", "BEN-2210"),
            attempt(5, "mail", "BEN-7"),
            attempt(5, "mail", "BEN-7"),
        ]);
        let told: Vec<(Option<&str>, &str)> =
            folded.cases.iter().map(|case| (case.id.as_deref(), case.name.as_str())).collect();
        assert_eq!(
            told,
            [(Some("BEN-142"), "sum [age: 17]"), (None, "letter"), (None, "note"), (Some("BEN-7"), "mail")]
        );
        assert_eq!(folded.notes[0].at, "BEN-2210");
        assert_eq!(folded.notes[0].text, "stands at several cases, hence is not taken as the id of one");
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
