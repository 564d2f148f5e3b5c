//! The versions of the guidance that a portal is made of: found, read where that is needed, and joined.
//!
//! 1. [`Listed::of`] finds the versions that `portal.yaml` lists, and gives each its place in addresses.
//! 2. [`Pages::read`] reads the pages of one. A version that did not change since the last build, and whose
//!    pages would come out the same, is not read at all: [`Notes`] tell.
//! 3. [`join`] makes the portal of the current version, and beside it those of the others.

mod changes;
pub mod finished;
mod joiner;
mod listed;
mod notes;
mod pages;

pub use listed::Listed;
pub use notes::{Notes, Warnings};
pub use pages::{Pages, is_page};

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::check::VERSION_MISSING;
use crate::derive::guidance::difference::Gist;
use crate::derive::guidance::versions::{Edition, Editions, Places, Standing};
use crate::derive::page::links;
use crate::derive::page::routes::Routes;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::parse::{Options, Settings};
use crate::render::{Portal, Theme};
use crate::source::Tree;
use changes::Versions;
use joiner::Joiner;
use notes::Facts;

/// Versions read for an earlier joining, by id, each with the key of what it was read from.
pub type Read = HashMap<String, (String, Arc<Pages>)>;

/// What versions are read with.
pub struct Reading<'a> {
    /// The settings of the portal.
    pub settings: &'a Settings,
    /// What parsing depends on.
    pub options: &'a Options,
    /// Differs when anything does on which reading and drawing depend besides files of the content.
    pub key: String,
    /// How it is drawn; nothing for a theme with a fault.
    pub theme: Option<&'a Theme>,
    /// What the last build noted.
    pub notes: &'a Notes,
    /// The last commit of the content folder, where there is one.
    pub head: Option<Tree>,
}

/// A version beside the current one.
pub struct Side {
    /// What stands before its addresses.
    pub root: String,
    /// Its files.
    pub files: Files,
}

/// Where the files of a version beside the current one come from.
pub enum Files {
    /// They are made.
    Made(Box<Portal>, Option<Arc<Pages>>),
    /// They stay as the last build wrote them.
    Kept,
    /// They are copied: the path of each below the version's root, and where it is.
    Frozen(Vec<(String, PathBuf)>),
}

/// Versions joined to a portal.
pub struct Joined {
    /// The portal of the current version.
    pub portal: Portal,
    /// The files of the current version, unless it is the content folder.
    pub pages: Option<Arc<Pages>>,
    /// The other versions.
    pub sides: Vec<Side>,
    /// Every fault of versions; of those that stay as they are, as the build told it that read them.
    pub faults: Vec<Diagnostic>,
    /// The files that those faults are about, as they were: path and text.
    pub texts: Vec<(String, String)>,
    /// Whether the pages at the names of the current version, such as `/v/latest/`, stay as the last build wrote them.
    pub names_stay: bool,
    /// What to note for the next build.
    pub notes: Notes,
}

impl Joined {
    /// A portal of one version.
    pub fn alone(portal: Portal) -> Self {
        Self {
            portal,
            pages: None,
            sides: Vec::new(),
            faults: Vec::new(),
            texts: Vec::new(),
            names_stay: false,
            notes: Notes::default(),
        }
    }
}

/// Reads a version, unless that has been done.
fn read(
    one: &Listed,
    tree: &Tree,
    reading: &Reading<'_>,
    known: &mut Read,
    faults: &mut Vec<Diagnostic>,
) -> Option<Arc<Pages>> {
    let key = facts_key(tree, reading);
    if let Some((_, pages)) = known.get(&one.id).filter(|(of, _)| *of == key) {
        return Some(Arc::clone(pages));
    }
    let pages = Pages::read(&one.id, tree, reading.settings, reading.options);
    let pages = Arc::new(told(one, pages, reading, faults)?);
    known.insert(one.id.clone(), (key, Arc::clone(&pages)));
    Some(pages)
}

/// The pages of a version, if they could be read.
fn told(
    one: &Listed,
    read: Result<Pages, String>,
    reading: &Reading<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Pages> {
    read.map_err(|message| {
        let version = reading.settings.portal.versions.iter().find(|version| version.id.value == one.id);
        let place =
            version.or_else(|| reading.settings.portal.versions.first()).map(|version| version.id.place);
        faults.extend(place.map(|place| Diagnostic::new(&VERSION_MISSING, place, message)));
    })
    .ok()
}

fn facts_key(tree: &Tree, reading: &Reading<'_>) -> String {
    hash([tree.key().as_str(), tree.commit().unwrap_or_default(), reading.key.as_str()])
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_string()
}

/// What is known of a version before its portal is made.
enum Known {
    /// The content folder.
    Content,
    /// A version that was read.
    Read(Arc<Pages>, Facts),
    /// A version that did not change since the last build.
    Noted(Facts),
    /// Finished HTML.
    Frozen(Vec<(String, PathBuf)>),
}

/// Joins the versions `listed` to a portal; `content` is the one of the content folder alone.
pub fn join(content: Portal, listed: &[Listed], reading: &Reading<'_>, read_before: &mut Read) -> Joined {
    let mut faults = Vec::new();
    let mut known: Vec<(&Listed, Known)> = Vec::new();
    for one in listed {
        let Some(tree) = &one.tree else {
            known.push((one, Known::Content));
            continue;
        };
        if tree.is_frozen() {
            known.push((one, Known::Frozen(tree.files())));
            continue;
        }
        let noted = reading.notes.versions.get(&one.id).map(|note| &note.facts);
        let noted = noted.filter(|facts| !one.root.is_empty() && facts.key == facts_key(tree, reading));
        if let Some(facts) = noted {
            known.push((one, Known::Noted(facts.clone())));
        } else if let Some(pages) = read(one, tree, reading, read_before, &mut faults) {
            let facts = facts(&content.site, &pages, &one.root, facts_key(tree, reading));
            // Of a version whose pages are all for others nothing is told.
            if !pages.site.documents.is_empty() || one.root.is_empty() {
                known.push((one, Known::Read(pages, facts)));
            }
        }
    }
    let Some(current) = known.iter().position(|(one, _)| one.root.is_empty()) else {
        return Joined { faults, ..Joined::alone(content) };
    };
    if known.len() == 1 && matches!(known[current].1, Known::Content) {
        return Joined { faults, ..Joined::alone(content) };
    }
    let pages = match &known[current].1 {
        Known::Read(pages, _) => Some(Arc::clone(pages)),
        _ => None,
    };
    let mut joiner = Joiner::new(reading, faults);
    let (portal, content) = match &pages {
        Some(pages) => {
            let mut portal = content.again(pages.current_site(&content.site));
            portal.flawed = pages.flawed();
            joiner.check(&portal, known[current].0, pages, (&portal, Some(&content)));
            (portal, Some(content))
        }
        None => (content, None),
    };
    let editions = editions(&known, current, &portal, content.as_ref());
    let editions = Arc::new(joiner.moved(editions, &known));
    joiner.note_places(&editions, &known);
    let mut portal = portal.among(Standing { editions: Arc::clone(&editions), own: current });
    let mut sides = Vec::new();
    for (own, (one, known)) in known.iter().enumerate().filter(|(own, _)| *own != current) {
        let standing = Standing { editions: Arc::clone(&editions), own };
        let files = match known {
            Known::Content => content.as_ref().map(|content| {
                let side = portal.beside(content.site.clone(), &one.root).among(standing);
                Files::Made(Box::new(side), None)
            }),
            Known::Frozen(files) => Some(joiner.frozen(one, files)),
            Known::Noted(facts) => joiner.noted(&portal, one, standing, facts, read_before),
            Known::Read(pages, facts) => Some(joiner.made(&portal, one, standing, facts, pages)),
        };
        sides.extend(files.map(|files| Side { root: one.root.clone(), files }));
    }
    let versions =
        Versions { known: &known, editions: &editions, portal: &portal, content: content.as_ref() };
    let (steps, differences) = joiner.differences(&versions, read_before);
    sides.extend(differences);
    portal.steps = steps;
    let names_stay = joiner.names_stay(&portal);
    let Joiner { faults, texts, notes, .. } = joiner;
    Joined { portal, pages, sides, faults, texts, names_stay, notes }
}

/// Where the pages of all versions stand.
fn editions(
    known: &[(&Listed, Known)],
    current: usize,
    portal: &Portal,
    content: Option<&Portal>,
) -> Editions {
    let edition = |(at, (one, known)): (usize, &(&Listed, Known))| Edition {
        id: one.id.clone(),
        title: one.title.clone(),
        state: one.state,
        root: one.root.clone(),
        places: match known {
            _ if at == current => Arc::new(Places::of(&portal.site, &portal.routes)),
            Known::Content => {
                let content = content.unwrap_or(portal);
                Arc::new(Places::of(&content.site, &content.routes))
            }
            Known::Read(_, facts) | Known::Noted(facts) => Arc::clone(&facts.places),
            Known::Frozen(files) => Arc::new(Places::frozen(files.iter().map(|(path, _)| path.as_str()))),
        },
    };
    let all = known.iter().enumerate().map(edition).collect();
    Editions::new(all, current, portal.site.default_language())
}

fn facts(content: &Site, pages: &Pages, root: &str, key: String) -> Facts {
    let site = pages.site(content);
    let routes = Routes::of_version(&site, root, Arc::new(Routes::empty(&site)));
    Facts {
        key,
        places: Arc::new(Places::of(&site, &routes)),
        beyond: links::beyond(&site, &routes).into_iter().collect(),
        gist: Arc::new(Gist::of(&site, |key| {
            routes.path(routes.of_source(&site.document(key)?.main().path)?)
        })),
        live: pages.live_blocks(),
    }
}
