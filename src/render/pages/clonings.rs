//! Clonings: when an environment is overwritten, who is affected, what is lost, what to do afterwards.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::super::blocks::{
    Bit, Block, CheckItem, Fact, Head, Line, Row, Section, State, join, status, text, whole, with_small,
};
use super::super::names::View;
use super::environments::{data_status, sets_in};
use super::states::{self, shown_or_unknown};
use super::{Sheet, events, references};
use crate::derive::environment::readiness::{has_begun, is_done};
use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::environment::{Cloning, CloningStatus, Environment, FollowUp};
use crate::model::records::Record;

/// The clonings of all environments, the latest first; nothing where there is none.
pub fn register(view: &View<'_>) -> Option<Section> {
    let mut all: Vec<(&Record<Environment>, &Cloning)> = view
        .portal
        .site
        .environments
        .iter()
        .flat_map(|environment| environment.clonings.iter().map(move |cloning| (environment, cloning)))
        .collect();
    if all.is_empty() {
        return None;
    }
    all.sort_by_key(|(environment, cloning)| {
        (Reverse(cloning.from.civil(&view.portal.site.zone)), &environment.id)
    });
    let rows = all
        .iter()
        .map(|(environment, cloning)| {
            let subject = subject(environment, cloning);
            row(view, cloning, view.link(&subject))
        })
        .collect();
    Some(Section::new("clonings", view.say("clonings.title"), vec![Block::Rows { ordered: false, rows }]))
}

/// The clonings of one environment, the latest first.
pub fn of_environment(view: &View<'_>, environment: &Record<Environment>) -> Section {
    let mut clonings: Vec<&Cloning> = environment.clonings.iter().collect();
    clonings.sort_by_key(|cloning| Reverse(cloning.from.civil(&view.portal.site.zone)));
    let block = if clonings.is_empty() {
        Block::Empty { text: view.say("environment.clonings_empty") }
    } else {
        let rows = clonings
            .iter()
            .map(|cloning| {
                let name = format!("{} {}", view.say("kind.cloning"), cloning.id.value);
                row(view, cloning, view.link_as(&subject(environment, cloning), &name))
            })
            .collect();
        Block::Rows { ordered: false, rows }
    };
    Section::new("clonings", view.say("environment.clonings"), vec![block])
}

/// A cloning under its `name`, with its window and how much of the follow-ups is done.
fn row(view: &View<'_>, cloning: &Cloning, name: Line) -> Row {
    let mut about = window(view, cloning);
    if !cloning.follow_ups.is_empty() {
        about.extend(text(format!(" · {}: {}", view.say("cloning.follow_ups"), done_of(view, cloning))));
    }
    Row {
        what: with_small(name, about),
        aside: progress(view, cloning),
        icon: Some("server"),
        ..Row::default()
    }
}

fn subject(environment: &Record<Environment>, cloning: &Cloning) -> Subject {
    Subject::Cloning(environment.id.clone(), cloning.id.value.clone())
}

fn progress(view: &View<'_>, cloning: &Cloning) -> Line {
    shown_or_unknown(view, cloning.status.as_ref().map(|status| &status.value))
}

/// From when until when, in words.
fn window(view: &View<'_>, cloning: &Cloning) -> Line {
    let Some(until) = &cloning.until else { return view.moment(&cloning.from) };
    let words = view.words();
    let (from, to) = (cloning.from.civil(&view.portal.site.zone), until.civil(&view.portal.site.zone));
    let shown = if cloning.from.has_time() || until.has_time() {
        words.date_time_range(from, to)
    } else {
        words.date_range(from.date(), to.date())
    };
    vec![Bit::Time { text: shown, datetime: from.strftime("%Y-%m-%dT%H:%M").to_string() }]
}

/// How many follow-ups are done: "3/5".
fn done_of(view: &View<'_>, cloning: &Cloning) -> String {
    let done = cloning.follow_ups.iter().filter(|follow_up| is_done(follow_up, view.portal.as_of)).count();
    view.words().of(done, cloning.follow_ups.len())
}

/// One cloning of an environment.
pub fn one(view: &View<'_>, environment: &str, id: &str) -> Sheet {
    let found = view.portal.site.environments.get(environment).and_then(|environment| {
        let cloning = environment.clonings.iter().find(|cloning| cloning.id.value == id)?;
        Some((environment, cloning))
    });
    let Some((environment, cloning)) = found else {
        return Sheet::new("cloning.html", Head::default(), Vec::new());
    };
    let pair = |id: &str, first: Section, second: Section| {
        Section::new(id, "", vec![Block::Columns { sections: vec![first, second], class: "cols" }])
    };
    let mut sections = vec![facts(view, environment, cloning)];
    sections.extend(changes(view, cloning));
    sections
        .extend([pair("before", affected(view, cloning), lost(view, cloning)), follow_ups(view, cloning)]);
    // Afterwards the sets' own pages say how they stand.
    if !has_begun(cloning, &view.portal.site.zone, view.portal.as_of) {
        sections.extend(data(view, environment));
    }
    sections.extend(references::section(view, |_| false));
    Sheet::new("cloning.html", head(view, environment, cloning), sections)
        .restricted(environment.restriction.as_ref())
}

fn head(view: &View<'_>, environment: &Record<Environment>, cloning: &Cloning) -> Head {
    Head {
        kicker: vec![
            text(view.say("kind.cloning")),
            view.link(&Subject::Environment(environment.id.clone())),
            progress(view, cloning),
        ],
        title: view.name(view.subject),
        lede: cloning.note.as_ref().map(|note| view.read(note)),
        actions: Vec::new(),
    }
}

fn facts(view: &View<'_>, environment: &Record<Environment>, cloning: &Cloning) -> Section {
    let fact = |key: &str, value: Line| Fact { label: view.say(key), value };
    let day = cloning.from.date(&view.portal.site.zone);
    let is_own = |event: &&Event| event.kind == EventKind::Cloning && event.subject == *view.subject;
    let event = view.portal.events.iter().find(is_own);
    let coming = event.filter(|event| event.last_day() >= view.portal.as_of);
    let about = std::iter::once(text(view.relative(day)))
        .chain(event.map(|event| events::moves(view, event)))
        .chain(coming.map(|event| events::to_calendar(view, event)))
        .filter(|line| !line.is_empty());
    let source =
        cloning.source.as_ref().map_or_else(|| view.unknown(), |source| view.pointer(source.pointer()));
    let mut facts = vec![
        fact("cloning.window", with_small(window(view, cloning), join(about, "; "))),
        fact("field.status", progress(view, cloning)),
        fact("kind.environment", view.link(&Subject::Environment(environment.id.clone()))),
        fact("field.source", source),
        fact("field.announce_by", announce(view, cloning)),
        fact("field.masking", masking(view, cloning)),
    ];
    facts.extend(
        cloning.accepted_by.as_ref().map(|role| fact("field.accepted_by", view.pointer(role.pointer()))),
    );
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
}

/// How its beginning moved, the latest move first.
fn changes(view: &View<'_>, cloning: &Cloning) -> Option<Section> {
    let mut changes: Vec<_> = cloning.schedule_changes.iter().collect();
    if changes.is_empty() {
        return None;
    }
    changes.sort_by_key(|change| Reverse(change.at.civil(&view.portal.site.zone)));
    let rows = changes
        .iter()
        .map(|change| {
            let mut was = text(format!("{}: ", view.say("field.was")));
            was.extend(view.moment(&change.was));
            Row {
                what: with_small(was, whole(view.line(change.reason.as_ref()))),
                aside: view.moment(&change.at),
                icon: Some("calendar"),
                ..Row::default()
            }
        })
        .collect();
    let block = Block::Rows { ordered: false, rows };
    Some(Section::new("changes", view.say("announcement.changes"), vec![block]))
}

/// The last day to tell those affected; late while nobody has been told.
fn announce(view: &View<'_>, cloning: &Cloning) -> Line {
    let Some(by) = &cloning.announce_by else { return view.unknown() };
    let is_told =
        !matches!(cloning.status.as_ref().map(|status| status.value), None | Some(CloningStatus::Planned));
    let small = if by.value < view.portal.as_of && !is_told {
        states::overdue(view)
    } else {
        text(view.relative(by.value))
    };
    with_small(view.day(by.value), small)
}

/// How personal data is masked, and whether that was verified.
fn masking(view: &View<'_>, cloning: &Cloning) -> Line {
    let Some(masking) = &cloning.masking else { return view.unknown() };
    let method = masking
        .method
        .map_or_else(|| view.unknown(), |method| text(view.say(&format!("masking.{}", method.word()))));
    let verified = match &masking.verified_by {
        Some(role) => {
            let mut line = text(format!("{}: ", view.say("field.verified_by")));
            line.extend(view.pointer(role.pointer()));
            line
        }
        None => text(view.say("cloning.masking_not_verified")),
    };
    with_small(method, verified)
}

fn affected(view: &View<'_>, cloning: &Cloning) -> Section {
    let items: Vec<Line> = cloning.affected.iter().map(|party| view.pointer(party.pointer())).collect();
    let block = list_or(view, items, "cloning.affected_empty");
    Section::new("affected", view.say("cloning.affected"), vec![block])
}

fn lost(view: &View<'_>, cloning: &Cloning) -> Section {
    let items: Vec<Line> = cloning.lost.iter().map(|lost| text(view.read(lost))).collect();
    Section::new("lost", view.say("cloning.lost"), vec![list_or(view, items, "cloning.lost_empty")])
}

fn list_or(view: &View<'_>, items: Vec<Line>, empty: &str) -> Block {
    if items.is_empty() {
        Block::Empty { text: view.say(empty) }
    } else {
        Block::List { ordered: false, items }
    }
}

fn follow_ups(view: &View<'_>, cloning: &Cloning) -> Section {
    let title = view.say("cloning.follow_ups");
    if cloning.follow_ups.is_empty() {
        let empty = Block::Empty { text: view.say("cloning.follow_ups_empty") };
        return Section::new("follow-ups", title, vec![empty]);
    }
    let items = cloning.follow_ups.iter().map(|follow_up| follow_up_item(view, follow_up)).collect();
    let done = format!("{}: {}", view.say("time.done"), done_of(view, cloning));
    Section::new("follow-ups", title, vec![Block::Checklist { items }]).aside(text(done))
}

fn follow_up_item(view: &View<'_>, follow_up: &FollowUp) -> CheckItem {
    let mut what = text(view.read(&follow_up.task));
    if follow_up.blocking == Some(true) {
        what.push(Bit::Badge { text: view.say("field.blocking"), class: "" });
    }
    let who = follow_up.team.as_ref().map_or_else(Line::new, |team| view.pointer(team.pointer()));
    let due = follow_up.due.as_ref().map(|due| due.value);
    task(view, with_small(what, who), &FOLLOW_UP, due, follow_up.done)
}

/// What the states of something to do are called: keys of the catalogue.
pub struct Terms {
    /// It is done.
    pub done: &'static str,
    /// It is open.
    pub open: &'static str,
    /// It is open and late.
    pub overdue: &'static str,
}

const FOLLOW_UP: Terms =
    Terms { done: "time.done", open: "cloning.follow_up_open", overdue: "cloning.follow_up_overdue" };

/// Something to do with its term: done, open or late on the day.
pub fn task(view: &View<'_>, what: Line, terms: &Terms, due: Option<Date>, done: Option<Date>) -> CheckItem {
    let as_of = view.portal.as_of;
    let done = done.filter(|day| *day <= as_of);
    let is_late = due.is_some_and(|due| due < as_of);
    let (state, key) = match (done, is_late) {
        (Some(_), _) => (State::named("passed"), terms.done),
        (None, true) => (State::with_icon("overdue", "clock"), terms.overdue),
        (None, false) => (State::named("not_run"), terms.open),
    };
    let labelled = |key: &str, day| {
        let mut line = text(format!("{}: ", view.say(key)));
        line.extend(view.day(day));
        line
    };
    let days = [due.map(|due| labelled("field.due", due)), done.map(|done| labelled("field.done", done))];
    CheckItem { status: status(state, view.say(key)), what, aside: join(days.into_iter().flatten(), " · ") }
}

/// The test data that live in the environment, and whether they outlive a cloning. What nobody said
/// to survive is lost.
fn data(view: &View<'_>, environment: &Record<Environment>) -> Option<Section> {
    let sets = sets_in(view, &environment.id);
    if sets.is_empty() {
        return None;
    }
    let rows = sets
        .iter()
        .map(|set| {
            let survives = set.survives_cloning == Some(true);
            let key = if survives { "cloning.data_survives" } else { "cloning.data_lost" };
            Row {
                what: with_small(view.link(&Subject::DataSet(set.id.clone())), text(view.say(key))),
                aside: data_status(view, set),
                icon: Some("database"),
                ..Row::default()
            }
        })
        .collect();
    Some(Section::new("data", view.say("environment.data"), vec![Block::Rows { ordered: false, rows }]))
}
