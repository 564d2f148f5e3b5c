//! The last results of a case, and what they say of it.

use jiff::civil::Date;

use super::super::blocks::{Bit, Line, Mark, State, join, status, text, with_small};
use super::super::names::View;
use super::states::Shown;
use crate::derive::page::routes::Subject;
use crate::derive::run::failing_since::FailingSince;
use crate::derive::run::flaky::{self, Reason, Stability, Verdict};
use crate::derive::run::results::Executed;

/// The state of a case that passes at times.
pub const FLAKY: State = State::named("flaky");

/// Executed results, given latest first, as a row of marks, the oldest first.
pub fn strip(view: &View<'_>, results: &[Executed<'_>]) -> Line {
    if results.is_empty() {
        return Line::new();
    }
    let marks: Vec<Mark> = results.iter().rev().map(|executed| mark(view, executed)).collect();
    let words: Vec<String> =
        results.iter().rev().map(|executed| word(view, executed).to_lowercase()).collect();
    let label = view.fill("case.last_oldest_first", &[("results", &view.words().row(&words))]);
    vec![Bit::History { label, marks }]
}

fn mark(view: &View<'_>, executed: &Executed<'_>) -> Mark {
    let state = if flaky::in_run(executed.result) { FLAKY } else { executed.result.status.value.state() };
    Mark { state, title: format!("{}: {}", executed.run.id, word(view, executed)) }
}

fn word(view: &View<'_>, executed: &Executed<'_>) -> String {
    if flaky::in_run(executed.result) {
        return view.say("status.flaky");
    }
    view.say(&format!("status.{}", executed.result.status.value.word()))
}

/// The run since which a case fails, with the age of that as of `on`.
pub fn since(view: &View<'_>, since: &FailingSince<'_>, on: Date) -> Line {
    let subject = Subject::Run(since.first.id.clone());
    if *view.subject == subject {
        return text(view.say("run.since_this"));
    }
    with_small(view.link(&subject), text(age(view, since, on)))
}

/// "3 runs, 4 days".
fn age(view: &View<'_>, since: &FailingSince<'_>, on: Date) -> String {
    let words = view.words();
    let runs = words.count("count.runs", since.runs);
    match since.days(&view.portal.site, on) {
        0 => runs,
        days => format!("{runs}, {}", words.count("count.days", days)),
    }
}

/// Whether a case can be relied on, and why not.
pub fn stability(view: &View<'_>, stability: &Stability<'_>) -> Line {
    match &stability.verdict {
        Verdict::NotJudged => {
            let counted = view.words().of(stability.results.len(), flaky::AT_LEAST);
            with_small(status(State::named("unknown"), view.say("case.not_judged")), text(counted))
        }
        // No state: a case that always fails is as steady as one that always passes.
        Verdict::Steady => text(view.say("case.stable")),
        Verdict::Flaky(found) => with_small(status(FLAKY, view.say("case.flaky")), reasons(view, found)),
    }
}

/// Why a case is flaky.
pub fn reasons(view: &View<'_>, reasons: &[Reason<'_>]) -> Line {
    join(reasons.iter().map(|found| text(reason(view, found))), "; ")
}

fn reason(view: &View<'_>, reason: &Reason<'_>) -> String {
    let words = view.words();
    match reason {
        Reason::PassedAfterFailure(runs) => words.count("flaky.passed_after_failure", *runs),
        Reason::BothOnOneBuild(build) => words.fill("flaky.both_on_one_build", &[("build", build)]),
        Reason::Switches(number) => words.count("flaky.switches", *number),
    }
}
