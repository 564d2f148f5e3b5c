//! A run has two numbers of planned cases.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::run::Run;

static RULE: Rule = Rule {
    name: "planned-count-differs",
    level: Level::Error,
    what: "The `planned` of a run or of its `totals` is another number than its plan chooses, or a run has more results than it has planned cases.",
    why: "Executed and pass shares are taken of the planned number; of two of them one is wrong.",
    example: "plan: 2026.10-sit   # which chooses 352 cases\nplanned: 412",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// A number of planned cases: what says so, and where.
type Said = (u64, &'static str, Place);

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.runs.iter().flat_map(|run| breaches(context, run)).collect()
}

fn breaches(context: &Context<'_>, run: &Run) -> Vec<Diagnostic> {
    let said = said(run);
    let chosen = chosen(context, run);
    let of_plan = said.iter().filter_map(|said| {
        let (id, chosen) = chosen.filter(|(_, chosen)| *chosen != said.0)?;
        let message = format!("{} is {}, but the plan `{id}` chooses {chosen} cases", said.1, said.0);
        Some(Diagnostic::new(&RULE, said.2, message).hint("leave one of the two out"))
    });
    let of_each_other = match said[..] {
        [first, second] if first.0 != second.0 => {
            let message = format!("{} is {}, but {} is {}", second.1, second.0, first.1, first.0);
            Some(Diagnostic::new(&RULE, second.2, message).related(first.2, first.1))
        }
        _ => None,
    };
    of_plan.chain(of_each_other).chain(too_many(run)).collect()
}

fn said(run: &Run) -> Vec<Said> {
    let own = run.planned.as_ref().map(|planned| (u64::from(planned.value), "`planned`", planned.place));
    let totals = run
        .totals
        .as_ref()
        .and_then(|totals| Some((u64::from(totals.planned?), "`planned` of `totals`", totals.place)));
    own.into_iter().chain(totals).collect()
}

/// The plan of a run and how many cases it chooses, where both it and the catalogue are there.
fn chosen<'a>(context: &Context<'_>, run: &'a Run) -> Option<(&'a str, u64)> {
    let site = context.site;
    let id = run.plan.as_ref()?.id();
    let is_known = site.plans.get(id)?.cases.is_some() && !site.cases.is_empty() && !site.cases.has_broken();
    let number = u64::try_from(context.results.chosen(id).len()).ok()?;
    is_known.then_some((id, number))
}

fn too_many(run: &Run) -> Option<Diagnostic> {
    let planned = run.planned.as_ref()?;
    let results = u64::try_from(run.results.len()).ok()?;
    (results > u64::from(planned.value)).then(|| {
        let message = format!("the run has {results} results, but `planned` is {}", planned.value);
        Diagnostic::new(&RULE, planned.place, message)
    })
}
