//! The list of every file of a portal. Cheap: nothing is drawn yet.

use super::atom::{self, Feed};
use super::brand::{self, manifest};
use super::calendar::{self, Scope};
use super::export::api::Api;
use super::export::headers::HeaderFile;
use super::export::redirects::RedirectFile;
use super::export::run::RunExport;
use super::export::{addresses, ctrf, json, security, spreadsheet};
use super::frame::{About, Frame};
use super::names::View;
use super::pages;
use super::portal::Portal;
use super::prose;
use super::reference::{SCHEMAS, schema_name, schema_text};
use super::search;
use super::template::RenderFault;
use super::theme::Theme;
use crate::derive::page::redirects::Target;
use crate::derive::page::routes::{RUN_FILES, Subject, beside, output_path};
use crate::model::file_shapes::FileShape;
use crate::model::records::Record;
use crate::model::run::Run;
use crate::words::Words;

/// A file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address, from the portal's root: `/guides/report-defect/`.
    pub address: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A page about a subject in a language.
    Html {
        /// The subject.
        subject: Subject,
        /// The language.
        language: String,
    },
    /// A page that leads to another.
    Redirect {
        /// Where it leads.
        to: Target,
        /// The language of the page there.
        language: String,
    },
    /// A file of the theme, by name.
    Asset(String),
    /// An image or attachment, by its path in the content folder; its bytes are copied.
    Media(String),
    /// The image at a path in the content folder in fewer dots, so many wide; its bytes are made of those on disk.
    Narrower(String, u32),
    /// The list of addresses for later comparing.
    Addresses,
    /// The former addresses for servers.
    Redirects(RedirectFile),
    /// The headers for servers.
    Headers(HeaderFile),
    /// Whom to tell of a weakness.
    Security,
    /// The list of addresses for search engines.
    Sitemap,
    /// What search engines may read.
    Robots,
    /// The cases of a run, by its id.
    Run(String, RunFile),
    /// What the portal knows of a kind.
    Api(Api),
    /// The schema of a kind of file, by its name.
    Schema(&'static str),
    /// How the portal is called and looks like among programs, in a language.
    Manifest(String),
    /// A calendar in a language.
    Calendar(Scope, String),
    /// News in a language.
    Feed(Feed, String),
    /// The index of search in a language, with its pieces beside its root.
    Search(String),
}

/// The files that hold a whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunFile {
    /// For spreadsheets, in this language.
    Csv(String),
    /// For programs.
    Json,
    /// For programs that know CTRF.
    Ctrf,
}

impl RunFile {
    /// Its name beside the page of the run.
    fn name(&self) -> &'static str {
        let [csv, json, ctrf] = RUN_FILES;
        match self {
            Self::Csv(_) => csv,
            Self::Json => json,
            Self::Ctrf => ctrf,
        }
    }
}

/// The bytes of a page, and of the files that come of it: the tables in it, by their addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The bytes of the page.
    pub bytes: Vec<u8>,
    /// The files beside it.
    pub beside: Vec<(String, Vec<u8>)>,
    /// The template that drew it; nothing where none did.
    pub template: Option<&'static str>,
}

impl From<Vec<u8>> for Drawn {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, beside: Vec::new(), template: None }
    }
}

impl From<String> for Drawn {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// Every file of `portal`, in a fixed order.
pub fn plan(portal: &Portal, theme: &Theme) -> Vec<Page> {
    let mut plan = pages(portal);
    plan.extend(indexes(portal));
    if !portal.is_current() {
        plan.extend(media(portal));
        return plan;
    }
    plan.extend(run_files(portal));
    plan.extend(Api::of(portal).map(|api| Page { address: api.address(), content: Content::Api(api) }));
    plan.extend(FileShape::KINDS.map(|kind| Page {
        address: format!("{SCHEMAS}{}", schema_name(kind)),
        content: Content::Schema(kind),
    }));
    plan.extend(calendars(portal, theme));
    plan.extend(manifests(portal, theme));
    plan.extend(redirects(portal));
    plan.extend(
        RedirectFile::ALL
            .map(|file| Page { address: file.address().to_owned(), content: Content::Redirects(file) }),
    );
    plan.extend(
        HeaderFile::ALL
            .map(|file| Page { address: file.address().to_owned(), content: Content::Headers(file) }),
    );
    let security = portal.site.portal.security.as_ref();
    plan.extend(security.map(|_| Page { address: security::ADDRESS.to_owned(), content: Content::Security }));
    plan.push(Page { address: addresses::ADDRESS.to_owned(), content: Content::Addresses });
    plan.extend(
        theme.assets().iter().map(|asset| Page {
            address: asset.address.clone(),
            content: Content::Asset(asset.name.clone()),
        }),
    );
    plan.extend(media(portal));
    plan.push(Page { address: "/robots.txt".to_owned(), content: Content::Robots });
    if portal.base_url.is_some() {
        plan.extend(feeds(portal));
        plan.push(Page { address: "/sitemap.xml".to_owned(), content: Content::Sitemap });
    }
    plan
}

/// The pages, in every language.
fn pages(portal: &Portal) -> Vec<Page> {
    let languages = portal.tongues.iter().map(|tongue| tongue.words.language().as_str());
    let in_language = |language: &str| {
        let page = |subject: &Subject| Page {
            address: portal.routes.address(subject, language),
            content: Content::Html { subject: subject.clone(), language: language.to_owned() },
        };
        portal.routes.subjects().map(page).collect::<Vec<_>>()
    };
    languages.flat_map(in_language).collect()
}

/// The indexes of search, one for each language.
fn indexes(portal: &Portal) -> impl Iterator<Item = Page> {
    let languages = portal.site.languages.iter().filter(|_| search::is_made(portal));
    languages.map(|language| Page {
        address: search::address(portal, language),
        content: Content::Search(language.clone()),
    })
}

/// Images and attachments.
fn media(portal: &Portal) -> impl Iterator<Item = Page> {
    let pictures = prose::narrowed_pictures(&portal.site, &portal.routes);
    portal.shown_media.iter().flat_map(move |path| {
        let page = |own: &str, content| Page { address: portal.routes.file(own), content };
        let media = pictures.contains(path).then(|| portal.site.media.get(path)).flatten();
        let copies = media.into_iter().flat_map(|media| &media.narrower);
        let copies = copies.map(move |copy| page(&copy.path, Content::Narrower(path.clone(), copy.width)));
        std::iter::once(page(path, Content::Media(path.clone()))).chain(copies)
    })
}

/// The files beside the page of each run.
fn run_files(portal: &Portal) -> impl Iterator<Item = Page> {
    let default = portal.site.default_language();
    let csv = |language: &String| (language.clone(), RunFile::Csv(language.clone()));
    let plain = [RunFile::Json, RunFile::Ctrf].map(|file| (default.to_owned(), file));
    let files: Vec<(String, RunFile)> = portal.site.languages.iter().map(csv).chain(plain).collect();
    portal.site.runs.iter().flat_map(move |run| {
        let subject = Subject::Run(run.id.clone());
        let page = |(language, file): &(String, RunFile)| Page {
            address: beside(&portal.routes.address(&subject, language), file.name()),
            content: Content::Run(run.id.clone(), file.clone()),
        };
        let is_there = portal.routes.has(&subject);
        files.iter().filter(|_| is_there).map(page).collect::<Vec<_>>()
    })
}

/// The calendars, in every language.
fn calendars(portal: &Portal, theme: &Theme) -> Vec<Page> {
    let of_language = |language: &String| {
        let view = View::new(portal, theme, &Subject::Home, language);
        let page = |(address, scope)| Page { address, content: Content::Calendar(scope, language.clone()) };
        calendar::files(&view).into_iter().map(page).collect::<Vec<_>>()
    };
    portal.site.languages.iter().flat_map(of_language).collect()
}

/// The web manifests, in every language.
fn manifests(portal: &Portal, theme: &Theme) -> Vec<Page> {
    let of_language = |language: &String| {
        let view = View::new(portal, theme, &Subject::Home, language);
        Page { address: manifest::address(&view), content: Content::Manifest(language.clone()) }
    };
    portal.site.languages.iter().map(of_language).collect()
}

/// The feeds, in every language.
fn feeds(portal: &Portal) -> impl Iterator<Item = Page> {
    portal.site.languages.iter().flat_map(|language| {
        Feed::ALL.map(|feed| Page {
            address: feed.address(portal, language),
            content: Content::Feed(feed, language.clone()),
        })
    })
}

/// A page at each former address.
fn redirects(portal: &Portal) -> impl Iterator<Item = Page> {
    portal.redirects.list.iter().map(|redirect| Page {
        address: redirect.from.clone(),
        content: Content::Redirect { to: redirect.to.clone(), language: redirect.language.clone() },
    })
}

impl Page {
    /// The file that holds the page.
    pub fn output_path(&self) -> String {
        output_path(&self.address)
    }

    /// The bytes of the page and of the tables in it; nothing for media and copies of them: what they are made of is on
    /// disk.
    ///
    /// # Errors
    /// A template that wants what the page does not have.
    pub fn render(&self, portal: &Portal, theme: &Theme) -> Result<Option<Drawn>, RenderFault> {
        Ok(Some(match &self.content {
            Content::Html { subject, language } => html(portal, theme, subject, language)?,
            Content::Redirect { to, language } => {
                let bytes = redirect(portal, theme, &self.address, to, language)?.into_bytes();
                Drawn { template: Some(REDIRECT), ..bytes.into() }
            }
            Content::Asset(name) => match theme.assets().iter().find(|asset| asset.name == *name) {
                Some(asset) => asset.bytes.clone().into(),
                None => return Ok(None),
            },
            Content::Media(_) | Content::Narrower(..) => return Ok(None),
            Content::Addresses => addresses::text_of(&addresses::list(portal, theme)).into(),
            Content::Redirects(file) => file.text(portal).into(),
            Content::Headers(file) => file.text(portal).into(),
            Content::Security => match &portal.site.portal.security {
                Some(said) => security::text(portal, said).into(),
                None => return Ok(None),
            },
            Content::Sitemap => pages::sitemap::bytes(portal).into(),
            Content::Robots => pages::robots::bytes(portal).into(),
            Content::Run(id, file) => match portal.site.runs.get(id) {
                Some(run) => run_file(portal, run, file).into(),
                None => return Ok(None),
            },
            Content::Api(api) => api.text(portal, theme).into(),
            Content::Schema(kind) => match FileShape::of(kind) {
                Some(file) => schema(portal, &file).into(),
                None => return Ok(None),
            },
            Content::Manifest(language) => {
                let view = View::new(portal, theme, &Subject::Home, language);
                manifest::text(&view, &brand::accent(&portal.site.portal)).into()
            }
            Content::Calendar(scope, language) => calendar::text(portal, theme, scope, language).into(),
            Content::Search(language) => search::index(portal, theme, language),
            Content::Feed(feed, language) => {
                let base = portal.base_url.as_deref().unwrap_or_default();
                atom::text(portal, theme, *feed, language, base).into()
            }
        }))
    }
}

/// The schema of a kind of file, in the portal's default language.
fn schema(portal: &Portal, file: &FileShape) -> String {
    let words = &portal.tongue(portal.site.default_language()).words;
    schema_text(file, words, portal.base_url.as_deref())
}

fn run_file(portal: &Portal, run: &Record<Run>, file: &RunFile) -> String {
    let site = &portal.site;
    let export = |language: &str| RunExport::of(site, run, language);
    match file {
        RunFile::Csv(language) => {
            let words = &portal.tongue(language).words;
            format!(
                "{}{}",
                spreadsheet::MARK,
                spreadsheet::run(&export(language), spreadsheet::Wording::Words(words))
            )
        }
        RunFile::Json => json::run(&export(site.default_language()), portal.as_of),
        RunFile::Ctrf => ctrf::run(&export(site.default_language()), &site.zone),
    }
}

fn html(portal: &Portal, theme: &Theme, subject: &Subject, language: &str) -> Result<Drawn, RenderFault> {
    let view = View::new(portal, theme, subject, language);
    let words: Vec<&Words> = portal.tongues.iter().map(|tongue| &*tongue.words).collect();
    let frame = |about: About| Frame::of(&view, theme, about, &words);
    let pages::Rendered { html, tables, template } = pages::render(&view, &frame)?;
    let address = |(name, text): (String, String)| (beside(&view.address, &name), text.into_bytes());
    let beside = tables.into_iter().map(address).collect();
    Ok(Drawn { bytes: html.into_bytes(), beside, template: Some(template) })
}

/// The template of pages that lead to others.
const REDIRECT: &str = "redirect.html";

fn redirect(
    portal: &Portal,
    theme: &Theme,
    from: &str,
    to: &Target,
    language: &str,
) -> Result<String, RenderFault> {
    let subject = match to {
        Target::Page(subject) => subject,
        Target::File(_) | Target::Outside(_) => &Subject::Home,
    };
    let mut view = View::new(portal, theme, subject, language);
    from.clone_into(&mut view.address);
    view.engine()?.render(REDIRECT, &pages::redirect::view(&view, to), from)
}
