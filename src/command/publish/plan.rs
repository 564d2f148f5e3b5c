//! What a publish has to do, told from manifests alone.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::delivery::media_type;
use crate::render::search;
use crate::write::{Listed, MANIFEST, Manifest, OutputPath};

/// What a publish has to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to upload, in the order of [`Wave`].
    pub waves: [Vec<(OutputPath, Listed)>; 4],
    /// Files of earlier publishes that are no more: pages, then what they showed, to which nothing leads by then.
    pub gone: [Vec<OutputPath>; 2],
    /// Files to upload where somebody else's stand.
    pub foreign: Vec<OutputPath>,
    /// How many files are there already.
    pub kept: usize,
}

/// When a file is uploaded. What names others mostly comes after them. No order is right for all links: new pages may
/// name each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wave {
    /// What pages show and load.
    Assets,
    /// Pages that were not there, the nearest to the home page last: these list the others.
    Pages,
    /// Pages that were there. They may lead to new ones.
    Changed,
    /// What lists pages: indexes of search, feeds, calendars, the list for search engines.
    Lists,
}

impl Wave {
    /// The wave of the file at `path`, which pages that were there leave for a later one.
    fn of(path: &str) -> Self {
        let is = |kind: &str| media_type(path).starts_with(kind);
        if is("text/html") {
            Self::Pages
        } else if is("application/xml")
            || is("application/atom")
            || is("text/calendar")
            || search::is_of_index(path)
        {
            Self::Lists
        } else {
            Self::Assets
        }
    }
}

/// Whether a publish uploads what is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Only what changed.
    Changes,
    /// All.
    Everything,
}

/// Which files of `new` are perhaps not there, as `published` lists them: of those in `unsure` its word does not count.
pub fn uncertain(
    new: &Manifest,
    published: Option<&Manifest>,
    unsure: &BTreeSet<OutputPath>,
    extent: Extent,
) -> Vec<(OutputPath, Listed)> {
    let is_there = |path: &OutputPath, listed: &Listed| {
        let known = published.and_then(|published| published.files.get(path));
        known == Some(listed) && !unsure.contains(path) && extent == Extent::Changes
    };
    let files = new.files.iter().filter(|(path, listed)| !is_there(path, listed));
    files.map(|(path, listed)| (path.clone(), *listed)).collect()
}

impl Plan {
    /// The plan of uploading the files `missing` of `new`, and of deleting what earlier publishes left: what
    /// `published` lists, and `strays`, which no manifest lists and which are ours nevertheless.
    pub fn of(
        new: &Manifest,
        missing: Vec<(OutputPath, Listed)>,
        published: Option<&Manifest>,
        strays: &BTreeSet<OutputPath>,
    ) -> Self {
        let was_there =
            |path: &OutputPath| published.is_some_and(|published| published.files.contains_key(path));
        let mut plan = Self { kept: new.files.len() - missing.len(), ..Self::default() };
        for (path, listed) in missing {
            let [assets, pages, changed, lists] = &mut plan.waves;
            let wave = match Wave::of(path.as_str()) {
                Wave::Pages if was_there(&path) => Wave::Changed,
                wave => wave,
            };
            match wave {
                Wave::Assets => assets.push((path, listed)),
                Wave::Pages => pages.push((path, listed)),
                Wave::Changed => changed.push((path, listed)),
                Wave::Lists => lists.push((path, listed)),
            }
        }
        let [_, pages, changed, _] = &mut plan.waves;
        for pages in [pages, changed] {
            pages.sort_by_key(|(path, _)| Reverse(path.as_str().matches('/').count()));
        }
        let listed = published.into_iter().flat_map(|published| published.files.keys());
        let gone: BTreeSet<&OutputPath> = listed
            .chain(strays)
            .filter(|path| !new.files.contains_key(*path) && path.as_str() != MANIFEST)
            .collect();
        let is_page = |path: &OutputPath| Wave::of(path.as_str()) == Wave::Pages;
        let (pages, others) = gone.into_iter().cloned().partition(is_page);
        plan.gone = [pages, others];
        plan
    }

    /// The files to upload, in their order.
    pub fn uploads(&self) -> impl Iterator<Item = &(OutputPath, Listed)> {
        self.waves.iter().flatten()
    }

    /// The files to delete, in their order.
    pub fn deletes(&self) -> impl Iterator<Item = &OutputPath> {
        self.gone.iter().flatten()
    }

    /// How many bytes are uploaded.
    pub fn bytes(&self) -> u64 {
        self.uploads().map(|(_, listed)| listed.bytes).sum()
    }

    /// Every file that the plan touches.
    pub fn touched(&self) -> impl Iterator<Item = &OutputPath> {
        self.uploads().map(|(path, _)| path).chain(self.deletes())
    }

    /// Whether no file is touched.
    pub fn is_empty(&self) -> bool {
        self.touched().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{manifest, path};
    use super::*;

    /// The plan in words.
    fn told(plan: &Plan) -> (Vec<&str>, Vec<&str>, usize) {
        let uploads = plan.uploads().map(|(path, _)| path.as_str()).collect();
        (uploads, plan.deletes().map(OutputPath::as_str).collect(), plan.kept)
    }

    fn plan(new: &Manifest, published: Option<&Manifest>, unsure: &[&str]) -> Plan {
        let unsure = unsure.iter().map(|text| path(text)).collect();
        let missing = uncertain(new, published, &unsure, Extent::Changes);
        Plan::of(new, missing, published, &unsure)
    }

    #[test]
    fn what_shows_comes_before_what_leads_there() {
        let new = manifest(&[
            ("a.html", "1"),
            ("assets/x-0123.css", "1"),
            ("b/index.html", "1"),
            ("b/picture.png", "1"),
            ("feed.xml", "1"),
            ("search/index/root.js", "1"),
            ("z.csv", "1"),
        ]);
        let uploads = vec![
            "assets/x-0123.css",
            "b/picture.png",
            "z.csv",
            "b/index.html",
            "a.html",
            "feed.xml",
            "search/index/root.js",
        ];
        assert_eq!(told(&plan(&new, None, &[])), (uploads, vec![], 0));
    }

    #[test]
    fn new_pages_come_before_those_that_may_lead_there_and_lists_of_pages_last() {
        let published = manifest(&[("a/b/index.html", "1"), ("a/index.html", "1"), ("index.html", "1")]);
        let new = manifest(&[
            ("a/b/index.html", "2"),
            ("a/index.html", "2"),
            ("index.html", "2"),
            ("x/index.html", "1"),
            ("x/y/index.html", "1"),
        ]);
        let uploads = vec!["x/y/index.html", "x/index.html", "a/b/index.html", "a/index.html", "index.html"];
        assert_eq!(told(&plan(&new, Some(&published), &[])), (uploads, vec![], 0));
    }

    #[test]
    fn only_what_changed_is_uploaded_and_only_what_was_published_goes() {
        let published = manifest(&[("a.html", "1"), ("b.html", "1"), ("c.png", "1"), ("d.html", "1")]);
        let new = manifest(&[("a.html", "1"), ("b.html", "2"), ("e.html", "1")]);
        let (uploads, gone) = (vec!["e.html", "b.html"], vec!["d.html", "c.png"]);
        assert_eq!(told(&plan(&new, Some(&published), &[])), (uploads, gone, 1));
        assert!(plan(&new, Some(&new), &[]).is_empty());
    }

    #[test]
    fn what_a_stopped_publish_touched_is_known_of_nobody() {
        let published = manifest(&[("a.html", "1"), ("b.html", "1")]);
        let plan = plan(&published, Some(&published), &["a.html", "c.html"]);
        assert_eq!(told(&plan), (vec!["a.html"], vec!["c.html"], 1));
    }
}
