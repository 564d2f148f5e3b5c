//! A Markdown page: guides, training modules, reports, advice, proposals and all others.

use serde::Serialize;

use super::super::blocks::{Bit, Fact, Line, Section, link, text, with_small};
use super::super::frame::{About, Frame, in_forge, marking};
use super::super::names::{View, icon};
use super::super::prose;
use super::super::template::RenderFault;
use super::embeds::{self, Heading};
use super::{Rendered, difference, questions, report, texts, training};
use crate::derive::guidance::freshness::Review;
use crate::derive::guidance::review;
use crate::derive::guidance::versions::Standing;
use crate::derive::page::dates;
use crate::derive::page::navigation::Entry;
use crate::derive::page::routes::Subject;
use crate::derive::page::translation::{self, Outdated};
use crate::model::Site;
use crate::model::document::{Article, Document, DocumentKind, Extra};
use crate::model::portal::VersionState;
use crate::words::Spoken;

/// What the template of a Markdown page gets.
#[derive(Serialize)]
struct DocumentView {
    frame: Frame,
    /// Whether it is laid out as a sheet: wide, without the pages around it.
    is_report: bool,
    title: Spoken,
    kicker: Vec<Line>,
    lede: Option<Spoken>,
    /// Facts in one line below the title.
    meta: Vec<Line>,
    /// What the page says of itself besides, by kind.
    facts: Vec<Fact>,
    /// What must be told before the text.
    notices: Vec<Notice>,
    /// What stands before the text, by kind.
    before: Vec<Section>,
    toc: Vec<TocEntry>,
    html: String,
    /// The language of the text, where it is not the page's.
    text_lang: Option<String>,
    /// Sections after the text, by kind.
    after: Vec<Section>,
    referred: Vec<Referrer>,
    actions: Vec<super::super::blocks::Action>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    sidebar: Option<Sidebar>,
}

/// Something about the page as a whole.
#[derive(Serialize)]
pub struct Notice {
    /// `is-note` or `is-warning`.
    pub class: &'static str,
    /// The icon's name.
    pub icon: &'static str,
    /// What it says.
    pub line: Line,
}

#[derive(Serialize)]
struct TocEntry {
    id: String,
    text: String,
    below: Vec<TocEntry>,
}

#[derive(Serialize)]
struct Referrer {
    icon: &'static str,
    link: Line,
    kind: String,
}

#[derive(Serialize)]
struct Neighbour {
    href: String,
    title: Spoken,
}

/// The pages around a page: its own folder and what lies beside that. Never the whole tree, so that
/// a portal of ten thousand pages does not repeat it on each.
#[derive(Serialize)]
struct Sidebar {
    groups: Vec<SidebarGroup>,
}

#[derive(Serialize)]
struct SidebarGroup {
    title: Spoken,
    href: String,
    entries: Vec<SidebarEntry>,
}

#[derive(Serialize)]
struct SidebarEntry {
    title: Spoken,
    href: String,
    current: bool,
}

/// Draws the page with the key.
pub fn render(view: &View<'_>, key: &str, frame: &dyn Fn(About) -> Frame) -> Result<Rendered, RenderFault> {
    let Some(document) = view.portal.site.document(key) else {
        return Err(RenderFault {
            page: Some(view.address.clone()),
            message: format!("there is no page `{key}`"),
        });
    };
    let article = document.text(view.language);
    let title = view.document_title(key);
    let about = About {
        title: title.clone(),
        description: lede(view, article)
            .or_else(|| article.body.summary.as_ref().map(|summary| view.spoken(summary, &article.language))),
        scripts: Vec::new(),
        restriction: article.restriction.as_ref().map(|restriction| marking(view, restriction)),
    };
    let is_report = document.kind == DocumentKind::Report && !document.is_index;
    let text = match &document.main().extra {
        Extra::Report(report) => report::drawn(view, report, article)?,
        _ => report::Drawn {
            html: range_html(view, article, prose::whole(&article.body))?,
            headings: Vec::new(),
            tables: Vec::new(),
        },
    };
    let (before, after) = view.tongue.navigation.neighbours(view.subject);
    let page = DocumentView {
        title,
        kicker: kicker(view, document),
        lede: lede(view, article),
        meta: meta(view, document),
        facts: texts::facts(view, document),
        notices: notices(view, article)
            .into_iter()
            .chain(outdated(view, document, article))
            .chain(older(view, document))
            .collect(),
        before: texts::before(view, document).into_iter().map(beside_prose).collect(),
        toc: toc(article, &text.headings),
        html: text.html,
        frame: frame(about),
        text_lang: foreign(view, article),
        after: texts::after(view, document).into_iter().map(beside_prose).collect(),
        referred: referred(view),
        actions: actions(view, document, article),
        previous: neighbour(view, before),
        next: neighbour(view, after),
        sidebar: if is_report { None } else { sidebar(view) },
        is_report,
    };
    let template = template(document.kind);
    let html = view.engine()?.render(template, &page, &view.address)?;
    Ok(Rendered { html, tables: text.tables, template })
}

/// A section under an id that no heading of the text can have: those have no colon.
fn beside_prose(section: Section) -> Section {
    Section { id: format!("p:{}", section.id), ..section }
}

fn template(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Guide => "guide.html",
        DocumentKind::Training => "module.html",
        DocumentKind::Report => "report.html",
        DocumentKind::Advice => "advice.html",
        DocumentKind::Proposal => "proposal.html",
        DocumentKind::Home | DocumentKind::Page => "document.html",
    }
}

/// A part of the text with its holes filled.
///
/// # Errors
/// A template of live blocks that wants what they do not have.
pub fn range_html(
    view: &View<'_>,
    article: &Article,
    range: std::ops::Range<usize>,
) -> Result<String, RenderFault> {
    let mut failed = None;
    let html = prose::html(view, article, range, &mut |index| {
        let Some(embed) = article.body.embeds.get(index) else { return String::new() };
        embeds::html(view, embed).unwrap_or_else(|fault| {
            failed = Some(fault);
            String::new()
        })
    });
    failed.map_or(Ok(html), Err)
}

pub fn lede(view: &View<'_>, article: &Article) -> Option<Spoken> {
    article
        .front
        .description
        .as_ref()
        .map(|text| view.spoken(text.get(&article.language, view.default_language()), &article.language))
}

/// The language of the text, where it is not the page's.
pub fn foreign(view: &View<'_>, article: &Article) -> Option<String> {
    (article.language != view.language).then(|| article.language.clone())
}

fn kicker(view: &View<'_>, document: &Document) -> Vec<Line> {
    let kind = match document.kind {
        DocumentKind::Guide => "kind.guide",
        DocumentKind::Training => "kind.training",
        DocumentKind::Report => "kind.report",
        DocumentKind::Advice => "kind.advice",
        DocumentKind::Proposal => "kind.proposal",
        DocumentKind::Home | DocumentKind::Page => return Vec::new(),
    };
    let products: Vec<Spoken> =
        document.main().front.applies_to.iter().map(|product| view.product(product.id())).collect();
    let mut kicker = vec![text(view.say(kind))];
    if !products.is_empty() {
        kicker.push(text(view.words().list_spoken(&products)));
    }
    kicker
}

/// Owner, dates and review. Of a translation the review is that of the page it is translated from.
fn meta(view: &View<'_>, document: &Document) -> Vec<Line> {
    let main = &document.main().front;
    let article = document.text(view.language);
    let mut meta = Vec::new();
    if let Some(owner) = &main.owner {
        meta.push(labelled(&view.say("page.owner"), view.pointer(owner.pointer())));
    }
    let dated = |key: &str, day: jiff::civil::Date| vec![view.dated(key, day)];
    let (site, as_of) = (&view.portal.site, view.portal.as_of);
    // A day that nobody knows is said to be unknown: readers look for it.
    let told = |day: Option<jiff::civil::Date>, key: &str, unknown: &str| match day {
        Some(day) => dated(key, day),
        None => text(view.say(unknown)),
    };
    let published = dates::published(site, document, article, as_of);
    meta.push(told(published, "page.published", "page.published_unknown"));
    let updated = dates::updated(site, document, article, as_of);
    meta.push(told(updated, "page.updated", "page.updated_unknown"));
    let is_guidance = matches!(document.kind, DocumentKind::Guide | DocumentKind::Training);
    meta.extend(difference::changed_in(view, &document.key));
    let shown = review::shown(site, main, as_of);
    // Nobody reviews what is no longer in force.
    if let Some(state) = shown.filter(|_| is_guidance && is_kept_right(view)) {
        meta.push(super::states::review(view, state));
        if let (Some(next), false) = (state.next(), matches!(state, Review::Overdue(_))) {
            meta.push(dated("page.review_due", next));
        }
    }
    meta
}

/// Whether authors still work at the pages of this version: not at those of one that is kept somewhere else.
fn is_kept_right(view: &View<'_>) -> bool {
    let state = view.portal.standing.as_ref().and_then(Standing::edition).map(|edition| edition.state);
    matches!(state, None | Some(VersionState::Current | VersionState::Preview))
}

fn labelled(label: &str, mut line: Line) -> Line {
    line.insert(0, Bit::Text { text: format!("{label}: ") });
    line
}

/// What must be told before the text: that it is in another language, that it is a draft.
pub fn notices(view: &View<'_>, article: &Article) -> Vec<Notice> {
    let mut notices = Vec::new();
    if article.language != view.language {
        let key = format!("fallback.{}", article.language);
        let line = if view.words().has(&key) {
            text(view.say(&key))
        } else {
            let name = format!("language.{}", article.language);
            let name = if view.words().has(&name) { view.say(&name) } else { article.language.clone() };
            text(view.fill("fallback.any", &[("language", &name)]))
        };
        notices.push(Notice { class: "is-note", icon: "globe", line });
    }
    if !article.is_read || view.portal.flawed.contains(&article.file) {
        let key = if article.is_read { "version.flawed" } else { "version.unread" };
        notices.push(Notice { class: "is-warning", icon: "limited", line: text(view.say(key)) });
    }
    if article.front.draft == Some(true) {
        notices.push(Notice { class: "is-warning", icon: "edit", line: text(view.say("page.draft")) });
    }
    notices
}

/// That a translation is older than its original.
fn outdated(view: &View<'_>, document: &Document, article: &Article) -> Option<Notice> {
    let found = translation::outdated(&view.portal.site, document, article, view.portal.as_of)?;
    let told = match found {
        Outdated::Changed(day) => view.fill("translation.changed", &[("date", &view.words().date_long(day))]),
        Outdated::Other(..) => view.say("translation.outdated"),
    };
    let address = view.portal.routes.address(view.subject, view.default_language());
    let original = link(view.say("translation.original"), view.href_to(&address));
    Some(Notice { class: "is-warning", icon: "history", line: with_small(text(told), original) })
}

/// That a module is older than a guide it teaches: its readers may learn what no longer holds.
fn older(view: &View<'_>, document: &Document) -> Option<Notice> {
    let is_module = document.kind == DocumentKind::Training && !document.is_index;
    let line = is_module.then(|| training::older(view, document)).flatten()?;
    Some(Notice { class: "is-warning", icon: "history", line })
}

/// The second and third level of headings, and those that the generator added.
fn toc(article: &Article, added: &[Heading]) -> Vec<TocEntry> {
    let mut toc: Vec<TocEntry> = Vec::new();
    for heading in &article.body.headings {
        let entry = TocEntry { id: heading.id.clone(), text: heading.text.clone(), below: Vec::new() };
        match (heading.level, toc.last_mut()) {
            (3, Some(above)) => above.below.push(entry),
            (2, _) | (3, None) => toc.push(entry),
            _ => {}
        }
    }
    toc.extend(added.iter().map(|heading| TocEntry {
        id: heading.id.clone(),
        text: heading.title.clone(),
        below: Vec::new(),
    }));
    toc
}

fn referred(view: &View<'_>) -> Vec<Referrer> {
    const MOST: usize = 20;
    // The answers about a guide have a section of their own.
    let answers: Vec<&str> =
        questions::answered_about(view).into_iter().map(|(document, _)| document.key.as_str()).collect();
    let is_answer = |subject: &Subject| match subject {
        Subject::Document(key) => answers.contains(&key.as_str()),
        _ => false,
    };
    view.portal
        .backlinks
        .to(view.subject)
        .filter(|subject| view.portal.routes.has(subject))
        .filter(|subject| !matches!(subject, Subject::List(_) | Subject::Home | Subject::Folder(_)))
        .filter(|subject| !is_answer(subject))
        .take(MOST)
        .map(|subject| Referrer {
            icon: icon(subject),
            link: view.link(subject),
            kind: kind_name(view, subject),
        })
        .collect()
}

/// The word for a kind of page.
pub fn kind_name(view: &View<'_>, subject: &Subject) -> String {
    view.say(&format!("kind.{}", kind_key(&view.portal.site, subject)))
}

/// The kind of a page, as programs and catalogues name it.
pub fn kind_key(site: &Site, subject: &Subject) -> &'static str {
    match subject {
        Subject::Document(key) | Subject::Slides(key) => match site.document(key).map(|d| d.kind) {
            Some(DocumentKind::Guide) => "guide",
            Some(DocumentKind::Training) => "training",
            Some(DocumentKind::Report) => "report",
            Some(DocumentKind::Advice) => "advice",
            Some(DocumentKind::Proposal) => "proposal",
            _ => "page",
        },
        Subject::Release(_) => "release",
        Subject::Run(_) => "run",
        Subject::Series(_) => "series",
        Subject::Case(_) | Subject::NamedCase(..) => "case",
        Subject::Plan(_) => "plan",
        Subject::Defect(_) => "defect",
        Subject::Environment(_) => "environment",
        Subject::Cloning(..) => "cloning",
        Subject::DataSet(_) => "data",
        Subject::Tickets(_) => "weekly",
        Subject::Decision(_) => "decision",
        Subject::Partner(_) => "partner",
        Subject::Part(of, _) => kind_key(site, of),
        Subject::Home
        | Subject::Folder(_)
        | Subject::List(_)
        | Subject::Rules
        | Subject::Counting
        | Subject::Accessibility
        | Subject::Difference(_)
        | Subject::PageDifference(..)
        | Subject::Reference
        | Subject::KindReference(_)
        | Subject::Search
        | Subject::NotFound => "page",
    }
}

fn actions(view: &View<'_>, document: &Document, article: &Article) -> Vec<super::super::blocks::Action> {
    let action = |icon, key: &str, href| super::super::blocks::Action {
        icon,
        text: view.say(key),
        href,
        primary: false,
    };
    let mut actions = Vec::new();
    if document.kind == DocumentKind::Training && !document.is_index {
        let slides = Subject::Slides(document.key.clone());
        actions.extend(
            view.portal.routes.has(&slides).then(|| action("monitor", "slides.open", view.href(&slides))),
        );
    }
    if let Some(repository) = view.portal.site.portal.repository.as_ref().filter(|_| is_kept_right(view)) {
        let links = in_forge(repository, &article.path).into_iter();
        actions.extend(links.map(|(icon, key, href)| action(icon, key, href)));
    }
    actions
}

fn neighbour(view: &View<'_>, entry: Option<&Entry>) -> Option<Neighbour> {
    entry.map(|entry| Neighbour { href: view.href(&entry.subject), title: view.entry_title(entry) })
}

fn sidebar(view: &View<'_>) -> Option<Sidebar> {
    let navigation = &view.tongue.navigation;
    let trail = navigation.trail(view.subject);
    let own = trail.last()?;
    let folder =
        if own.children.is_empty() { trail.len().checked_sub(2).map(|at| trail[at]) } else { Some(*own) };
    let above = folder.and_then(|folder| {
        let at = trail.iter().position(|entry| entry.subject == folder.subject)?;
        at.checked_sub(1).map(|at| trail[at])
    });
    let link = |entry: &Entry| SidebarEntry {
        title: view.entry_title(entry),
        href: view.href(&entry.subject),
        current: entry.subject == *view.subject,
    };
    let group = |folder: &Entry, without: Option<&Entry>| SidebarGroup {
        title: view.entry_title(folder),
        href: view.href(&folder.subject),
        entries: folder
            .children
            .iter()
            .filter(|entry| without.is_none_or(|without| entry.subject != without.subject))
            .take(MOST_IN_SIDEBAR)
            .map(link)
            .collect(),
    };
    let mut groups: Vec<SidebarGroup> = folder.map(|folder| group(folder, None)).into_iter().collect();
    groups.extend(above.map(|above| group(above, folder)));
    groups.retain(|group| !group.entries.is_empty());
    (!groups.is_empty()).then_some(Sidebar { groups })
}

/// A folder with more pages than this is read by its own page, not in the margin of each.
const MOST_IN_SIDEBAR: usize = 100;
