//! What a decision rests on has changed.

use crate::check::{Check, Context};
use crate::derive::decision::{EvidenceState, validity};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::decision::Decision;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "decision-stale",
    level: Level::Warn,
    what: "A file that a decision rests on is another than it was, or is gone; a run that had begun by its day is not \
           among them; or the decision is about another build than the release. A refusal or a delay is judged like a \
           confirmation: what was wrong then may be mended. Decisions that were replaced are left alone.",
    why: "What was decided was decided about something else: those who answer for it have to look again.",
    example: "evidence: [{file: runs/2026.10/sit-03.yaml, sha256: 6a14…}]   # and the run was changed since",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.decisions.iter().flat_map(|decision| breaches(context, decision)).collect()
}

fn breaches(context: &Context<'_>, decision: &Record<Decision>) -> Vec<Diagnostic> {
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

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_refusal_goes_stale_like_a_confirmation() {
        let run = "release: r\nenvironment: e\nstarted: 2026-10-08\n";
        let hash = crate::digest::sha256(&[run.as_bytes()]);
        let messages = |build: &str, sha256: &str, outcome: &str, more: &[(&str, &str)]| {
            let release = format!("product: a\ncontents: []\nschedule: {{}}\nbuild: {build}\n");
            let decision = format!(
                "release: r\noutcome: {outcome}\ndecided: 2026-10-09\nbuild: b1\nby: {{}}\n\
                 evidence: [{{file: runs/r/1.yaml, sha256: {sha256}}}]\n"
            );
            let files = [
                ("releases/r.yaml", release.as_str()),
                ("runs/r/1.yaml", run),
                ("decisions/r.yaml", &decision),
            ];
            messages_of("decision-stale", &tree(&[&files[..], more].concat()))
        };
        let newer = [(
            "decisions/r-2.yaml",
            "release: r\noutcome: deferred\ndecided: 2026-10-10\nbuild: b2\nby: {}\nevidence: []\nsupersedes: r\n",
        )];
        let build = "the decision is about `b1`, and the build of the release is `b2`";
        let changed = "`runs/r/1.yaml` was changed after the decision";
        for outcome in ["confirmed", "refused", "deferred"] {
            assert_eq!(messages("b1", &hash, outcome, &[]), Vec::<String>::new(), "{outcome}");
            assert_eq!(messages("b2", &hash, outcome, &[]), [build], "{outcome}");
            assert_eq!(messages("b1", "00", outcome, &[]), [changed], "{outcome}");
            assert_eq!(messages("b2", "00", outcome, &newer), Vec::<String>::new(), "{outcome}, replaced");
        }
    }
}
