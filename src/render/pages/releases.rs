//! Releases and hot-fixes.

use super::super::blocks::{
    Bit, Block, Cell, Fact, Head, Line, Row, Section, Table, bar, join, link, text, with_small,
};
use super::super::names::View;
use super::labels::{column, fact, rows_or};
use super::states::{shown, shown_or_unknown};
use super::{Sheet, list_head};
use crate::derive::counts::{Counts, share_down};
use crate::derive::routes::{List, Subject};
use crate::derive::schedule::{self, Event, EventKind};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::records::Record;
use crate::model::release::{
    Content, Release, ReleaseEnvironment, ReleaseStatus, ReleaseType, ScheduleEvent, Waiver,
};
use crate::model::run::Run;

/// All releases: in test, planned, past.
pub fn list(view: &View<'_>) -> Sheet {
    use ReleaseStatus::{Cancelled, Decided, InTest, Planned, Released, RolledBack};
    let group = |wanted: &[ReleaseStatus], newest_first: bool| {
        let mut found: Vec<&Record<Release>> =
            view.portal.site.releases.iter().filter(|release| wanted.contains(&status_of(release))).collect();
        found.sort_by_key(|release| install_day(view, release));
        if newest_first {
            found.reverse();
        }
        found
    };
    let section = |id: &str, releases: &[&Record<Release>]| {
        let block = if releases.is_empty() {
            Block::Empty { text: view.say(&format!("releases.{id}_empty")) }
        } else {
            table(view, releases, &view.say(&format!("releases.{id}")))
        };
        Section::new(id, view.say(&format!("releases.{id}")), vec![block])
    };
    let sections = vec![
        section("in_test", &group(&[InTest, Decided], false)),
        section("planned", &group(&[Planned], false)),
        section("past", &group(&[Released, RolledBack, Cancelled], true)),
    ];
    Sheet::new("releases.html", list_head(view, List::Releases, "releases.lead"), sections)
}

/// The status of a release; one that says nothing is planned.
pub fn status_of(release: &Release) -> ReleaseStatus {
    release.status.as_ref().map_or(ReleaseStatus::Planned, |status| status.value)
}

/// When the install of a release begins, in the portal's zone.
pub fn install_day(view: &View<'_>, release: &Release) -> Option<jiff::civil::DateTime> {
    release.schedule.install.as_ref().map(|install| install.from.civil(&view.portal.site.zone))
}

fn table(view: &View<'_>, releases: &[&Record<Release>], label: &str) -> Block {
    let rows = releases
        .iter()
        .map(|release| {
            let install = release.schedule.install.as_ref();
            let when = install.map_or_else(|| view.unknown(), |install| view.moment(&install.from));
            let runs = runs_of(view, &release.id);
            let latest = runs.first().map(|run| Counts::of(&view.portal.site, run));
            let result = latest.and_then(|counts| bar(&counts, view.words()));
            vec![
                Cell::sorted(
                    with_small(name(view, release), text(view.product(release.product.id()))),
                    &release.id,
                ),
                shown(view, &status_of(release)).into(),
                text(release.build.as_ref().map_or_else(String::new, |build| build.value.clone())).into(),
                Cell::sorted(when, install_day(view, release).map_or_else(String::new, |at| at.to_string())),
                result.map_or_else(|| Cell::from(view.unknown()), Cell::bar),
            ]
        })
        .collect();
    Block::Table(Table {
        label: label.to_owned(),
        columns: vec![
            column(view, "kind.release"),
            column(view, "field.status"),
            column(view, "field.build"),
            column(view, "event.install"),
            column(view, "field.results"),
        ],
        rows,
        sort: true,
    })
}

/// A release's id and title, with a mark if it is a hot-fix.
pub fn name(view: &View<'_>, release: &Record<Release>) -> Line {
    let subject = Subject::Release(release.id.clone());
    let title = view.name(&subject);
    let shown = if title == release.id { title } else { format!("{} {title}", release.id) };
    let mut line = view.link_as(&subject, &shown);
    line.extend(hotfix_badge(view, release));
    line
}

pub fn hotfix_badge(view: &View<'_>, release: &Release) -> Option<Bit> {
    (release.r#type == Some(ReleaseType::Hotfix))
        .then(|| Bit::Badge { text: view.say("kind.hotfix"), class: "solid is-failed" })
}

/// One release.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let site = &view.portal.site;
    let Some(release) = site.releases.get(id) else {
        return Sheet::new("release.html", Head::default(), Vec::new());
    };
    let mut sections = vec![
        facts(view, release),
        schedule_section(view, release),
        contents(view, release),
        runs(view, release),
        defects(view, release),
    ];
    sections.extend(environments(view, release));
    sections.extend(uat(view, release));
    sections.extend(reports(view, release));
    sections.extend(waivers(view, release));
    sections.push(decisions(view, release));
    sections.extend(rollback(view, release));
    Sheet::new("release.html", head(view, release), sections).restricted(release.restriction.as_ref())
}

fn head(view: &View<'_>, release: &Record<Release>) -> Head {
    let title = view.name(&Subject::Release(release.id.clone()));
    let mut kicker = vec![
        text(format!("{} {}", view.say("kind.release"), release.id)),
        text(view.product(release.product.id())),
        shown(view, &status_of(release)),
    ];
    kicker.extend(hotfix_badge(view, release).map(|badge| vec![badge]));
    Head {
        kicker,
        title,
        lede: release.note.as_ref().map(|note| view.read(note).to_owned()),
        actions: Vec::new(),
    }
}

fn facts(view: &View<'_>, release: &Record<Release>) -> Section {
    let mut facts = vec![fact(
        view,
        "field.status",
        shown_or_unknown(view, release.status.as_ref().map(|status| &status.value)),
    )];
    facts.push(fact(
        view,
        "field.build",
        release
            .build
            .as_ref()
            .map_or_else(|| view.unknown(), |build| vec![Bit::Code { text: build.value.clone() }]),
    ));
    facts.push(fact(
        view,
        "field.owner",
        release.owner.as_ref().map_or_else(|| view.unknown(), |owner| view.pointer(owner.pointer())),
    ));
    if let Some(next) = next_event(view, release) {
        let name = view.say(&format!("event.{}", next.kind.word()));
        facts.push(Fact {
            label: name,
            value: with_small(event_time(view, &next), text(view.relative(next.day()))),
        });
    }
    facts.extend(release.gate.as_ref().map(|gate| fact(view, "field.gate", text(gate.id()))));
    if !release.sign_off.is_empty() {
        let roles = release.sign_off.iter().map(|role| view.pointer(role.pointer()));
        facts.push(fact(view, "release.sign_off", join(roles, ", ")));
    }
    facts.extend(hotfix_facts(view, release));
    if !release.notify.is_empty() {
        facts.push(fact(
            view,
            "field.notify",
            join(release.notify.iter().map(|party| view.pointer(party.pointer())), ", "),
        ));
    }
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
}

fn hotfix_facts(view: &View<'_>, release: &Release) -> Vec<Fact> {
    let Some(hotfix) = &release.hotfix else { return Vec::new() };
    let mut facts = vec![fact(view, "field.hotfix_of", view.pointer(hotfix.of.pointer()))];
    facts.extend(
        hotfix.trigger.as_ref().map(|defect| fact(view, "field.trigger", view.pointer(defect.pointer()))),
    );
    facts.extend(hotfix.merged_forward_to.as_ref().map(|to| {
        fact(
            view,
            "field.merged_forward_to",
            with_small(view.pointer(to.pointer()), view.yes_no(hotfix.merged)),
        )
    }));
    facts
}

/// The first event of a release that is not past.
pub fn next_event(view: &View<'_>, release: &Record<Release>) -> Option<Event> {
    schedule::of_release(&view.portal.site, release)
        .into_iter()
        .find(|event| event.last_day() >= view.portal.as_of)
}

/// When an event is, in words.
pub fn event_time(view: &View<'_>, event: &Event) -> Line {
    let words = view.words();
    let datetime = event.from.strftime("%Y-%m-%dT%H:%M").to_string();
    let shown = match (event.until, event.has_time) {
        (Some(until), true) => words.date_time_range(event.from, until),
        (Some(until), false) => words.date_range(event.from.date(), until.date()),
        (None, true) => words.date_time_table(event.from),
        (None, false) => words.date_table(event.day()),
    };
    vec![Bit::Time { text: shown, datetime }]
}

fn schedule_section(view: &View<'_>, release: &Record<Release>) -> Section {
    let events = schedule::of_release(&view.portal.site, release);
    let rows: Vec<Row> = events.iter().map(|event| schedule_row(view, release, event)).collect();
    let block = rows_or(view, rows, "schedule.empty");
    Section::new("schedule", view.say("release.schedule"), vec![block])
        .more(view.say("schedule.title"), view.href(&Subject::List(List::Schedule)))
}

fn schedule_row(view: &View<'_>, release: &Release, event: &Event) -> Row {
    let mut what = text(view.say(&format!("event.{}", event.kind.word())));
    if let EventKind::Release(kind) = event.kind {
        what = with_small(what, moves(view, release, kind));
    }
    let mut aside = Line::new();
    if event.tentative {
        aside.push(Bit::Badge { text: view.say("schedule.tentative"), class: "" });
    }
    if event.cancelled {
        aside.push(Bit::Badge { text: view.say("time.cancelled"), class: "is-skipped" });
    }
    let class = if event.last_day() < view.portal.as_of {
        "past"
    } else if event.day() <= view.portal.as_of {
        "today"
    } else {
        ""
    };
    Row { when: event_time(view, event), what, aside, class, icon: None }
}

/// What the event was before it moved, and why it moved.
pub fn moves(view: &View<'_>, release: &Release, event: ScheduleEvent) -> Line {
    let zone = &view.portal.site.zone;
    let moved = release.schedule_changes.iter().filter(|change| change.event.value == event).map(|change| {
        let was = change.was.civil(zone);
        let shown = if change.was.has_time() {
            view.words().date_time_table(was)
        } else {
            view.words().date_table(was.date())
        };
        let was = view.fill("schedule.was", &[("date", &shown)]);
        match &change.reason {
            Some(reason) => text(format!("{was} ({})", view.read(reason))),
            None => text(was),
        }
    });
    join(moved, "; ")
}

fn contents(view: &View<'_>, release: &Record<Release>) -> Section {
    let block = if release.contents.is_empty() {
        Block::Empty { text: view.say("release.contents_empty") }
    } else {
        Block::Table(Table {
            label: view.say("release.contents"),
            columns: vec![
                column(view, "kind.ticket"),
                column(view, "field.title"),
                column(view, "field.change"),
                column(view, "field.risk"),
                column(view, "field.cases"),
            ],
            rows: release.contents.iter().map(|content| content_row(view, content)).collect(),
            sort: true,
        })
    };
    Section::new("contents", view.say("release.contents"), vec![block])
        .aside(text(view.words().count("count.changes", release.contents.len())))
}

fn content_row(view: &View<'_>, content: &Content) -> Vec<Cell> {
    let flag = content
        .flag
        .as_ref()
        .map_or_else(Line::new, |flag| text(format!("{}: {flag}", view.say("release.flag"))));
    let risk = content.risk.as_ref().map(|risk| risk.value);
    vec![
        Cell::from(view.ticket(&content.ticket)),
        with_small(view.line(content.title.as_ref()), flag).into(),
        content
            .change
            .map_or_else(|| view.unknown(), |change| text(view.say(&format!("change.{}", change.word()))))
            .into(),
        Cell::sorted(
            risk.map_or_else(|| view.unknown(), |risk| text(view.say(&format!("risk.{}", risk.word())))),
            risk.map_or(9, |risk| risk as u8),
        ),
        if content.cases.is_empty() {
            Cell::from(vec![Bit::Small { line: text(view.say("release.without_cases")) }])
        } else {
            join(content.cases.iter().map(|case| view.pointer(case.pointer())), ", ").into()
        },
    ]
}

/// The runs of a release, the latest first.
pub fn runs_of<'a>(view: &View<'a>, release: &str) -> Vec<&'a Record<Run>> {
    let site = &view.portal.site;
    let mut runs: Vec<&Record<Run>> = site.runs.iter().filter(|run| run.release.id() == release).collect();
    runs.sort_by_key(|run| std::cmp::Reverse((run.started.civil(&site.zone), run.id.as_str())));
    runs
}

fn runs(view: &View<'_>, release: &Record<Release>) -> Section {
    let runs = runs_of(view, &release.id);
    let block = if runs.is_empty() {
        Block::Empty { text: view.say("release.runs_empty") }
    } else {
        super::runs::table(view, &runs, &view.say("release.runs"))
    };
    Section::new("runs", view.say("release.runs"), vec![block])
        .aside(text(view.words().count("count.runs", runs.len())))
}

fn defects(view: &View<'_>, release: &Record<Release>) -> Section {
    let affecting: Vec<_> = view
        .portal
        .site
        .defects
        .iter()
        .filter(|defect| defect.affects.iter().any(|affected| affected.id() == release.id))
        .collect();
    let (open, rest): (Vec<_>, Vec<_>) = affecting.into_iter().partition(|defect| defect.status.is_open());
    let mut blocks = vec![if open.is_empty() {
        Block::Empty { text: view.say("release.defects_open_empty") }
    } else {
        super::defects::table(view, &open, &view.say("release.defects_open"))
    }];
    if !rest.is_empty() {
        let names =
            rest.iter().map(|defect| link(defect.id.clone(), view.href(&Subject::Defect(defect.id.clone()))));
        let mut line = text(format!("{}: ", view.say("release.defects_fixed")));
        line.extend(join(names, ", "));
        blocks.push(Block::Paragraphs { lines: vec![line] });
    }
    Section::new("defects", view.say("release.defects_open"), blocks)
        .aside(text(view.words().count("count.defects", open.len())))
}

fn environments(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    if release.environments.is_empty() {
        return None;
    }
    let rows = release
        .environments
        .iter()
        .map(|entry| {
            let purpose = purpose(view, entry);
            Row {
                what: view.pointer(entry.env.pointer()),
                aside: text(purpose),
                icon: Some("server"),
                ..Row::default()
            }
        })
        .collect();
    Some(Section::new(
        "environments",
        view.say("release.environments"),
        vec![Block::Rows { ordered: false, rows }],
    ))
}

/// What a release uses an environment for: the catalogue's word for it, else the author's.
pub fn purpose(view: &View<'_>, entry: &ReleaseEnvironment) -> String {
    entry.r#use.as_ref().map_or_else(String::new, |purpose| {
        let key = format!("environment_use.{}", purpose.value.replace('-', "_"));
        if view.words().has(&key) { view.say(&key) } else { purpose.value.clone() }
    })
}

fn uat(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let table = super::uat::table(view, [release].into_iter())?;
    let section = Section::new("uat", view.say("release.uat"), vec![table]);
    Some(section.more(view.say("nav.all"), view.href(&Subject::List(List::Uat))))
}

fn reports(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let about = |document: &&Document| match &document.main().extra {
        Extra::Report(report) => report.release.as_ref().is_some_and(|of| of.id() == release.id),
        _ => false,
    };
    let rows: Vec<Row> = super::texts::documents(view, DocumentKind::Report)
        .filter(about)
        .map(|document| Row {
            what: view.link(&Subject::Document(document.key.clone())),
            icon: Some("file-text"),
            ..Row::default()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Section::new("reports", view.say("release.reports"), vec![Block::Rows { ordered: false, rows }])
    })
}

fn waivers(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    if release.waivers.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("release.waivers"),
        columns: vec![
            column(view, "field.id"),
            column(view, "field.rule"),
            column(view, "field.defects"),
            column(view, "field.reason"),
            column(view, "field.approved_by"),
            column(view, "field.expires"),
        ],
        rows: release.waivers.iter().map(|waiver| waiver_row(view, waiver)).collect(),
        sort: false,
    };
    Some(Section::new("waivers", view.say("release.waivers"), vec![Block::Table(table)]))
}

fn waiver_row(view: &View<'_>, waiver: &Waiver) -> Vec<Cell> {
    vec![
        Cell::from(text(waiver.id.value.clone())),
        text(view.say(&format!("metric.{}", waiver.rule.word()))).into(),
        join(waiver.defects.iter().map(|defect| view.pointer(defect.pointer())), ", ").into(),
        view.line(waiver.reason.as_ref()).into(),
        waiver
            .approved_by
            .as_ref()
            .map_or_else(|| view.unknown(), |role| view.pointer(role.pointer()))
            .into(),
        waiver.expires.as_ref().map_or_else(|| view.unknown(), |day| view.day(day.value)).into(),
    ]
}

fn decisions(view: &View<'_>, release: &Record<Release>) -> Section {
    let rows: Vec<Row> = view
        .portal
        .site
        .decisions
        .iter()
        .filter(|decision| decision.release.id() == release.id)
        .map(|decision| Row {
            when: view.moment(&decision.decided),
            what: with_small(
                view.link(&Subject::Decision(decision.id.clone())),
                view.line(decision.reason.as_ref()),
            ),
            aside: shown(view, &decision.outcome.value),
            ..Row::default()
        })
        .collect();
    let block = rows_or(view, rows, "release.decision_pending");
    Section::new("decision", view.say("release.decision"), vec![block])
}

fn rollback(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let rollback = release.rollback.as_ref()?;
    let guide = rollback
        .guide
        .as_ref()
        .and_then(|guide| crate::derive::links::page_at(&view.portal.routes, &release.path, guide.id()).ok());
    let mut blocks: Vec<Block> =
        guide.map(|subject| Block::Paragraphs { lines: vec![view.link(&subject)] }).into_iter().collect();
    if !rollback.cannot_undo.is_empty() {
        let items = rollback.cannot_undo.iter().map(|item| text(view.read(item))).collect();
        blocks.push(Block::Paragraphs { lines: vec![text(view.say("release.cannot_undo"))] });
        blocks.push(Block::List { ordered: false, items });
    }
    Some(Section::new("rollback", view.say("release.rollback"), blocks))
}

/// "393 of 412" as a share rounded down, printed with its numbers.
pub fn executed(view: &View<'_>, counts: &Counts) -> (String, String) {
    let words = view.words();
    let share = share_down(counts.executed(), counts.planned());
    (
        words.of(counts.executed(), counts.planned()),
        share.map_or_else(|| view.say("value.unknown"), |tenths| words.percent_tenths(tenths)),
    )
}
