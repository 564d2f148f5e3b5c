//! What former texts of a report said of its revisions.

use super::front_matter::{Split, split};
use super::yaml::Yaml;
use crate::diagnostic::FileId;
use crate::model::document::{Article, Extra};
use crate::model::page::Report;
use crate::record::decode::Decode;
use crate::record::node::{Node, Value};
use crate::record::time::Moment;
use crate::source::git::Commit;

/// How many of the newest `commits` left what the report says of its revisions as the one before them
/// did: the oldest of those that say the same as the present text is the one that told it.
pub fn untold(article: &Article, commits: &[Commit]) -> usize {
    let Extra::Report(report) = &article.extra else { return 0 };
    let present = Stand::of(report);
    if present.issued.is_none() {
        return 0;
    }
    let says_the_same =
        |commit: &&Commit| commit.text.as_deref().and_then(former).is_some_and(|stand| stand == present);
    commits.iter().take_while(says_the_same).count().saturating_sub(1)
}

/// What a report says of its revisions.
#[derive(PartialEq)]
struct Stand {
    issued: Option<Moment>,
    revision: u32,
    changes: usize,
}

impl Stand {
    fn of(report: &Report) -> Self {
        Self {
            issued: report.issued.as_ref().map(|issued| issued.value),
            revision: report.revision.unwrap_or(1),
            changes: report.changes.len(),
        }
    }
}

/// What the front matter of a former text said; faults of it are nobody's concern now.
fn former(text: &str) -> Option<Stand> {
    let Split::Parts { yaml, yaml_start, .. } = split(text) else { return None };
    let node = Yaml { text: yaml, start: yaml_start, file: FileId::of("") }.read().ok()?;
    let Value::Map(entries) = node.value else { return None };
    let own = entries.into_iter().filter(|(key, _)| Report::KEYS.contains(&key.as_str())).collect();
    let node = Node { place: node.place, value: Value::Map(own) };
    Report::decode(&node, &mut Vec::new()).map(|report| Stand::of(&report))
}
