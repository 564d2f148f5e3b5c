//! The example portal on sixty days, one after the other: the day decides what is due and what is over, and
//! nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use juhend::derive::guidance::freshness::{self, Review};
use juhend::derive::report::timeliness::{self, Timeliness};
use juhend::derive::schedule::{self, Event};
use juhend::model::Site;
use juhend::model::audience::Audience;
use juhend::model::document::{Document, DocumentKind};
use juhend::parse::{self, Cache, Options};
use juhend::render::theme::ThemeFiles;
use juhend::render::{Content, Portal, Theme, plan};
use juhend::source::folder;
use juhend::words::Words;
use rayon::prelude::*;

const FIRST: Date = date(2026, 9, 28);

/// Sixty days: the October release from its freeze to long after its install, and a cloning.
fn days() -> Vec<Date> {
    (0..60).map(|number| FIRST.saturating_add(number.days())).collect()
}

fn site() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sources, _) = folder::read(root, &root.join("content"), 1 << 20).expect("the example");
    let (settings, _) = parse::settings(&sources, "content", "Example");
    let options = Options {
        content: "content".into(),
        audience: Audience::Internal,
        drafts: false,
        labels: BTreeMap::new(),
    };
    parse::site(&sources, &settings, &options, &mut Cache::default()).0
}

/// Every calendar of the portal on a day, by its address.
fn calendars(site: &Site, words: &[Arc<Words>], theme: &Theme, day: Date) -> BTreeMap<String, String> {
    let base = Some("https://testing.example.ee/".to_owned());
    let portal = Portal::new(site.clone(), day, words.to_vec(), base);
    let pages = plan(&portal, theme).into_iter();
    let calendars = pages.filter(|page| matches!(page.content, Content::Calendar(..)));
    calendars
        .map(|page| {
            let drawn = page.render(&portal, theme).expect("a calendar").expect("bytes");
            (page.address, String::from_utf8(drawn.bytes).expect("UTF-8"))
        })
        .collect()
}

fn uids(calendar: &str) -> BTreeSet<&str> {
    calendar.lines().filter_map(|line| line.strip_prefix("UID:")).collect()
}

#[test]
fn no_calendar_knows_which_day_it_is() {
    let site = site();
    let files = ThemeFiles::builtin();
    let words: Vec<Arc<Words>> = files.words(&site.languages).0.into_iter().map(Arc::new).collect();
    let theme = Theme::new(&files, words.iter().map(|words| &**words), Vec::new()).expect("the theme");
    let first = calendars(&site, &words, &theme, FIRST);
    let whole = uids(&first["/schedule.ics"]);
    assert!(whole.len() > 80 && first.len() > 200, "{} events, {} calendars", whole.len(), first.len());
    assert_eq!(whole, uids(&first["/en/schedule.ics"]));
    let is_part = |calendar: &String| uids(calendar).is_subset(&whole);
    assert!(first.values().all(is_part), "every calendar is a part of the whole");
    days().into_par_iter().for_each(|day| {
        let other = calendars(&site, &words, &theme, day);
        let differing: Vec<&String> =
            first.keys().filter(|address| first.get(*address) != other.get(*address)).collect();
        assert!(differing.is_empty() && first.len() == other.len(), "on {day}: {differing:?}");
    });
}

/// What is said of something on a day.
type States = BTreeMap<String, String>;

fn guides(site: &Site) -> impl Iterator<Item = &Document> {
    site.documents_of(DocumentKind::Guide)
}

fn states(site: &Site, events: &[Event], day: Date) -> States {
    let reviews = guides(site).map(|guide| {
        let state = match freshness::review(site, &guide.main().front, day) {
            Review::Unknown => "unknown",
            Review::Fresh(_) => "fresh",
            Review::Due(_) => "due",
            Review::Overdue(_) => "overdue",
        };
        (format!("review {}", guide.key), state)
    });
    let reports = timeliness::reports(site).map(|(document, report)| {
        let state = match timeliness::of_report(site, report, day).timeliness {
            Timeliness::Missing(_) => "missing",
            Timeliness::NotYetDue => "not yet due",
            Timeliness::Unscheduled => "unscheduled",
            Timeliness::Late(_) => "late",
            Timeliness::Issued => "issued",
            Timeliness::OnTime => "on time",
        };
        (format!("report {}", document.key), state)
    });
    let happenings = events.iter().map(|event| {
        let state = if day < event.day() {
            "to come"
        } else if day <= event.last_day() {
            "under way"
        } else {
            "over"
        };
        (format!("event {}", event.uid(site)), state)
    });
    let all = reviews.chain(reports).chain(happenings);
    all.map(|(name, state)| (name, state.to_owned())).collect()
}

/// On which days the content says that states change.
fn turning_days(site: &Site, events: &[Event]) -> BTreeSet<(Date, String)> {
    let after = |day: Date| day.saturating_add(1.day());
    let reviews = guides(site).flat_map(|guide| {
        let next = freshness::review(site, &guide.main().front, FIRST).next();
        let name = format!("review {}", guide.key);
        next.into_iter().flat_map(move |next| {
            [(next.saturating_sub(30.days()), name.clone()), (after(next), name.clone())]
        })
    });
    let reports = timeliness::reports(site).flat_map(|(document, report)| {
        let issued = report.issued.as_ref().map(|at| at.date(&site.zone));
        let late = timeliness::due(site, report).map(|due| after(due.date(&site.zone)));
        // What is issued in time is never missing.
        let missing = late.filter(|late| issued.is_none_or(|issued| issued >= *late));
        let name = format!("report {}", document.key);
        issued.into_iter().chain(missing).map(move |day| (day, name.clone())).collect::<Vec<_>>()
    });
    let happenings = events.iter().flat_map(|event| {
        let name = format!("event {}", event.uid(site));
        [(event.day(), name.clone()), (after(event.last_day()), name)]
    });
    reviews.chain(reports).chain(happenings).collect()
}

#[test]
fn every_state_changes_on_its_day_and_no_other() {
    let site = site();
    let events = schedule::events(&site);
    let told: Vec<(Date, States)> =
        days().into_iter().map(|day| (day, states(&site, &events, day))).collect();
    let changed: BTreeSet<(Date, String)> = told
        .windows(2)
        .flat_map(|pair| {
            let [(_, before), (day, after)] = pair else { return Vec::new() };
            let names = after.keys().filter(|name| before.get(*name) != after.get(*name));
            names.map(|name| (*day, name.clone())).collect()
        })
        .collect();
    let days: BTreeSet<Date> = days().into_iter().skip(1).collect();
    let wanted: BTreeSet<(Date, String)> =
        turning_days(&site, &events).into_iter().filter(|(day, _)| days.contains(day)).collect();
    assert_eq!(changed, wanted);
    assert!(changed.len() > 60, "enough happens: {}", changed.len());
}
