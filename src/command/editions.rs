//! The versions of the guidance that a portal is made of: found, read where that is needed, and joined.
//!
//! 1. [`Listed::of`] finds the versions that `portal.yaml` lists, and gives each its place in addresses.
//! 2. [`Pages::read`] reads the pages of one. A version that did not change since the last build, and whose
//!    pages would come out the same, is not read at all: [`Notes`] tell.
//! 3. [`join`] makes the portal of the current version, and beside it those of the others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::check::{self, Context, VERSION_MISSING};
use crate::derive::guidance::comparison::{Comparison, Step, Version as GuidanceVersion};
use crate::derive::guidance::versions::{Edition, Editions, FOLDER, NEXT, Places, Standing};
use crate::derive::page::links::{self, Broken, Destination};
use crate::derive::page::routes::{List, Routes, Subject};
use crate::diagnostic::{Diagnostic, FileId, Level, Place, SourceText};
use crate::model::Site;
use crate::model::audience::Audience;
use crate::model::body::{Embed, EmbedKind, Link};
use crate::model::document::{Article, is_versioned};
use crate::model::portal::{Version, VersionState};
use crate::model::records::natural;
use crate::parse::{self, Cache, Options, Settings};
use crate::record::text::Text;
use crate::render::{Portal, Theme, live_block};
use crate::source::{MediaBytes, Sources, TEXT_LIMIT, Tree};

/// A version with its place among the addresses.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What readers see in its place.
    pub title: Option<Text>,
    /// Whether it is in force.
    pub state: VersionState,
    /// What stands before its addresses.
    pub root: String,
    /// Its files; nothing for the content folder.
    pub tree: Option<Tree>,
}

impl Listed {
    /// The versions of a portal for `audience`, in order, with every fault of their list; none where it lists none.
    /// `root` is the project's root, `content` its content folder.
    pub fn of(
        settings: &Settings,
        (root, content): (&Path, &Path),
        audience: Audience,
    ) -> (Vec<Self>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let versions = &settings.portal.versions;
        let mut all: Vec<Self> = Vec::new();
        let named: HashSet<String> = versions.iter().map(|version| version.id.to_lowercase()).collect();
        for version in versions {
            match found(version, root, content) {
                Ok(found) => all.extend(found.into_iter().filter(|one| {
                    may_see(version, one.tree.as_ref(), settings, audience)
                        // A version that is listed by itself is not repeated by a pattern.
                        && (one.id == version.id.value || !named.contains(&one.id.to_lowercase()))
                })),
                Err(fault) => faults.push(fault),
            }
        }
        let mut ids = HashSet::new();
        all.retain(|one| check::rules::is_version_id(&one.id, false) && ids.insert(one.id.to_lowercase()));
        if !versions.is_empty() {
            place(&mut all);
        }
        (all, faults)
    }

    fn is_current(&self) -> bool {
        self.state == VersionState::Current
    }
}

/// The versions that an entry of `portal.yaml` names: one, or as many as its pattern finds.
fn found(version: &Version, root: &Path, content: &Path) -> Result<Vec<Listed>, Diagnostic> {
    let state = version.state.as_ref().map_or(VersionState::Archived, |state| state.value);
    let listed =
        |id: String, tree| Listed { id, title: version.title.clone(), state, root: String::new(), tree };
    let Some(from) = &version.from else {
        let state = version.state.as_ref().map_or(VersionState::Preview, |state| state.value);
        return Ok(vec![Listed { state, ..listed(version.id.value.clone(), None) }]);
    };
    let missing = |message: String, hint: Option<String>| {
        let message = format!("the version `{}`: {message}", version.id.value);
        Diagnostic::new(&VERSION_MISSING, from.place, message).maybe_hint(hint)
    };
    let mut trees = Tree::find(root, content, from).map_err(|fault| missing(fault.message, fault.hint))?;
    // As in a list that people write: the newest first.
    trees.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => natural(b, a),
        _ => std::cmp::Ordering::Equal,
    });
    let each = |(part, tree): (Option<String>, Tree)| {
        if tree.is_frozen() && tree.files().is_empty() {
            return Err(missing(format!("there is no file in `{}`", from.value), None));
        }
        let id = part.map_or_else(|| version.id.value.clone(), |part| version.id.replace('*', &part));
        Ok(listed(id, Some(tree)))
    };
    trees.into_iter().map(each).collect()
}

/// Whether `audience` may see a version. Finished HTML says of no page for whom it is, so it is for those for whom the
/// portal is by default.
fn may_see(version: &Version, tree: Option<&Tree>, settings: &Settings, audience: Audience) -> bool {
    let by_default = || tree.is_some_and(Tree::is_frozen).then(|| settings.portal.audience_of(""));
    version.audience.or_else(by_default).is_none_or(|for_whom| for_whom <= audience)
}

/// Gives each version its place in addresses. The content folder is one of them, named or not; of several that are
/// current the first counts, and where none is, the content folder is.
fn place(all: &mut Vec<Listed>) {
    if all.iter().all(|one| one.tree.is_some()) {
        let content = Listed {
            id: NEXT.to_owned(),
            title: None,
            state: VersionState::Preview,
            root: String::new(),
            tree: None,
        };
        all.insert(0, content);
    }
    let can_be_current = |one: &Listed| one.is_current() && !one.tree.as_ref().is_some_and(Tree::is_frozen);
    let current = all.iter().position(can_be_current);
    let current = current.or_else(|| all.iter().position(|one| one.tree.is_none())).unwrap_or(0);
    for (at, one) in all.iter_mut().enumerate() {
        one.root = match &one.tree {
            _ if at == current => String::new(),
            None => format!("/{NEXT}"),
            Some(_) => format!("/{FOLDER}/{}", one.id),
        };
        one.state = match one.state {
            _ if at == current => VersionState::Current,
            VersionState::Current if one.tree.is_none() => VersionState::Preview,
            VersionState::Current => VersionState::Supported,
            other => other,
        };
    }
}

/// Whether the file at `path` of a version is of the guidance: neither a record nor dated.
pub fn is_page(path: &str) -> bool {
    let is_record = [".yaml", ".yml"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    is_versioned(path) && !is_record
}

/// The pages of a version as they were read.
#[derive(Debug)]
pub struct Pages {
    /// What was read.
    pub sources: Sources,
    /// The path under which the sources speak of the version.
    prefix: String,
    /// Its pages and files alone.
    site: Site,
    faults: Vec<Diagnostic>,
}

impl Pages {
    /// Reads the pages of `tree`. What is dated is left to the content folder.
    fn read(id: &str, tree: &Tree, settings: &Settings, options: &Options) -> Result<Self, String> {
        let (sources, mut faults) = tree
            .read(&is_page, TEXT_LIMIT)
            .map_err(|fault| format!("the version `{id}`: {}", fault.message))?;
        let sources = sources.with_history(tree.history());
        let prefix = tree.prefix();
        let options = Options { content: prefix.clone(), is_lenient: true, ..options.clone() };
        let (mut site, found) = parse::site(&sources, settings, &options, &mut Cache::default());
        super::pictures::measure(&mut site, &sources, &prefix);
        // What is wrong with `portal.yaml` has been told.
        faults.extend(found.into_iter().filter(|fault| !sources.path(fault.place.file).is_empty()));
        Ok(Self { sources, prefix, site, faults })
    }

    /// The bytes of the image or attachment at `path` of the version.
    pub fn medium(&self, path: &str) -> Option<&MediaBytes> {
        let id = FileId::of(&format!("{}/{path}", self.prefix));
        self.sources.medium(id).map(|media| &media.bytes)
    }

    /// What its live blocks ask for, each with the word of its kind.
    fn live_blocks(&self) -> BTreeSet<(String, String)> {
        let articles = self.site.documents.iter().flat_map(|document| &document.texts);
        let embeds = articles.flat_map(|article| &article.body.embeds);
        let word = |of: EmbedKind| EmbedKind::ALL.iter().find(|(_, kind)| *kind == of).map(|(word, _)| *word);
        embeds.filter_map(|embed| Some((word(embed.kind)?.to_owned(), embed.source.clone()))).collect()
    }

    fn has_embeds(&self) -> bool {
        let articles = self.site.documents.iter().flat_map(|document| &document.texts);
        articles.into_iter().any(|article| !article.body.embeds.is_empty())
    }

    /// Files that today's program does not wholly understand.
    fn flawed(&self) -> HashSet<FileId> {
        let errors = self.faults.iter().filter(|fault| fault.level == Level::Error);
        errors.map(|fault| fault.place.file).collect()
    }

    /// The site of the version beside the one of the content folder.
    fn site(&self, content: &Site) -> Site {
        content.of_version(&self.site, self.site.media.clone(), self.has_embeds())
    }

    /// The site of the version as the current one: with all that is dated.
    fn current_site(&self, content: &Site) -> Site {
        let mut media = content.media.clone();
        media.extend(self.site.media.iter().map(|(path, media)| (path.clone(), media.clone())));
        content.of_version(&self.site, media, true)
    }
}

/// What has to be known of a version to link to its pages, and to tell whether they would come out as they did.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Facts {
    /// Differs when the files of the version differ, or anything on which reading them depends.
    key: String,
    places: Places,
    /// Paths of the content folder that its pages name and that lead out of the version.
    beyond: Vec<String>,
    /// What its live blocks ask for: the word of each one's kind, and its lines.
    live: BTreeSet<(String, String)>,
}

/// What a build notes of the versions that it made, for the next build.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Notes {
    versions: BTreeMap<String, Note>,
    /// Files that moved, by the trees between which they did.
    moves: BTreeMap<String, BTreeMap<String, String>>,
    /// What changed from each version to the next, by its name.
    #[serde(default)]
    steps: BTreeMap<String, NotedStep>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Note {
    facts: Facts,
    /// Differs when a file of the version would come out another.
    made: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct NotedStep {
    step: Step,
    /// Differs when a page about the changes would come out another.
    made: String,
}

impl Notes {
    /// Reads notes; those of another program are of no use.
    pub fn of(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The notes as they are kept; nothing where there is nothing to note.
    pub fn text(&self) -> Option<String> {
        if self.versions.is_empty() { None } else { serde_json::to_string(self).ok() }
    }
}

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
    /// Every fault of versions that were read.
    pub faults: Vec<Diagnostic>,
    /// What to note for the next build.
    pub notes: Notes,
}

impl Joined {
    /// A portal of one version.
    pub fn alone(portal: Portal) -> Self {
        Self { portal, pages: None, sides: Vec::new(), faults: Vec::new(), notes: Notes::default() }
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
    match Pages::read(&one.id, tree, reading.settings, reading.options) {
        Ok(pages) => {
            let pages = Arc::new(pages);
            known.insert(one.id.clone(), (key, Arc::clone(&pages)));
            Some(pages)
        }
        Err(message) => {
            let version = reading.settings.portal.versions.iter().find(|version| version.id.value == one.id);
            let place = version.or_else(|| reading.settings.portal.versions.first())?.id.place;
            faults.push(Diagnostic::new(&VERSION_MISSING, place, message));
            None
        }
    }
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
    let mut joiner = Joiner { reading, faults, notes: Notes::default(), drawn: HashMap::new() };
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
    let Joiner { faults, notes, .. } = joiner;
    Joined { portal, pages, sides, faults, notes }
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
            _ if at == current => Places::of(&portal.site, &portal.routes),
            Known::Content => {
                let content = content.unwrap_or(portal);
                Places::of(&content.site, &content.routes)
            }
            Known::Read(_, facts) | Known::Noted(facts) => facts.places.clone(),
            Known::Frozen(files) => Places::frozen(files.iter().map(|(path, _)| path.as_str())),
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
        places: Places::of(&site, &routes),
        beyond: links::beyond(&site, &routes).into_iter().collect(),
        live: pages.live_blocks(),
    }
}

/// The Git revision of a version; of the content folder its last commit, `head`.
fn in_git<'a>(one: &'a Listed, head: Option<&'a Tree>) -> Option<&'a Tree> {
    one.tree.as_ref().or(head).filter(|tree| tree.is_git())
}

struct Joiner<'a> {
    reading: &'a Reading<'a>,
    faults: Vec<Diagnostic>,
    notes: Notes,
    /// The hash of each live block as it is shown now, by what it asks for.
    drawn: HashMap<(String, String), String>,
}

impl Joiner<'_> {
    /// The versions, told what Git knows of files that moved from each to the one above it in the list.
    fn moved(&mut self, mut editions: Editions, known: &[(&Listed, Known)]) -> Editions {
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

    /// A version that was not read: its files stay, or it has to be read after all.
    fn noted(
        &mut self,
        portal: &Portal,
        one: &Listed,
        standing: Standing,
        facts: &Facts,
        read_before: &mut Read,
    ) -> Option<Files> {
        let made = self.made_key(portal, &standing, facts);
        let note = self.reading.notes.versions.get(&one.id)?;
        if note.made == made {
            self.notes.versions.insert(one.id.clone(), note.clone());
            return Some(Files::Kept);
        }
        let pages = read(one, one.tree.as_ref()?, self.reading, read_before, &mut self.faults)?;
        Some(self.made(portal, one, standing, facts, &pages))
    }

    fn made(
        &mut self,
        portal: &Portal,
        one: &Listed,
        standing: Standing,
        facts: &Facts,
        pages: &Arc<Pages>,
    ) -> Files {
        let made = self.made_key(portal, &standing, facts);
        self.notes.versions.insert(one.id.clone(), Note { facts: facts.clone(), made });
        let content = &portal.site;
        let mut side = portal.beside(pages.site(content), &one.root).among(standing);
        side.flawed = pages.flawed();
        self.check(&side, one, pages, (portal, None));
        Files::Made(Box::new(side), Some(Arc::clone(pages)))
    }

    fn frozen(&mut self, one: &Listed, files: &[(String, PathBuf)]) -> Files {
        let Some(tree) = &one.tree else { return Files::Frozen(files.to_vec()) };
        let key = hash([tree.key().as_str(), one.root.as_str()]);
        let is_known = self.reading.notes.versions.get(&one.id).is_some_and(|note| note.made == key);
        let places = Places::Frozen(BTreeMap::new());
        let facts = Facts { key: key.clone(), places, beyond: Vec::new(), live: BTreeSet::new() };
        self.notes.versions.insert(one.id.clone(), Note { facts, made: key });
        if is_known { Files::Kept } else { Files::Frozen(files.to_vec()) }
    }

    /// Everything that is wrong with the pages of a version, and with what is dated beside the current one where that
    /// is not wrong with the `content` folder too. It was right in its day, so that nothing of it stops a build.
    fn check(
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
    fn made_key(&mut self, portal: &Portal, standing: &Standing, facts: &Facts) -> String {
        let routes = &portal.routes;
        let languages = &portal.site.languages;
        let mut parts = vec![
            facts.key.clone(),
            portal.as_of.to_string(),
            format!("{:?} {:?}", portal.base_url, portal.logo),
            standing.editions.digest(standing.own, languages).to_string(),
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

/// The versions of a portal, found and told of each other.
struct Versions<'a> {
    known: &'a [(&'a Listed, Known)],
    editions: &'a Editions,
    /// The portal of the current version.
    portal: &'a Portal,
    /// The portal of the content folder, where that is not the current version.
    content: Option<&'a Portal>,
}

impl Versions<'_> {
    /// Differs when a page of the version at `at` would be read or linked otherwise; nothing of finished HTML.
    fn key(&self, at: usize) -> Option<String> {
        let (one, known) = self.known.get(at)?;
        let own = match known {
            Known::Content => {
                let site = &self.content.unwrap_or(self.portal).site;
                let texts = site.documents.iter().filter(|document| document.is_versioned());
                hash(
                    texts
                        .flat_map(|document| &document.texts)
                        .map(|text| text_key(text))
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str),
                )
            }
            Known::Read(_, facts) | Known::Noted(facts) => facts.key.clone(),
            Known::Frozen(_) => return None,
        };
        Some(hash([one.id.as_str(), &one.root, &format!("{:?}", one.title), &own]))
    }

    /// The version at `at`, read if it has not been.
    fn version(
        &self,
        at: usize,
        reading: &Reading<'_>,
        read_before: &mut Read,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<GuidanceVersion> {
        let (one, known) = self.known.get(at)?;
        let of_portal = |portal: &Portal| (portal.site.clone(), Arc::clone(&portal.routes));
        let of_pages = |pages: &Pages| {
            let site = pages.site(&self.portal.site);
            let routes = Routes::of_version(&site, &one.root, Arc::clone(&self.portal.routes));
            (site, Arc::new(routes))
        };
        let (site, routes) = match known {
            _ if one.root.is_empty() => of_portal(self.portal),
            Known::Content => {
                let site = self.content.unwrap_or(self.portal).site.clone();
                let routes = Routes::of_version(&site, &one.root, Arc::clone(&self.portal.routes));
                (site, Arc::new(routes))
            }
            Known::Read(pages, _) => of_pages(pages),
            Known::Noted(_) => of_pages(&*read(one, one.tree.as_ref()?, reading, read_before, faults)?),
            Known::Frozen(_) => return None,
        };
        Some(GuidanceVersion { id: one.id.clone(), title: one.title.clone(), site: Arc::new(site), routes })
    }
}

/// Differs when a reader would read another text, or another one might read it.
fn text_key(text: &Article) -> String {
    let front = &text.front;
    let embeds = text.body.embeds.iter().map(|embed| embed.source.as_str());
    let about = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        front.title,
        text.body.title,
        front.description,
        front.id,
        front.aliases,
        front.hidden,
        text.restriction
    );
    hash([text.path.as_str(), &text.language, &about].into_iter().chain(text.body.text()).chain(embeds))
}

impl Joiner<'_> {
    /// What changed from each version to the one above it in the list, with the pages that show it: those stay as
    /// they are where neither version changed.
    fn differences(
        &mut self,
        versions: &Versions<'_>,
        read_before: &mut Read,
    ) -> (Vec<Arc<Step>>, Vec<Side>) {
        let (mut steps, mut sides) = (Vec::new(), Vec::new());
        let keys: Vec<(usize, String)> =
            (0..versions.known.len()).filter_map(|at| Some((at, versions.key(at)?))).collect();
        for pair in keys.windows(2) {
            let [(after, key_after), (before, key_before)] = pair else { continue };
            let made = self.difference_key(versions.portal, [key_before, key_after]);
            let ids =
                [before, after].map(|at| versions.known.get(*at).map_or("", |(one, _)| one.id.as_str()));
            let name = format!("{}..{}", ids[0], ids[1]);
            let noted = self.reading.notes.steps.get(&name).filter(|noted| noted.made == made);
            let (step, files) = match noted {
                Some(noted) => (Arc::new(noted.step.clone()), Files::Kept),
                None => {
                    let mut version = |at| versions.version(at, self.reading, read_before, &mut self.faults);
                    let (Some(old), Some(new)) = (version(*before), version(*after)) else { continue };
                    let became = |path: &str| versions.editions.became(*before, path, *after);
                    let comparison = Arc::new(Comparison::of(old, new, became));
                    let step = Arc::clone(&comparison.step);
                    (step, Files::Made(Box::new(versions.portal.comparing(comparison)), None))
                }
            };
            self.notes.steps.insert(name, NotedStep { step: Step::clone(&step), made });
            sides.push(Side { root: step.root(), files });
            steps.push(step);
        }
        (steps, sides)
    }

    /// Differs when a page about the changes between two versions would come out another.
    fn difference_key(&self, portal: &Portal, versions: [&String; 2]) -> String {
        let editions = portal.standing.iter().flat_map(|standing| standing.editions.all());
        let editions: Vec<String> = editions
            .map(|edition| format!("{} {:?} {:?} {}", edition.id, edition.title, edition.state, edition.root))
            .collect();
        let lists = List::ALL.iter().map(|(list, folder)| {
            let has = portal.routes.has(&Subject::List(*list));
            let names = portal.site.document(&format!("{folder}/index")).map(|index| {
                index.texts.iter().map(|text| format!("{:?}", text.front.title)).collect::<Vec<_>>()
            });
            format!("{folder} {has} {names:?}")
        });
        let lists: Vec<String> = lists.collect();
        let about = format!("{} {:?} {:?}", portal.as_of, portal.base_url, portal.logo);
        let parts = [versions[0].as_str(), versions[1], &self.reading.key, &about].into_iter();
        hash(parts.chain(editions.iter().chain(&lists).map(String::as_str)))
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
