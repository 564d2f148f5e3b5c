//! Versions of the guidance: which there are, and where a page of one stands in another.
//!
//! A version is known here by the addresses of its pages and by what tells a page again: its stable `id`, its
//! former addresses, its text. That is little enough to be kept while the version itself is not read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::derive::page::redirects::{Redirect, Target};
use crate::derive::page::routes::{Routes, Subject, language_root};
use crate::model::Site;
use crate::model::document::Document;
use crate::model::portal::VersionState;
use crate::record::text::Text;

/// The folder in addresses below which older versions stand.
pub const FOLDER: &str = "v";

/// The name of the version that is not named: the content folder, while another version is current. Its folder in
/// addresses, too.
pub const NEXT: &str = "next";

/// The name under which the current version is always found.
pub const LATEST: &str = "latest";

/// What stands before the addresses of the older version to which an address belongs: `/v/2025/`.
pub fn version_root(address: &str) -> Option<&str> {
    let folder = address.strip_prefix('/')?.strip_prefix(FOLDER)?.strip_prefix('/')?;
    let id = folder.find('/').filter(|length| *length > 0)?;
    address.get(..address.len() - folder.len() + id + 1)
}

/// A version of the guidance as readers meet it.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its id.
    pub id: String,
    /// What readers see in its place.
    pub title: Option<Text>,
    /// Whether it is in force.
    pub state: VersionState,
    /// What stands before its addresses: nothing, `/next` or `/v/2025`.
    pub root: String,
    /// Where its pages stand.
    pub places: Arc<Places>,
}

impl Edition {
    /// Whether search engines should leave its pages out.
    pub fn is_unlisted(&self) -> bool {
        matches!(self.state, VersionState::Preview | VersionState::Archived)
    }

    /// The address of its page at `path` in `language`.
    fn address(&self, path: &str, language: &str, default: &str) -> String {
        match &*self.places {
            Places::Made(_) => {
                let root = language_root(&self.root, language, default);
                if path.is_empty() { format!("{root}/") } else { format!("{root}/{path}/") }
            }
            Places::Frozen(_) => format!("{}/{path}", self.root),
        }
    }
}

/// Where the pages of a version stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Places {
    /// Pages that this program makes, by their path in addresses: `guides/report-defect`.
    Made(BTreeMap<String, Mark>),
    /// Finished pages of an earlier tool: the address of each, below that of the version, by its path.
    Frozen(BTreeMap<String, String>),
}

/// What tells a page again in another version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The name that stays when the page moves.
    pub id: Option<String>,
    /// Its former addresses, without slashes around.
    pub aliases: Vec<String>,
    /// The hash of its text; nothing for what has none.
    pub text: Option<String>,
    /// The path of the file in which it is written.
    pub source: Option<String>,
    /// Whether it shows another page as slides: the one above it.
    pub is_slides: bool,
}

impl Places {
    /// The pages of `site`.
    pub fn of(site: &Site, routes: &Routes) -> Self {
        let marks = routes.paths().filter(|(subject, _)| subject.is_versioned());
        Self::Made(marks.map(|(subject, path)| (path.to_owned(), mark(site, subject))).collect())
    }

    /// The pages among these files of finished HTML.
    pub fn frozen<'a>(files: impl Iterator<Item = &'a str>) -> Self {
        let page = |file: &str| {
            let (stem, is_html) = match file.strip_suffix(".html") {
                Some(stem) => (stem, true),
                None => (file.strip_suffix(".htm")?, false),
            };
            let is_index = stem == "index" || stem.ends_with("/index");
            let path = stem.strip_suffix("index").filter(|_| is_index).unwrap_or(stem);
            let address = if is_index && is_html { path } else { file };
            Some((path.trim_end_matches('/').to_owned(), address.to_owned()))
        };
        let mut pages: BTreeMap<String, String> = BTreeMap::new();
        for (path, address) in files.filter_map(page) {
            // Of `a.html` and `a/index.html` the folder's page is the one that `a/` leads to.
            let is_folder = address.is_empty() || address.ends_with('/');
            if is_folder || !pages.contains_key(&path) {
                pages.insert(path, address);
            }
        }
        Self::Frozen(pages)
    }

    /// The paths of all pages.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let (made, frozen) = match self {
            Self::Made(marks) => (Some(marks.keys()), None),
            Self::Frozen(pages) => (None, Some(pages.keys())),
        };
        made.into_iter().flatten().chain(frozen.into_iter().flatten()).map(String::as_str)
    }

    fn has(&self, path: &str) -> bool {
        match self {
            Self::Made(marks) => marks.contains_key(path),
            Self::Frozen(pages) => pages.contains_key(path),
        }
    }

    fn mark(&self, path: &str) -> Option<&Mark> {
        match self {
            Self::Made(marks) => marks.get(path),
            Self::Frozen(_) => None,
        }
    }
}

fn mark(site: &Site, subject: &Subject) -> Mark {
    let key = match subject {
        Subject::Document(key) => key,
        Subject::Slides(_) => return Mark { is_slides: true, ..Mark::default() },
        _ => return Mark::default(),
    };
    site.document(key).map_or_else(Mark::default, |document| Mark {
        id: document.main().front.id.as_ref().map(|id| id.value.clone()),
        aliases: former(document),
        text: text(document),
        source: Some(document.main().path.clone()),
        is_slides: false,
    })
}

fn former(document: &Document) -> Vec<String> {
    let all = document.texts.iter().flat_map(|text| &text.front.aliases);
    all.map(|alias| alias.trim_matches('/').to_owned()).collect()
}

/// The hash of what a page says; a page that says nothing is like no other.
fn text(document: &Document) -> Option<String> {
    let body = &document.main().body;
    let mut hasher = blake3::Hasher::new();
    for part in body.text() {
        hasher.update(part.as_bytes());
    }
    (body.words > 0).then(|| hasher.finalize().to_hex()[..16].to_owned())
}

/// Where a reader who changes the version lands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// The address, from the portal's root.
    pub address: String,
    /// Whether it is the page the reader comes from, or what became of it; else it is the nearest above it.
    pub is_same: bool,
}

/// All versions of the guidance, in the order in which readers see them.
#[derive(Debug, Clone)]
pub struct Editions {
    all: Vec<Edition>,
    current: usize,
    default_language: String,
    indexes: Vec<Index>,
    /// Pages that are known to have moved, by path, from one version to another.
    moves: HashMap<(usize, usize), HashMap<String, String>>,
}

/// What a version's pages are found by; each leads to a path.
#[derive(Debug, Clone, Default)]
struct Index {
    ids: HashMap<String, String>,
    aliases: HashMap<String, String>,
    texts: HashMap<String, Option<String>>,
    sources: HashMap<String, String>,
}

impl Index {
    fn of(places: &Places) -> Self {
        let mut index = Self::default();
        let Places::Made(marks) = places else { return index };
        for (path, mark) in marks {
            if let Some(id) = &mark.id {
                index.ids.entry(id.clone()).or_insert_with(|| path.clone());
            }
            for alias in &mark.aliases {
                index.aliases.entry(alias.clone()).or_insert_with(|| path.clone());
            }
            if let Some(source) = &mark.source {
                index.sources.insert(source.clone(), path.clone());
            }
            if let Some(text) = &mark.text {
                // Two pages with one text tell nothing of each other.
                let known = index.texts.contains_key(text);
                index.texts.insert(text.clone(), (!known).then(|| path.clone()));
            }
        }
        index
    }
}

impl Editions {
    /// These versions, of which the one at `current` stands at the portal's root.
    pub fn new(all: Vec<Edition>, current: usize, default_language: &str) -> Self {
        let indexes = all.iter().map(|edition| Index::of(&edition.places)).collect();
        let default_language = default_language.to_owned();
        Self { all, current, default_language, indexes, moves: HashMap::new() }
    }

    /// The same, told which files moved from the version at `from` to the one at `to`.
    #[must_use]
    pub fn moved(mut self, from: usize, to: usize, files: &BTreeMap<String, String>) -> Self {
        let (Some(before), Some(after)) = (self.indexes.get(from), self.indexes.get(to)) else { return self };
        let page = |(old, new): (&String, &String)| {
            Some((before.sources.get(old)?.clone(), after.sources.get(new)?.clone()))
        };
        let moves: HashMap<String, String> = files.iter().filter_map(page).collect();
        self.moves.insert((to, from), moves.iter().map(|(old, new)| (new.clone(), old.clone())).collect());
        self.moves.insert((from, to), moves);
        self
    }

    /// All of them.
    pub fn all(&self) -> &[Edition] {
        &self.all
    }

    /// The place of the current one.
    pub fn current(&self) -> usize {
        self.current
    }

    /// The version at a place.
    pub fn get(&self, at: usize) -> Option<&Edition> {
        self.all.get(at)
    }

    /// The path in the version `to` of the page at `path` in the version `from`: the same page or what became of it.
    /// Its name tells that at once. Else it is followed from each version to the next in the list, since neighbours
    /// know more of each other, and another page may stand where it once stood; a version without it is passed over.
    pub fn became(&self, from: usize, path: &str, to: usize) -> Option<String> {
        let way: Vec<usize> = if from < to { (from + 1..=to).collect() } else { (to..from).rev().collect() };
        let found = self.follow(from, path, way.into_iter());
        found.into_iter().next_back().map_or_else(|| Some(path.to_owned()), |(_, found)| found)
    }

    /// What became of a page in each of the versions on a way from one to its neighbour, and on.
    fn follow(
        &self,
        from: usize,
        path: &str,
        way: impl Iterator<Item = usize>,
    ) -> Vec<(usize, Option<String>)> {
        let mut last = (from, path.to_owned());
        way.map(|next| {
            let found = self.by_id(from, path, next).or_else(|| self.step(last.0, &last.1, next));
            if let Some(found) = &found {
                last = (next, found.clone());
            }
            (next, found)
        })
        .collect()
    }

    /// The path in the version `to` of the page that has the stable name of the page at `path`.
    fn by_id(&self, from: usize, path: &str, to: usize) -> Option<String> {
        let mark = self.all.get(from)?.places.mark(path)?;
        self.indexes.get(to)?.ids.get(mark.id.as_ref()?).cloned()
    }

    /// What two versions say of a page by themselves.
    fn step(&self, from: usize, path: &str, to: usize) -> Option<String> {
        let (before, after) = (&self.all.get(from)?.places, &self.all.get(to)?.places);
        let Some(mark) = before.mark(path) else {
            return after.has(path).then(|| path.to_owned());
        };
        if mark.is_slides {
            let (module, slides) = path.rsplit_once('/')?;
            let module = self.step(from, module, to)?;
            let whole = format!("{module}/{slides}");
            return Some(if after.has(&whole) { whole } else { module });
        }
        let (old, new) = (self.indexes.get(from)?, self.indexes.get(to)?);
        let moved = || self.moves.get(&(from, to))?.get(path).filter(|path| after.has(path)).cloned();
        // A page under the same address is another one if each has a name of its own.
        let is_other = |other: &Mark| mark.id.is_some() && other.id.is_some() && mark.id != other.id;
        let by_path = || {
            let there = after.has(path) && !after.mark(path).is_some_and(is_other);
            there.then(|| path.to_owned())
        };
        let by_alias = || new.aliases.get(path).cloned();
        let by_own_alias = || mark.aliases.iter().find(|alias| after.has(alias)).cloned();
        let by_text = || {
            let text = mark.text.as_ref()?;
            let is_one = old.texts.get(text).is_some_and(Option::is_some);
            new.texts.get(text).filter(|_| is_one).cloned().flatten()
        };
        self.by_id(from, path, to)
            .or_else(moved)
            .or_else(by_path)
            .or_else(by_alias)
            .or_else(by_own_alias)
            .or_else(by_text)
    }

    /// Where a reader of the page at `path` in the version `from` lands in the version `to`, in `language`. Without
    /// a path, since the page belongs to no version: on the home page there.
    pub fn landing(&self, from: usize, path: Option<&str>, to: usize, language: &str) -> Landing {
        let Some(target) = self.all.get(to) else {
            return Landing { address: "/".to_owned(), is_same: false };
        };
        let lands = |path: &str| {
            let found = self.became_in(from, path, to, language)?;
            Some(target.address(&found, language, &self.default_language))
        };
        if let Some(address) = path.and_then(lands) {
            return Landing { address, is_same: true };
        }
        let nearest = std::iter::successors(path.and_then(above), |path| above(path)).find_map(lands);
        let address = nearest.unwrap_or_else(|| self.home(target, language));
        Landing { address, is_same: false }
    }

    /// The same in every version, found in one go; in the version `from` itself, it is there.
    pub fn landings(&self, from: usize, path: Option<&str>, language: &str) -> Vec<Landing> {
        let mut found: Vec<Option<Landing>> = vec![None; self.all.len()];
        for (height, path) in std::iter::successors(path, |path| above(path)).enumerate() {
            if found.iter().all(Option::is_some) {
                break;
            }
            let ways = self.follow(from, path, from + 1..self.all.len());
            let ways = ways.into_iter().chain(self.follow(from, path, (0..from).rev()));
            for (to, became) in ways.chain([(from, Some(path.to_owned()))]) {
                let (Some(target), Some(open)) = (self.all.get(to), found.get_mut(to)) else { continue };
                if open.is_none() {
                    let there = self.spelled(became, path, to, language);
                    *open = there.map(|path| Landing {
                        address: target.address(&path, language, &self.default_language),
                        is_same: height == 0,
                    });
                }
            }
        }
        let home = |(target, found): (&Edition, Option<Landing>)| {
            found.unwrap_or_else(|| Landing { address: self.home(target, language), is_same: false })
        };
        self.all.iter().zip(found).map(home).collect()
    }

    /// What became of a page, as its version's addresses spell it.
    fn became_in(&self, from: usize, path: &str, to: usize, language: &str) -> Option<String> {
        self.spelled(self.became(from, path, to), path, to, language)
    }

    /// The path of the page that the one at `path` became in the version `to`, if it did, as addresses there spell it:
    /// those of an earlier tool have languages of their own, if any.
    fn spelled(&self, found: Option<String>, path: &str, to: usize, language: &str) -> Option<String> {
        let Places::Frozen(pages) = &*self.all.get(to)?.places else { return found };
        let plain = found.as_deref().unwrap_or(path);
        let translated = if plain.is_empty() { language.to_owned() } else { format!("{language}/{plain}") };
        pages.get(&translated).or_else(|| pages.get(plain)).cloned()
    }

    /// The first page of a version.
    fn home(&self, target: &Edition, language: &str) -> String {
        let first = match &*target.places {
            Places::Made(_) => "",
            Places::Frozen(pages) => {
                let wanted = [language, ""].iter().find_map(|path| pages.get(*path));
                wanted.or_else(|| pages.values().next()).map_or("", String::as_str)
            }
        };
        target.address(first, language, &self.default_language)
    }

    /// The addresses of all pages of the version at `at`, in `language`.
    pub fn addresses(&self, at: usize, language: &str) -> Vec<String> {
        let Some(edition) = self.all.get(at) else { return Vec::new() };
        edition.places.paths().map(|path| edition.address(path, language, &self.default_language)).collect()
    }

    /// A hash of where the pages of the version at `own` lead in all others: what its switcher depends on.
    pub fn digest(&self, own: usize, languages: &[String]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for edition in &self.all {
            add(&format!("{} {:?} {:?} {}", edition.id, edition.title, edition.state, edition.root));
        }
        let paths = self.all.get(own).into_iter().flat_map(|edition| edition.places.paths());
        // Only finished pages of an earlier tool stand elsewhere in another language.
        let is_frozen = |edition: &Edition| matches!(&*edition.places, Places::Frozen(_));
        let count = if self.all.iter().any(is_frozen) { languages.len() } else { 1 };
        for path in paths {
            for language in languages.iter().take(count) {
                for landing in self.landings(own, Some(path), language) {
                    add(&landing.address);
                    add(if landing.is_same { "same" } else { "nearest" });
                }
            }
        }
        hasher.finalize()
    }
}

/// The path of the page above.
fn above(path: &str) -> Option<&str> {
    (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// A version among all of them.
#[derive(Debug, Clone)]
pub struct Standing {
    /// All versions.
    pub editions: Arc<Editions>,
    /// The place of this one.
    pub own: usize,
}

impl Standing {
    /// The version itself.
    pub fn edition(&self) -> Option<&Edition> {
        self.editions.get(self.own)
    }

    /// Whether it is the current one.
    pub fn is_current(&self) -> bool {
        self.own == self.editions.current
    }
}

/// The addresses that lead to pages of the current version by the names of it, `/v/latest/guides/`, in every one of
/// `languages`; those that `routes` have are left to their pages.
pub fn names_of_current(editions: &Editions, routes: &Routes, languages: &[String]) -> Vec<Redirect> {
    let Some(current) = editions.get(editions.current) else { return Vec::new() };
    let latest = format!("/{FOLDER}/{LATEST}");
    let own = (current.id != NEXT).then(|| format!("/{FOLDER}/{}", current.id));
    let pages = current.places.paths().map(|path| (latest.clone(), path));
    let names: Vec<(String, &str)> = pages.chain(own.map(|own| (own, ""))).collect();
    let in_language = |language: &String| {
        let name = |(name, path): &(String, &str)| {
            // The language stands behind the version, as in all addresses of versions.
            let root = language_root(name, language, &editions.default_language);
            let from = if path.is_empty() { format!("{root}/") } else { format!("{root}/{path}/") };
            let is_free = routes.at(from.trim_matches('/')).is_none();
            let to = routes.at(path).filter(|_| is_free)?.clone();
            Some(Redirect { from, to: Target::Page(to), language: language.clone() })
        };
        names.iter().filter_map(name).collect::<Vec<_>>()
    };
    languages.iter().flat_map(in_language).collect()
}

/// The former addresses of pages of the current version below its name: whoever kept `/v/latest/guides/old/` is led on
/// like those who kept `/guides/old/`.
pub fn former_names_of_current(redirects: &[Redirect]) -> Vec<Redirect> {
    let latest = format!("/{FOLDER}/{LATEST}");
    let is_of_guidance = |redirect: &&Redirect| match &redirect.to {
        Target::Page(subject) => subject.is_versioned() && !redirect.from.starts_with(&format!("/{FOLDER}/")),
        Target::File(_) | Target::Outside(_) => false,
    };
    let former = redirects.iter().filter(is_of_guidance);
    former
        .map(|redirect| Redirect { from: format!("{latest}{}", redirect.from), ..redirect.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    /// Paths and texts.
    type Files<'a> = &'a [(&'a str, &'a str)];

    /// Versions of these files, the first of them current.
    fn editions(versions: &[(&str, Files<'_>)]) -> Editions {
        let edition = |(at, (id, files)): (usize, &(&str, Files<'_>))| {
            let site = tree(files);
            let (state, root) = match at {
                0 => (VersionState::Current, String::new()),
                _ => (VersionState::Archived, format!("/v/{id}")),
            };
            let places = Arc::new(Places::of(&site, &Routes::of(&site)));
            Edition { id: (*id).to_owned(), title: None, state, root, places }
        };
        Editions::new(versions.iter().enumerate().map(edition).collect(), 0, "et")
    }

    fn lands(editions: &Editions, from: usize, path: &str, to: usize) -> (String, bool) {
        let landing = editions.landing(from, Some(path), to, "et");
        assert_eq!(editions.landings(from, Some(path), "et").get(to), Some(&landing), "{path}");
        (landing.address, landing.is_same)
    }

    #[test]
    fn a_page_is_told_again_by_its_address_name_alias_and_text() {
        let all = editions(&[
            (
                "2",
                &[
                    ("guides/same.md", "Now."),
                    (
                        "guides/b/moved.md",
                        "---
id: m
---
Now.",
                    ),
                    (
                        "guides/new.md",
                        "---
aliases: [/guides/old/]
---
Now.",
                    ),
                    ("guides/copied.md", "The very same words."),
                ],
            ),
            (
                "1",
                &[
                    ("guides/same.md", "Then."),
                    (
                        "guides/a/moved.md",
                        "---
id: m
---
Then.",
                    ),
                    ("guides/old.md", "Then."),
                    ("guides/x/original.md", "The very same words."),
                    ("guides/x/dropped.md", "Gone."),
                ],
            ),
        ]);
        for (path, wanted, is_same) in [
            ("guides/same", "/guides/same/", true),
            ("guides/a/moved", "/guides/b/moved/", true),
            ("guides/old", "/guides/new/", true),
            ("guides/x/original", "/guides/copied/", true),
            ("guides/x/dropped", "/guides/", false),
            ("", "/", true),
        ] {
            assert_eq!(lands(&all, 1, path, 0), (wanted.to_owned(), is_same), "{path}");
        }
        for (path, wanted, is_same) in [
            ("guides/b/moved", "/v/1/guides/a/moved/", true),
            ("guides/new", "/v/1/guides/old/", true),
            ("guides/copied", "/v/1/guides/x/original/", true),
            ("guides/b", "/v/1/guides/", false),
        ] {
            assert_eq!(lands(&all, 0, path, 1), (wanted.to_owned(), is_same), "{path}");
        }
    }

    #[test]
    fn versions_between_two_others_tell_what_neither_knows() {
        let all = editions(&[
            (
                "3",
                &[(
                    "guides/c.md",
                    "---
aliases: [/guides/b/]
---
C",
                )],
            ),
            (
                "2",
                &[(
                    "guides/b.md",
                    "---
aliases: [/guides/a/]
---
B",
                )],
            ),
            ("1", &[("guides/a.md", "A")]),
        ]);
        assert_eq!(lands(&all, 2, "guides/a", 0), ("/guides/c/".to_owned(), true));
        assert_eq!(lands(&all, 0, "guides/c", 2), ("/v/1/guides/a/".to_owned(), true));
    }

    #[test]
    fn a_page_that_moved_is_not_the_one_that_took_its_place() {
        let all = editions(&[
            ("3", &[("guides/a.md", "Another."), ("guides/b.md", "Later.")]),
            ("2", &[("guides/b.md", "The very same words.")]),
            ("1", &[("guides/a.md", "The very same words.")]),
        ]);
        assert_eq!(lands(&all, 2, "guides/a", 0), ("/guides/b/".to_owned(), true));
        assert_eq!(lands(&all, 0, "guides/b", 2), ("/v/1/guides/a/".to_owned(), true));
    }

    #[test]
    fn pages_with_names_of_their_own_are_two_pages_at_one_address() {
        let all = editions(&[
            (
                "2",
                &[(
                    "guides/a.md",
                    "---
id: new
---
New",
                )],
            ),
            (
                "1",
                &[(
                    "guides/a.md",
                    "---
id: old
---
Old",
                )],
            ),
        ]);
        assert_eq!(lands(&all, 1, "guides/a", 0), ("/guides/".to_owned(), false));
    }

    #[test]
    fn a_move_that_is_known_counts_both_ways() {
        let all = editions(&[("2", &[("guides/b.md", "B")]), ("1", &[("guides/a.md", "A")])]);
        let all = all.moved(1, 0, &BTreeMap::from([("guides/a.md".to_owned(), "guides/b.md".to_owned())]));
        assert_eq!(lands(&all, 1, "guides/a", 0), ("/guides/b/".to_owned(), true));
        assert_eq!(lands(&all, 0, "guides/b", 1), ("/v/1/guides/a/".to_owned(), true));
    }

    #[test]
    fn slides_lead_to_slides() {
        let all = editions(&[
            (
                "2",
                &[(
                    "training/20-b.md",
                    "---
id: m
---
B",
                )],
            ),
            (
                "1",
                &[(
                    "training/10-a.md",
                    "---
id: m
---
A",
                )],
            ),
        ]);
        assert_eq!(lands(&all, 1, "training/a/slides", 0), ("/training/b/slides/".to_owned(), true));
    }

    #[test]
    fn finished_pages_are_found_by_path_and_language() {
        let mut all = editions(&[("2", &[("guides/a.md", "A"), ("guides/b.md", "B")])]).all;
        let files = ["index.html", "guides/a/index.html", "en/guides/a.html", "style.css"];
        all.push(Edition {
            id: "0".to_owned(),
            title: None,
            state: VersionState::Archived,
            root: "/v/0".to_owned(),
            places: Arc::new(Places::frozen(files.into_iter())),
        });
        let all = Editions::new(all, 0, "et");
        assert_eq!(lands(&all, 0, "guides/a", 1), ("/v/0/guides/a/".to_owned(), true));
        assert_eq!(lands(&all, 0, "guides/b", 1), ("/v/0/".to_owned(), false));
        let english = all.landing(0, Some("guides/a"), 1, "en");
        assert_eq!(english.address, "/v/0/en/guides/a.html");
        assert_eq!(all.landing(0, None, 1, "et").address, "/v/0/");
    }

    #[test]
    fn the_current_version_is_found_by_its_names() {
        let all = editions(&[("2", &[("guides/a.md", "A")])]);
        let site = tree(&[("guides/a.md", "A")]);
        let names = names_of_current(&all, &Routes::of(&site), &["et".to_owned(), "en".to_owned()]);
        let froms: Vec<&str> = names.iter().map(|redirect| redirect.from.as_str()).collect();
        for wanted in ["/v/latest/", "/v/latest/guides/a/", "/v/latest/en/guides/a/", "/v/2/", "/v/2/en/"] {
            assert!(froms.contains(&wanted), "{wanted}: {froms:?}");
        }
    }
}
