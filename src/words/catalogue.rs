//! The texts of one language, as its YAML files say them.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

use super::plural::CATEGORIES;

/// The texts of one language by dotted key (`nav.skip`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    entries: BTreeMap<String, Entry>,
}

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    /// One text.
    Text(String),
    /// A text for each plural category; `other` is always there.
    Plural(BTreeMap<String, String>),
}

/// Why a catalogue file could not be read, or a key of it not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFault {
    /// The file, as its layer was named.
    pub file: String,
    /// Line and column from 1, where known.
    pub at: Option<(u64, u64)>,
    /// A lower-case phrase, names in backticks.
    pub message: String,
}

impl fmt::Display for CatalogueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// Reads one catalogue file: nested maps of texts. A map that has `other`, and besides it nothing but
/// plural categories, is a plural; so `other` is no good name for a text.
///
/// # Errors
///
/// The first fault of the file, with line and column: no YAML, a key twice, a value that is no text
/// (a number or `true` must be quoted). The file's name is left empty.
pub fn read(text: &str) -> Result<Catalogue, CatalogueFault> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        // Sections do not stand ten deep in each other.
        budget: serde_yaml::budget! { max_depth: 32 },
    };
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Catalogue::default());
    }
    let sections: BTreeMap<String, Node> =
        serde_yaml::from_str_with_options(text, options).map_err(|error| fault(&error))?;
    let mut catalogue = Catalogue::default();
    for (name, node) in sections {
        catalogue.take(name, node);
    }
    Ok(catalogue)
}

impl Catalogue {
    /// These texts with those of `layer` over them, and a message for each key of `layer` that is
    /// left out because it has another shape here: a text for a section, a plural for a text. Plurals
    /// are replaced whole: half a plural of one author and half of another do not agree.
    #[must_use]
    pub fn with(mut self, layer: Self) -> (Self, Vec<String>) {
        let (layer, messages) = layer.fitting(&self);
        self.entries.extend(layer.entries);
        (self, messages)
    }

    /// These texts without those whose key has another shape in `below`, and a message for each.
    pub(super) fn fitting(mut self, below: &Self) -> (Self, Vec<String>) {
        let mut messages = Vec::new();
        self.entries.retain(|key, entry| match below.clash(key, entry) {
            Some(message) => {
                messages.push(message);
                false
            }
            None => true,
        });
        (self, messages)
    }

    /// What is wrong with `entry` at `key`. Templates ask for keys by their shape, so a change of it
    /// would fail much later and far away.
    fn clash(&self, key: &str, entry: &Entry) -> Option<String> {
        let section = format!("{key}.");
        let below = self.entries.range(section.clone()..).next();
        if below.is_some_and(|(other, _)| other.starts_with(&section)) {
            return Some(format!("`{key}` is a section, found {}", entry.noun()));
        }
        if let Some((above, other)) = sections_of(key).find_map(|above| Some((above, self.get(above)?))) {
            return Some(format!("`{above}` is {}, found a section", other.noun()));
        }
        let other = self.get(key)?;
        let same = std::mem::discriminant(other) == std::mem::discriminant(entry);
        (!same).then(|| format!("`{key}` is {}, found {}", other.noun(), entry.noun()))
    }

    /// The same keys with `change` made to each text.
    pub(super) fn map(mut self, change: impl Fn(&str) -> String) -> Self {
        for entry in self.entries.values_mut() {
            match entry {
                Entry::Text(text) => *text = change(text),
                Entry::Plural(forms) => forms.values_mut().for_each(|text| *text = change(text)),
            }
        }
        self
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The text of `key`; of a plural the form `other`, or the one named by the key's last part.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Entry::Text(text)) => Some(text),
            Some(Entry::Plural(forms)) => forms.get("other").map(String::as_str),
            None => {
                let (plural, category) = key.rsplit_once('.')?;
                match self.get(plural)? {
                    Entry::Plural(forms) => forms.get(category).map(String::as_str),
                    Entry::Text(_) => None,
                }
            }
        }
    }

    /// All entries by key, in the keys' order.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    /// The texts as nested maps, plurals as maps of their forms: a context for templates.
    pub fn to_json(&self) -> Value {
        let mut root = serde_json::Map::new();
        for (key, entry) in self.entries() {
            plant(&mut root, key, entry);
        }
        Value::Object(root)
    }

    fn take(&mut self, key: String, node: Node) {
        match node {
            Node::Text(text) => {
                self.entries.insert(key, Entry::Text(text));
            }
            Node::Map(map) => match forms(&map) {
                Some(forms) => {
                    self.entries.insert(key, Entry::Plural(forms));
                }
                None => map.into_iter().for_each(|(part, node)| self.take(format!("{key}.{part}"), node)),
            },
        }
    }
}

/// `a.b.c` lies in `a` and `a.b`.
fn sections_of(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('.').map(|(at, _)| &key[..at])
}

fn plant(root: &mut serde_json::Map<String, Value>, key: &str, entry: &Entry) {
    let (sections, name) = key.rsplit_once('.').unwrap_or(("", key));
    let mut place = root;
    for section in sections.split('.').filter(|section| !section.is_empty()) {
        let next = place.entry(section).or_insert_with(|| Value::Object(serde_json::Map::new()));
        match next {
            Value::Object(map) => place = map,
            // One file says both `a.b: …` as a dotted key and `a: …`; the shorter one stays.
            _ => return,
        }
    }
    place.insert(name.to_owned(), entry.to_json());
}

impl Entry {
    fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Plural(_) => "a plural",
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Plural(forms) => {
                forms.iter().map(|(category, text)| (category.clone(), Value::from(text.as_str()))).collect()
            }
        }
    }
}

/// The forms of a plural; none, if the map is a section.
fn forms(map: &BTreeMap<String, Node>) -> Option<BTreeMap<String, String>> {
    if !map.contains_key("other") {
        return None;
    }
    map.iter()
        .map(|(category, node)| match node {
            Node::Text(text) if CATEGORIES.contains(&category.as_str()) => {
                Some((category.clone(), text.clone()))
            }
            Node::Text(_) | Node::Map(_) => None,
        })
        .collect()
}

fn fault(error: &serde_yaml::Error) -> CatalogueFault {
    let at = error.location().map(|location| (location.line(), location.column()));
    // The message ends with its own place, and a snippet may follow; both are told by `at`.
    let whole = error.without_snippet().to_string();
    let first = whole.lines().next().unwrap_or_default();
    let message = first.rsplit_once(" at line ").map_or(first, |(message, _)| message);
    CatalogueFault { file: String::new(), at, message: message.to_owned() }
}

/// A catalogue file as it nests, before its keys are joined.
enum Node {
    Text(String),
    Map(BTreeMap<String, Node>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// Takes texts and maps only. By hand, because an untagged enum would lose the place of a fault.
struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text (quote a number or a truth value) or a map of texts")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, node)) = access.next_entry::<String, Node>()? {
            map.insert(key, node);
        }
        Ok(Node::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_nest_into_dotted_keys() {
        let read =
            read("nav: {skip: Liigu, deep: {er: no}}\ncount:\n  days: {one: a, other: b}\n").expect("read");
        assert_eq!(read.text("nav.skip"), Some("Liigu"));
        assert_eq!(read.text("nav.deep.er"), Some("no"));
        assert_eq!(read.text("count.days"), Some("b"));
        assert_eq!(read.text("count.days.one"), Some("a"));
        assert_eq!(read.text("count"), None);
    }

    #[test]
    fn nothing_is_an_empty_catalogue() {
        assert_eq!(read(""), Ok(Catalogue::default()));
        assert_eq!(read("# only a remark\n"), Ok(Catalogue::default()));
    }

    #[test]
    fn faults_say_where() {
        let fault = read("nav:\n  skip: a\n  skip: b\n").expect_err("a key twice");
        assert_eq!(fault.at.map(|(line, _)| line), Some(3), "{fault}");
        let fault = read("nav:\n  skip: 12\n").expect_err("a number");
        assert_eq!(fault.at, Some((2, 3)), "the key, {fault}");
        let fault = read("nav:\n  skip: [a]\n").expect_err("a list");
        assert_eq!(fault.at.map(|(line, _)| line), Some(2), "{fault}");
        assert!(read("just text").is_err());
        assert!(read("a: {b: ").is_err());
    }

    #[test]
    fn a_later_layer_wins_key_by_key() {
        let below = read("a: {x: 'one', y: 'two'}").expect("read");
        let above = read("a: {y: 'TWO'}").expect("read");
        let (both, messages) = below.with(above);
        assert_eq!(messages, Vec::<String>::new());
        assert_eq!(both.to_json(), serde_json::json!({"a": {"x": "one", "y": "TWO"}}));
    }

    #[test]
    fn a_layer_cannot_change_the_shape_of_a_key() {
        let below = || read("nav: {home: Avaleht}\ncount: {days: {one: a, other: b}}").expect("read");
        let messages = |above| below().with(read(above).expect("read")).1;
        assert_eq!(messages("nav: Menüü"), ["`nav` is a section, found a text"]);
        assert_eq!(messages("nav: {home: {deep: x}}"), ["`nav.home` is a text, found a section"]);
        assert_eq!(messages("count: {days: x}"), ["`count.days` is a plural, found a text"]);
        assert_eq!(messages("navy: x\nnav: {away: y}"), Vec::<String>::new());
        assert_eq!(below().with(read("nav: Menüü").expect("read")).0, below());
    }

    #[test]
    fn dotted_keys_do_no_harm() {
        let read = read("a: x\n\"a.b\": y\n\".\": z\n\"\": w\n").expect("read");
        assert_eq!(read.text("a.b"), Some("y"));
        assert_eq!(read.to_json()["a"], "x");
    }
}
