//! `checks:` names something that is no rule.

use crate::check::{self, Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule, did_you_mean};

static RULE: Rule = Rule {
    name: "unknown-check",
    level: Level::Error,
    what: "`checks:` in `portal.yaml` names something that is no rule, or a rule whose level is fixed.",
    why: "The author believes that the level of a rule is set, and it is not.",
    example: "checks: {guide_overdu: warn}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let names: Vec<String> = check::rules().filter(|rule| check::is_adjustable(rule)).map(written).collect();
    let fault = |name: &crate::diagnostic::Placed<String>| match check::rule(name) {
        None => Some(
            Diagnostic::new(&RULE, name.place, format!("unknown rule `{}`", name.value))
                .maybe_hint(did_you_mean(&name.replace('-', "_"), names.iter().map(String::as_str))),
        ),
        Some(rule) if !check::is_adjustable(rule) => Some(
            Diagnostic::new(&RULE, name.place, format!("the level of `{}` is fixed", rule.name))
                .hint("a file that cannot be read or understood is always an error"),
        ),
        Some(_) => None,
    };
    context.site.portal.checks.iter().filter_map(|(name, _)| fault(name)).collect()
}

/// A rule as `portal.yaml` spells it.
fn written(rule: &Rule) -> String {
    rule.name.replace('-', "_")
}
