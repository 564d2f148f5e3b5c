//! What a publish has to do, told from manifests alone.

use std::collections::BTreeSet;

use crate::delivery::media_type;
use crate::render::search;
use crate::write::{Listed, MANIFEST, Manifest, OutputPath};

/// What a publish has to do. Each list is sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to upload, in the order of [`Wave`].
    pub waves: [Vec<(OutputPath, Listed)>; 3],
    /// Files of earlier publishes that are no more: pages, then what they showed, to which nothing leads by then.
    pub gone: [Vec<OutputPath>; 2],
    /// How many files are there already.
    pub kept: usize,
}

/// When a file is uploaded. What names others comes after them, so that nobody is led to what is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wave {
    /// What pages show and load.
    Assets,
    /// Pages.
    Pages,
    /// What lists pages: indexes of search, feeds, calendars, the list for search engines.
    Lists,
}

impl Wave {
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
    /// The plan of uploading the files `missing` of `new`, and of deleting what earlier publishes left.
    pub fn of(
        new: &Manifest,
        missing: Vec<(OutputPath, Listed)>,
        published: Option<&Manifest>,
        unsure: &BTreeSet<OutputPath>,
    ) -> Self {
        let mut plan = Self { kept: new.files.len() - missing.len(), ..Self::default() };
        for (path, listed) in missing {
            let [assets, pages, lists] = &mut plan.waves;
            match Wave::of(path.as_str()) {
                Wave::Assets => assets.push((path, listed)),
                Wave::Pages => pages.push((path, listed)),
                Wave::Lists => lists.push((path, listed)),
            }
        }
        let listed = published.into_iter().flat_map(|published| published.files.keys());
        let gone: BTreeSet<&OutputPath> = listed
            .chain(unsure)
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
            "a.html",
            "b/index.html",
            "feed.xml",
            "search/index/root.js",
        ];
        assert_eq!(told(&plan(&new, None, &[])), (uploads, vec![], 0));
    }

    #[test]
    fn only_what_changed_is_uploaded_and_only_what_was_published_goes() {
        let published = manifest(&[("a.html", "1"), ("b.html", "1"), ("c.png", "1"), ("d.html", "1")]);
        let new = manifest(&[("a.html", "1"), ("b.html", "2"), ("e.html", "1")]);
        let (uploads, gone) = (vec!["b.html", "e.html"], vec!["d.html", "c.png"]);
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
