//! Training modules and their sessions.

use super::super::blocks::{
    Bit, Block, Card, Fact, Line, Row, Section, State, join, link, status, text, with_small,
};
use super::super::names::View;
use super::{Sheet, list_head, sessions, texts};
use crate::derive::guidance::review;
use crate::derive::guidance::teaching;
use crate::derive::page::links;
use crate::derive::page::navigation::Entry;
use crate::derive::page::routes::{List, Subject};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Training, TrainingLevel};
use crate::record::time::Seconds;

/// All modules and the next sessions.
pub fn list(view: &View<'_>) -> Sheet {
    let modules = modules(view);
    let head = list_head(view, List::Training, "training.lead");
    if modules.is_empty() {
        let empty = Block::Empty { text: view.say("training.empty") };
        return Sheet::new("training.html", head, vec![Section::new("modules", "", vec![empty])]);
    }
    let all = modules.iter().flat_map(|(document, module)| {
        let subject = Subject::Document(document.key.clone());
        let name = view.link(&subject);
        let one = move |session| sessions::Held { subject: subject.clone(), name: name.clone(), session };
        module.sessions.iter().map(one)
    });
    let (coming, past) = sessions::split(view, all);
    let mut sections = vec![sessions::coming(view, &coming)];
    sections.extend(levels().filter_map(|level| level_section(view, level, &modules)));
    sections.extend(path(view, &modules));
    sections.extend(sessions::past(view, &past));
    sections.extend(sessions::by_team(view, &past));
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
        (!required.is_empty()).then(|| labelled(view, "training.requires_label", view.row(required))),
    );
    foot.extend(
        (!newer_guides(view, document).is_empty()).then(|| status(OLDER, view.say("training.older"))),
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

/// How a module shows that a guide it teaches changed after it.
const OLDER: State = State::with_icon("stale", "history");

/// The guides that changed after the module, as far as the portal tells readers of such things.
fn newer_guides<'a>(view: &View<'a>, module: &Document) -> Vec<teaching::Newer<'a>> {
    let portal = view.portal;
    if !review::is_told(&portal.site) {
        return Vec::new();
    }
    teaching::newer_guides(&portal.site, &portal.routes, module, portal.as_of)
}

/// The modules by the step at which they can be taken; last those that nobody can begin.
fn path(view: &View<'_>, modules: &[Module<'_>]) -> Option<Section> {
    let prerequisites = &view.portal.prerequisites;
    if !prerequisites.is_path() {
        return None;
    }
    let step = |document: &Document| prerequisites.step(&document.key);
    let last = modules.iter().filter_map(|(document, _)| step(document)).max().unwrap_or(0);
    let row = |wanted: Option<usize>| {
        let own = modules.iter().filter(|(document, _)| step(document) == wanted);
        let links = own.map(|(document, _)| view.link(&Subject::Document(document.key.clone())));
        let what = view.row(links);
        let number = |step: usize| view.fill("training.step", &[("n", &view.words().number(step))]);
        let when = wanted.map_or_else(
            || status(State::named("failed"), view.say("training.ring")),
            |step| text(number(step)),
        );
        (!what.is_empty()).then(|| Row { when, what, ..Row::default() })
    };
    let rows: Vec<Row> = (1..=last).map(Some).chain([None]).filter_map(row).collect();
    let block = Block::Rows { ordered: true, rows };
    let lead = Block::Paragraphs { lines: vec![text(view.say("training.path_text"))] };
    Some(Section::new("path", view.say("training.path"), vec![lead, block]))
}

/// What to take before a module, in an order in which it can be taken, and what it opens.
pub fn around(view: &View<'_>, document: &Document) -> Option<Section> {
    let prerequisites = &view.portal.prerequisites;
    let is_shown = |key: &&str| !view.portal.site.is_hidden(key);
    let link = |key: &str| view.link(&Subject::Document(key.to_owned()));
    let before: Vec<Line> =
        prerequisites.before(&document.key).into_iter().filter(is_shown).map(link).collect();
    let after: Vec<Line> = prerequisites.after(&document.key).filter(is_shown).map(link).collect();
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let fact = |id: &str, modules: Vec<Line>| {
        let none = || vec![Bit::Small { line: text(view.say(&format!("training.{id}_empty"))) }];
        let value = if modules.is_empty() { none() } else { view.row(modules) };
        Fact { label: view.say(&format!("training.{id}")), value }
    };
    let facts = vec![fact("before", before), fact("after", after)];
    Some(Section::new("path", view.say("training.path"), vec![Block::Facts { facts, side: true }]))
}

/// That guides which a module teaches changed after it, and which.
pub fn older(view: &View<'_>, document: &Document) -> Option<Line> {
    let newer = newer_guides(view, document);
    let day = |day| view.words().date(day);
    let guides = newer.iter().map(|newer| {
        let link = view.link(&Subject::Document(newer.guide.key.clone()));
        with_small(link, text(day(newer.changed)))
    });
    (!newer.is_empty()).then(|| join([text(view.say("training.older_text")), view.row(guides)], " "))
}

/// The sessions of a module.
pub fn held(view: &View<'_>, module: &Training) -> Vec<Section> {
    let subject = view.subject;
    let held = module.sessions.iter().map(|session| sessions::Held {
        subject: subject.clone(),
        name: Line::new(),
        session,
    });
    let (coming, past) = sessions::split(view, held);
    let next = (!coming.is_empty()).then(|| sessions::coming(view, &coming));
    next.into_iter().chain(sessions::past(view, &past)).collect()
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
    facts.extend((!required.is_empty()).then(|| fact("field.requires", view.row(required))));
    let teams = module.audience_teams.iter().map(|team| view.pointer(team.pointer()));
    facts.extend((!module.audience_teams.is_empty()).then(|| fact("field.audience_teams", view.row(teams))));
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
