//! Calendars to subscribe to (RFC 5545, RFC 7986): of everything, of a product, a team, a partner or a kind
//! of event, and of one event alone.
//!
//! 1. [`files`] lists them with their addresses.
//! 2. [`text`] chooses the events of one and writes them down: [`entry`] an event, [`zone`] the rules of
//!    the clocks, [`line`](mod@line) the lines.
//!
//! A calendar is a function of the content alone: the day for which the portal is made changes no byte of
//! it. It carries no `METHOD`, so that `DTSTAMP` may say when an event was last revised (section 3.8.7.2).

mod entry;
mod line;
mod zone;

use std::collections::BTreeSet;

use super::names::{View, encode};
use super::pages::events::{kind_name, page};
use super::portal::Portal;
use super::theme::Theme;
use crate::derive::page::routes::{List, Subject, beside, id_path};
use crate::derive::page::title::titled;
use crate::derive::schedule::concerned;
use crate::derive::schedule::{Event, EventKind};
use line::{property, text as words};

pub use entry::{shown, title};

/// How often programs should look for changes (RFC 5545, section 3.3.6).
const REFRESH: &str = "PT6H";

/// Which events a calendar has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All.
    All,
    /// Those of a product.
    Product(String),
    /// Those that concern a team.
    Team(String),
    /// Those that concern a partner.
    Partner(String),
    /// Those of a kind.
    Kind(EventKind),
    /// One, by its place among the portal's events.
    Event(usize),
}

impl Scope {
    /// What subscribers choose from, in a fixed order; nothing where nothing happens.
    pub fn all(portal: &Portal) -> Vec<Self> {
        let site = &portal.site;
        if !portal.routes.has(&Subject::List(List::Schedule)) {
            return Vec::new();
        }
        let products = site.portal.products.keys().map(|product| Self::Product(product.to_owned()));
        let teams = site.portal.teams.keys().map(|team| Self::Team(team.to_owned()));
        let partners = site.partners.ids().map(|partner| Self::Partner(partner.to_owned()));
        let mut words = BTreeSet::new();
        let kinds = EventKind::ALL.into_iter().filter(|kind| words.insert(kind.word())).map(Self::Kind);
        std::iter::once(Self::All).chain(products).chain(teams).chain(partners).chain(kinds).collect()
    }

    /// The address of the calendar; of one event, beside the page of what it happens to. Nothing, if there
    /// is no such page.
    pub fn address(&self, view: &View<'_>) -> Option<String> {
        let portal = view.portal;
        let name = match self {
            Self::All => return Some(root(portal, view.language, "schedule.ics")),
            Self::Product(id) => format!("product-{}", id_path(id)),
            Self::Team(id) => format!("team-{}", id_path(id)),
            Self::Partner(id) => format!("partner-{}", id_path(id)),
            Self::Kind(kind) => format!("kind-{}", kind.word().replace('_', "-")),
            Self::Event(at) => return address_of(view, portal.events.get(*at)?),
        };
        Some(root(portal, view.language, &format!("schedule/{name}.ics")))
    }

    fn has(&self, portal: &Portal, event: &Event) -> bool {
        let concerns = |party: &str| concerned::of_event(&portal.site, event).contains(party);
        match self {
            Self::All => true,
            Self::Product(id) => event.product.as_ref() == Some(id),
            Self::Team(id) | Self::Partner(id) => concerns(id),
            Self::Kind(kind) => event.kind.word() == kind.word(),
            Self::Event(at) => portal.events.get(*at).is_some_and(|own| own == event),
        }
    }

    /// What it is called.
    pub fn name(&self, view: &View<'_>) -> String {
        let portal = &view.portal.site.portal;
        let named = |entries, id| titled(entries, id, view.language, view.default_language()).to_owned();
        match self {
            Self::All => view.say("schedule.subscribe_all"),
            Self::Product(id) => named(&portal.products, id),
            Self::Team(id) => named(&portal.teams, id),
            Self::Partner(id) => view.name(&Subject::Partner(id.clone())).into_text(),
            Self::Kind(kind) => kind_name(view, *kind),
            Self::Event(at) => {
                view.portal.events.get(*at).map_or_else(String::new, |event| entry::summary(view, event))
            }
        }
    }

    /// What it is called in a list of calendars of many senders.
    fn full_name(&self, view: &View<'_>) -> String {
        let portal = view.read(&view.portal.site.portal.title);
        match self {
            Self::All => view.fill("calendar.name", &[("portal", &portal)]),
            _ => view.fill("calendar.name_of", &[("portal", &portal), ("title", &self.name(view))]),
        }
    }
}

/// The address of the calendar of one event; nothing, if it has no page or the page is not in the current version.
pub fn address_of(view: &View<'_>, event: &Event) -> Option<String> {
    // An older version has pages of events, and the portal has one calendar of each.
    if !view.portal.is_current() {
        return None;
    }
    let page = page(view, event);
    let folder = view.portal.routes.address(&page, view.language);
    view.portal.routes.has(&page).then(|| beside(&folder, &file_name(view.portal, event)))
}

/// The name of the file of one event: its kind, and where there may be several the beginning of its name
/// that stays.
fn file_name(portal: &Portal, event: &Event) -> String {
    let kind = event.kind.word().replace('_', "-");
    match event.kind {
        EventKind::FollowUp | EventKind::Training => {
            let uid = event.uid(&portal.site);
            format!("{kind}-{}.ics", uid.get(..8).unwrap_or_default())
        }
        _ => format!("{kind}.ics"),
    }
}

fn root(portal: &Portal, language: &str, path: &str) -> String {
    beside(&portal.routes.front(language), path)
}

/// Every calendar in the language of `view` with its address, each address once: ids that differ in
/// nothing but signs that addresses lack share the calendar of the first.
pub fn files(view: &View<'_>) -> Vec<(String, Scope)> {
    let events = (0..view.portal.events.len()).map(Scope::Event);
    let mut taken = BTreeSet::new();
    Scope::all(view.portal)
        .into_iter()
        .chain(events)
        .filter_map(|scope| Some((scope.address(view)?, scope)))
        .filter(|(address, _)| taken.insert(address.to_lowercase()))
        .collect()
}

/// The calendar of `scope` in `language`.
pub fn text(portal: &Portal, theme: &Theme, scope: &Scope, language: &str) -> String {
    let schedule = Subject::List(List::Schedule);
    let view = View::new(portal, theme, &schedule, language);
    let own: Vec<&Event> = match scope {
        Scope::Event(at) => portal.events.get(*at).into_iter().collect(),
        _ => portal.events.iter().filter(|event| scope.has(portal, event)).collect(),
    };
    let name = scope.full_name(&view);
    let mut lines = vec![
        property("BEGIN", "VCALENDAR"),
        property("VERSION", "2.0"),
        property("PRODID", &format!("-//Juhend//Calendar//{}", language.to_uppercase())),
        property("CALSCALE", "GREGORIAN"),
        words("NAME", &name),
        words("X-WR-CALNAME", &name),
        words("X-WR-TIMEZONE", zone::id(&portal.site.zone)),
        property("REFRESH-INTERVAL;VALUE=DURATION", REFRESH),
        property("X-PUBLISHED-TTL", REFRESH),
    ];
    let modified = entry::last_modified(own.iter().copied(), &portal.site.zone);
    lines.extend(modified.map(|at| property("LAST-MODIFIED", &at)));
    let source = portal.base_url.as_ref().zip(scope.address(&view));
    lines.extend(source.map(|(base, own)| property("SOURCE;VALUE=URI", &format!("{base}{}", encode(&own)))));
    lines.extend(clocks(portal));
    lines.extend(own.into_iter().map(|event| entry::component(&view, event)));
    lines.push(property("END", "VCALENDAR"));
    lines.concat()
}

/// The rules of the clocks for all events of the portal, so that every calendar has the same, and one
/// without an event has a component, as a calendar must.
fn clocks(portal: &Portal) -> Option<String> {
    let first = portal.events.iter().map(Event::day).min()?;
    let last = portal.events.iter().map(Event::last_day).max()?;
    Some(zone::component(&portal.site.zone, first, last))
}

#[cfg(test)]
mod tests;
