//! An event of the schedule as an event of a calendar (RFC 5545, section 3.6.1).
//!
//! Nothing in it depends on the day of the build. `LAST-MODIFIED` is when the last recorded move was told,
//! and `DTSTAMP`, which must be there, says the same; of an event that nobody moved it says the day on which
//! the event was set, where one is known, else the first second of 1970. `SEQUENCE` counts the recorded
//! moves, and a cancellation as one more.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::super::frame::marking;
use super::super::names::{View, encode};
use super::super::pages::events::{kind_name, page};
use super::line::{escape, property, text};
use super::zone;
use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Change, Event, EventKind};
use crate::model::audience::Restriction;
use crate::model::environment::{Cloning, Environment, FollowUp};
use crate::model::records::Record;
use crate::model::release::ScheduleEvent;
use crate::record::time::Moment;
use crate::words::Spoken;

/// Of what was never recorded.
const UNRECORDED: &str = "19700101T000000Z";

/// The event with all its lines.
pub fn component(view: &View<'_>, event: &Event) -> String {
    let site = &view.portal.site;
    let modified = event.changes.last().map(|change| instant(change.at, &site.zone));
    let set = || event.set.map(|day| instant(day.to_datetime(Time::midnight()), &site.zone));
    let stamp = modified.clone().or_else(set).unwrap_or_else(|| UNRECORDED.to_owned());
    let restriction = restriction(view, event);
    let mut lines = vec![
        property("BEGIN", "VEVENT"),
        property("UID", &event.uid(site)),
        property("DTSTAMP", &stamp),
        property("SEQUENCE", &sequence(event).to_string()),
    ];
    lines.extend(modified.map(|at| property("LAST-MODIFIED", &at)));
    lines.extend(times(event, &site.zone));
    lines.push(text("SUMMARY", &summary(view, event)));
    lines.push(property("STATUS", status(event)));
    lines.push(property("TRANSP", if is_busy(event) { "OPAQUE" } else { "TRANSPARENT" }));
    lines.extend(restriction.map(|_| property("CLASS", "CONFIDENTIAL")));
    lines.push(property("CATEGORIES", &categories(view, event)));
    lines.extend(location(view, event).map(|place| text("LOCATION", &place)));
    let description = description(view, event, restriction);
    lines.extend((!description.is_empty()).then(|| text("DESCRIPTION", &description.join("\n"))));
    lines.extend(url(view, event).map(|url| property("URL", &url)));
    lines.push(property("END", "VEVENT"));
    lines.concat()
}

/// When the last recorded change of any of `events` was told.
pub fn last_modified<'a>(events: impl Iterator<Item = &'a Event>, zone: &TimeZone) -> Option<String> {
    let told = events.filter_map(|event| event.changes.last()).map(|change| change.at);
    told.max().map(|at| instant(at, zone))
}

/// A time in the portal's zone, as the whole world has it.
fn instant(at: DateTime, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone()).map_or(at, |at| at.with_time_zone(TimeZone::UTC).datetime());
    format!("{}Z", zone::local(at))
}

fn sequence(event: &Event) -> usize {
    event.moves() + usize::from(event.cancelled)
}

fn status(event: &Event) -> &'static str {
    match (event.cancelled, event.tentative) {
        (true, _) => "CANCELLED",
        (false, true) => "TENTATIVE",
        (false, false) => "CONFIRMED",
    }
}

/// Whether those who take part can do nothing else: of a deadline one is told, a training takes the hour.
fn is_busy(event: &Event) -> bool {
    event.kind == EventKind::Training && event.has_time && !event.cancelled
}

/// Beginning and end. Of days the end is the day after the last; a time without an end ends at once.
fn times(event: &Event, tz: &TimeZone) -> Vec<String> {
    if !event.has_time {
        let day = |day: Date| day.strftime("%Y%m%d").to_string();
        let after = event.last_day().max(event.day()).checked_add(1.day()).unwrap_or(Date::MAX);
        return vec![
            property("DTSTART;VALUE=DATE", &day(event.day())),
            property("DTEND;VALUE=DATE", &day(after)),
        ];
    }
    let (begin, end) = event.instants;
    let until = event.until.filter(|until| match (begin, end) {
        (Some(begin), Some(end)) => begin < end,
        _ => event.from < *until,
    });
    let start = time("DTSTART", event.from, begin, tz);
    std::iter::once(start).chain(until.map(|until| time("DTEND", until, end, tz))).collect()
}

/// A time by the portal's clocks; by those of the world, where the portal's skip it or show it twice.
fn time(name: &str, at: DateTime, instant: Option<Timestamp>, tz: &TimeZone) -> String {
    match instant.filter(|_| tz.to_ambiguous_timestamp(at).is_ambiguous()) {
        Some(instant) => property(name, &format!("{}Z", zone::local(TimeZone::UTC.to_datetime(instant)))),
        None => property(&format!("{name};TZID={}", zone::id(tz)), &zone::local(at)),
    }
}

/// "Install: October release (2026.10)", and before it that it is tentative or cancelled.
pub fn summary(view: &View<'_>, event: &Event) -> String {
    let kind = kind_name(view, event.kind);
    let words = view.fill("calendar.summary", &[("event", &kind), ("title", &title(view, event))]);
    match status(event) {
        "CANCELLED" => view.fill("calendar.cancelled", &[("title", &words)]),
        "TENTATIVE" => view.fill("calendar.tentative", &[("title", &words)]),
        _ => words,
    }
}

/// What the event happens to.
pub fn title(view: &View<'_>, event: &Event) -> String {
    let name = match &event.subject {
        Subject::Release(id) => {
            let name = view.name(&event.subject);
            if name == **id { name } else { name.and(format!(" ({id})")) }
        }
        Subject::Cloning(environment, _) => view.name(&Subject::Environment(environment.clone())),
        subject => view.name(subject),
    };
    match &event.task {
        Some(task) => view.read(task).and(" (").and(name).and(")").into_text(),
        None => name.into_text(),
    }
}

fn categories(view: &View<'_>, event: &Event) -> String {
    let product = event.product.as_ref().map(|product| view.product(product).into_text());
    let all = std::iter::once(kind_name(view, event.kind)).chain(product);
    all.map(|category| escape(&category)).collect::<Vec<_>>().join(",")
}

/// Where: the room of a training, the environment of a cloning, the target of an install.
fn location(view: &View<'_>, event: &Event) -> Option<String> {
    if let Some(place) = &event.place {
        return Some(view.read(place).into_text());
    }
    match (&event.subject, event.kind) {
        (Subject::Cloning(environment, _), EventKind::Cloning | EventKind::FollowUp) => {
            Some(view.name(&Subject::Environment(environment.clone())).into_text())
        }
        (Subject::Release(id), EventKind::Release(ScheduleEvent::Install)) => {
            let release = view.portal.site.releases.get(id)?;
            let is_target = |purpose: &str| purpose == "target";
            let targets = release
                .environments
                .iter()
                .filter(|entry| entry.r#use.as_ref().is_some_and(|purpose| is_target(&purpose.value)));
            let names: Vec<Spoken> =
                targets.map(|entry| view.name(&Subject::Environment(entry.env.id().to_owned()))).collect();
            (!names.is_empty()).then(|| view.words().row(&names))
        }
        _ => None,
    }
}

/// What one has to know, a line each: the marking first, what moved and why, what a cloning takes away.
fn description(view: &View<'_>, event: &Event, restriction: Option<&Restriction>) -> Vec<String> {
    let mut lines = restriction.map(|restriction| marking(view, restriction)).unwrap_or_default();
    lines.extend(
        event
            .product
            .as_ref()
            .map(|product| view.fill("schedule.subscribe_product", &[("product", &view.product(product))])),
    );
    lines.extend(event.changes.iter().map(|change| moved(view, change)));
    if event.tentative && !event.cancelled {
        lines.push(view.say("schedule.tentative_text"));
    }
    if let Some((_, cloning)) = cloning_of(view, event)
        && event.kind != EventKind::FollowUp
    {
        lines.extend(about_cloning(view, cloning));
    }
    lines.extend(url(view, event).map(|url| view.fill("calendar.more", &[("url", &url)])));
    lines
}

/// "Was: … (why). Told: …"
fn moved(view: &View<'_>, change: &Change) -> String {
    let was = view.fill("schedule.was", &[("date", &shown(view, &change.was))]);
    let told = labelled(view, "schedule.told", &view.words().date_time_table(change.at));
    match &change.reason {
        Some(reason) => format!("{was} ({}). {told}", view.read(reason).into_text()),
        None => format!("{was}. {told}"),
    }
}

/// A day or time in words.
pub fn shown(view: &View<'_>, moment: &Moment) -> String {
    let at = moment.civil(&view.portal.site.zone);
    if moment.has_time() { view.words().date_time_table(at) } else { view.words().date_table(at.date()) }
}

fn labelled(view: &View<'_>, key: &str, value: &str) -> String {
    view.fill("value.label", &[("label", &view.say(key)), ("value", value)])
}

fn about_cloning(view: &View<'_>, cloning: &Cloning) -> Vec<String> {
    let parties = cloning.affected.iter().map(|party| plain(view, party.id())).collect::<Vec<_>>();
    let mut lines = Vec::new();
    lines.extend(
        (!parties.is_empty()).then(|| labelled(view, "cloning.affected", &view.words().list(&parties))),
    );
    let mut list = |key: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(labelled(view, key, "").trim_end().to_owned());
            lines.extend(items.into_iter().map(|item| format!("– {item}")));
        }
    };
    list("cloning.lost", cloning.lost.iter().map(|lost| view.read(lost).into_text()).collect());
    list("cloning.follow_ups", cloning.follow_ups.iter().map(|task| to_do(view, task)).collect());
    lines
}

fn to_do(view: &View<'_>, task: &FollowUp) -> String {
    let who = task.team.as_ref().map(|team| plain(view, team.id()));
    let due = task.due.as_ref().map(|due| view.words().date_table(due.value));
    let more: Vec<String> = who.into_iter().chain(due).collect();
    let what = view.read(&task.task);
    if more.is_empty() {
        what.into_text()
    } else {
        format!("{} ({})", what.into_text(), view.words().row(&more))
    }
}

/// What a team, role or partner is called.
fn plain(view: &View<'_>, party: &str) -> String {
    use crate::derive::page::title::titled;

    let site = &view.portal.site;
    let (language, default) = (view.language, site.default_language());
    if site.portal.teams.get(party).is_some() {
        return titled(&site.portal.teams, party, language, default).to_owned();
    }
    if site.portal.roles.get(party).is_some() {
        return titled(&site.portal.roles, party, language, default).to_owned();
    }
    view.name(&Subject::Partner(party.to_owned())).into_text()
}

fn cloning_of<'a>(view: &View<'a>, event: &Event) -> Option<(&'a Record<Environment>, &'a Cloning)> {
    let Subject::Cloning(environment, id) = &event.subject else { return None };
    let environment = view.portal.site.environments.get(environment)?;
    Some((environment, environment.clonings.iter().find(|cloning| cloning.id.value == *id)?))
}

/// The marking of the file that the event comes from.
fn restriction<'a>(view: &View<'a>, event: &Event) -> Option<&'a Restriction> {
    let site = &view.portal.site;
    match &event.subject {
        Subject::Release(id) => site.releases.get(id)?.restriction.as_ref(),
        Subject::Cloning(environment, _) => site.environments.get(environment)?.restriction.as_ref(),
        Subject::Document(key) => site.document(key)?.text(view.language).restriction.as_ref(),
        _ => None,
    }
}

/// The page of the event, where the portal's address is known.
fn url(view: &View<'_>, event: &Event) -> Option<String> {
    let page = page(view, event);
    let base = view.portal.base_url.as_ref().filter(|_| view.portal.routes.has(&page))?;
    Some(format!("{base}{}", encode(&view.portal.routes.address(&page, view.language))))
}
