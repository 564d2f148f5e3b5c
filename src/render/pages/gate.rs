//! The gate of a release: its light, its rules with what was found, and what stands in their way.

use super::super::blocks::{
    Block, GateLight, Line, Row, RuleLine, Rules, State, link, status, text, with_small,
};
use super::super::names::View;
use super::labels;
use super::states::{Shown, shown, shown_or_unknown};
use crate::derive::environment::readiness;
use crate::derive::gate::limit::short_of;
use crate::derive::gate::{Gate, Missing, Offender, Reason, RuleResult, Value, Verdict};
use crate::derive::page::routes::Subject;
use crate::derive::run::counts::share_down;
use crate::model::portal::{GateRule, Metric, Threshold};
use crate::model::release::Waiver;
use crate::words::Spoken;

/// How many of what stands in the way are named beside the rule.
const NAMED: usize = 3;

/// Class and icon of what came of a rule; a warning that is not met stops nobody.
pub fn verdict_state(result: &RuleResult<'_>) -> State {
    match result.verdict {
        Verdict::Pass => State::named("passed"),
        Verdict::Fail if !result.is_blocking() => State::named("limited"),
        Verdict::Fail => State::named("failed"),
        Verdict::Unknown => State::named("unknown"),
        Verdict::Waived(_) => State::named("waived"),
    }
}

fn verdict_word(view: &View<'_>, result: &RuleResult<'_>) -> String {
    if result.verdict == Verdict::Fail && !result.is_blocking() {
        return view.say("gate.warning");
    }
    view.say(&format!("rule_result.{}", result.verdict.word()))
}

/// The rules as they stand on a page, the worst first, warnings last; with the place of each in the gate.
pub fn in_order<'g, 'a>(gate: &'g Gate<'a>) -> Vec<(usize, &'g RuleResult<'a>)> {
    let rank = |result: &RuleResult<'_>| match result.verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        Verdict::Waived(_) => 2,
        Verdict::Pass => 3,
    };
    let mut rules: Vec<(usize, &RuleResult<'a>)> = gate.rules.iter().enumerate().collect();
    rules.sort_by_key(|(at, result)| (!result.is_blocking(), rank(result), *at));
    rules
}

/// The rules of `gate`; `page` is the way to the release's page, nothing on that page itself.
pub fn rules(view: &View<'_>, gate: &Gate<'_>, page: &str) -> Rules {
    let items = in_order(gate).into_iter().map(|(at, result)| line(view, at, result, page)).collect();
    Rules { label: view.say("release.gate"), items }
}

/// The same as a block, or why there are none.
pub fn block(view: &View<'_>, gate: &Gate<'_>, page: &str) -> Block {
    match &gate.missing {
        Some(missing) => Block::Empty { text: why_missing(view, *missing) },
        None => Block::Rules(rules(view, gate, page)),
    }
}

/// Why a release has no rule to pass.
pub fn why_missing(view: &View<'_>, missing: Missing<'_>) -> String {
    match missing {
        Missing::Unnamed => view.say("release.gate_empty"),
        Missing::Undefined(gate) => view.fill("gate.undefined", &[("gate", gate)]),
        Missing::Empty(gate) => view.fill("gate.without_rules", &[("gate", gate)]),
    }
}

/// How `gate` stands, linked to the page of its release.
pub fn light(view: &View<'_>, gate: &Gate<'_>, release: &str) -> GateLight {
    let result = gate.result();
    let word = view.say(&format!("gate_result.{}", result.word()));
    let text =
        view.fill("value.label", &[("label", &view.say("release.gate")), ("value", &word.to_lowercase())]);
    let href = view.href(&Subject::Release(release.to_owned()));
    GateLight { state: result.state(), line: link(text, href), small: tally(view, gate) }
}

/// How many blocking rules gave what: `täitmata 5, erandiga lubatud 1, täidetud 1`.
pub fn tally(view: &View<'_>, gate: &Gate<'_>) -> String {
    if let Some(missing) = gate.missing {
        return why_missing(view, missing);
    }
    let of = |word: &str| {
        let is_it = |result: &&RuleResult<'_>| result.is_blocking() && result.verdict.word() == word;
        let count = gate.rules.iter().filter(is_it).count();
        let label = view.say(&format!("rule_result.{word}")).to_lowercase();
        (count > 0).then(|| format!("{label} {}", view.words().number(count)))
    };
    view.words().row(&["fail", "unknown", "waived", "pass"].into_iter().filter_map(of).collect::<Vec<_>>())
}

fn line(view: &View<'_>, at: usize, result: &RuleResult<'_>, page: &str) -> RuleLine {
    let href = match anchor(result, at) {
        Some(anchor) => format!("{page}#{anchor}"),
        None => format!("{page}#{}", list_of(result.rule)),
    };
    RuleLine {
        status: status(verdict_state(result), verdict_word(view, result)),
        name: link(rule_name(view, result.rule), href),
        notes: notes(view, result, page),
        found: found(view, result),
        want: text(wanted(view, result)),
    }
}

/// The id of the list of what stands in the way of a rule, where there is one.
pub fn anchor(result: &RuleResult<'_>, at: usize) -> Option<String> {
    (!result.offenders.is_empty()).then(|| format!("gate-{}", at + 1))
}

/// The section of the release's page that a metric looks at.
fn list_of(rule: &GateRule) -> &'static str {
    match rule.metric.value {
        Metric::ExecutedShare | Metric::PassRate | Metric::Regressions | Metric::UntriagedFailures => "runs",
        Metric::OpenDefects => "defects",
        Metric::EnvironmentReady => "environments",
        Metric::TestDataReady => "data",
        Metric::ReportIssued => "reports",
    }
}

/// What is measured, and of which part.
pub fn rule_name(view: &View<'_>, rule: &GateRule) -> String {
    let metric = view.say(&format!("metric.{}", rule.metric.word()));
    let parts: Vec<String> = rule
        .of
        .iter()
        .map(|(key, values)| {
            let words: Vec<String> = values.0.iter().map(|value| part_word(view, key, value)).collect();
            let label = view.say(&format!("gate_part.{}", key.as_str()));
            view.fill("value.label", &[("label", &label), ("value", &view.words().row(&words))])
        })
        .collect();
    if parts.is_empty() {
        return metric;
    }
    view.fill("gate.of", &[("metric", &metric), ("of", &parts.join("; "))])
}

/// The word for a part of what is measured: `high` priority, `acceptance` use.
fn part_word(view: &View<'_>, key: &str, value: &str) -> String {
    let section = match key {
        "use" => "environment_use",
        "level" => "test_level",
        "type" => "test_type",
        "environment" => return view.name(&Subject::Environment(value.to_owned())).into_text(),
        key => key,
    };
    labels::word(view, section, value).to_lowercase()
}

/// What was found, with its "n of m".
fn found(view: &View<'_>, result: &RuleResult<'_>) -> Line {
    let words = view.words();
    match result.value {
        Value::Nothing => view.unknown(),
        Value::Share { part, whole } => {
            let share = share_down(part, whole)
                .map_or_else(|| view.say("value.unknown"), |share| words.percent_tenths(share));
            with_small(text(share), text(words.of(part, whole)))
        }
        Value::Count { count, of, .. } if of > 0 => text(words.of(count, of)),
        Value::Count { count, .. } => text(words.number(count)),
        Value::Ready { ready, of } => text(words.of(ready, of)),
        Value::Issue(timing) => match timing.issued {
            Some(issued) => view.moment(&issued),
            None => text(view.say("gate.not_issued")),
        },
    }
}

/// What is wanted.
fn wanted(view: &View<'_>, result: &RuleResult<'_>) -> String {
    let rule = result.rule;
    let bound = |key: &str, limit: Threshold| view.fill(key, &[("value", &amount(view, limit))]);
    let least = rule.at_least.as_ref().map(|limit| bound("gate.at_least", limit.value));
    let most = rule.at_most.as_ref().map(|limit| bound("gate.at_most", limit.value));
    let bounds: Vec<String> = least.into_iter().chain(most).collect();
    match (rule.metric.value, result.value) {
        _ if !bounds.is_empty() => view.words().list(&bounds),
        (Metric::ReportIssued, Value::Issue(timing)) => timing.due.map_or_else(
            || view.say("gate.required"),
            |due| {
                let at = due.civil(&view.portal.site.zone);
                let shown = if due.has_time() {
                    view.words().date_time_table(at)
                } else {
                    view.words().date_table(at.date())
                };
                view.fill("gate.until", &[("date", &shown)])
            },
        ),
        (Metric::EnvironmentReady | Metric::TestDataReady, _) => view.say("gate.all"),
        _ => view.say("gate.required"),
    }
}

/// A limit as readers write it, with no more decimals than it has.
fn amount(view: &View<'_>, limit: Threshold) -> String {
    let (Threshold::Count(number) | Threshold::Percent(number)) = limit;
    let (unscaled, places) = number.parts();
    let shown = view.words().decimal(i64::try_from(unscaled).unwrap_or(i64::MAX), places);
    match limit {
        Threshold::Percent(_) => view.fill("number.percent", &[("n", &shown)]),
        Threshold::Count(_) => shown,
    }
}

/// What must be known to read the result.
fn notes(view: &View<'_>, result: &RuleResult<'_>, page: &str) -> Vec<Line> {
    let mut notes: Vec<Line> = Vec::new();
    if let Verdict::Waived(waivers) = &result.verdict {
        notes.extend(waivers.iter().map(|waiver| waived(view, waiver, page)));
    }
    notes.extend(named(view, result));
    if let (Metric::ExecutedShare, Value::Share { part, whole }) = (result.rule.metric.value, result.value) {
        let missing = short_of(result.rule, part, whole);
        if missing > 0 {
            notes.push(text(view.words().count("gate.short_of", missing)));
        }
    }
    if let Value::Count { deferred, .. } = result.value
        && deferred > 0
    {
        notes.push(text(view.words().count("gate.deferred_apart", deferred)));
    }
    notes.extend(result.reasons.iter().map(|reason| text(why(view, reason))));
    if !result.is_blocking() {
        notes.push(text(view.say("gate.warning_only")));
    }
    notes
}

/// The first of what stands in the way, by name.
fn named(view: &View<'_>, result: &RuleResult<'_>) -> Option<Line> {
    // Hundreds of cases that are not run are told by their number.
    if result.offenders.is_empty() || result.rule.metric.value == Metric::ExecutedShare {
        return None;
    }
    let shown = result.offenders.iter().take(NAMED).map(|offender| short_name(view, offender));
    let mut line = view.row(shown);
    let more = result.offenders.len().saturating_sub(NAMED);
    if more > 0 {
        line.extend(text(format!(", {}", view.words().count("count.more", more).to_lowercase())));
    }
    Some(line)
}

fn waived(view: &View<'_>, waiver: &Waiver, page: &str) -> Line {
    let mut line =
        link(view.fill("gate.waived_by", &[("waiver", &waiver.id.value)]), format!("{page}#waivers"));
    if let Some(role) = &waiver.approved_by {
        line.extend(text(", "));
        line.extend(view.pointer(role.pointer()));
    }
    if let Some(expires) = &waiver.expires {
        line.extend(text(", "));
        line.extend(text(view.fill("schedule.until", &[("date", &view.words().date_table(expires.value))])));
    }
    line
}

/// A reason in words.
pub fn why(view: &View<'_>, reason: &Reason<'_>) -> String {
    let of_kind = |key: &str, folder: &str| view.fill(key, &[("folder", folder)]);
    let count = |key: &str, n: usize| view.words().count(key, n);
    match reason {
        Reason::NoData => view.say("gate.no_data"),
        Reason::Unread(folder) => of_kind("gate.unread", folder),
        Reason::Withheld(folder) => of_kind("gate.withheld", folder),
        Reason::PartlyWithheld(folder) => of_kind("gate.partly_withheld", folder),
        Reason::Unsorted(n) => count("gate.unsorted", *n),
        Reason::SumsAlone(run) => {
            view.fill("gate.sums_alone", &[("run", &view.name(&Subject::Run(run.id.clone())))])
        }
        Reason::OtherBuilds { other, of, build } if other < of => {
            let found = view.words().of(*other, *of);
            view.fill("gate.other_builds", &[("found", &found), ("build", build)])
        }
        Reason::OtherBuilds { build, .. } => view.fill("gate.no_result_of_build", &[("build", build)]),
        Reason::NoBaseline(0) => view.say("gate.no_baseline"),
        Reason::NoBaseline(n) => count("gate.no_baseline_for", *n),
        Reason::BadPart => view.say("gate.bad_part"),
        Reason::BadLimit => view.say("gate.bad_limit"),
        Reason::NotYetDue(_) => view.say("gate.not_yet_due"),
        Reason::Unscheduled => view.say("gate.unscheduled"),
        Reason::Stale => view.say("gate.stale_fact"),
        Reason::NotKept => view.say("gate.not_kept"),
        Reason::Limited(n) => count("gate.limited", *n),
    }
}

fn short_name(view: &View<'_>, offender: &Offender<'_>) -> Line {
    match offender {
        Offender::Case { case, .. } => match case.id {
            Some(id) => view.id(&Subject::Case(id.to_owned()), id),
            None => view.line(case.result.and_then(|result| result.title.as_ref())),
        },
        Offender::Failures(n) => text(view.words().count("gate.unnamed_failures", *n)),
        Offender::Unnamed(n) => text(view.words().count("gate.unnamed", *n)),
        Offender::Defect(defect) => view.id(&Subject::Defect(defect.id.clone()), &defect.id),
        Offender::Environment(id, _) => view.link(&Subject::Environment((*id).to_owned())),
        Offender::DataSet(id, _) => view.id(&Subject::DataSet((*id).to_owned()), id),
        Offender::Report(Some(document)) => view.link(&Subject::Document(document.key.clone())),
        Offender::Report(None) => text(view.say("gate.no_report")),
    }
}

/// Something that stands in the way, with how it stands.
pub fn offender(view: &View<'_>, offender: &Offender<'_>) -> Row {
    match offender {
        Offender::Case { case, run } => {
            let title = case.id.map(|id| view.name(&Subject::Case(id.to_owned())));
            let title = title.filter(|title| Some(&**title) != case.id).map_or_else(Line::new, text);
            let mut what = short_name(view, offender);
            if case.id.is_some() && !title.is_empty() {
                what.extend(text(" "));
                what.extend(title);
            }
            let run = run.map(|run| view.link(&Subject::Run(run.id.clone())));
            let defects = case.result.map_or(&[][..], |result| &result.defects);
            let defects = defects.iter().map(|defect| view.pointer(defect.pointer()));
            let behind = view.row(run.into_iter().chain(defects));
            Row { what: with_small(what, behind), aside: shown(view, &case.status()), ..Row::default() }
        }
        Offender::Failures(n) => Row {
            what: text(view.words().count("gate.unnamed_failures", *n)),
            aside: shown(view, &crate::model::run::Status::Failed),
            ..Row::default()
        },
        Offender::Unnamed(n) => Row {
            what: text(view.words().count("gate.unnamed", *n)),
            aside: shown(view, &crate::model::run::Status::NotRun),
            ..Row::default()
        },
        Offender::Defect(defect) => {
            let mut what = short_name(view, offender);
            what.extend(text(" "));
            what.extend(text(view.read(&defect.title)));
            let severity = super::states::severity(view, defect.severity.value);
            Row {
                what: with_small(what, severity),
                aside: shown(view, &defect.status.value),
                ..Row::default()
            }
        }
        Offender::Environment(_, environment) => {
            let state = environment.map(|environment| {
                readiness::of(environment, &view.portal.site.zone, view.portal.as_of).state()
            });
            Row {
                what: short_name(view, offender),
                aside: shown_or_unknown(view, state.as_ref()),
                ..Row::default()
            }
        }
        Offender::DataSet(id, set) => {
            let title = view.name(&Subject::DataSet((*id).to_owned()));
            let mut what = short_name(view, offender);
            if title != **id {
                what.extend(text(Spoken::from(" ").and(title)));
            }
            let state = set.map(|(_, status)| status);
            Row { what, aside: shown_or_unknown(view, state.as_ref()), ..Row::default() }
        }
        Offender::Report(_) => {
            let aside = status(State::named("not_run"), view.say("gate.not_issued"));
            Row { what: short_name(view, offender), aside, ..Row::default() }
        }
    }
}
