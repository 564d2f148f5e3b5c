//! What is new: reports, decisions, dates that moved, guides. Each is told once, with a name that stays.

use jiff::civil::{Date, DateTime, Time};

use crate::derive::page::dates;
use crate::derive::page::routes::Subject;
use crate::derive::page::stable_id::uuid;
use crate::derive::report::timeliness;
use crate::derive::schedule::{Event, page_id};
use crate::model::Site;
use crate::model::document::{Document, DocumentKind};
use crate::model::page::Report;

/// What kind of news it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NewsKind {
    /// A report was issued.
    Report,
    /// A decision was taken.
    Decision,
    /// A date moved.
    Schedule,
    /// A guide or a training module was published or changed.
    Guide,
}

impl NewsKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Report, Self::Decision, Self::Schedule, Self::Guide];

    /// The word that names it in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "reports",
            Self::Decision => "decisions",
            Self::Schedule => "schedule",
            Self::Guide => "guides",
        }
    }
}

/// Something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What kind.
    pub kind: NewsKind,
    /// About what.
    pub subject: Subject,
    /// The name that stays: made of what it is about, never of an address, a title or the day.
    pub name: String,
    /// When it was first told, where that is known, in the portal's zone.
    pub published: Option<DateTime>,
    /// When it was last told, in the portal's zone.
    pub updated: DateTime,
    /// Which move of which of the events, for a date that moved.
    pub moved: Option<(usize, usize)>,
}

/// Everything new up to the day `as_of`, the newest first. `events` are those of `site`.
pub fn news(site: &Site, events: &[Event], as_of: Date) -> Vec<News> {
    let mut news: Vec<News> = reports(site, as_of)
        .chain(decisions(site))
        .chain(moves(site, events))
        .chain(guides(site, as_of))
        .filter(|news| news.updated.date() <= as_of)
        .collect();
    news.sort_by(|a, b| (b.updated, a.kind, &a.name).cmp(&(a.updated, b.kind, &b.name)));
    news
}

/// A report is one piece of news, told anew with every revision.
fn reports(site: &Site, as_of: Date) -> impl Iterator<Item = News> {
    let shown = timeliness::reports(site).filter(|(document, _)| !document.is_hidden());
    shown.filter_map(move |(document, report)| {
        let issued = report.issued.as_ref()?.civil(&site.zone);
        Some(News {
            updated: revised(site, report, as_of).map_or(issued, |at| at.max(issued)),
            published: Some(issued),
            ..about_page(site, NewsKind::Report, document)
        })
    })
}

/// When the last revision up to the day was told.
fn revised(site: &Site, report: &Report, as_of: Date) -> Option<DateTime> {
    let told = report.changes.iter().map(|change| change.at.civil(&site.zone));
    told.filter(|at| at.date() <= as_of).max()
}

fn about_page(site: &Site, kind: NewsKind, document: &Document) -> News {
    News {
        kind,
        subject: Subject::Document(document.key.clone()),
        name: uuid(&["news", "page", page_id(site, &document.key)]),
        published: None,
        updated: DateTime::MIN,
        moved: None,
    }
}

fn decisions(site: &Site) -> impl Iterator<Item = News> {
    site.decisions.iter().map(|decision| {
        let decided = decision.decided.civil(&site.zone);
        News {
            kind: NewsKind::Decision,
            subject: Subject::Decision(decision.id.clone()),
            name: uuid(&["news", "decision", &decision.id]),
            published: Some(decided),
            updated: decided,
            moved: None,
        }
    })
}

/// Every recorded move.
fn moves<'a>(site: &'a Site, events: &'a [Event]) -> impl Iterator<Item = News> + 'a {
    events.iter().enumerate().flat_map(move |(at, event)| {
        event.changes.iter().enumerate().map(move |(number, change)| News {
            kind: NewsKind::Schedule,
            subject: event.subject.clone(),
            // Moves are told in order, but one may be recorded late: what it was says which it is.
            name: uuid(&[
                "news",
                "move",
                &event.uid(site),
                &change.at.to_string(),
                &change.was.civil(&site.zone).to_string(),
            ]),
            published: Some(change.at),
            updated: change.at,
            moved: Some((at, number)),
        })
    })
}

/// Guides and training modules by the day of their last change, else of their publication, else of their
/// last review.
fn guides(site: &Site, as_of: Date) -> impl Iterator<Item = News> {
    let all = [DocumentKind::Guide, DocumentKind::Training].into_iter();
    let shown = all.flat_map(|kind| site.documents_of(kind)).filter(|document| !document.is_hidden());
    shown.filter_map(move |document| {
        let front = &document.main().front;
        let known = |day: &Date| *day <= as_of;
        let reviewed = || front.reviewed.as_ref().map(|day| day.value);
        let published = dates::published(site, document, document.main(), as_of).filter(known);
        let updated = dates::updated(site, document, document.main(), as_of).filter(known);
        let day = updated.or(published).or_else(reviewed)?;
        let midnight = |day: Date| day.to_datetime(Time::midnight());
        Some(News {
            published: published.map(midnight),
            updated: midnight(day),
            ..about_page(site, NewsKind::Guide, document)
        })
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::schedule::events;
    use crate::parse::sample::tree;

    const RELEASE: &str = "product: a\ncontents: []\nschedule: {install: 2026-10-20T20:00}\n\
                           schedule_changes: [{at: 2026-10-08T11:05, event: install, was: 2026-10-19T20:00}]\n";
    const DECISION: &str = "release: r\noutcome: confirmed\ndecided: 2026-10-19T10:40\nbuild: b\nby: {lead: confirmed}\nevidence: []\n";
    const REPORT: &str = "---\nissued: 2026-10-16T10:30\nrevision: 2\nchanges: [{revision: 2, at: 2026-10-18T09:00, text: Sums}]\n---\n# Report\n";

    fn told(guide: &str, as_of: Date) -> Vec<(String, &'static str)> {
        let site = tree(&[
            ("releases/r.yaml", RELEASE),
            ("decisions/d.yaml", DECISION),
            ("reports/c.md", REPORT),
            (guide, "---\nid: g\npublished: 2026-01-10\nupdated: 2026-10-17\n---\n# Guide\n"),
        ]);
        let all = news(&site, &events(&site), as_of);
        all.iter().map(|news| (news.updated.to_string(), news.kind.word())).collect()
    }

    #[test]
    fn the_newest_stands_first_and_nothing_is_told_before_its_day() {
        let all = [
            ("2026-10-19T10:40:00", "decisions"),
            ("2026-10-18T09:00:00", "reports"),
            ("2026-10-17T00:00:00", "guides"),
            ("2026-10-08T11:05:00", "schedule"),
        ];
        let owned = |news: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
            news.iter().map(|(at, kind)| ((*at).to_owned(), *kind)).collect()
        };
        assert_eq!(told("guides/g.md", date(2026, 10, 19)), owned(&all));
        assert_eq!(told("guides/g.md", date(2026, 10, 18)), owned(&all[1..]));
        // Before its revision the report is the first one, and before its change the guide is the old one.
        let before = [
            ("2026-10-16T10:30:00", "reports"),
            ("2026-10-08T11:05:00", "schedule"),
            ("2026-01-10T00:00:00", "guides"),
        ];
        assert_eq!(told("guides/g.md", date(2026, 10, 16)), owned(&before));
    }

    #[test]
    fn a_name_survives_a_move_and_another_day() {
        let names = |guide: &str, as_of: Date| -> Vec<String> {
            let site =
                tree(&[(guide, "---\nid: g\npublished: 2026-01-10\nupdated: 2026-10-17\n---\n# Guide\n")]);
            news(&site, &[], as_of).into_iter().map(|news| news.name).collect()
        };
        let first = names("guides/g.md", date(2026, 10, 16));
        assert_eq!(first.len(), 1);
        assert_eq!(first, names("guides/elsewhere/g.md", date(2026, 11, 16)));
    }
}
