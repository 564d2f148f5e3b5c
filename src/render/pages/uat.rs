//! UAT parameters of tickets: which may go to acceptance testing, and what is missing.

use std::cmp::Reverse;

use super::super::blocks::{
    Bit, Block, Cell, Line, Section, State, Table, Tile, join, status, text, with_small,
};
use super::super::names::View;
use super::data::decay;
use super::environments::data_status;
use super::labels::{authored, column};
use super::states::shown;
use super::{Sheet, list_head, releases};
use crate::derive::page::routes::{List, Subject};
use crate::derive::week::uat::{self, Parameter, Readiness, Standing};
use crate::model::records::Record;
use crate::model::release::{FeatureFlag, ParameterState, Release, ReleaseStatus, UatParameters};
use crate::words::Spoken;

const READY: State = State::named("passed");
const NOT_READY: State = State::named("failed");
const UNKNOWN: State = State::named("unknown");

/// A ticket of a release with its parameters and how it stands.
struct Entry<'a> {
    release: &'a Record<Release>,
    ticket: &'a str,
    parameters: &'a UatParameters,
    readiness: Readiness,
}

/// All tickets, by release: those still to be tested first.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Uat, "uat.lead");
    let releases = in_order(view);
    if releases.is_empty() {
        let empty = Block::Empty { text: view.say("uat.empty") };
        return Sheet::new("uat.html", head, vec![Section::new("tickets", "", vec![empty])]);
    }
    let mut sections: Vec<Section> = tiles(view, &releases).into_iter().collect();
    sections.extend(releases.iter().filter_map(|release| release_section(view, release)));
    Sheet::new("uat.html", head, sections)
}

/// Releases that have parameters: those not decided yet by their install, then the others, the latest
/// first.
fn in_order<'a>(view: &View<'a>) -> Vec<&'a Record<Release>> {
    let with = view.portal.site.releases.iter().filter(|release| !release.uat.is_empty());
    let (mut open, mut past): (Vec<_>, Vec<_>) = with.partition(|release| is_open(release));
    open.sort_by_key(|release| releases::install_day(view, release));
    past.sort_by_key(|release| Reverse(releases::install_day(view, release)));
    open.extend(past);
    open
}

/// Whether a release may still be tested.
fn is_open(release: &Release) -> bool {
    matches!(
        releases::status_of(release),
        ReleaseStatus::Planned | ReleaseStatus::InTest | ReleaseStatus::Decided
    )
}

/// How many tickets of open releases are ready, and which parameters stand in the way most.
fn tiles(view: &View<'_>, releases: &[&Record<Release>]) -> Option<Section> {
    let entries = entries(view, releases.iter().copied().filter(|release| is_open(release)));
    if entries.is_empty() {
        return None;
    }
    let all = entries.len();
    let ready = entries.iter().filter(|entry| entry.readiness.is_ready()).count();
    let tile = |label: &str, count: usize, state: Option<State>| Tile {
        figure: view.words().of(count, all),
        label: view.say(label),
        state,
        href: None,
    };
    let mut tiles = vec![
        tile("uat.ready", ready, Some(READY)),
        tile("uat.not_ready", all - ready, (ready < all).then_some(NOT_READY)),
    ];
    for parameter in Parameter::ALL {
        let without = entries
            .iter()
            .filter(|entry| entry.readiness.missing().any(|missing| missing == parameter))
            .count();
        if without > 0 {
            let name = view.say(&format!("parameter.{}", parameter.word()));
            let label = view.fill("uat.missing", &[("parameters", &name)]);
            tiles.push(Tile { figure: view.words().of(without, all), label, state: None, href: None });
        }
    }
    Some(Section::new("counts", "", vec![Block::Tiles { tiles }]))
}

fn release_section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let subject = Subject::Release(release.id.clone());
    let title = view.name(&subject);
    let title =
        if title == *release.id { title } else { Spoken::from(format!("{} ", release.id)).and(title) };
    let table = table(view, &title, [release].into_iter())?;
    let entries = entries(view, [release].into_iter());
    let ready = entries.iter().filter(|entry| entry.readiness.is_ready()).count();
    let count = view.fill(
        "value.label",
        &[("label", &view.say("uat.ready")), ("value", &view.words().of(ready, entries.len()))],
    );
    let section = Section::new(format!("release-{}", release.id), title, vec![table]);
    Some(section.more(count, view.href(&subject)))
}

/// The tickets of some releases as a table named `label`; nothing where no release has any.
pub fn table<'a>(
    view: &View<'a>,
    label: &str,
    releases: impl Iterator<Item = &'a Record<Release>>,
) -> Option<Block> {
    let entries = entries(view, releases);
    if entries.is_empty() {
        return None;
    }
    Some(Block::Table(Table {
        label: label.to_owned(),
        columns: [column(view, "kind.ticket"), column(view, "field.readiness")]
            .into_iter()
            .chain(Parameter::ALL.map(|parameter| column(view, &format!("parameter.{}", parameter.word()))))
            .collect(),
        rows: entries.iter().map(|entry| row(view, entry)).collect(),
        sort: true,
    }))
}

/// The tickets of some releases, those that lack most first.
fn entries<'a>(view: &View<'a>, releases: impl Iterator<Item = &'a Record<Release>>) -> Vec<Entry<'a>> {
    let site = &view.portal.site;
    let mut entries: Vec<Entry<'a>> = releases
        .flat_map(|release| {
            release.uat.iter().map(move |(ticket, parameters)| Entry {
                release,
                ticket: ticket.as_str(),
                parameters,
                readiness: uat::on(site, parameters, view.portal.as_of),
            })
        })
        .collect();
    // A stable sort keeps the author's order among equals.
    entries.sort_by_key(|entry| entry.readiness.met());
    entries
}

fn row(view: &View<'_>, entry: &Entry<'_>) -> Vec<Cell> {
    let mut cells = vec![
        Cell::from(ticket(view, entry)),
        Cell::sorted(standing(view, &entry.readiness), entry.readiness.met()),
    ];
    let parameters = entry.readiness.parameters.iter();
    cells.extend(
        parameters
            .map(|(parameter, standing)| Cell::from(parameter_line(view, entry, *parameter, *standing))),
    );
    cells
}

/// The ticket's key, what it is about, and the author's note.
fn ticket(view: &View<'_>, entry: &Entry<'_>) -> Line {
    let content = entry.release.contents.iter().find(|content| content.ticket.value == entry.ticket);
    let title = content.map_or_else(Line::new, |content| view.line(content.title.as_ref()));
    with_small(with_small(view.ticket(entry.ticket), title), view.line(entry.parameters.note.as_ref()))
}

/// Ready or not, k of n, and what is missing.
pub fn standing(view: &View<'_>, readiness: &Readiness) -> Line {
    let (state, key) = if readiness.is_ready() { (READY, "uat.ready") } else { (NOT_READY, "uat.not_ready") };
    let mut said = view.words().of(readiness.met(), readiness.required());
    let missing: Vec<String> = readiness
        .missing()
        .map(|parameter| view.say(&format!("parameter.{}", parameter.word())).to_lowercase())
        .collect();
    if !missing.is_empty() {
        said =
            format!("{said} · {}", view.fill("uat.missing", &[("parameters", &view.words().list(&missing))]));
    }
    with_small(status(state, view.say(key)), text(said))
}

fn parameter_line(view: &View<'_>, entry: &Entry<'_>, parameter: Parameter, standing: Standing) -> Line {
    let parameters = entry.parameters;
    match parameter {
        Parameter::FeatureFlag => match &parameters.feature_flag {
            Some(written) => flag(view, written, standing),
            None => standing_line(view, standing),
        },
        Parameter::Roles if !parameters.roles.is_empty() => authored(view, &parameters.roles),
        Parameter::TestData if !parameters.test_data.is_empty() => test_data(view, parameters),
        Parameter::Roles
        | Parameter::TestData
        | Parameter::BusinessDescription
        | Parameter::AcceptanceCriteria => standing_line(view, standing),
    }
}

fn standing_line(view: &View<'_>, standing: Standing) -> Line {
    match standing {
        Standing::Written(state) => shown(view, &state),
        Standing::NotReady => status(NOT_READY, view.say("uat.not_ready")),
        Standing::Unknown => status(UNKNOWN, view.say("parameter_state.unknown")),
    }
}

/// The flag's name, its state in words, and where it has that state.
fn flag(view: &View<'_>, flag: &FeatureFlag, standing: Standing) -> Line {
    let mut said = match &flag.state {
        Some(state) if standing == Standing::Written(ParameterState::Ok) => text(flag_state(view, state)),
        _ => standing_line(view, standing),
    };
    if let Some(environment) = &flag.env {
        said.extend(text(" · "));
        said.extend(view.pointer(environment.pointer()));
    }
    with_small(vec![Bit::Code { text: flag.name.clone() }], said)
}

/// The catalogue's word for a flag's state, else the author's.
fn flag_state(view: &View<'_>, state: &str) -> String {
    let key = format!("flag_state.{state}");
    if view.words().has(&key) { view.say(&key) } else { state.to_owned() }
}

/// Each set with its own state.
fn test_data(view: &View<'_>, parameters: &UatParameters) -> Line {
    let sets = parameters.test_data.iter().map(|set| {
        let state = match view.portal.site.data.get(set.id()) {
            Some(found) => with_small(data_status(view, found), decay(view, found)),
            None => status(UNKNOWN, view.say("value.unknown")),
        };
        with_small(view.pointer(set.pointer()), state)
    });
    join(sets, " ")
}
