//! A defect failed the tests of a release that it does not list.

use std::collections::HashMap;

use crate::check::{Check, Context};
use crate::derive::defects;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::defect::Defect;
use crate::model::records::Record;
use crate::model::run::{CaseResult, Status};
use crate::record::reference::Ref;

static RULE: Rule = Rule {
    name: "affects-lacks-release",
    level: Level::Warn,
    what: "A failure in a run names a defect that does not list the run's release under `affects`.",
    why: "The open defects of a release are counted by `affects`: this one would be missing from its page, its gate and its report.",
    example: "affects: [permits-3.3]   # while a run of permits-3.3.1 failed by it",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    // One fault for each defect and release, however many cases failed by it.
    let mut first: HashMap<(&str, &str), Place> = HashMap::new();
    for run in context.site.runs.iter() {
        for named in run.results.iter().filter(|result| is_failure(result)).flat_map(|result| &result.defects)
        {
            first.entry((named.id(), run.release.id())).or_insert(named.place());
        }
    }
    let mut breaches: Vec<_> = first.into_iter().collect();
    breaches.sort_unstable_by_key(|(names, _)| *names);
    breaches
        .into_iter()
        .filter_map(|((defect, release), place)| {
            let defect = context.site.defects.get(defect)?;
            breach(defect, release, place)
        })
        .collect()
}

fn is_failure(result: &CaseResult) -> bool {
    matches!(result.status.value, Status::Failed | Status::Error)
}

fn breach(defect: &Record<Defect>, release: &str, place: Place) -> Option<Diagnostic> {
    (!defects::affects(defect, release)).then(|| {
        let message =
            format!("a run of `{release}` failed by the defect `{}`, which does not list it", defect.id);
        let at = defect.affects.first().map_or(defect.status.place, Ref::place);
        Diagnostic::new(&RULE, at, message)
            .related(place, "the failure")
            .hint(format!("add `{release}` to `affects:`"))
    })
}
