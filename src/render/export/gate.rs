//! What the gate of a release tells a program: its result, each rule with what was found, and the decision.
//!
//! Words are those of content files; phrases are in English, as all that the program says on its own.

use serde::Serialize;

use super::stamp;
use crate::derive::basis::Basis;
use crate::derive::decision::{self, EvidenceState};
use crate::derive::gate::{Gate, GateResult, Missing, Offender, Reason, RuleResult, Value, Verdict};
use crate::derive::run::counts::share_down;
use crate::model::portal::{GateLevel, GateRule, Metric, Threshold};
use crate::model::records::Record;
use crate::model::release::Release;
use crate::record::reference::Ref;

/// The gate of a release.
#[derive(Debug, Clone, Serialize)]
pub struct GateExport<'a> {
    /// The release.
    pub release: &'a str,
    /// Its build.
    pub build: Option<&'a str>,
    /// The gate that it names.
    pub gate: Option<&'a str>,
    /// The day for which it was judged.
    pub day: String,
    /// `pass`, `pass_with_waivers`, `fail` or `unknown`.
    pub result: &'static str,
    /// Why there is no rule.
    pub missing: Option<String>,
    /// Its rules, in the order of the portal.
    pub rules: Vec<RuleExport<'a>>,
    /// The decision in force.
    pub decision: Option<DecisionExport<'a>>,
}

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleExport<'a> {
    /// The metric and its part: `pass_rate (priority: high)`.
    pub name: String,
    /// What is measured.
    pub metric: &'static str,
    /// `blocking` or `warning`.
    pub level: &'static str,
    /// `pass`, `fail`, `unknown` or `waived`.
    pub result: &'static str,
    /// So many …
    pub n: Option<usize>,
    /// … of so many.
    pub of: Option<usize>,
    /// What was found, in words.
    pub found: String,
    /// What is wanted, in words.
    pub wanted: String,
    /// What must be known to read the result.
    pub reasons: Vec<String>,
    /// The waivers that cover it.
    pub waivers: Vec<&'a str>,
    /// What stands in the way, by id.
    pub offenders: Vec<String>,
}

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionExport<'a> {
    /// Its id.
    pub id: &'a str,
    /// What was decided.
    pub outcome: &'static str,
    /// About which build.
    pub build: &'a str,
    /// When.
    pub decided: String,
    /// `holds`, `stale`, `against_gate`, `disputed`, `incomplete`, `gate_unknown`, `unchecked` or `superseded`.
    pub state: &'static str,
    /// Files that are not as they were.
    pub changed: Vec<ChangedFile<'a>>,
    /// Roles whose word is still needed.
    pub silent: Vec<&'a str>,
    /// Roles that did not confirm what it confirms.
    pub dissenting: Vec<&'a str>,
}

/// A file that a decision rests on and that is not as it was.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedFile<'a> {
    /// The file; nothing where the audience may not see it, nor know its name.
    pub file: Option<&'a str>,
    /// `changed`, `gone`, `withheld` or `unread`.
    pub state: &'static str,
}

impl<'a> GateExport<'a> {
    /// What `gate` says of `release`; `result` is the gate's own unless faults of the tree hinder it.
    pub fn of(basis: Basis<'a>, release: &'a Record<Release>, gate: &Gate<'a>, result: GateResult) -> Self {
        Self {
            release: &release.id,
            build: release.build.as_ref().map(|build| build.as_str()),
            gate: release.gate.as_ref().map(Ref::id),
            day: gate.day.to_string(),
            result: result.word(),
            missing: gate.missing.map(why_missing),
            rules: gate.rules.iter().map(rule).collect(),
            decision: decided(basis, release),
        }
    }
}

fn decided<'a>(basis: Basis<'a>, release: &Record<Release>) -> Option<DecisionExport<'a>> {
    let decision = decision::current(basis.site, &release.id, basis.as_of)?;
    let validity = decision::validity(basis, decision);
    let changed = validity.evidence.iter().filter(|(_, state)| *state != EvidenceState::Same);
    let unlisted =
        validity.unlisted.iter().map(|run| ChangedFile { file: Some(&run.path), state: "unlisted" });
    Some(DecisionExport {
        id: &decision.id,
        outcome: decision.outcome.word(),
        build: &decision.build,
        decided: stamp(&decision.decided, &basis.site.zone),
        state: validity.state().word(),
        changed: changed
            .map(|(evidence, state)| ChangedFile {
                file: (*state != EvidenceState::Withheld).then_some(evidence.file.as_str()),
                state: state.word(),
            })
            .chain(unlisted)
            .collect(),
        silent: validity.silent.iter().map(|role| role.id()).collect(),
        dissenting: validity.dissenting.iter().map(|role| role.id()).collect(),
    })
}

fn rule<'a>(result: &RuleResult<'a>) -> RuleExport<'a> {
    let (n, of) = match result.value {
        Value::Nothing | Value::Issue(_) => (None, None),
        Value::Share { part, whole } => (Some(part), Some(whole)),
        Value::Count { count, of, .. } => (Some(count), Some(of)),
        Value::Ready { ready, of } => (Some(ready), Some(of)),
    };
    let waivers = match &result.verdict {
        Verdict::Waived(waivers) => waivers.iter().map(|waiver| waiver.id.as_str()).collect(),
        _ => Vec::new(),
    };
    RuleExport {
        name: name(result.rule),
        metric: result.rule.metric.word(),
        level: result.rule.level.unwrap_or(GateLevel::Blocking).word(),
        result: result.verdict.word(),
        n,
        of,
        found: found(&result.value),
        wanted: wanted(result.rule),
        reasons: result.reasons.iter().map(why).collect(),
        waivers,
        offenders: result.offenders.iter().map(offender).collect(),
    }
}

/// The metric of a rule and its part, as `portal.yaml` writes them.
pub fn name(rule: &GateRule) -> String {
    let part = |(key, values): &(crate::diagnostic::Placed<String>, crate::model::portal::OneOrMore)| {
        let values: Vec<&str> = values.0.iter().map(|value| value.as_str()).collect();
        format!("{}: {}", key.as_str(), values.join(", "))
    };
    let parts: Vec<String> = rule.of.iter().map(part).collect();
    if parts.is_empty() {
        return rule.metric.word().to_owned();
    }
    format!("{} ({})", rule.metric.word(), parts.join("; "))
}

/// What was found: `385/412 (93.4 %)`.
fn found(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing measured".to_owned(),
        Value::Share { part, whole } => match share_down(*part, *whole) {
            Some(tenths) => format!("{part}/{whole} ({}.{} %)", tenths / 10, tenths % 10),
            None => format!("{part}/{whole}"),
        },
        Value::Count { count, of, deferred: 0 } => format!("{count}/{of}"),
        Value::Count { count, of, deferred } => format!("{count}/{of}, {deferred} deferred"),
        Value::Ready { ready, of } => format!("{ready}/{of} ready"),
        Value::Issue(timing) => match timing.issued {
            Some(issued) => format!("issued {issued}"),
            None => "not issued".to_owned(),
        },
    }
}

/// What is wanted: `at least 98 %`.
fn wanted(rule: &GateRule) -> String {
    let amount = |limit: Threshold| {
        let (Threshold::Count(number) | Threshold::Percent(number)) = limit;
        let (unscaled, places) = number.parts();
        let whole = 10_u64.pow(u32::from(places));
        let shown = if places == 0 {
            unscaled.to_string()
        } else {
            format!("{}.{:0width$}", unscaled / whole, unscaled % whole, width = usize::from(places))
        };
        if matches!(limit, Threshold::Percent(_)) { format!("{shown} %") } else { shown }
    };
    let least = rule.at_least.as_ref().map(|limit| format!("at least {}", amount(limit.value)));
    let most = rule.at_most.as_ref().map(|limit| format!("at most {}", amount(limit.value)));
    let limits: Vec<String> = least.into_iter().chain(most).collect();
    match rule.metric.value {
        _ if !limits.is_empty() => limits.join(", "),
        Metric::ReportIssued => "issued".to_owned(),
        _ => "all".to_owned(),
    }
}

/// A reason in words.
fn why(reason: &Reason<'_>) -> String {
    match reason {
        Reason::NoData => "there is nothing to measure".to_owned(),
        Reason::Unread(folder) => format!("a file in `{folder}/` cannot be read"),
        Reason::Withheld(folder) => format!("the audience may not see `{folder}/`"),
        Reason::PartlyWithheld(folder) => format!("the audience may not see all of `{folder}/`"),
        Reason::Unsorted(n) => format!("{n} do not say whether they count"),
        Reason::SumsAlone(run) => format!("the run `{}` gives sums alone", run.id),
        Reason::OtherBuilds { other, of, build } if other < of => {
            format!("{other} of {of} results are of other builds than `{build}`")
        }
        Reason::OtherBuilds { build, .. } => format!("no result is of the build `{build}`"),
        Reason::NoBaseline(0) => "there is no baseline".to_owned(),
        Reason::NoBaseline(n) => format!("{n} failing have no baseline"),
        Reason::BadPart => "the rule names a part that its metric does not have".to_owned(),
        Reason::BadLimit => "the rule has no limit, or one that its metric cannot have".to_owned(),
        Reason::NotYetDue(due) => format!("due {due}"),
        Reason::Unscheduled => "nothing says when it is due".to_owned(),
        Reason::Stale => "a check is out of date or missing".to_owned(),
        Reason::NotKept => "how it stood on that day was not kept".to_owned(),
        Reason::Limited(n) => format!("{n} ready with limits"),
    }
}

fn why_missing(missing: Missing<'_>) -> String {
    match missing {
        Missing::Unnamed => "the release names no gate".to_owned(),
        Missing::Undefined(gate) => format!("the portal does not define the gate `{gate}`"),
        Missing::Empty(gate) => format!("the gate `{gate}` has no rules"),
    }
}

/// The id of what stands in the way.
fn offender(offender: &Offender<'_>) -> String {
    match offender {
        Offender::Case { case, run } => match (case.id, run) {
            (Some(id), _) => id.to_owned(),
            (None, Some(run)) => format!("a case of {}", run.id),
            (None, None) => "a case".to_owned(),
        },
        Offender::Failures(n) => format!("{n} failures without a name"),
        Offender::Unnamed(n) => format!("{n} planned cases without a name"),
        Offender::Defect(defect) => defect.id.clone(),
        Offender::Environment(id, _) | Offender::DataSet(id, _) => (*id).to_owned(),
        Offender::Report(Some(document)) => document.key.clone(),
        Offender::Report(None) => "no completion report".to_owned(),
    }
}
