//! From a folder to a portal: what `build`, `check` and `serve` share.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Global;
use super::editions::{self, Files, Joined, Listed, Notes, Pages, Side};
use super::exit::Failure;
use super::history::Found;
use super::pictures;
use crate::check::privacy::{self, Disclosed};
use crate::check::{self, Context};
use crate::diagnostic::{Diagnostic, FileId, Level, Place, SourceText, settle};
use crate::digest::sha256;
use crate::model::addresses::{Address, Told};
use crate::model::audience::Audience;
use crate::model::portal::Version;
use crate::model::published::Published;
use crate::parse::{self, markdown};
use crate::record::path;
use crate::render::brand::accent::Accent;
use crate::render::brand::logo::{self, Logo};
use crate::render::brand::{self, Brand};
use crate::render::export::addresses;
use crate::render::theme::ThemeFiles;
use crate::render::{Carrier, Page, Portal, RenderFault, Theme, plan};
use crate::source::{self, MediaBytes, SourceFile, Sources, Tree, folder, git};
use crate::words::{CatalogueFault, Words};

/// The path and text of each file.
type TextsById = HashMap<FileId, (String, String)>;

/// Where a portal lives.
#[derive(Debug, Clone)]
pub struct Project {
    /// The project's root.
    pub root: PathBuf,
    /// The content folder.
    pub content: PathBuf,
}

/// What a build is for.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// The audience.
    pub audience: Audience,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The address at which the portal will be served, where it is not the one of `portal.yaml`.
    pub base_url: Option<String>,
    /// The day, where the user names one.
    pub as_of: Option<Date>,
}

/// A portal with all that was found on the way.
pub struct Assembly {
    /// What was read.
    pub texts: Texts,
    /// The portal.
    pub portal: Portal,
    /// The theme, unless it has a fault.
    pub theme: Option<Arc<Theme>>,
    /// The files of the current version, unless it is the content folder.
    pages: Option<Arc<Pages>>,
    /// Versions of the guidance beside the current one.
    pub sides: Vec<Side>,
    /// Whether the pages at the names of the current version stay as the last build wrote them.
    pub names_stay: bool,
    /// What to note of them for the next build.
    pub notes: Notes,
    /// What the content was read with.
    pub grounds: Box<(parse::Settings, parse::Options)>,
    /// The content folder as paths in the sources spell it.
    prefix: String,
    /// Every fault, sorted.
    pub faults: Vec<Diagnostic>,
    /// Personal data and secrets of which the faults tell.
    pub disclosed: privacy::Values,
    /// What was left out, and why: a sentence each.
    pub left_out: Vec<String>,
    /// How long each stage took.
    pub stages: Vec<(&'static str, Duration)>,
}

/// What may be kept from one assembly to the next. Whatever is reused depends on nothing that changed.
#[derive(Default)]
pub struct Memory {
    sources: Option<Sources>,
    parsed: parse::Cache,
    /// What commits tell.
    history: Option<Arc<git::History>>,
    /// The last `portal.yaml` without an error.
    settings: Option<parse::Settings>,
    look: Option<Arc<Look>>,
    /// The last theme without a fault.
    theme: Option<Arc<Theme>>,
    /// Versions of the guidance that were read.
    versions: editions::Read,
    /// What the last build noted of them.
    notes: Notes,
}

impl Memory {
    /// The memory of one who knows what the last build noted.
    pub fn noted(notes: Notes) -> Self {
        Self { notes, ..Self::default() }
    }

    /// The last theme without a fault.
    pub fn theme(&self) -> Option<&Arc<Theme>> {
        self.theme.as_ref()
    }

    /// The settings to go on with: those of `portal.yaml`, or the last good ones while it has an error,
    /// so that a slip in it does not turn the whole portal into another one.
    fn settle(&mut self, settings: parse::Settings, has_error: bool) -> parse::Settings {
        match &self.settings {
            Some(good) if has_error => good.clone(),
            _ => {
                self.settings = (!has_error).then(|| settings.clone());
                settings
            }
        }
    }
}

/// What a portal shows of its agency.
#[derive(Default)]
struct Showing {
    /// Its logo, if it can be drawn.
    logo: Option<Logo>,
    /// Whether everybody may see it, at an address that is known.
    is_known_outside: bool,
}

/// What the theme makes of a portal's languages and colours.
struct Look {
    key: blake3::Hash,
    words: Vec<Arc<Words>>,
    faults: Vec<CatalogueFault>,
    theme: Result<Arc<Theme>, RenderFault>,
}

impl Look {
    /// The look of a portal with these settings.
    fn of(files: &ThemeFiles, settings: &parse::Settings, showing: &Showing) -> Self {
        let (words, faults) = files.words(&settings.languages);
        let logo = showing.logo.as_ref();
        let mut generated = vec![("portal.css".to_owned(), portal_css(&settings.portal).into_bytes())];
        let carded = if showing.is_known_outside { settings.languages.as_slice() } else { &[] };
        let default = settings.languages.first().map_or("", String::as_str);
        generated.extend(Brand::of(&settings.portal, logo).files(&settings.portal, carded, default));
        let theme = Theme::new(files, &words, generated);
        let theme = theme.map(|theme| Arc::new(theme.with_logo_size(logo.map(Logo::size))));
        let words = words.into_iter().map(Arc::new).collect();
        Self { key: Self::key(files, settings, showing), words, faults, theme }
    }

    /// The same, unless `known` is it already.
    fn reused(
        known: Option<&Arc<Self>>,
        files: &ThemeFiles,
        settings: &parse::Settings,
        showing: &Showing,
    ) -> Arc<Self> {
        let key = Self::key(files, settings, showing);
        match known {
            Some(known) if known.key == key => Arc::clone(known),
            _ => Arc::new(Self::of(files, settings, showing)),
        }
    }

    /// Differs when anything differs on which a look depends.
    fn key(files: &ThemeFiles, settings: &parse::Settings, showing: &Showing) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        add(files.digest().as_bytes());
        settings.languages.iter().for_each(|language| add(language.as_bytes()));
        add(portal_css(&settings.portal).as_bytes());
        add(showing.logo.as_ref().map_or(&[], |logo| logo.bytes.as_slice()));
        let portal = &settings.portal;
        add(format!("{} {:?} {:?}", showing.is_known_outside, portal.title, portal.description).as_bytes());
        hasher.finalize()
    }
}

/// Which versions of the guidance are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope<'a> {
    /// The content folder alone.
    Content,
    /// All.
    Whole,
    /// All, and no rule is asked whether something is wrong.
    Unchecked,
    /// All, as they were at a Git revision.
    WholeAt(&'a str),
}

impl<'a> Scope<'a> {
    /// The Git revision as of which versions are wanted.
    fn revision(self) -> Option<&'a str> {
        match self {
            Self::WholeAt(revision) => Some(revision),
            Self::Content | Self::Whole | Self::Unchecked => None,
        }
    }
}

/// Differs when anything does on which the pages of a version depend besides its own files and the records: the
/// program, the theme, the settings and for whom the portal is.
fn drawing_key(sources: &Sources, settings: &parse::Settings, purpose: &Purpose, look: &Look) -> String {
    let portal = settings.file.and_then(|file| sources.file(file)).map(|file| file.hash);
    format!("{} {:?} {portal:?} {:?} {}", program_key(), look.key, purpose.audience, purpose.drafts)
}

/// Differs when another program does.
pub fn program_key() -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let program = program.ok().map(|metadata| (metadata.len(), metadata.modified().ok()));
    format!("{} {program:?}", env!("CARGO_PKG_VERSION"))
}

/// What was read from disk, before anything is linked.
struct Reading {
    sources: Sources,
    settings: parse::Settings,
    theme_files: ThemeFiles,
    theme_texts: TextsById,
    faults: Vec<Diagnostic>,
    earlier: Earlier,
    found: Found,
}

/// What readers were told before, for comparing.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Dates.
    pub dates: Vec<Published>,
    /// Addresses.
    pub addresses: Vec<Told>,
}

impl Project {
    /// The project that the global arguments name.
    ///
    /// # Errors
    /// A folder that is not there.
    pub fn find(global: &Global) -> Result<Self, Failure> {
        let here = current_folder()?;
        let root = match (&global.root, &global.content) {
            (Some(root), _) => here.join(root),
            (None, Some(content)) => {
                let content = without_parents(here.join(content));
                content.parent().map_or_else(|| here.clone(), Path::to_owned)
            }
            (None, None) => {
                here.ancestors().find(|folder| folder.join("content").is_dir()).unwrap_or(&here).to_owned()
            }
        };
        // As with `git -C`, paths beside `-C` are seen from there.
        let base = if global.root.is_some() { &root } else { &here };
        let content =
            global.content.as_ref().map_or_else(|| root.join("content"), |content| base.join(content));
        if !content.is_dir() {
            return Err(Failure::new(format!("there is no content folder `{}`", content.display()))
                .hint("run `juhend init` to make a portal, or name the folder with `--content`"));
        }
        Ok(Self { content: without_parents(content), root: without_parents(root) })
    }

    /// The folder that a build writes into: as seen from the working folder, or from the root where the
    /// user names one; `public` in the root where nothing is said.
    ///
    /// # Errors
    /// The working folder cannot be read.
    pub fn output(&self, global: &Global, named: Option<&Path>) -> Result<PathBuf, Failure> {
        Ok(match named {
            None => self.root.join("public"),
            Some(folder) => self.beside(global)?.join(folder),
        })
    }

    /// The folder from which paths on the command line are seen: the working folder, or the root where the
    /// user names one.
    ///
    /// # Errors
    /// The working folder cannot be read.
    pub fn beside(&self, global: &Global) -> Result<PathBuf, Failure> {
        Ok(if global.root.is_some() { self.root.clone() } else { std::env::current_dir()? })
    }

    /// The places in which `versions` of the guidance are kept beside the content, whether they are there or not.
    pub fn version_places(&self, versions: &[Version]) -> Vec<PathBuf> {
        let from = versions.iter().filter_map(|version| version.from.as_ref());
        let folders = from.clone().filter_map(|from| Tree::place(&self.root, from));
        // One repository holds all of them.
        let refs = from.map(|from| Tree::refs(&self.content, from)).find(|refs| !refs.is_empty());
        folders.chain(refs.into_iter().flatten()).collect()
    }

    /// The folder of the portal's own themes.
    pub fn themes(&self) -> PathBuf {
        self.root.join("themes")
    }

    /// The words of the portal's default language, and the address it is served at, without a slash at its end.
    ///
    /// # Errors
    /// A folder that cannot be read at all.
    pub fn voice(&self) -> Result<(Option<Words>, Option<String>), Failure> {
        let (sources, mut faults) = self.read(None)?;
        let (settings, _) = self.settings(&sources);
        let (files, _) = self.theme_files(&settings, &mut faults)?;
        let (words, _) = files.words(&settings.languages);
        let base = settings.portal.base_url.map(|url| url.value.trim_end_matches('/').to_owned());
        Ok((words.into_iter().next(), base))
    }

    /// Reads, links and checks the content folder, as if it were the only version of the guidance.
    ///
    /// # Errors
    /// A folder that cannot be read at all.
    pub fn assemble(&self, purpose: &Purpose, memory: &mut Memory) -> Result<Assembly, Failure> {
        self.assembled(purpose, memory, Earlier::default(), Scope::Content)
    }

    /// Reads, links and checks everything, all versions of the guidance too, and compares dates and addresses with
    /// `earlier` ones.
    ///
    /// # Errors
    /// A folder that cannot be read at all.
    pub fn assemble_whole(
        &self,
        purpose: &Purpose,
        memory: &mut Memory,
        earlier: Earlier,
    ) -> Result<Assembly, Failure> {
        self.assembled(purpose, memory, earlier, Scope::Whole)
    }

    /// Reads and links everything, and checks nothing but that it could be read; nothing where that would save no time
    /// that a reader notices.
    ///
    /// # Errors
    /// A folder that cannot be read at all.
    pub fn assemble_unchecked(
        &self,
        purpose: &Purpose,
        memory: &mut Memory,
    ) -> Result<Option<Assembly>, Failure> {
        /// A portal of fewer texts is checked in a tenth of a second.
        const MANY: usize = 2_000;
        let mut clock = Clock::start();
        let read = self.read(memory.sources.as_ref())?;
        if read.0.files().len() < MANY {
            memory.sources = Some(read.0);
            return Ok(None);
        }
        clock.stage("read");
        let wanted = (Earlier::default(), Scope::Unchecked);
        self.assemble_read(read, purpose, memory, wanted, clock).map(Some)
    }

    fn assembled(
        &self,
        purpose: &Purpose,
        memory: &mut Memory,
        earlier: Earlier,
        scope: Scope<'_>,
    ) -> Result<Assembly, Failure> {
        let mut clock = Clock::start();
        let (sources, faults) = self.read(memory.sources.as_ref())?;
        clock.stage("read");
        self.assemble_read((sources, faults), purpose, memory, (earlier, scope), clock)
    }

    /// The portal of `sources`, which are those of a Git revision, in the look of today.
    ///
    /// # Errors
    /// A theme that cannot be read at all.
    pub fn assemble_at(
        &self,
        sources: Sources,
        revision: &str,
        purpose: &Purpose,
    ) -> Result<Assembly, Failure> {
        let read = (sources, Vec::new());
        let wanted = (Earlier::default(), Scope::WholeAt(revision));
        self.assemble_read(read, purpose, &mut Memory::default(), wanted, Clock::start())
    }

    /// The content folder, its settings and their faults, and nothing made of them.
    ///
    /// # Errors
    /// A folder that cannot be read at all.
    pub fn content(&self) -> Result<(Sources, parse::Settings, Vec<Diagnostic>), Failure> {
        let (sources, _) = self.read(None)?;
        let (settings, faults) = self.settings(&sources);
        Ok((sources, settings, faults))
    }

    fn assemble_read(
        &self,
        (sources, mut faults): (Sources, Vec<Diagnostic>),
        purpose: &Purpose,
        memory: &mut Memory,
        (earlier, scope): (Earlier, Scope<'_>),
        mut clock: Clock,
    ) -> Result<Assembly, Failure> {
        let (settings, found) = self.settings(&sources);
        let settings = memory.settle(settings, found.iter().any(|fault| fault.level == Level::Error));
        faults.extend(found);
        let (theme_files, theme_texts) = self.theme_files(&settings, &mut faults)?;
        clock.stage("settings");
        let found = Found::of(self, memory.history.as_ref());
        memory.history = found.history().cloned();
        clock.stage("git");
        let reading = Reading { sources, settings, theme_files, theme_texts, faults, earlier, found };
        Ok(self.link(reading, purpose, memory, clock, scope))
    }

    /// The settings, as far as they can be known from `portal.yaml` alone.
    pub fn settings_alone(&self) -> parse::Settings {
        let files = ["portal.yaml", "portal.yml"].into_iter().filter_map(|name| {
            let bytes = std::fs::read(self.content.join(name)).ok()?;
            Some(SourceFile::new(format!("{}/{name}", self.prefix()), &bytes))
        });
        self.settings(&Sources::new(files.collect(), Vec::new())).0
    }

    /// Differs when a file of the theme does; nothing where they cannot be read.
    pub fn theme_key(&self, settings: &parse::Settings) -> Option<String> {
        let (files, _) = self.theme_files(settings, &mut Vec::new()).ok()?;
        Some(files.digest().to_string())
    }

    /// A portal without any content, in the default theme: what is left when nothing can be read.
    pub fn bare(&self, purpose: &Purpose) -> Assembly {
        let sources = Sources::default();
        let (settings, faults) = self.settings(&sources);
        let theme_texts = HashMap::new();
        let theme_files = ThemeFiles::builtin();
        let (earlier, found) = (Earlier::default(), Found::Nothing);
        let reading = Reading { sources, settings, theme_files, theme_texts, faults, earlier, found };
        self.link(reading, purpose, &mut Memory::default(), Clock::start(), Scope::Content)
    }

    fn settings(&self, sources: &Sources) -> (parse::Settings, Vec<Diagnostic>) {
        let name = self
            .root
            .canonicalize()
            .ok()
            .and_then(|root| Some(root.file_name()?.to_string_lossy().into_owned()));
        parse::settings(sources, &self.prefix(), name.as_deref().unwrap_or("Portal"))
    }

    fn link(
        &self,
        reading: Reading,
        purpose: &Purpose,
        memory: &mut Memory,
        mut clock: Clock,
        scope: Scope<'_>,
    ) -> Assembly {
        let Reading { sources, settings, theme_files, theme_texts, mut faults, earlier, found: commits } =
            reading;
        let base_url = served_at(purpose, &settings);
        let logo = self.logo(&sources, &settings, &mut faults);
        let is_known_outside = purpose.audience == Audience::Public && base_url.is_some();
        let showing = Showing { logo, is_known_outside };
        let look = Look::reused(memory.look.as_ref(), &theme_files, &settings, &showing);
        clock.stage("theme");
        let options = parse::Options {
            content: self.prefix(),
            audience: purpose.audience,
            drafts: purpose.drafts,
            labels: look.words.iter().map(|words| (words.language().to_string(), labels(words))).collect(),
            is_lenient: false,
        };
        let named = parse::imports(&sources, &settings, &options, &mut memory.parsed);
        let sources = sources
            .opened(&named, memory.sources.as_ref(), source::TEXT_LIMIT)
            .with_history(commits.history().cloned());
        let (mut site, found) = parse::site(&sources, &settings, &options, &mut memory.parsed);
        pictures::measure(&mut site, &sources, &options.content);
        faults.extend(found);
        let left_out = commits.left_out(&site).into_iter().collect();
        clock.stage("parse");
        let as_of = day(purpose.as_of, settings.portal.as_of, &site.zone);
        let portal = Portal::new(site, as_of, look.words.clone(), base_url);
        clock.stage("derive");
        let is_checked = scope != Scope::Unchecked;
        let disclosed = if is_checked { checked(&portal, &earlier, &sources) } else { Disclosed::default() };
        faults.extend(disclosed.faults);
        check::levels(&mut faults, &levels(&settings.portal));
        clock.stage("check");
        let mut texts = Texts::of(sources, theme_texts, &options.content);
        if portal.site.portal_file.is_none() {
            check::lenient(&mut faults, &texts);
        }
        let joined = match scope {
            Scope::Content => Joined::alone(portal),
            Scope::Whole | Scope::Unchecked | Scope::WholeAt(_) => {
                let folders = (&*self.root, &*self.content);
                let (listed, found) = Listed::of(&settings, folders, purpose.audience, scope.revision());
                faults.extend(found);
                let has_git = listed.iter().any(|one| one.tree.as_ref().is_some_and(Tree::is_git));
                let reading = editions::Reading {
                    settings: &settings,
                    options: &options,
                    key: drawing_key(&texts.sources, &settings, purpose, &look),
                    theme: look.theme.as_deref().ok(),
                    notes: &memory.notes,
                    head: if has_git { Tree::head(&self.root, &self.content) } else { None },
                };
                editions::join(portal, &listed, &reading, &mut memory.versions)
            }
        };
        let Joined { portal, pages, sides, faults: found, texts: told, names_stay, notes } = joined;
        texts.kept = told.into_iter().map(|(path, text)| (FileId::of(&path), (path, text))).collect();
        texts.versions.extend(pages.iter().cloned());
        texts.versions.extend(sides.iter().filter_map(|side| match &side.files {
            Files::Made(_, pages) => pages.clone(),
            Files::Kept | Files::Frozen(_) => None,
        }));
        faults.extend(found);
        if is_checked {
            faults.extend(misled(&portal, look.theme.as_deref().ok(), earlier, &texts));
        }
        if !sides.is_empty() {
            clock.stage("versions");
        }
        faults.extend(look.faults.iter().map(|fault| texts.catalogue_fault(fault)));
        let theme = match &look.theme {
            Ok(theme) => {
                memory.theme = Some(Arc::clone(theme));
                Some(Arc::clone(theme))
            }
            Err(fault) => {
                faults.push(texts.template_fault(fault));
                None
            }
        };
        memory.look = Some(look);
        let faults = settle(faults, &texts);
        memory.sources = Some(texts.sources.clone());
        Assembly {
            texts,
            portal,
            theme,
            pages,
            sides,
            names_stay,
            notes,
            grounds: Box::new((settings, options)),
            prefix: self.prefix(),
            faults,
            disclosed: disclosed.values,
            left_out,
            stages: clock.stages,
        }
    }

    fn read(&self, previous: Option<&Sources>) -> Result<(Sources, Vec<Diagnostic>), Failure> {
        Ok(match previous {
            Some(previous) => folder::reread(previous, self.base(), &self.content, source::TEXT_LIMIT)?,
            None => folder::read(self.base(), &self.content, source::TEXT_LIMIT)?,
        })
    }

    /// The folder that paths in faults are seen from: the root, unless the content lies elsewhere.
    pub fn base(&self) -> &Path {
        if self.content.starts_with(&self.root) {
            &self.root
        } else {
            self.content.parent().unwrap_or(&self.root)
        }
    }

    /// The content folder as paths in faults spell it.
    pub fn prefix(&self) -> String {
        let relative = self.content.strip_prefix(self.base()).unwrap_or(&self.content);
        relative.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
    }

    /// The portal's logo; nothing where it has none, or where its file is not there, which a rule tells.
    fn logo(
        &self,
        sources: &Sources,
        settings: &parse::Settings,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Logo> {
        let named = settings.portal.theme.as_ref()?.logo.as_ref()?;
        let path = path::join("", &named.value)?;
        let medium = sources.medium(FileId::of(&format!("{}/{path}", self.prefix())))?;
        let read = if medium.len > logo::MOST_BYTES {
            Err(format!("it has more than {} bytes", logo::MOST_BYTES))
        } else {
            let bytes = match &medium.bytes {
                MediaBytes::File(file) => std::fs::read(file).map_err(|error| error.to_string()),
                MediaBytes::Held(bytes) => Ok(bytes.to_vec()),
            };
            bytes.and_then(Logo::read)
        };
        let fault = |cause: String| {
            let message = format!("the logo `{}` cannot be drawn: {cause}", named.value);
            Diagnostic::new(&check::BROKEN_LOGO, named.place, message).hint("give it as SVG or PNG")
        };
        read.map_err(|cause| faults.push(fault(cause))).ok()
    }

    fn theme_files(
        &self,
        settings: &parse::Settings,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<(ThemeFiles, TextsById), Failure> {
        let named = settings.portal.theme.as_ref().and_then(|theme| theme.name.as_ref());
        let name = named.map_or("default", |name| name.as_str());
        let is_plain =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let folder = self.themes().join(if is_plain { name } else { "default" });
        if let Some(named) = named.filter(|_| !is_plain || (name != "default" && !folder.is_dir())) {
            let message = format!("there is no theme `{name}`");
            let fault = Diagnostic::new(&check::UNKNOWN_THEME, named.place, message);
            faults.push(fault.hint(format!("make the folder `themes/{name}`, or leave the key out")));
        }
        let own = source::theme::read(&folder).map_err(|error| {
            Failure::new(format!("`{}` cannot be read: {}", error.path.display(), error.cause))
        })?;
        let texts = own
            .iter()
            .filter_map(|(path, bytes)| {
                let path = format!("themes/{name}/{path}");
                Some((FileId::of(&path), (path, String::from_utf8(bytes.clone()).ok()?)))
            })
            .collect();
        Ok((ThemeFiles::builtin().overridden(own), texts))
    }
}

/// The folder in which the program was started.
///
/// # Errors
/// A folder that is gone.
pub fn current_folder() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::new(format!("this folder cannot be read: {error}")))
}

/// The same folder without `..` in its path, which no path below it could be compared with. Links stay
/// as they are: a content folder may be one.
fn without_parents(path: PathBuf) -> PathBuf {
    let has_parents = path.components().any(|part| part == std::path::Component::ParentDir);
    if has_parents { path.canonicalize().unwrap_or(path) } else { path }
}

/// The address at which the portal will be served.
fn served_at(purpose: &Purpose, settings: &parse::Settings) -> Option<String> {
    let own = || settings.portal.base_url.as_ref().map(|url| url.value.clone());
    purpose.base_url.clone().or_else(own)
}

/// The style that depends on the portal: its accent colour, and the colours of code.
fn portal_css(portal: &crate::model::portal::Portal) -> String {
    let accent = brand::named_accent(portal).map_or_else(String::new, |accent| Accent::of(accent).css());
    format!("{accent}@layer code {{\n{}\n}}\n", markdown::highlight_css())
}

/// The words that rendered Markdown carries.
fn labels(words: &Words) -> markdown::Labels {
    let say = |key: &str| words.text(key).to_owned();
    markdown::Labels {
        note: say("callout.note"),
        tip: say("callout.tip"),
        important: say("callout.important"),
        warning: say("callout.warning"),
        caution: say("callout.caution"),
        footnotes: say("markdown.footnotes"),
        footnote_back: say("markdown.footnote_back"),
        heading_link: say("markdown.heading_link"),
        quiz_label: say("quiz.title"),
        quiz_show: say("quiz.show_answer"),
        scroll: say("markdown.table_scroll"),
        task_done: say("markdown.task_done"),
        task_open: say("markdown.task_open"),
        diagram: say("markdown.diagram"),
        diagram_text: say("markdown.diagram_text"),
        internal: say("markdown.internal"),
        restricted: say("markdown.restricted"),
    }
}

/// The day: as the user names it, as the portal pins it, as `SOURCE_DATE_EPOCH` says
/// (reproducible-builds.org), else today in `zone`.
pub fn day(named: Option<Date>, pinned: Option<Date>, zone: &TimeZone) -> Date {
    let epoch = || {
        let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
        Some(zone.to_datetime(Timestamp::from_second(seconds).ok()?).date())
    };
    named.or(pinned).or_else(epoch).unwrap_or_else(|| zone.to_datetime(Timestamp::now()).date())
}

/// What was read: content, versions of it and theme, for printing faults.
pub struct Texts {
    sources: Sources,
    versions: Vec<Arc<Pages>>,
    /// Files of versions that were not read, of those that faults are about.
    kept: TextsById,
    /// The portal's own theme.
    theme: TextsById,
    /// Where `portal.yaml` stands, or would stand.
    settings: String,
}

impl Texts {
    /// Those of a portal whose content is in the folder `content`.
    fn of(sources: Sources, theme: TextsById, content: &str) -> Self {
        let settings = parse::settings_path(content);
        Self { sources, versions: Vec::new(), kept: HashMap::new(), theme, settings }
    }

    /// The content.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    fn read(&self) -> impl Iterator<Item = &Sources> {
        std::iter::once(&self.sources).chain(self.versions.iter().map(|pages| &pages.sources))
    }

    /// A fault of a template, at the place that the engine names, if that is the portal's own file.
    pub fn template_fault(&self, fault: &RenderFault) -> Diagnostic {
        let places = fault.places();
        let own = places.iter().find_map(|(name, line, column)| {
            self.theme_place(&format!("/templates/{name}"), Some((*line, *column)))
        });
        let phrase = match (own, places.first()) {
            (None, Some((name, line, column))) => format!("{} (`{name}:{line}:{column}`)", fault.phrase()),
            _ => fault.phrase(),
        };
        let message = match &fault.page {
            Some(page) => format!("the page `{page}` cannot be made: {phrase}"),
            None => phrase,
        };
        Diagnostic::new(&check::BROKEN_TEMPLATE, own.unwrap_or(Place::whole(FileId::of("themes"))), message)
            .maybe_hint(fault.hint())
    }

    fn catalogue_fault(&self, fault: &crate::words::CatalogueFault) -> Diagnostic {
        let at = fault.at.map(|(line, column)| (clamp(line), clamp(column)));
        match self.theme_place(&format!("/{}", fault.file), at) {
            Some(place) => Diagnostic::new(&check::BROKEN_CATALOGUE, place, fault.message.clone()),
            None => Diagnostic::new(
                &check::BROKEN_CATALOGUE,
                Place::whole(FileId::of("themes")),
                fault.to_string(),
            ),
        }
    }

    /// A line and column, both from 1, of the portal's own theme file whose path ends with `ending`.
    fn theme_place(&self, ending: &str, at: Option<(usize, usize)>) -> Option<Place> {
        let (file, (_, text)) = self
            .theme
            .iter()
            .filter(|(_, (path, _))| path.ends_with(ending))
            .min_by_key(|(_, (path, _))| path)?;
        let (line, column) = at.unwrap_or((1, 1));
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default();
        let before: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        Some(Place::new(*file, start + before, start + before + 1))
    }
}

fn clamp(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl SourceText for Texts {
    fn path(&self, file: FileId) -> &str {
        match self.theme.get(&file).or_else(|| self.kept.get(&file)) {
            Some((path, _)) => path,
            None if file == FileId::of("themes") => "themes",
            None if file == FileId::of(&self.settings) => &self.settings,
            None => self.read().map(|sources| sources.path(file)).find(|path| !path.is_empty()).unwrap_or(""),
        }
    }

    fn text(&self, file: FileId) -> Option<&str> {
        let told = self.theme.get(&file).or_else(|| self.kept.get(&file)).map(|(_, text)| text.as_str());
        told.or_else(|| self.read().find_map(|sources| sources.text(file)))
    }
}

/// Measures stages.
pub struct Clock {
    last: Instant,
    /// Stages and how long each took.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Starts now.
    pub fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// Ends the stage `name` and begins the next.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
}

/// The level of each rule for which the portal sets one.
fn levels(portal: &crate::model::portal::Portal) -> Vec<(String, Level)> {
    portal.checks.iter().map(|(name, level)| (name.value.clone(), level.level())).collect()
}

/// What is wrong between the files of `portal`, and what its `sources` disclose.
fn checked(portal: &Portal, earlier: &Earlier, sources: &Sources) -> Disclosed {
    let mut faults = check::check(&context(portal, earlier, &[]));
    let written = sources.files().iter().filter_map(|file| Some((file.id, file.text.as_deref()?)));
    let disclosed = privacy::in_sources(&portal.site, portal.as_of, &written.collect::<Vec<_>>());
    faults.extend(disclosed.faults);
    Disclosed { faults, ..disclosed }
}

/// What is wrong with the addresses of `portal`, also beside `earlier` ones.
fn misled(
    portal: &Portal,
    theme: Option<&Theme>,
    mut earlier: Earlier,
    texts: &dyn SourceText,
) -> Vec<Diagnostic> {
    let made = match theme {
        Some(theme) if !earlier.addresses.is_empty() => addresses::list(portal, theme),
        // Without a theme nobody knows which files there will be.
        _ => {
            earlier.addresses.clear();
            Vec::new()
        }
    };
    let mut found = check::check_addresses(&context(portal, &earlier, &made));
    check::levels(&mut found, &levels(&portal.site.portal));
    if portal.site.portal_file.is_none() {
        check::lenient(&mut found, texts);
    }
    found
}

/// What rules look at in `portal`, beside what readers were told `earlier`; its addresses are `made`.
fn context<'a>(portal: &'a Portal, earlier: &'a Earlier, made: &'a [Address]) -> Context<'a> {
    Context {
        site: &portal.site,
        routes: &portal.routes,
        redirects: &portal.redirects,
        backlinks: &portal.backlinks,
        results: &portal.results,
        templates: &portal.templates,
        earlier: &earlier.dates,
        told: &earlier.addresses,
        made,
        as_of: portal.as_of,
    }
}

impl Assembly {
    /// The portals: that of the current version, and those beside it that are made.
    pub fn portals(&self) -> impl Iterator<Item = &Portal> {
        let sides = self.sides.iter().filter_map(|side| match &side.files {
            Files::Made(portal, _) => Some(&**portal),
            Files::Kept | Files::Frozen(_) => None,
        });
        std::iter::once(&self.portal).chain(sides)
    }

    /// Gives up the texts of the content, but for those that a fault is about: pages are drawn from the site.
    pub fn give_up_texts(&mut self) {
        let places = self.faults.iter().flat_map(|fault| {
            std::iter::once(fault.place).chain(fault.related.iter().map(|(place, _)| *place))
        });
        let told: HashSet<FileId> =
            places.map(|place| place.file).chain(self.portal.site.portal_file).collect();
        self.texts.sources.give_up(|file| told.contains(&file));
    }

    /// Makes pages for those who read the portal from there.
    pub fn read_from(&mut self, carrier: Carrier) {
        self.portal.carrier = carrier;
        for side in &mut self.sides {
            if let Files::Made(portal, _) = &mut side.files {
                portal.carrier = carrier;
            }
        }
    }

    /// Every page of every portal that is made, each with its portal.
    pub fn plan(&self, theme: &Theme) -> Vec<(&Portal, Page)> {
        self.portals()
            .flat_map(|portal| plan(portal, theme).into_iter().map(move |page| (portal, page)))
            .collect()
    }

    /// The level of each rule for which the portal sets one.
    pub fn levels(&self) -> Vec<(String, Level)> {
        levels(&self.portal.site.portal)
    }

    /// Whether the current version of the guidance is the content folder.
    pub fn shows_content(&self) -> bool {
        self.pages.is_none()
    }

    /// The bytes of the image or attachment at `path` of the version that `portal` shows.
    pub fn medium(&self, portal: &Portal, path: &str) -> Option<&MediaBytes> {
        let of_side = self.sides.iter().find_map(|side| match &side.files {
            Files::Made(made, pages) if made.routes.root() == portal.routes.root() => Some(pages.as_ref()),
            _ => None,
        });
        let pages = if portal.routes.root().is_empty() { self.pages.as_ref() } else { of_side.flatten() };
        pages.and_then(|pages| pages.medium(path)).or_else(|| {
            let id = FileId::of(&format!("{}/{path}", self.prefix));
            self.texts.sources().medium(id).map(|media| &media.bytes)
        })
    }

    /// The identity of the image or attachment at `path` of the content folder.
    pub fn medium_id(&self, path: &str) -> FileId {
        FileId::of(&format!("{}/{path}", self.prefix))
    }

    /// The SHA-256 of the text or result file at `path` of the content folder; nothing if it was not read.
    pub fn sha256(&self, path: &str) -> Option<String> {
        let sources = self.texts.sources();
        let id = FileId::of(&format!("{}/{path}", self.prefix));
        let foreign = || Some(sha256(&[sources.foreign(id)?.bytes.as_ref().ok()?]));
        sources.file(id).map_or_else(foreign, source::SourceFile::sha256)
    }

    /// The files that hold the record at `path` of the content folder, whichever ending they have.
    pub fn sources_of(&self, path: &str) -> Vec<FileId> {
        ["yaml", "yml"].map(|ending| FileId::of(&format!("{}/{path}.{ending}", self.prefix))).into()
    }

    /// What was read and how long each stage took, for those who asked for more.
    pub fn details(&self) -> [String; 2] {
        let sources = self.texts.sources();
        let kept = self.sides.iter().filter(|side| matches!(side.files, Files::Kept));
        let kept: Vec<String> = kept.map(|side| format!("`{}`", side.root)).collect();
        let stages: Vec<String> =
            self.stages.iter().map(|(name, took)| format!("{name} {}", millis(*took))).collect();
        [
            format!(
                "  read {} texts and {} other files in `{}`, {} files of the portal's own theme{}",
                sources.files().len(),
                sources.media().len(),
                self.prefix,
                self.texts.theme.len(),
                if kept.is_empty() { String::new() } else { format!("; as they were: {}", kept.join(", ")) },
            ),
            format!("  {}", stages.join(", ")),
        ]
    }

    /// A fault of an address that cannot be a file.
    pub fn output_fault(&self, message: &str) -> Diagnostic {
        let place = self.portal.site.portal_file.map_or(Place::whole(FileId::of("themes")), Place::whole);
        Diagnostic::new(&check::UNWRITABLE_ADDRESS, place, message.to_owned())
    }
}

/// A length of time as people read it: `14 ms`, `2.5 s`.
pub fn millis(duration: Duration) -> String {
    let millis = duration.as_secs_f64() * 1000.0;
    if millis < 1000.0 { format!("{millis:.0} ms") } else { format!("{:.1} s", millis / 1000.0) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_portal_is_shown_unchecked_if_the_check_would_take_long() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let content = folder.path().join("content");
        fs::create_dir_all(content.join("guides")).expect("made");
        fs::write(content.join("portal.yaml"), "title: P\nlanguages: [et]\n").expect("written");
        let project = Project { root: folder.path().to_owned(), content: content.clone() };
        let purpose = Purpose { audience: Audience::Internal, drafts: false, base_url: None, as_of: None };
        let unchecked = || project.assemble_unchecked(&purpose, &mut Memory::default()).expect("read");
        assert!(unchecked().is_none(), "a small one");
        for number in 0..2_000 {
            fs::write(content.join(format!("guides/g{number}.md")), "# G\n\n[Lost](lost.md)\n")
                .expect("written");
        }
        let large = unchecked().expect("a large one");
        assert!(large.faults.iter().all(|fault| fault.rule.name != "broken-link"), "nothing is checked");
    }
}
