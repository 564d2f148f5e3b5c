//! Nobody has said why a case failed.

use crate::check::{Check, Context, result};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::run::{CaseResult, Status};

static RULE: Rule = Rule {
    name: "untriaged-failure",
    level: Level::Warn,
    what: "A result is `failed` or `error`, and has neither `triage` nor a defect.",
    why: "Until somebody has looked at it, the failure may be the product's: nothing can be decided on it.",
    example: "- {case: BEN-463, status: failed, message: 214.30 instead of 209.80}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let results = context.site.runs.iter().flat_map(|run| &run.results);
    results.filter(|result| is_untriaged(result)).map(fault).collect()
}

fn is_untriaged(result: &CaseResult) -> bool {
    let is_failure = matches!(result.status.value, Status::Failed | Status::Error);
    is_failure && result.triage.is_none() && result.defects.is_empty()
}

fn fault(result: &CaseResult) -> Diagnostic {
    let message = format!("nobody has said why {} is `{}`", result::name(result), result.status.word());
    Diagnostic::new(&RULE, result.status.place, message)
        .hint("write whose fault it is under `triage:`, or name the defect under `defects:`")
}
