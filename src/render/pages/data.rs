//! Test-data sets.

use super::super::blocks::{
    Bit, Block, Cell, CheckItem, Fact, Head, Line, Section, Table, Tile, join, text, with_small,
};
use super::super::names::View;
use super::environments::data_status;
use super::labels::{column, fact, figures};
use super::states::{Shown, shown};
use super::{Sheet, list_head, references};
use crate::derive::environment::test_data::{self, Decay};
use crate::derive::page::routes::{List, Subject};
use crate::model::case::Case;
use crate::model::data_set::{DataSet, DataStatus, Origin};
use crate::model::records::Record;
use crate::words::Spoken;

/// How many cases that wait for a set its row names.
const MOST_WAITING: usize = 5;

/// How soon a reader wants to see a set in this state: the smaller, the sooner.
fn attention(status: DataStatus) -> u8 {
    match status {
        DataStatus::Missing => 0,
        DataStatus::Stale => 1,
        DataStatus::Partial => 2,
        DataStatus::Ready => 3,
    }
}

/// All of them, those that are not ready first.
pub fn list(view: &View<'_>) -> Sheet {
    let mut sets: Vec<&Record<DataSet>> = view.portal.site.data.iter().collect();
    sets.sort_by_key(|set| attention(test_data::status(&view.portal.site, set, view.portal.as_of)));
    let table = Table {
        label: view.say("data.title"),
        columns: vec![
            column(view, "kind.data"),
            column(view, "field.readiness"),
            column(view, "field.needs"),
            figures(view, "data.waiting"),
            column(view, "field.environment"),
            column(view, "field.origin"),
            column(view, "field.valid_until"),
            column(view, "field.team"),
        ],
        rows: sets.iter().map(|set| row(view, set)).collect(),
        sort: true,
    };
    let sections = vec![
        Section::new("", "", vec![tiles(view, &sets)]),
        Section::new("sets", view.say("data.all"), vec![Block::Table(table)])
            .aside(text(view.words().number(sets.len()))),
    ];
    Sheet::new("data.html", list_head(view, List::Data, "data.lead"), sections)
}

fn tiles(view: &View<'_>, sets: &[&Record<DataSet>]) -> Block {
    let tiles = DataStatus::ALL
        .iter()
        .map(|status| {
            let count = sets
                .iter()
                .filter(|set| test_data::status(&view.portal.site, set, view.portal.as_of) == *status)
                .count();
            Tile {
                figure: view.words().of(count, sets.len()),
                label: view.say(&format!("data_status.{}", status.word())),
                state: (count > 0).then(|| status.state()),
                href: None,
            }
        })
        .collect();
    Block::Tiles { tiles }
}

fn row(view: &View<'_>, set: &Record<DataSet>) -> Vec<Cell> {
    let (ready, needs) = readiness(set);
    let needs_shown = if needs == 0 { view.unknown() } else { text(view.words().of(ready, needs)) };
    vec![
        Cell::sorted(with_small(view.link(&Subject::DataSet(set.id.clone())), id(set)), &set.id),
        Cell::sorted(
            with_small(data_status(view, set), decay(view, set)),
            attention(test_data::status(&view.portal.site, set, view.portal.as_of)),
        ),
        Cell::sorted(with_small(needs_shown, lacking(view, set)), ready),
        waiting_cell(view, set),
        view.pointer(set.environment.pointer()).into(),
        origin(view, set.origin.value).into(),
        Cell::sorted(
            validity(view, set),
            set.valid_until.as_ref().map_or_else(String::new, |day| day.value.to_string()),
        ),
        set.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())).into(),
    ]
}

/// How many cases wait for a set, with the first of them.
fn waiting_cell(view: &View<'_>, set: &DataSet) -> Cell {
    let waiting = test_data::waiting(view.portal.basis(), set);
    let first = waiting.iter().take(MOST_WAITING);
    let ids = join(first.map(|id| view.id(&Subject::Case((*id).to_owned()), id)), " ");
    Cell::sorted(with_small(text(view.words().number(waiting.len())), ids), waiting.len())
}

fn id(set: &Record<DataSet>) -> Line {
    vec![Bit::Id { text: set.id.clone(), href: None, external: false }]
}

/// How many of its needs a set meets, of how many.
fn readiness(set: &DataSet) -> (usize, usize) {
    (set.needs.iter().filter(|need| need.status.value == DataStatus::Ready).count(), set.needs.len())
}

fn origin(view: &View<'_>, origin: Origin) -> Line {
    text(view.say(&format!("origin.{}", origin.word())))
}

/// The last day of a set.
fn validity(view: &View<'_>, set: &DataSet) -> Line {
    set.valid_until.as_ref().map_or_else(|| view.unknown(), |day| view.day(day.value))
}

/// Why a set is out of date; nothing if it is not.
pub fn decay(view: &View<'_>, set: &DataSet) -> Line {
    if test_data::status(&view.portal.site, set, view.portal.as_of) != DataStatus::Stale {
        return Line::new();
    }
    let told = |key: &str, day| text(view.fill(key, &[("date", &view.words().date_table(day))]));
    match test_data::decay(&view.portal.site, set, view.portal.as_of) {
        Some(Decay::Expired(day)) => told("data.expired", day),
        Some(Decay::Cloned(cloning, day)) => {
            let subject = Subject::Cloning(set.environment.id().to_owned(), cloning.id.value.clone());
            let said = view.fill("data.cloned", &[("date", &view.words().date_table(day))]);
            view.link_as(&subject, said)
        }
        None => Line::new(),
    }
}

/// What a set lacks: each need that is not met, in the author's words.
fn lacking(view: &View<'_>, set: &DataSet) -> Line {
    let unmet = set.needs.iter().filter(|need| need.status.value != DataStatus::Ready);
    let names: Vec<Spoken> = unmet.map(|need| view.read(&need.text)).collect();
    if names.is_empty() {
        return Line::new();
    }
    text(view.fill_spoken("uat.missing", &[("parameters", &Spoken::join(names, "; "))]))
}

/// One of them.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(set) = view.portal.site.data.get(id) else {
        return Sheet::new("data_set.html", Head::default(), Vec::new());
    };
    let mut sections = vec![facts(view, set), needs(view, set)];
    sections.extend(waiting(view, set));
    sections.extend(cases(view, set));
    sections.extend(references::section(view, |_| false));
    Sheet::new("data_set.html", head(view, set), sections).restricted(set.restriction.as_ref())
}

fn head(view: &View<'_>, set: &Record<DataSet>) -> Head {
    Head {
        kicker: vec![text(format!("{} {}", view.say("kind.data"), set.id)), data_status(view, set)],
        title: view.read(&set.title),
        lede: set.note.as_ref().map(|note| view.read(note)),
        actions: Vec::new(),
    }
}

fn facts(view: &View<'_>, set: &Record<DataSet>) -> Section {
    let mut facts: Vec<Fact> = vec![
        fact(view, "field.readiness", with_small(data_status(view, set), decay(view, set))),
        fact(view, "field.environment", view.pointer(set.environment.pointer())),
        fact(view, "field.origin", origin(view, set.origin.value)),
    ];
    let verified = set.verified_by.as_ref().map(|role| view.pointer(role.pointer()));
    // Data that was never anybody's needs nobody's word.
    if verified.is_some() || set.origin.value != Origin::Synthetic {
        facts.push(fact(view, "field.verified_by", verified.unwrap_or_else(|| view.unknown())));
    }
    facts.push(fact(
        view,
        "field.prepared",
        set.prepared.map_or_else(|| view.unknown(), |day| view.day(day)),
    ));
    facts.push(fact(view, "field.valid_until", validity(view, set)));
    facts.push(fact(
        view,
        "field.team",
        set.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())),
    ));
    facts.push(fact(
        view,
        "field.location",
        set.location.as_ref().map_or_else(|| view.unknown(), |place| vec![Bit::Code { text: place.clone() }]),
    ));
    facts.push(fact(view, "field.survives_cloning", view.yes_no(set.survives_cloning)));
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
}

fn needs(view: &View<'_>, set: &DataSet) -> Section {
    let section = |block| Section::new("needs", view.say("data.needs"), vec![block]);
    if set.needs.is_empty() {
        return section(Block::Empty { text: view.say("data.needs_empty") });
    }
    let items = set
        .needs
        .iter()
        .map(|need| CheckItem {
            status: shown(view, &need.status.value),
            what: text(view.read(&need.text)),
            aside: view.line(need.note.as_ref()),
        })
        .collect();
    let (ready, all) = readiness(set);
    let words = view.words();
    let aside = view.fill("data.needs_of", &[("n", &words.number(ready)), ("m", &words.number(all))]);
    section(Block::Checklist { items }).aside(text(aside))
}

/// The cases that cannot be run until the set is ready.
fn waiting(view: &View<'_>, set: &DataSet) -> Option<Section> {
    let ids = test_data::waiting(view.portal.basis(), set);
    if ids.is_empty() {
        return None;
    }
    let site = &view.portal.site;
    let known: Vec<&Record<Case>> = ids.iter().filter_map(|id| site.cases.get(id)).collect();
    let block = if known.len() == ids.len() {
        super::cases::table(view, &known, &view.say("data.waiting"))
    } else {
        let items = ids.iter().map(|id| view.id(&Subject::Case((*id).to_owned()), id)).collect();
        Block::List { ordered: false, items }
    };
    let section = Section::new("waiting", view.say("data.waiting"), vec![block]);
    Some(section.aside(text(view.words().count("count.cases", ids.len()))))
}

/// How many cases a set lists.
const MOST_CASES: usize = 200;

/// The cases that use it.
fn cases(view: &View<'_>, set: &DataSet) -> Option<Section> {
    let site = &view.portal.site;
    if set.cases.is_empty() {
        return None;
    }
    let ids: Vec<&str> = set.cases.iter().map(|case| site.case_id(case.id())).collect();
    let listed = ids.get(..MOST_CASES).unwrap_or(&ids);
    let known: Vec<&Record<Case>> = listed.iter().filter_map(|id| site.cases.get(id)).collect();
    let block = if known.len() == listed.len() {
        super::cases::table(view, &known, &view.say("field.cases"))
    } else {
        let items = listed.iter().map(|id| view.id(&Subject::Case((*id).to_owned()), id)).collect();
        Block::List { ordered: false, items }
    };
    let words = view.words();
    let aside = if ids.len() > MOST_CASES {
        words.of(MOST_CASES, ids.len())
    } else {
        words.count("count.cases", ids.len())
    };
    Some(Section::new("cases", view.say("field.cases"), vec![block]).aside(text(aside)))
}
