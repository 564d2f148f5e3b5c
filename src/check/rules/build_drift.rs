//! A run names another build than its environment had.

use jiff::civil::DateTime;

use crate::check::{Check, Context};
use crate::derive::run::builds::{self, Builds};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::environment::Deployment;
use crate::model::run::Run;

static RULE: Rule = Rule {
    name: "build-drift",
    level: Level::Warn,
    what: "The build of a run was not deployed in its environment when the run began, another one came after it, or another came while the run was going. Environments without `deployments` are not judged; builds of other products may come and go.",
    why: "Results are read as results of one build; from another they prove nothing, and from two nobody knows of which.",
    example: "build: 2026.10.0-rc3   # while the environment had 2026.10.0-rc2",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let builds = Builds::of(context.site);
    context.site.runs.iter().filter_map(|run| breach(context, &builds, run)).collect()
}

fn breach(context: &Context<'_>, builds: &Builds<'_>, run: &Run) -> Option<Diagnostic> {
    let site = context.site;
    let build = builds::of_run(site, run)?;
    let deployments = deployments(context, builds, run)?;
    let started = run.started.civil(&site.zone);
    let (before, after): (Vec<_>, Vec<_>) = deployments.into_iter().partition(|(at, _)| *at <= started);
    let place = run.build.as_ref().map_or(run.started.place, |build| build.place);
    let environment = run.environment.id();
    match before.last() {
        Some((_, last)) if last.build.value == build => during(context, run, build, place, &after),
        Some((at, last)) => {
            let message = format!("`{environment}` had the build `{}` when the run began", last.build.value);
            Some(fault(place, message, *at, last))
        }
        None => {
            let message = format!("no build was deployed in `{environment}` when the run began");
            let (at, first) = after.first()?;
            Some(fault(place, message, *at, first))
        }
    }
}

/// A deployment of another build between the beginning and the end of a run.
fn during(
    context: &Context<'_>,
    run: &Run,
    build: &str,
    place: Place,
    after: &[(DateTime, &Deployment)],
) -> Option<Diagnostic> {
    let ended = run.ended.as_ref()?.civil(&context.site.zone);
    let (at, other) = after.iter().find(|(at, other)| *at < ended && other.build.value != build)?;
    let message =
        format!("`{}` got the build `{}` while the run was going", run.environment.id(), other.build.value);
    Some(fault(place, message, *at, other))
}

fn fault(place: Place, message: String, at: DateTime, deployment: &Deployment) -> Diagnostic {
    let phrase = format!("deployed on {}", at.strftime("%Y-%m-%d at %H:%M"));
    Diagnostic::new(&RULE, place, message).related(deployment.build.place, phrase)
}

/// What was deployed of the run's product in its environment, the earliest first; nothing where nobody
/// keeps such a list. A build of which nobody says the product is taken for one of the run's product only
/// if the environment has no other.
fn deployments<'a>(
    context: &Context<'a>,
    builds: &Builds<'_>,
    run: &Run,
) -> Option<Vec<(DateTime, &'a Deployment)>> {
    let site = context.site;
    let environment = site.environments.get(run.environment.id())?;
    let product = builds::product_of_run(site, run)?;
    let is_alone = environment.product.as_ref().is_some_and(|own| own.id() == product);
    let mut deployments: Vec<(DateTime, &Deployment)> = environment
        .deployments
        .iter()
        .filter(|deployment| builds.is_of(&deployment.build.value, product).unwrap_or(is_alone))
        .map(|deployment| (deployment.at.civil(&site.zone), deployment))
        .collect();
    deployments.sort_by_key(|(at, _)| *at);
    (!deployments.is_empty()).then_some(deployments)
}
