//! The planned progress of a plan cannot be kept.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::plan::{CurvePoint, Plan};
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "uneven-curve",
    level: Level::Warn,
    what: "The points of a plan's `curve` are not in the order of their days, fall, or rise above the number of cases that the plan chooses.",
    why: "Progress is measured against it: a line that nobody can follow makes everybody late, or nobody.",
    example: "curve: [{date: 2026-10-12, executed: 300}, {date: 2026-10-13, executed: 290}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.plans.iter().flat_map(|plan| breaches(context, plan)).collect()
}

fn breaches(context: &Context<'_>, plan: &Record<Plan>) -> Vec<Diagnostic> {
    let pairs = plan.curve.windows(2).filter_map(|pair| match pair {
        [first, second] => uneven(first, second),
        _ => None,
    });
    let messages = pairs.chain(too_high(context, plan));
    messages.map(|message| Diagnostic::new(&RULE, plan.place, message)).collect()
}

fn uneven(first: &CurvePoint, second: &CurvePoint) -> Option<String> {
    if second.date <= first.date {
        return Some(format!("the curve has {} after {}", second.date, first.date));
    }
    (second.executed < first.executed).then(|| {
        format!(
            "the curve falls from {} on {} to {} on {}",
            first.executed, first.date, second.executed, second.date
        )
    })
}

fn too_high(context: &Context<'_>, plan: &Record<Plan>) -> Option<String> {
    let chosen = context.results.chosen(&plan.id).len();
    let highest = plan.curve.iter().max_by_key(|point| point.executed)?;
    // Without a catalogue nobody knows how many cases a range chooses.
    let is_above = chosen > 0 && usize::try_from(highest.executed).is_ok_and(|executed| executed > chosen);
    is_above.then(|| {
        format!(
            "the curve reaches {} on {}, but the plan chooses {chosen} cases",
            highest.executed, highest.date
        )
    })
}
