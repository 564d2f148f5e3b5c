//! Environments: whether they are ready, and if not, why.

use std::cmp::Reverse;

use jiff::civil::DateTime;

use super::super::blocks::{
    Action, Bit, Block, Cell, Head, Line, Row, Section, State, StripItem, Table, join, status, text,
    with_small,
};
use super::super::names::View;
pub use super::clonings::one as cloning;
use super::labels::{column, fact, plain_or};
use super::states::{Shown, shown};
use super::{Sheet, clonings, list_head, references, releases, runs};
use crate::derive::environment::drift::{self, Wanted};
use crate::derive::environment::readiness::{self, Freshness, Reason};
use crate::derive::environment::test_data;
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::builds::Builds;
use crate::model::data_set::DataSet;
use crate::model::environment::{Cloning, Deployment, Environment, ReadinessCheck};
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;
use crate::words::Spoken;

/// How many runs an environment's page shows.
const LATEST_RUNS: usize = 10;

/// All environments: a board, then each with its reasons, and the clonings.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Environments, "environments.lead");
    let environments = by_kind(view);
    if environments.is_empty() {
        let empty = Block::Empty { text: view.say("environments.empty") };
        return Sheet::new("environments.html", head, vec![Section::new("board", "", vec![empty])]);
    }
    let board = environments.iter().map(|environment| strip_item(view, environment)).collect();
    let mut sections = vec![
        Section::new("board", view.say("field.state"), vec![Block::Strip { items: board }]),
        Section::new("why", view.say("field.readiness"), vec![board_table(view, &environments)]),
    ];
    sections.extend(clonings::register(view));
    Sheet::new("environments.html", head, sections)
}

/// Environments from development to production.
pub fn by_kind<'a>(view: &View<'a>) -> Vec<&'a Record<Environment>> {
    let mut environments: Vec<&Record<Environment>> = view.portal.site.environments.iter().collect();
    environments.sort_by_key(|environment| environment.kind.value);
    environments
}

fn readiness_of<'a>(view: &View<'a>, environment: &'a Environment) -> readiness::Readiness<'a> {
    readiness::of(environment, &view.portal.site.zone, view.portal.as_of)
}

/// An environment on a board.
pub fn strip_item(view: &View<'_>, environment: &Record<Environment>) -> StripItem {
    let readiness = readiness_of(view, environment);
    let state = readiness.state();
    let mut said = installed_line(view, environment);
    let first = readiness.reasons.first().map(|reason| text(reason_phrase(view, reason)));
    for line in first.into_iter().chain([next_cloning_line(view, environment)]) {
        said.push(Bit::Break);
        said.extend(line);
    }
    StripItem {
        class: state.state().class,
        title: view.link(&Subject::Environment(environment.id.clone())),
        status: shown(view, &state),
        text: said,
    }
}

/// "2026.10.0-rc3 · 14.10.2026", or that nothing is known to be installed.
fn installed_line(view: &View<'_>, environment: &Environment) -> Line {
    match readiness::installed(environment, &view.portal.site.zone, view.portal.as_of) {
        Some(deployment) => join(
            [text(deployment.build.value.clone()), view.day(deployment.at.date(&view.portal.site.zone))],
            " · ",
        ),
        None => text(view.say("environment.deployments_empty")),
    }
}

fn next_cloning_line(view: &View<'_>, environment: &Record<Environment>) -> Line {
    match readiness::next_cloning(environment, &view.portal.site.zone, view.portal.as_of) {
        Some(cloning) => {
            let subject = Subject::Cloning(environment.id.clone(), cloning.id.value.clone());
            let mut line = view.link_as(&subject, view.say("kind.cloning"));
            line.extend(text(" "));
            line.extend(view.moment(&cloning.from));
            line
        }
        None => text(view.say("environments.no_cloning")),
    }
}

fn board_table(view: &View<'_>, environments: &[&Record<Environment>]) -> Block {
    Block::Table(Table {
        label: view.say("environments.title"),
        columns: vec![
            column(view, "kind.environment"),
            column(view, "field.state"),
            column(view, "environments.why"),
            column(view, "environments.build"),
            column(view, "environment.builds"),
            column(view, "environments.next_cloning"),
            column(view, "field.team"),
        ],
        rows: environments.iter().map(|environment| board_row(view, environment)).collect(),
        sort: true,
    })
}

fn board_row(view: &View<'_>, environment: &Record<Environment>) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let readiness = readiness_of(view, environment);
    let state = readiness.state();
    let mut why = Line::new();
    for reason in readiness.deciding() {
        why.extend(reason_line(view, reason));
    }
    let next = readiness::next_cloning(environment, zone, view.portal.as_of);
    let next_at = next.map_or_else(String::new, |cloning| cloning.from.civil(zone).to_string());
    vec![
        Cell::from(with_small(
            view.link(&Subject::Environment(environment.id.clone())),
            other_than(kind(view, environment), &view.name(&Subject::Environment(environment.id.clone()))),
        )),
        Cell::sorted(shown(view, &state), state as u8),
        why.into(),
        installed(view, environment).into(),
        drift_cell(view, environment),
        Cell::sorted(next_cloning_line(view, environment), next_at),
        environment.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())).into(),
    ]
}

fn kind(view: &View<'_>, environment: &Environment) -> Line {
    text(view.say(&format!("environment_kind.{}", environment.kind.word())))
}

/// The kind of an environment, unless it is called just so.
fn other_than(kind: Line, name: &str) -> Line {
    if kind == text(name) { Line::new() } else { kind }
}

/// The installed build and since when.
fn installed(view: &View<'_>, environment: &Environment) -> Line {
    readiness::installed(environment, &view.portal.site.zone, view.portal.as_of).map_or_else(
        || view.unknown(),
        |deployment| with_small(code(&deployment.build), view.moment(&deployment.at)),
    )
}

fn code(build: &str) -> Line {
    vec![Bit::Code { text: build.to_owned() }]
}

/// Why an environment is not ready, with the particulars in less weight.
pub fn reason_line(view: &View<'_>, reason: &Reason<'_>) -> Line {
    let (what, why) = reason_words(view, reason);
    with_small(text(what), if why.is_empty() { Line::new() } else { text(why) })
}

/// The same in one phrase.
fn reason_phrase(view: &View<'_>, reason: &Reason<'_>) -> Spoken {
    let (what, why) = reason_words(view, reason);
    if why.is_empty() {
        what
    } else {
        view.fill_spoken("value.detail", &[("text", &what), ("detail", &why.into())])
    }
}

/// What stands in the way, and how.
fn reason_words(view: &View<'_>, reason: &Reason<'_>) -> (Spoken, String) {
    let named = |check: &ReadinessCheck, why: String| (view.read(&check.check), why);
    match reason {
        Reason::Failing(check) => named(check, view.say("check_result.fail")),
        Reason::Limited(check) => named(check, view.say("check_result.limited")),
        Reason::Overwritten(check, cloning) => named(check, overwritten_by(view, cloning)),
        Reason::Stale(check, since) => named(check, stale_since(view, *since)),
        Reason::Undated(check) => named(check, view.say("environment.undated")),
        Reason::FollowUp(cloning, follow_up) => {
            let open = format!(
                "{} {}: {}",
                view.say("kind.cloning"),
                cloning.id.value,
                view.say("cloning.follow_up_open")
            );
            (view.read(&follow_up.task), open)
        }
        Reason::Unchecked => (view.said("environment.checks_empty"), String::new()),
    }
}

fn stale_since(view: &View<'_>, since: DateTime) -> String {
    view.fill("environment.stale_since", &[("date", &view.words().date_time_table(since))])
}

fn overwritten_by(view: &View<'_>, cloning: &Cloning) -> String {
    view.fill("environment.overwritten", &[("cloning", &cloning.id.value)])
}

/// One environment.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(environment) = view.portal.site.environments.get(id) else {
        return Sheet::new("environment.html", Head::default(), Vec::new());
    };
    let mut sections: Vec<Section> = why(view, environment).into_iter().collect();
    let columns = vec![checks(view, environment), facts(view, environment)];
    sections.push(Section::new("state", "", vec![Block::Columns { sections: columns, class: "split" }]));
    sections.push(clonings::of_environment(view, environment));
    sections.extend(builds(view, environment));
    sections.push(deployments(view, environment));
    let pair = vec![releases_here(view, environment), data_here(view, environment)];
    sections.push(Section::new("use", "", vec![Block::Columns { sections: pair, class: "cols" }]));
    sections.push(runs_here(view, environment));
    sections.extend(references::section(view, |subject| {
        matches!(subject, Subject::Release(_) | Subject::Run(_) | Subject::DataSet(_))
    }));
    Sheet::new("environment.html", head(view, environment), sections)
        .restricted(environment.restriction.as_ref())
}

fn head(view: &View<'_>, environment: &Record<Environment>) -> Head {
    let mut kicker =
        vec![text(format!("{} {}", view.say("kind.environment"), environment.id)), kind(view, environment)];
    kicker.extend(environment.product.as_ref().map(|product| text(view.product(product.id()))));
    kicker.push(shown(view, &readiness_of(view, environment).state()));
    let open = web_address(environment).map(|href| Action {
        icon: "external",
        text: view.say("environment.open"),
        href: href.to_owned(),
        primary: false,
    });
    Head {
        kicker,
        title: view.name(view.subject),
        lede: environment.note.as_ref().map(|note| view.read(note)),
        actions: open.into_iter().collect(),
    }
}

/// The address of an environment, where it is one of the web: nothing else becomes a link.
fn web_address(environment: &Environment) -> Option<&str> {
    environment.url.as_deref().and_then(crate::derive::page::links::web)
}

/// What makes an environment less than ready; the checks below tell the rest.
fn why(view: &View<'_>, environment: &Record<Environment>) -> Option<Section> {
    let readiness = readiness_of(view, environment);
    let rows: Vec<Row> = readiness.deciding().map(|reason| why_row(view, environment, reason)).collect();
    if rows.is_empty() {
        return None;
    }
    let section =
        Section::new("why", view.say("environments.why"), vec![Block::Rows { ordered: false, rows }]);
    Some(section.aside(shown(view, &readiness.state())))
}

/// A reason, and the cloning that it comes from.
fn why_row(view: &View<'_>, environment: &Record<Environment>, reason: &Reason<'_>) -> Row {
    let source = match reason {
        Reason::FollowUp(cloning, _) | Reason::Overwritten(_, cloning) => {
            let subject = Subject::Cloning(environment.id.clone(), cloning.id.value.clone());
            view.link_as(&subject, view.say("cloning.follow_ups"))
        }
        _ => Line::new(),
    };
    Row { what: reason_line(view, reason), aside: source, ..Row::default() }
}

fn facts(view: &View<'_>, environment: &Record<Environment>) -> Section {
    let mut facts = vec![
        fact(view, "field.state", shown(view, &readiness_of(view, environment).state())),
        fact(view, "environments.build", installed(view, environment)),
        fact(view, "environments.next_cloning", next_cloning_line(view, environment)),
        fact(view, "field.kind", kind(view, environment)),
    ];
    facts.extend(
        environment
            .product
            .as_ref()
            .map(|product| fact(view, "field.product", text(view.product(product.id())))),
    );
    let team = environment.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer()));
    facts.push(fact(view, "field.team", team));
    if let Some(url) = &environment.url {
        let address = match web_address(environment) {
            Some(href) => vec![Bit::External { text: url.clone(), href: href.to_owned() }],
            None => text(url.clone()),
        };
        facts.push(fact(view, "field.url", address));
    }
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: true }])
}

fn checks(view: &View<'_>, environment: &Environment) -> Section {
    let block = if environment.readiness.is_empty() {
        Block::Empty { text: view.say("environment.checks_empty") }
    } else {
        Block::Table(Table {
            label: view.say("environment.checks"),
            columns: vec![
                column(view, "field.check"),
                column(view, "field.result"),
                column(view, "field.at"),
                column(view, "field.valid_until"),
                column(view, "field.state"),
            ],
            rows: environment.readiness.iter().map(|check| check_row(view, environment, check)).collect(),
            sort: true,
        })
    };
    Section::new("checks", view.say("environment.checks"), vec![block])
        .aside(text(view.words().count("count.checks", environment.readiness.len())))
}

fn check_row(view: &View<'_>, environment: &Environment, check: &ReadinessCheck) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let freshness = readiness::freshness(environment, check, zone, view.portal.as_of);
    let name = match &check.run {
        Some(run) => view.link_as(&Subject::Run(run.id().to_owned()), view.read(&check.check)),
        None => text(view.read(&check.check)),
    };
    let at = check.at.as_ref();
    vec![
        Cell::from(with_small(name, view.line(check.note.as_ref()))),
        result(view, check, freshness).into(),
        Cell::sorted(
            view.moment_or_unknown(at.map(|at| &at.value)),
            at.map_or_else(String::new, |at| at.civil(zone).to_string()),
        ),
        valid_until(view, check, freshness).into(),
        freshness_status(view, freshness).into(),
    ]
}

/// What came of a check; without colour once it does not hold any more, so that nobody takes an old
/// result for a present one.
fn result(view: &View<'_>, check: &ReadinessCheck, freshness: Freshness<'_>) -> Line {
    match freshness {
        Freshness::Fresh(_) => shown(view, &check.result.value),
        Freshness::Stale(_) | Freshness::Overwritten(_) | Freshness::Undated => {
            vec![Bit::Small { line: text(view.say(&format!("check_result.{}", check.result.word()))) }]
        }
    }
}

fn valid_until(view: &View<'_>, check: &ReadinessCheck, freshness: Freshness<'_>) -> Line {
    let term = check.valid_for.map(|term| {
        // Whole seconds are enough for a term of hours and days.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a term is never negative"
        )]
        let seconds = term.0 as u64;
        text(view.words().duration(seconds))
    });
    match freshness {
        Freshness::Fresh(until) | Freshness::Stale(until) => {
            with_small(view.time(until), term.unwrap_or_default())
        }
        Freshness::Overwritten(_) => term.unwrap_or_default(),
        Freshness::Undated => view.unknown(),
    }
}

fn freshness_status(view: &View<'_>, freshness: Freshness<'_>) -> Line {
    let (state, key) = match freshness {
        Freshness::Fresh(_) => (State::named("passed"), "freshness.fresh"),
        Freshness::Stale(_) => (State::with_icon("stale", "history"), "freshness.stale"),
        Freshness::Overwritten(_) => (State::with_icon("stale", "server"), "freshness.overwritten"),
        Freshness::Undated => (State::named("unknown"), "value.unknown"),
    };
    status(state, view.say(key))
}

/// Which releases want which build here, and what is there instead.
fn wanted<'a>(view: &View<'a>, environment: &'a Record<Environment>) -> Vec<Wanted<'a>> {
    let site = &view.portal.site;
    drift::of_environment(site, &Builds::of(site), environment, view.portal.as_of)
}

/// On the board: releases whose build is not here, or that all are.
fn drift_cell(view: &View<'_>, environment: &Record<Environment>) -> Cell {
    let wanted = wanted(view, environment);
    let missing: Vec<&Wanted<'_>> = wanted.iter().filter(|wanted| wanted.is_drift()).collect();
    let line = match (wanted.is_empty(), missing.is_empty()) {
        (true, _) => vec![Bit::Small { line: text(view.say("value.none")) }],
        (false, true) => drift_status(view, false),
        (false, false) => {
            let releases =
                missing.iter().map(|wanted| view.link(&Subject::Release(wanted.release.id.clone())));
            with_small(drift_status(view, true), view.row(releases))
        }
    };
    Cell::sorted(line, usize::MAX - missing.len())
}

fn drift_status(view: &View<'_>, is_drift: bool) -> Line {
    if is_drift {
        status(State::named("limited"), view.say("environment.drift"))
    } else {
        status(State::named("passed"), view.say("environment.no_drift"))
    }
}

fn builds(view: &View<'_>, environment: &Record<Environment>) -> Option<Section> {
    let wanted = wanted(view, environment);
    if wanted.is_empty() {
        return None;
    }
    let row = |wanted: &Wanted<'_>| {
        let found = wanted.found.map_or_else(
            || text(view.say("environment.not_deployed")),
            |found| with_small(code(&found.build), view.moment(&found.at)),
        );
        vec![
            Cell::from(releases::name(view, wanted.release)),
            code(wanted.build).into(),
            found.into(),
            drift_status(view, wanted.is_drift()).into(),
        ]
    };
    let table = Table {
        label: view.say("environment.builds"),
        columns: vec![
            column(view, "field.release"),
            column(view, "environment.wanted"),
            column(view, "environments.build"),
            column(view, "field.state"),
        ],
        rows: wanted.iter().map(row).collect(),
        sort: true,
    };
    Some(Section::new("builds", view.say("environment.builds"), vec![Block::Table(table)]))
}

fn deployments(view: &View<'_>, environment: &Environment) -> Section {
    let zone = &view.portal.site.zone;
    let mut newest: Vec<&Deployment> = environment.deployments.iter().collect();
    newest.sort_by_key(|deployment| Reverse(deployment.at.civil(zone)));
    let block = if newest.is_empty() {
        Block::Empty { text: view.say("environment.deployments_empty") }
    } else {
        let present = readiness::installed(environment, zone, view.portal.as_of);
        Block::Table(Table {
            label: view.say("environment.deployments"),
            columns: vec![
                column(view, "field.build"),
                column(view, "field.at"),
                column(view, "field.release"),
            ],
            rows: newest.iter().map(|deployment| deployment_row(view, deployment, present)).collect(),
            sort: true,
        })
    };
    Section::new("deployments", view.say("environment.deployments"), vec![block])
}

fn deployment_row(view: &View<'_>, deployment: &Deployment, present: Option<&Deployment>) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let mut build = code(&deployment.build);
    if deployment.at.date(zone) > view.portal.as_of {
        build.push(Bit::Badge { text: view.say("time.planned"), class: "" });
    } else if present == Some(deployment) {
        build.push(Bit::Badge { text: view.say("field.present"), class: "is-passed" });
    }
    let releases = releases_of_build(view, &deployment.build);
    vec![
        Cell::from(build),
        Cell::sorted(view.moment(&deployment.at), deployment.at.civil(zone)),
        view.row(releases.into_iter().map(|release| releases::name(view, release))).into(),
    ]
}

/// Releases that have `build` under test, or a run on it.
fn releases_of_build<'a>(view: &View<'a>, build: &str) -> Vec<&'a Record<Release>> {
    let site = &view.portal.site;
    let has_run = |release: &Record<Release>| {
        let on_build = |run: &Record<Run>| run.build.as_ref().is_some_and(|of| of.value == build);
        site.runs.iter().any(|run| run.release.id() == release.id && on_build(run))
    };
    let is_its = |release: &Record<Release>| release.build.as_ref().is_some_and(|of| of.value == build);
    site.releases.iter().filter(|release| is_its(release) || has_run(release)).collect()
}

fn releases_here(view: &View<'_>, environment: &Record<Environment>) -> Section {
    let mut here: Vec<&Record<Release>> = view
        .portal
        .site
        .releases
        .iter()
        .filter(|release| release.environments.iter().any(|entry| entry.env.id() == environment.id))
        .collect();
    here.sort_by_key(|release| Reverse(releases::install_day(view, release)));
    let rows: Vec<Row> = here
        .iter()
        .map(|release| {
            let purposes = release.environments.iter().filter(|entry| entry.env.id() == environment.id);
            let purposes = view.row(purposes.map(|entry| text(releases::purpose(view, entry))));
            Row {
                what: with_small(releases::name(view, release), purposes),
                aside: shown(view, &releases::status_of(release)),
                icon: Some("rocket"),
                ..Row::default()
            }
        })
        .collect();
    Section::new(
        "releases",
        view.say("environment.releases"),
        vec![plain_or(view, rows, "environment.releases_empty")],
    )
}

/// The test-data sets that live in an environment.
pub fn sets_in<'a>(view: &View<'a>, environment: &str) -> Vec<&'a Record<DataSet>> {
    view.portal.site.data.iter().filter(|set| set.environment.id() == environment).collect()
}

fn data_here(view: &View<'_>, environment: &Record<Environment>) -> Section {
    let sets = sets_in(view, &environment.id);
    let usable =
        sets.iter().filter(|set| test_data::is_usable(&view.portal.site, set, view.portal.as_of)).count();
    let rows = sets
        .iter()
        .map(|set| Row {
            what: with_small(
                view.link(&Subject::DataSet(set.id.clone())),
                text(view.say(&format!("origin.{}", set.origin.word()))),
            ),
            aside: data_status(view, set),
            icon: Some("database"),
            ..Row::default()
        })
        .collect();
    let section = Section::new(
        "data",
        view.say("environment.data"),
        vec![plain_or(view, rows, "environment.data_empty")],
    );
    if sets.is_empty() { section } else { section.aside(text(ready_of(view, usable, sets.len()))) }
}

/// "3/5" of something ready, with the word.
fn ready_of(view: &View<'_>, ready: usize, all: usize) -> String {
    let word = view.say("environment_state.ready");
    view.fill("value.label", &[("label", &word), ("value", &view.words().of(ready, all))])
}

/// The state of a data set on the day: one whose last day is past or that a cloning
/// overwrote is out of date, whatever it says.
pub fn data_status(view: &View<'_>, set: &DataSet) -> Line {
    shown(view, &test_data::status(&view.portal.site, set, view.portal.as_of))
}

fn runs_here(view: &View<'_>, environment: &Record<Environment>) -> Section {
    let site = &view.portal.site;
    let mut here: Vec<&Record<Run>> =
        site.runs.iter().filter(|run| run.environment.id() == environment.id).collect();
    here.sort_by_key(|run| Reverse((run.started.civil(&site.zone), run.id.as_str())));
    let all = here.len();
    here.truncate(LATEST_RUNS);
    let title = view.say("runs.title");
    let block = if here.is_empty() {
        Block::Empty { text: view.say("release.runs_empty") }
    } else {
        runs::table(view, &here, &title)
    };
    let section = Section::new("runs", title, vec![block]);
    if all == 0 {
        return section;
    }
    let more = if here.len() < all {
        let shown = view.words().of(here.len(), all);
        view.fill("value.detail", &[("text", &view.say("nav.all")), ("detail", &shown)])
    } else {
        view.say("nav.all")
    };
    section.more(more, view.href(&Subject::List(List::Runs)))
}
