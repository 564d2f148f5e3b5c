//! News to follow with a feed reader (RFC 4287): all, and of each kind.
//!
//! 1. [`Feed::ALL`] lists them; they need the portal's address, since links in them are absolute.
//! 2. [`text`] writes one down: the newest [`MOST`] entries. What is older stands on the pages.
//!
//! The ids of feeds and entries are UUIDs (RFC 9562) made of what they are about, never of an address, so that
//! nothing is shown as new when the portal moves. `updated` is told by the content.

mod xml;

use jiff::civil::DateTime;

use super::blocks::{Bit, Line};
use super::calendar::{shown, title};
use super::frame::marking;
use super::names::{View, encode};
use super::pages::difference;
use super::pages::events::{kind_name, page};
use super::portal::Portal;
use super::theme::Theme;
use crate::derive::page::news::{self, News, NewsKind};
use crate::derive::page::routes::{List, Subject, beside};
use crate::derive::page::stable_id::uuid;
use crate::model::audience::Restriction;
use crate::model::document::Extra;
use crate::model::page::Report;
use xml::{element, empty, escape};

/// How many entries a feed has at most.
pub const MOST: usize = 50;

/// Of a feed without entries.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// A feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// Everything.
    All,
    /// News of a kind.
    Of(NewsKind),
}

impl Feed {
    /// Every feed.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Of(NewsKind::Report),
        Self::Of(NewsKind::Decision),
        Self::Of(NewsKind::Schedule),
        Self::Of(NewsKind::Guide),
    ];

    /// Its address in `language`.
    pub fn address(self, portal: &Portal, language: &str) -> String {
        let home = portal.routes.front(language);
        match self {
            Self::All => beside(&home, "feed.xml"),
            Self::Of(kind) => beside(&home, &format!("feed/{}.xml", kind.word())),
        }
    }

    /// What it is called beside others of the portal.
    pub fn name(self, view: &View<'_>) -> String {
        match self {
            Self::All => view.say("feed.all"),
            Self::Of(kind) => view.say(name_key(kind)),
        }
    }

    fn full_name(self, view: &View<'_>) -> String {
        let portal = view.read(&view.portal.site.portal.title);
        match self {
            Self::All => view.fill("feed.title_all", &[("portal", &portal)]),
            Self::Of(_) => view.fill("feed.title_kind", &[("portal", &portal), ("kind", &self.name(view))]),
        }
    }

    /// The page that shows the same.
    fn page(self) -> Subject {
        match self {
            Self::All => Subject::Home,
            Self::Of(NewsKind::Report) => Subject::List(List::Reports),
            Self::Of(NewsKind::Decision) => Subject::List(List::Decisions),
            Self::Of(NewsKind::Schedule) => Subject::List(List::Schedule),
            Self::Of(NewsKind::Guide) => Subject::List(List::Guides),
        }
    }

    fn has(self, news: &News) -> bool {
        match self {
            Self::All => true,
            Self::Of(kind) => news.kind == kind,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Of(kind) => kind.word(),
        }
    }
}

fn name_key(kind: NewsKind) -> &'static str {
    match kind {
        NewsKind::Report => "reports.title",
        NewsKind::Decision => "decisions.title",
        NewsKind::Schedule => "feed.schedule",
        NewsKind::Guide => "feed.guides",
    }
}

/// The feed in `language`, for a portal served at `base`.
pub fn text(portal: &Portal, theme: &Theme, feed: Feed, language: &str, base: &str) -> String {
    let view = View::new(portal, theme, &Subject::Home, language);
    let all = news::news(&portal.site, &portal.events, portal.as_of);
    let own: Vec<&News> = all.iter().filter(|news| feed.has(news)).take(MOST).collect();
    let updated = own.iter().map(|news| news.updated).max();
    let absolute = |address: &str| format!("{base}{}", encode(address));
    let subject = if portal.routes.has(&feed.page()) { feed.page() } else { Subject::Home };
    let entries: String = own.iter().map(|news| entry(&view, news, base)).collect();
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", escape(language)),
        element("id", &format!("urn:uuid:{}", uuid(&["feed", feed.word(), language]))),
        element("title", &feed.full_name(&view)),
        element("updated", &updated.map_or_else(|| NEVER.to_owned(), |at| instant(portal, at))),
        link("self", "application/atom+xml", &absolute(&feed.address(portal, language))),
        link("alternate", "text/html", &absolute(&portal.routes.address(&subject, language))),
        format!("<author>\n{}</author>\n", element("name", &view.read(&portal.site.portal.title))),
        "<generator>Juhend</generator>\n".to_owned(),
        entries,
        "</feed>\n".to_owned(),
    ]
    .concat()
}

fn link(rel: &str, media_type: &str, href: &str) -> String {
    empty("link", &[("rel", rel), ("type", media_type), ("href", href)])
}

/// A time in the portal's zone with its offset (RFC 3339).
fn instant(portal: &Portal, at: DateTime) -> String {
    at.to_zoned(portal.site.zone.clone()).map_or_else(
        |_| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        |at| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    )
}

fn entry(view: &View<'_>, news: &News, base: &str) -> String {
    let portal = view.portal;
    let subject = page_of(view, news);
    let told = Told::of(view, news);
    let restriction = restriction(view, &news.subject).map(|restriction| marking(view, restriction));
    let summary: Vec<String> = restriction.into_iter().flatten().chain(told.summary).collect();
    let address = encode(&portal.routes.address(&subject, view.language));
    let (term, label) = (news.kind.word(), view.say(name_key(news.kind)));
    // A translation is an entry of its own, and the name alone is that of the news.
    let id = uuid(&[&news.name, view.language]);
    let published = news.published.filter(|at| *at <= news.updated);
    [
        "<entry>\n".to_owned(),
        element("id", &format!("urn:uuid:{id}")),
        element("title", &told.title),
        element("updated", &instant(portal, news.updated)),
        published.map_or_else(String::new, |at| element("published", &instant(portal, at))),
        link("alternate", "text/html", &format!("{base}{address}")),
        empty("category", &[("term", term), ("label", &label)]),
        if summary.is_empty() { String::new() } else { element("summary", &summary.join("\n")) },
        "</entry>\n".to_owned(),
    ]
    .concat()
}

/// The page on which the news stand.
fn page_of(view: &View<'_>, news: &News) -> Subject {
    let of_page = |key: &str| {
        let source = view.portal.site.document(key)?.main().path.as_str();
        view.portal.routes.of_source(source).cloned()
    };
    let event = news.moved.and_then(|(at, _)| view.portal.events.get(at));
    match (&news.subject, event) {
        (_, Some(event)) => page(view, event),
        (Subject::Document(key), None) => of_page(key).unwrap_or(Subject::Home),
        (subject, None) => subject.clone(),
    }
}

/// What an entry says.
struct Told {
    title: String,
    summary: Vec<String>,
}

impl Told {
    fn of(view: &View<'_>, news: &News) -> Self {
        match (&news.subject, news.moved) {
            (_, Some((event, number))) => move_of(view, event, number),
            (Subject::Decision(id), None) => decision(view, id),
            (Subject::Document(key), None) => document(view, news, key),
            (subject, None) => Self { title: view.name(subject).into_text(), summary: Vec::new() },
        }
    }
}

/// "Install: October release (2026.10)", what it was and is, and why.
fn move_of(view: &View<'_>, event: usize, number: usize) -> Told {
    let event = view.portal.events.get(event);
    let Some((event, change)) = event.and_then(|event| Some((event, event.changes.get(number)?))) else {
        return Told { title: String::new(), summary: Vec::new() };
    };
    let kind = kind_name(view, event.kind);
    let now = shown(view, &event.moved_to(number));
    let mut summary = vec![
        view.fill("schedule.was", &[("date", &shown(view, &change.was))]),
        view.fill("value.label", &[("label", &view.say("schedule.now")), ("value", &now)]),
    ];
    summary.extend(change.reason.as_ref().map(|reason| {
        view.fill("value.label", &[("label", &view.say("field.reason")), ("value", &view.read(reason))])
    }));
    Told {
        title: view.fill("calendar.summary", &[("event", &kind), ("title", &title(view, event))]),
        summary,
    }
}

/// "2026.10: confirmed", and why.
fn decision(view: &View<'_>, id: &str) -> Told {
    let Some(decision) = view.portal.site.decisions.get(id) else {
        return Told { title: id.to_owned(), summary: Vec::new() };
    };
    let release = Subject::Release(decision.release.id().to_owned());
    let outcome = view.say(&format!("outcome.{}", decision.outcome.value.word()));
    let title = view.fill("value.label", &[("label", &view.name(&release)), ("value", &outcome)]);
    Told { title, summary: decision.reason.iter().map(|reason| view.read(reason).into_text()).collect() }
}

fn document(view: &View<'_>, news: &News, key: &str) -> Told {
    let title = view.document_title(key).into_text();
    let Some(document) = view.portal.site.document(key) else { return Told { title, summary: Vec::new() } };
    let mut summary: Vec<String> = document
        .text(view.language)
        .front
        .description
        .iter()
        .map(|words| view.read(words).into_text())
        .collect();
    if let Extra::Report(report) = &document.main().extra {
        summary.extend(revision(view, report));
        return Told { title, summary };
    }
    summary.extend(difference::changed_in(view, key).map(|line| plain(&line)));
    let is_new = news.published.is_some_and(|published| published == news.updated);
    let key = if is_new { "feed.added" } else { "feed.updated" };
    Told { title: view.fill(key, &[("title", &title)]), summary }
}

/// The words of a line.
fn plain(line: &Line) -> String {
    let words = line.iter().filter_map(|bit| match bit {
        Bit::Text { text } | Bit::Foreign { text, .. } => Some(text.as_str()),
        Bit::Link { text, .. } => Some(text),
        _ => None,
    });
    words.collect()
}

/// What the last revision up to the day changed.
fn revision(view: &View<'_>, report: &Report) -> Option<String> {
    let zone = &view.portal.site.zone;
    let known = report.changes.iter().filter(|change| change.at.date(zone) <= view.portal.as_of);
    let last = known.max_by_key(|change| change.revision).filter(|change| change.revision > 1)?;
    let label = format!("{} {}", view.say("field.revision"), last.revision);
    Some(view.fill("value.label", &[("label", &label), ("value", &view.read(&last.text))]))
}

/// The marking of the file that the news come from.
fn restriction<'a>(view: &View<'a>, subject: &Subject) -> Option<&'a Restriction> {
    let site = &view.portal.site;
    match subject {
        Subject::Release(id) => site.releases.get(id)?.restriction.as_ref(),
        Subject::Decision(id) => site.decisions.get(id)?.restriction.as_ref(),
        Subject::Cloning(environment, _) => site.environments.get(environment)?.restriction.as_ref(),
        Subject::Document(key) => site.document(key)?.text(view.language).restriction.as_ref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::super::theme::ThemeFiles;
    use super::*;
    use crate::parse::sample::tree;
    use crate::words::Words;

    const PORTAL: &str = "title: Tests & trials\nlanguages: [en]\nproducts: {a: {title: A}}\n";
    const RELEASE: &str = "title: October\nproduct: a\ncontents: []\nschedule: {install: 2026-10-20T20:00}\nschedule_changes:\n\
                           - {at: 2026-10-08T11:05, event: install, was: 2026-10-19T20:00, reason: Partner outage}\n";
    const GUIDE: &str =
        "---\ndescription: In short\npublished: 2026-01-10\nupdated: 2026-10-01\n---\n# R & D\n";

    fn feed(feed: Feed, base: &str) -> String {
        let site = tree(&[("portal.yaml", PORTAL), ("releases/r.yaml", RELEASE), ("guides/g.md", GUIDE)]);
        let files = ThemeFiles::builtin();
        let words: Vec<Arc<Words>> = files.words(&site.languages).0.into_iter().map(Arc::new).collect();
        let theme = Theme::new(&files, words.iter().map(|words| &**words), Vec::new()).expect("a theme");
        let portal = Portal::new(site, date(2026, 10, 16), words, Some(base.to_owned()));
        text(&portal, &theme, feed, "en", base)
    }

    fn ids(feed: &str) -> Vec<&str> {
        feed.lines().filter(|line| line.starts_with("<id>")).collect()
    }

    #[test]
    fn a_move_is_told_with_what_it_was_and_why() {
        let written = feed(Feed::Of(NewsKind::Schedule), "https://t.example.ee");
        assert_eq!(
            written,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
             <id>urn:uuid:c9363398-c85b-8485-bd57-ac4e9aa235a3</id>\n\
             <title>Tests &amp; trials: Dates that moved</title>\n\
             <updated>2026-10-08T11:05:00+03:00</updated>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"https://t.example.ee/feed/schedule.xml\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"https://t.example.ee/schedule/\"/>\n\
             <author>\n<name>Tests &amp; trials</name>\n</author>\n\
             <generator>Juhend</generator>\n\
             <entry>\n\
             <id>urn:uuid:78f3dabf-33f5-82c6-ae19-23857b4dfed2</id>\n\
             <title>Install: October (r)</title>\n\
             <updated>2026-10-08T11:05:00+03:00</updated>\n\
             <published>2026-10-08T11:05:00+03:00</published>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"https://t.example.ee/releases/r/\"/>\n\
             <category term=\"schedule\" label=\"Dates that moved\"/>\n\
             <summary>Was: 19 Oct 2026, 20:00\nNow: 20 Oct 2026, 20:00\nReason: Partner outage</summary>\n\
             </entry>\n\
             </feed>\n"
        );
    }

    #[test]
    fn a_changed_guide_says_so() {
        let written = feed(Feed::Of(NewsKind::Guide), "https://t.example.ee");
        for line in [
            "<title>Updated: R &amp; D</title>",
            "<updated>2026-10-01T00:00:00+03:00</updated>",
            "<published>2026-01-10T00:00:00+02:00</published>",
            "<summary>In short</summary>",
        ] {
            assert!(written.lines().any(|own| own == line), "{line} in {written}");
        }
    }

    #[test]
    fn ids_survive_a_move_of_the_portal_and_a_feed_without_news_is_a_feed() {
        let (before, after) =
            (feed(Feed::All, "https://t.example.ee"), feed(Feed::All, "https://other.example"));
        assert_eq!((ids(&before).len(), ids(&before)), (3, ids(&after)));
        let empty = feed(Feed::Of(NewsKind::Decision), "https://t.example.ee");
        assert!(empty.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{empty}");
        assert_eq!(ids(&empty).len(), 1);
    }
}
