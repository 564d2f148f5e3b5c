//! A rule of a gate narrows its metric by something that the metric does not know.

use crate::check::{Check, Context};
use crate::derive::gate::part::{PartFault, faults};
use crate::diagnostic::{Diagnostic, Level, Rule, did_you_mean};

static RULE: Rule = Rule {
    name: "unknown-gate-filter",
    level: Level::Error,
    what: "The `of:` of a gate rule has a key that its metric does not know, or a value that the key cannot have.",
    why: "There would be nothing to count, and nothing is easily few enough: the gate would let everything pass.",
    example: "- {metric: open_defects, of: {severity: [critcal, major]}, at_most: 0}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = context.site.portal.gates.iter().flat_map(|(_, rules)| rules);
    rules.flat_map(|rule| faults(rule).map(move |found| fault(rule.metric.word(), &found))).collect()
}

fn fault(metric: &str, found: &PartFault<'_>) -> Diagnostic {
    match found {
        PartFault::Key(key, []) => {
            let message = format!("`{metric}` has no parts, so `{}` means nothing", key.value);
            Diagnostic::new(&RULE, key.place, message).hint("leave `of:` out")
        }
        PartFault::Key(key, known) => {
            let message = format!("`{metric}` cannot be narrowed by `{}`", key.value);
            Diagnostic::new(&RULE, key.place, message).maybe_hint(did_you_mean(key, known.iter().copied()))
        }
        PartFault::Value(value, words) => {
            let message = format!("unknown value `{}`", value.value);
            Diagnostic::new(&RULE, value.place, message)
                .maybe_hint(did_you_mean(value, words.iter().copied()))
        }
        PartFault::Empty(key) => {
            Diagnostic::new(&RULE, key.place, format!("`{}` names nothing to count", key.value))
                .hint("name at least one value, or leave the key out")
        }
    }
}
