//! A run never came to its end.

use crate::check::{Check, Context, result};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::release::ReleaseStatus;
use crate::model::run::{Run, Status};

static RULE: Rule = Rule {
    name: "unfinished-run",
    level: Level::Warn,
    what: "A run has no `ended` though its release was installed, taken back or cancelled, or it has ended with a case still `in_progress`.",
    why: "The portal shows it as still running, and readers wait for results that will not come.",
    example: "ended: 2026-10-13T16:40\nresults: [{case: BEN-485, status: in_progress}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .site
        .runs
        .iter()
        .flat_map(|run| endless(context, run).into_iter().chain(in_progress(run)))
        .collect()
}

fn endless(context: &Context<'_>, run: &Run) -> Option<Diagnostic> {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    let release = context.site.releases.get(run.release.id())?;
    let status = release.status.as_ref()?;
    let is_over = run.ended.is_none() && matches!(status.value, Released | RolledBack | Cancelled);
    is_over.then(|| {
        let message =
            format!("the run has not ended, but its release `{}` is `{}`", release.id, status.value.word());
        Diagnostic::new(&RULE, run.started.place, message)
            .related(status.place, "the release's status")
            .hint("write `ended:`")
    })
}

fn in_progress(run: &Run) -> Vec<Diagnostic> {
    let Some(ended) = &run.ended else { return Vec::new() };
    run.results
        .iter()
        .filter(|result| result.status.value == Status::InProgress)
        .map(|result| {
            let message = format!("{} is `in_progress`, but the run has ended", result::name(result));
            Diagnostic::new(&RULE, result.status.place, message)
                .related(ended.place, "the end")
                .hint("write how it ended, or `not_run`")
        })
        .collect()
}
