//! `addresses.json` of a published portal, read back.

use serde::Deserialize;

use crate::model::addresses::{Address, Text};

#[derive(Deserialize)]
struct Manifest {
    addresses: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    address: String,
    to: Option<String>,
    language: Option<String>,
    title: Option<String>,
    id: Option<String>,
    digest: Option<String>,
    source: Option<String>,
    #[serde(default)]
    anchors: Vec<String>,
}

/// The addresses in `text`; nothing if it is no such list.
pub fn addresses(text: &str) -> Option<Vec<Address>> {
    let manifest: Manifest = serde_json::from_str(text).ok()?;
    Some(manifest.addresses.into_iter().map(address).collect())
}

fn address(entry: Entry) -> Address {
    let text = match (entry.language, entry.title, entry.source) {
        (Some(language), Some(title), Some(source)) => {
            Some(Text { language, title, id: entry.id, digest: entry.digest, source, anchors: entry.anchors })
        }
        _ => None,
    };
    Address { address: entry.address, leads_to: entry.to, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_later_program_adds_is_passed_over() {
        let list = addresses(
            r#"{"schema": 2, "addresses": [
                {"address": "/a/", "language": "et", "title": "A", "source": "a.md", "anchors": ["x"], "new": 1},
                {"address": "/b/", "to": "/a/"}]}"#,
        )
        .expect("a list");
        assert_eq!(list[0].text.as_ref().map(|text| text.anchors.clone()), Some(vec!["x".to_owned()]));
        assert_eq!((list[1].leads_to.as_deref(), &list[1].text), (Some("/a/"), &None));
        for text in ["", "[]", "{}", r#"{"addresses": [{}]}"#] {
            assert_eq!(addresses(text), None, "{text}");
        }
    }
}
