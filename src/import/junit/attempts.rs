//! Cases that stand more than once, in the order in which they ran.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::{ImportedCase, Note, instant};

/// A case as it stands in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// When it, or its suite, began, where that is told.
    pub at: Option<String>,
    /// The key in brackets that was taken off its name.
    pub tag: Option<String>,
    /// The case.
    pub case: ImportedCase,
}

/// The same with the keys that stand at one case alone, whatever its parameters, as ids. A key at several cases
/// is that of a requirement or a ticket: it goes back into the names.
pub fn identified(occurrences: Vec<Occurrence>) -> (Vec<Occurrence>, Vec<Note>) {
    let mut bearers: BTreeMap<String, BTreeSet<(Option<String>, String)>> = BTreeMap::new();
    for Occurrence { tag, case, .. } in &occurrences {
        if let Some(key) = tag.as_ref().or(case.id.as_ref()) {
            let name = case.name.split(['[', '(', '{']).next().unwrap_or_default().trim().to_owned();
            bearers.entry(key.clone()).or_default().insert((case.suite.clone(), name));
        }
    }
    let is_alone = |key: &str| bearers.get(key).is_none_or(|bearers| bearers.len() == 1);
    let tags: BTreeSet<&String> = occurrences.iter().filter_map(|each| each.tag.as_ref()).collect();
    let shared = tags.into_iter().filter(|tag| !is_alone(tag)).map(|tag| Note {
        at: tag.clone(),
        text: "stands at several cases, hence is not taken as the id of one".to_owned(),
    });
    let notes = shared.collect();
    let identified = |each: Occurrence| match each.tag {
        Some(tag) if is_alone(&tag) => {
            Occurrence { tag: None, case: ImportedCase { id: Some(tag), ..each.case }, ..each }
        }
        Some(tag) => {
            let name = format!("[{tag}] {}", each.case.name);
            Occurrence { tag: None, case: ImportedCase { name, ..each.case }, ..each }
        }
        None => each,
    };
    (occurrences.into_iter().map(identified).collect(), notes)
}

/// The cases in the order of the files; of those with the same suite and name the earlier first, where the
/// times of all of them are told. The notes tell of cases that stand more than once.
pub fn ordered(occurrences: &[Occurrence]) -> (Vec<ImportedCase>, Vec<Note>) {
    let mut places: HashMap<(Option<&str>, &str), Vec<usize>> = HashMap::new();
    for (place, each) in occurrences.iter().enumerate() {
        places.entry((each.case.suite.as_deref(), each.case.name.as_str())).or_default().push(place);
    }
    let mut repeated: Vec<Vec<usize>> = places.into_values().filter(|places| places.len() > 1).collect();
    repeated.sort();
    let mut order: Vec<usize> = (0..occurrences.len()).collect();
    for places in &repeated {
        for (place, earlier) in places.iter().zip(by_time(places, occurrences)) {
            if let Some(kept) = order.get_mut(*place) {
                *kept = earlier;
            }
        }
    }
    let note = |places: &Vec<usize>| {
        let case = &occurrences.get(*places.first()?)?.case;
        Some(case.note(format!("stands {} times, read as attempts", places.len())))
    };
    let notes = repeated.iter().filter_map(note).collect();
    let cases =
        order.iter().filter_map(|place| occurrences.get(*place)).map(|each| each.case.clone()).collect();
    (cases, notes)
}

/// `places` by the times of what stands there; as they are where a time is missing, or some have an offset
/// and others none.
fn by_time(places: &[usize], occurrences: &[Occurrence]) -> Vec<usize> {
    let time = |place: &usize| occurrences.get(*place).and_then(|each| each.at.as_deref());
    let mut sorted = places.to_vec();
    let Some(times) = places.iter().map(time).collect::<Option<Vec<&str>>>() else { return sorted };
    let zoned = times.iter().filter(|time| instant::has_offset(time)).count();
    if zoned == 0 || zoned == times.len() {
        sorted.sort_by_key(|place| time(place).and_then(instant::order));
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::run::Status;

    #[test]
    fn attempts_stand_in_the_order_of_their_times() {
        let at = |time: Option<&str>, status| Occurrence {
            at: time.map(str::to_owned),
            tag: None,
            case: ImportedCase::of("a".to_owned(), status, status.word()),
        };
        let statuses = |occurrences: Vec<Occurrence>| -> Vec<Status> {
            ordered(&occurrences).0.iter().map(|case| case.status).collect()
        };
        let (late, early) = (Some("2026-10-12T09:05:00"), Some("2026-10-12T09:00:00"));
        let (passed, failed) = (Status::Passed, Status::Failed);
        assert_eq!(statuses(vec![at(late, passed), at(early, failed)]), [failed, passed]);
        assert_eq!(statuses(vec![at(late, passed), at(None, failed)]), [passed, failed]);
    }
}
