//! Live tables and charts inside Markdown.

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use super::super::blocks::{Bit, Block, Cell, Fact, Line, Row, Table, join, text, with_small};
use super::super::names::View;
use super::super::template::RenderFault;
use super::downloads::{MOST_IN_TEXT, cut_blocks};
use super::labels::{column, rows_or};
use super::states::{shown, shown_or_unknown};
use super::{defects, events, home, releases, trend};
use crate::derive;
use crate::derive::gate::{Gate, of as judge};
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::counts::Counts;
use crate::derive::schedule::Event;
use crate::model::body::Embed;
use crate::model::defect::Defect;
use crate::model::embed::{DefectsEmbed, EmbedSource, EnvironmentsEmbed, ScheduleEmbed};
use crate::model::environment::Environment;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;

/// What the template of a live block gets: as much of a page's frame as blocks use.
#[derive(Serialize)]
struct EmbedView<'a> {
    heading: Option<&'a Heading>,
    /// The language, where it is not that of the text around.
    lang: Option<&'a str>,
    blocks: Vec<Block>,
}

/// A heading that the generator adds to a text.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    /// Its id in the page.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// The HTML of a live block. One that cannot be drawn, which
/// the checks report, says so to its readers.
pub fn html(view: &View<'_>, embed: &Embed) -> Result<String, RenderFault> {
    let blocks =
        embed.asks.as_ref().and_then(|source| blocks(view, source, format!("p:chart-{}", embed.place.start)));
    let missing = || {
        vec![Block::Notice {
            class: "is-warning",
            icon: "limited",
            line: text(view.say("markdown.embed_missing")),
        }]
    };
    let blocks = cut_blocks(view, blocks.unwrap_or_else(missing), MOST_IN_TEXT);
    drawn(view, blocks, None, None)
}

/// The HTML of blocks among a text, under a heading of their own if there is one; `lang` is their
/// language, where it is not the text's.
///
/// # Errors
/// A template that wants what the blocks do not have.
pub fn drawn(
    view: &View<'_>,
    blocks: Vec<Block>,
    lang: Option<&str>,
    heading: Option<&Heading>,
) -> Result<String, RenderFault> {
    let page = EmbedView { heading, lang, blocks };
    view.engine()?.render("embed.html", &page, &view.address)
}

fn blocks(view: &View<'_>, source: &EmbedSource, id: String) -> Option<Vec<Block>> {
    let site = &view.portal.site;
    match source {
        EmbedSource::Results(embed) => Some(results(view, site.runs.get(embed.run.id())?, id)),
        EmbedSource::Release(embed) => Some(vec![release(view, site.releases.get(embed.release.id())?)]),
        EmbedSource::Schedule(embed) => {
            schedule(view, embed).map(|block| with_way(view, block, &Subject::List(List::Schedule)))
        }
        EmbedSource::Trend(embed) => series_trend(view, &embed.series, id),
        EmbedSource::Defects(embed) => open_defects(view, embed),
        EmbedSource::Environments(embed) => {
            environments(view, embed).map(|block| with_way(view, block, &Subject::List(List::Environments)))
        }
        EmbedSource::Gate(embed) => {
            let release = site.releases.get(embed.release.id())?;
            Some(gate(view, release, &judge(view.portal.basis(), release)))
        }
    }
}

/// How the cases of a run ended.
fn results(view: &View<'_>, run: &Record<Run>, id: String) -> Vec<Block> {
    let counts = Counts::of(&view.portal.site, run);
    let (of, share) = releases::executed(view, &counts);
    let executed = view.fill("home.executed", &[("of", &of)]);
    let executed = view.fill("value.detail", &[("text", &executed), ("detail", &share)]);
    let line = join([view.link(&Subject::Run(run.id.clone())), text(executed)], " · ");
    let empty = || Block::Empty { text: view.say("home.no_results") };
    vec![Block::Paragraphs { lines: vec![line] }, trend::of_run(view, run, id).unwrap_or_else(empty)]
}

/// A release in a few facts.
fn release(view: &View<'_>, release: &Record<Release>) -> Block {
    let fact = |key: &str, value: Line| Fact { label: view.say(key), value };
    let build = release.build.as_ref().map(|build| vec![Bit::Code { text: build.value.clone() }]);
    let mut facts = vec![
        fact("kind.release", releases::name(view, release)),
        fact("field.status", shown_or_unknown(view, release.status.as_ref().map(|status| &status.value))),
        fact("field.build", build.unwrap_or_else(|| view.unknown())),
    ];
    facts.extend(releases::next_event(view, release).map(|next| Fact {
        label: view.say(&format!("event.{}", next.kind.word())),
        value: with_small(releases::event_time(view, &next), text(view.relative(next.day()))),
    }));
    Block::Facts { facts, side: false }
}

/// The events of a release, or those of a product's releases, in a window from today if one is given.
fn schedule(view: &View<'_>, embed: &ScheduleEmbed) -> Option<Block> {
    let site = &view.portal.site;
    let wanted: Box<dyn Fn(&Event) -> bool> = match (&embed.release, &embed.product) {
        (Some(release), _) => {
            let subject = Subject::Release(site.releases.get(release.id())?.id.clone());
            Box::new(move |event| event.subject == subject)
        }
        (None, Some(product)) => {
            site.portal.products.get(product.id())?;
            Box::new(|event| event.kind.is_milestone() && event.product.as_deref() == Some(product.id()))
        }
        (None, None) => return None,
    };
    let as_of = view.portal.as_of;
    let last = embed.days.map(|days| as_of.checked_add(Span::new().days(days)).unwrap_or(Date::MAX));
    let in_window = |event: &Event| last.is_none_or(|last| event.last_day() >= as_of && event.day() <= last);
    let rows: Vec<Row> = view
        .portal
        .events
        .iter()
        .filter(|event| wanted(event) && in_window(event))
        .map(|event| Row { aside: events::badges(view, event), ..events::row(view, event) })
        .collect();
    Some(rows_or(view, rows, "schedule.empty"))
}

/// The last runs of a series, and the way to all of them.
fn series_trend(view: &View<'_>, name: &str, id: String) -> Option<Vec<Block>> {
    let chart = trend::chart(view, name, id)?;
    let subject = Subject::Series(name.to_owned());
    Some(vec![Block::Paragraphs { lines: vec![view.link(&subject)] }, chart])
}

/// The open defects that affect a release; where they are many, with the way to all.
fn open_defects(view: &View<'_>, embed: &DefectsEmbed) -> Option<Vec<Block>> {
    let site = &view.portal.site;
    let release = site.releases.get(embed.release.id())?;
    let is_wanted = |defect: &&Record<Defect>| {
        embed.severity.is_empty() || embed.severity.contains(&defect.severity.value)
    };
    let open = derive::defects::open_of(&view.portal.basis(), &release.id);
    let open: Vec<&Record<Defect>> = open.all().filter(is_wanted).collect();
    if open.is_empty() {
        return Some(vec![Block::Empty { text: view.say("release.defects_open_empty") }]);
    }
    let table = defects::table(view, &open, &view.say("release.defects_open"));
    Some(with_way(view, table, &Subject::Release(release.id.clone())))
}

/// A block, and the way to the page that has all of it, where it is too long for a text.
fn with_way(view: &View<'_>, block: Block, all: &Subject) -> Vec<Block> {
    let rows = match &block {
        Block::Table(table) => table.rows.len(),
        Block::Rows { rows, .. } => rows.len(),
        _ => 0,
    };
    let way = (rows > MOST_IN_TEXT).then(|| Block::Paragraphs { lines: vec![view.link(all)] });
    [block].into_iter().chain(way).collect()
}

/// Environments and their state; a table, because cells with headings would stand among the
/// headings of the text.
fn environments(view: &View<'_>, embed: &EnvironmentsEmbed) -> Option<Block> {
    let site = &view.portal.site;
    let wanted: Vec<&Record<Environment>> = if embed.environments.is_empty() {
        site.environments.iter().collect()
    } else {
        embed
            .environments
            .iter()
            .map(|environment| site.environments.get(environment.id()))
            .collect::<Option<_>>()?
    };
    let row = |environment: &&Record<Environment>| {
        vec![
            Cell::from(view.link(&Subject::Environment(environment.id.clone()))),
            shown(view, &home::readiness_state(view, environment)).into(),
            home::installed(view, environment).into(),
            home::next_cloning(view, environment).into(),
        ]
    };
    Some(Block::Table(Table {
        label: view.say("environments.title"),
        columns: vec![
            column(view, "kind.environment"),
            column(view, "field.state"),
            column(view, "environments.build"),
            column(view, "environments.next_cloning"),
        ],
        rows: wanted.iter().map(row).collect(),
        sort: false,
    }))
}

/// How the gate of a release stood, and its rules with what was found.
pub fn gate(view: &View<'_>, release: &Record<Release>, found: &Gate<'_>) -> Vec<Block> {
    let page = view.href(&Subject::Release(release.id.clone()));
    let mut line = text(format!("{}: ", view.say("release.gate")));
    line.extend(shown(view, &found.result()));
    vec![Block::Paragraphs { lines: vec![line] }, super::gate::block(view, found, &page)]
}
