//! Training modules and their sessions.

use jiff::civil::DateTime;

use super::super::blocks::{
    Bit, Block, Card, Cell, Column, Fact, Line, Row, Section, Table, join, link, text, with_small,
};
use super::super::names::View;
use super::labels::rows_or;
use super::{Sheet, events, list_head, texts};
use crate::derive::links;
use crate::derive::navigation::Entry;
use crate::derive::routes::{List, Subject};
use crate::derive::schedule::{Event, EventKind};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Session, Training, TrainingLevel};
use crate::record::time::Seconds;

/// All modules and the next sessions.
pub fn list(view: &View<'_>) -> Sheet {
    let modules = modules(view);
    let head = list_head(view, List::Training, "training.lead");
    if modules.is_empty() {
        let empty = Block::Empty { text: view.say("training.empty") };
        return Sheet::new("training.html", head, vec![Section::new("modules", "", vec![empty])]);
    }
    let (coming, past) = all_sessions(view, &modules);
    let mut sections = vec![coming_section(view, &coming)];
    sections.extend(levels().filter_map(|level| level_section(view, level, &modules)));
    sections.extend(past_section(view, &past));
    Sheet::new("training.html", head, sections)
}

/// A module: its page and what it says besides.
type Module<'a> = (&'a Document, &'a Training);

/// The modules in the order of the pages.
fn modules<'a>(view: &View<'a>) -> Vec<Module<'a>> {
    let mut keys = Vec::new();
    collect(view.tongue.navigation.roots(), &mut keys);
    let place = |document: &Document| keys.iter().position(|key| *key == document.key);
    let mut modules: Vec<(usize, Module<'a>)> = texts::documents(view, DocumentKind::Training)
        .filter_map(|document| match &document.main().extra {
            Extra::Training(module) => Some((place(document)?, (document, module))),
            _ => None,
        })
        .collect();
    modules.sort_by_key(|(place, _)| *place);
    modules.into_iter().map(|(_, module)| module).collect()
}

fn collect<'a>(entries: &'a [Entry], keys: &mut Vec<&'a str>) {
    for entry in entries {
        if let Subject::Document(key) = &entry.subject {
            keys.push(key);
        }
        collect(&entry.children, keys);
    }
}

/// The levels, and last the modules of none.
fn levels() -> impl Iterator<Item = Option<TrainingLevel>> {
    TrainingLevel::ALL.iter().copied().map(Some).chain([None])
}

fn level_name(view: &View<'_>, level: Option<TrainingLevel>) -> String {
    level.map_or_else(
        || view.say("training.modules"),
        |level| view.say(&format!("training_level.{}", level.word())),
    )
}

fn level_section(view: &View<'_>, level: Option<TrainingLevel>, modules: &[Module<'_>]) -> Option<Section> {
    let own: Vec<&Module<'_>> = modules.iter().filter(|(_, module)| module.level == level).collect();
    if own.is_empty() {
        return None;
    }
    let id = level.map_or("modules", TrainingLevel::word);
    let length: f64 = own.iter().filter_map(|(_, module)| module.duration).map(|duration| duration.0).sum();
    let mut aside = vec![view.words().count("count.modules", own.len())];
    aside.extend((length > 0.0).then(|| duration(view, Seconds(length))));
    let cards = own.iter().map(|(document, module)| card(view, document, module)).collect();
    let section = Section::new(id, level_name(view, level), vec![Block::Cards { cards }]);
    Some(section.aside(text(aside.join(" · "))))
}

fn card(view: &View<'_>, document: &Document, module: &Training) -> Card {
    let mut foot: Vec<Line> =
        module.duration.map(|length| text(duration(view, length))).into_iter().collect();
    foot.extend(
        (!module.objectives.is_empty())
            .then(|| text(view.words().count("count.objectives", module.objectives.len()))),
    );
    let required = required(view, document, module);
    foot.extend(
        (!required.is_empty()).then(|| labelled(view, "training.requires_label", join(required, ", "))),
    );
    let slides = Subject::Slides(document.key.clone());
    foot.extend(
        view.portal.routes.has(&slides).then(|| link(view.say("training.slides"), view.href(&slides))),
    );
    Card {
        title: view.link(&Subject::Document(document.key.clone())),
        text: texts::summary(view, &document.key),
        foot,
    }
}

fn labelled(view: &View<'_>, key: &str, value: Line) -> Line {
    join([text(view.say(key)), value], ": ")
}

/// The length of a module: whole seconds are exact enough.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are not negative and are hours at most"
)]
fn duration(view: &View<'_>, length: Seconds) -> String {
    view.words().duration(length.0.max(0.0).round() as u64)
}

/// The modules to take before, linked, in the order written.
fn required(view: &View<'_>, document: &Document, module: &Training) -> Vec<Line> {
    let link_to = |path: &str| {
        links::page_at(&view.portal.routes, &document.main().path, path)
            .map_or_else(|_| text(path), |subject| view.link(&subject))
    };
    module.requires.iter().map(|page| link_to(page.id())).collect()
}

/// What a module says of itself besides its text.
pub fn facts(view: &View<'_>, document: &Document, module: &Training) -> Vec<Fact> {
    let fact = |key: &str, value: Line| Fact { label: view.say(key), value };
    let mut facts: Vec<Fact> = module
        .duration
        .map(|length| fact("field.duration", text(duration(view, length))))
        .into_iter()
        .collect();
    facts.extend(module.level.map(|level| fact("field.level", text(level_name(view, Some(level))))));
    let required = required(view, document, module);
    facts.extend((!required.is_empty()).then(|| fact("field.requires", join(required, ", "))));
    let teams = module.audience_teams.iter().map(|team| view.pointer(team.pointer()));
    facts
        .extend((!module.audience_teams.is_empty()).then(|| fact("field.audience_teams", join(teams, ", "))));
    facts
}

/// What one can do after a module; it stands before its text.
pub fn objectives(view: &View<'_>, document: &Document) -> Option<Section> {
    let Extra::Training(module) = &document.text(view.language).extra else { return None };
    if module.objectives.is_empty() {
        return None;
    }
    let items = module.objectives.iter().map(|objective| text(view.read(objective))).collect();
    Some(Section::new(
        "objectives",
        view.say("field.objectives"),
        vec![Block::List { ordered: false, items }],
    ))
}

/// The sessions of a module.
pub fn sessions(view: &View<'_>, document: &Document, module: &Training) -> Vec<Section> {
    let (coming, past) =
        split(view, module.sessions.iter().map(|session| Held { document, name: Line::new(), session }));
    let mut sections = Vec::new();
    if !coming.is_empty() {
        sections.push(coming_section(view, &coming));
    }
    sections.extend(past_section(view, &past));
    sections
}

/// A session, and the module it is of where that is not clear from the page.
struct Held<'a> {
    name: Line,
    session: &'a Session,
    document: &'a Document,
}

fn all_sessions<'a>(view: &View<'_>, modules: &[Module<'a>]) -> (Vec<Held<'a>>, Vec<Held<'a>>) {
    let held = modules.iter().flat_map(|(document, module)| {
        let name = view.link(&Subject::Document(document.key.clone()));
        module.sessions.iter().map(move |session| Held { document, name: name.clone(), session })
    });
    split(view, held)
}

/// Those to come, the next one first, and those that are over, the latest first.
fn split<'a>(view: &View<'_>, held: impl Iterator<Item = Held<'a>>) -> (Vec<Held<'a>>, Vec<Held<'a>>) {
    let zone = &view.portal.site.zone;
    let last_day = |session: &Session| session.until.as_ref().unwrap_or(&session.at).date(zone);
    let (mut coming, mut past): (Vec<Held<'_>>, Vec<Held<'_>>) =
        held.partition(|held| last_day(held.session) >= view.portal.as_of);
    coming.sort_by_key(|held| begins(view, held.session));
    past.sort_by_key(|held| std::cmp::Reverse(begins(view, held.session)));
    (coming, past)
}

fn begins(view: &View<'_>, session: &Session) -> DateTime {
    session.at.civil(&view.portal.site.zone)
}

fn coming_section(view: &View<'_>, coming: &[Held<'_>]) -> Section {
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
        .map(|trainer| labelled(view, "field.trainer", view.pointer(trainer.pointer())));
    let teams = teams(view, session);
    let (what, details) = if held.name.is_empty() {
        (place, join([teams].into_iter().chain(trainer).filter(|line| !line.is_empty()), " · "))
    } else {
        let details = [place, teams].into_iter().chain(trainer).filter(|line| !line.is_empty());
        (held.name.clone(), join(details, " · "))
    };
    let seats =
        session.seats.map_or_else(Line::new, |seats| text(view.words().count("count.seats", seats as usize)));
    let (notes, aside) = match event_of(view, held) {
        Some(event) => (
            events::moves(view, event),
            vec![seats, events::badges(view, event), events::to_calendar(view, event)],
        ),
        None => (Line::new(), vec![seats]),
    };
    let details = join([details, notes].into_iter().filter(|line| !line.is_empty()), " · ");
    Row {
        when: events::when(view, begins(view, session), until, session.at.has_time()),
        what: with_small(what, details),
        aside: join(aside.into_iter().filter(|line| !line.is_empty()), " "),
        ..Row::default()
    }
}

/// The session as an event of the schedule.
fn event_of<'a>(view: &View<'a>, held: &Held<'_>) -> Option<&'a Event> {
    let subject = Subject::Document(held.document.key.clone());
    let begins = begins(view, held.session);
    view.portal.events.iter().find(|event| {
        event.kind == EventKind::Training
            && event.subject == subject
            && event.from == begins
            && event.place == held.session.place
    })
}

fn teams(view: &View<'_>, session: &Session) -> Line {
    join(session.teams.iter().map(|team| view.pointer(team.pointer())), ", ")
}

fn past_section(view: &View<'_>, past: &[Held<'_>]) -> Option<Section> {
    if past.is_empty() {
        return None;
    }
    let has_names = past.iter().any(|held| !held.name.is_empty());
    let column = |key: &str, num| Column { label: view.say(key), num };
    let mut columns = vec![column("field.date", false)];
    columns.extend(has_names.then(|| column("kind.training", false)));
    columns.extend([
        column("field.place", false),
        column("field.attended", true),
        column("field.teams", false),
    ]);
    let table = Table {
        label: view.say("training.past_sessions"),
        columns,
        rows: past.iter().map(|held| past_row(view, held, has_names)).collect(),
        sort: true,
    };
    let count = view.words().count("count.sessions", past.len());
    let section = Section::new("past", view.say("training.past_sessions"), vec![Block::Table(table)]);
    Some(section.aside(text(count)))
}

fn past_row(view: &View<'_>, held: &Held<'_>, has_names: bool) -> Vec<Cell> {
    let session = held.session;
    let begins = begins(view, session);
    let mut row = vec![Cell::sorted(view.moment(&session.at), begins)];
    row.extend(has_names.then(|| Cell::from(held.name.clone())));
    row.push(view.line(session.place.as_ref()).into());
    row.push(attendance(view, session));
    let by_team = session.attended.iter().map(|(team, count)| {
        let mut line = view.pointer(team.pointer());
        line.push(Bit::Text { text: format!(" {}", view.words().number(*count as usize)) });
        line
    });
    row.push(if session.attended.is_empty() { teams(view, session) } else { join(by_team, ", ") }.into());
    row
}

/// How many came, of how many seats; unknown where nobody counted.
fn attendance(view: &View<'_>, session: &Session) -> Cell {
    if session.cancelled == Some(true) {
        return text(view.say("time.cancelled")).into();
    }
    if session.attended.is_empty() {
        return Cell::sorted(view.unknown(), 0);
    }
    let came: usize = session.attended.iter().map(|(_, count)| *count as usize).sum();
    let shown = session
        .seats
        .map_or_else(|| view.words().number(came), |seats| view.words().of(came, seats as usize));
    Cell::sorted(text(shown), came)
}
