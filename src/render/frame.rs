//! What stands around every page: head, navigation, breadcrumbs, foot.

use jiff::civil::Date;
use serde::Serialize;

use super::atom::Feed;
use super::blocks::{Bit, Line};
use super::brand::icons::{APPLE, FAVICON, ICONS};
use super::brand::social::Social;
use super::brand::{self, manifest};
use super::calendar::Scope;
use super::clamp;
use super::names::View;
use super::pages::search::scripts;
use super::portal::{Carrier, Portal};
use super::search;
use super::theme::{TOKENS, Theme};
use super::versions::{self, Banner, Switcher};
use crate::delivery::policy::PAGE_POLICY;
use crate::derive::page::routes::{List, Subject};
use crate::derive::page::{dates, forge, origin};
use crate::model::portal::Repository;
use crate::words::{Spoken, Words};

/// What stands around a page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The language of the page.
    language: String,
    /// The title for the browser's tab.
    title: String,
    /// One sentence for search engines.
    description: Option<Spoken>,
    /// The portal's name.
    portal: Spoken,
    /// The portal's own sentence about itself.
    tagline: Option<Spoken>,
    /// The way to the home page.
    home: String,
    /// The way to the page that helps to find others.
    search: String,
    /// The ways to the root of the index and to the scripts that search in it.
    finder: Finder,
    /// The logo, where the portal has one.
    logo: Option<LogoImage>,
    /// The ways to the theme's files.
    assets: Assets,
    /// The page in the portal's languages.
    languages: Vec<LanguageLink>,
    /// The address of the page, where the portal's is known.
    canonical: Option<String>,
    /// The way to the web manifest.
    manifest: String,
    /// The accent colour as the portal names it, for the window around the page.
    accent: String,
    /// What other sites show beside a link to the page.
    social: Option<Social>,
    /// Feeds of news and calendars that programs can follow.
    feeds: Vec<FeedLink>,
    /// Main navigation.
    nav: Vec<NavLink>,
    /// Navigation behind "more".
    more: Vec<NavLink>,
    /// Whether the page is one of those.
    more_here: bool,
    /// The way from the home page.
    crumbs: Vec<Crumb>,
    /// The day for which the page holds.
    as_of: Bit,
    /// When the record that the page shows was published and last changed, as far as commits tell.
    days: Vec<Line>,
    /// Where a forge shows the file of that record.
    file: Vec<NavLink>,
    /// The zone of times.
    zone: String,
    /// The program's version.
    version: &'static str,
    /// Links in the foot.
    foot: Vec<NavLink>,
    /// Further scripts.
    scripts: Vec<Loaded>,
    /// What the page may load and do.
    policy: &'static str,
    /// Whether the page is laid out wide.
    wide: bool,
    /// The marking of what few may see.
    restriction: Option<Vec<String>>,
    /// Whether search engines should leave the page out.
    noindex: bool,
    /// The versions of the guidance, each with the way to this page in it; none where there is one alone.
    versions: Option<Switcher>,
    /// That the version is not the current one.
    banner: Option<Banner>,
    /// Told to those whom the way from another version led here because that version's page is not in this one.
    arrival: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Assets {
    styles: Vec<Loaded>,
    theme: Loaded,
    portal: Loaded,
    favicon: Option<String>,
    icon: String,
    apple: String,
}

/// A script or style that a page loads.
#[derive(Debug, Clone, Serialize)]
struct Loaded {
    href: String,
    /// The hash that its bytes must have.
    integrity: Option<String>,
}

impl Loaded {
    /// The asset `name`. Browsers cannot tell the hash of what they load from a disk, and would load nothing: it is named
    /// where somebody asked for it.
    fn of(view: &View<'_>, theme: &Theme, name: &str) -> Self {
        let asset = theme.named(name).filter(|_| view.portal.carrier == Carrier::Network);
        Self { href: view.href_to(&theme.asset(name)), integrity: asset.map(|asset| asset.integrity.clone()) }
    }
}

#[derive(Debug, Clone, Serialize)]
struct LogoImage {
    href: String,
    /// Its width and height, where they are known.
    size: Option<(u32, u32)>,
}

#[derive(Debug, Clone, Serialize)]
struct Finder {
    index: String,
    scripts: Vec<Loaded>,
}

#[derive(Debug, Clone, Serialize)]
struct LanguageLink {
    tag: String,
    name: String,
    href: String,
    absolute: Option<String>,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
struct FeedLink {
    media_type: &'static str,
    title: String,
    href: String,
}

#[derive(Debug, Clone, Serialize)]
struct NavLink {
    #[serde(serialize_with = "clamp::text")]
    text: Spoken,
    href: String,
    /// `page`, `true` or nothing, as `aria-current` wants it.
    current: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
struct Crumb {
    #[serde(serialize_with = "clamp::text")]
    text: Spoken,
    href: Option<String>,
}

/// What a page tells its frame.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The title of the page.
    pub title: Spoken,
    /// One sentence about it.
    pub description: Option<Spoken>,
    /// Further scripts, by the theme's names.
    pub scripts: Vec<&'static str>,
    /// The marking of what few may see.
    pub restriction: Option<Vec<String>>,
}

/// Lists that stand in the main navigation; the others stand behind "more".
const MAIN: [List; 8] = [
    List::Guides,
    List::Training,
    List::Schedule,
    List::Releases,
    List::Runs,
    List::Defects,
    List::Environments,
    List::Reports,
];

/// Lists behind "more".
const MORE: [List; 10] = [
    List::Decisions,
    List::Data,
    List::Uat,
    List::Tickets,
    List::Cases,
    List::Plans,
    List::Advice,
    List::Proposals,
    List::Partners,
    List::Review,
];

/// How many pages of no kind stand in the main navigation.
const OWN_PAGES: usize = 6;

impl Frame {
    /// The frame of the page that `view` makes.
    pub fn of(view: &View<'_>, theme: &Theme, about: About, words_of: &[&Words]) -> Self {
        let portal = &view.portal.site.portal;
        let portal_name = view.read(&portal.title);
        let title = if about.title == *portal_name {
            portal_name.clone().into_text()
        } else if matches!(view.subject, Subject::Home) {
            titled(&view.say("home.title"), &portal_name)
        } else {
            titled(&clamp::shortened(&about.title), &portal_name)
        };
        let (nav, more) = navigation(view);
        Self {
            language: view.language.to_owned(),
            title,
            description: about.description.as_ref().map(clamp::beginning),
            tagline: portal.description.as_ref().map(|text| view.read(text)),
            home: view.href(&Subject::Home),
            search: view.href(&Subject::Search),
            finder: Finder {
                index: view.href_to(&search::address(view.portal, view.language)),
                scripts: scripts(view.language).iter().map(|name| Loaded::of(view, theme, name)).collect(),
            },
            logo: logo(view, theme),
            manifest: view.href_to(&manifest::address(view)),
            accent: brand::named(portal).hex(),
            social: Social::of(view, &about.title),
            assets: assets(view, theme),
            languages: languages(view, words_of),
            canonical: view.portal.base_url.as_ref().map(|base| {
                let address = versions::in_current(view).filter(|landing| landing.is_same);
                let address = address.map_or_else(|| view.address.clone(), |landing| landing.address);
                format!("{base}{}", super::names::encode(&address))
            }),
            feeds: feeds(view),
            more_here: more.iter().any(|link| link.current.is_some()),
            nav,
            more,
            crumbs: crumbs(view, &about.title),
            as_of: Bit::Time {
                text: view.words().date_long(view.portal.as_of),
                datetime: view.portal.as_of.to_string(),
            },
            days: days(view),
            file: file(view),
            zone: zone(view),
            version: env!("CARGO_PKG_VERSION"),
            foot: foot(view),
            scripts: about.scripts.iter().map(|name| Loaded::of(view, theme, name)).collect(),
            policy: PAGE_POLICY,
            wide: !matches!(view.subject, Subject::Document(_)),
            restriction: about.restriction,
            noindex: is_hidden(view) || versions::is_unlisted(view) || view.portal.comparison.is_some(),
            versions: versions::switcher(view),
            banner: versions::banner(view),
            arrival: versions::arrival(view),
            portal: portal_name,
        }
    }
}

/// The title for the browser's tab, where no passage can have a language of its own.
fn titled(page: &str, portal: &str) -> String {
    format!("{page} – {portal}")
}

/// The news on every page, where they are written; on the schedule its calendar.
fn feeds(view: &View<'_>) -> Vec<FeedLink> {
    let portal = view.portal;
    let news = portal.base_url.as_ref().map(|_| FeedLink {
        media_type: "application/atom+xml",
        title: Feed::All.name(view),
        href: view.href_to(&Feed::All.address(portal, view.language)),
    });
    let is_schedule = *view.subject == Subject::List(List::Schedule);
    let address = is_schedule.then(|| Scope::All.address(view)).flatten();
    let calendar = address.map(|address| FeedLink {
        media_type: "text/calendar",
        title: Scope::All.name(view),
        href: view.href_to(&address),
    });
    news.into_iter().chain(calendar).collect()
}

/// The zone of a portal's times in words.
pub(super) fn zone(view: &View<'_>) -> String {
    let name = view.portal.site.zone.iana_name().unwrap_or("UTC").to_owned();
    if name == "Europe/Tallinn" {
        view.say("time.zone")
    } else {
        view.fill("footer.zone", &[("zone", &name)])
    }
}

fn is_hidden(view: &View<'_>) -> bool {
    match view.subject {
        Subject::Document(key) | Subject::Slides(key) => view.portal.site.is_hidden(key),
        Subject::NotFound => true,
        _ => false,
    }
}

fn logo(view: &View<'_>, theme: &Theme) -> Option<LogoImage> {
    let address = view.portal.logo.as_ref()?;
    Some(LogoImage { href: view.href_to(address), size: theme.logo_size() })
}

fn assets(view: &View<'_>, theme: &Theme) -> Assets {
    let href = |name: &str| view.href_to(&theme.asset(name));
    Assets {
        styles: ["style.css", "portal.css", TOKENS]
            .iter()
            .filter(|name| theme.find(name).is_some())
            .map(|name| Loaded::of(view, theme, name))
            .collect(),
        theme: Loaded::of(view, theme, "theme.js"),
        portal: Loaded::of(view, theme, "portal.js"),
        favicon: theme.find(FAVICON).map(|address| view.href_to(address)),
        icon: href(ICONS[0].name),
        apple: href(APPLE),
    }
}

fn languages(view: &View<'_>, words_of: &[&Words]) -> Vec<LanguageLink> {
    if words_of.len() < 2 {
        return Vec::new();
    }
    words_of
        .iter()
        .map(|words| {
            let tag = words.language().as_str();
            let address = view.portal.routes.address(view.subject, tag);
            LanguageLink {
                tag: tag.to_owned(),
                name: words.text("lang.self").to_owned(),
                href: view.href_to(&address),
                absolute: view
                    .portal
                    .base_url
                    .as_ref()
                    // Translations are told of pages that search engines know by this address.
                    .filter(|_| view.portal.is_current())
                    .map(|base| format!("{base}{}", super::names::encode(&address))),
                current: tag == view.language,
            }
        })
        .collect()
}

fn navigation(view: &View<'_>) -> (Vec<NavLink>, Vec<NavLink>) {
    let mut main = vec![nav_link(view, &Subject::Home, view.said("nav.home"))];
    let lists = |lists: &[List]| -> Vec<NavLink> {
        lists
            .iter()
            .map(|list| (*list, Subject::List(*list)))
            .filter(|(_, subject)| view.portal.routes.has(subject))
            .map(|(list, subject)| nav_link(view, &subject, view.said(short_key(list))))
            .collect()
    };
    main.extend(lists(&MAIN));
    let mut more = lists(&MORE);
    let own = own_pages(view);
    if main.len() == 1 && own.len() <= OWN_PAGES {
        main.extend(own);
    } else {
        more.extend(own);
    }
    (main, more)
}

/// Top folders and pages that are of no kind.
fn own_pages(view: &View<'_>) -> Vec<NavLink> {
    view.tongue
        .navigation
        .roots()
        .iter()
        .filter(|entry| matches!(entry.subject, Subject::Document(_) | Subject::Folder(_)))
        .map(|entry| nav_link(view, &entry.subject, view.entry_title(entry)))
        .collect()
}

/// The short name of a list in the navigation.
fn short_key(list: List) -> &'static str {
    match list {
        List::Decisions => "kinds.decision",
        List::Uat => "short.uat",
        List::Tickets => "section.weekly",
        other => super::names::list_key(other),
    }
}

fn nav_link(view: &View<'_>, subject: &Subject, text: impl Into<Spoken>) -> NavLink {
    let current = if subject == view.subject {
        Some("page")
    } else if section_of(view) == Some(subject.clone()) {
        Some("true")
    } else {
        None
    };
    NavLink { text: text.into(), href: view.href(subject), current }
}

/// The list or top folder that a page belongs to.
fn section_of(view: &View<'_>) -> Option<Subject> {
    section(view, view.subject)
}

fn section(view: &View<'_>, subject: &Subject) -> Option<Subject> {
    Some(match subject {
        Subject::Part(of, _) => {
            return if matches!(**of, Subject::List(_)) { Some((**of).clone()) } else { section(view, of) };
        }
        Subject::Document(_) | Subject::Slides(_) | Subject::Folder(_) => {
            let document = match subject {
                Subject::Slides(key) => Subject::Document(key.clone()),
                other => other.clone(),
            };
            view.tongue.navigation.trail(&document).first()?.subject.clone()
        }
        Subject::Release(_) => Subject::List(List::Releases),
        Subject::Run(_) | Subject::Series(_) => Subject::List(List::Runs),
        Subject::Case(_) | Subject::NamedCase(..) => Subject::List(List::Cases),
        Subject::Plan(_) => Subject::List(List::Plans),
        Subject::Defect(_) => Subject::List(List::Defects),
        Subject::Environment(_) | Subject::Cloning(..) => Subject::List(List::Environments),
        Subject::DataSet(_) => Subject::List(List::Data),
        Subject::Tickets(_) => Subject::List(List::Tickets),
        Subject::Decision(_) => Subject::List(List::Decisions),
        Subject::Partner(_) => Subject::List(List::Partners),
        Subject::KindReference(_) => Subject::Reference,
        Subject::Home
        | Subject::List(_)
        | Subject::Rules
        | Subject::Counting
        | Subject::Accessibility
        | Subject::Difference(_)
        | Subject::PageDifference(..)
        | Subject::Reference
        | Subject::Search
        | Subject::NotFound => {
            return None;
        }
    })
}

/// The titles of the pages between the home page and the page that `view` looks at.
pub fn way_to(view: &View<'_>) -> Vec<Spoken> {
    let crumbs = crumbs(view, &Spoken::default()).into_iter();
    crumbs.skip(1).filter(|crumb| crumb.href.is_some()).map(|crumb| crumb.text).collect()
}

fn crumbs(view: &View<'_>, title: &Spoken) -> Vec<Crumb> {
    if matches!(view.subject, Subject::Home | Subject::NotFound) {
        return Vec::new();
    }
    let step = |subject: &Subject, text: Spoken| Crumb { text, href: Some(view.href(subject)) };
    let mut crumbs = vec![step(&Subject::Home, view.said("nav.home"))];
    let page = match view.subject {
        Subject::Slides(key) => Subject::Document(key.clone()),
        other => other.clone(),
    };
    let trail = view.tongue.navigation.trail(&page);
    if trail.is_empty() {
        crumbs.extend(section_of(view).map(|section| step(&section, view.name(&section))));
    }
    for entry in trail {
        if entry.subject != *view.subject {
            crumbs.push(step(&entry.subject, view.entry_title(entry)));
        }
    }
    if let Subject::Part(of, _) = view.subject
        && !matches!(**of, Subject::List(_))
    {
        crumbs.push(step(of, view.name(of)));
    }
    if let Subject::PageDifference(name, _) = view.subject {
        let all = Subject::Difference(name.clone());
        crumbs.push(step(&all, view.name(&all)));
    }
    if let Subject::Cloning(environment, _) = view.subject {
        let environment = Subject::Environment(environment.clone());
        crumbs.push(step(&environment, view.name(&environment)));
    }
    crumbs.push(Crumb { text: title.clone(), href: None });
    crumbs
}

/// When the record that the page shows was published and last changed. Pages of Markdown tell it below their title.
fn days(view: &View<'_>) -> Vec<Line> {
    let Portal { site, as_of, .. } = view.portal;
    let Some(path) = origin::file(site, view.subject) else { return Vec::new() };
    let told = |key: &str, day: Option<Date>| day.map(|day| vec![view.dated(key, day)]);
    let published = told("page.published", dates::first_committed(site, path, *as_of));
    let updated = told("page.updated", dates::last_committed(site, path, *as_of));
    published.into_iter().chain(updated).collect()
}

/// Where a forge edits, shows and follows the file of the record that the page shows.
fn file(view: &View<'_>) -> Vec<NavLink> {
    let site = &view.portal.site;
    let (Some(repository), Some(path)) = (&site.portal.repository, origin::file(site, view.subject)) else {
        return Vec::new();
    };
    let links = in_forge(repository, path).into_iter();
    links.map(|(_, key, href)| NavLink { text: view.said(key), href, current: None }).collect()
}

/// Where the forge of `repository` edits, shows and follows the file at `path`: icon, key of the name and address of each.
pub fn in_forge(repository: &Repository, path: &str) -> Vec<(&'static str, &'static str, String)> {
    let at = forge::addresses(repository, path);
    let links = [
        ("edit", "page.edit", at.edit),
        ("file-text", "page.source", at.source),
        ("history", "page.history", at.history),
    ];
    links.into_iter().filter_map(|(icon, key, href)| Some((icon, key, href?))).collect()
}

fn foot(view: &View<'_>) -> Vec<NavLink> {
    [
        (Subject::Accessibility, "accessibility.title"),
        (Subject::Search, "search.all_pages"),
        (Subject::Counting, "counting.title"),
        (Subject::Rules, "rules.title"),
        (Subject::Reference, "reference_page.title"),
    ]
    .into_iter()
    .filter(|(subject, _)| view.portal.routes.has(subject))
    .map(|(subject, key)| NavLink { text: view.said(key), href: view.href(&subject), current: None })
    .collect()
}

/// The marking of a page as lines of text, for the screen and for every printed sheet.
pub fn marking(view: &View<'_>, restriction: &crate::model::audience::Restriction) -> Vec<String> {
    let words = view.words();
    let is_over = restriction.until.value < view.portal.as_of;
    let mut lines = vec![
        view.say("access.stamp"),
        view.fill("access.holder", &[("holder", &view.read(&restriction.holder))]),
        view.fill("access.marked", &[("date", &words.date_table(restriction.marked))]),
        view.fill("access.until", &[("date", &words.date_table(restriction.until.value))]),
        view.fill("access.basis", &[("basis", &restriction.basis)]),
    ];
    lines.extend(is_over.then(|| view.say("access.expired")));
    lines
}
