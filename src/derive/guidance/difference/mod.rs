//! What changed in the guidance from one version to another.
//!
//! 1. [`mod@text`] makes of a page the blocks of text that a reader reads.
//! 2. [`Gist`] keeps of them so much that two pages can be told apart.
//! 3. [`Difference::of`] pairs the pages of two sites and tells which are new, gone, moved and changed. Which
//!    page became which, it is told.
//! 4. [`align`](mod@align) lays the blocks of two pages side by side.
//! 5. [`words`] marks the words in which two blocks differ.

mod align;
mod gist;
pub mod text;
mod words;

pub use align::{Change, between};
pub use gist::{Gist, PageGist, TextGist};
pub use words::Run;

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::derive::page::title;
use crate::model::Site;
use crate::model::document::Article;
use text::{Block, Kind};

/// What became of the pages of one site in another, each list by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Pages that were not there before, by their keys.
    pub added: Vec<String>,
    /// Pages that are not there any more, by their keys.
    pub removed: Vec<String>,
    /// Pages that stand elsewhere, or say something else.
    pub kept: Vec<Pair>,
    /// How many pages stand where they stood and say what they said.
    pub same: usize,
}

/// A page before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Its key before.
    pub before: String,
    /// Its key after.
    pub after: String,
    /// Whether it stands elsewhere.
    pub is_elsewhere: bool,
    /// The languages in which it says something else.
    pub changed_in: Vec<String>,
}

impl Pair {
    /// Whether it stands elsewhere.
    pub fn is_moved(&self) -> bool {
        self.is_elsewhere
    }

    /// Whether it says something else, in any language.
    pub fn is_changed(&self) -> bool {
        !self.changed_in.is_empty()
    }
}

impl Difference {
    /// What changed from `before` to `after`. `became` gives the path after of a page that is still there, by its path
    /// before; where two pages are said to have become one, the one with its key is it, else the first.
    pub fn of<'a>(before: &'a Gist, after: &'a Gist, became: impl Fn(&str) -> Option<String>) -> Self {
        let by_path: HashMap<&str, &PageGist> =
            after.pages.iter().filter_map(|page| Some((page.path()?, page))).collect();
        let pair = |old: &'a PageGist| Some((old, *by_path.get(became(old.path()?)?.as_str())?));
        let mut pairs: Vec<(&PageGist, &PageGist)> = before.pages.iter().filter_map(pair).collect();
        pairs.sort_by_key(|(old, new)| (&new.key, old.key != new.key, &old.key));
        pairs.dedup_by_key(|(_, new)| &new.key);
        let (kept_before, kept_after): (BTreeSet<&str>, BTreeSet<&str>) =
            pairs.iter().map(|(old, new)| (old.key.as_str(), new.key.as_str())).unzip();
        let without = |gist: &Gist, kept: &BTreeSet<&str>| -> Vec<String> {
            let others = gist.pages.iter().filter(|page| !kept.contains(page.key.as_str()));
            others.map(|page| page.key.clone()).collect()
        };
        let mut difference = Self {
            added: without(after, &kept_after),
            removed: without(before, &kept_before),
            ..Self::default()
        };
        for (old, new) in pairs {
            let pair = Pair {
                before: old.key.clone(),
                after: new.key.clone(),
                is_elsewhere: old.path != new.path,
                changed_in: changed_in(old, new),
            };
            if pair.is_moved() || pair.is_changed() {
                difference.kept.push(pair);
            } else {
                difference.same += 1;
            }
        }
        difference
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.kept.is_empty()
    }

    /// Pages that stand elsewhere.
    pub fn moved(&self) -> impl Iterator<Item = &Pair> {
        self.kept.iter().filter(|pair| pair.is_moved())
    }

    /// Pages that say something else.
    pub fn changed(&self) -> impl Iterator<Item = &Pair> {
        self.kept.iter().filter(|pair| pair.is_changed())
    }

    /// What became of the page whose key is `key` now; nothing of a page that is new or the same.
    pub fn of_page(&self, key: &str) -> Option<&Pair> {
        self.kept.iter().find(|pair| pair.after == key)
    }
}

/// The languages that a page has on both sides and in which it says something else, in the order of the later.
fn changed_in(before: &PageGist, after: &PageGist) -> Vec<String> {
    let differs = |text: &&TextGist| {
        let old = before.texts.iter().find(|old| old.language == text.language);
        old.is_some_and(|old| old.digest != text.digest)
    };
    after.texts.iter().filter(differs).map(|text| text.language.clone()).collect()
}

/// What a reader reads of a page: its title, what it is for, its text.
pub fn blocks(site: &Site, article: &Article) -> Vec<Block> {
    let default = site.default_language();
    let title = Block { kind: Kind::Heading(1), text: title::of_article(article, default) };
    let lede = article.front.description.as_ref();
    let lede = lede
        .map(|words| Block { kind: Kind::Paragraph, text: words.get(&article.language, default).to_owned() });
    [title].into_iter().chain(lede).chain(text::blocks(&article.body)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn told(before: &[(&str, &str)], after: &[(&str, &str)], moved: &[(&str, &str)]) -> Vec<String> {
        let (before, after) = (tree(before), tree(after));
        let became = |key: &str| {
            let moved = moved.iter().find(|(from, _)| *from == key).map(|(_, to)| (*to).to_owned());
            moved.or_else(|| after.document(key).map(|document| document.key.clone()))
        };
        let [before, after] = [&before, &after].map(|site| {
            let key = |key: &str| site.document(key).map(|document| document.key.as_str());
            Gist::of(site, key)
        });
        let difference = Difference::of(&before, &after, became);
        let kept = difference.kept.iter().map(|pair| {
            let changed = if pair.is_changed() { " changed" } else { "" };
            format!("{} -> {}{changed}", pair.before, pair.after)
        });
        let added = difference.added.iter().map(|key| format!("+ {key}"));
        let removed = difference.removed.iter().map(|key| format!("- {key}"));
        added.chain(removed).chain(kept).collect()
    }

    #[test]
    fn pages_are_new_gone_moved_and_changed() {
        let before = [
            ("guides/same.md", "# Same\n\nText."),
            ("guides/changed.md", "# Changed\n\nOld text."),
            ("guides/moved.md", "# Moved\n\nText."),
            ("guides/gone.md", "# Gone\n"),
            ("reports/dated.md", "# Dated\n"),
        ];
        let after = [
            ("guides/same.md", "# Same\n\nText."),
            ("guides/changed.md", "# Changed\n\nNew text."),
            ("guides/deep/moved.md", "# Moved\n\nOther text."),
            ("guides/new.md", "# New\n"),
            ("reports/later.md", "# Later\n"),
        ];
        assert_eq!(
            told(&before, &after, &[("guides/moved", "guides/deep/moved")]),
            [
                "+ guides/new",
                "- guides/gone",
                "guides/changed -> guides/changed changed",
                "guides/moved -> guides/deep/moved changed"
            ]
        );
    }

    #[test]
    fn of_two_pages_that_became_one_the_one_that_stayed_is_it() {
        let before = [("guides/a.md", "# A\n"), ("guides/b.md", "# B\n")];
        let after = [("guides/b.md", "# B\n")];
        assert_eq!(told(&before, &after, &[("guides/a", "guides/b")]), ["- guides/a"]);
    }
}
