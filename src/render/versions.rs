//! What every page says of the versions of the guidance: the way to the same page in each, and which of them this is.

use serde::Serialize;

use super::names::View;
use super::pages::embeds;
use super::portal::Portal;
use super::template::RenderFault;
use super::theme::Theme;
use crate::derive::guidance::versions::{Edition, FOLDER, Landing, NEXT, Places, Standing};
use crate::derive::page::redirects::{Redirect, Target};
use crate::derive::page::routes::Subject;
use crate::model::body::Embed;
use crate::model::portal::VersionState;
use crate::record::text::Text;

/// The id of the sentence for those who did not find their page; ways from other versions name it.
const ARRIVAL: &str = "p:nearest";

/// A live block as the home page of `portal` would show it in `language`: by it one can tell whether pages that show
/// it would come out another.
///
/// # Errors
/// A template that wants what the block does not have.
pub fn live_block(
    portal: &Portal,
    theme: &Theme,
    embed: &Embed,
    language: &str,
) -> Result<String, RenderFault> {
    embeds::html(&View::new(portal, theme, &Subject::Home, language), embed)
}

/// What stands before the addresses of versions that are finished HTML and that search engines should leave out: a
/// server can say of them what their own bytes do not.
pub fn finished_unlisted(portal: &Portal) -> impl Iterator<Item = &str> {
    let editions = portal.standing.iter().flat_map(|standing| standing.editions.all());
    let is_meant =
        |edition: &&Edition| edition.is_unlisted() && matches!(&*edition.places, Places::Frozen(_));
    editions.filter(is_meant).map(|edition| edition.root.as_str())
}

/// What stands before the addresses of versions that search engines should leave out, pages and other files alike.
pub fn unlisted(portal: &Portal) -> impl Iterator<Item = &str> {
    let editions = portal.standing.iter().flat_map(|standing| standing.editions.all());
    editions.filter(|edition| edition.is_unlisted()).map(|edition| edition.root.as_str())
}

/// Whether an address is one of those by which the current version is called besides its own: `/v/latest/`.
pub fn is_name_of_current(redirect: &Redirect) -> bool {
    redirect
        .from
        .strip_prefix('/')
        .and_then(|rest| rest.strip_prefix(FOLDER))
        .is_some_and(|rest| rest.starts_with('/'))
}

/// Differs when a page at one of those addresses would come out another.
pub fn names_digest(portal: &Portal, theme: &Theme) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for redirect in portal.redirects.list.iter().filter(|redirect| is_name_of_current(redirect)) {
        let name = match &redirect.to {
            Target::Page(subject) => {
                // With the language of each part of it, which the page marks.
                format!("{:?}", View::new(portal, theme, subject, &redirect.language).name(subject))
            }
            Target::File(_) | Target::Outside(_) => String::new(),
        };
        for part in [&redirect.from, &redirect.language, &name, &redirect.address(&portal.routes)] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize()
}

/// The versions, each with the way to the page in it.
#[derive(Debug, Clone, Serialize)]
pub struct Switcher {
    /// The name of this version.
    name: String,
    /// All versions.
    links: Vec<VersionLink>,
}

#[derive(Debug, Clone, Serialize)]
struct VersionLink {
    name: String,
    /// Whether it is in force, in a word.
    state: String,
    href: String,
    current: bool,
    /// Whether the way leads to the nearest page only.
    is_nearest: bool,
}

/// What stands above every page of a version that is not the current one.
#[derive(Debug, Clone, Serialize)]
pub struct Banner {
    /// The state, as a class.
    class: &'static str,
    text: String,
    /// The way to the page in the current version.
    href: String,
    link: String,
}

fn standing<'a>(view: &View<'a>) -> Option<&'a Standing> {
    view.portal.standing.as_ref()
}

/// The path of the page, if every version may have it.
fn path<'a>(view: &View<'a>) -> Option<&'a str> {
    view.portal.routes.path(view.subject).filter(|_| view.subject.is_versioned())
}

/// Where the page stands in the version at `to`.
fn landing(view: &View<'_>, standing: &Standing, to: usize) -> Landing {
    standing.editions.landing(standing.own, path(view), to, view.language)
}

/// Where the page stands in the current version, unless this is the one.
pub fn in_current(view: &View<'_>) -> Option<Landing> {
    let standing = standing(view).filter(|standing| !standing.is_current())?;
    Some(landing(view, standing, standing.editions.current()))
}

/// Whether search engines should leave out all pages of the version.
pub fn is_unlisted(view: &View<'_>) -> bool {
    standing(view).and_then(Standing::edition).is_some_and(Edition::is_unlisted)
}

/// The way to a page; to one that stands for another with the sentence that says so.
fn href(view: &View<'_>, landing: &Landing) -> String {
    let href = view.href_to(&landing.address);
    if landing.is_same { href } else { format!("{href}#{ARRIVAL}") }
}

fn name(view: &View<'_>, edition: &Edition) -> String {
    name_of(view, &edition.id, edition.title.as_ref())
}

/// What readers call the version `id`.
pub fn name_of(view: &View<'_>, id: &str, title: Option<&Text>) -> String {
    match title {
        Some(title) => view.read(title).into_text(),
        None if id == NEXT => view.say("version.upcoming"),
        None => id.to_owned(),
    }
}

/// What readers call the version `id` of those that there are.
pub fn name_of_id(view: &View<'_>, id: &str) -> String {
    let editions = standing(view).map(|standing| standing.editions.all()).unwrap_or_default();
    let title = editions.iter().find(|edition| edition.id == id).and_then(|edition| edition.title.as_ref());
    name_of(view, id, title)
}

/// The ways to the page in all versions; nothing where there is one version alone.
pub fn switcher(view: &View<'_>) -> Option<Switcher> {
    let standing = standing(view)?;
    let path = path(view);
    let landings = standing.editions.landings(standing.own, path, view.language);
    let link = |(at, (edition, landing)): (usize, (&Edition, Landing))| {
        let own = at == standing.own;
        let landing = Some(landing).filter(|_| !own);
        VersionLink {
            name: name(view, edition),
            state: view.say(&format!("version_state.{}", edition.state.word())),
            href: landing.as_ref().map_or_else(|| view.href_to(&view.address), |landing| href(view, landing)),
            current: own,
            is_nearest: landing.is_some_and(|landing| !landing.is_same) && view.subject.is_versioned(),
        }
    };
    Some(Switcher {
        name: standing.edition().map_or_else(String::new, |edition| name(view, edition)),
        links: standing.editions.all().iter().zip(landings).enumerate().map(link).collect(),
    })
}

/// That the page is not of the current version, and the way to it there.
pub fn banner(view: &View<'_>) -> Option<Banner> {
    let standing = standing(view)?;
    let (edition, current) = (standing.edition()?, standing.editions.get(standing.editions.current())?);
    let (key, class) = match edition.state {
        VersionState::Current => return None,
        VersionState::Preview => ("version.banner_next", "is-preview"),
        VersionState::Supported => ("version.banner_old", "is-supported"),
        VersionState::Archived => ("version.banner_archived", "is-archived"),
    };
    let landing = in_current(view)?;
    let values = [("version", name(view, edition)), ("current", name(view, current))];
    let link = if landing.is_same { "version.open_current" } else { "version.open_nearest" };
    Some(Banner {
        class,
        text: view.fill(key, &[(values[0].0, &values[0].1), (values[1].0, &values[1].1)]),
        href: href(view, &landing),
        link: view.say(link),
    })
}

/// The sentence for those who come from another version and whose page is not in this one: on pages that others
/// stand below.
pub fn arrival(view: &View<'_>) -> Option<String> {
    standing(view)?;
    let site = &view.portal.site;
    let has_below = match view.subject {
        Subject::Home | Subject::List(_) | Subject::Folder(_) => view.subject.is_versioned(),
        Subject::Document(key) => site.document(key).is_some_and(|document| document.is_index),
        _ => false,
    };
    has_below.then(|| view.say("version.nearest"))
}
