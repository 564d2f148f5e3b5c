//! Defects.

use super::super::blocks::{
    Bit, Block, Cell, Fact, Head, Line, Row, Section, State, Table, Tile, join, text, with_small,
};
use super::super::names::View;
use super::labels::{attachment, build, column, fact, priority, rows_or};
use super::parts::Part;
use super::states::{severity, shown};
use super::{Sheet, list_head, references};
use crate::derive::routes::{List, Subject};
use crate::model::defect::{Defect, DefectChange, DefectStatus, FoundIn, Severity};
use crate::model::records::Record;
use crate::model::run::Run;

/// Where a defect stands in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Open,
    Deferred,
    Settled,
}

fn group(status: DefectStatus) -> Group {
    match (status.is_deferred(), status.is_open()) {
        (true, _) => Group::Deferred,
        (false, true) => Group::Open,
        (false, false) => Group::Settled,
    }
}

/// All defects: the open first, by severity.
pub fn list(view: &View<'_>) -> Sheet {
    let site = &view.portal.site;
    let all = in_order(view, &site.defects.iter().collect::<Vec<_>>());
    let part = Part::of(view, all.len());
    let mut sections = Vec::new();
    if matches!(view.subject, Subject::List(_)) {
        sections.push(Section::new("", "", vec![tiles(view, &all, &part)]));
    }
    let shown = part.items(&all);
    for (kind, id, title) in [
        (Group::Open, "open", "defects.open"),
        (Group::Deferred, "deferred", "release.defects_deferred"),
        (Group::Settled, "settled", "defects.settled"),
    ] {
        let of_kind: Vec<&Record<Defect>> =
            shown.iter().copied().filter(|defect| group(defect.status.value) == kind).collect();
        let whole = all.iter().filter(|defect| group(defect.status.value) == kind).count();
        let aside = text(view.words().count("count.defects", whole));
        if !of_kind.is_empty() {
            let table = table(view, &of_kind, &view.say(title));
            sections.push(Section::new(id, view.say(title), vec![table]).aside(aside));
        } else if kind == Group::Open && whole == 0 {
            sections.push(Section::new(
                id,
                view.say(title),
                vec![Block::Empty { text: view.say("defects.open_empty") }],
            ));
        }
    }
    if let (Some(section), Some(links)) = (sections.last_mut(), part.links(view)) {
        section.blocks.push(links);
    }
    let head = Head { title: view.name(view.subject), ..list_head(view, List::Defects, "defects.lead") };
    Sheet::new("defects.html", head, sections)
}

/// Defects as readers want them: the open first, the graver first, then the earlier reported.
pub fn in_order<'a>(view: &View<'_>, defects: &[&'a Record<Defect>]) -> Vec<&'a Record<Defect>> {
    let zone = &view.portal.site.zone;
    let mut ordered = defects.to_vec();
    ordered.sort_by_cached_key(|defect| {
        let reported = defect.reported.as_ref().map(|reported| reported.civil(zone));
        (group(defect.status.value), defect.severity.value, reported.is_none(), reported)
    });
    ordered
}

fn tiles(view: &View<'_>, defects: &[&Record<Defect>], part: &Part) -> Block {
    let count = |wanted: &dyn Fn(&Defect) -> bool| defects.iter().filter(|defect| wanted(defect)).count();
    let is = |wanted: Group| move |defect: &Defect| group(defect.status.value) == wanted;
    let anchor = |wanted: Group, id: &str| {
        let first = defects.iter().position(|defect| group(defect.status.value) == wanted)?;
        Some(format!("{}#{id}", part.href(view, first)))
    };
    let (open, deferred, settled) =
        (anchor(Group::Open, "open"), anchor(Group::Deferred, "deferred"), anchor(Group::Settled, "settled"));
    let tile = |figure: usize, label: String, state: Option<State>, href: Option<&String>| Tile {
        figure: view.words().number(figure),
        label,
        state: state.filter(|_| figure > 0),
        href: href.filter(|_| figure > 0).cloned(),
    };
    let mut tiles = vec![tile(
        count(&is(Group::Open)),
        view.say("defects.open"),
        Some(State::named("failed")),
        open.as_ref(),
    )];
    tiles.extend(Severity::ALL.iter().map(|severity| {
        let of_severity = count(&|defect: &Defect| {
            group(defect.status.value) == Group::Open && defect.severity.value == *severity
        });
        tile(of_severity, view.say(&format!("severity.{}", severity.word())), None, open.as_ref())
    }));
    tiles.push(tile(
        count(&is(Group::Deferred)),
        view.say("defect_status.deferred"),
        Some(State::named("skipped")),
        deferred.as_ref(),
    ));
    tiles.push(tile(
        count(&is(Group::Settled)),
        view.say("defects.settled"),
        Some(State::named("passed")),
        settled.as_ref(),
    ));
    Block::Tiles { tiles }
}

/// Defects as a table.
pub fn table(view: &View<'_>, defects: &[&Record<Defect>], label: &str) -> Block {
    Block::Table(Table {
        label: label.to_owned(),
        columns: vec![
            column(view, "kind.defect"),
            column(view, "field.severity"),
            column(view, "field.status"),
            column(view, "field.found_in"),
            column(view, "field.reported"),
            column(view, "field.team"),
            column(view, "field.affects"),
        ],
        rows: defects.iter().map(|defect| row(view, defect)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, defect: &Record<Defect>) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let reported = defect.reported.as_deref();
    vec![
        Cell::sorted(name(view, defect), &defect.id),
        Cell::sorted(severity(view, defect.severity.value), defect.severity.value as u8),
        shown(view, &defect.status.value).into(),
        defect.found_in.as_ref().map_or_else(|| view.unknown(), |found| place(view, found)).into(),
        Cell::sorted(
            view.moment_or_unknown(reported),
            reported.map_or_else(String::new, |reported| reported.civil(zone).to_string()),
        ),
        defect.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())).into(),
        join(defect.affects.iter().map(|release| view.pointer(release.pointer())), ", ").into(),
    ]
}

/// A defect's id, linked, and its title.
pub fn name(view: &View<'_>, defect: &Record<Defect>) -> Line {
    let subject = Subject::Defect(defect.id.clone());
    let mut line = view.id(&subject, &defect.id);
    line.push(Bit::Text { text: format!(" {}", view.read(&defect.title)) });
    line
}

/// Environment and build.
fn place(view: &View<'_>, found: &FoundIn) -> Line {
    let environment = found
        .environment
        .as_ref()
        .map_or_else(|| view.unknown(), |environment| view.pointer(environment.pointer()));
    with_small(environment, found.build.as_ref().map_or_else(Line::new, |build| text(build.clone())))
}

/// One defect.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(defect) = view.portal.site.defects.get(id) else {
        return Sheet::new("defect.html", Head::default(), Vec::new());
    };
    let mut sections = vec![facts(view, defect)];
    sections.push(steps(view, defect));
    sections.extend(difference(view, defect));
    sections.push(workaround(view, defect));
    sections.push(history(view, defect));
    sections.extend(attachments(view, defect));
    sections.extend(runs(view));
    sections.extend(references::section(view, |subject| matches!(subject, Subject::Run(_))));
    Sheet::new("defect.html", head(view, defect), sections).restricted(defect.restriction.as_ref())
}

fn head(view: &View<'_>, defect: &Record<Defect>) -> Head {
    Head {
        kicker: vec![
            text(format!("{} {}", view.say("kind.defect"), defect.id)),
            severity(view, defect.severity.value),
            shown(view, &defect.status.value),
        ],
        title: view.read(&defect.title).to_owned(),
        lede: defect.note.as_ref().map(|note| view.read(note).to_owned()),
        actions: Vec::new(),
    }
}

fn facts(view: &View<'_>, defect: &Record<Defect>) -> Section {
    let or_unknown = |line: Option<Line>| line.unwrap_or_else(|| view.unknown());
    let found = defect.found_in.as_ref();
    let mut facts: Vec<Fact> = vec![
        fact(view, "field.severity", severity(view, defect.severity.value)),
        fact(view, "field.priority", priority(view, defect.priority).0),
        fact(view, "field.status", shown(view, &defect.status.value)),
        fact(
            view,
            "field.environment",
            or_unknown(found.and_then(|found| Some(view.pointer(found.environment.as_ref()?.pointer())))),
        ),
        fact(view, "field.build", or_unknown(found.and_then(|found| Some(build(found.build.as_ref()?))))),
        fact(view, "field.observed", view.moment_or_unknown(defect.observed.as_deref())),
        fact(view, "field.reported", view.moment_or_unknown(defect.reported.as_deref())),
        fact(view, "field.team", or_unknown(defect.team.as_ref().map(|team| view.pointer(team.pointer())))),
        fact(view, "field.ticket", or_unknown(defect.ticket.as_ref().map(|ticket| view.ticket(ticket)))),
    ];
    let affects = join(defect.affects.iter().map(|release| view.pointer(release.pointer())), ", ");
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
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
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

fn history(view: &View<'_>, defect: &Defect) -> Section {
    let mut rows: Vec<Row> = Vec::new();
    let event = |when: Line, key: &str| Row { when, what: text(view.say(key)), ..Row::default() };
    rows.extend(defect.observed.as_ref().map(|at| event(view.moment(at), "field.observed")));
    rows.extend(defect.reported.as_ref().map(|at| event(view.moment(at), "field.reported")));
    rows.extend(defect.history.iter().map(|change| change_row(view, change)));
    let block = rows_or(view, rows, "defect.history_empty");
    Section::new("history", view.say("defect.history"), vec![block])
}

fn change_row(view: &View<'_>, change: &DefectChange) -> Row {
    Row {
        when: view.moment(&change.at),
        what: with_small(shown(view, &change.to.value), view.line(change.note.as_ref())),
        aside: change.build.as_ref().map_or_else(Line::new, |name| build(name)),
        ..Row::default()
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

/// The runs whose results name the defect, the latest first.
fn runs(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    let naming: std::collections::BTreeSet<&str> = view
        .portal
        .backlinks
        .to(view.subject)
        .filter_map(|subject| if let Subject::Run(id) = subject { Some(id.as_str()) } else { None })
        .collect();
    let runs: Vec<&Record<Run>> = view
        .portal
        .results
        .runs()
        .filter(|id| naming.contains(id))
        .filter_map(|id| site.runs.get(id))
        .collect();
    (!runs.is_empty()).then(|| super::runs::latest(view, &runs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deferred_defects_are_counted_apart() {
        assert_eq!(group(DefectStatus::Reopened), Group::Open);
        assert_eq!(group(DefectStatus::Deferred), Group::Deferred);
        assert_eq!(group(DefectStatus::Duplicate), Group::Settled);
    }
}
