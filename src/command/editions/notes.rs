//! What a build leaves of versions for the next one, so that it need not read those that stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::check;
use crate::derive::guidance::comparison::Step;
use crate::derive::guidance::difference::Gist;
use crate::derive::guidance::versions::Places;
use crate::diagnostic::{Diagnostic, FileId, Level, Place, SourceText};

/// What has to be known of a version to link to its pages, and to tell whether they would come out as they did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Differs when the files of the version differ, or anything on which reading them depends.
    pub key: String,
    #[serde(with = "shared")]
    pub places: Arc<Places>,
    /// Paths of the content folder that its pages name and that lead out of the version.
    pub beyond: Vec<String>,
    /// What its pages say, for comparing them with those of another version.
    #[serde(with = "shared")]
    pub gist: Arc<Gist>,
    /// What its live blocks ask for: the word of each one's kind, and its lines.
    pub live: BTreeSet<(String, String)>,
}

/// What a build notes of the versions that it made, for the next build.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Notes {
    pub(super) versions: BTreeMap<String, Note>,
    /// Files that moved, by the trees between which they did.
    pub(super) moves: BTreeMap<String, BTreeMap<String, String>>,
    /// What changed from each version to the next, by its name.
    #[serde(default)]
    pub(super) steps: BTreeMap<String, NotedStep>,
    /// Differs when the places of pages in any version may differ, or what is known of their moves.
    #[serde(default)]
    pub(super) places: String,
    /// Differs when a page at a name of the current version would come out another.
    #[serde(default)]
    pub(super) names: String,
}

/// What several hold is written once for each.
mod shared {
    use super::{Arc, Deserialize, Serialize};

    pub fn serialize<T: Serialize, S: serde::Serializer>(
        shared: &Arc<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        shared.as_ref().serialize(serializer)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Note {
    pub facts: Facts,
    /// Differs when a file of the version would come out another.
    pub made: String,
    /// Differs when its pages lead elsewhere in the other versions.
    #[serde(default)]
    pub ways: String,
    /// What was wrong with its pages.
    #[serde(default)]
    pub warnings: Warnings,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct NotedStep {
    pub step: Step,
    /// Differs when a page about the changes would come out another.
    pub made: String,
}

impl Notes {
    /// Whether there is nothing to note.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }
}

/// What was wrong with the pages of a version. It was right in its day, so that none of it is an error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Warnings {
    list: Vec<Warning>,
    /// The text of each file that they are about, by its path.
    texts: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Warning {
    rule: String,
    at: Spot,
    message: String,
    hint: Option<String>,
    related: Vec<(Spot, String)>,
    is_secret: bool,
}

/// A place, as it outlives the program: the path of a file, and its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Spot(String, u32, u32);

impl Spot {
    fn of(place: Place, sources: &dyn SourceText) -> Self {
        Self(sources.path(place.file).to_owned(), place.start, place.end)
    }

    fn place(&self) -> Place {
        Place { file: FileId::of(&self.0), start: self.1, end: self.2 }
    }
}

impl Warnings {
    /// The warnings among `faults`, which are about files of `sources`.
    pub fn of(faults: &[Diagnostic], sources: &dyn SourceText) -> Self {
        let mut texts = BTreeMap::new();
        let told = faults.iter().filter(|fault| fault.level == Level::Warn);
        let list = told
            .map(|fault| {
                let places = fault.related.iter().map(|(place, _)| *place).chain([fault.place]);
                texts.extend(places.filter_map(|place| {
                    Some((sources.path(place.file).to_owned(), sources.text(place.file)?.to_owned()))
                }));
                let related = fault.related.iter();
                Warning {
                    rule: fault.rule.name.to_owned(),
                    at: Spot::of(fault.place, sources),
                    message: fault.message.clone(),
                    hint: fault.hint.clone(),
                    related: related.map(|(place, said)| (Spot::of(*place, sources), said.clone())).collect(),
                    is_secret: fault.is_secret,
                }
            })
            .collect();
        Self { list, texts }
    }

    /// The same as faults again; a rule that the program does not have any more says nothing.
    pub fn faults(&self) -> impl Iterator<Item = Diagnostic> {
        self.list.iter().filter_map(|warning| {
            let related = warning.related.iter();
            Some(Diagnostic {
                rule: check::rule(&warning.rule)?,
                level: Level::Warn,
                place: warning.at.place(),
                message: warning.message.clone(),
                hint: warning.hint.clone(),
                related: related.map(|(spot, said)| (spot.place(), said.clone())).collect(),
                is_secret: warning.is_secret,
            })
        })
    }

    /// The path of each file that they are about.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let spots = self
            .list
            .iter()
            .flat_map(|warning| warning.related.iter().map(|(spot, _)| spot).chain([&warning.at]));
        spots.map(|spot| spot.0.as_str())
    }

    /// Each of these files whose text is known: its path and text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn warnings_outlive_the_program() {
        let sources =
            Sources::new(vec![SourceFile::new("old/a.md".to_owned(), b"# A\n\n[b](b.md)\n")], Vec::new());
        let rule = check::rule("broken-link").expect("a rule");
        let at = Place::new(FileId::of("old/a.md"), 5, 14);
        let warning =
            Diagnostic { level: Level::Warn, ..Diagnostic::new(rule, at, "leads nowhere").hint("mend it") };
        let silent = Diagnostic { level: Level::Off, ..warning.clone() };
        let noted = Warnings::of(&[warning.clone(), silent], &sources);
        let text = serde_json::to_string(&noted).expect("JSON");
        let again: Warnings = serde_json::from_str(&text).expect("warnings");
        assert_eq!(again.faults().collect::<Vec<_>>(), [warning]);
        assert_eq!(again.texts().collect::<Vec<_>>(), [("old/a.md", "# A\n\n[b](b.md)\n")]);
    }
}
