//! Records of one kind, by id.

use std::collections::HashMap;
use std::sync::Arc;

use super::audience::{Audience, Restriction};
use crate::diagnostic::{FileId, Place};
use crate::record::node::Node;

/// A record and what every file has.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<T> {
    /// The path within the kind's folder, without ending.
    pub id: String,
    /// The path in the content folder, as it is on disk.
    pub path: String,
    /// The file.
    pub file: FileId,
    /// Where in the file the record stands.
    pub place: Place,
    /// Who may see it, where it says so.
    pub audience: Option<Audience>,
    /// The marking, where it has one.
    pub restriction: Option<Restriction>,
    /// The author's own data.
    pub own: Option<Node>,
    /// What the record says.
    pub value: T,
}

impl<T> std::ops::Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// All records of a kind, sorted by id. A copy shares them.
#[derive(Debug, PartialEq)]
pub struct Records<T> {
    shelf: Arc<Shelf<T>>,
}

#[derive(Debug, PartialEq)]
struct Shelf<T> {
    list: Vec<Arc<Record<T>>>,
    index: HashMap<String, usize>,
    broken: Vec<String>,
}

impl<T> Clone for Records<T> {
    fn clone(&self) -> Self {
        Self { shelf: Arc::clone(&self.shelf) }
    }
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl<T> Records<T> {
    /// The records in `list`; `broken` are the ids of files that could not be read.
    pub fn new(mut list: Vec<Arc<Record<T>>>, mut broken: Vec<String>) -> Self {
        list.sort_by(|a, b| natural(&a.id, &b.id));
        broken.sort();
        let index = list.iter().enumerate().map(|(index, record)| (record.id.clone(), index)).collect();
        Self { shelf: Arc::new(Shelf { list, index, broken }) }
    }

    /// The record with this id.
    pub fn get(&self, id: &str) -> Option<&Record<T>> {
        self.shelf.index.get(id).map(|index| &*self.shelf.list[*index])
    }

    /// Whether there is a file for this id, even if it could not be read: a reference to it is not
    /// a second fault.
    pub fn is_known(&self, id: &str) -> bool {
        self.shelf.index.contains_key(id) || self.shelf.broken.iter().any(|broken| broken == id)
    }

    /// Whether a file of this kind could not be read.
    pub fn has_broken(&self) -> bool {
        !self.shelf.broken.is_empty()
    }

    /// The records, sorted by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Record<T>> + ExactSizeIterator + Clone {
        self.shelf.list.iter().map(|record| &**record)
    }

    /// The ids, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.shelf.list.iter().map(|record| record.id.as_str())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.shelf.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shelf.list.is_empty()
    }
}

/// Compares ids as people count: `sit-2` before `sit-10`.
pub fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (left.chars().next(), right.chars().next()) {
            (None, None) => return a.cmp(b),
            (None, _) => return std::cmp::Ordering::Less,
            (_, None) => return std::cmp::Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (first, second) = (digits(left), digits(right));
                let (x, y) = (first.trim_start_matches('0'), second.trim_start_matches('0'));
                let order = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
                if order.is_ne() {
                    return order;
                }
                (left, right) = (&left[first.len()..], &right[second.len()..]);
            }
            (Some(x), Some(y)) if x == y => {
                (left, right) = (&left[x.len_utf8()..], &right[y.len_utf8()..]);
            }
            (Some(x), Some(y)) => return x.cmp(&y),
        }
    }
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_ids_count_as_numbers() {
        let mut ids = ["sit-10", "sit-2", "2026.10/a", "2026.9/a", "sit-02"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["2026.9/a", "2026.10/a", "sit-02", "sit-2", "sit-10"]);
    }
}
