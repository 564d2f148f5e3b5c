//! The revision of a report and its change history disagree.

use crate::check::{Check, Context};
use crate::derive::report::findings::{Finding, Read, of_revisions, read};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};

static RULE: Rule = Rule {
    name: "report-revision-mismatch",
    level: Level::Warn,
    what: "The revision of a report and its change history disagree. A revision after the first has no line in the \
           history, or the history has a revision that the report has not reached.",
    why: "Readers cannot tell what changed, or which revision they hold.",
    example: "revision: 2\nchanges: [{revision: 1, at: 2026-10-16, text: First issue}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let reports = context.site.documents.iter().filter_map(read);
    reports
        .flat_map(|read| {
            let findings = of_revisions(context.basis(), read);
            findings.into_iter().filter_map(move |finding| fault(read, finding))
        })
        .collect()
}

fn fault(read: Read<'_>, finding: Finding<'_>) -> Option<Diagnostic> {
    let place = Place::whole(read.document.main().file);
    match finding {
        Finding::RevisionUntold(revision) => Some(
            Diagnostic::new(&RULE, place, format!("revision {revision} has no line under `changes`"))
                .hint(format!("add `{{revision: {revision}, at: …, text: …}}`")),
        ),
        Finding::RevisionBehind(revision) => {
            let own = read.report.revision.unwrap_or(1);
            let message = format!("`changes` tells of revision {revision}, but `revision` is {own}");
            Some(Diagnostic::new(&RULE, place, message).hint(format!("write `revision: {revision}`")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn both_sides_of_the_disagreement_are_told() {
        let messages = |keys: &str| {
            let report = format!("---\ntype: completion\n{keys}---\ntext\n");
            messages_of("report-revision-mismatch", &tree(&[("reports/r.md", &report)]))
        };
        assert_eq!(messages("revision: 2\n"), ["revision 2 has no line under `changes`"]);
        assert_eq!(
            messages("changes: [{revision: 2, at: 2026-10-12, text: A}]\n"),
            ["`changes` tells of revision 2, but `revision` is 1"]
        );
        assert_eq!(messages("revision: 2\nchanges: [{revision: 2, at: 2026-10-12, text: A}]\n"), [""; 0]);
    }
}
