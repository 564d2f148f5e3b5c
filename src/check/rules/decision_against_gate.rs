//! A release was confirmed although its gate failed.

use crate::check::{Check, Context};
use crate::derive::decision::{GateWord, validity};
use crate::derive::gate::{self, Verdict};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::decision::Decision;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "decision-against-gate",
    level: Level::Warn,
    what: "A decision confirms a release whose gate failed on the day of the decision, and has no `override`. What is \
           judged are results, defects and reports up to that day as today's files tell them; how environments and \
           data stood then is not kept.",
    why: "An install against the rules may be right, but somebody has to answer for it in words.",
    example: "outcome: confirmed   # with an open critical defect, and no override: {reason: …, by: product-owner}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.decisions.iter().filter_map(|decision| breach(context, decision)).collect()
}

fn breach(context: &Context<'_>, decision: &Record<Decision>) -> Option<Diagnostic> {
    let found = validity(context.basis(), decision);
    if found.gate != GateWord::Fails || found.superseded_by.is_some() {
        return None;
    }
    let release = context.site.releases.get(decision.release.id())?;
    let day = decision.decided.date(&context.site.zone);
    let gate = gate::on(context.basis(), release, day);
    let failing: Vec<String> = gate
        .rules
        .iter()
        .filter(|result| result.is_blocking() && result.verdict == Verdict::Fail)
        .map(|result| format!("`{}`", result.rule.metric.word()))
        .collect();
    let message = format!("on {day} the gate failed: {}", failing.join(", "));
    Some(
        Diagnostic::new(&RULE, decision.outcome.place, message).hint(
            "say why under `override: {reason: …, by: …}` or with `juhend sign-off … --override`, or waive the rule in the release if it may be",
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const PORTAL: &str =
        "title: P\nroles: {lead: {}}\ngates: {g: [{metric: open_defects, at_most: 0, waivable: true}]}\n";
    const RELEASE: &str = "product: a\ncontents: []\nschedule: {}\ngate: g\n";
    const DEFECT: &str = "title: A\nseverity: major\nstatus: open\nreported: 2026-10-08\naffects: [r]\n";

    fn messages(release: &str, defect: &str, decision: &str) -> Vec<String> {
        let decision =
            format!("release: r\ndecided: 2026-10-09\nbuild: b\nby: {{}}\nevidence: []\n{decision}");
        messages_of(
            "decision-against-gate",
            &tree(&[
                ("portal.yaml", PORTAL),
                ("releases/r.yaml", &format!("{RELEASE}{release}")),
                ("defects/D-1.yaml", defect),
                ("decisions/r.yaml", &decision),
            ]),
        )
    }

    #[test]
    fn a_confirmation_against_the_gate_needs_an_override() {
        let failed = "on 2026-10-09 the gate failed: `open_defects`";
        let later = DEFECT.replace("2026-10-08", "2026-10-10");
        let waiver = "waivers: [{id: W1, rule: open_defects, defects: [D-1], approved_by: lead, expires: 2026-10-09}]\n";
        for (release, defect, decision, wanted) in [
            ("", DEFECT, "outcome: confirmed\n", vec![failed]),
            ("", DEFECT, "outcome: confirmed_with_conditions\n", vec![failed]),
            ("", DEFECT, "outcome: refused\n", vec![]),
            ("", DEFECT, "outcome: confirmed\noverride: {reason: Payday, by: lead}\n", vec![]),
            // The defect was found after the decision.
            ("", later.as_str(), "outcome: confirmed\n", vec![]),
            (waiver, DEFECT, "outcome: confirmed\n", vec![]),
        ] {
            assert_eq!(messages(release, defect, decision), wanted, "{release}{decision}");
        }
    }
}
