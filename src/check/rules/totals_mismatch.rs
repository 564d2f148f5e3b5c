//! The sums of a run do not add up.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Placed, Rule};
use crate::model::run::Totals;

static RULE: Rule = Rule {
    name: "totals-mismatch",
    level: Level::Error,
    what: "The statuses under `totals:` add up to more than `planned`, or to another number than `planned` where `not_run` is given too.",
    why: "Every share of the run is taken of the planned number; with two of them none can be trusted.",
    example: "totals: {planned: 298, passed: 290, failed: 12}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.runs.iter().filter_map(|run| breach(run.totals.as_ref()?)).collect()
}

fn breach(totals: &Placed<Totals>) -> Option<Diagnostic> {
    let planned = u64::from(totals.planned?);
    let sum = sum(totals);
    // Planned cases that no status tells of count as not run.
    let fits = if totals.not_run.is_some() { sum == planned } else { sum <= planned };
    (!fits).then(|| {
        let message = format!("the statuses add up to {sum}, but `planned` is {planned}");
        Diagnostic::new(&RULE, totals.place, message)
    })
}

fn sum(totals: &Totals) -> u64 {
    let statuses = [
        totals.passed,
        totals.failed,
        totals.error,
        totals.blocked,
        totals.skipped,
        totals.in_progress,
        totals.not_run,
    ];
    statuses.into_iter().flatten().map(u64::from).sum()
}
