//! All files to one [`Site`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::fault::{DUPLICATE_ID, MISSING_SETTINGS, STRAY_FILE, UNKNOWN_TIME_ZONE};
use super::file::{self, Parsed, Text};
use super::kind::{FileKind, PagePath, RecordKind, classify};
use super::{former, import, languages, markdown, ticket_import};
use crate::diagnostic::{Diagnostic, FileId, Level, Place};
use crate::digest::sha256;
use crate::model::audience::Audience;
use crate::model::body::Body;
use crate::model::document::{Article, Document, DocumentKind};
use crate::model::history::{FileHistory, History};
use crate::model::portal::{Html, Portal};
use crate::model::records::{Record, Records};
use crate::model::run::Run;
use crate::model::site::{EvidenceFile, Media, Site};
use crate::model::tickets::Snapshot;
use crate::model::unseen::Unseen;
use crate::source::git::Commit;
use crate::source::{SourceFile, Sources};

/// The languages of a tree that names none: Estonian.
pub const DEFAULT_LANGUAGE: &str = "et";

/// The zone of a tree that names none.
pub const DEFAULT_ZONE: &str = "Europe/Tallinn";

/// What parsing depends on besides the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The content folder's path as the sources spell it: `content`.
    pub content: String,
    /// The audience that the site is for.
    pub audience: Audience,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Words inside rendered Markdown, by language.
    pub labels: BTreeMap<String, markdown::Labels>,
    /// Whether a page whose front matter cannot be read still stands, without its text: it is of an older version,
    /// and was right in its day.
    pub is_lenient: bool,
}

/// `portal.yaml` as read, or what holds without one.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The portal.
    pub portal: Portal,
    /// Its file.
    pub file: Option<FileId>,
    /// Whether that file could not be read, so that the settings are not the author's.
    pub is_broken: bool,
    /// Language tags, the default first.
    pub languages: Vec<String>,
}

/// Reads `portal.yaml`. `title` names a portal that has none.
pub fn settings(sources: &Sources, content: &str, title: &str) -> (Settings, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let file = ["portal.yaml", "portal.yml"]
        .iter()
        .find_map(|name| sources.file(FileId::of(&format!("{content}/{name}"))));
    let portal = file.and_then(|source| {
        let text = Text { path: "portal.yaml", file: source.id, text: source.text.as_deref()? };
        file::record::<Portal>(text, "portal", &mut faults)
    });
    let is_broken = file.is_some() && portal.is_none();
    let is_missing = file.is_none() && has_records(sources, content);
    // With the wrong languages every translation would be a fault, and the one that matters hidden among them.
    let told = (is_missing || !faults.is_empty()).then(|| told_languages(sources, content, file));
    if is_missing {
        faults.push(no_settings(content, told.as_deref().unwrap_or_default()));
    }
    let portal = portal.map_or_else(|| Portal::plain(title), |record| record.value);
    let mut languages: Vec<String> = portal.languages.iter().map(|tag| tag.value.clone()).collect();
    if languages.is_empty() {
        languages = told.unwrap_or_else(|| vec![DEFAULT_LANGUAGE.to_owned()]);
    }
    (Settings { portal, file: file.map(|source| source.id), is_broken, languages }, faults)
}

/// The languages of a portal whose settings are missing or have a fault; at least one.
fn told_languages(sources: &Sources, content: &str, file: Option<&SourceFile>) -> Vec<String> {
    let written = file.and_then(|source| source.text.as_deref()).map(languages::written);
    let of_names = || languages::of_names(sources.files().iter().map(|file| in_content(&file.path, content)));
    written.filter(|tags| !tags.is_empty()).unwrap_or_else(of_names)
}

/// Whether a file of records is among the sources, which are written for a portal that lists its teams and products.
fn has_records(sources: &Sources, content: &str) -> bool {
    let kinds = sources.files().iter().map(|source| classify(in_content(&source.path, content), &[]));
    kinds.into_iter().any(|kind| matches!(kind, FileKind::Record(..)))
}

/// Where the settings of a portal stand whose content is in the folder `content`, or would stand.
pub fn settings_path(content: &str) -> String {
    if content.is_empty() { "portal.yaml".to_owned() } else { format!("{content}/portal.yaml") }
}

fn no_settings(content: &str, languages: &[String]) -> Diagnostic {
    let message = "the file is missing, so teams, roles, products, languages and gates are not known";
    Diagnostic::new(&MISSING_SETTINGS, Place::whole(FileId::of(&settings_path(content))), message)
        .hint(format!(
            "begin it with `title: …` and `languages: [{}]`; references to what it lists are not checked until then",
            languages.join(", ")
        ))
}

/// Parsed files of an earlier run, reused where neither the file nor what parsing depends on changed.
#[derive(Debug, Default)]
pub struct Cache {
    key: Option<blake3::Hash>,
    files: HashMap<FileId, Kept>,
    imports: HashMap<FileId, KeptImport>,
}

/// What was read for a run from its import; the key tells when to read again.
#[derive(Debug, Clone)]
struct KeptImport {
    key: blake3::Hash,
    reading: Arc<import::Reading>,
}

#[derive(Debug, Clone)]
struct Kept {
    hash: [u8; 32],
    parsed: Parsed,
    faults: Vec<Diagnostic>,
}

/// Reads all files. The second value is every fault of a single file; those between files are for
/// `check/`.
pub fn site(
    sources: &Sources,
    settings: &Settings,
    options: &Options,
    cache: &mut Cache,
) -> (Site, Vec<Diagnostic>) {
    let kept = parse_all(sources, settings, options, cache);
    let visible = visible(&kept, settings, options);
    let unseen = unseen(&kept, sources, settings, options);
    let withheld = withheld(&kept, &visible, options);
    let mut faults: Vec<Diagnostic> = kept.iter().flat_map(|(_, kept)| kept.faults.iter().cloned()).collect();
    let not_understood =
        faults.iter().filter(|fault| fault.level == Level::Error).map(|fault| fault.place.file).collect();
    let parsed = kept.into_iter().map(|(_, kept)| without_marking_of_blocks(kept.parsed, &settings.portal));
    let mut shelves = Shelves::default();
    for parsed in parsed {
        shelves.put(
            parsed,
            |audience, path| {
                audience.unwrap_or_else(|| settings.portal.audience_of(path)) <= options.audience
            },
            options,
        );
    }
    let zone = zone(settings, &mut faults);
    let media = media(sources, settings, options);
    faults.extend(fill_runs(&mut shelves, (sources, options), &media, (settings, &zone), cache));
    faults.extend(fill_tickets(&mut shelves, (sources, options), &media, &settings.portal));
    let mut site = shelves.site(settings, zone, media, &mut faults);
    site.faulty = not_understood;
    site.audience = options.audience;
    site.withheld = withheld;
    site.unseen = unseen;
    site.evidence = evidence(sources, &options.content, &site, &visible);
    site.history = history(sources, options, &site);
    site.originals = originals(sources, options, &site);
    (site, faults)
}

/// The paths in `sources` of the files of other tools that [`site`] wants opened: those that runs and snapshots
/// name which the audience may see, as far as it may see the files.
pub fn imports(sources: &Sources, settings: &Settings, options: &Options, cache: &mut Cache) -> Vec<String> {
    let media = media(sources, settings, options);
    let may_see = |audience: Option<Audience>, path: &str| {
        audience.unwrap_or_else(|| settings.portal.audience_of(path)) <= options.audience
    };
    let named =
        parse_all(sources, settings, options, cache).into_iter().flat_map(|(_, kept)| match kept.parsed {
            Parsed::Run(run) if may_see(run.audience, &run.path) => import::files(&run, &media),
            Parsed::Tickets(snapshot) if may_see(snapshot.audience, &snapshot.path) => {
                ticket_import::files(&snapshot, &media)
            }
            _ => Vec::new(),
        });
    let paths: BTreeSet<String> = named.map(|path| source_path(options, &path)).collect();
    paths.into_iter().collect()
}

/// A path in the content folder as the sources spell it.
fn source_path(options: &Options, path: &str) -> String {
    if options.content.is_empty() { path.to_owned() } else { format!("{}/{path}", options.content) }
}

/// Gives each run whose results are imported its results.
fn fill_runs(
    shelves: &mut Shelves,
    (sources, options): (&Sources, &Options),
    media: &BTreeMap<String, Media>,
    (settings, zone): (&Settings, &TimeZone),
    cache: &mut Cache,
) -> Vec<Diagnostic> {
    let defects = import::known_defects(&shelves.defects);
    let around = import::Around { media, defects: &defects, zone };
    let known = &cache.imports;
    let filled: Vec<_> = shelves
        .runs
        .par_iter_mut()
        .filter_map(|run| {
            let audience = run.audience.unwrap_or_else(|| settings.portal.audience_of(&run.path));
            let kept = read_import((run, audience), sources, options, media, known)?;
            let (filled, lost) = import::filled(run, &kept.reading, &around);
            let faults = [kept.reading.faults.as_slice(), &lost].concat();
            *run = Arc::new(filled);
            Some((run.file, kept, faults))
        })
        .collect();
    let mut faults = Vec::new();
    cache.imports.clear();
    for (file, kept, found) in filled {
        cache.imports.insert(file, kept);
        faults.extend(found);
    }
    faults
}

/// Gives each snapshot whose tickets are imported its tickets.
fn fill_tickets(
    shelves: &mut Shelves,
    (sources, options): (&Sources, &Options),
    media: &BTreeMap<String, Media>,
    portal: &Portal,
) -> Vec<Diagnostic> {
    let names = ticket_import::Names::of(shelves.releases.iter().map(|release| &**release), portal);
    let each = |snapshot: &mut Arc<Record<Snapshot>>| {
        let paths = ticket_import::files(snapshot, media).into_iter();
        let files: Vec<_> = paths
            .filter_map(|path| {
                let foreign = sources.foreign(FileId::of(&source_path(options, &path)))?;
                Some((path, foreign))
            })
            .collect();
        let (filled, faults) = ticket_import::filled(snapshot, &files, portal, &names)?;
        *snapshot = Arc::new(filled);
        Some(faults)
    };
    let found: Vec<Vec<Diagnostic>> = shelves.tickets.par_iter_mut().filter_map(each).collect();
    found.concat()
}

/// What the import of `run` says to those who may see it, read anew if the run or a file of it changed.
fn read_import(
    (run, audience): (&Record<Run>, Audience),
    sources: &Sources,
    options: &Options,
    media: &BTreeMap<String, Media>,
    known: &HashMap<FileId, KeptImport>,
) -> Option<KeptImport> {
    let paths = import::files(run, media).into_iter();
    let files: Vec<_> = paths
        .filter_map(|path| {
            let foreign = sources.foreign(FileId::of(&source_path(options, &path)))?;
            Some((path, foreign))
        })
        .collect();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&sources.file(run.file)?.hash).update(audience.word().as_bytes());
    for (path, foreign) in &files {
        hasher.update(path.as_bytes()).update(&foreign.hash);
    }
    let key = hasher.finalize();
    match known.get(&run.file).filter(|kept| kept.key == key) {
        Some(kept) => Some(kept.clone()),
        None => {
            import::read(run, audience, &files).map(|reading| KeptImport { key, reading: Arc::new(reading) })
        }
    }
}

/// The texts that the audience may see.
fn visible(kept: &[(&SourceFile, Kept)], settings: &Settings, options: &Options) -> HashSet<FileId> {
    let may_see = |source: &SourceFile, kept: &Kept| {
        let path = in_content(&source.path, &options.content);
        match kept.parsed.audience() {
            Some(audience) => {
                audience.unwrap_or_else(|| settings.portal.audience_of(path)) <= options.audience
            }
            // Whom a text that was not understood is for is not known.
            None => options.audience == Audience::Restricted,
        }
    };
    kept.iter().filter(|(source, kept)| may_see(source, kept)).map(|(source, _)| source.id).collect()
}

/// A page that everybody may see needs no marking; the one that it has is that of its blocks, and goes with them.
fn without_marking_of_blocks(parsed: Parsed, portal: &Portal) -> Parsed {
    let Parsed::Page(path, mut article) = parsed else { return parsed };
    let audience = article.audience.unwrap_or_else(|| portal.audience_of(&article.path));
    if !article.body.cut_blocks.is_empty() && audience == Audience::Public {
        Arc::make_mut(&mut article).restriction = None;
    }
    Parsed::Page(path, article)
}

/// The names of what the audience may not see.
fn unseen(kept: &[(&SourceFile, Kept)], sources: &Sources, settings: &Settings, options: &Options) -> Unseen {
    let mut unseen = Unseen::default();
    for (source, kept) in kept {
        let path = in_content(&source.path, &options.content);
        let Some(own) = kept.parsed.audience() else { continue };
        let audience = own.unwrap_or_else(|| settings.portal.audience_of(path));
        if audience > options.audience {
            unseen.add_file(path, audience);
            kept.parsed.each_id(|kind, id| unseen.add_record(kind, id, audience));
        }
    }
    for media in sources.media() {
        let path = in_content(&media.path, &options.content);
        if let Some(audience) = settings.portal.folder_audience(path).filter(|it| *it > options.audience) {
            unseen.add_file(path, audience);
        }
    }
    unseen
}

/// The folders of files that were understood and are not for the audience. A file that was not understood counts as
/// broken whatever the audience.
fn withheld(kept: &[(&SourceFile, Kept)], visible: &HashSet<FileId>, options: &Options) -> BTreeSet<String> {
    let is_withheld = |(source, kept): &&(&SourceFile, Kept)| {
        kept.parsed.audience().is_some() && !visible.contains(&source.id)
    };
    let folder = |(source, _): &(&SourceFile, Kept)| {
        let (folder, _) = in_content(&source.path, &options.content).split_once('/')?;
        Some(folder.to_owned())
    };
    kept.iter().filter(is_withheld).filter_map(folder).collect()
}

/// The files that decisions of `site` name, as far as they are there.
fn evidence(
    sources: &Sources,
    content: &str,
    site: &Site,
    visible: &HashSet<FileId>,
) -> BTreeMap<String, EvidenceFile> {
    let named: BTreeSet<&str> = site
        .decisions
        .iter()
        .flat_map(|decision| &decision.evidence.0)
        .map(|evidence| evidence.file.as_str())
        .collect();
    let named: Vec<&str> = named.into_iter().collect();
    let found = named.into_par_iter().filter_map(|path| {
        let id = FileId::of(&format!("{content}/{path}"));
        let state = match sources.file(id) {
            Some(_) if !visible.contains(&id) => EvidenceFile::Withheld,
            Some(source) => source.sha256().map_or(EvidenceFile::Unread, EvidenceFile::Read),
            None => match sources.foreign(id).map(|foreign| &foreign.bytes) {
                Some(Ok(bytes)) => EvidenceFile::Read(sha256(&[bytes])),
                _ if site.media.contains_key(path) => EvidenceFile::Unread,
                _ => sources.medium(id).map(|_| EvidenceFile::Withheld)?,
            },
        };
        Some((path.to_owned(), state))
    });
    found.collect()
}

/// What commits tell of each text of the site's pages, and of the file of each record.
fn history(sources: &Sources, options: &Options, site: &Site) -> History {
    let Some(history) = sources.history() else { return History::new() };
    let told = |path: &str, article: Option<&Article>| {
        let source = sources.file(FileId::of(&source_path(options, path)))?;
        let Some(file) = history.files.get(path) else { return Some(FileHistory::default()) };
        let civil = |commit: &Commit| Some(site.zone.to_datetime(Timestamp::from_second(commit.at).ok()?));
        let changes: Option<Vec<_>> = file.changes.iter().map(civil).collect();
        Some(FileHistory {
            changes: changes.unwrap_or_default(),
            untold: article.map_or(0, |article| former::untold(article, &file.changes)),
            is_committed: source.lines_hash() == Some(file.text),
        })
    };
    let mut files: Vec<(&str, Option<&Article>)> =
        texts(site).map(|article| (article.path.as_str(), Some(article))).collect();
    files.extend(site.record_files().into_iter().map(|path| (path, None)));
    files.into_par_iter().filter_map(|(path, text)| Some((path.to_owned(), told(path, text)?))).collect()
}

/// The SHA-256 of what translations name as their original.
fn originals(sources: &Sources, options: &Options, site: &Site) -> BTreeMap<String, String> {
    let is_named =
        |document: &&Document| document.texts.iter().skip(1).any(|text| text.front.translated_from.is_some());
    let named = site.documents.iter().filter(is_named).map(|document| document.main().path.as_str());
    let hash = |path: &str| sources.file(FileId::of(&source_path(options, path)))?.sha256();
    named.filter_map(|path| Some((path.to_owned(), hash(path)?))).collect()
}

fn texts(site: &Site) -> impl Iterator<Item = &Article> {
    site.documents.iter().flat_map(|document| document.texts.iter().map(|text| &**text))
}

/// A path as seen from the content folder.
fn in_content<'a>(path: &'a str, content: &str) -> &'a str {
    path.strip_prefix(content).unwrap_or(path).trim_start_matches('/')
}

fn parse_all<'a>(
    sources: &'a Sources,
    settings: &Settings,
    options: &Options,
    cache: &mut Cache,
) -> Vec<(&'a SourceFile, Kept)> {
    let key = blake3::hash(
        format!("{:?}{:?}{:?}", settings.languages, settings.portal.markdown, options).as_bytes(),
    );
    if cache.key != Some(key) {
        *cache = Cache { key: Some(key), ..Cache::default() };
    }
    let known = &cache.files;
    let kept: Vec<(&SourceFile, Kept)> = sources
        .files()
        .par_iter()
        .map(|source| {
            let kept = known
                .get(&source.id)
                .filter(|kept| kept.hash == source.hash)
                .cloned()
                .unwrap_or_else(|| parse_one(source, settings, options));
            (source, kept)
        })
        .collect();
    cache.files = kept.iter().map(|(source, kept)| (source.id, kept.clone())).collect();
    kept
}

fn parse_one(source: &SourceFile, settings: &Settings, options: &Options) -> Kept {
    let path = in_content(&source.path, &options.content);
    let kind = classify(path, &settings.languages);
    let (parsed, mut faults) = match source.text.as_deref() {
        Some(text) => {
            let text = Text { path, file: source.id, text };
            let language = &settings.languages[0];
            file::parse(text, kind.clone(), language, &markdown_settings(&kind, settings, options))
        }
        None => (unread(&kind), Vec::new()),
    };
    if kind == FileKind::Stray {
        faults.push(stray(source));
    }
    Kept { hash: source.hash, parsed, faults }
}

/// The page in `source`, read by itself; nothing for another kind of file, and for one with a fault.
pub fn page_alone(source: &SourceFile, settings: &Settings, options: &Options) -> Option<Arc<Article>> {
    let Kept { parsed, faults, .. } = parse_one(source, settings, options);
    match parsed {
        Parsed::Page(_, article) if faults.is_empty() => Some(article),
        _ => None,
    }
}

/// What stands for a file that could not be read: that was reported when it was read.
fn unread(kind: &FileKind) -> Parsed {
    match kind {
        FileKind::Record(kind, id) => Parsed::Broken(*kind, id.clone()),
        _ => Parsed::Nothing,
    }
}

fn stray(source: &SourceFile) -> Diagnostic {
    let folders: Vec<String> = RecordKind::FOLDERS.iter().map(|(folder, _)| format!("`{folder}/`")).collect();
    Diagnostic::new(
        &STRAY_FILE,
        Place::whole(source.id),
        "no kind of record is kept here, so the file is not shown",
    )
    .hint(format!("records are kept in {}", folders.join(", ")))
}

fn markdown_settings(kind: &FileKind, settings: &Settings, options: &Options) -> markdown::Settings<'static> {
    let language = match kind {
        FileKind::Page(PagePath { language: Some(language), .. }) => language,
        _ => &settings.languages[0],
    };
    let trusted = settings.portal.markdown.as_ref().and_then(|markdown| markdown.html) == Some(Html::Trusted);
    markdown::Settings {
        labels: options.labels.get(language).cloned().unwrap_or_default(),
        html: if trusted { markdown::HtmlPolicy::Trusted } else { markdown::HtmlPolicy::Sanitised },
        quiz: &super::quiz::read,
        audience: options.audience,
    }
}

/// Images and attachments, without those in folders that the portal keeps for a narrower audience.
/// Others are for whoever may see the page that shows them.
fn media(sources: &Sources, settings: &Settings, options: &Options) -> BTreeMap<String, Media> {
    let content = options.content.as_str();
    let path_of = |path: &str| in_content(path, content).to_owned();
    let may_see = |path: &str| {
        settings.portal.folder_audience(path).is_none_or(|audience| audience <= options.audience)
    };
    sources
        .media()
        .iter()
        .map(|media| (path_of(&media.path), Media { bytes: media.len, picture: None, narrower: Vec::new() }))
        .filter(|(path, _)| may_see(path))
        .collect()
}

/// The zone of the portal; one that is not known is a fault.
pub fn zone(settings: &Settings, faults: &mut Vec<Diagnostic>) -> TimeZone {
    let name = settings.portal.time_zone.as_ref();
    let known = TimeZone::get(name.map_or(DEFAULT_ZONE, |name| name.as_str()));
    if let (Err(_), Some(name)) = (&known, name) {
        faults.push(
            Diagnostic::new(&UNKNOWN_TIME_ZONE, name.place, format!("unknown time zone `{}`", name.value))
                .hint("write an IANA name such as `Europe/Tallinn`"),
        );
    }
    known.unwrap_or(TimeZone::UTC)
}

/// Where parsed files are sorted before they become a site.
#[derive(Default)]
struct Shelves {
    pages: BTreeMap<String, Vec<(PagePath, Arc<Article>)>>,
    releases: Vec<Arc<Record<crate::model::release::Release>>>,
    runs: Vec<Arc<Record<crate::model::run::Run>>>,
    cases: Vec<Arc<Record<crate::model::case::Case>>>,
    plans: Vec<Arc<Record<crate::model::plan::Plan>>>,
    defects: Vec<Arc<Record<crate::model::defect::Defect>>>,
    environments: Vec<Arc<Record<crate::model::environment::Environment>>>,
    data: Vec<Arc<Record<crate::model::data_set::DataSet>>>,
    tickets: Vec<Arc<Record<Snapshot>>>,
    decisions: Vec<Arc<Record<crate::model::decision::Decision>>>,
    partners: Vec<Arc<Record<crate::model::partner::Partner>>>,
    broken: Vec<(RecordKind, String)>,
}

impl Shelves {
    /// Puts a parsed file where it belongs, if `may_see` its audience and path.
    fn put(&mut self, parsed: Parsed, may_see: impl Fn(Option<Audience>, &str) -> bool, options: &Options) {
        fn keep<T>(
            shelf: &mut Vec<Arc<Record<T>>>,
            record: Arc<Record<T>>,
            may_see: impl Fn(Option<Audience>, &str) -> bool,
        ) {
            if may_see(record.audience, &record.path) {
                shelf.push(record);
            }
        }
        match parsed {
            Parsed::Page(path, article) => {
                let is_draft = article.front.draft == Some(true);
                // For whom it is stood where it cannot be read: its text is kept from all, and the page from the public.
                let stands_in = !article.is_read && options.is_lenient && options.audience > Audience::Public;
                if stands_in && may_see(None, &article.path) {
                    let bare = Article { body: Body::default(), ..(*article).clone() };
                    self.pages.entry(path.key.clone()).or_default().push((path, Arc::new(bare)));
                } else if may_see(article.audience, &article.path) && (options.drafts || !is_draft) {
                    self.pages.entry(path.key.clone()).or_default().push((path, article));
                }
            }
            Parsed::Release(record) => keep(&mut self.releases, record, may_see),
            Parsed::Run(record) => keep(&mut self.runs, record, may_see),
            Parsed::Cases(records) => {
                for record in records {
                    keep(&mut self.cases, record, &may_see);
                }
            }
            Parsed::Plan(record) => keep(&mut self.plans, record, may_see),
            Parsed::Defect(record) => keep(&mut self.defects, record, may_see),
            Parsed::Environment(record) => keep(&mut self.environments, record, may_see),
            Parsed::DataSet(record) => keep(&mut self.data, record, may_see),
            Parsed::Tickets(record) => keep(&mut self.tickets, record, may_see),
            Parsed::Decision(record) => keep(&mut self.decisions, record, may_see),
            Parsed::Partners(records) => {
                for record in records {
                    keep(&mut self.partners, record, &may_see);
                }
            }
            Parsed::Broken(kind, id) => self.broken.push((kind, id)),
            Parsed::Nothing => {}
        }
    }

    fn site(
        self,
        settings: &Settings,
        zone: TimeZone,
        media: BTreeMap<String, Media>,
        faults: &mut Vec<Diagnostic>,
    ) -> Site {
        let broken = |kind: RecordKind| -> Vec<String> {
            self.broken.iter().filter(|(of, _)| *of == kind).map(|(_, id)| id.clone()).collect()
        };
        let present: HashSet<&str> = self.cases.iter().map(|case| case.id.as_str()).collect();
        let renamed_cases = self
            .cases
            .iter()
            .flat_map(|case| case.renamed_from.iter().map(|old| (old.value.clone(), case.id.clone())))
            // A case that has the id today keeps it.
            .filter(|(old, _)| !present.contains(old.as_str()))
            .collect();
        Site {
            renamed_cases,
            documents: documents(self.pages, &settings.languages, faults),
            releases: shelf(self.releases, broken(RecordKind::Release), faults),
            runs: shelf(self.runs, broken(RecordKind::Run), faults),
            cases: shelf(self.cases, broken(RecordKind::Catalogue), faults),
            plans: shelf(self.plans, broken(RecordKind::Plan), faults),
            defects: shelf(self.defects, broken(RecordKind::Defect), faults),
            environments: shelf(self.environments, broken(RecordKind::Environment), faults),
            data: shelf(self.data, broken(RecordKind::DataSet), faults),
            tickets: shelf(self.tickets, broken(RecordKind::Tickets), faults),
            decisions: shelf(self.decisions, broken(RecordKind::Decision), faults),
            partners: shelf(self.partners, broken(RecordKind::Partners), faults),
            portal: settings.portal.clone(),
            portal_file: settings.file,
            is_portal_broken: settings.is_broken,
            faulty: BTreeSet::new(),
            languages: settings.languages.clone(),
            zone,
            media,
            evidence: BTreeMap::new(),
            history: History::new(),
            originals: BTreeMap::new(),
            audience: Audience::Restricted,
            unseen: Unseen::default(),
            withheld: BTreeSet::new(),
        }
    }
}

/// The records of one kind; of two with one id the first counts and the second is reported.
fn shelf<T>(records: Vec<Arc<Record<T>>>, broken: Vec<String>, faults: &mut Vec<Diagnostic>) -> Records<T> {
    let mut first: HashMap<String, Place> = HashMap::with_capacity(records.len());
    let mut kept = Vec::with_capacity(records.len());
    for record in records {
        if let Some(earlier) = first.get(&record.id) {
            let message = format!("the id `{}` is taken", record.id);
            faults.push(
                Diagnostic::new(&DUPLICATE_ID, record.place, message).related(*earlier, "first taken here"),
            );
        } else {
            first.insert(record.id.clone(), record.place);
            kept.push(record);
        }
    }
    Records::new(kept, broken)
}

/// Groups the translations of each page.
fn documents(
    pages: BTreeMap<String, Vec<(PagePath, Arc<Article>)>>,
    languages: &[String],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let keys: Vec<String> = pages.keys().cloned().collect();
    pages
        .into_iter()
        .map(|(key, texts)| {
            let is_index = is_index(&key, &keys);
            let kind = match texts.first().map_or(DocumentKind::Page, |(path, _)| path.kind) {
                // Of `index` and `README` side by side one is the home page and the other an ordinary one.
                DocumentKind::Home if !is_index => DocumentKind::Page,
                DocumentKind::Page if is_index && !key.contains('/') => DocumentKind::Home,
                kind => kind,
            };
            Document { kind, is_index, texts: translations(texts, languages, faults), key }
        })
        .collect()
}

/// `index`, or `README` where there is no `index` beside it.
fn is_index(key: &str, keys: &[String]) -> bool {
    let (folder, name) = key.rsplit_once('/').map_or(("", key), |(folder, name)| (folder, name));
    let index = if folder.is_empty() { "index".to_owned() } else { format!("{folder}/index") };
    name == "index" || (name.eq_ignore_ascii_case("readme") && keys.binary_search(&index).is_err())
}

/// The texts of a page, the default language first; two files for one language are a fault.
fn translations(
    texts: Vec<(PagePath, Arc<Article>)>,
    languages: &[String],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Arc<Article>> {
    let mut articles: Vec<Arc<Article>> = Vec::with_capacity(texts.len());
    for (_, article) in texts {
        if let Some(earlier) = articles.iter().find(|earlier| earlier.language == article.language) {
            let message =
                format!("`{}` and `{}` are the same page in one language", earlier.path, article.path);
            faults.push(
                Diagnostic::new(&DUPLICATE_ID, Place::whole(article.file), message)
                    .related(Place::whole(earlier.file), "the other one"),
            );
        } else {
            articles.push(article);
        }
    }
    articles.sort_by_key(|article| languages.iter().position(|language| *language == article.language));
    articles
}
