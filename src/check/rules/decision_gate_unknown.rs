//! A release was confirmed although nobody could say whether its gate passed.

use crate::check::{Check, Context};
use crate::derive::decision::{GateWord, validity};
use crate::derive::gate::{self, Ignorance, Reason, Verdict};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::decision::Decision;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "decision-gate-unknown",
    level: Level::Warn,
    what: "A decision confirms a release of whose gate nobody could say on the day of the decision whether it passes, and \
           has no `override`. How environments and data stood then is not kept, so these do not count; nor does a \
           release without a gate.",
    why: "What nobody knows is not in order. Whoever confirms all the same answers for it in words.",
    example: "outcome: confirmed   # before anything was executed, and no override: {reason: …, by: product-owner}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.decisions.iter().filter_map(|decision| breach(context, decision)).collect()
}

fn breach(context: &Context<'_>, decision: &Record<Decision>) -> Option<Diagnostic> {
    let found = validity(context.basis(), decision);
    if found.gate != GateWord::Unknown || found.superseded_by.is_some() || !context.site.has_settings() {
        return None;
    }
    let release = context.site.releases.get(decision.release.id())?;
    let day = decision.decided.date(&context.site.zone);
    let gate = gate::on(context.basis(), release, day);
    let is_open = |reason: &Reason<'_>| reason.ignorance() == Some(Ignorance::Open);
    // What a file that cannot be read leaves open is told where that file stands.
    let is_unread = |reason: &Reason<'_>| matches!(reason, Reason::Unread(_));
    if gate.rules.iter().any(|result| result.reasons.iter().any(is_unread)) {
        return None;
    }
    let open: Vec<String> = gate
        .rules
        .iter()
        .filter(|result| result.is_blocking() && result.verdict == Verdict::Unknown)
        .filter(|result| result.reasons.iter().any(is_open))
        .map(|result| format!("`{}`", result.rule.metric.word()))
        .collect();
    let of = if open.is_empty() { "it has no rule to judge by".to_owned() } else { open.join(", ") };
    let message = format!("on {day} nobody could say whether the gate passes: {of}");
    Some(
        Diagnostic::new(&RULE, decision.outcome.place, message)
            .hint("`juhend gate` tells why; say why it was confirmed under `override: {reason: …, by: …}`"),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree, tree_for};
    use crate::model::audience::Audience;

    const PORTAL: &str = "title: P\nroles: {lead: {}}\naudiences: {default: public}\ngates:\n  \
        g: [{metric: pass_rate, at_least: 90%}]\n  w: [{metric: pass_rate, at_least: 90%, level: warning}]\n  \
        e: [{metric: environment_ready}]\n";
    const RELEASE: &str = "product: a\ncontents: []\nschedule: {}\nenvironments: [{env: e}]\n";
    const RUN: &str =
        "release: r\nenvironment: e\nstarted: 2026-10-08\nresults: [{case: A, status: passed}]\n";

    fn files(gate: &str, decision: &str, run: &str) -> Vec<(String, String)> {
        let decision =
            format!("release: r\ndecided: 2026-10-09\nbuild: b\nby: {{}}\nevidence: []\n{decision}\n");
        let files = [
            ("portal.yaml", PORTAL.to_owned()),
            (
                "environments/e.yaml",
                "kind: test\nreadiness: [{check: c, result: pass, at: 2026-10-16}]\n".to_owned(),
            ),
            ("releases/r.yaml", format!("{RELEASE}{gate}\n")),
            ("runs/r/1.yaml", run.to_owned()),
            ("decisions/r.yaml", decision),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
    }

    #[test]
    fn a_confirmation_that_nobody_could_judge_needs_an_override() {
        let nothing = "release: r\nenvironment: e\nstarted: 2026-10-08\n";
        let of = |what: &str| vec![format!("on 2026-10-09 nobody could say whether the gate passes: {what}")];
        for (gate, decision, run, wanted) in [
            ("gate: g", "outcome: confirmed", nothing, of("`pass_rate`")),
            ("gate: g", "outcome: confirmed", RUN, vec![]),
            ("gate: g", "outcome: refused", nothing, vec![]),
            ("gate: g", "outcome: confirmed\noverride: {reason: Payday, by: lead}", nothing, vec![]),
            ("gate: w", "outcome: confirmed", RUN, of("it has no rule to judge by")),
            // How the environment stood a week ago is not kept; no gate asks nothing.
            ("gate: e", "outcome: confirmed", RUN, vec![]),
            ("", "outcome: confirmed", RUN, vec![]),
        ] {
            let files = files(gate, decision, run);
            let files: Vec<(&str, &str)> =
                files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            assert_eq!(messages_of("decision-gate-unknown", &tree(&files)), wanted, "{gate} {decision}");
        }
    }

    #[test]
    fn what_the_audience_may_not_see_is_held_against_nobody() {
        let run = format!("audience: restricted\n{RUN}");
        let files = files("gate: g", "outcome: confirmed", &run);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = tree_for(Audience::Public, &files);
        assert_eq!(messages_of("decision-gate-unknown", &site), Vec::<String>::new());
    }
}
