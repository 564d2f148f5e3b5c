//! The keys of a record and of all that stands in it, each with the way to it.

use super::shape::{Key, RecordShape, Shape};

/// A key with the way to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The way to it: `contents[].ticket`, where `[]` is an item of a list and `*` a key that the author chooses.
    pub path: String,
    /// The record it is a key of.
    pub record: RecordShape,
    /// The key.
    pub key: Key,
}

/// Every key of `record`, each followed by those below it.
pub fn outline(record: RecordShape) -> Vec<Entry> {
    let mut entries = Vec::new();
    add(record, "", &mut Vec::new(), &mut entries);
    entries
}

/// Adds the keys of `record`, to which `path` leads through the records `above`; one that leads back to itself
/// is told once.
fn add(record: RecordShape, path: &str, above: &mut Vec<&'static str>, entries: &mut Vec<Entry>) {
    if above.contains(&record.name) {
        return;
    }
    above.push(record.name);
    for key in (record.keys)() {
        let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        entries.push(Entry { path: path.clone(), record, key: key.clone() });
        if let Some((step, below)) = record_in(&key.shape) {
            add(below, &format!("{path}{step}"), above, entries);
        }
    }
    above.pop();
}

/// The record in a value, and the way from the value to it.
pub fn record_in(shape: &Shape) -> Option<(String, RecordShape)> {
    match shape {
        Shape::Record(record) => Some((String::new(), *record)),
        Shape::List(item) | Shape::Filled(item) => {
            record_in(item).map(|(step, record)| (format!("[]{step}"), record))
        }
        Shape::Map(_, value) => record_in(value).map(|(step, record)| (format!(".*{step}"), record)),
        Shape::Either(shapes) => shapes.iter().find_map(record_in),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::release::Release;

    #[test]
    fn the_way_to_a_key_shows_lists_and_chosen_keys() {
        let paths: Vec<String> = outline(Release::SHAPE).into_iter().map(|entry| entry.path).collect();
        for path in ["contents[].ticket", "schedule.install.until", "uat.*.feature_flag.name", "note"] {
            assert!(paths.iter().any(|found| found == path), "{path}: {paths:?}");
        }
    }
}
