//! What a rule of a gate takes for enough. Shares are compared as fractions, never as rounded percents.

use crate::diagnostic::Place;
use crate::model::portal::{Decimal, GateRule, Metric, Threshold};

/// What is wrong with the limits of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitFault {
    /// Its metric needs a limit, and none is written.
    Missing,
    /// The limit at this place is no share, and the metric is one.
    NotShare(Place),
    /// The limit at this place is a share, and the metric is a number.
    NotCount(Place),
    /// The metric is a matter of yes or no, so that the limit at this place says nothing.
    Pointless(Place),
    /// The limit at this place asks for much of what should be little, or the other way round.
    Backward(Place),
    /// The limit at this place is a share of more than all.
    OverAll(Place),
}

/// What kind of limit a metric can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// A share, which must be written.
    Share,
    /// A number, which must be written.
    Count,
    /// A share; all, where nothing is written.
    All,
    /// None.
    Yes,
}

fn measure(metric: Metric) -> Measure {
    match metric {
        Metric::ExecutedShare | Metric::PassRate => Measure::Share,
        Metric::OpenDefects | Metric::Regressions | Metric::UntriagedFailures => Measure::Count,
        Metric::EnvironmentReady | Metric::TestDataReady => Measure::All,
        Metric::ReportIssued => Measure::Yes,
    }
}

/// What is wrong with the limits of `rule`: nothing could be told from them.
pub fn faults(rule: &GateRule) -> impl Iterator<Item = LimitFault> {
    let measure = measure(rule.metric.value);
    let written = || rule.at_least.iter().chain(&rule.at_most);
    let is_missing = matches!(measure, Measure::Share | Measure::Count) && written().next().is_none();
    let wrong = written().filter_map(move |limit| match (measure, limit.value) {
        (Measure::Share | Measure::All, Threshold::Count(_)) => Some(LimitFault::NotShare(limit.place)),
        (Measure::Count, Threshold::Percent(_)) => Some(LimitFault::NotCount(limit.place)),
        (Measure::Yes, _) => Some(LimitFault::Pointless(limit.place)),
        _ => None,
    });
    let backward = match measure {
        Measure::Share | Measure::All => rule.at_most.as_ref(),
        Measure::Count => rule.at_least.as_ref(),
        Measure::Yes => None,
    };
    let backward = backward.map(|limit| LimitFault::Backward(limit.place));
    let over_all = written().filter_map(|limit| match limit.value {
        Threshold::Percent(percent) if percent.millionths() > 100 * Decimal::ONE => {
            Some(LimitFault::OverAll(limit.place))
        }
        _ => None,
    });
    is_missing.then_some(LimitFault::Missing).into_iter().chain(wrong).chain(backward).chain(over_all)
}

/// Whether so many of so many are enough for `rule`; all of them, where it has no limit.
pub fn allows_share(rule: &GateRule, part: usize, whole: usize) -> bool {
    if rule.at_least.is_none() && rule.at_most.is_none() {
        return part == whole;
    }
    let percent = |limit: &Threshold| match limit {
        Threshold::Percent(percent) => u128::from(percent.millionths()),
        // Reported where it is written; as a share it would be more than all.
        Threshold::Count(_) => u128::MAX,
    };
    // part / whole against percent / 100, without a division.
    let found = part as u128 * 100 * u128::from(Decimal::ONE);
    let wanted = |limit: &Threshold| percent(limit).saturating_mul(whole as u128);
    rule.at_least.as_ref().is_none_or(|limit| found >= wanted(limit))
        && rule.at_most.as_ref().is_none_or(|limit| found <= wanted(limit))
}

/// How many more of `whole` the smallest share that `rule` allows would take; nothing, where it allows what
/// is there.
pub fn short_of(rule: &GateRule, part: usize, whole: usize) -> usize {
    let Some(Threshold::Percent(percent)) = rule.at_least.as_ref().map(|limit| limit.value) else { return 0 };
    let all = 100 * u128::from(Decimal::ONE);
    let wanted = (u128::from(percent.millionths()) * whole as u128).div_ceil(all);
    usize::try_from(wanted).unwrap_or(whole).saturating_sub(part)
}

/// Whether `count` lies within the limits of `rule`.
pub fn allows_count(rule: &GateRule, count: usize) -> bool {
    let found = count as u128 * u128::from(Decimal::ONE);
    let wanted = |limit: &Threshold| match limit {
        Threshold::Count(number) | Threshold::Percent(number) => u128::from(number.millionths()),
    };
    rule.at_least.as_ref().is_none_or(|limit| found >= wanted(limit))
        && rule.at_most.as_ref().is_none_or(|limit| found <= wanted(limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::yaml::Yaml;
    use crate::record::decode::Decode;

    fn rule(text: &str) -> GateRule {
        let node = Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML");
        let mut faults = Vec::new();
        let rule = GateRule::decode(&node, &mut faults);
        assert_eq!(faults, []);
        rule.expect("a rule")
    }

    #[test]
    fn a_share_is_compared_exactly() {
        for (limit, part, whole, enough) in [
            ("98%", 98, 100, true),
            ("98%", 403, 412, false),
            ("98%", 404, 412, true),
            // 99.95 % when rounded, and still not all.
            ("100%", 1999, 2000, false),
            ("99.9%", 999, 1000, true),
            ("99.95%", 9_995, 10_000, true),
            ("99.95%", 9_994, 10_000, false),
            ("33.333333%", 1, 3, true),
            ("33.333334%", 1, 3, false),
        ] {
            let rule = rule(&format!("{{metric: pass_rate, at_least: {limit}}}"));
            assert_eq!(allows_share(&rule, part, whole), enough, "{part}/{whole} at least {limit}");
        }
    }

    #[test]
    fn what_is_missing_to_a_share_is_enough() {
        for (limit, part, whole, missing) in
            [("98%", 385, 412, 19), ("100%", 105, 106, 1), ("98%", 404, 412, 0)]
        {
            let rule = rule(&format!("{{metric: executed_share, at_least: {limit}}}"));
            assert_eq!(short_of(&rule, part, whole), missing, "{part}/{whole} at least {limit}");
        }
    }

    #[test]
    fn a_number_lies_between_its_limits() {
        let most = rule("{metric: open_defects, at_most: 2}");
        assert!(allows_count(&most, 2) && !allows_count(&most, 3));
    }

    #[test]
    fn a_limit_of_the_wrong_kind_is_found() {
        let found = |text: &str| faults(&rule(text)).map(|fault| format!("{fault:?}")).collect::<String>();
        for (text, wanted) in [
            ("{metric: executed_share}", "Missing"),
            ("{metric: executed_share, at_least: 98}", "NotShare"),
            ("{metric: open_defects, at_most: 5%}", "NotCount"),
            ("{metric: report_issued, at_least: 1}", "Pointless"),
            ("{metric: open_defects, at_least: 1}", "Backward"),
            ("{metric: regressions, at_least: 0}", "Backward"),
            ("{metric: untriaged_failures, at_least: 0}", "Backward"),
            ("{metric: pass_rate, at_most: 98%}", "Backward"),
            ("{metric: test_data_ready, at_most: 98%}", "Backward"),
            ("{metric: pass_rate, at_least: 100.1%}", "OverAll"),
        ] {
            assert!(found(text).starts_with(wanted), "{text}: {}", found(text));
        }
        for text in [
            "{metric: test_data_ready}",
            "{metric: test_data_ready, at_least: 90%}",
            "{metric: report_issued}",
            "{metric: pass_rate, at_least: 100%}",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
