//! The partner network: whom releases and clonings concern, and how to reach them.

use super::super::blocks::{Bit, Block, Cell, Line, Section, Table, join, text, with_small};
use super::super::names::View;
use super::labels::column;
use super::{Sheet, list_head};
use crate::derive::parties;
use crate::derive::routes::{List, Subject};
use crate::model::partner::Partner;
use crate::model::records::Record;

/// All partners, by the alphabet.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Partners, "partners.lead");
    let mut partners: Vec<&Record<Partner>> = view.portal.site.partners.iter().collect();
    partners.sort_by(|a, b| view.words().compare(&name(view, a), &name(view, b)));
    let sections = if partners.is_empty() {
        vec![Section::new("partners", "", vec![Block::Empty { text: view.say("partners.empty") }])]
    } else {
        vec![
            Section::new("partners", "", vec![table(view, &partners)]),
            Section::new("concerned", view.say("partners.concerned"), vec![concerned(view, &partners)]),
        ]
    };
    // They are all of one file, so one marking holds for them all.
    let restriction = partners.iter().find_map(|partner| partner.restriction.as_ref());
    Sheet::new("partners.html", head, sections).restricted(restriction)
}

fn name(view: &View<'_>, partner: &Record<Partner>) -> String {
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
    let products: Vec<String> = partner.products.iter().map(|product| view.product(product.id())).collect();
    let interests: Vec<String> =
        partner.interest.iter().map(|interest| interest_word(view, interest)).collect();
    vec![
        Cell::from(with_small(text(name(view, partner)), view.line(partner.note.as_ref()))),
        kind.into(),
        listed(view, &products).into(),
        listed(view, &interests).into(),
        channel(view, partner).into(),
    ]
}

fn listed(view: &View<'_>, words: &[String]) -> Line {
    if words.is_empty() { view.unknown() } else { text(words.join(", ")) }
}

/// The catalogue's word for an interest, else the author's.
fn interest_word(view: &View<'_>, interest: &str) -> String {
    let key = format!("interest.{interest}");
    if view.words().has(&key) { view.say(&key) } else { interest.to_owned() }
}

/// A service mailbox becomes a link that writes to it.
fn channel(view: &View<'_>, partner: &Partner) -> Line {
    let Some(channel) = &partner.channel else { return view.unknown() };
    let channel = view.read(channel);
    if is_mailbox(channel) {
        vec![Bit::External { text: channel.to_owned(), href: format!("mailto:{channel}") }]
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

/// Where each partner is named: clonings that affect it, releases and reports it is told of.
fn concerned(view: &View<'_>, partners: &[&Record<Partner>]) -> Block {
    let site = &view.portal.site;
    let links = |subjects: Vec<Subject>| -> Cell {
        let links = subjects.iter().map(|subject| match subject {
            Subject::Release(id) => view.link_as(subject, id),
            other => view.link(other),
        });
        let line = join(links, ", ");
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
