//! Two versions of the guidance side by side, as their pages about changes show them.

use std::collections::HashMap;
use std::sync::Arc;

use super::difference::{self, Change, Difference, Pair};
use crate::derive::page::routes::{Routes, Subject};
use crate::model::Site;
use crate::model::document::Document;
use crate::record::text::Text;

/// A version of the guidance.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// What readers see in its place.
    pub title: Option<Text>,
    /// Its pages.
    pub site: Arc<Site>,
    /// Where they stand.
    pub routes: Arc<Routes>,
}

impl Version {
    /// The page that shows the text with `key`: its own, or the list that it introduces.
    pub fn subject(&self, key: &str) -> Option<&Subject> {
        self.routes.of_source(&self.site.document(key)?.main().path)
    }

    /// The path in addresses of the page with `key`.
    pub fn path(&self, key: &str) -> Option<&str> {
        self.routes.path(self.subject(key)?)
    }

    /// The address of the page with `key` in `language`, from the portal's root.
    pub fn address(&self, key: &str, language: &str) -> Option<String> {
        self.subject(key).map(|subject| self.routes.address(subject, language))
    }
}

/// Two versions and what changed from one to the other.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The former.
    pub before: Version,
    /// The latter.
    pub after: Version,
    /// What changed.
    pub difference: Difference,
}

impl Comparison {
    /// What changed from `before` to `after`; `became` gives the path after of a page that is still there, by its
    /// path before.
    pub fn of(before: Version, after: Version, became: impl Fn(&str) -> Option<String>) -> Self {
        let keys = after.site.documents.iter().map(|document| document.key.as_str());
        let keys: HashMap<&str, &str> = keys.filter_map(|key| Some((after.path(key)?, key))).collect();
        let key_after = |key: &str| {
            let path = became(before.path(key)?)?;
            keys.get(path.as_str()).map(|key| (*key).to_owned())
        };
        let difference = Difference::of(&before.site, &after.site, key_after);
        Self { before, after, difference }
    }

    /// What stands for it in addresses: `2026.1..2026.2`.
    pub fn name(&self) -> String {
        format!("{}..{}", self.before.id, self.after.id)
    }

    /// What became of the text of a page in `language`, block by block; of a language that one of the versions
    /// does not have, in the first language.
    pub fn text(&self, pair: &Pair, language: &str) -> Vec<Change> {
        let pages = self.before.site.document(&pair.before).zip(self.after.site.document(&pair.after));
        let Some((before, after)) = pages else { return Vec::new() };
        let has = |document: &Document| document.texts.iter().any(|text| text.language == language);
        let language = if has(before) && has(after) { language } else { &after.main().language };
        let blocks = |site, document: &Document| difference::blocks(site, document.text(language));
        difference::between(&blocks(&self.before.site, before), &blocks(&self.after.site, after))
    }

    /// The pairs that have a page of their own: those whose text changed.
    pub fn pages(&self) -> impl Iterator<Item = &Pair> {
        self.difference.changed()
    }
}

/// When a page changed last, as far as its version's forerunners tell.
#[derive(Debug, Clone, Copy)]
pub enum LastChange<'a> {
    /// In the later of these versions it says something else.
    Changed(&'a Comparison, &'a Pair),
    /// In the later of these versions it is new.
    Added(&'a Comparison),
}

/// When the page with `key` of the version `id` changed last, looking back from one of `comparisons` to the one
/// before it.
pub fn last_change<'a>(comparisons: &'a [Arc<Comparison>], id: &str, key: &str) -> Option<LastChange<'a>> {
    let (mut id, mut key) = (id.to_owned(), key.to_owned());
    // Each step goes to an earlier version, so that there are no more steps than comparisons.
    for _ in comparisons {
        let comparison = comparisons.iter().find(|comparison| comparison.after.id == id)?;
        let pair = comparison.difference.of_page(&key);
        match pair {
            Some(pair) if pair.is_changed() => return Some(LastChange::Changed(comparison, pair)),
            None if comparison.difference.added.contains(&key) => return Some(LastChange::Added(comparison)),
            _ => {}
        }
        id.clone_from(&comparison.before.id);
        key = pair.map_or(key, |pair| pair.before.clone());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn version(id: &str, files: &[(&str, &str)]) -> Version {
        let site = tree(files);
        let routes = Arc::new(Routes::of(&site));
        Version { id: id.to_owned(), title: None, site: Arc::new(site), routes }
    }

    fn compared(before: &Version, after: &Version) -> Arc<Comparison> {
        Arc::new(Comparison::of(before.clone(), after.clone(), |path| Some(path.to_owned())))
    }

    #[test]
    fn a_page_knows_the_version_that_changed_it_last() {
        let versions = [
            version("1", &[("guides/a.md", "# A\n\nOne."), ("guides/b.md", "# B\n")]),
            version("2", &[("guides/a.md", "# A\n\nTwo."), ("guides/b.md", "# B\n")]),
            version(
                "3",
                &[("guides/a.md", "# A\n\nTwo."), ("guides/b.md", "# B\n"), ("guides/c.md", "# C\n")],
            ),
        ];
        let [one, two, three] = &versions;
        let comparisons = [compared(one, two), compared(two, three)];
        let told = |key: &str| match last_change(&comparisons, "3", key) {
            Some(LastChange::Changed(comparison, _)) => format!("changed {}", comparison.name()),
            Some(LastChange::Added(comparison)) => format!("added {}", comparison.name()),
            None => "as ever".to_owned(),
        };
        assert_eq!(["guides/a", "guides/b", "guides/c"].map(told), ["changed 1..2", "as ever", "added 2..3"]);
    }
}
