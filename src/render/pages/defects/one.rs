//! The page of a defect.

use jiff::civil::DateTime;

use super::super::super::blocks::{
    Bit, Block, Cell, Fact, Head, Line, Row, Section, State, Table, join, status, text, with_small,
};
use super::super::super::names::View;
use super::super::labels::{attachment, build, column, fact, priority, rows_or};
use super::super::states::{self, severity, shown};
use super::super::{Sheet, references};
use super::{Group, age, group_of, leaks, score, status_of};
use crate::derive::defects::detail;
use crate::derive::defects::reporting_time;
use crate::derive::defects::retest::{self, Retest};
use crate::derive::defects::{self, Stay};
use crate::derive::gate::waiver::{self, WaiverState};
use crate::derive::page::routes::Subject;
use crate::derive::run::builds::{self, Builds};
use crate::derive::schedule::workdays::Workdays;
use crate::derive::schedule::working_hours::WorkingTime;
use crate::model::defect::{Defect, DefectStatus};
use crate::model::records::Record;
use crate::model::release::Waiver;
use crate::model::run::{CaseResult, Run, Status};
use crate::record::reference::{Ref, to};
use crate::record::time::Moment;

/// How many runs are shown.
const MOST_RUNS: usize = 20;

/// How many cases of a run are shown.
const MOST_CASES: usize = 20;

/// One defect.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(defect) = view.portal.site.defects.get(id) else {
        return Sheet::new("defect.html", Head::default(), Vec::new());
    };
    let naming = retest::naming(&view.portal.site, &view.portal.backlinks, id);
    let mut sections: Vec<Section> = leak(view, defect).into_iter().collect();
    sections.push(facts(view, defect, &naming));
    sections.push(steps(view, defect));
    sections.extend(difference(view, defect));
    sections.push(workaround(view, defect));
    sections.push(history(view, defect));
    sections.extend(attachments(view, defect));
    sections.extend(results(view, defect, naming));
    sections.extend(references::section(view, |subject| matches!(subject, Subject::Run(_))));
    Sheet::new("defect.html", head(view, defect), sections).restricted(defect.restriction.as_ref())
}

fn head(view: &View<'_>, defect: &Record<Defect>) -> Head {
    Head {
        kicker: vec![
            text(format!("{} {}", view.say("kind.defect"), defect.id)),
            severity(view, defect.severity.value),
            shown(view, &status_of(view, defect)),
        ],
        title: view.read(&defect.title),
        lede: defect.note.as_ref().map(|note| view.read(note)),
        actions: Vec::new(),
    }
}

/// That the defect leaked, and with which releases.
fn leak(view: &View<'_>, defect: &Record<Defect>) -> Option<Section> {
    let releases = leaks::releases(view, defect);
    if releases.is_empty() {
        return None;
    }
    let mut line = text(format!("{} ", view.say("defect.leaked")));
    line.extend(view.row(releases));
    let notice = Block::Notice { class: "is-warning", icon: "limited", line };
    Some(Section::new("leak", "", vec![notice]))
}

fn facts(view: &View<'_>, defect: &Record<Defect>, naming: &[&Record<Run>]) -> Section {
    let or_unknown = |line: Option<Line>| line.unwrap_or_else(|| view.unknown());
    let found = defect.found_in.as_ref();
    let is_open = matches!(group_of(view, defect), Group::Open | Group::Deferred);
    let environment = found.and_then(|found| Some(view.pointer(found.environment.as_ref()?.pointer())));
    let found_build = found.and_then(|found| Some(build(found.build.as_ref()?)));
    let mut facts: Vec<Fact> = vec![
        fact(view, "field.severity", severity(view, defect.severity.value)),
        fact(view, "field.priority", priority(view, defect.priority).0),
        fact(view, "field.status", shown(view, &status_of(view, defect))),
    ];
    facts.extend(is_open.then(|| fact(view, "defect.age", or_unknown(age(view, defect).map(text)))));
    facts.extend([
        fact(view, "field.environment", or_unknown(environment)),
        fact(view, "field.build", or_unknown(found_build)),
        fact(view, "field.observed", view.moment_or_unknown(defect.observed.as_deref())),
        fact(view, "field.reported", view.moment_or_unknown(defect.reported.as_deref())),
        fact(view, "defects.time_to_report", or_unknown(time_to_report(view, defect))),
        fact(view, "field.team", or_unknown(defect.team.as_ref().map(|team| view.pointer(team.pointer())))),
        fact(view, "field.ticket", or_unknown(defect.ticket.as_ref().map(|ticket| view.ticket(ticket)))),
    ]);
    let affects = view.row(defect.affects.iter().map(|release| affected(view, defect, release)));
    facts.push(fact(view, "field.affects", if affects.is_empty() { view.unknown() } else { affects }));
    facts.extend(
        found
            .and_then(|found| found.run.as_ref())
            .map(|run| fact(view, "field.run", view.pointer(run.pointer()))),
    );
    facts.extend(found.and_then(|found| found.case.as_ref()).map(|case| {
        let id = view.portal.site.case_id(case.id());
        let title = view.portal.site.cases.get(id).and_then(|case| case.value.title.as_ref());
        fact(view, "field.case", with_small(view.pointer(case.pointer()), view.line(title)))
    }));
    facts.extend(tested_again(view, defect, naming).map(|line| fact(view, "defect.retest", line)));
    facts.push(fact(view, "defect.detail", detail_line(view, defect)));
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
}

/// A release that the defect affects, and until when its waiver covers the defect.
fn affected(view: &View<'_>, defect: &Record<Defect>, release: &Ref<to::Release>) -> Line {
    let line = view.pointer(release.pointer());
    let site = &view.portal.site;
    let until = site.releases.get(release.id()).and_then(|release| {
        let covers = |waiver: &&Waiver| waiver.defects.iter().any(|covered| covered.id() == defect.id);
        let is_live = |waiver: &&Waiver| waiver::state(site, waiver, view.portal.as_of) == WaiverState::Live;
        let waivers = release.waivers.iter().filter(covers).filter(is_live);
        waivers.filter_map(|waiver| Some(waiver.expires.as_ref()?.value)).max()
    });
    let note = |day| view.fill("defect.waived", &[("date", &view.words().date_table(day))]);
    with_small(line, until.map_or_else(Line::new, |day| text(note(day))))
}

fn time_to_report(view: &View<'_>, defect: &Defect) -> Option<Line> {
    let site = &view.portal.site;
    let time = reporting_time::of_one(defect, &site.zone, Workdays::of(&site.portal))?;
    Some(with_small(text(working_time(view, time)), text(view.say("defect.in_working_time"))))
}

/// A length of working time in words.
pub fn working_time(view: &View<'_>, time: WorkingTime) -> String {
    match time.seconds {
        0 => view.fill("unit.minute", &[("n", &view.words().number(0))]),
        seconds => view.words().duration(seconds),
    }
}

/// Whether the fix was tested again; nothing of a defect that does not claim to be mended.
fn tested_again(view: &View<'_>, defect: &Record<Defect>, naming: &[&Record<Run>]) -> Option<Line> {
    use DefectStatus::{Closed, Reopened, Retest as Awaiting};
    if !matches!(status_of(view, defect), Closed | Reopened | Awaiting) {
        return None;
    }
    let builds = Builds::of(&view.portal.site);
    Some(match retest::of(&view.portal.basis(), &builds, defect, naming.iter().copied()) {
        Retest::Passed(run) => {
            let place = builds::of_run(&view.portal.site, run).map_or_else(Line::new, build);
            let passed = states::shown(view, &Status::Passed);
            with_small(join([passed, view.link(&Subject::Run(run.id.clone()))], " "), place)
        }
        Retest::Missing(cases) => {
            let missing = status(State::named("not_run"), view.say("defect.retest_missing"));
            let ids = cases.into_iter().map(|case| view.id(&Subject::Case(case.to_owned()), case));
            with_small(missing, view.row(ids))
        }
        Retest::Unknown => view.unknown(),
    })
}

/// How many of the details are there, and which are not.
fn detail_line(view: &View<'_>, defect: &Defect) -> Line {
    let missing: Vec<String> = detail::missing(defect)
        .into_iter()
        .map(|detail| view.say(&format!("field.{}", detail.word())).to_lowercase())
        .collect();
    let score = text(score(view, defect));
    if missing.is_empty() {
        return score;
    }
    with_small(score, text(view.fill("defect.detail_missing", &[("fields", &view.words().list(&missing))])))
}

fn steps(view: &View<'_>, defect: &Defect) -> Section {
    let items: Vec<Line> = defect.steps.iter().map(|step| text(view.read(step))).collect();
    let block = if items.is_empty() {
        Block::Empty { text: view.say("defect.steps_empty") }
    } else {
        Block::List { ordered: true, items }
    };
    Section::new("steps", view.say("field.steps"), vec![block])
}

/// What should happen beside what happens.
fn difference(view: &View<'_>, defect: &Defect) -> Option<Section> {
    if defect.expected.is_none() && defect.actual.is_none() {
        return None;
    }
    let side = |id: &str, key: &str, line: Line| {
        let line = if line.is_empty() { view.unknown() } else { line };
        Section::new(id, view.say(key), vec![Block::Paragraphs { lines: vec![line] }])
    };
    let sections = vec![
        side("expected", "field.expected", view.line(defect.expected.as_ref())),
        side("actual", "field.actual", view.line(defect.actual.as_ref())),
    ];
    Some(Section::new("", "", vec![Block::Columns { sections, class: "cols" }]))
}

fn workaround(view: &View<'_>, defect: &Defect) -> Section {
    let block = match &defect.workaround {
        Some(workaround) => Block::Paragraphs { lines: vec![text(view.read(workaround))] },
        None => Block::Empty { text: view.say("defect.workaround_none") },
    };
    Section::new("workaround", view.say("defect.workaround"), vec![block])
}

/// What happened when, and how long it stayed so.
fn history(view: &View<'_>, defect: &Defect) -> Section {
    let zone = &view.portal.site.zone;
    let stays = defects::stays(defect, zone, view.portal.as_of);
    let first = stays.first().map(|stay| stay.from);
    let reported = defects::reported_at(defect, zone).filter(|at| at.date() <= view.portal.as_of);
    let is_open = group_of(view, defect) != Group::Settled;
    let open = reported.map_or_else(Line::new, |from| lasted(view, from, first, is_open));
    let (while_seen, while_reported) =
        if defect.reported.is_some() { (Line::new(), open) } else { (open, Line::new()) };
    let event = |at: &Moment, key: &str, aside: Line| Row {
        when: view.moment(at),
        what: text(view.say(key)),
        aside,
        ..Row::default()
    };
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(defect.observed.as_ref().map(|at| event(at, "field.observed", while_seen)));
    rows.extend(defect.reported.as_ref().map(|at| event(at, "field.reported", while_reported)));
    rows.extend(stays.iter().map(|stay| change_row(view, stay)));
    let block = rows_or(view, rows, "defect.history_empty");
    Section::new("history", view.say("defect.history"), vec![block])
}

fn change_row(view: &View<'_>, stay: &Stay<'_>) -> Row {
    let change = stay.change;
    let brought = change.build.as_ref().map_or_else(Line::new, |name| build(name));
    let about = [brought, view.line(change.note.as_ref())].into_iter().filter(|line| !line.is_empty());
    Row {
        when: view.moment(&change.at),
        what: with_small(shown(view, &change.to.value), join(about, " · ")),
        aside: lasted(view, stay.from, stay.until, change.to.is_open()),
        ..Row::default()
    }
}

/// How long something stayed so, in calendar time: until it changed or, where it may still change, until
/// the day of the portal.
fn lasted(view: &View<'_>, from: DateTime, until: Option<DateTime>, may_change: bool) -> Line {
    let words = view.words();
    match until {
        Some(until) => text(view.fill("defect.lasted", &[("time", &elapsed(view, from, until))])),
        None if may_change => {
            let days = usize::try_from((view.portal.as_of - from.date()).get_days()).unwrap_or(0);
            text(view.fill("defect.so_far", &[("time", &words.count("count.days", days))]))
        }
        None => Line::new(),
    }
}

/// Calendar time between two times: from a day on in whole days.
fn elapsed(view: &View<'_>, from: DateTime, until: DateTime) -> String {
    const SECONDS_IN_DAY: u64 = 24 * 60 * 60;
    let seconds = u64::try_from(until.duration_since(from).as_secs()).unwrap_or(0);
    match usize::try_from(seconds / SECONDS_IN_DAY) {
        Ok(0) => working_time(view, WorkingTime { seconds }),
        days => view.words().count("count.days", days.unwrap_or(usize::MAX)),
    }
}

fn attachments(view: &View<'_>, defect: &Record<Defect>) -> Option<Section> {
    let items: Vec<Line> =
        defect.attachments.iter().map(|file| attachment(view, &defect.path, file)).collect();
    (!items.is_empty()).then(|| {
        Section::new(
            "attachments",
            view.say("field.attachments"),
            vec![Block::List { ordered: false, items }],
        )
    })
}

/// The results that name the defect, by run, the latest first.
fn results(view: &View<'_>, defect: &Record<Defect>, mut runs: Vec<&Record<Run>>) -> Option<Section> {
    let zone = &view.portal.site.zone;
    runs.sort_by_key(|run| std::cmp::Reverse((run.started.civil(zone), run.id.as_str())));
    let label = view.say("defect.results");
    let table = Table {
        label: label.clone(),
        columns: vec![column(view, "kind.run"), column(view, "field.build"), column(view, "kinds.case")],
        rows: runs.iter().take(MOST_RUNS).map(|run| result_row(view, defect, run)).collect(),
        sort: true,
    };
    let aside = if runs.len() > MOST_RUNS {
        view.words().of(MOST_RUNS, runs.len())
    } else {
        view.words().count("count.runs", runs.len())
    };
    (!runs.is_empty()).then(|| Section::new("results", label, vec![Block::Table(table)]).aside(text(aside)))
}

fn result_row(view: &View<'_>, defect: &Record<Defect>, run: &Record<Run>) -> Vec<Cell> {
    let site = &view.portal.site;
    let named =
        run.results.iter().filter(|result| result.defects.iter().any(|named| named.id() == defect.id));
    let named: Vec<&CaseResult> = named.collect();
    let by_status = Status::ALL.iter().filter_map(|status| {
        let of_status: Vec<&CaseResult> =
            named.iter().copied().filter(|result| result.status.value == *status).collect();
        (!of_status.is_empty()).then(|| {
            let mut line = shown(view, status);
            line.push(Bit::Text { text: " ".to_owned() });
            line.extend(cases(view, &of_status));
            line
        })
    });
    let link = view.link(&Subject::Run(run.id.clone()));
    vec![
        Cell::sorted(with_small(link, view.moment(&run.started)), run.started.civil(&site.zone)),
        builds::of_run(site, run).map_or_else(|| view.unknown(), build).into(),
        join(by_status, " ").into(),
    ]
}

/// The cases of some results; of very many the first, and how many more.
fn cases(view: &View<'_>, results: &[&CaseResult]) -> Line {
    let site = &view.portal.site;
    let case = |result: &&CaseResult| match &result.case {
        Some(case) => view.id(&Subject::Case(site.case_id(case.id()).to_owned()), case.id()),
        None => view.line(result.title.as_ref()),
    };
    let mut line = view.row(results.iter().take(MOST_CASES).map(case));
    let more = results.len().saturating_sub(MOST_CASES);
    if more > 0 {
        line.push(Bit::Text { text: format!(" + {}", view.words().count("count.cases", more)) });
    }
    line
}
