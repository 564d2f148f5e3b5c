//! A report was due and was not issued.

use crate::check::{Check, Context};
use crate::derive::report::findings::{Read, read};
use crate::derive::report::timeliness::{self, ReleaseReport, Timeliness, Timing};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::Document;
use crate::model::records::Record;
use crate::model::release::Release;

static RULE: Rule = Rule {
    name: "report-missing",
    level: Level::Warn,
    what: "The day on which a report was due has passed, and it was not issued, or there is no file for it.",
    why: "Without a report the install decision rests on nothing that anybody answers for.",
    example: "schedule: {report_due: 2026-10-16T12:00}   # and no report under reports/",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    let releases: Vec<(&Record<Release>, ReleaseReport<'_>)> = site
        .releases
        .iter()
        .map(|release| (release, timeliness::of_release(site, release, context.as_of)))
        .filter(|(_, report)| matches!(report.timing.timeliness, Timeliness::Missing(_)))
        .collect();
    let is_told = |document: &Document| {
        releases.iter().any(|(_, report)| report.document.is_some_and(|told| told.key == document.key))
    };
    let reports = site.documents.iter().filter_map(read).filter(|read| !is_told(read.document));
    let own = reports.filter_map(|read| {
        let timing = timeliness::of_report(site, read.report, context.as_of);
        matches!(timing.timeliness, Timeliness::Missing(_)).then(|| of_report(read, timing))
    });
    own.chain(releases.iter().map(|(release, report)| of_release(context, release, report))).collect()
}

fn of_report(read: Read<'_>, timing: Timing) -> Diagnostic {
    let file = Place::whole(read.document.main().file);
    let place = read.report.due.as_ref().map_or(file, |due| due.place);
    Diagnostic::new(&RULE, place, message(timing)).hint("write under `issued:` when it was issued")
}

fn of_release(context: &Context<'_>, release: &Record<Release>, report: &ReleaseReport<'_>) -> Diagnostic {
    let place = release.schedule.report_due.as_ref().map_or(release.schedule.place, |due| due.place);
    match report.document.and_then(read) {
        Some(read) => {
            let fault = of_report(read, report.timing);
            fault.related(place, format!("the schedule of the release `{}`", release.id))
        }
        None => Diagnostic::new(&RULE, place, message(report.timing)).hint(hint(context, release)),
    }
}

fn message(timing: Timing) -> String {
    let due = timing.due.map_or_else(String::new, |due| format!(" on {due}"));
    format!("the report was due{due} and is not issued")
}

/// What to do about a release of which there is no completion report: say so in one that is there, or
/// make one.
fn hint(context: &Context<'_>, release: &Record<Release>) -> String {
    let about = |read: &Read<'_>| {
        let is_about = read.report.release.as_ref().is_some_and(|of| of.id() == release.id);
        is_about && read.report.r#type.is_none()
    };
    let untyped = context.site.documents.iter().filter_map(read).find(about);
    match untyped {
        Some(read) => format!("`{}` lacks `type: completion`", read.document.main().path),
        None => format!("`juhend new report {}-completion` makes one", release.id),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{faults_of, tree};

    const RELEASE: &str = "product: a\ncontents: []\nschedule: {report_due: 2026-10-15T12:00}\n";

    fn told(files: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let faults = faults_of("report-missing", &tree(files));
        faults.into_iter().map(|fault| (fault.message, fault.hint)).collect()
    }

    #[test]
    fn a_release_without_a_report_is_told_how_to_get_one() {
        let message = "the report was due on 2026-10-15T12:00 and is not issued".to_owned();
        assert_eq!(
            told(&[("releases/r.yaml", RELEASE)]),
            [(message.clone(), Some("`juhend new report r-completion` makes one".to_owned()))]
        );
        let untyped = "---\nrelease: r\nissued: 2026-10-15T10:00\n---\ntext\n";
        assert_eq!(
            told(&[("releases/r.yaml", RELEASE), ("reports/r.md", untyped)]),
            [(message, Some("`reports/r.md` lacks `type: completion`".to_owned()))]
        );
    }

    #[test]
    fn a_report_is_told_once() {
        let draft = "---\ntype: completion\nrelease: r\ndue: release\n---\ntext\n";
        assert_eq!(told(&[("releases/r.yaml", RELEASE), ("reports/r.md", draft)]).len(), 1);
        let progress = "---\ntype: progress\nrelease: r\ndue: 2026-10-14T12:00\n---\ntext\n";
        let issued = draft.replace("due: release", "issued: 2026-10-15T11:00");
        let files = [("releases/r.yaml", RELEASE), ("reports/p.md", progress), ("reports/r.md", &issued)];
        assert_eq!(told(&files).len(), 1);
    }
}
