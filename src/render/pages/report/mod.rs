//! Test reports: a title block, what was told to whom and when, and the author's text with what the
//! generator draws into it at the standard headings.

mod defects;
mod findings;
mod gate;
mod list;
mod measures;
mod runs;
mod text;
mod timing;

use jiff::civil::Date;

use super::super::blocks::{Block, Cell, Fact, Line, Section, Table, text, with_small};
use super::super::names::View;
use super::labels::{build, column, fact};
use super::runs::build_of;
use crate::derive::basis::Basis;
use crate::derive::page::routes::Subject;
use crate::derive::report::timeliness;
use crate::model::document::{Article, Document};
use crate::model::page::Report;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;
use crate::record::time::Moment;

pub use list::list;
pub use text::{Drawn, drawn};
pub use timing::{state, when_issued};

/// A report as of the day whose state it tells.
pub struct Issue<'a> {
    /// What it says of itself.
    pub report: &'a Report,
    /// The day.
    pub day: Date,
}

impl<'a> Issue<'a> {
    /// The report that stands on the portal's day.
    pub fn of(view: &View<'_>, report: &'a Report) -> Self {
        Self { report, day: timeliness::day(&view.portal.site, report, view.portal.as_of) }
    }

    /// What answers about its day are computed from.
    pub fn basis<'v>(&self, view: &View<'v>) -> Basis<'v> {
        Basis { as_of: self.day, ..view.portal.basis() }
    }

    /// Its release, where there is one.
    pub fn release<'v>(&self, view: &View<'v>) -> Option<&'v Record<Release>> {
        view.portal.site.releases.get(self.report.release.as_ref()?.id())
    }

    /// The runs that it names, as far as they are there.
    pub fn runs<'v>(&self, view: &View<'v>) -> Vec<&'v Record<Run>> {
        self.report.runs.iter().filter_map(|run| view.portal.site.runs.get(run.id())).collect()
    }

    /// The same without those that had not started on the day.
    pub fn started<'v>(&self, view: &View<'v>) -> Vec<&'v Record<Run>> {
        let zone = &view.portal.site.zone;
        self.runs(view).into_iter().filter(|run| run.started.date(zone) <= self.day).collect()
    }

    /// On which day the numbers are.
    pub fn as_of(&self, view: &View<'_>) -> Block {
        let day = view.words().date_long(self.day);
        Block::Paragraphs { lines: vec![vec![small(text(view.fill("report.as_of", &[("date", &day)])))]] }
    }
}

fn small(line: Line) -> super::super::blocks::Bit {
    super::super::blocks::Bit::Small { line }
}

/// The title block.
pub fn facts(view: &View<'_>, report: &Report) -> Vec<Fact> {
    let issue = Issue::of(view, report);
    let mut facts = Vec::new();
    facts.extend(
        report
            .r#type
            .as_ref()
            .map(|kind| fact(view, "field.type", text(view.say(&format!("report_type.{}", kind.word()))))),
    );
    facts.push(fact(view, "field.status", state(view, report)));
    facts.extend(
        report.release.as_ref().map(|release| fact(view, "field.release", named(view, release.id()))),
    );
    let runs = issue.started(view);
    facts.extend(builds(view, &runs).map(|builds| fact(view, "field.build", builds)));
    facts.extend(period(view, &issue, &runs).map(|period| fact(view, "report.period", period)));
    facts.push(fact(
        view,
        "field.due",
        view.moment_or_unknown(timeliness::due(&view.portal.site, report).as_ref()),
    ));
    facts.extend(
        timeliness::issued(&view.portal.site, report, view.portal.as_of)
            .map(|issued| fact(view, "field.issued", view.moment(&issued))),
    );
    facts.push(fact(
        view,
        "field.revision",
        text(view.words().number(report.revision.unwrap_or(1) as usize)),
    ));
    facts.push(fact(
        view,
        "field.approved_by",
        report.approved_by.as_ref().map_or_else(
            || vec![small(text(view.say("report.approved_none")))],
            |role| view.pointer(role.pointer()),
        ),
    ));
    facts.push(fact(view, "report.day", view.day(issue.day)));
    facts
}

/// A release's id, linked, and its title.
fn named(view: &View<'_>, id: &str) -> Line {
    let subject = Subject::Release(id.to_owned());
    let title = view.name(&subject);
    with_small(view.id(&subject, id), if title == *id { Line::new() } else { text(title) })
}

/// The builds that were tested, in the order of the runs.
fn builds(view: &View<'_>, runs: &[&Record<Run>]) -> Option<Line> {
    let mut builds: Vec<&str> = runs.iter().filter_map(|run| build_of(view, run)).collect();
    let mut seen = std::collections::HashSet::new();
    builds.retain(|build| seen.insert(*build));
    (!builds.is_empty()).then(|| view.row(builds.into_iter().map(build)))
}

/// From the first run's beginning to the last one's end.
fn period(view: &View<'_>, issue: &Issue<'_>, runs: &[&Record<Run>]) -> Option<Line> {
    let zone = &view.portal.site.zone;
    let day = |moment: &Moment| moment.date(zone);
    let from = runs.iter().map(|run| day(&run.started)).min()?;
    // While a run is going on nobody knows when testing ends.
    let ended = |run: &Run| run.ended.as_ref().map(|ended| day(ended)).filter(|ended| *ended <= issue.day);
    let ends = runs.iter().map(|run| ended(run));
    let until = ends.collect::<Option<Vec<Date>>>().and_then(|days| days.into_iter().max());
    Some(match until {
        Some(until) => text(view.words().date_range(from, until)),
        None => with_small(text(view.words().date(from)), text(view.say("value.running"))),
    })
}

/// What stands before the text: what it lacks, who gets it, what changed.
pub fn before(view: &View<'_>, document: &Document, report: &Report, article: &Article) -> Vec<Section> {
    let mut sections: Vec<Section> = findings::section(view, document, article).into_iter().collect();
    sections.extend(distribution(view, report));
    sections.extend(changes(view, report));
    sections
}

fn distribution(view: &View<'_>, report: &Report) -> Option<Section> {
    let parties = report.distribution.iter().map(|party| view.pointer(party.pointer()));
    let lines = vec![view.row(parties)];
    (!report.distribution.is_empty()).then(|| {
        Section::new("distribution", view.say("report.distribution"), vec![Block::Paragraphs { lines }])
    })
}

fn changes(view: &View<'_>, report: &Report) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = report
        .changes
        .iter()
        .map(|change| {
            vec![
                Cell::from(text(view.words().number(change.revision as usize))),
                view.moment(&change.at).into(),
                text(view.read(&change.text)).into(),
            ]
        })
        .collect();
    let table = Table {
        label: view.say("report.revisions"),
        columns: vec![column(view, "field.revision"), column(view, "field.date"), column(view, "field.text")],
        rows,
        sort: false,
    };
    (!report.changes.is_empty())
        .then(|| Section::new("revisions", view.say("report.revisions"), vec![Block::Table(table)]))
}
