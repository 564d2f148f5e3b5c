//! What tools say of a case in properties and in its output.

use std::collections::BTreeSet;

use crate::import::tag::key_of;
use crate::import::xml::Element;
use crate::import::{message, own};
use crate::model::run::Triage;

/// Properties that hold the id of a case in the catalogue: `test_key` of Xray, `test_id` of TestRail, and
/// the names that teams give it themselves.
const IDS: [&str; 6] = ["test_key", "test_id", "testcase_id", "test_case_id", "testcase", "id"];

/// Properties that hold keys of defects; a page of a tracker is named by its last part.
const DEFECTS: [&str; 6] = ["defect", "defects", "bug", "issue", "issues", "known_issue"];

/// Properties that hold the path of an attachment.
const ATTACHMENTS: [&str; 3] = ["attachment", "attachments", "testrail_attachment"];

/// What begins an attachment in the output of a case; GitLab, Jenkins and Playwright agree on it.
const MARKER: &str = "[[ATTACHMENT|";

/// The properties of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    /// The id of the case, if one alone is named.
    pub id: Option<String>,
    /// Keys of defects.
    pub defects: Vec<String>,
    /// What `juhend export` writes of a case beyond what the format has.
    pub own: Own,
    /// The names of all other properties.
    pub unknown: BTreeSet<String>,
    /// What contradicts itself.
    pub oddities: Vec<String>,
}

/// What `juhend export` writes into properties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// What a tool called the status.
    pub raw_status: Option<String>,
    /// Whose fault a failure is.
    pub triage: Option<Triage>,
    /// Words of all attempts.
    pub attempts: Option<String>,
    /// What it said, where no element of the format does.
    pub message: Option<String>,
    /// Why, where no element of the format does.
    pub reason: Option<String>,
    /// The ticket it waits for.
    pub blocked_by: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

impl Own {
    /// Takes a property of a plain name; says whether it is one of these.
    fn take(&mut self, name: &str, value: &str) -> bool {
        let field = match name {
            "triage" => {
                self.triage = own::triage(value);
                return self.triage.is_some();
            }
            "raw_status" => &mut self.raw_status,
            "attempts" => &mut self.attempts,
            "message" => &mut self.message,
            "reason" => &mut self.reason,
            "blocked_by" => &mut self.blocked_by,
            "note" => &mut self.note,
            _ => return false,
        };
        *field = Some(message::plain(value)).filter(|value| !value.is_empty());
        field.is_some()
    }
}

/// The value of the property `name`.
pub fn value(element: &Element, name: &str) -> Option<String> {
    pairs(element).into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// The properties of a case.
pub fn of(case: &Element) -> Properties {
    let mut properties = Properties::default();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (name, value) in pairs(case) {
        let plain = plain(&name);
        if IDS.contains(&plain.as_str()) {
            ids.extend(words(&value));
        } else if DEFECTS.contains(&plain.as_str()) {
            properties.defects.extend(words(&value).into_iter().map(|word| key_of(&word).to_owned()));
        } else if !ATTACHMENTS.contains(&plain.as_str()) && !properties.own.take(&plain, &value) {
            properties.unknown.insert(name);
        }
    }
    match ids.len() {
        0 | 1 => properties.id = ids.pop_first(),
        _ => {
            let listed: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            properties.oddities.push(format!("it names several ids, so none counts: {}", listed.join(", ")));
        }
    }
    properties
}

/// The files that a case or suite names as attached, in the order written.
pub fn attachments(element: &Element) -> Vec<String> {
    let named = pairs(element).into_iter().filter(|(name, _)| ATTACHMENTS.contains(&plain(name).as_str()));
    let mut paths: Vec<String> = named.map(|(_, value)| value.trim().to_owned()).collect();
    let tries = element.elements().filter(|inner| inner.name != "testcase" && inner.name != "testsuite");
    for inner in element.elements().chain(tries.flat_map(Element::elements)).filter(|inner| is_output(inner))
    {
        let text = inner.text();
        let marked = text.split(MARKER).skip(1).filter_map(|rest| rest.split_once("]]"));
        paths.extend(marked.map(|(path, _)| path.trim().to_owned()));
    }
    let mut seen = BTreeSet::new();
    paths.retain(|path| !path.is_empty() && seen.insert(path.clone()));
    paths
}

/// Whether an element holds what was printed.
pub fn is_output(element: &Element) -> bool {
    matches!(element.name.as_str(), "system-out" | "system-err")
}

/// Names and values; the value stands in an attribute or as the text.
fn pairs(element: &Element) -> Vec<(String, String)> {
    let all = element.named("properties").flat_map(|properties| properties.named("property"));
    all.map(|property| {
        let value = property.attribute("value").map_or_else(|| property.text(), str::to_owned);
        (property.attribute("name").unwrap_or_default().trim().to_owned(), value)
    })
    .filter(|(name, _)| !name.is_empty())
    .collect()
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', ' ', '.'], "_")
}

fn words(value: &str) -> Vec<String> {
    value.split([',', ';']).flat_map(str::split_whitespace).map(str::to_owned).collect()
}
