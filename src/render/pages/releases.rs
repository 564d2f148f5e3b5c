//! Releases and hot-fixes.

use super::super::blocks::{Bit, Block, Cell, Line, Section, Table, bar, text, with_small};
use super::super::names::View;
use super::labels::{build, column};
use super::states::shown;
use super::{Sheet, list_head};
use crate::derive::decision;
use crate::derive::defects::leaks;
use crate::derive::gate;
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::counts::{Counts, share_down};
use crate::derive::run::final_status;
use crate::derive::schedule::slip;
use crate::derive::schedule::{self, Event};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseEnvironment, ReleaseStatus, ReleaseType, ScheduleEvent};
use crate::model::run::Run;
use crate::words::Spoken;

/// All releases: in test, planned, past.
pub fn list(view: &View<'_>) -> Sheet {
    use ReleaseStatus::{Cancelled, Decided, InTest, Planned, Released, RolledBack};
    let group = |wanted: &[ReleaseStatus], newest_first: bool| {
        let mut found: Vec<&Record<Release>> =
            view.portal.site.releases.iter().filter(|release| wanted.contains(&status_of(release))).collect();
        found.sort_by_key(|release| install_day(view, release));
        if newest_first {
            found.reverse();
        }
        found
    };
    let section = |id: &str,
                   releases: &[&Record<Release>],
                   table: fn(&View<'_>, &[&Record<Release>], &str) -> Block| {
        let title = view.say(&format!("releases.{id}"));
        let block = if releases.is_empty() {
            Block::Empty { text: view.say(&format!("releases.{id}_empty")) }
        } else {
            table(view, releases, &title)
        };
        Section::new(id, title, vec![block])
    };
    let sections = vec![
        section("in_test", &group(&[InTest, Decided], false), coming),
        section("planned", &group(&[Planned], false), coming),
        section("past", &group(&[Released, RolledBack, Cancelled], true), past),
    ];
    Sheet::new("releases.html", list_head(view, List::Releases, "releases.lead"), sections)
}

/// The status of a release; one that says nothing is planned.
pub fn status_of(release: &Release) -> ReleaseStatus {
    release.status.as_ref().map_or(ReleaseStatus::Planned, |status| status.value)
}

/// Whether the release is past any decision about its install: installed, taken back or given up.
pub fn is_over(release: &Release) -> bool {
    use ReleaseStatus::{Cancelled, Released, RolledBack};

    matches!(status_of(release), Released | RolledBack | Cancelled)
}

/// When the install of a release begins, in the portal's zone.
pub fn install_day(view: &View<'_>, release: &Release) -> Option<jiff::civil::DateTime> {
    release.schedule.install.as_ref().map(|install| install.from.civil(&view.portal.site.zone))
}

/// Releases that may still be installed, with what their gates say.
fn coming(view: &View<'_>, releases: &[&Record<Release>], label: &str) -> Block {
    let row = |release: &&Record<Release>| {
        let result = final_counts(view, &release.id).and_then(|counts| bar(&counts, view.words()));
        let found = gate::of(view.portal.basis(), release);
        let verdict = with_small(shown(view, &found.result()), text(super::gate::tally(view, &found)));
        vec![
            name_cell(view, release),
            verdict.into(),
            shown(view, &status_of(release)).into(),
            build_cell(view, release),
            install_cell(view, release),
            result.map_or_else(|| Cell::from(view.unknown()), Cell::bar),
        ]
    };
    let columns =
        ["kind.release", "release.gate", "field.status", "field.build", "event.install", "field.results"];
    table(view, label, &columns, releases.iter().map(row).collect())
}

/// How the cases of a release ended over all its runs; nothing where none is planned or run.
pub fn final_counts(view: &View<'_>, release: &str) -> Option<Counts> {
    let counts = final_status::of_release(view.portal.basis(), release).counts();
    (counts.planned() > 0).then_some(counts)
}

/// Past releases, with the decision about each, how far its install slipped and what was known to be broken.
fn past(view: &View<'_>, releases: &[&Record<Release>], label: &str) -> Block {
    let row = |release: &&Record<Release>| {
        vec![
            name_cell(view, release),
            shown(view, &status_of(release)).into(),
            outcome(view, release).into(),
            build_cell(view, release),
            install_cell(view, release),
            slip_cell(view, release),
            leaks_cell(view, release),
        ]
    };
    let columns = [
        "kind.release",
        "field.status",
        "release.decision",
        "field.build",
        "event.install",
        "field.slip",
        "release.leaks",
    ];
    table(view, label, &columns, releases.iter().map(row).collect())
}

fn table(view: &View<'_>, label: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    let columns = columns.iter().map(|key| column(view, key)).collect();
    Block::Table(Table { label: label.to_owned(), columns, rows, sort: true })
}

fn name_cell(view: &View<'_>, release: &Record<Release>) -> Cell {
    Cell::sorted(with_small(name(view, release), text(view.product(release.product.id()))), &release.id)
}

fn build_cell(view: &View<'_>, release: &Release) -> Cell {
    release.build.as_ref().map_or_else(|| view.unknown(), |name| build(name)).into()
}

fn install_cell(view: &View<'_>, release: &Release) -> Cell {
    let install = release.schedule.install.as_ref();
    let when = install.map_or_else(|| view.unknown(), |install| view.moment(&install.from));
    Cell::sorted(when, install_day(view, release).map_or_else(String::new, |at| at.to_string()))
}

/// What was decided, and whether that still holds.
fn outcome(view: &View<'_>, release: &Record<Release>) -> Line {
    let basis = view.portal.basis();
    let Some(decision) = decision::current(basis.site, &release.id, basis.as_of) else {
        return with_small(view.unknown(), text(view.say("release.decision_missing")));
    };
    let word = shown(view, &decision.outcome.value);
    let state = decision::validity(basis, decision).state();
    let page = view.link_as(
        &Subject::Decision(decision.id.clone()),
        view.say(&format!("decision_state.{}", state.word())),
    );
    with_small(word, page)
}

/// How far the install moved, in workdays and moves.
fn slip_cell(view: &View<'_>, release: &Release) -> Cell {
    let Some(slip) = slip::of(&view.portal.site, release, ScheduleEvent::Install) else {
        return Cell::sorted(text(view.words().number(0)), 0);
    };
    let moves = text(view.words().count("count.moves", slip.moves));
    Cell::sorted(with_small(text(view.words().signed(slip.workdays)), moves), slip.workdays)
}

/// What was known to be broken when the release was installed, by number and id.
fn leaks_cell(view: &View<'_>, release: &Record<Release>) -> Cell {
    let Some(found) = leaks::of_release(&view.portal.basis(), release) else { return view.unknown().into() };
    let ids = found.known.iter().map(|defect| view.id(&Subject::Defect(defect.id.clone()), &defect.id));
    let mut line = with_small(text(view.words().number(found.known.len())), view.row(ids));
    if !found.unknown.is_empty() {
        let unknown = view.words().number(found.unknown.len());
        line = with_small(
            line,
            text(view.fill("value.label", &[("label", &view.say("value.unknown")), ("value", &unknown)])),
        );
    }
    Cell::sorted(line, found.known.len())
}

/// A release's id and title, with a mark if it is a hot-fix.
pub fn name(view: &View<'_>, release: &Record<Release>) -> Line {
    let subject = Subject::Release(release.id.clone());
    let title = view.name(&subject);
    let shown =
        if title == *release.id { title } else { Spoken::from(format!("{} ", release.id)).and(title) };
    let mut line = view.link_as(&subject, &shown);
    line.extend(hotfix_badge(view, release));
    line
}

pub fn hotfix_badge(view: &View<'_>, release: &Release) -> Option<Bit> {
    (release.r#type == Some(ReleaseType::Hotfix))
        .then(|| Bit::Badge { text: view.say("kind.hotfix"), class: "solid is-failed" })
}

/// The first event of a release that is not past.
pub fn next_event(view: &View<'_>, release: &Record<Release>) -> Option<Event> {
    schedule::next_of_release(&view.portal.site, release, view.portal.as_of)
}

/// When an event is, in words.
pub fn event_time(view: &View<'_>, event: &Event) -> Line {
    let words = view.words();
    let datetime = event.from.strftime("%Y-%m-%dT%H:%M").to_string();
    let shown = match (event.until, event.has_time) {
        (Some(until), true) => words.date_time_range_table(event.from, until),
        (Some(until), false) => words.date_range(event.from.date(), until.date()),
        (None, true) => words.date_time_table(event.from),
        (None, false) => words.date_table(event.day()),
    };
    vec![Bit::Time { text: shown, datetime }]
}

/// The runs of a release, the latest first.
pub fn runs_of<'a>(view: &View<'a>, release: &str) -> Vec<&'a Record<Run>> {
    let site = &view.portal.site;
    let mut runs: Vec<&Record<Run>> = site.runs.iter().filter(|run| run.release.id() == release).collect();
    runs.sort_by_key(|run| std::cmp::Reverse((run.started.civil(&site.zone), run.id.as_str())));
    runs
}

/// What a release uses an environment for: the catalogue's word for it, else the author's.
pub fn purpose(view: &View<'_>, entry: &ReleaseEnvironment) -> String {
    entry.r#use.as_ref().map_or_else(String::new, |purpose| {
        let key = format!("environment_use.{}", purpose.value.replace('-', "_"));
        if view.words().has(&key) { view.say(&key) } else { purpose.value.clone() }
    })
}

/// "393 of 412" as a share rounded down, printed with its numbers.
pub fn executed(view: &View<'_>, counts: &Counts) -> (String, String) {
    let words = view.words();
    let share = share_down(counts.executed(), counts.planned());
    (
        words.of(counts.executed(), counts.planned()),
        share.map_or_else(|| view.say("value.unknown"), |tenths| words.percent_tenths(tenths)),
    )
}
