//! A run says its results in two ways.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::run::{CaseResult, Run};

static RULE: Rule = Rule {
    name: "results-conflict",
    level: Level::Error,
    what: "A run has more than one of `results`, `import` and `totals`, or a result whose last attempt is not its status.",
    why: "The two could differ, and which of them counts would be chance.",
    example: "- {case: BEN-150, status: passed, attempts: [passed, failed]}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .site
        .runs
        .iter()
        .flat_map(|run| two_sources(run).into_iter().chain(run.results.iter().filter_map(other_ending)))
        .collect()
}

/// The keys that say results, and where.
fn sources(run: &Run) -> Vec<(&'static str, Place)> {
    let results = run.own_results().first().map(|result| ("results", result.status.place));
    let import = run.import.as_ref().and_then(|import| Some(("import", import.file.place()?)));
    let totals = run.totals.as_ref().map(|totals| ("totals", totals.place));
    [results, import, totals].into_iter().flatten().collect()
}

fn two_sources(run: &Run) -> Option<Diagnostic> {
    match sources(run)[..] {
        [(kept, first), .., (other, second)] => Some(
            Diagnostic::new(&RULE, second, format!("the run has both `{kept}` and `{other}`"))
                .related(first, format!("`{kept}`"))
                .hint("keep the one that says more"),
        ),
        _ => None,
    }
}

fn other_ending(result: &CaseResult) -> Option<Diagnostic> {
    let last = result.attempts.last().filter(|last| **last != result.status.value)?;
    let message =
        format!("the status is `{}`, but the last attempt is `{}`", result.status.word(), last.word());
    Some(
        Diagnostic::new(&RULE, result.status.place, message)
            .hint("the status of a case is that of its last attempt"),
    )
}
