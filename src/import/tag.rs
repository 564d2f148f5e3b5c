//! What the tags of a case say of its id and of defects.
//!
//! Tools have no field for either, and teams write them as tags. What is understood:
//!
//! | tag | meaning |
//! | --- | --- |
//! | `id:BEN-142`, `case=BEN-142`, `test_case_id:142`, `tms:…` | the id of the case |
//! | `defect:D-317`, `bug:D-317`, `issue:https://…/D-317` | a defect |
//! | `BEN-142`, `@BEN-142` | the id of the case, if no tag gives it and this is the only such tag, at this case alone |

use super::Note;

/// What tags say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The id of the case, said to be it.
    pub id: Option<String>,
    /// A key that is the id of the case unless it stands at others too.
    pub key: Option<String>,
    /// Keys of defects.
    pub defects: Vec<String>,
    /// Keys of which it is not known what they stand for.
    pub unclear: Vec<String>,
}

impl Marks {
    /// What `tags` say.
    pub fn of<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut ids, mut bare, mut defects) = (Vec::new(), Vec::new(), Vec::new());
        for tag in tags {
            let tag = tag.trim().trim_start_matches('@');
            match tag.split_once([':', '=']).map(|(name, value)| (meaning(name), value.trim())) {
                Some((Meaning::Case, value)) => push(&mut ids, key_of(value)),
                Some((Meaning::Defect, value)) => push(&mut defects, key_of(value)),
                None if is_key(tag) => push(&mut bare, tag),
                Some((Meaning::Other, _)) | None => {}
            }
        }
        let is_alone = ids.is_empty() && bare.len() == 1;
        let key = if is_alone { bare.pop() } else { None };
        let mut ids = ids.into_iter();
        Self { id: ids.next(), key, defects, unclear: ids.chain(bare).collect() }
    }

    /// A note on what is not understood, at `name`.
    pub fn note(&self, name: &str) -> Option<Note> {
        (!self.unclear.is_empty()).then(|| Note {
            at: name.to_owned(),
            text: format!("it is not known what the tags `{}` stand for", self.unclear.join("`, `")),
        })
    }
}

enum Meaning {
    Case,
    Defect,
    Other,
}

fn meaning(name: &str) -> Meaning {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match name.as_str() {
        "id" | "case" | "caseid" | "testcase" | "testcaseid" | "testid" | "tc" | "tcid" | "tms" => {
            Meaning::Case
        }
        "defect" | "defects" | "bug" | "issue" | "knownissue" => Meaning::Defect,
        _ => Meaning::Other,
    }
}

/// `text`, or the last part of its path if it is an address.
pub fn key_of(text: &str) -> &str {
    if !text.contains("://") {
        return text.trim();
    }
    let path = text.split(['?', '#']).next().unwrap_or_default().trim().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether `text` is a key as trackers give them: `BEN-142`.
pub fn is_key(text: &str) -> bool {
    let Some((project, number)) = text.rsplit_once('-') else { return false };
    project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

fn push(list: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !list.iter().any(|other| other == text) {
        list.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_a_case_and_defects() {
        for (tags, id, key, defects, unclear) in [
            (&["id:BEN-142", "smoke"][..], Some("BEN-142"), None, &[][..], &[][..]),
            (&["@BEN-142", "severity:high"], None, Some("BEN-142"), &[], &[]),
            (&["Test Case ID = 142", "BEN-7"], Some("142"), None, &[], &["BEN-7"]),
            (&["BEN-1", "BEN-2"], None, None, &[], &["BEN-1", "BEN-2"]),
            (&["issue:https://jira.example.ee/browse/D-317?x", "bug:D-317"], None, None, &["D-317"], &[]),
            (&["BEN-1", "BEN-1"], None, Some("BEN-1"), &[], &[]),
            (&["ben-142", "-1", "B-", "id:"], None, None, &[], &[]),
        ] {
            let marks = Marks::of(tags.iter().copied());
            assert_eq!((marks.id.as_deref(), marks.key.as_deref()), (id, key), "{tags:?}");
            assert_eq!(marks.defects, defects, "{tags:?}");
            assert_eq!(marks.unclear, unclear, "{tags:?}");
        }
    }
}
