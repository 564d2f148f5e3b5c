//! Whom things concern: clonings that affect a party, releases and reports it is told about.

use jiff::civil::Date;

use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::Site;
use crate::model::document::{DocumentKind, Extra};
use crate::model::partner::Partner;
use crate::model::records::Record;
use crate::model::release::ScheduleEvent;
use crate::record::reference::{Ref, to};

/// Clonings that affect `party`, by environment, the earliest first.
pub fn clonings(site: &Site, party: &str) -> Vec<Subject> {
    site.environments
        .iter()
        .flat_map(|environment| {
            let mut affecting: Vec<_> =
                environment.clonings.iter().filter(|cloning| names(&cloning.affected, party)).collect();
            affecting.sort_by_key(|cloning| cloning.from.civil(&site.zone));
            affecting
                .into_iter()
                .map(|cloning| Subject::Cloning(environment.id.clone(), cloning.id.value.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Releases that `party` is told about.
pub fn releases(site: &Site, party: &str) -> Vec<Subject> {
    site.releases
        .iter()
        .filter(|release| names(&release.notify, party))
        .map(|release| Subject::Release(release.id.clone()))
        .collect()
}

/// Reports that `party` is sent.
pub fn reports(site: &Site, party: &str) -> Vec<Subject> {
    site.documents_of(DocumentKind::Report)
        .filter(|document| match &document.main().extra {
            Extra::Report(report) => names(&report.distribution, party),
            _ => false,
        })
        .map(|document| Subject::Document(document.key.clone()))
        .collect()
}

/// What a partner is told about, and what of it is to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic<'a> {
    /// The interest as written; nothing for what names the partner and is of none of its interests.
    pub interest: Option<&'a str>,
    /// What comes, the next first; nothing where the schedule knows no such events.
    pub coming: Option<Vec<&'a Event>>,
}

/// What `partner` is told about from the day `as_of` on, by its interests: events of its products and of
/// none, and those that name it. An event that is cancelled is told too.
pub fn told<'a>(
    site: &Site,
    events: &'a [Event],
    partner: &'a Record<Partner>,
    as_of: Date,
) -> Vec<Topic<'a>> {
    let coming: Vec<&Event> = events.iter().filter(|event| event.last_day() >= as_of).collect();
    let concerns = |event: &Event| is_of_products(partner, event) || is_named(site, &partner.id, event);
    let mut topics: Vec<Topic<'a>> = partner
        .interest
        .iter()
        .map(|interest| Topic {
            interest: Some(interest),
            coming: kinds(interest).map(|has| {
                coming.iter().copied().filter(|event| has(event.kind) && concerns(event)).collect()
            }),
        })
        .collect();
    let is_told =
        |event: &Event| topics.iter().flat_map(|topic| &topic.coming).flatten().any(|told| *told == event);
    let is_other = |event: &&Event| {
        matches!(event.kind, EventKind::Cloning | EventKind::Release(ScheduleEvent::Install))
            && is_named(site, &partner.id, event)
            && !is_told(event)
    };
    let others: Vec<&Event> = coming.iter().copied().filter(is_other).collect();
    topics.extend((!others.is_empty()).then_some(Topic { interest: None, coming: Some(others) }));
    topics
}

/// The events that an interest is about; nothing for a word that the schedule does not know.
fn kinds(interest: &str) -> Option<fn(EventKind) -> bool> {
    match interest {
        "cloning" => Some(|kind| kind == EventKind::Cloning),
        "install" => Some(|kind| kind == EventKind::Release(ScheduleEvent::Install)),
        "schedule" | "release" => Some(|kind| matches!(kind, EventKind::Release(_))),
        "training" => Some(|kind| kind == EventKind::Training),
        _ => None,
    }
}

/// Whether an event is of a product that the partner is concerned with; of none it concerns all.
fn is_of_products(partner: &Partner, event: &Event) -> bool {
    let is_own = |product: &String| partner.products.iter().any(|own| own.id() == product);
    partner.products.is_empty() || event.product.as_ref().is_none_or(is_own)
}

/// Whether the record of an event names the party among those it affects or notifies.
fn is_named(site: &Site, party: &str, event: &Event) -> bool {
    match &event.subject {
        Subject::Release(id) => site.releases.get(id).is_some_and(|release| names(&release.notify, party)),
        Subject::Cloning(environment, id) => site.environments.get(environment).is_some_and(|environment| {
            let cloning = environment.clonings.iter().find(|cloning| cloning.id.value == *id);
            cloning.is_some_and(|cloning| names(&cloning.affected, party))
        }),
        _ => false,
    }
}

fn names(parties: &[Ref<to::Party>], party: &str) -> bool {
    parties.iter().any(|named| named.id() == party)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::schedule;
    use crate::parse::sample::tree;

    fn release(product: &str, install: &str, more: &str) -> String {
        format!(
            "product: {product}\ncontents: []\nschedule: {{decision: 2026-10-19, install: {{from: {install}}}}}\n{more}"
        )
    }

    /// A partner's own lines, and what it is told of: interest and the days.
    #[test]
    fn a_partner_is_told_what_it_wants_and_what_names_it() {
        for (partner, wanted) in [
            ("products: [benefits], interest: [install]", vec![(Some("install"), Some(vec!["10-20"]))]),
            ("interest: [install]", vec![(Some("install"), Some(vec!["10-20", "11-20", "11-24"]))]),
            (
                "products: [benefits], interest: [schedule]",
                vec![(Some("schedule"), Some(vec!["10-19", "10-20"]))],
            ),
            (
                "products: [permits], interest: [cloning, weather]",
                // The environment belongs to no product, so it concerns everybody.
                vec![(Some("cloning"), Some(vec!["11-06"])), (Some("weather"), None)],
            ),
            ("products: [benefits]", vec![]),
            // Named by the cloning and by a release of a product that is not its own.
            ("id: bank, products: [benefits]", vec![(None, Some(vec!["11-06", "11-24"]))]),
            (
                "id: bank, products: [benefits], interest: [cloning, install]",
                vec![(Some("cloning"), Some(vec!["11-06"])), (Some("install"), Some(vec!["10-20", "11-24"]))],
            ),
        ] {
            let id = if partner.contains("id:") { "" } else { "id: other, " };
            let site = tree(&[
                ("portal.yaml", "title: T\nproducts: {benefits: {}, permits: {}}\n"),
                ("partners.yaml", &format!("partners: [{{{id}{partner}}}]")),
                ("releases/past.yaml", &release("benefits", "2026-09-22", "")),
                ("releases/own.yaml", &release("benefits", "2026-10-20", "")),
                ("releases/other.yaml", &release("permits", "2026-11-20", "")),
                ("releases/named.yaml", &release("permits", "2026-11-24", "notify: [bank]")),
                (
                    "environments/e.yaml",
                    "kind: test\nclonings: [{id: c, from: 2026-11-06, affected: [bank]}]",
                ),
            ]);
            let events: Vec<Event> = schedule::events(&site)
                .into_iter()
                .filter(|event| event.subject != Subject::Release("past".to_owned()))
                .filter(|event| {
                    event.subject == Subject::Release("own".to_owned())
                        || event.kind != EventKind::Release(ScheduleEvent::Decision)
                })
                .collect();
            let partner_record = site.partners.iter().next().expect("a partner");
            let told = told(&site, &events, partner_record, Date::constant(2026, 10, 16));
            let found: Vec<(Option<&str>, Option<Vec<String>>)> = told
                .iter()
                .map(|topic| {
                    let day = |event: &&Event| event.day().strftime("%m-%d").to_string();
                    (topic.interest, topic.coming.as_ref().map(|coming| coming.iter().map(day).collect()))
                })
                .collect();
            let wanted: Vec<(Option<&str>, Option<Vec<String>>)> = wanted
                .into_iter()
                .map(|(interest, days)| {
                    (interest, days.map(|days| days.into_iter().map(str::to_owned).collect()))
                })
                .collect();
            assert_eq!(found, wanted, "{partner}");
        }
    }
}
