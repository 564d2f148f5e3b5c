//! Improvement proposals, and what became of them.

use jiff::civil::Date;

use super::super::blocks::{Block, Cell, Fact, Line, Section, Table, text, with_small};
use super::super::names::View;
use super::labels::{column, fact};
use super::states::{self, shown_or_unknown};
use super::{Sheet, list_head, texts};
use crate::derive::guidance::freshness::{self, Review};
use crate::derive::page::links;
use crate::derive::page::routes::{List, Subject};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Proposal, ProposalStatus};

/// A proposal's page and what it says besides.
type Proposed<'a> = (&'a Document, &'a Proposal);

/// All proposals by their state, those not settled first, and those to be looked at next on top.
pub fn list(view: &View<'_>) -> Sheet {
    let proposals = texts::documents(view, DocumentKind::Proposal).filter_map(|document| {
        let Extra::Proposal(proposal) = &document.main().extra else { return None };
        Some((document, proposal))
    });
    let (mut closed, mut open): (Vec<Proposed<'_>>, Vec<Proposed<'_>>) =
        proposals.partition(|(_, proposal)| is_settled(proposal));
    for part in [&mut open, &mut closed] {
        part.sort_by_key(|(document, proposal)| {
            let day = review_day(proposal);
            (state(proposal), day.is_none(), day, document.key.as_str())
        });
    }
    let sections = vec![section(view, "open", &open), section(view, "closed", &closed)];
    Sheet::new("proposals.html", list_head(view, List::Proposals, "proposals.lead"), sections)
}

fn state(proposal: &Proposal) -> Option<ProposalStatus> {
    proposal.status.as_ref().map(|status| status.value)
}

fn is_settled(proposal: &Proposal) -> bool {
    matches!(state(proposal), Some(ProposalStatus::Done | ProposalStatus::Rejected))
}

fn review_day(proposal: &Proposal) -> Option<Date> {
    proposal.review.as_ref().map(|day| day.value)
}

fn section(view: &View<'_>, id: &str, proposals: &[Proposed<'_>]) -> Section {
    let title = view.say(&format!("proposals.{id}"));
    if proposals.is_empty() {
        let empty = Block::Empty { text: view.say(&format!("proposals.{id}_empty")) };
        return Section::new(id, title, vec![empty]);
    }
    let table = Table {
        label: title.clone(),
        columns: vec![
            column(view, "kind.proposal"),
            column(view, "field.status"),
            column(view, "field.team"),
            column(view, "field.review"),
        ],
        rows: proposals.iter().map(|proposal| row(view, *proposal)).collect(),
        sort: true,
    };
    Section::new(id, title, vec![Block::Table(table)]).aside(text(by_state(view, proposals)))
}

/// "Proposed: 2 · Under way: 1": how many are in each state.
fn by_state(view: &View<'_>, proposals: &[Proposed<'_>]) -> String {
    let states = ProposalStatus::ALL.iter().copied().map(Some).chain([None]);
    let counted = states.filter_map(|wanted| {
        let count = proposals.iter().filter(|(_, proposal)| state(proposal) == wanted).count();
        let word = wanted.map_or_else(
            || view.say("value.unknown"),
            |state| view.say(&format!("proposal_status.{}", state.word())),
        );
        let number = view.words().number(count);
        (count > 0).then(|| view.fill("value.label", &[("label", &word), ("value", &number)]))
    });
    counted.collect::<Vec<_>>().join(" · ")
}

fn row(view: &View<'_>, (document, proposal): Proposed<'_>) -> Vec<Cell> {
    let review = review_day(proposal)
        .map_or_else(|| Cell::from(Line::new()), |day| Cell::sorted(reviewed(view, proposal, day), day));
    vec![
        with_small(
            view.link(&Subject::Document(document.key.clone())),
            text(texts::summary(view, &document.key)),
        )
        .into(),
        shown_or_unknown(view, proposal.status.as_ref().map(|status| &status.value)).into(),
        proposal.team.as_ref().map_or_else(Line::new, |team| view.pointer(team.pointer())).into(),
        review,
    ]
}

/// The day on which a proposal is looked at again; of one not settled, how far away that is.
fn reviewed(view: &View<'_>, proposal: &Proposal, day: Date) -> Line {
    if is_settled(proposal) {
        return view.day(day);
    }
    match freshness::standing(day, view.portal.as_of) {
        Review::Overdue(_) => with_small(view.day(day), states::overdue_by(view, day)),
        _ => with_small(view.day(day), text(view.relative(day))),
    }
}

/// What a proposal says besides its text.
pub fn facts(view: &View<'_>, document: &Document, proposal: &Proposal) -> Vec<Fact> {
    let state = shown_or_unknown(view, proposal.status.as_ref().map(|status| &status.value));
    let mut facts = vec![fact(view, "field.status", state)];
    facts.extend(proposal.team.as_ref().map(|team| fact(view, "field.team", view.pointer(team.pointer()))));
    facts.extend(proposal.from.as_ref().and_then(|from| {
        let subject = links::page_at(&view.portal.routes, &document.main().path, from.id()).ok()?;
        Some(fact(view, "proposals.from", view.link(&subject)))
    }));
    facts.extend(review_day(proposal).map(|day| fact(view, "field.review", reviewed(view, proposal, day))));
    facts
}
