//! A run counts against the plan of another release.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::run::Run;

static RULE: Rule = Rule {
    name: "plan-of-other-release",
    level: Level::Warn,
    what: "A run names a plan that was made for another release.",
    why: "What was planned for one release says nothing of how far the tests of another are.",
    example: "release: \"2026.10\"\nplan: 2026.09-sit",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.runs.iter().filter_map(|run| breach(context, run)).collect()
}

fn breach(context: &Context<'_>, run: &Run) -> Option<Diagnostic> {
    let named = run.plan.as_ref()?;
    let wanted = context.site.plans.get(named.id())?.release.as_ref()?;
    (wanted.id() != run.release.id()).then(|| {
        let message = format!(
            "the plan `{}` is for release `{}`, the run for `{}`",
            named.id(),
            wanted.id(),
            run.release.id()
        );
        Diagnostic::new(&RULE, named.place(), message)
            .related(wanted.place(), "the plan's release")
            .hint("a plan that several releases share names no `release:`")
    })
}
