//! The order of pages: the tree of folders, what comes before and after a page, what lies above it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::derive::page::routes::{List, Routes, Subject};
use crate::derive::page::title;
use crate::model::Site;
use crate::model::document::Document;

/// A page in the tree, or a folder of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The page.
    pub subject: Subject,
    /// Its title.
    pub title: String,
    /// The language of the title, where a page has it from its text.
    pub language: Option<String>,
    /// The pages below it.
    pub children: Vec<Entry>,
}

/// The tree of Markdown pages in one language.
#[derive(Debug, Clone, Default)]
pub struct Navigation {
    roots: Vec<Entry>,
    sequence: Vec<Subject>,
    places: HashMap<Subject, Place>,
}

/// Where an entry stands.
#[derive(Debug, Clone)]
struct Place {
    /// Its position on each level of the tree, from the top down.
    trail: Vec<usize>,
    /// Its position in the sequence of all.
    position: usize,
}

impl Navigation {
    /// The tree for `tongue`.
    pub fn of(site: &Site, routes: &Routes, tongue: &Tongue<'_>) -> Self {
        let mut folders: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
        for document in &site.documents {
            if !document.is_hidden() && routes.is_own(&document.main().path) {
                folders.entry(folder_of(document)).or_default().push(document);
            }
        }
        let tree = Tree { site, routes, tongue, folders };
        let mut navigation = Self { roots: tree.entries(""), ..Self::default() };
        let roots = std::mem::take(&mut navigation.roots);
        navigation.index(&roots, &mut Vec::new());
        navigation.roots = roots;
        navigation
    }

    fn index(&mut self, entries: &[Entry], trail: &mut Vec<usize>) {
        for (position, entry) in entries.iter().enumerate() {
            trail.push(position);
            let place = Place { trail: trail.clone(), position: self.sequence.len() };
            self.places.insert(entry.subject.clone(), place);
            self.sequence.push(entry.subject.clone());
            self.index(&entry.children, trail);
            trail.pop();
        }
    }

    /// The top of the tree.
    pub fn roots(&self) -> &[Entry] {
        &self.roots
    }

    /// The entries from the top of the tree down to `subject`, itself included; empty for a page that
    /// is not in the tree.
    pub fn trail(&self, subject: &Subject) -> Vec<&Entry> {
        let mut entries = Vec::new();
        let mut level = &self.roots;
        for position in self.places.get(subject).into_iter().flat_map(|place| &place.trail) {
            let entry = &level[*position];
            entries.push(entry);
            level = &entry.children;
        }
        entries
    }

    /// The pages before and after `subject` within the same top folder.
    pub fn neighbours(&self, subject: &Subject) -> (Option<&Entry>, Option<&Entry>) {
        let Some(place) = self.places.get(subject) else { return (None, None) };
        let position = place.position;
        let top = place.trail.first();
        let same_top =
            |other: &&Subject| self.places.get(*other).and_then(|place| place.trail.first()) == top;
        let find = |other: Option<&Subject>| {
            other.filter(same_top).and_then(|other| self.trail(other).last().copied())
        };
        let before = position.checked_sub(1).and_then(|before| self.sequence.get(before));
        (find(before), find(self.sequence.get(position + 1)))
    }
}

/// What a tree takes from the language it is for.
pub struct Tongue<'a> {
    /// The language's tag.
    pub language: &'a str,
    /// Its alphabetical order.
    pub compare: &'a dyn Fn(&str, &str) -> Ordering,
    /// Its name of a list whose folder has no page of its own.
    pub list_name: &'a dyn Fn(List) -> String,
}

struct Tree<'a> {
    site: &'a Site,
    routes: &'a Routes,
    tongue: &'a Tongue<'a>,
    folders: BTreeMap<&'a str, Vec<&'a Document>>,
}

/// What a page or folder is sorted by: its number, then its title.
struct Sortable {
    order: i64,
    entry: Entry,
}

impl Tree<'_> {
    /// The pages and folders directly in `folder`, in order.
    fn entries(&self, folder: &str) -> Vec<Entry> {
        let pages = self.folders.get(folder).into_iter().flatten().map(|document| self.page(document));
        let folders = self.subfolders(folder).into_iter().map(|below| self.folder(below));
        let mut all: Vec<Sortable> = pages.chain(folders).flatten().collect();
        all.sort_by(|a, b| {
            a.order.cmp(&b.order).then_with(|| (self.tongue.compare)(&a.entry.title, &b.entry.title))
        });
        all.into_iter().map(|sortable| sortable.entry).collect()
    }

    fn page(&self, document: &Document) -> Option<Sortable> {
        let subject = self.routes.of_source(&document.main().path)?.clone();
        if document.is_index {
            return None;
        }
        let (title, language) = self.title(document);
        let entry = Entry { subject, title, language: Some(language), children: Vec::new() };
        Some(Sortable { order: order(document.main().front.order, last(&document.key)), entry })
    }

    fn folder(&self, folder: &str) -> Option<Sortable> {
        let subject = self.routes.of_source(folder)?.clone();
        let index = self.index_of(folder);
        let (title, language) = match (index, &subject) {
            (Some(document), _) => {
                let (title, language) = self.title(document);
                (title, Some(language))
            }
            (None, Subject::List(list)) => ((self.tongue.list_name)(*list), None),
            (None, _) => (title::from_path(folder), None),
        };
        let own = index.and_then(|document| document.main().front.order);
        let entry = Entry { subject, title, language, children: self.entries(folder) };
        Some(Sortable { order: order(own, last(folder)), entry })
    }

    fn index_of(&self, folder: &str) -> Option<&Document> {
        self.folders.get(folder).into_iter().flatten().copied().find(|document| document.is_index)
    }

    fn subfolders(&self, folder: &str) -> BTreeSet<&str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.folders
            .keys()
            .filter_map(|key| {
                let rest = key.strip_prefix(prefix.as_str()).filter(|rest| !rest.is_empty())?;
                let name = rest.split('/').next()?;
                Some(&key[..prefix.len() + name.len()])
            })
            .collect()
    }

    /// The title of a page, and its language.
    fn title(&self, document: &Document) -> (String, String) {
        let article = document.text(self.tongue.language);
        (title::of_article(article, self.site.default_language()), article.language.clone())
    }
}

fn folder_of(document: &Document) -> &str {
    document.key.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// As written, else the number before the name, else after all numbered ones.
fn order(written: Option<i32>, name: &str) -> i64 {
    let number = || {
        let rest = crate::derive::page::routes::without_number(name);
        name.strip_suffix(rest)?.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
    };
    written.map(i64::from).or_else(number).unwrap_or(i64::MAX)
}
