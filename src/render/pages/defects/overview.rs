//! How all defects stand together: open by severity and age, known leaks, times to report.

use super::super::super::blocks::{Bit, Block, Fact, Row, Section, State, Tile, join, text, with_small};
use super::super::super::chart::{self, About, Bars, Measured, Series};
use super::super::super::names::View;
use super::super::labels::fact;
use super::super::releases;
use super::{Group, group_of, ids, leaks as leak_words};
use crate::derive::defects::detail::{self, Detail};
use crate::derive::defects::leaks::{self, Leaks};
use crate::derive::defects::reporting_time::ReportingTime;
use crate::derive::defects::{self, OpenDefects};
use crate::derive::page::routes::Subject;
use crate::derive::schedule::workdays::Workdays;
use crate::derive::schedule::working_hours::WorkingTime;
use crate::model::defect::{Defect, Severity};
use crate::model::records::Record;

/// The last day of each age that is counted together, with the name of the age.
const AGES: [(usize, &str); 4] = [
    (7, "defects.age_week"),
    (30, "defects.age_month"),
    (90, "defects.age_quarter"),
    (usize::MAX, "defects.age_older"),
];

/// The first screenful of the list; `anchor` is the way to the section of a group.
pub fn sections(view: &View<'_>, anchor: &dyn Fn(Group) -> Option<String>) -> Vec<Section> {
    let basis = view.portal.basis();
    let open = defects::open(&basis);
    let times = times(view);
    let leaked = leaks::all(&basis);
    vec![
        Section::new("", "", vec![tiles(view, &open, &times, anchor)]),
        Section::new(
            "",
            "",
            vec![Block::Columns {
                sections: vec![by_severity(view, &open), reporting(view, &open, &times)],
                class: "split",
            }],
        ),
        leaks_section(view, &leaked),
    ]
}

fn tiles(
    view: &View<'_>,
    open: &OpenDefects<'_>,
    times: &ReportingTime,
    anchor: &dyn Fn(Group) -> Option<String>,
) -> Block {
    let words = view.words();
    let tile = |figure: usize, label: String, state, href: Option<String>| Tile {
        figure: words.number(figure),
        label,
        state: Some(state).filter(|_| figure > 0),
        href: href.filter(|_| figure > 0),
    };
    let grave = open.of_severity(Severity::Critical) + open.of_severity(Severity::Major);
    let settled = view.portal.site.defects.iter().filter(|defect| group_of(view, defect) == Group::Settled);
    let leaked = leaks::leaked(&view.portal.basis()).len();
    Block::Tiles {
        tiles: vec![
            tile(open.open.len(), view.say("defects.open"), State::named("failed"), anchor(Group::Open)),
            tile(grave, view.say("defects.grave"), State::named("failed"), anchor(Group::Open)),
            tile(
                open.deferred.len(),
                view.say("defect_status.deferred"),
                State::named("skipped"),
                anchor(Group::Deferred),
            ),
            tile(
                leaked,
                words.count("defects.leaked", leaked),
                State::named("failed"),
                Some("#leaks".to_owned()),
            ),
            Tile {
                figure: working_time(view, times.median()),
                label: view.say("defects.median_to_report"),
                state: None,
                href: Some("#time-to-report".to_owned()),
            },
            tile(
                settled.count(),
                view.say("defects.settled"),
                State::named("passed"),
                anchor(Group::Settled),
            ),
        ],
    }
}

/// The open defects by severity and age as a chart.
fn by_severity(view: &View<'_>, open: &OpenDefects<'_>) -> Section {
    let title = view.say("defects.by_severity_and_age");
    let words = view.words();
    let aside = text(words.count("count.defects", open.open.len()));
    if open.open.is_empty() {
        let empty = Block::Empty { text: view.say("defects.open_empty") };
        return Section::new("by-severity", title, vec![empty]);
    }
    let series: Vec<Series> = Severity::ALL
        .iter()
        .map(|severity| Series::severity(view.say(&format!("severity.{}", severity.word())), *severity))
        .collect();
    let rows = by_age(view, &open.open);
    let numbers = rows.iter().map(|(name, counts)| (text(name.clone()), counts.to_vec())).collect();
    let numbers = chart::numbers(&title, &view.say("defect.age"), &series, numbers, words);
    let bars: Vec<Measured> = rows
        .into_iter()
        .map(|(name, counts)| Measured {
            name,
            value: words.number(counts.iter().sum()),
            counts: counts.to_vec(),
            planned: None,
        })
        .collect();
    let about =
        About { id: "open-by-age".to_owned(), title: title.clone(), text: view.say("defects.by_age_text") };
    let chart = Bars::chart(about, &series, &bars, numbers, words);
    Section::new("by-severity", title, vec![Block::Chart(Box::new(chart))]).aside(aside)
}

/// How many open defects of each severity there are of each age. An age that is not known has a row of
/// its own, where there is one.
fn by_age(view: &View<'_>, open: &[&Record<Defect>]) -> Vec<(String, [usize; 4])> {
    let zone = &view.portal.site.zone;
    let counts = |is_of: &dyn Fn(Option<usize>) -> bool| {
        [Severity::Critical, Severity::Major, Severity::Minor, Severity::Cosmetic].map(|severity| {
            let of_severity = open.iter().filter(|defect| defect.severity.value == severity);
            of_severity.filter(|defect| is_of(defects::age(defect, zone, view.portal.as_of))).count()
        })
    };
    let mut first = 0;
    let mut rows = Vec::new();
    for (last, key) in AGES {
        let is_of = move |age: Option<usize>| age.is_some_and(|age| (first..=last).contains(&age));
        rows.push((view.say(key), counts(&is_of)));
        first = last.saturating_add(1);
    }
    let unknown = counts(&|age| age.is_none());
    if unknown.iter().any(|count| *count > 0) {
        rows.push((view.say("defects.age_unknown"), unknown));
    }
    rows
}

/// The times to report of all defects that were reported by the day.
fn times(view: &View<'_>) -> ReportingTime {
    let site = &view.portal.site;
    let known = site.defects.iter().filter(|defect| group_of(view, defect) != Group::Later);
    ReportingTime::of(known.map(|defect| &defect.value), &site.zone, Workdays::of(&site.portal))
}

/// Time to report, and how well open defects are described.
fn reporting(view: &View<'_>, open: &OpenDefects<'_>, times: &ReportingTime) -> Section {
    let words = view.words();
    let full = open.open.iter().filter(|defect| detail::missing(defect).is_empty()).count();
    let facts: Vec<Fact> = vec![
        fact(view, "defects.median", text(working_time(view, times.median()))),
        fact(view, "defects.mean", text(working_time(view, times.mean()))),
        fact(view, "defects.both_times", text(words.of(times.known(), times.all()))),
        Fact {
            label: view.fill("defects.full_detail", &[("n", &words.number(Detail::ALL.len()))]),
            value: text(words.of(full, open.open.len())),
        },
    ];
    let note = vec![vec![Bit::Small { line: text(view.say("defects.working_hours")) }]];
    let blocks = vec![Block::Facts { facts, side: true }, Block::Paragraphs { lines: note }];
    Section::new("time-to-report", view.say("defects.time_to_report"), blocks)
        .more(view.say("counting.title"), view.href(&Subject::Counting))
}

/// Working time, or that it is not known.
fn working_time(view: &View<'_>, time: Option<WorkingTime>) -> String {
    time.map_or_else(|| view.say("value.unknown"), |time| super::one::working_time(view, time))
}

/// The known leaks of every installed release.
fn leaks_section(view: &View<'_>, leaks: &[Leaks<'_>]) -> Section {
    let title = view.say("defects.leaks");
    if leaks.is_empty() {
        let empty = Block::Empty { text: view.say("defects.nothing_installed") };
        return Section::new("leaks", title, vec![empty]);
    }
    let rows = leaks.iter().map(|leaks| leak_row(view, leaks)).collect();
    let list = Block::Rows { ordered: true, rows };
    Section::new("leaks", title, vec![list]).aside(text(view.say("defects.leak_target")))
}

/// The install, the release with what leaked, and how many did.
fn leak_row(view: &View<'_>, leaks: &Leaks<'_>) -> Row {
    let named = [ids(view, &leaks.known), leak_words::undecided(view, leaks)];
    let named = join(named.into_iter().filter(|line| !line.is_empty()), "; ");
    Row {
        when: leaks.installed.map_or_else(|| view.unknown(), |at| view.day(at.date())),
        what: with_small(releases::name(view, leaks.release), named),
        aside: leak_words::count(view, leaks),
        ..Row::default()
    }
}
