//! A report lacks a mandatory section.

use crate::check::{Check, Context};
use crate::derive::report::findings::{Finding, of_sections, read};
use crate::derive::report::sections::Part;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::Article;

static RULE: Rule = Rule {
    name: "report-section-missing",
    level: Level::Warn,
    what: "A report lacks a section that ISO/IEC/IEEE 29119-3 and the ISTQB syllabus ask for. A section is known by \
           its heading or by its id, such as `{#summary}`.",
    why: "The report leaves a question open to which every reader expects an answer.",
    example: "---\ntype: completion\n---\n\n## Summary of testing performed\n\nAll went well.",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for read in context.site.documents.iter().filter_map(read) {
        let Some(kind) = read.report.r#type.as_ref().map(|kind| kind.value) else { continue };
        for article in &read.document.texts {
            let findings = of_sections(context.templates, read.report, article);
            let missing: Vec<Part> = findings
                .into_iter()
                .filter_map(|finding| match finding {
                    Finding::SectionMissing(part) => Some(part),
                    _ => None,
                })
                .collect();
            let name = |part: Part| context.templates.name(kind, part, &article.language);
            faults.extend(fault(article, &missing, name));
        }
    }
    faults
}

/// One fault for a text, however much it lacks.
fn fault<'a>(
    article: &Article,
    missing: &[Part],
    name: impl Fn(Part) -> Option<&'a str>,
) -> Option<Diagnostic> {
    let first = missing.first()?;
    let names: Vec<String> =
        missing.iter().map(|part| format!("`{}`", name(*part).unwrap_or(part.word()))).collect();
    let noun = if missing.len() == 1 { "section" } else { "sections" };
    let message = format!("the report lacks the {noun} {}", names.join(", "));
    let id = first.word().replace('_', "-");
    let hint = format!("a heading of another name may carry the section's id: `{{#{id}}}`");
    Some(Diagnostic::new(&RULE, Place::whole(article.file), message).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn each_text_of_a_report_has_all_sections() {
        let all = "## Period\n\n1\n\n## Progress\n\n2\n\n## Impediments\n\n3\n\n## Measures\n\n4\n\n## Risks\n\n5\n";
        let report = format!("---\ntype: progress\n---\n{all}\n## Next period\n\n6\n");
        let site = tree(&[
            ("portal.yaml", "title: T\nlanguages: [et, en]"),
            ("reports/r.md", &report),
            ("reports/r.en.md", &format!("{all}\n## What comes {{#next-period}}\n\n6\n")),
        ]);
        assert_eq!(messages_of("report-section-missing", &site), [""; 0]);
        let site = tree(&[("reports/r.md", &format!("---\ntype: progress\n---\n{all}"))]);
        assert_eq!(
            messages_of("report-section-missing", &site),
            ["the report lacks the section `next period`"]
        );
        let site = tree(&[("reports/r.md", "---\ntype: progress\n---\ntext\n")]);
        assert_eq!(messages_of("report-section-missing", &site).len(), 1, "one fault for all of them");
        let site = tree(&[("reports/r.md", "---\ntitle: No type\n---\ntext\n")]);
        assert_eq!(messages_of("report-section-missing", &site), [""; 0]);
    }
}
