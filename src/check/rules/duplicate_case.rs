//! A run has two results of one case.

use std::collections::HashMap;

use crate::check::{Check, Context, result};
use crate::derive::run::identity::Identity;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;
use crate::model::run::Run;
use crate::record::reference::Ref;

static RULE: Rule = Rule {
    name: "duplicate-case",
    level: Level::Error,
    what: "The results of a run name the same case twice, be it under a former id. A case without an id is known by its suite and title.",
    why: "The case would count twice, and which of the two results holds would be chance.",
    example: "results:\n  - {case: BEN-142, status: failed}\n  - {case: BEN-142, status: passed}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.runs.iter().flat_map(|run| repeated(context.site, run)).collect()
}

fn repeated(site: &Site, run: &Run) -> Vec<Diagnostic> {
    let mut first: HashMap<Identity, Place> = HashMap::with_capacity(run.results.len());
    let mut faults = Vec::new();
    for result in &run.results {
        let Some(identity) = Identity::of(site, result) else { continue };
        let place = result.case.as_ref().map_or(result.status.place, Ref::place);
        if let Some(earlier) = first.get(&identity) {
            let message = format!("the case {} has a result already", result::name(result));
            let fault = Diagnostic::new(&RULE, place, message);
            // Two results that were imported stand at one place; of one case an import makes attempts.
            faults.push(if *earlier == place {
                fault.hint("the import has another result of it under a former or present id")
            } else {
                fault
                    .related(*earlier, "the first result")
                    .hint("keep one result and list the tries under `attempts`")
            });
        } else {
            first.insert(identity, place);
        }
    }
    faults
}
