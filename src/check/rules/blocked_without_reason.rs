//! Nobody has said why a case was not run.

use crate::check::{Check, Context, result};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::run::{CaseResult, Status};

static RULE: Rule = Rule {
    name: "blocked-without-reason",
    level: Level::Warn,
    what: "A result is `blocked` or `skipped`, and has no `reason`, `message`, `blocked_by` or defect.",
    why: "A case that was not run says nothing of the product; those who decide have to know whether it still can be run.",
    example: "- {case: BEN-160, status: blocked}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let results = context.site.runs.iter().flat_map(|run| &run.results);
    results.filter(|result| is_unexplained(result)).map(fault).collect()
}

fn is_unexplained(result: &CaseResult) -> bool {
    matches!(result.status.value, Status::Blocked | Status::Skipped)
        && result.reason.is_none()
        && result.message.is_none()
        && result.blocked_by.is_none()
        && result.defects.is_empty()
}

fn fault(result: &CaseResult) -> Diagnostic {
    let message = format!("nobody has said why {} is `{}`", result::name(result), result.status.word());
    let hint = match result.status.value {
        Status::Blocked => "write a `reason:`, and the ticket it waits for under `blocked_by:`",
        _ => "write a `reason:`",
    };
    Diagnostic::new(&RULE, result.status.place, message).hint(hint)
}
