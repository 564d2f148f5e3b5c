//! The home page: today.

use jiff::Span;
use jiff::civil::Date;

use super::super::blocks::{
    Action, Bit, Block, Head, Lane, Line, Row, Section, State, StripItem, Tile, bar, join, link, text,
};
use super::super::names::View;
use super::super::template::RenderFault;
use super::events::{self, raised};
use super::labels::rows_or;
use super::states::{self, Shown, shown};
use super::{Sheet, folder, gate, releases, report, texts};
use crate::derive::attention;
use crate::derive::decision;
use crate::derive::environment::readiness::{self, EnvironmentState};
use crate::derive::gate::{Gate, of as judge};
use crate::derive::page::dates;
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::counts::Counts;
use crate::derive::schedule::occupation::is_target;
use crate::derive::schedule::timeline::monday;
use crate::derive::schedule::{Event, EventKind};
use crate::derive::week::weekly::{History, Weekly};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::environment::Environment;
use crate::model::portal::Metric;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};

/// The name of the guide that says how to report a defect.
const REPORTING: &str = "report-defect";

/// How many milestones are shown.
const MILESTONES: usize = 10;

/// How many new, changed or late things are shown.
const NEWS: usize = 5;

/// How many releases in test are shown: those whose next date is nearest. More would push the rest of the day off the
/// first screen.
const LANES: usize = 6;

/// How many environments are shown; where there are more, those that are not ready come first.
const STRIP: usize = 12;

/// What is in test, what comes next, what is late. A portal without records shows its pages, one
/// without pages says how to begin.
///
/// # Errors
/// A live block of the portal's own text that cannot be laid out.
pub fn sheet(view: &View<'_>) -> Result<Sheet, RenderFault> {
    let own = introduction(view)?;
    // What is dated stands on the home page of the current version alone.
    Ok(if view.portal.is_current() && has_records(view) { today(view, own) } else { plain(view, own) })
}

fn has_records(view: &View<'_>) -> bool {
    let site = &view.portal.site;
    let is_empty = site.releases.is_empty()
        && site.runs.is_empty()
        && site.defects.is_empty()
        && site.environments.is_empty()
        && site.data.is_empty()
        && site.tickets.is_empty()
        && site.decisions.is_empty();
    !is_empty
}

fn introduction(view: &View<'_>) -> Result<Option<texts::Introduction>, RenderFault> {
    let site = &view.portal.site;
    let own = site.documents_of(DocumentKind::Home).next();
    let document = own.or_else(|| ["index", "README"].iter().find_map(|key| site.document(key)));
    document.map(|document| texts::introduced(view, document)).transpose()
}

/// The home page of a portal of pages alone.
fn plain(view: &View<'_>, introduction: Option<texts::Introduction>) -> Sheet {
    let restriction = introduction.as_ref().and_then(|own| own.restriction.clone());
    let title = introduction.as_ref().map(|own| own.title.clone());
    let head = Head {
        title: title.unwrap_or_else(|| view.read(&view.portal.site.portal.title)),
        lede: introduction.as_ref().and_then(|own| own.lede.clone()),
        ..Head::default()
    };
    let mut sections: Vec<Section> = introduction.and_then(|own| own.section).into_iter().collect();
    sections.extend(folder::contents(view, view.tongue.navigation.roots()));
    if sections.is_empty() {
        sections.push(Section::new("empty", "", vec![Block::Empty { text: view.say("home.empty") }]));
    }
    Sheet::new("home.html", head, sections).restricted(restriction.as_ref())
}

fn today(view: &View<'_>, introduction: Option<texts::Introduction>) -> Sheet {
    let restriction = introduction.as_ref().and_then(|own| own.restriction.clone());
    let mut sections: Vec<Section> = lanes(view).into_iter().chain(environments(view)).collect();
    sections.extend(columns([milestones(view), tiles(view), news(view)]));
    sections.extend(columns([changed_guides(view), late_guides(view), trainings(view)]));
    sections.extend(introduction.and_then(|own| about(view, own)));
    Sheet::new("home.html", head(view), sections).restricted(restriction.as_ref())
}

/// Sections side by side, in a section without a heading of its own.
fn columns(sections: impl IntoIterator<Item = Option<Section>>) -> Option<Section> {
    let sections: Vec<Section> = sections.into_iter().flatten().collect();
    let columns = |sections| Section::new("", "", vec![Block::Columns { sections, class: "cols" }]);
    (!sections.is_empty()).then(|| columns(sections))
}

fn head(view: &View<'_>) -> Head {
    let words = view.words();
    let as_of = view.portal.as_of;
    let first = monday(as_of);
    let last = first.checked_add(Span::new().days(6)).unwrap_or(as_of);
    let week = view.fill("time.week", &[("n", &as_of.iso_week_date().week().to_string())]);
    let action = |icon, key, subject: &Subject| Action {
        icon,
        text: view.say(key),
        href: view.href(subject),
        primary: false,
    };
    let snapshot = attention::newest_snapshot(&view.portal.site, as_of);
    let weekly = snapshot.map(|snapshot| action("list", "home.week", &Subject::Tickets(snapshot.id.clone())));
    let schedule = Subject::List(List::Schedule);
    let schedule = view.portal.routes.has(&schedule).then(|| action("calendar", "schedule.title", &schedule));
    let reporting = reporting(view).map(|page| action("bug", "home.report_defect", &page));
    Head {
        kicker: vec![text(week), text(words.date_range(first, last))],
        title: raised(&words.date_full(as_of)).into(),
        lede: None,
        actions: weekly.into_iter().chain(schedule).chain(reporting).collect(),
    }
}

/// The page on how to report a defect, wherever among the guides it stands: testers look for it first.
fn reporting(view: &View<'_>) -> Option<Subject> {
    let mut guides = view.portal.site.documents_of(DocumentKind::Guide);
    let guide = guides.find(|guide| guide.key.rsplit('/').next() == Some(REPORTING) && !guide.is_hidden())?;
    Some(Subject::Document(guide.key.clone()))
}

/// The portal's own text about itself, below what is of today.
fn about(view: &View<'_>, introduction: texts::Introduction) -> Option<Section> {
    let mut section = introduction.section?;
    section.title = view.said("home.about");
    Some(section)
}

/// A section with a link to the list behind it.
fn listed(view: &View<'_>, id: &str, key: &str, blocks: Vec<Block>, list: List) -> Section {
    let section = Section::new(id, view.say(key), blocks);
    let subject = Subject::List(list);
    if view.portal.routes.has(&subject) {
        section.more(view.list_name(list), view.href(&subject))
    } else {
        section
    }
}

/// Releases in test, the one with the next event on top.
fn lanes(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    if site.releases.is_empty() {
        return None;
    }
    let is_in_test = |release: &&Record<Release>| {
        matches!(releases::status_of(release), ReleaseStatus::InTest | ReleaseStatus::Decided)
    };
    let mut found: Vec<(Option<Event>, &Record<Release>)> = site
        .releases
        .iter()
        .filter(is_in_test)
        .map(|release| (releases::next_event(view, release), release))
        .collect();
    found.sort_by_key(|(next, release)| {
        (next.is_none(), next.as_ref().map(|event| event.from), release.id.clone())
    });
    let mut blocks = vec![if found.is_empty() {
        Block::Empty { text: view.say("home.in_test_empty") }
    } else {
        let shown = found.iter().take(LANES);
        Block::Lanes { lanes: shown.map(|(next, release)| lane(view, release, next.as_ref())).collect() }
    }];
    blocks.extend(more(view, found.len().saturating_sub(LANES), List::Releases));
    Some(listed(view, "in-test", "home.in_test", blocks, List::Releases))
}

/// How many more there are, linked to the list that has them.
fn more(view: &View<'_>, count: usize, list: List) -> Option<Block> {
    let subject = Subject::List(list);
    if count == 0 || !view.portal.routes.has(&subject) {
        return None;
    }
    let line = link(view.words().count("count.more", count), view.href(&subject));
    Some(Block::Paragraphs { lines: vec![line] })
}

fn lane(view: &View<'_>, release: &Record<Release>, next: Option<&Event>) -> Lane {
    let counts = releases::final_counts(view, &release.id);
    let (done, share) =
        counts.as_ref().map_or_else(Default::default, |counts| executed(view, release, counts));
    let build = release.build.as_ref().map(|build| vec![Bit::Code { text: build.value.clone() }]);
    let (figure, unit) = days_left(view, next);
    let gate = judge(view.portal.basis(), release);
    Lane {
        title: releases::name(view, release),
        text: join([text(view.product(release.product.id()))].into_iter().chain(build), " · "),
        status: lane_status(view, release),
        gate: Some(gate::light(view, &gate, &release.id)),
        done,
        share,
        to_test: to_test(view, release, counts.as_ref(), &gate),
        bar: counts.and_then(|counts| bar(&counts, view.words())),
        empty: view.say("home.no_results"),
        figure,
        unit,
        label: next.map_or_else(
            || view.say("home.no_events"),
            |event| view.say(&format!("event.{}", event.kind.word())),
        ),
        until: next.map_or_else(Line::new, |event| until(view, release, event)),
    }
}

/// How a release stands, and what was decided of its install; that it is in test is what the section says.
fn lane_status(view: &View<'_>, release: &Record<Release>) -> Line {
    if let Some(decision) = decision::current(&view.portal.site, &release.id, view.portal.as_of) {
        return shown(view, &decision.outcome.value);
    }
    match releases::status_of(release) {
        ReleaseStatus::InTest => Line::new(),
        status => shown(view, &status),
    }
}

/// "385/412 executed", linked to the runs of the release, and the share.
fn executed(view: &View<'_>, release: &Record<Release>, counts: &Counts) -> (Line, String) {
    let (of, share) = releases::executed(view, counts);
    let page = view.href(&Subject::Release(release.id.clone()));
    (link(view.fill("home.executed", &[("of", &of)]), format!("{page}#runs")), share)
}

/// What there is to test, how much of it is left, with the way to the list where the gate asks for it, and where it is
/// tested.
fn to_test(view: &View<'_>, release: &Record<Release>, counts: Option<&Counts>, found: &Gate<'_>) -> Line {
    let page = view.href(&Subject::Release(release.id.clone()));
    let what = link(view.say("home.what_to_test"), format!("{page}#contents"));
    let left = counts.map(|counts| match counts.planned().saturating_sub(counts.executed()) {
        0 => text(view.say("home.left_none")),
        left => {
            let said = view.words().count("home.left", left);
            not_executed(found).map_or_else(|| text(&said), |list| link(&said, format!("{page}#{list}")))
        }
    });
    let tested_in = release.environments.iter().filter(|entry| !is_target(&view.portal.site, entry));
    let places = view.row(tested_in.map(|entry| view.pointer(entry.env.pointer())));
    let places = (!places.is_empty()).then_some(places);
    join([what].into_iter().chain(left).chain(places), " · ")
}

/// The place in the release's page of the cases that are not executed, if a rule of its gate counts them.
fn not_executed(found: &Gate<'_>) -> Option<String> {
    gate::in_order(found)
        .into_iter()
        .filter(|(_, result)| result.rule.metric.value == Metric::ExecutedShare && result.rule.of.is_empty())
        .find_map(|(at, result)| gate::anchor(result, at))
}

/// The days to an event: a number and its unit, or "today".
pub fn days_left(view: &View<'_>, next: Option<&Event>) -> (String, String) {
    let Some(event) = next else { return ("–".to_owned(), String::new()) };
    match usize::try_from((event.day() - view.portal.as_of).get_days()) {
        Ok(days) if days > 0 => (view.words().number(days), view.words().count("home.unit_days", days)),
        _ => (raised(&view.say("relative.today")), String::new()),
    }
}

fn until(view: &View<'_>, release: &Record<Release>, event: &Event) -> Line {
    let words = view.words();
    let day = words.weekday_day(event.day());
    let when = if event.has_time { format!("{day} {}", words.time(event.from.time())) } else { day };
    let page = view.href(&Subject::Release(release.id.clone()));
    let mut line = link(when, format!("{page}#schedule"));
    line.extend(events::badges(view, event));
    line
}

fn environments(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    if site.environments.is_empty() {
        return None;
    }
    let mut found: Vec<&Record<Environment>> = site.environments.iter().collect();
    let hidden = found.len().saturating_sub(STRIP);
    if hidden > 0 {
        found.sort_by_key(|environment| readiness_state(view, environment) == EnvironmentState::Ready);
    }
    let items = found.iter().take(STRIP).map(|environment| strip_item(view, environment)).collect();
    let mut blocks = vec![Block::Strip { items }];
    blocks.extend(more(view, hidden, List::Environments));
    Some(listed(view, "environments", "home.environments", blocks, List::Environments))
}

fn strip_item(view: &View<'_>, environment: &Record<Environment>) -> StripItem {
    let state = readiness_state(view, environment);
    let lines = [installed(view, environment), next_cloning(view, environment)];
    let mut about = Line::new();
    for line in lines {
        if !about.is_empty() {
            about.push(Bit::Break);
        }
        about.extend(line);
    }
    StripItem {
        class: state.state().class,
        title: view.link(&Subject::Environment(environment.id.clone())),
        status: shown(view, &state),
        text: about,
    }
}

/// How ready an environment is on the day of the portal.
pub fn readiness_state(view: &View<'_>, environment: &Environment) -> EnvironmentState {
    readiness::of(environment, &view.portal.site.zone, view.portal.as_of).state()
}

/// The build in an environment and since when.
pub fn installed(view: &View<'_>, environment: &Environment) -> Line {
    let zone = &view.portal.site.zone;
    let Some(latest) = readiness::installed(environment, zone, view.portal.as_of) else {
        return view.unknown();
    };
    let build = vec![Bit::Code { text: latest.build.value.clone() }];
    let since = vec![Bit::Time {
        text: view.words().day_month(latest.at.date(zone)),
        datetime: latest.at.date(zone).to_string(),
    }];
    join([build, since], " · ")
}

/// The next time an environment is cloned, linked; or that none is planned.
pub fn next_cloning(view: &View<'_>, environment: &Record<Environment>) -> Line {
    let zone = &view.portal.site.zone;
    let Some(next) = readiness::next_cloning(environment, zone, view.portal.as_of) else {
        return text(view.say("environments.no_cloning"));
    };
    let subject = Subject::Cloning(environment.id.clone(), next.id.value.clone());
    let day = view.words().day_month(next.from.date(zone));
    view.link_as(
        &subject,
        view.fill("value.label", &[("label", &view.say("event.cloning")), ("value", &day)]),
    )
}

/// The next events, what is under way first.
fn milestones(view: &View<'_>) -> Option<Section> {
    if view.portal.events.is_empty() {
        return None;
    }
    let is_coming = |event: &&Event| {
        event.kind.is_milestone() && event.last_day() >= view.portal.as_of && !event.cancelled
    };
    let rows: Vec<Row> = view
        .portal
        .events
        .iter()
        .filter(is_coming)
        .take(MILESTONES)
        .map(|event| milestone(view, event))
        .collect();
    let block = rows_or(view, rows, "home.milestones_empty");
    Some(listed(view, "milestones", "home.milestones", vec![block], List::Schedule))
}

/// An event without its icon and product: the column is narrow.
fn milestone(view: &View<'_>, event: &Event) -> Row {
    let when = events::when(view, event.from, None, event.has_time);
    Row { when, icon: None, aside: events::badges(view, event), ..events::row(view, event) }
}

/// What wants attention, as numbers that lead to their lists.
fn tiles(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    let as_of = view.portal.as_of;
    // The counts of the page that they lead to, hence of the day of the snapshot.
    let week =
        attention::newest_snapshot(site, as_of).and_then(|snapshot| History::of(site).weekly(&snapshot.id));
    let of_week = |count: Option<usize>, key, class, icon| {
        Some((count?, key, class, icon, Subject::Tickets(week.as_ref()?.snapshot.id.clone())))
    };
    let week_of = week.as_ref();
    let of_list = |count: usize, key, class, icon, list| {
        let subject = Subject::List(list);
        view.portal.routes.has(&subject).then_some((count, key, class, icon, subject))
    };
    let counted = [
        of_week(week_of.map(Weekly::overdue), "home.overdue_tickets", "overdue", "clock"),
        of_week(week_of.map(Weekly::stalled), "home.stalled_tickets", "limited", "limited"),
        of_list(
            attention::grave_defects(&view.portal.basis()).count(),
            "home.grave_defects",
            "failed",
            "failed",
            List::Defects,
        ),
        of_list(
            attention::missing_reports(site, as_of),
            "home.missing_reports",
            "overdue",
            "clock",
            List::Reports,
        ),
        of_list(
            attention::unready_data(site, as_of).count(),
            "home.unready_data",
            "limited",
            "limited",
            List::Data,
        ),
        of_list(
            attention::overdue_guides(site, as_of).len(),
            "home.late_reviews",
            "limited",
            "limited",
            List::Review,
        ),
        of_list(
            attention::unanswered(site, as_of).count(),
            "home.unanswered",
            "unknown",
            "unknown",
            List::Advice,
        ),
    ];
    let tiles: Vec<Tile> = counted
        .into_iter()
        .flatten()
        .map(|(count, key, class, icon, subject)| Tile {
            figure: view.words().number(count),
            label: view.words().count(key, count),
            // Nothing late is no state to shout about.
            state: (count > 0).then(|| State::with_icon(class, icon)),
            href: Some(view.href(&subject)),
        })
        .collect();
    (!tiles.is_empty())
        .then(|| Section::new("attention", view.say("home.attention"), vec![Block::Tiles { tiles }]))
}

/// Reports issued and decisions taken, the latest first.
fn news(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    let reports =
        texts::documents(view, DocumentKind::Report).filter_map(|document| match &document.main().extra {
            Extra::Report(report) => {
                let at = report::when_issued(view, report)?.civil(&site.zone);
                let what = view.link(&Subject::Document(document.key.clone()));
                Some((at, document.key.clone(), "file-text", what))
            }
            _ => None,
        });
    let decisions = site.decisions.iter().map(|decision| {
        let name = view.fill(
            "value.label",
            &[
                ("label", decision.release.id()),
                ("value", &view.say(&format!("outcome.{}", decision.outcome.value.word()))),
            ],
        );
        let what = view.link_as(&Subject::Decision(decision.id.clone()), &name);
        (decision.decided.civil(&site.zone), decision.id.clone(), "scale", what)
    });
    let mut news: Vec<_> =
        reports.chain(decisions).filter(|(at, ..)| at.date() <= view.portal.as_of).collect();
    if news.is_empty() {
        return None;
    }
    news.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let rows = news
        .into_iter()
        .take(NEWS)
        .map(|(at, _, icon, what)| Row {
            what,
            aside: short_day(view, at.date()),
            icon: Some(icon),
            ..Row::default()
        })
        .collect();
    let blocks = vec![Block::Rows { ordered: false, rows }];
    Some(listed(view, "news", "home.reports", blocks, List::Reports))
}

fn short_day(view: &View<'_>, day: Date) -> Line {
    vec![Bit::Time { text: view.words().day_month(day), datetime: day.to_string() }]
}

/// Guides that were changed lately.
fn changed_guides(view: &View<'_>) -> Option<Section> {
    let (site, as_of) = (&view.portal.site, view.portal.as_of);
    let updated = |document: &Document| {
        dates::updated(site, document, document.main(), as_of).filter(|day| *day <= as_of)
    };
    let mut changed: Vec<(Date, &Document)> = texts::documents(view, DocumentKind::Guide)
        .filter_map(|document| Some((updated(document)?, document)))
        .collect();
    changed.sort_by(|a, b| (b.0, &a.1.key).cmp(&(a.0, &b.1.key)));
    let rows: Vec<Row> = changed
        .into_iter()
        .take(NEWS)
        .map(|(day, document)| Row {
            what: view.link(&Subject::Document(document.key.clone())),
            aside: short_day(view, day),
            icon: Some("book"),
            ..Row::default()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        listed(view, "guides", "home.guides", vec![Block::Rows { ordered: false, rows }], List::Guides)
    })
}

/// Guides whose review is late, the latest first.
fn late_guides(view: &View<'_>) -> Option<Section> {
    let late = attention::overdue_guides(&view.portal.site, view.portal.as_of);
    if late.is_empty() || !view.portal.routes.has(&Subject::List(List::Review)) {
        return None;
    }
    let rows = late
        .into_iter()
        .take(NEWS)
        .map(|(document, due)| Row {
            what: view.portal.routes.of_source(&document.main().path).map_or_else(
                || text(view.document_title(&document.key)),
                |subject| view.link_as(subject, view.document_title(&document.key)),
            ),
            aside: states::overdue_by(view, due),
            ..Row::default()
        })
        .collect();
    Some(listed(view, "review", "home.review", vec![Block::Rows { ordered: false, rows }], List::Review))
}

/// The next training sessions.
fn trainings(view: &View<'_>) -> Option<Section> {
    let coming = |event: &&Event| {
        event.kind == EventKind::Training && event.last_day() >= view.portal.as_of && !event.cancelled
    };
    let rows: Vec<Row> = view
        .portal
        .events
        .iter()
        .filter(coming)
        .take(NEWS)
        .map(|event| Row {
            when: events::when(view, event.from, None, event.has_time),
            what: view.link(&event.subject),
            aside: events::badges(view, event),
            ..Row::default()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        listed(view, "training", "home.training", vec![Block::Rows { ordered: true, rows }], List::Training)
    })
}
