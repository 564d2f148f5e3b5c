//! A rule of a gate that nothing can pass or fail by.

use crate::check::{Check, Context};
use crate::derive::gate::limit::{LimitFault, faults};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::portal::GateRule;

static RULE: Rule = Rule {
    name: "unusable-gate-rule",
    level: Level::Error,
    what: "A gate rule has no limit although its metric is a number, or a limit of another kind than its \
           metric, in the wrong direction, or over 100 %.",
    why: "Nobody could say whether the rule is met, so that the gate would never pass.",
    example: "- {metric: executed_share, at_least: 98}   # and no `%`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = context.site.portal.gates.iter().flat_map(|(_, rules)| rules);
    rules.flat_map(|rule| faults(rule).map(move |found| fault(rule, found))).collect()
}

fn fault(rule: &GateRule, found: LimitFault) -> Diagnostic {
    let metric = rule.metric.word();
    let (place, message, hint) = match found {
        LimitFault::Missing => (
            rule.metric.place,
            format!("`{metric}` has no limit"),
            "write `at_least: 98%` for a share, `at_most: 0` for a number",
        ),
        LimitFault::NotShare(place) => {
            (place, format!("`{metric}` is a share, and its limit is not"), "write a percent sign: `98%`")
        }
        LimitFault::NotCount(place) => {
            (place, format!("`{metric}` is a number, and its limit is a share"), "write a number such as `0`")
        }
        LimitFault::Backward(place) => (
            place,
            format!("the limit of `{metric}` is in the wrong direction"),
            "write `at_least:` for a share, `at_most:` for a number",
        ),
        LimitFault::OverAll(place) => {
            (place, format!("`{metric}` can never be more than 100 %"), "write at most `100%`")
        }
        LimitFault::Pointless(place) => {
            (place, format!("`{metric}` is met or not, so that a limit says nothing"), "leave the limit out")
        }
    };
    Diagnostic::new(&RULE, place, message).hint(hint)
}
