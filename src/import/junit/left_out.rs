//! What a document holds that has no place in a run file.

use std::collections::BTreeSet;

use super::{outcome, property};
use crate::import::xml::Element;

/// What a document holds that has no place in a run file.
#[derive(Default)]
pub struct LeftOut {
    attributes: BTreeSet<String>,
    elements: BTreeSet<String>,
    properties: BTreeSet<String>,
    suite_properties: usize,
    outputs: usize,
}

impl LeftOut {
    /// Remembers what of a suite, without those in it, is not read.
    pub fn suite(&mut self, suite: &Element) {
        self.suite_properties += suite.first("properties").map_or(0, |all| all.elements().count());
        self.outputs += usize::from(has_output(suite));
    }

    /// Remembers what of a case is not read, `properties` among it.
    pub fn case(&mut self, case: &Element, properties: BTreeSet<String>) {
        const READ: [&str; 7] = ["name", "classname", "class", "time", "timestamp", "status", "result"];
        let attributes = case.attributes.iter().map(|(name, _)| name.clone());
        self.attributes.extend(attributes.filter(|name| !READ.contains(&name.as_str())));
        let elements = case.elements().map(|element| element.name.clone());
        self.elements.extend(elements.filter(|name| !outcome::is_read(name)));
        self.properties.extend(properties);
        self.outputs += usize::from(has_output(case));
    }

    /// What was not read, a phrase each.
    pub fn notes(self) -> Vec<String> {
        let names = |names: BTreeSet<String>, what: &str| {
            let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            (!listed.is_empty()).then(|| format!("{what} of cases are left out: {}", listed.join(", ")))
        };
        let count = |count: usize, what: &str| (count > 0).then(|| format!("{what} is left out: {count}"));
        [
            names(self.attributes, "attributes"),
            names(self.elements, "elements"),
            names(self.properties, "properties"),
            count(self.suite_properties, "what suites say in properties"),
            count(self.outputs, "what cases and suites printed"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Whether a case or suite printed anything.
fn has_output(element: &Element) -> bool {
    element
        .elements()
        .filter(|inner| property::is_output(inner))
        .any(|output| !output.text().trim().is_empty())
}
