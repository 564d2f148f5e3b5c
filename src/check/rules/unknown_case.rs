//! A file names a test case that the catalogue does not have.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Place, Rule, did_you_mean};
use crate::model::Site;
use crate::model::plan::Selector;
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-case",
    level: Level::Error,
    what: "A file names a test case that is not in the catalogue. A portal without a catalogue may name any case.",
    why: "The result would stand beside the case it belongs to and not count for it.",
    example: "results:\n  - {case: BEN-124, status: passed}   # the catalogue has BEN-142",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = reference::unknown(context, &RULE, Kind::Case);
    if reference::can_be_judged(context.site, Kind::Case) {
        faults.extend(
            selected(context.site)
                .filter(|(id, _)| !context.site.cases.is_known(context.site.case_id(id)))
                .map(|(id, place)| {
                    Diagnostic::new(&RULE, place, format!("unknown case `{id}`"))
                        .maybe_hint(did_you_mean(id, context.site.cases.ids()))
                }),
        );
    }
    faults
}

/// The cases that plans name one by one.
fn selected(site: &Site) -> impl Iterator<Item = (&str, Place)> {
    let selections = site.plans.iter().filter_map(|plan| plan.value.cases.as_ref());
    selections.flat_map(|selection| selection.include.iter().chain(&selection.exclude)).filter_map(
        |selector| match &selector.value {
            Selector::Id(id) => Some((id.as_str(), selector.place)),
            Selector::Range { .. } | Selector::Tag(_) => None,
        },
    )
}
