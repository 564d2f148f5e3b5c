//! Faults as a report of tests in JUnit's XML, which nearly every pipeline can show. A file is a suite, a
//! fault a case.

use super::{Finding, Level};

/// The report. A fault below `fails` is a case that was passed over, since it does not fail the check; a portal
/// without faults is one case that passes, because empty reports are taken for broken ones.
pub fn to_junit(findings: &[Finding<'_>], fails: Level) -> String {
    let suites: Vec<&[Finding<'_>]> = findings.chunk_by(|a, b| a.position.path == b.position.path).collect();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"juhend check\" {}>\n",
        counts(findings, fails)
    );
    for suite in &suites {
        xml.push_str(&of_file(suite, fails));
    }
    if findings.is_empty() {
        xml.push_str(
            "<testsuite name=\"content\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n\
             <testcase name=\"no faults\" classname=\"content\"/>\n</testsuite>\n",
        );
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts(findings: &[Finding<'_>], fails: Level) -> String {
    let failures = findings.iter().filter(|finding| finding.fault.level >= fails).count();
    let skipped = findings.len() - failures;
    let tests = findings.len().max(1);
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"")
}

fn of_file(findings: &[Finding<'_>], fails: Level) -> String {
    let path = findings.first().map_or("", |finding| &finding.position.path);
    let cases: String = findings.iter().map(|finding| case(finding, fails)).collect();
    format!("<testsuite name=\"{}\" {}>\n{cases}</testsuite>\n", escaped(path), counts(findings, fails))
}

fn case(finding: &Finding<'_>, fails: Level) -> String {
    let Finding { fault, position, fingerprint, .. } = finding;
    let line =
        position.range.map_or_else(String::new, |(start, _)| format!(":{}:{}", start.line, start.column));
    let path = escaped(&position.path);
    let rule = fault.rule.name;
    let name = escaped(&format!("{rule}: {}", fault.message));
    let message = escaped(&fault.message);
    let how = if fault.level >= fails {
        format!("<failure type=\"{rule}\" message=\"{message}\">{}</failure>", escaped(&told(finding, &line)))
    } else {
        format!("<skipped message=\"{message}\"/>")
    };
    format!(
        "<testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\">\n\
         <properties><property name=\"fingerprint\" value=\"{fingerprint}\"/></properties>\n{how}\n</testcase>\n"
    )
}

fn told(finding: &Finding<'_>, line: &str) -> String {
    format!("{}{line}\n{}", finding.position.path, finding.text())
}

/// `text` for an attribute or an element; characters that XML 1.0 cannot hold are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // In an attribute a plain line feed would be read as a space.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{findings, sample};

    #[test]
    fn what_fails_the_check_fails_in_the_report() {
        let (faults, source) = sample::faults();
        let findings = findings(&faults, &source, "");
        let xml = to_junit(&findings, Level::Error);
        assert!(xml.contains(
            "<testsuites name=\"juhend check\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"2\">"
        ));
        assert!(xml.contains("<testsuite name=\"themes\" tests=\"1\" failures=\"0\""), "{xml}");
        assert!(
            xml.contains(
                "<failure type=\"unknown-key\" message=\"unknown key `freez`: 100 %,&#10;no &lt;key&gt; &amp; \
                 &quot;name&quot;\">content/a b.yaml:2:1&#10;"
            ),
            "{xml}"
        );
        assert!(to_junit(&findings, Level::Warn).contains("failures=\"3\" errors=\"0\" skipped=\"0\">"));
    }

    #[test]
    fn a_portal_without_faults_is_a_case_that_passes() {
        let xml = to_junit(&[], Level::Error);
        assert!(
            xml.contains("tests=\"1\" failures=\"0\"") && xml.contains("<testcase name=\"no faults\""),
            "{xml}"
        );
    }
}
