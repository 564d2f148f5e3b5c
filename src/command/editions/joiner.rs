//! Makes each version beside the current one, or finds that it would come out as it did.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::notes::{Facts, Note, Warnings};
use super::{Files, Known, Listed, Notes, Pages, Read, Reading, hash, read};
use crate::check::{self, Context};
use crate::derive::guidance::versions::{Edition, Editions, Places, Standing};
use crate::derive::page::links::{self, Broken, Destination};
use crate::derive::page::routes::{List, Subject};
use crate::diagnostic::{Diagnostic, FileId, Level, Place, SourceText};
use crate::model::body::{Embed, EmbedKind, Link};
use crate::model::document::Article;
use crate::parse;
use crate::render::{Portal, live_block, names_digest};
use crate::source::Tree;

/// The Git revision of a version; of the content folder its last commit, `head`.
fn in_git<'a>(one: &'a Listed, head: Option<&'a Tree>) -> Option<&'a Tree> {
    one.tree.as_ref().or(head).filter(|tree| tree.is_git())
}

pub(super) struct Joiner<'a> {
    pub reading: &'a Reading<'a>,
    pub faults: Vec<Diagnostic>,
    /// The files that the faults of versions are about that are not read: path and text.
    pub texts: Vec<(String, String)>,
    pub notes: Notes,
    /// The hash of each live block as it is shown now, by what it asks for.
    drawn: HashMap<(String, String), String>,
}

impl<'a> Joiner<'a> {
    pub fn new(reading: &'a Reading<'a>, faults: Vec<Diagnostic>) -> Self {
        Self { reading, faults, texts: Vec::new(), notes: Notes::default(), drawn: HashMap::new() }
    }
}

impl Joiner<'_> {
    /// The versions, told what Git knows of files that moved from each to the one above it in the list.
    pub fn moved(&mut self, mut editions: Editions, known: &[(&Listed, Known)]) -> Editions {
        let head = self.reading.head.as_ref();
        for (at, pair) in known.windows(2).enumerate() {
            let [above, below] = pair else { continue };
            let (Some(from), Some(to)) = (in_git(below.0, head), in_git(above.0, head)) else { continue };
            let between = format!("{}..{}", from.key(), to.key());
            let noted = self.reading.notes.moves.get(&between).cloned();
            let Some(moves) = noted.or_else(|| from.renames(to)) else { continue };
            editions = editions.moved(at + 1, at, &moves);
            self.notes.moves.insert(between, moves);
        }
        editions
    }

    /// Notes by what it can be told that no way from one version to another leads elsewhere: without following any.
    pub fn note_places(&mut self, editions: &Editions, known: &[(&Listed, Known)]) {
        let own = |((_, known), edition): (&(&Listed, Known), &Edition)| {
            let places = match known {
                // The other places follow from the files of the version.
                Known::Read(_, facts) | Known::Noted(facts) if !edition.root.is_empty() => facts.key.clone(),
                _ => format!("{:?}", edition.places),
            };
            let about = format!("{} {:?} {:?} {}", edition.id, edition.title, edition.state, edition.root);
            [about, places]
        };
        let versions: Vec<String> = known.iter().zip(editions.all()).flat_map(own).collect();
        let moves = self.notes.moves.iter().map(|(between, moves)| format!("{between} {moves:?}"));
        let moves: Vec<String> = moves.collect();
        self.notes.places = hash(versions.iter().chain(&moves).map(String::as_str));
    }

    /// Differs when a page of the version leads elsewhere in the others.
    fn ways(&self, standing: &Standing, languages: &[String]) -> String {
        let id = standing.edition().map_or("", |edition| edition.id.as_str());
        let noted = self.reading.notes.versions.get(id);
        match noted.filter(|note| self.reading.notes.places == self.notes.places && !note.ways.is_empty()) {
            Some(note) => note.ways.clone(),
            None => standing.editions.digest(standing.own, languages).to_string(),
        }
    }

    /// Whether the pages at the names of the current version would come out as they did.
    pub fn names_stay(&mut self, portal: &Portal) -> bool {
        let Some(theme) = self.reading.theme else { return false };
        let digest = names_digest(portal, theme).to_string();
        self.notes.names = hash([self.reading.key.as_str(), &format!("{:?}", portal.base_url), &digest]);
        self.notes.names == self.reading.notes.names
    }

    /// A version that was not read: its files stay, or it has to be read after all.
    pub fn noted(
        &mut self,
        portal: &Portal,
        one: &Listed,
        standing: Standing,
        facts: &Facts,
        read_before: &mut Read,
    ) -> Option<Files> {
        let ways = self.ways(&standing, &portal.site.languages);
        let made = self.made_key(portal, &ways, facts);
        let note = self.reading.notes.versions.get(&one.id)?;
        if note.made == made {
            self.faults.extend(note.warnings.faults());
            self.texts.extend(note.warnings.texts().map(|(path, text)| (path.to_owned(), text.to_owned())));
            self.notes.versions.insert(one.id.clone(), Note { ways, ..note.clone() });
            return Some(Files::Kept);
        }
        let pages = read(one, one.tree.as_ref()?, self.reading, read_before, &mut self.faults)?;
        Some(self.made(portal, one, standing, facts, &pages))
    }

    pub fn made(
        &mut self,
        portal: &Portal,
        one: &Listed,
        standing: Standing,
        facts: &Facts,
        pages: &Arc<Pages>,
    ) -> Files {
        let ways = self.ways(&standing, &portal.site.languages);
        let made = self.made_key(portal, &ways, facts);
        let content = &portal.site;
        let mut side = portal.beside(pages.site(content), &one.root).among(standing);
        side.flawed = pages.flawed();
        let told = self.faults.len();
        self.check(&side, one, pages, (portal, None));
        let warnings = Warnings::of(self.faults.get(told..).unwrap_or_default(), &pages.sources);
        let facts = facts.clone();
        self.notes.versions.insert(one.id.clone(), Note { facts, made, ways, warnings });
        Files::Made(Box::new(side), Some(Arc::clone(pages)))
    }

    pub fn frozen(&mut self, one: &Listed, files: &[(String, PathBuf)]) -> Files {
        let Some(tree) = &one.tree else { return Files::Frozen(files.to_vec()) };
        let key = hash([tree.key().as_str(), one.root.as_str()]);
        let is_known = self.reading.notes.versions.get(&one.id).is_some_and(|note| note.made == key);
        let places = Arc::new(Places::Frozen(BTreeMap::new()));
        let (key, gist) = (key.clone(), Arc::default());
        let facts = Facts { key: key.clone(), places, beyond: Vec::new(), gist, live: BTreeSet::new() };
        let note = Note { facts, made: key, ways: String::new(), warnings: Warnings::default() };
        self.notes.versions.insert(one.id.clone(), note);
        if is_known { Files::Kept } else { Files::Frozen(files.to_vec()) }
    }

    /// Everything that is wrong with the pages of a version, and with what is dated beside the current one where that
    /// is not wrong with the `content` folder too. It was right in its day, so that nothing of it stops a build.
    pub fn check(
        &mut self,
        side: &Portal,
        one: &Listed,
        pages: &Pages,
        (current, content): (&Portal, Option<&Portal>),
    ) {
        let told: HashSet<Place> =
            content.iter().flat_map(|content| breaches(content)).map(|fault| fault.place).collect();
        let is_own = |fault: &Diagnostic| {
            !pages.sources.path(fault.place.file).is_empty()
                || (content.is_some() && !told.contains(&fault.place))
        };
        let found = breaches(side).into_iter().filter(is_own);
        let mut found: Vec<Diagnostic> = pages.faults.iter().cloned().chain(found).collect();
        let checks = &self.reading.settings.portal.checks;
        let levels: Vec<(String, Level)> =
            checks.iter().map(|(name, level)| (name.value.clone(), level.level())).collect();
        check::levels(&mut found, &levels);
        let leaving = leaving(side, current);
        self.faults.extend(found.into_iter().map(|fault| Diagnostic {
            level: fault.level.min(Level::Warn),
            message: format!("in the version `{}`: {}", one.id, fault.message),
            hint: leaving.get(&fault.place).cloned().or(fault.hint),
            ..fault
        }));
    }

    /// Differs when a file of a version would come out another: with its own files and what they are drawn with, with
    /// what its links lead to, and with the records that it shows.
    fn made_key(&mut self, portal: &Portal, ways: &str, facts: &Facts) -> String {
        let routes = &portal.routes;
        let mut parts = vec![
            facts.key.clone(),
            portal.as_of.to_string(),
            format!("{:?} {:?}", portal.base_url, portal.logo),
            ways.to_owned(),
        ];
        parts.extend(portal.site.partners.iter().map(|partner| format!("{partner:?}")));
        for (list, folder) in List::ALL {
            let has = routes.has(&Subject::List(list));
            parts.push(format!("{folder} {has}"));
        }
        for path in &facts.beyond {
            let subject = links::find(routes, path).filter(|subject| !subject.is_versioned());
            let address = subject.map(|subject| routes.address(subject, portal.site.default_language()));
            parts.push(format!("{path} {address:?}"));
        }
        for live in &facts.live {
            parts.push(self.shown(portal, live));
        }
        hash(parts.iter().map(String::as_str))
    }

    /// The hash of a live block as it is shown now, in all languages.
    fn shown(&mut self, portal: &Portal, live: &(String, String)) -> String {
        if let Some(known) = self.drawn.get(live) {
            return known.clone();
        }
        let (word, source) = live;
        let kind = EmbedKind::from_info(word);
        let drawn = kind.zip(self.reading.theme).map(|(kind, theme)| {
            let place = Place::whole(FileId::of(""));
            let embed = Embed { kind, source: source.clone(), asks: None, place };
            let asks = parse::embed::read(&embed).0;
            let embed = Embed { asks, ..embed };
            let in_language = |language: &String| {
                live_block(portal, theme, &embed, language).unwrap_or_else(|fault| fault.message)
            };
            portal.site.languages.iter().map(in_language).collect::<Vec<_>>()
        });
        let shown = hash(drawn.iter().flatten().map(String::as_str));
        self.drawn.insert(live.clone(), shown.clone());
        shown
    }
}

/// The links in the pages of a version that lead to a page which the current version alone has, by their places,
/// each with what there is to say of it.
fn leaving(side: &Portal, current: &Portal) -> HashMap<Place, String> {
    let articles = side.site.documents.iter().flat_map(|document| &document.texts);
    let links = articles.flat_map(|article| article.body.links.iter().map(move |link| (article, link)));
    let hint = |(article, link): (&Arc<Article>, &Link)| {
        let Destination::Broken(Broken::NoFile(path)) =
            links::resolve(&side.site, &side.routes, article, link)
        else {
            return None;
        };
        let subject = links::find(&current.routes, &path).filter(|subject| subject.is_versioned())?;
        let address = current.routes.address(subject, current.site.default_language());
        let hint = format!(
            "the page `{address}` is one of another version; pages link to their own version and to records"
        );
        Some((link.place, hint))
    };
    links.filter_map(hint).collect()
}

/// What breaks a rule for versions in the pages of a portal.
fn breaches(portal: &Portal) -> Vec<Diagnostic> {
    check::check_version(&Context {
        site: &portal.site,
        routes: &portal.routes,
        backlinks: &portal.backlinks,
        results: &portal.results,
        templates: &portal.templates,
        redirects: &portal.redirects,
        earlier: &[],
        told: &[],
        made: &[],
        as_of: portal.as_of,
    })
}
