//! Whether a release may be installed: each rule of its gate, and what they add up to (content model,
//! section 5).
//!
//! A rule's result is pass, fail, unknown, or waived: a fail that live waivers cover. Unknown is never fine:
//! waivers that cover all that is known leave a rule unknown while more may stand in its way.
//! What a metric measures stands in a file of its own: [`cases`], [`defects`], [`readiness`], [`report`];
//! [`part`] says which part of it counts, [`drift`] of which build it is, [`limit`] what is enough, [`waiver`] what was accepted.

mod cases;
mod defects;
mod drift;
pub mod limit;
pub mod part;
mod readiness;
mod report;
pub mod waiver;

pub use readiness::data_sets;

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::decision;
use crate::derive::report::timeliness::Timing;
use crate::derive::run::final_status::{self, FinalStatuses};
use crate::derive::run::results::RunCase;
use crate::model::Site;
use crate::model::data_set::{DataSet, DataStatus};
use crate::model::defect::Defect;
use crate::model::document::Document;
use crate::model::environment::Environment;
use crate::model::portal::{GateLevel, GateRule, Metric};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, Waiver};
use crate::model::run::Run;
use crate::record::reference::Ref;
use crate::record::time::Moment;

/// The gate of a release on a day.
#[derive(Debug, Clone)]
pub struct Gate<'a> {
    /// The day for which it was judged.
    pub day: Date,
    /// Its rules in the order of the portal, with what was found.
    pub rules: Vec<RuleResult<'a>>,
    /// Why there is no rule at all.
    pub missing: Option<Missing<'a>>,
}

/// Why a release has no rule to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing<'a> {
    /// The release names no gate.
    Unnamed,
    /// The portal does not define the gate that it names.
    Undefined(&'a str),
    /// The gate that it names has no rules.
    Empty(&'a str),
}

/// What all rules add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateResult {
    /// Every blocking rule passes.
    Pass,
    /// The same, some of them by a waiver.
    PassWithWaivers,
    /// Some blocking rule fails.
    Fail,
    /// None fails, and of some it is not known.
    Unknown,
}

impl GateResult {
    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::PassWithWaivers => "pass_with_waivers",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the release may be installed.
    pub fn is_pass(self) -> bool {
        matches!(self, Self::Pass | Self::PassWithWaivers)
    }
}

/// A rule and what was found.
#[derive(Debug, Clone)]
pub struct RuleResult<'a> {
    /// The rule.
    pub rule: &'a GateRule,
    /// What was measured.
    pub value: Value,
    /// What that makes of the rule.
    pub verdict: Verdict<'a>,
    /// What else must be known to read the verdict: why it is unknown, what was left out.
    pub reasons: Vec<Reason<'a>>,
    /// What stands in the way, or would without a limit above zero.
    pub offenders: Vec<Offender<'a>>,
}

impl RuleResult<'_> {
    /// Whether the rule can stop an install.
    pub fn is_blocking(&self) -> bool {
        self.rule.level != Some(GateLevel::Warning)
    }
}

/// What a metric gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Nothing could be measured.
    Nothing,
    /// So many of so many cases.
    Share {
        /// The cases that count.
        part: usize,
        /// All of them; never 0.
        whole: usize,
    },
    /// A number of what should be few.
    Count {
        /// How many.
        count: usize,
        /// Of how many.
        of: usize,
        /// Deferred ones, which are counted apart.
        deferred: usize,
    },
    /// So many of so many are ready.
    Ready {
        /// Those that are.
        ready: usize,
        /// All of them; never 0.
        of: usize,
    },
    /// A report's issue.
    Issue(Timing),
}

/// What a rule's value makes of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict<'a> {
    /// It is met.
    Pass,
    /// It is not met.
    Fail,
    /// Nobody can say.
    Unknown,
    /// It is not met, and these live waivers cover all that is in the way.
    Waived(Vec<&'a Waiver>),
}

impl Verdict<'_> {
    /// The word that names it in catalogues and files.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived(_) => "waived",
        }
    }
}

/// What must be known to read a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason<'a> {
    /// There is nothing to measure.
    NoData,
    /// Some file of the kind of record cannot be read.
    Unread(&'static str),
    /// The portal keeps this kind of record from the audience.
    Withheld(&'static str),
    /// The audience may not see every record of this kind.
    PartlyWithheld(&'static str),
    /// So many cases do not say whether they belong to the part that counts.
    Unsorted(usize),
    /// The latest run gives sums alone, so that nobody knows which cases ended how.
    SumsAlone(&'a Record<Run>),
    /// So many of so many results are of other builds than this one, the release's.
    OtherBuilds {
        /// Those of other builds.
        other: usize,
        /// All of them; never 0.
        of: usize,
        /// The build of the release.
        build: &'a str,
    },
    /// There is nothing to compare so many failing cases with.
    NoBaseline(usize),
    /// The rule names a part that its metric does not have.
    BadPart,
    /// The rule has no limit, or one that its metric cannot have.
    BadLimit,
    /// The report is due only after the day.
    NotYetDue(Moment),
    /// Nothing says when the report is due.
    Unscheduled,
    /// What is known of it is out of date, or nothing is.
    Stale,
    /// How it stood on a past day was not kept.
    NotKept,
    /// So many are ready with limits.
    Limited(usize),
}

impl Reason<'_> {
    /// Why nobody can say whether the rule is met, as far as this is a reason for that.
    pub fn ignorance(&self) -> Option<Ignorance> {
        match self {
            Self::Limited(_) => None,
            Self::OtherBuilds { other, of, .. } if other < of => None,
            Self::NotKept => Some(Ignorance::NotKept),
            Self::Withheld(_) | Self::PartlyWithheld(_) => Some(Ignorance::Withheld),
            _ => Some(Ignorance::Open),
        }
    }
}

/// Who could not say whether a rule is met; the one that matters most comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ignorance {
    /// Nobody today: how it stood on the day was not kept.
    NotKept,
    /// This audience: it may not see what tells.
    Withheld,
    /// Nobody on the day itself.
    Open,
}

/// Something that stands in the way of a rule.
#[derive(Debug, Clone)]
pub enum Offender<'a> {
    /// A case.
    Case {
        /// The case and its final result.
        case: RunCase<'a>,
        /// The run of that result; nothing for a case that no run has.
        run: Option<&'a Record<Run>>,
    },
    /// Cases of which only the number is known.
    Unnamed(usize),
    /// Failures of which only the number is known.
    Failures(usize),
    /// A defect.
    Defect(&'a Record<Defect>),
    /// An environment that is not ready, or of which that is not known.
    Environment(&'a str, Option<&'a Record<Environment>>),
    /// A data set that cannot be used in full, or that nobody described.
    DataSet(&'a str, Option<(&'a Record<DataSet>, DataStatus)>),
    /// A report that is not issued; nothing where nobody began it.
    Report(Option<&'a Document>),
}

impl<'a> Offender<'a> {
    /// How many it stands for.
    fn number(&self) -> usize {
        if let Self::Unnamed(number) | Self::Failures(number) = self { *number } else { 1 }
    }

    /// The defects behind it.
    pub fn defects(&self) -> Vec<&'a str> {
        match self {
            Self::Defect(defect) => vec![defect.id.as_str()],
            Self::Case { case, .. } => {
                case.result.map_or(&[][..], |result| &result.defects).iter().map(Ref::id).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What a metric found, before waivers.
struct Finding<'a> {
    value: Value,
    verdict: Verdict<'a>,
    reasons: Vec<Reason<'a>>,
    offenders: Vec<Offender<'a>>,
    /// Whether more may stand in the way than is known, so that no waiver can cover all of it.
    is_doubted: bool,
}

impl<'a> Finding<'a> {
    fn unknown(reason: Reason<'a>) -> Self {
        Self {
            value: Value::Nothing,
            verdict: Verdict::Unknown,
            reasons: vec![reason],
            offenders: Vec::new(),
            is_doubted: true,
        }
    }

    /// What a limit makes of `value`; whether it `is_met` must be certain.
    fn measured(value: Value, is_met: bool, offenders: Vec<Offender<'a>>) -> Self {
        let verdict = if is_met { Verdict::Pass } else { Verdict::Fail };
        Self { value, verdict, reasons: Vec::new(), offenders, is_doubted: false }
    }

    /// The same, where `reason` takes the certainty of a pass away, with a waiver or without.
    fn doubted(mut self, reason: Reason<'a>) -> Self {
        if self.verdict == Verdict::Pass {
            self.verdict = Verdict::Unknown;
        }
        self.is_doubted = true;
        self.reasons.push(reason);
        self
    }

    /// The same, where for `reason` nobody can say whether the rule is met, whatever was found.
    fn undecided(mut self, reason: Reason<'a>) -> Self {
        self.verdict = Verdict::Unknown;
        self.doubted(reason)
    }
}

/// A rule that is being judged.
struct Question<'a, 'q> {
    basis: Basis<'a>,
    /// The day on which the tree was written, so to speak: facts without a history hold for it alone.
    today: Date,
    release: &'a Record<Release>,
    rule: &'a GateRule,
    statuses: &'q FinalStatuses<'a>,
    /// The build of the release, as far as it is known of the day.
    build: Option<&'a str>,
}

impl<'a> Question<'a, '_> {
    fn site(&self) -> &'a Site {
        self.basis.site
    }

    /// Whether the day is one of which only the history of facts tells.
    fn is_past(&self) -> bool {
        self.basis.as_of < self.today
    }
}

/// The gate of `release`: on the day of the basis; of a release that is installed, taken back or given up on
/// the day of the decision about it, since afterwards nothing hangs on it.
pub fn of<'a>(basis: Basis<'a>, release: &'a Record<Release>) -> Gate<'a> {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    let is_over = release
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, Released | RolledBack | Cancelled));
    let decided = decision::current(basis.site, &release.id, basis.as_of).filter(|_| is_over);
    on(basis, release, decided.map_or(basis.as_of, |decision| decision.decided.date(&basis.site.zone)))
}

/// The gate of `release` as it was on `day`, as far as today's files tell: results, defects and reports keep
/// their history; of environments and data it is not known how they stood then.
pub fn on<'a>(basis: Basis<'a>, release: &'a Record<Release>, day: Date) -> Gate<'a> {
    let then = Basis { as_of: day, ..basis };
    let (rules, missing) = rules_of(basis.site, release);
    let statuses = final_status::of_release(then, &release.id);
    let build = drift::build(then, release, basis.as_of);
    let judge = |rule| {
        let question =
            Question { basis: then, today: basis.as_of, release, rule, statuses: &statuses, build };
        judged(&question)
    };
    Gate { day, rules: rules.iter().map(judge).collect(), missing }
}

fn rules_of<'a>(site: &'a Site, release: &'a Release) -> (&'a [GateRule], Option<Missing<'a>>) {
    let Some(gate) = &release.gate else { return (&[], Some(Missing::Unnamed)) };
    match site.portal.gates.get(gate.id()) {
        None => (&[], Some(Missing::Undefined(gate.id()))),
        Some(rules) if rules.is_empty() => (&[], Some(Missing::Empty(gate.id()))),
        Some(rules) => (rules, None),
    }
}

fn judged<'a>(question: &Question<'a, '_>) -> RuleResult<'a> {
    let rule = question.rule;
    let found = if part::faults(rule).next().is_some() {
        Finding::unknown(Reason::BadPart)
    } else if limit::faults(rule).next().is_some() {
        Finding::unknown(Reason::BadLimit)
    } else {
        measured(question)
    };
    let verdict = match found.verdict {
        Verdict::Fail => {
            let waivers =
                waiver::covering(question.site(), question.release, rule, &found, question.basis.as_of);
            match waivers {
                None => Verdict::Fail,
                // What nobody knows of nobody has accepted.
                Some(_) if found.is_doubted => Verdict::Unknown,
                Some(waivers) => Verdict::Waived(waivers),
            }
        }
        verdict => verdict,
    };
    RuleResult { rule, value: found.value, verdict, reasons: found.reasons, offenders: found.offenders }
}

fn measured<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    match question.rule.metric.value {
        Metric::ExecutedShare => cases::executed_share(question),
        Metric::PassRate => cases::pass_rate(question),
        Metric::Regressions => cases::regressions(question),
        Metric::UntriagedFailures => cases::untriaged_failures(question),
        Metric::OpenDefects => defects::open_defects(question),
        Metric::EnvironmentReady => readiness::environments(question),
        Metric::TestDataReady => readiness::test_data(question),
        Metric::ReportIssued => report::issued(question),
    }
}

/// Why nothing can be said of the records in `folder`: the portal keeps them from the audience.
fn withheld<'a>(site: &Site, folder: &'static str) -> Option<Reason<'a>> {
    let audience = site.portal.audience_of(&format!("{folder}/any.yaml"));
    (audience > site.audience).then_some(Reason::Withheld(folder))
}

/// Why not all can be said of the records in `folder`: some of them are not for the audience. Which, how many and of
/// what release is not told: that would give away what they are kept back for.
fn partly_withheld<'a>(site: &Site, folder: &'static str) -> Option<Reason<'a>> {
    site.withheld.contains(folder).then_some(Reason::PartlyWithheld(folder))
}

impl<'a> Gate<'a> {
    /// What the rules add up to: fail, if any blocking rule fails; else unknown, if any is unknown or there
    /// is none; else pass. Warnings never change it.
    pub fn result(&self) -> GateResult {
        let blocking = || self.rules.iter().filter(|result| result.is_blocking());
        let any = |wanted: fn(&Verdict<'_>) -> bool| blocking().any(|result| wanted(&result.verdict));
        if any(|verdict| *verdict == Verdict::Fail) {
            GateResult::Fail
        } else if blocking().next().is_none() || any(|verdict| *verdict == Verdict::Unknown) {
            GateResult::Unknown
        } else if any(|verdict| matches!(verdict, Verdict::Waived(_))) {
            GateResult::PassWithWaivers
        } else {
            GateResult::Pass
        }
    }

    /// Why the gate is unknown, the reason that matters most; nothing where it is not. Without a blocking rule
    /// nobody could ever say.
    pub fn ignorance(&self) -> Option<Ignorance> {
        let unknown =
            self.rules.iter().filter(|result| result.is_blocking() && result.verdict == Verdict::Unknown);
        let worst = unknown.flat_map(|result| &result.reasons).filter_map(Reason::ignorance).max();
        (self.result() == GateResult::Unknown).then(|| worst.unwrap_or(Ignorance::Open))
    }

    /// The blocking rules that pass, by a waiver or without.
    pub fn met(&self) -> usize {
        let is_met = |result: &&RuleResult<'a>| {
            result.is_blocking() && matches!(result.verdict, Verdict::Pass | Verdict::Waived(_))
        };
        self.rules.iter().filter(is_met).count()
    }

    /// The blocking rules.
    pub fn blocking(&self) -> usize {
        self.rules.iter().filter(|result| result.is_blocking()).count()
    }
}

#[cfg(test)]
mod tests;
