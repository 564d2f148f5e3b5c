//! What a decision rests on has changed.

use crate::check::{Check, Context};
use crate::derive::decision::{EvidenceState, is_confirmed, validity};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::decision::Decision;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "decision-stale",
    level: Level::Warn,
    what: "A file that a decision rests on is another than it was, or is gone; a run that had begun by its day is not \
           among them; or the decision is about another build than the release. Decisions that were replaced or that confirm nothing are left alone.",
    why: "What was decided was decided about something else: those who answer for it have to look again.",
    example: "evidence: [{file: runs/2026.10/sit-03.yaml, sha256: 6a14…}]   # and the run was changed since",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.decisions.iter().flat_map(|decision| breaches(context, decision)).collect()
}

fn breaches(context: &Context<'_>, decision: &Record<Decision>) -> Vec<Diagnostic> {
    if !is_confirmed(decision.outcome.value) {
        return Vec::new();
    }
    let found = validity(context.basis(), decision);
    if found.superseded_by.is_some() {
        return Vec::new();
    }
    let hint =
        format!("`juhend sign-off {}` writes a new decision that replaces this one", decision.release.id());
    let files = found.evidence.iter().filter_map(|(evidence, state)| {
        let what = match state {
            EvidenceState::Changed => "was changed after the decision",
            EvidenceState::Gone => "is gone",
            _ => return None,
        };
        let message = format!("`{}` {what}", evidence.file.value);
        Some(Diagnostic::new(&RULE, evidence.file.place, message).hint(hint.clone()))
    });
    let build = found.other_build.map(|other| {
        let message = format!(
            "the decision is about `{}`, and the build of the release is `{other}`",
            decision.build.value
        );
        Diagnostic::new(&RULE, decision.build.place, message).hint(hint.clone())
    });
    let unlisted = found.unlisted.iter().map(|run| {
        let message = format!("`{}` has begun, and the decision does not rest on it", run.path);
        Diagnostic::new(&RULE, decision.decided.place, message).hint(hint.clone())
    });
    files.chain(unlisted).chain(build).collect()
}
