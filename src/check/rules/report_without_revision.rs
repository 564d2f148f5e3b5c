//! An issued report was changed without a new revision.

use crate::check::{Check, Context};
use crate::derive::report::findings::{Finding, of_revisions, read};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};

static RULE: Rule = Rule {
    name: "report-without-revision",
    level: Level::Warn,
    what: "An issued report was changed without a new revision.",
    why: "Two people hold two different texts, and each believes theirs to be the report.",
    example: "issued: 2026-10-16T10:30\nrevision: 1\nupdated: 2026-10-19",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for read in context.site.documents.iter().filter_map(read) {
        let place =
            read.report.issued.as_ref().map_or(Place::whole(read.document.main().file), |at| at.place);
        for finding in of_revisions(context.basis(), read) {
            let message = match finding {
                Finding::ChangedSilently(day) => {
                    format!("the report changed on {day}, after its issue, without a new revision")
                }
                Finding::EvidenceChanged(decision) => format!(
                    "the report is not the one that the decision `{}` rests on, and has no new revision",
                    decision.id
                ),
                _ => continue,
            };
            let next = read.report.revision.unwrap_or(1).saturating_add(1);
            let hint = format!("write `revision: {next}` and its line under `changes`");
            faults.push(Diagnostic::new(&RULE, place, message).hint(hint));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_change_after_the_issue_wants_a_revision() {
        let report = "---\ntype: completion\nissued: 2026-10-12T10:00\nupdated: 2026-10-14\n---\ntext\n";
        assert_eq!(
            messages_of("report-without-revision", &tree(&[("reports/r.md", report)])),
            ["the report changed on 2026-10-14, after its issue, without a new revision"]
        );
    }
}
