//! Two versions of the guidance side by side, as their pages about changes show them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::difference::{self, Change, Difference, Gist, Pair};
use crate::derive::page::routes::{Routes, Subject, language_root};
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
    pub stand: Stand,
}

/// Where the pages of a version stand.
#[derive(Debug, Clone)]
pub enum Stand {
    /// Where this program puts them.
    Made(Arc<Routes>),
    /// Where an earlier tool put them.
    Finished(Finished),
}

/// The pages of a version that an earlier tool made.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    /// The address of each, from the portal's root, by its key and language.
    pub addresses: BTreeMap<String, BTreeMap<String, String>>,
}

impl Version {
    /// The page that shows the text with `key`: its own, or the list that it introduces.
    fn subject<'a>(&'a self, routes: &'a Routes, key: &str) -> Option<&'a Subject> {
        routes.of_source(&self.site.document(key)?.main().path)
    }

    /// The path in addresses of the page with `key`.
    pub fn path(&self, key: &str) -> Option<&str> {
        match &self.stand {
            Stand::Made(routes) => routes.path(self.subject(routes, key)?),
            Stand::Finished(finished) => {
                let (key, _) = finished.addresses.get_key_value(key)?;
                Some(if key == "index" { "" } else { key })
            }
        }
    }

    /// What its pages say.
    pub fn gist(&self) -> Gist {
        Gist::of(&self.site, |key| self.path(key))
    }

    /// The address of the page with `key` in `language`, from the portal's root; of a finished page that is not there
    /// in it, in another.
    pub fn address(&self, key: &str, language: &str) -> Option<String> {
        match &self.stand {
            Stand::Made(routes) => self.subject(routes, key).map(|subject| routes.address(subject, language)),
            Stand::Finished(finished) => {
                let all = finished.addresses.get(key)?;
                let default = self.site.default_language();
                let found = all.get(language).or_else(|| all.get(default));
                found.or_else(|| all.values().next()).cloned()
            }
        }
    }
}

impl Finished {
    /// The path of each page among pages, with its address.
    pub fn paths(&self) -> BTreeMap<String, String> {
        let first = |(key, all): (&String, &BTreeMap<String, String>)| {
            let path = if key == "index" { "" } else { key };
            Some((path.to_owned(), all.values().next()?.clone()))
        };
        self.addresses.iter().filter_map(first).collect()
    }
}

/// The folder of addresses below which stands what changed between versions.
const DIFFERENCES: &str = "diff";

/// What changed from one version to the next. That is little enough to be kept while neither is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The id of the former version.
    pub before: String,
    /// The id of the latter.
    pub after: String,
    /// What changed.
    pub difference: Difference,
    /// Below which path the changes of each page stand, by its key in the latter: of those whose text changed.
    paths: BTreeMap<String, String>,
}

impl Step {
    /// What changed from one version to another, each with its id and what its pages say; `became` gives the path after
    /// of a page that is still there, by its path before.
    pub fn between(
        (before, old): (&str, &Gist),
        (after, new): (&str, &Gist),
        became: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let difference = Difference::of(old, new, became);
        let paths: BTreeMap<&str, Option<&str>> =
            new.pages.iter().map(|page| (page.key.as_str(), page.path())).collect();
        let path = |pair: &Pair| {
            // The home page has none, and the folder's own page tells of all.
            let path = paths.get(pair.after.as_str()).copied().flatten().filter(|path| !path.is_empty());
            (pair.after.clone(), path.unwrap_or("index").to_owned())
        };
        let paths = difference.changed().map(path).collect();
        Self { before: before.to_owned(), after: after.to_owned(), difference, paths }
    }

    /// What stands for it in addresses: `2026.1..2026.2`.
    pub fn name(&self) -> String {
        format!("{}..{}", self.before, self.after)
    }

    /// What stands before the addresses of its pages: `/diff/2026.1..2026.2`.
    pub fn root(&self) -> String {
        format!("/{DIFFERENCES}/{}", self.name())
    }

    /// The pages whose text changed, each with the path below which its changes stand.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(key, path)| (key.as_str(), path.as_str()))
    }

    /// The address of the page about all changes in `language`; `default` is that of the portal.
    pub fn address(&self, language: &str, default: &str) -> String {
        format!("{}/", language_root(&self.root(), language, default))
    }

    /// The address of the page about the changes of the page with `key`, where its text changed.
    pub fn address_of(&self, key: &str, language: &str, default: &str) -> Option<String> {
        self.paths.get(key).map(|path| format!("{}{path}/", self.address(language, default)))
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
    pub step: Arc<Step>,
}

impl Comparison {
    /// What changed from `before` to `after`; `became` gives the path after of a page that is still there, by its
    /// path before.
    pub fn of(before: Version, after: Version, became: impl Fn(&str) -> Option<String>) -> Self {
        let step = Step::between((&before.id, &before.gist()), (&after.id, &after.gist()), became);
        Self { before, after, step: Arc::new(step) }
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
}

/// When a page changed last, as far as its version's forerunners tell.
#[derive(Debug, Clone, Copy)]
pub enum LastChange<'a> {
    /// In the later version of this step it says something else; its key there.
    Changed(&'a Step, &'a str),
    /// In the later version of this step it is new.
    Added(&'a Step),
}

/// When the page with `key` of the version `id` changed last, looking back from one of `steps` to the one before
/// it.
pub fn last_change<'a>(steps: &'a [Arc<Step>], id: &str, key: &str) -> Option<LastChange<'a>> {
    let (mut id, mut key) = (id.to_owned(), key.to_owned());
    // Each goes to an earlier version, so that there is none to look at twice.
    for _ in steps {
        let step = steps.iter().find(|step| step.after == id)?;
        let pair = step.difference.of_page(&key);
        match pair {
            Some(pair) if pair.is_changed() => return Some(LastChange::Changed(step, &pair.after)),
            None if step.difference.added.contains(&key) => return Some(LastChange::Added(step)),
            _ => {}
        }
        id.clone_from(&step.before);
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
        Version { id: id.to_owned(), title: None, site: Arc::new(site), stand: Stand::Made(routes) }
    }

    fn compared(before: &Version, after: &Version) -> Arc<Step> {
        Comparison::of(before.clone(), after.clone(), |path| Some(path.to_owned())).step
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
        let steps = [compared(one, two), compared(two, three)];
        let told = |key: &str| match last_change(&steps, "3", key) {
            Some(LastChange::Changed(step, _)) => format!("changed {}", step.name()),
            Some(LastChange::Added(step)) => format!("added {}", step.name()),
            None => "as ever".to_owned(),
        };
        assert_eq!(["guides/a", "guides/b", "guides/c"].map(told), ["changed 1..2", "as ever", "added 2..3"]);
    }
}
