//! A case that tests a change was never executed.

use std::collections::HashSet;

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};
use crate::model::run::{Run, Status};
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "case-without-result",
    level: Level::Warn,
    what: "The tests of a release that is not installed yet are over, and a case that its `contents` name for a ticket has no executed result in any of its runs. Of a release with a run of sums alone this is not known.",
    why: "The change goes to the decision as if it had been tested.",
    example: "contents: [{ticket: BEN-2236, title: On phones, cases: [BEN-418]}]   # skipped in every run",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .site
        .releases
        .iter()
        .filter(|release| is_over(context, release))
        .flat_map(|release| untested(context, release))
        .collect()
}

/// Whether the tests of a release are over by the day, decided or past their deadline, and something can
/// still be done about it.
fn is_over(context: &Context<'_>, release: &Release) -> bool {
    use ReleaseStatus::{Cancelled, Decided, Released, RolledBack};
    match release.status.as_ref().map(|status| status.value) {
        Some(Cancelled | Released | RolledBack) => false,
        Some(Decided) => true,
        _ => release
            .schedule
            .test_deadline
            .as_ref()
            .is_some_and(|deadline| deadline.is_before(&Moment::Day(context.as_of), &context.site.zone)),
    }
}

fn untested(context: &Context<'_>, release: &Record<Release>) -> Vec<Diagnostic> {
    let site = context.site;
    let runs: Vec<&Record<Run>> = site.runs.iter().filter(|run| run.release.id() == release.id).collect();
    // Nobody knows which cases stand behind sums; and a release without runs is none of these.
    if runs.is_empty() || runs.iter().any(|run| run.totals.is_some()) {
        return Vec::new();
    }
    let is_executed = |status| matches!(status, Status::Passed | Status::Failed | Status::Error);
    let executed: HashSet<&str> = runs
        .iter()
        .flat_map(|run| &run.results)
        .filter(|result| is_executed(result.status.value))
        .filter_map(|result| Some(site.case_id(result.case.as_ref()?.id())))
        .collect();
    let contents =
        release.contents.iter().flat_map(|content| content.cases.iter().map(move |case| (content, case)));
    contents
        .filter(|(_, case)| !executed.contains(site.case_id(case.id())))
        .map(|(content, case)| {
            let message = format!(
                "no run of the release has executed `{}`, which tests `{}`",
                case.id(),
                content.ticket.value
            );
            Diagnostic::new(&RULE, case.place(), message)
        })
        .collect()
}
