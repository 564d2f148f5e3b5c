//! The portal as the preview shows it: each page is drawn when somebody asks for it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::build::has_error;
use super::disclosure;
use super::editions::Files;
use super::exit::Failure;
use super::project::{Assembly, Project, Purpose};
use super::swap::swapped;
use crate::delivery::media_type;
use crate::derive::page::routes::{Subject, beside, output_path};
use crate::diagnostic::Diagnostic;
use crate::model::document::Article;
use crate::render::faults::{self, Asked, Trouble};
use crate::render::{Content, Page, Portal as RenderedPortal, Theme, plan, search};
use crate::serve::{Answer, Portal};
use crate::write;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// A portal that could be put together, though perhaps with faults.
pub struct Whole {
    plan: Arc<Plan>,
    /// The portal of the current version with texts that were edited since, where there are such.
    edited: Option<Box<RenderedPortal>>,
    /// The indexes of search by the addresses of their roots, each made once somebody searches in it.
    indexes: HashMap<String, OnceLock<Index>>,
}

/// What stays while nothing but the words of pages changes.
struct Plan {
    assembly: Assembly,
    theme: Option<Arc<Theme>>,
    pages: Vec<Page>,
    /// Where in `pages` those of each portal begin, that of the current version first.
    begins: Vec<usize>,
    /// The file that would hold a page, and its place in `pages`.
    index: HashMap<String, usize>,
    /// Finished HTML of older versions, by address.
    frozen: HashMap<String, PathBuf>,
}

/// The files of an index by their addresses.
type Index = HashMap<String, Vec<u8>>;

impl Whole {
    /// The portal of `assembly`; `last` is a theme that worked, for while the present one does not.
    pub fn new(assembly: Assembly, last: Option<&Arc<Theme>>) -> Self {
        let theme = assembly.theme.as_ref().or(last).cloned();
        let (mut pages, mut begins) = (Vec::new(), Vec::new());
        for portal in assembly.portals() {
            begins.push(pages.len());
            pages.extend(theme.as_ref().map_or_else(Vec::new, |theme| plan(portal, theme)));
        }
        let index = pages.iter().enumerate().map(|(at, page)| (page.output_path(), at)).collect();
        let frozen = frozen(&assembly);
        let plan = Arc::new(Plan { assembly, theme, pages, begins, index, frozen });
        Self { indexes: plan.indexes(), edited: None, plan }
    }

    /// The same with `texts` in the places of those from the same files; nothing where one of them has no place.
    pub fn with_texts(&self, texts: Vec<Arc<Article>>) -> Option<Self> {
        let mut portal = self.current().clone();
        texts.into_iter().all(|text| portal.site.replace_text(text)).then(|| Self {
            plan: Arc::clone(&self.plan),
            edited: Some(Box::new(portal)),
            indexes: self.plan.indexes(),
        })
    }

    /// Whether `other`, put together anew from the same files, shows the same and has the same faults.
    pub fn shows_as(&self, other: &Self) -> bool {
        let (one, new) = (&self.current().site, &other.current().site);
        self.faults() == other.faults()
            && (&one.history, &one.originals, &one.evidence) == (&new.history, &new.originals, &new.evidence)
    }

    /// The portal of the current version.
    pub fn current(&self) -> &RenderedPortal {
        self.edited.as_deref().unwrap_or(&self.plan.assembly.portal)
    }

    /// The portal whose page stands at `path`, or would stand there: that of the current version, or one beside it.
    fn portal(&self, path: &str) -> &RenderedPortal {
        let at = self.plan.index.get(&output_path(path)).copied();
        let of_page = at.and_then(|at| {
            let portal = self.plan.begins.partition_point(|begin| *begin <= at).checked_sub(1)?;
            if portal == 0 { None } else { self.plan.assembly.portals().nth(portal) }
        });
        of_page.unwrap_or_else(|| self.current())
    }

    /// Every fault, sorted.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.plan.assembly.faults
    }

    /// What was put together.
    pub fn assembly(&self) -> &Assembly {
        &self.plan.assembly
    }

    /// A file of an index of search.
    fn of_index(&self, path: &str) -> Option<Vec<u8>> {
        let root = beside(path, search::ROOT);
        let files = self.indexes.get(&root)?.get_or_init(|| self.index_at(&root).unwrap_or_default());
        files.get(path).cloned()
    }

    fn index_at(&self, root: &str) -> Option<Index> {
        let (page, theme) = (self.page(root)?, self.plan.theme.as_ref()?);
        let drawn = page.render(self.portal(root), theme).ok()??;
        Some(drawn.beside.into_iter().chain([(root.to_owned(), drawn.bytes)]).collect())
    }

    fn page(&self, path: &str) -> Option<&Page> {
        self.plan.index.get(&output_path(path)).and_then(|at| self.plan.pages.get(*at))
    }

    /// The language that the beginning of a path names.
    fn language_of(&self, path: &str) -> &str {
        let mut tags = self.current().tongues.iter().map(|tongue| tongue.words.language().as_str());
        let roots = self.plan.assembly.sides.iter().map(|side| side.root.as_str());
        let below = roots.filter_map(|root| path.strip_prefix(root)).find(|rest| rest.starts_with('/'));
        let first = below.unwrap_or(path).trim_start_matches('/').split('/').next();
        tags.find(|tag| Some(*tag) == first).unwrap_or_else(|| self.current().site.default_language())
    }
}

impl Plan {
    /// The indexes of search, none of them made yet.
    fn indexes(&self) -> HashMap<String, OnceLock<Index>> {
        let roots = self.pages.iter().filter(|page| matches!(page.content, Content::Search(_)));
        roots.map(|page| (page.address.clone(), OnceLock::new())).collect()
    }
}

/// Why the portal could not be put together.
pub enum Broken {
    /// It could not be read.
    Failure(Failure),
    /// The program made an error and said this.
    Panic(String),
}

impl Broken {
    /// The same for the terminal.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Failure(failure) => failure.clone(),
            Self::Panic(said) => Failure::new(format!("the program made an error: {said}"))
                .hint("please report it, with what you changed just before"),
        }
    }
}

/// What the preview shows now.
pub struct Preview {
    whole: Arc<Whole>,
    broken: Option<Broken>,
    project: Project,
    purpose: Purpose,
}

impl Preview {
    /// Shows `whole`; while the portal is `broken`, the last one that was whole, with its faults only.
    pub fn new(whole: Arc<Whole>, broken: Option<Broken>, project: Project, purpose: Purpose) -> Self {
        Self { whole, broken, project, purpose }
    }

    /// The same with the present texts of the `changed` files; nothing where more than these texts may look otherwise, or
    /// where readers see what is wrong.
    pub fn edited(&self, changed: &[PathBuf]) -> Option<Self> {
        let whole = if self.is_broken() { None } else { swapped(&self.whole, &self.project, changed) };
        Some(Self::new(Arc::new(whole?), None, self.project.clone(), self.purpose.clone()))
    }

    /// Whether `other`, put together anew from the same files, shows the same.
    pub fn shows_as(&self, other: &Self) -> bool {
        !self.is_broken() && !other.is_broken() && self.whole.shows_as(&other.whole)
    }

    /// Why the portal could not be put together, where that is so.
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }

    fn content(&self, path: &str) -> Answer {
        if let Some(bytes) = self.whole.of_index(path) {
            return Answer::found(media_type(path), bytes);
        }
        let page = self.whole.page(path);
        match page.map(|page| &page.content) {
            Some(Content::Html { .. } | Content::Redirect { .. }) | None
                if self.is_broken() && is_page(path) =>
            {
                self.trouble(path, &[])
            }
            // A preview shows the picture itself: it comes from the same machine.
            Some(Content::Media(medium) | Content::Narrower(medium, _)) => {
                self.medium(self.whole.portal(path), medium)
            }
            Some(_) => self.drawn(path, page, Answer::found),
            None => {
                let other = self.table(path).or_else(|| self.finished(path));
                other.unwrap_or_else(|| self.missing(path))
            }
        }
    }

    /// Whether readers see what is wrong instead of the portal.
    fn is_broken(&self) -> bool {
        self.broken.is_some() || has_error(self.whole.faults())
    }

    /// The bytes of a page or file, as a found one or as whatever `make` says.
    fn drawn(&self, path: &str, page: Option<&Page>, make: fn(&'static str, Vec<u8>) -> Answer) -> Answer {
        let (Some(page), Some(theme)) = (page, &self.whole.plan.theme) else { return no_page() };
        match page.render(self.whole.portal(&page.address), theme) {
            Ok(Some(drawn)) => make(media_type(&page.address), drawn.bytes),
            Ok(None) => no_page(),
            Err(fault) => self.trouble(path, &[self.whole.plan.assembly.texts.template_fault(&fault)]),
        }
    }

    /// A table of a page, which stands as a file beside it.
    fn table(&self, path: &str) -> Option<Answer> {
        let (page, theme) = (self.whole.page(&beside(path, ""))?, self.whole.plan.theme.as_ref()?);
        let drawn = page.render(self.whole.portal(&page.address), theme).ok()??;
        let (_, bytes) = drawn.beside.into_iter().find(|(address, _)| address == path)?;
        Some(Answer::found(media_type(path), bytes))
    }

    fn medium(&self, portal: &RenderedPortal, path: &str) -> Answer {
        let bytes =
            self.whole.plan.assembly.medium(portal, path).map(|bytes| disclosure::medium(path, bytes));
        let bytes = match bytes {
            Some(write::Content::File(full)) => std::fs::read(full).ok(),
            Some(write::Content::Bytes(bytes)) => Some(bytes.into_owned()),
            Some(write::Content::Kept(_) | write::Content::Staged(..)) | None => None,
        };
        bytes.map_or_else(no_page, |bytes| Answer::found(media_type(path), bytes))
    }

    /// A file of an older version that is finished HTML.
    fn finished(&self, path: &str) -> Option<Answer> {
        let full = self.whole.plan.frozen.get(&output_path(path))?;
        Some(Answer::found(media_type(&output_path(path)), std::fs::read(full).ok()?))
    }

    /// The portal's own page for addresses that lead nowhere.
    fn missing(&self, path: &str) -> Answer {
        let portal = self.whole.current();
        let address = portal.routes.address(&Subject::NotFound, self.whole.language_of(path));
        self.drawn(path, self.whole.page(&address), Answer::missing)
    }

    /// The page of all faults; `more` came up while a page was drawn.
    fn trouble(&self, path: &str, more: &[Diagnostic]) -> Answer {
        let assembly = self.whole.assembly();
        let faults: Vec<Diagnostic> = more.iter().chain(&assembly.faults).cloned().collect();
        let trouble = match &self.broken {
            Some(Broken::Failure(failure)) => {
                Trouble::Failure { message: &failure.message, hint: failure.hint.as_deref() }
            }
            Some(Broken::Panic(said)) => Trouble::Panic(said),
            None => Trouble::Faults(&faults, &assembly.texts),
        };
        self.told(path, &trouble)
    }

    /// The page that tells `trouble`, in the portal's theme or, should that be the trouble, the default one.
    fn told(&self, path: &str, trouble: &Trouble<'_>) -> Answer {
        let subject = match self.whole.page(path).map(|page| &page.content) {
            Some(Content::Html { subject, .. }) => Some(subject),
            _ => None,
        };
        let asked = Asked { address: path, subject, language: self.whole.language_of(path) };
        let portal = self.whole.current();
        let own = self
            .whole
            .plan
            .theme
            .as_ref()
            .and_then(|theme| faults::page(portal, theme, &asked, trouble).ok());
        let html = own.or_else(|| self.plainly(path, trouble));
        match html {
            Some(html) => Answer { status: 500, ..Answer::found(HTML, html) },
            None => Answer { status: 500, ..Answer::found(TEXT, "The terminal says what is wrong.\n") },
        }
    }

    fn plainly(&self, path: &str, trouble: &Trouble<'_>) -> Option<String> {
        let bare = self.project.bare(&self.purpose);
        let asked = Asked { address: path, subject: None, language: bare.portal.site.default_language() };
        faults::page(&bare.portal, bare.theme.as_ref()?, &asked, trouble).ok()
    }
}

impl Portal for Preview {
    fn answer(&self, path: &str) -> Answer {
        // Nothing is changed while an answer is made, so that nothing can be left half changed.
        catch_unwind(AssertUnwindSafe(|| self.content(path)))
            .unwrap_or_else(|panic| self.told(path, &Trouble::Panic(&what_it_said(&*panic))))
    }
}

/// The files of finished HTML by their places in the output.
fn frozen(assembly: &Assembly) -> HashMap<String, PathBuf> {
    let mut files = HashMap::new();
    for side in &assembly.sides {
        if let Files::Frozen(frozen) = &side.files {
            let root = side.root.trim_start_matches('/');
            files.extend(frozen.iter().map(|(path, full)| (format!("{root}/{path}"), full.clone())));
        }
    }
    files
}

/// The words of a panic.
pub fn what_it_said(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    said.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason was given".to_owned())
}

/// Whether a browser that asks for `path` means a page: a folder, an HTML file, or a name that no known
/// kind of file has, such as the `2026.10` of a release.
fn is_page(path: &str) -> bool {
    let kind = media_type(path);
    kind == HTML || kind == "application/octet-stream" || Path::new(path).extension().is_none()
}

fn no_page() -> Answer {
    Answer::missing(TEXT, "There is nothing at this address.\n")
}

/// What stands in the place of a portal until the first one is put together; no request sees it.
pub struct Nothing;

impl Portal for Nothing {
    fn answer(&self, _path: &str) -> Answer {
        no_page()
    }
}
