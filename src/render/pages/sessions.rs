//! Sessions of training modules: those to come, and how many came to those that are over.

use std::cmp::Reverse;

use jiff::civil::DateTime;

use super::super::blocks::{Bit, Block, Cell, Column, Line, Row, Section, Table, join, text, with_small};
use super::super::names::View;
use super::events;
use super::labels::{column, figures, rows_or};
use crate::derive::guidance::attendance::{self, Attendance};
use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::page::Session;
use crate::words::Spoken;

/// A session, and the module it is of where that is not clear from the page.
pub struct Held<'a> {
    /// The module.
    pub subject: Subject,
    /// Its name, linked.
    pub name: Line,
    /// The session.
    pub session: &'a Session,
}

/// Those to come, the next one first, and those that are over, the latest first.
pub fn split<'a>(view: &View<'_>, held: impl Iterator<Item = Held<'a>>) -> (Vec<Held<'a>>, Vec<Held<'a>>) {
    let is_over = |held: &Held<'_>| attendance::is_over(&view.portal.site, held.session, view.portal.as_of);
    let (mut past, mut coming): (Vec<Held<'_>>, Vec<Held<'_>>) = held.partition(is_over);
    coming.sort_by_key(|held| begins(view, held.session));
    past.sort_by_key(|held| Reverse(begins(view, held.session)));
    (coming, past)
}

fn begins(view: &View<'_>, session: &Session) -> DateTime {
    session.at.civil(&view.portal.site.zone)
}

/// The sessions to come, as a timetable.
pub fn coming(view: &View<'_>, coming: &[Held<'_>]) -> Section {
    let rows = coming.iter().map(|held| coming_row(view, held)).collect();
    let block = rows_or(view, rows, "training.next_sessions_empty");
    Section::new("sessions", view.say("training.next_sessions"), vec![block])
}

fn coming_row(view: &View<'_>, held: &Held<'_>) -> Row {
    let session = held.session;
    let until = session.until.as_ref().map(|until| until.civil(&view.portal.site.zone));
    let place = view.line(session.place.as_ref());
    let trainer = session
        .trainer
        .as_ref()
        .map(|trainer| join([text(view.say("field.trainer")), view.pointer(trainer.pointer())], ": "));
    let teams = view.row(session.teams.iter().map(|team| view.pointer(team.pointer())));
    let (what, details) = if held.name.is_empty() {
        (place, join([teams].into_iter().chain(trainer).filter(|line| !line.is_empty()), " · "))
    } else {
        let details = [place, teams].into_iter().chain(trainer).filter(|line| !line.is_empty());
        (held.name.clone(), join(details, " · "))
    };
    let event = event(view, held);
    let seats = session.seats.map(|seats| text(view.words().count("count.seats", seats as usize)));
    let mut aside = seats.filter(|_| attendance::is_held(session)).unwrap_or_default();
    aside.extend(event.map_or_else(Line::new, |event| events::badges(view, event)));
    let ways = event.map_or_else(Line::new, |event| events::to_calendar(view, event));
    Row {
        when: events::when(view, begins(view, session), until, session.at.has_time()),
        what: with_small(what, on_lines([details, ways])),
        aside,
        ..Row::default()
    }
}

/// The second below the first, where both say something.
fn on_lines([mut first, second]: [Line; 2]) -> Line {
    if !first.is_empty() && !second.is_empty() {
        first.push(Bit::Break);
    }
    first.extend(second);
    first
}

/// The session in the schedule, which knows whether it moved.
fn event<'a>(view: &View<'a>, held: &Held<'_>) -> Option<&'a Event> {
    let begins = begins(view, held.session);
    let is_it = |event: &&Event| {
        event.kind == EventKind::Training && event.from == begins && event.subject == held.subject
    };
    view.portal.events.iter().find(is_it)
}

/// The sessions that are over, and how many came to each; nothing where there are none.
pub fn past(view: &View<'_>, past: &[Held<'_>]) -> Option<Section> {
    if past.is_empty() {
        return None;
    }
    let has_names = past.iter().any(|held| !held.name.is_empty());
    let mut columns: Vec<Column> = vec![column(view, "field.date")];
    columns.extend(has_names.then(|| column(view, "kind.training")));
    columns.extend([
        column(view, "field.place"),
        figures(view, "field.attended"),
        column(view, "field.teams"),
    ]);
    let table = Table {
        label: view.say("training.past_sessions"),
        columns,
        rows: past.iter().map(|held| past_row(view, held, has_names)).collect(),
        sort: true,
    };
    let sum = attendance::of(past.iter().map(|held| held.session));
    let section = Section::new("past", view.say("training.past_sessions"), vec![Block::Table(table)]);
    Some(section.aside(text(summed(view, sum))))
}

/// "8 sessions · 60 participants", and how many sessions nobody counted.
fn summed(view: &View<'_>, sum: Attendance) -> String {
    let words = view.words();
    let mut parts = vec![words.count("count.sessions", sum.sessions)];
    parts.extend((sum.counted > 0).then(|| words.count("count.participants", sum.came)));
    let uncounted = sum.sessions - sum.counted;
    parts.extend((uncounted > 0).then(|| words.count("training.uncounted", uncounted)));
    parts.join(" · ")
}

fn past_row(view: &View<'_>, held: &Held<'_>, has_names: bool) -> Vec<Cell> {
    let session = held.session;
    let mut row = vec![Cell::sorted(view.moment(&session.at), begins(view, session))];
    row.extend(has_names.then(|| Cell::from(held.name.clone())));
    row.push(view.line(session.place.as_ref()).into());
    row.push(attended(view, session));
    row.push(teams(view, session).into());
    row
}

/// How many came, of how many seats; unknown where nobody counted.
fn attended(view: &View<'_>, session: &Session) -> Cell {
    let Some(came) = attendance::came(session) else {
        let cancelled = || vec![Bit::Small { line: text(view.say("time.cancelled")) }];
        let why = if attendance::is_held(session) { view.unknown() } else { cancelled() };
        return Cell::sorted(why, 0);
    };
    let shown = session
        .seats
        .map_or_else(|| view.words().number(came), |seats| view.words().of(came, seats as usize));
    Cell::sorted(text(shown), came)
}

/// The teams with how many of each came.
fn teams(view: &View<'_>, session: &Session) -> Line {
    let is_counted = attendance::came(session).is_some();
    let teams = attendance::of_session(session).into_iter().map(|(team, count)| {
        let mut line = text(view.team(team));
        let number = count.map(|count| text(view.words().number(count)));
        let number =
            number.or_else(|| is_counted.then(|| vec![Bit::Small { line: text(view.say("value.unknown")) }]));
        if let Some(number) = number {
            line.extend(text(" "));
            line.extend(number);
        }
        line
    });
    view.row(teams)
}

/// The sessions that are over by team: to how many each was invited or came, and how many came.
pub fn by_team(view: &View<'_>, past: &[Held<'_>]) -> Option<Section> {
    let teams = attendance::by_team(past.iter().map(|held| held.session));
    if teams.is_empty() {
        return None;
    }
    let mut rows: Vec<(Spoken, Attendance)> =
        teams.into_iter().map(|(team, sum)| (view.team(team), sum)).collect();
    rows.sort_by(|a, b| view.words().compare(&a.0, &b.0));
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    let of = |sum: Attendance| Cell::sorted(text(view.words().of(sum.counted, sum.sessions)), sum.counted);
    let came = |sum: Attendance| if sum.counted == 0 { view.unknown().into() } else { number(sum.came) };
    let table = Table {
        label: view.say("training.by_team"),
        columns: vec![
            column(view, "field.team"),
            figures(view, "training.counted"),
            figures(view, "field.attended"),
        ],
        rows: rows.into_iter().map(|(team, sum)| vec![text(team).into(), of(sum), came(sum)]).collect(),
        sort: true,
    };
    Some(Section::new("teams", view.say("training.by_team"), vec![Block::Table(table)]))
}
