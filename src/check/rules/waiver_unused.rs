//! A waiver covers nothing that is in the way.

use crate::check::{Check, Context};
use crate::derive::gate::waiver::{WaiverState, covers, state};
use crate::derive::gate::{self, Gate, Verdict};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, Waiver};

static RULE: Rule = Rule {
    name: "waiver-unused",
    level: Level::Warn,
    what: "A waiver that counts is for a rule that the gate does not have, does not let waive or that is met without it; \
           or none of the defects it lists is in the way.",
    why: "Readers take it for a risk that was accepted, and it accepts nothing; often the rule or the defect is a slip.",
    example: "waivers: [{id: W1, rule: executed_share, approved_by: product-owner, expires: 2026-11-15}]   # not waivable",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.releases.iter().flat_map(|release| breaches(context, release)).collect()
}

fn breaches(context: &Context<'_>, release: &Record<Release>) -> Vec<Diagnostic> {
    // Without a gate there is another fault; before testing began nothing is in the way yet.
    let status = release.status.as_ref().map(|status| status.value);
    let is_judged = !matches!(status, None | Some(ReleaseStatus::Planned | ReleaseStatus::Cancelled));
    if release.waivers.is_empty() || !is_judged {
        return Vec::new();
    }
    let gate = gate::of(context.basis(), release);
    if gate.missing.is_some() {
        return Vec::new();
    }
    let live =
        release.waivers.iter().filter(|waiver| state(context.site, waiver, gate.day) == WaiverState::Live);
    live.filter_map(|waiver| breach(&gate, waiver)).collect()
}

fn breach(gate: &Gate<'_>, waiver: &Waiver) -> Option<Diagnostic> {
    let metric = waiver.rule.word();
    let named = || gate.rules.iter().filter(|result| result.rule.metric.value == waiver.rule.value);
    let (message, hint) = if named().next().is_none() {
        (format!("the gate has no rule on `{metric}`"), None)
    } else if named().all(|result| result.rule.waivable != Some(true)) {
        (format!("the rule on `{metric}` may not be waived"), Some("`waivable: true` in the gate lets it be"))
    } else {
        let is_stopped = |verdict: &Verdict<'_>| matches!(verdict, Verdict::Fail | Verdict::Waived(_));
        let is_used = named()
            .filter(|result| is_stopped(&result.verdict) || result.verdict == Verdict::Unknown)
            .any(|result| {
                result.verdict == Verdict::Unknown
                    || result.offenders.iter().any(|offender| covers(waiver, offender))
            });
        if is_used {
            return None;
        }
        (format!("the waiver `{}` covers nothing that is in the way", waiver.id.value), None)
    };
    let fault = Diagnostic::new(&RULE, waiver.rule.place, message);
    Some(fault.maybe_hint(hint.map(str::to_owned)))
}
