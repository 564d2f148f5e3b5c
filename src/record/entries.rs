//! A map whose keys the author chooses.

use super::reference::{Pointer, References};
use crate::diagnostic::{Diagnostic, Placed};
use crate::record::decode::{Decode, wrong_type};
use crate::record::fault::DUPLICATE_KEY;
use crate::record::node::{Node, Value};

/// Keys and values in the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> Entries<K, V> {
    /// The entries in the order written.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, K, V> IntoIterator for &'a Entries<K, V> {
    type Item = &'a (K, V);
    type IntoIter = std::slice::Iter<'a, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V> Entries<Placed<String>, V> {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// The keys in the order written.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

impl<K: Decode, V: Decode> Decode for Entries<K, V> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            faults.push(wrong_type(node, "a map of keys"));
            return None;
        };
        let mut read = Vec::with_capacity(entries.len());
        for (index, (key, value)) in entries.iter().enumerate() {
            if let Some((earlier, _)) =
                entries[..index].iter().find(|(earlier, _)| earlier.value == key.value)
            {
                let message = format!("the key `{}` stands here a second time", key.value);
                faults.push(
                    Diagnostic::new(&DUPLICATE_KEY, key.place, message)
                        .related(earlier.place, "first written here"),
                );
                continue;
            }
            let key = K::decode(&Node::scalar(key.value.clone(), key.place), faults);
            let value = V::decode(value, faults);
            read.extend(key.zip(value));
        }
        Some(Self(read))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

/// A list that must be written, even if it is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Required<T>(pub Vec<T>);

impl<T> std::ops::Deref for Required<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Decode> Decode for Required<T> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        Vec::decode(node, faults).map(Self)
    }
}

impl<T: References> References for Required<T> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        self.0.references(visit);
    }
}

impl<K: References, V: References> References for Entries<K, V> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        for (key, value) in &self.0 {
            key.references(visit);
            value.references(visit);
        }
    }
}
