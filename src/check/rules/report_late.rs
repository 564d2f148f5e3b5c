//! A report was issued after it was due.

use crate::check::{Check, Context};
use crate::derive::report::findings::read;
use crate::derive::report::timeliness::{self, Timeliness};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::page::Report;
use crate::model::release::ReleaseStatus;

static RULE: Rule = Rule {
    name: "report-late",
    level: Level::Warn,
    what: "A report was issued after it was due, and its release is not installed yet.",
    why: "Those who decide have less time to read it than the schedule promised them.",
    example: "due: 2026-10-16T12:00\nissued: 2026-10-16T15:30",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    let reports = site.documents.iter().filter_map(read).filter(|read| is_awaited(context, read.report));
    reports
        .filter_map(|read| {
            let timing = timeliness::of_report(site, read.report, context.as_of);
            let Timeliness::Late(by) = timing.timeliness else { return None };
            let (due, issued) = (timing.due?, read.report.issued.as_ref()?);
            let message = format!(
                "the report was issued on {}, {} after it was due on {due}",
                issued.value,
                by.phrase()
            );
            Some(Diagnostic::new(&RULE, issued.place, message))
        })
        .collect()
}

/// Whether somebody may still be waiting for the report: what came late for an install that is past
/// stays late for ever, and nobody could mend it.
fn is_awaited(context: &Context<'_>, report: &Report) -> bool {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    let release = report.release.as_ref().and_then(|release| context.site.releases.get(release.id()));
    let status = release.and_then(|release| release.status.as_ref());
    !status.is_some_and(|status| matches!(status.value, Cancelled | Released | RolledBack))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const REPORT: &str = "---\ntype: completion\nrelease: r\nissued: 2026-10-15T15:30\n---\ntext\n";

    fn messages(status: &str) -> Vec<String> {
        let release = format!(
            "product: a\nstatus: {status}\ncontents: []\nschedule: {{report_due: 2026-10-15T12:00}}\n"
        );
        messages_of("report-late", &tree(&[("releases/r.yaml", &release), ("reports/r.md", REPORT)]))
    }

    #[test]
    fn lateness_is_told_while_somebody_waits() {
        assert_eq!(
            messages("in_test"),
            [
                "the report was issued on 2026-10-15T15:30, 3 h 30 min of working time after it was due on 2026-10-15T12:00"
            ]
        );
        assert_eq!(messages("released"), [""; 0], "nobody can mend it");
    }
}
