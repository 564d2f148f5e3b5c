//! A defect was closed and nobody tested the fix.

use crate::check::{Check, Context};
use crate::derive::defects;
use crate::derive::defects::retest::{self, Retest};
use crate::derive::run::builds::Builds;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::defect::{Defect, DefectStatus};
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "closed-without-retest",
    level: Level::Warn,
    what: "A closed defect has a case that has not passed on a later build than the one it was found in. Its cases are the one it was found with and those that failed by it; of a defect that no case found, those of its ticket. Where no case is known, nothing is told.",
    why: "That a fix is in a build is no proof that it works.",
    example: "status: closed\nfound_in: {build: 2026.10.0-rc1, case: BEN-205}   # which has passed on no later build",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let builds = Builds::of(context.site);
    let is_closed = |defect: &&Record<Defect>| {
        defects::status_on(defect, &context.site.zone, context.as_of) == Some(DefectStatus::Closed)
    };
    let closed = context.site.defects.iter().filter(is_closed);
    closed.filter_map(|defect| breach(context, &builds, defect)).collect()
}

fn breach(context: &Context<'_>, builds: &Builds<'_>, defect: &Record<Defect>) -> Option<Diagnostic> {
    let naming = retest::naming(context.site, context.backlinks, &defect.id);
    let Retest::Missing(cases) = retest::of(&context.basis(), builds, defect, naming.into_iter()) else {
        return None;
    };
    let cases: Vec<String> = cases.into_iter().map(|case| format!("`{case}`")).collect();
    let message = format!("the defect is closed, but {} has not passed on a later build", cases.join(", "));
    Some(Diagnostic::new(&RULE, defect.status.place, message))
}
