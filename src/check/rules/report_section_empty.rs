//! A mandatory section of a report says nothing.

use crate::check::{Check, Context};
use crate::derive::report::findings::{Finding, of_sections, read};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "report-section-empty",
    level: Level::Warn,
    what: "A mandatory section of a report has no text, or still the template's. The portal fills the section of \
           measures itself where the report names test runs.",
    why: "Readers cannot tell whether there was nothing to say or nobody said it.",
    example: "## Lessons learned\n\n<!-- Say what went well and what to do differently next time. -->",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for read in context.site.documents.iter().filter_map(read) {
        for article in &read.document.texts {
            let findings = of_sections(context.templates, read.report, article);
            faults.extend(findings.into_iter().filter_map(fault));
        }
    }
    faults
}

fn fault(finding: Finding<'_>) -> Option<Diagnostic> {
    let (place, message) = match finding {
        Finding::SectionEmpty(_, place) => (place, "nothing stands in this section"),
        Finding::SectionTemplate(_, place) => (place, "this section has still the template's text"),
        _ => return None,
    };
    let hint = "if there is nothing to tell, say so in a sentence";
    Some(Diagnostic::new(&RULE, place, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    fn messages(keys: &str, text: &str) -> Vec<String> {
        let report = format!("---\ntype: completion\n{keys}---\n{text}");
        messages_of("report-section-empty", &tree(&[("reports/r.md", &report)]))
    }

    #[test]
    fn nothing_and_the_template_are_no_text() {
        let text = "## Summary\n\n<!-- Write it. -->\n\n## Deviations\n\nWrite the deviations.\n\n## Evaluation\n\nGood.\n";
        assert_eq!(
            messages("", text),
            ["nothing stands in this section", "this section has still the template's text"]
        );
    }

    #[test]
    fn measures_speak_for_themselves_where_there_are_runs() {
        assert_eq!(messages("runs: [a]\n", "## Measures\n"), [""; 0]);
        assert_eq!(messages("", "## Measures\n").len(), 1);
    }
}
