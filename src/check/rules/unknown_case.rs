//! A file names a test case that the catalogue does not have.

use std::collections::HashSet;

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Place, Rule, did_you_mean};
use crate::model::Site;
use crate::model::plan::Selector;
use crate::model::run::Run;
use crate::record::reference::{Kind, Ref};

static RULE: Rule = Rule {
    name: "unknown-case",
    level: Level::Error,
    what: "A file names a test case that is not in the catalogue. A portal without a catalogue may name any case.",
    why: "The result would stand beside the case it belongs to and not count for it.",
    example: "results:\n  - {case: BEN-124, status: passed}   # the catalogue has BEN-142",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let imports = imports(context.site);
    let mut faults = reference::unknown(context, &RULE, Kind::Case);
    faults.retain(|fault| !imports.contains(&fault.place));
    if reference::can_be_judged(context.site, Kind::Case) {
        faults.extend(
            selected(context.site)
                .filter(|(id, _)| !context.site.cases.is_known(context.site.case_id(id)))
                .map(|(id, place)| {
                    Diagnostic::new(&RULE, place, format!("unknown case `{id}`"))
                        .maybe_hint(did_you_mean(id, context.site.cases.ids()))
                }),
        );
        faults.extend(context.site.runs.iter().filter_map(|run| of_import(context.site, run)));
    }
    faults
}

/// Where runs name the files that hold their results.
fn imports(site: &Site) -> HashSet<Place> {
    site.runs.iter().filter_map(|run| run.import.as_ref()?.file.place()).collect()
}

/// The unknown cases of an import, told once: who keeps the portal may not be able to mend what another
/// tool calls its cases, so it is a warning.
fn of_import(site: &Site, run: &Run) -> Option<Diagnostic> {
    const MOST: usize = 5;
    let place = run.import.as_ref()?.file.place()?;
    let cases = run.results.iter().filter_map(|result| result.case.as_ref());
    let unknown: Vec<&str> = cases
        .filter(|case| case.place() == place && !site.cases.is_known(site.case_id(case.id())))
        .map(Ref::id)
        .collect();
    let listed: Vec<String> = unknown.iter().take(MOST).map(|id| format!("`{id}`")).collect();
    let more = unknown.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("cases that the catalogue does not have: {}{more}", listed.join(", "));
    let fault = Diagnostic { level: Level::Warn, ..Diagnostic::new(&RULE, place, message) };
    (!unknown.is_empty()).then_some(fault)
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
