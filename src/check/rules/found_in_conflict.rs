//! A defect was found elsewhere than its run ran.

use crate::check::{Check, Context};
use crate::derive::run::builds;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::Site;
use crate::model::defect::FoundIn;

static RULE: Rule = Rule {
    name: "found-in-conflict",
    level: Level::Warn,
    what: "The environment or build under `found_in` differs from that of the run it names.",
    why: "Whoever mends the defect looks for it in the wrong place.",
    example: "found_in: {environment: uat, run: 2026.10/sit-03}   # which ran in preprod",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let found = context.site.defects.iter().filter_map(|defect| defect.found_in.as_ref());
    found.flat_map(|found| breaches(context.site, found)).collect()
}

fn breaches(site: &Site, found: &FoundIn) -> Vec<Diagnostic> {
    let Some(named) = &found.run else { return Vec::new() };
    let Some(run) = site.runs.get(named.id()) else { return Vec::new() };
    let differs = |noun: &str, own: &str, of_run: &str| {
        (own != of_run).then(|| {
            let message = format!("the {noun} is `{own}`, but the run `{}` had `{of_run}`", run.id);
            Diagnostic::new(&RULE, named.place(), message)
        })
    };
    let environment = found.environment.as_ref();
    let environment =
        environment.and_then(|environment| differs("environment", environment.id(), run.environment.id()));
    let build = found.build.as_deref();
    let build = build.and_then(|build| differs("build", build, builds::of_run(site, run)?));
    environment.into_iter().chain(build).collect()
}
