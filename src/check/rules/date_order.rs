//! The dates of a release do not follow each other.

use crate::check::{Check, Context};
use crate::derive::report::timeliness::{GRACE, is_expedited};
use crate::derive::schedule::workdays::Workdays;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseType, ScheduleEvent};
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "date-order",
    level: Level::Error,
    what: "The dates of a release do not follow each other: freeze, test_start, test_deadline, report_due, decision, \
           install. The report of a hot-fix may come up to two workdays after the install, if its decision is expedited.",
    why: "A date before the one it waits for is a slip of the pen or a plan that cannot be kept.",
    example: "schedule: {test_start: 2026-10-12, test_deadline: 2026-10-09}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// One date of a schedule and where it is written.
#[derive(Clone, Copy)]
struct Step {
    event: ScheduleEvent,
    at: Moment,
    place: Place,
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.releases.iter().flat_map(|release| breaches(context.site, release)).collect()
}

fn breaches(site: &Site, release: &Record<Release>) -> Vec<Diagnostic> {
    let (mut steps, is_expedited) = (steps(release), is_expedited(site, release));
    let late_report = if is_expedited { late_report(site, &steps) } else { None };
    if is_expedited {
        steps.retain(|step| step.event != ScheduleEvent::ReportDue);
    }
    let pairs = steps.windows(2).filter_map(|pair| match pair {
        [first, second] if second.at.is_before(&first.at, &site.zone) => Some(fault(release, first, second)),
        _ => None,
    });
    pairs.chain(late_report).collect()
}

fn steps(release: &Release) -> Vec<Step> {
    let schedule = &release.schedule;
    [
        (ScheduleEvent::Freeze, &schedule.freeze),
        (ScheduleEvent::TestStart, &schedule.test_start),
        (ScheduleEvent::TestDeadline, &schedule.test_deadline),
        (ScheduleEvent::ReportDue, &schedule.report_due),
        (ScheduleEvent::Decision, &schedule.decision),
    ]
    .into_iter()
    .filter_map(|(event, at)| at.as_ref().map(|at| Step { event, at: at.value, place: at.place }))
    .chain(schedule.install.as_ref().map(|window| Step {
        event: ScheduleEvent::Install,
        at: window.from,
        place: window.place,
    }))
    .collect()
}

fn fault(release: &Release, first: &Step, second: &Step) -> Diagnostic {
    let message = format!(
        "`{}` is on {}, before `{}` on {}",
        second.event.word(),
        second.at,
        first.event.word(),
        first.at
    );
    let is_report = first.event == ScheduleEvent::ReportDue && release.r#type == Some(ReleaseType::Hotfix);
    let hint = "the report of a hot-fix may come after the install once its decision says `expedited: true`";
    Diagnostic::new(&RULE, second.place, message)
        .related(first.place, format!("`{}`, which comes first", first.event.word()))
        .maybe_hint(is_report.then(|| hint.to_owned()))
}

/// The report of an expedited hot-fix that comes too late all the same.
fn late_report(site: &Site, steps: &[Step]) -> Option<Diagnostic> {
    let of = |event: ScheduleEvent| steps.iter().find(|step| step.event == event);
    let (report, install) = (of(ScheduleEvent::ReportDue)?, of(ScheduleEvent::Install)?);
    let last = Workdays::of(&site.portal).add(install.at.date(&site.zone), GRACE);
    (report.at.date(&site.zone) > last).then(|| {
        let message = format!(
            "`report_due` is on {}, more than {GRACE} workdays after `install` on {}",
            report.at, install.at
        );
        Diagnostic::new(&RULE, report.place, message).hint(format!("the last day is {last}"))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const HOTFIX: &str = "product: a\ntype: hotfix\ncontents: []\n\
        schedule: {decision: 2026-10-15, install: 2026-10-16T20:00, report_due: DUE}\n";
    const DECISION: &str = "release: 1.1\noutcome: confirmed\ndecided: 2026-10-15\nbuild: b\nby: {}\n\
        expedited: true\nevidence: []\n";

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        messages_of("date-order", &tree(files))
    }

    #[test]
    fn each_date_is_held_against_the_one_before() {
        let release = "product: a\ncontents: []\nschedule: {freeze: 2026-10-07, test_deadline: 2026-10-05, install: 2026-10-20}\n";
        assert_eq!(
            messages(&[("releases/1.0.yaml", release)]),
            ["`test_deadline` is on 2026-10-05, before `freeze` on 2026-10-07"]
        );
    }

    #[test]
    fn a_day_holds_all_its_hours() {
        let release =
            "product: a\ncontents: []\nschedule: {test_deadline: 2026-10-15T16:00, report_due: 2026-10-15}\n";
        assert_eq!(messages(&[("releases/1.0.yaml", release)]), [""; 0]);
    }

    #[test]
    fn an_expedited_hotfix_reports_within_two_workdays() {
        // The install is on a Friday.
        let tuesday = HOTFIX.replace("DUE", "2026-10-20T16:00");
        let wednesday = HOTFIX.replace("DUE", "2026-10-21");
        let files = |release| [("releases/1.1.yaml", release), ("decisions/1.1.yaml", DECISION)];
        assert_eq!(messages(&files(&tuesday)), [""; 0]);
        assert_eq!(
            messages(&files(&wednesday)),
            ["`report_due` is on 2026-10-21, more than 2 workdays after `install` on 2026-10-16T20:00"]
        );
        assert_eq!(messages(&files(&tuesday)[..1]).len(), 1, "without a decision the common order holds");
    }
}
