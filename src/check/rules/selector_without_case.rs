//! A line of a plan chooses no case.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Placed, Rule};
use crate::model::plan::{Plan, Selector};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "selector-without-case",
    level: Level::Warn,
    what: "A range or tag under `include` or `exclude` of a plan chooses no case of the catalogue.",
    why: "The plan is shorter, or longer, than its author believes, and so is every share taken of it.",
    example: "cases: {include: [BEN-1000..BEN-3999]}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    if !reference::can_be_judged(context.site, Kind::Case) {
        return Vec::new();
    }
    let selectors = context.site.plans.iter().flat_map(|plan| selectors(plan));
    selectors.filter(|selector| chooses_none(context, selector)).map(fault).collect()
}

fn selectors(plan: &Plan) -> impl Iterator<Item = &Placed<Selector>> {
    plan.cases.iter().flat_map(|cases| cases.include.iter().chain(&cases.exclude))
}

/// A single case that is not there is unknown, which has a rule of its own.
fn chooses_none(context: &Context<'_>, selector: &Selector) -> bool {
    let is_one = matches!(selector, Selector::Id(_));
    !is_one && !context.site.cases.iter().any(|case| selector.chooses(&case.id, &case.tags))
}

fn fault(selector: &Placed<Selector>) -> Diagnostic {
    Diagnostic::new(&RULE, selector.place, format!("`{}` chooses no case of the catalogue", selector.value))
}
