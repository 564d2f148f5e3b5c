//! A report does not name an open defect that those who decide must know of.

use crate::check::{Check, Context};
use crate::derive::report::findings::{omitted, read};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::record::reference::Ref;

static RULE: Rule = Rule {
    name: "report-omits-defect",
    level: Level::Warn,
    what: "A report does not name an open critical or major defect that affects its release.",
    why: "Those who decide by the report do not know of the greatest risk.",
    example: "# the major defect D-317 affects 2026.10, and reports/2026.10-completion.md is silent about it",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for read in context.site.documents.iter().filter_map(read) {
        let file = Place::whole(read.document.main().file);
        let place = read.report.release.as_ref().map_or(file, Ref::place);
        faults.extend(omitted(context.reading(), read).into_iter().map(|defect| {
            let severity = defect.severity.value.word();
            Diagnostic::new(
                &RULE,
                place,
                format!("the report does not name the open {severity} defect `{}`", defect.id),
            )
            .related(defect.severity.place, "the defect affects the release of the report")
            .hint("name it among the residual risks, and say what it means for users")
        }));
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_defect_is_told_with_its_severity() {
        let files = [
            ("releases/r.yaml", "product: a\ncontents: []\nschedule: {}\n"),
            ("defects/D-1.yaml", "title: A\nseverity: critical\nstatus: retest\naffects: [r]"),
            ("reports/r.md", "---\ntype: completion\nrelease: r\n---\n## Residual risks\n\nNone.\n"),
        ];
        assert_eq!(
            messages_of("report-omits-defect", &tree(&files)),
            ["the report does not name the open critical defect `D-1`"]
        );
    }
}
