//! The partner network: whom releases and clonings concern, and how to reach them.

use super::super::blocks::{Bit, Block, Cell, Line, Section, Table, join, text, with_small};
use super::super::names::View;
use super::labels::column;
use super::{Sheet, events, list_head};
use crate::derive::page::parties;
use crate::derive::page::routes::{List, Subject};
use crate::derive::schedule::Event;
use crate::model::partner::Partner;
use crate::model::records::Record;
use crate::words::Spoken;

/// All partners, by the alphabet.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Partners, "partners.lead");
    let mut partners: Vec<&Record<Partner>> = view.portal.site.partners.iter().collect();
    partners.sort_by(|a, b| view.words().compare(&name(view, a), &name(view, b)));
    let sections = if partners.is_empty() {
        vec![Section::new("partners", "", vec![Block::Empty { text: view.say("partners.empty") }])]
    } else {
        let mut sections = vec![Section::new("partners", "", vec![table(view, &partners)])];
        sections.extend(coming(view, &partners));
        let concerned = vec![concerned(view, &partners)];
        sections.push(Section::new("concerned", view.say("partners.concerned"), concerned));
        sections
    };
    // They are all of one file, so one marking holds for them all.
    let restriction = partners.iter().find_map(|partner| partner.restriction.as_ref());
    Sheet::new("partners.html", head, sections).restricted(restriction)
}

fn name(view: &View<'_>, partner: &Record<Partner>) -> Spoken {
    view.name(&Subject::Partner(partner.id.clone()))
}

fn table(view: &View<'_>, partners: &[&Record<Partner>]) -> Block {
    Block::Table(Table {
        label: view.say("partners.title"),
        columns: vec![
            column(view, "kind.partner"),
            column(view, "field.kind"),
            column(view, "field.products"),
            column(view, "field.interest"),
            column(view, "field.channel"),
        ],
        rows: partners.iter().map(|partner| row(view, partner)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, partner: &Record<Partner>) -> Vec<Cell> {
    let kind = partner
        .kind
        .map_or_else(|| view.unknown(), |kind| text(view.say(&format!("partner_kind.{}", kind.word()))));
    let products: Vec<Spoken> = partner.products.iter().map(|product| view.product(product.id())).collect();
    let interests: Vec<Spoken> =
        partner.interest.iter().map(|interest| interest_word(view, interest)).collect();
    vec![
        Cell::from(with_small(text(name(view, partner)), view.line(partner.note.as_ref()))),
        kind.into(),
        listed(view, &products).into(),
        listed(view, &interests).into(),
        channel(view, partner).into(),
    ]
}

fn listed(view: &View<'_>, words: &[Spoken]) -> Line {
    if words.is_empty() { view.unknown() } else { text(view.words().list_spoken(words)) }
}

/// The catalogue's word for an interest, else the author's.
fn interest_word(view: &View<'_>, interest: &str) -> Spoken {
    let key = format!("interest.{interest}");
    if view.words().has(&key) { view.said(&key) } else { view.authored(interest) }
}

/// A service mailbox becomes a link that writes to it.
fn channel(view: &View<'_>, partner: &Partner) -> Line {
    let Some(channel) = &partner.channel else { return view.unknown() };
    let channel = view.read(channel);
    if is_mailbox(&channel) {
        vec![Bit::External { href: format!("mailto:{}", &*channel), text: channel.into_text() }]
    } else {
        text(channel)
    }
}

/// Whether `channel` is one address of mail and nothing else, safe to put into a link.
fn is_mailbox(channel: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c))
    };
    channel.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.'))
}

/// How many events of a topic are told; the schedule has the others.
const NEXT: usize = 3;

/// What each partner is to be told next, topic by topic, and through which channel; nothing where no
/// partner has a topic.
fn coming(view: &View<'_>, partners: &[&Record<Partner>]) -> Option<Section> {
    let (site, events) = (&view.portal.site, &view.portal.events);
    let topics = |partner: &&Record<Partner>| -> Vec<Vec<Cell>> {
        let topics = parties::told(site, events, partner, view.portal.as_of);
        topics.iter().map(|topic| topic_row(view, partner, topic)).collect()
    };
    let rows: Vec<Vec<Cell>> = partners.iter().flat_map(topics).collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("partners.coming"),
        columns: vec![
            column(view, "kind.partner"),
            column(view, "partners.topic"),
            column(view, "partners.next"),
            column(view, "field.channel"),
        ],
        rows,
        sort: true,
    };
    Some(Section::new("coming", view.say("partners.coming"), vec![Block::Table(table)]))
}

fn topic_row(view: &View<'_>, partner: &Record<Partner>, topic: &parties::Topic<'_>) -> Vec<Cell> {
    let interest =
        topic.interest.map_or_else(|| view.said("partners.named"), |interest| interest_word(view, interest));
    let small = |key: &str| vec![Bit::Small { line: text(view.say(key)) }];
    let next = match &topic.coming {
        None => small("partners.no_dates"),
        Some(coming) if coming.is_empty() => small("value.none"),
        Some(coming) => next_events(view, coming),
    };
    vec![
        Cell::from(text(name(view, partner))),
        text(interest).into(),
        next.into(),
        channel(view, partner).into(),
    ]
}

/// The next events, one below the other, and how many more there are.
fn next_events(view: &View<'_>, coming: &[&Event]) -> Line {
    let mut lines: Vec<Line> = coming.iter().take(NEXT).map(|event| event_line(view, event)).collect();
    let more = coming.len().saturating_sub(NEXT);
    let schedule = || view.link_as(&Subject::List(List::Schedule), view.words().count("count.more", more));
    lines.extend((more > 0).then(|| vec![Bit::Small { line: schedule() }]));
    let mut all = Line::new();
    for line in lines {
        if !all.is_empty() {
            all.push(Bit::Break);
        }
        all.extend(line);
    }
    all
}

fn event_line(view: &View<'_>, event: &Event) -> Line {
    let day = if event.has_time { view.time(event.from) } else { view.day(event.day()) };
    let mut line = join([day, events::what(view, event)], " ");
    line.extend(events::badges(view, event));
    line
}

/// Where each partner is named: clonings that affect it, releases and reports it is told of.
fn concerned(view: &View<'_>, partners: &[&Record<Partner>]) -> Block {
    let site = &view.portal.site;
    let links = |subjects: Vec<Subject>| -> Cell {
        let links = subjects.iter().map(|subject| match subject {
            Subject::Release(id) => view.link_as(subject, id),
            other => view.link(other),
        });
        let line = view.row(links);
        if line.is_empty() {
            Cell::from(vec![Bit::Small { line: text(view.say("value.none")) }])
        } else {
            line.into()
        }
    };
    let rows = partners
        .iter()
        .map(|partner| {
            vec![
                Cell::from(text(name(view, partner))),
                links(parties::clonings(site, &partner.id)),
                links(parties::releases(site, &partner.id)),
                links(parties::reports(site, &partner.id)),
            ]
        })
        .collect();
    Block::Table(Table {
        label: view.say("partners.concerned"),
        columns: vec![
            column(view, "kind.partner"),
            column(view, "clonings.title"),
            column(view, "releases.title"),
            column(view, "reports.title"),
        ],
        rows,
        sort: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_mailbox_becomes_a_link() {
        for (channel, is_link) in [
            ("service@example.ee", true),
            ("service+test@mail.example.ee", true),
            ("Teams: #testers", false),
            ("a@b", false),
            ("a@example.ee?bcc=x@y.ee", false),
            ("a@example.ee, b@example.ee", false),
        ] {
            assert_eq!(is_mailbox(channel), is_link, "{channel}");
        }
    }
}
