//! `JUnit` XML as Jenkins and most programs read it, with the attempts as Maven Surefire writes them.
//!
//! The format knows passed, failed, broken off and skipped. A case that was blocked, is under way or was
//! not run stands there as skipped, and the type of that says what it was.

use super::run::{Case, RunExport};
use crate::model::run::Status;

/// The run as a `JUnit` report.
pub fn run(export: &RunExport<'_>) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let suites = suites(&export.cases);
    let name = attribute(export.summary.id);
    xml.push_str(&format!(
        "<testsuites name=\"{name}\"{}>\n",
        sums(&export.cases.iter().collect::<Vec<_>>())
    ));
    for (suite, cases) in suites {
        let name = attribute(suite.unwrap_or(export.summary.id));
        let sums = sums(&cases);
        xml.push_str(&format!("  <testsuite name=\"{name}\"{sums}{}>\n", timestamp(export)));
        xml.push_str("    <properties>\n");
        let summary = &export.summary;
        let facts = [
            ("run", Some(summary.id)),
            // Cases of no suite stand under the name of the run, as a suite may too that is called so.
            ("suite", suite),
            ("release", Some(summary.release)),
            ("environment", Some(summary.environment)),
            ("build", summary.build),
            ("started", Some(&summary.started)),
            ("ended", summary.ended.as_deref()),
        ];
        push_properties(&mut xml, "      ", &facts);
        xml.push_str("    </properties>\n");
        for case in cases {
            push_case(&mut xml, suite.unwrap_or(export.summary.id), case);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

/// When the run began; the format has no place for a day without a time.
fn timestamp(export: &RunExport<'_>) -> String {
    let started = &export.summary.started;
    if export.run.started.has_time() {
        format!(" timestamp=\"{}\"", attribute(started))
    } else {
        String::new()
    }
}

/// The cases of each suite, in the order in which the suites first appear; those of no suite last.
fn suites<'a>(cases: &'a [Case<'a>]) -> Vec<(Option<&'a str>, Vec<&'a Case<'a>>)> {
    let mut positions: std::collections::HashMap<Option<&str>, usize> = std::collections::HashMap::new();
    let mut suites: Vec<(Option<&str>, Vec<&Case<'_>>)> = Vec::new();
    for case in cases {
        let at = *positions.entry(case.suite).or_insert(suites.len());
        match suites.get_mut(at) {
            Some((_, cases)) => cases.push(case),
            None => suites.push((case.suite, vec![case])),
        }
    }
    suites.sort_by_key(|(suite, _)| suite.is_none());
    suites
}

/// The counts of `cases` as attributes.
fn sums(cases: &[&Case<'_>]) -> String {
    let count = |wanted: &dyn Fn(Status) -> bool| cases.iter().filter(|case| wanted(case.status)).count();
    let failures = count(&|status| status == Status::Failed);
    let errors = count(&|status| status == Status::Error);
    let skipped = count(&is_skipped);
    let time: u64 = cases.iter().filter_map(|case| case.time_ms).sum();
    format!(
        " tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{}\"",
        cases.len(),
        seconds(time)
    )
}

fn is_skipped(status: Status) -> bool {
    !matches!(status, Status::Passed | Status::Failed | Status::Error)
}

fn seconds(millis: u64) -> String {
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

fn push_case(xml: &mut String, suite: &str, case: &Case<'_>) {
    let time = case.time_ms.map(|time| format!(" time=\"{}\"", seconds(time))).unwrap_or_default();
    let (name, suite) = (attribute(case.name()), attribute(suite));
    xml.push_str(&format!("    <testcase name=\"{name}\" classname=\"{suite}\"{time}>\n"));
    push_outcome(xml, case);
    let defects = case.defects.join(", ");
    let attempts = case.attempts.iter().map(|attempt| attempt.word()).collect::<Vec<_>>().join(", ");
    let is_said = tries(case).next().is_some();
    let attachments: Vec<(&str, Option<&str>)> =
        case.attachments.iter().map(|file| ("attachment", Some(*file))).collect();
    let facts = [
        ("id", case.id),
        ("raw_status", case.raw_status),
        ("triage", case.triage),
        ("attempts", Some(attempts.as_str()).filter(|_| case.attempts.len() > 1)),
        ("message", case.message.filter(|_| !is_said)),
        ("defects", Some(defects.as_str()).filter(|defects| !defects.is_empty())),
        ("blocked_by", case.blocked_by),
        ("reason", case.reason.filter(|_| !is_skipped(case.status))),
        ("note", case.note),
    ];
    let facts = [&facts[..], &attachments].concat();
    if facts.iter().any(|(_, value)| value.is_some()) {
        xml.push_str("      <properties>\n");
        push_properties(xml, "        ", &facts);
        xml.push_str("      </properties>\n");
    }
    xml.push_str("    </testcase>\n");
}

/// Whether the format has no word for the status.
fn is_inexact(status: Status) -> bool {
    is_skipped(status) && status != Status::Skipped
}

fn push_properties(xml: &mut String, indent: &str, facts: &[(&str, Option<&str>)]) {
    for (name, value) in facts.iter().filter_map(|(name, value)| Some((name, (*value)?))) {
        xml.push_str(&format!("{indent}<property name=\"{name}\" value=\"{}\"/>\n", attribute(value)));
    }
}

/// How the case ended. Of several attempts the first stands as the failure, as Surefire has it, and the
/// later ones as reruns; what came before a success is flaky.
fn push_outcome(xml: &mut String, case: &Case<'_>) {
    if is_skipped(case.status) {
        let kind = if is_inexact(case.status) { case.status.word() } else { "" };
        let kind = if kind.is_empty() { String::new() } else { format!(" type=\"{kind}\"") };
        let message = attribute(case.reason.or(case.message).unwrap_or_default());
        xml.push_str(&format!("      <skipped{kind} message=\"{message}\"/>\n"));
        return;
    }
    for (at, attempt) in tries(case).enumerate() {
        let name = match (case.status, at, attempt) {
            (Status::Passed, _, Status::Failed) => "flakyFailure",
            (Status::Passed, ..) => "flakyError",
            (_, 0, Status::Failed) => "failure",
            (_, 0, _) => "error",
            (_, _, Status::Failed) => "rerunFailure",
            _ => "rerunError",
        };
        // What several attempts said is one text, which stands with the first.
        let message = case.message.filter(|_| at == 0).unwrap_or_default();
        let first = attribute(message.lines().next().unwrap_or_default());
        xml.push_str(&format!("      <{name} message=\"{first}\">{}</{name}>\n", content(message)));
    }
}

/// The attempts of an executed case that the format has elements for: those that went wrong.
fn tries(case: &Case<'_>) -> impl Iterator<Item = Status> {
    let wrong = |status: &Status| matches!(status, Status::Failed | Status::Error);
    let mut tries: Vec<Status> = case.attempts.iter().copied().filter(wrong).collect();
    if tries.is_empty() && wrong(&case.status) {
        tries.push(case.status);
    }
    if is_skipped(case.status) {
        tries.clear();
    }
    tries.into_iter()
}

/// A text for an attribute in double quotes; line ends are kept.
pub(super) fn attribute(text: &str) -> String {
    escape(text, true)
}

/// A text for the content of an element.
pub(super) fn content(text: &str) -> String {
    escape(text, false)
}

/// XML 1.0 cannot hold most control characters, not even escaped. They become their pictures (␛ for
/// ESC), so that a reader still sees where they were.
fn escape(text: &str, is_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' if is_attribute => escaped.push_str("&quot;"),
            '\n' | '\t' if !is_attribute => escaped.push(letter),
            '\n' | '\t' | '\r' => escaped.push_str(&format!("&#{};", u32::from(letter))),
            '\0'..='\u{1f}' => {
                escaped.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'));
            }
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn report(results: &str) -> String {
        let text = format!("release: r\nenvironment: e\nstarted: 2026-10-12\nresults:\n{results}");
        let site = tree(&[("runs/a.yaml", &text)]);
        super::run(&RunExport::of(&site, site.runs.get("a").expect("the run"), "en"))
    }

    #[test]
    fn what_the_format_cannot_tell_stands_in_properties() {
        let xml = report(
            "- {case: A-1, title: Pays <twice>, suite: Payments, status: passed, time: 1.5, attempts: [error, passed]}\n\
             - {case: A-2, suite: Payments, status: blocked, reason: No stub, blocked_by: T-1}\n",
        );
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"a\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\" time=\"1.500\">\n\
             \x20 <testsuite name=\"Payments\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\" time=\"1.500\">\n\
             \x20   <properties>\n\
             \x20     <property name=\"run\" value=\"a\"/>\n\
             \x20     <property name=\"suite\" value=\"Payments\"/>\n\
             \x20     <property name=\"release\" value=\"r\"/>\n\
             \x20     <property name=\"environment\" value=\"e\"/>\n\
             \x20     <property name=\"started\" value=\"2026-10-12\"/>\n\
             \x20   </properties>\n\
             \x20   <testcase name=\"A-2\" classname=\"Payments\">\n\
             \x20     <skipped type=\"blocked\" message=\"No stub\"/>\n\
             \x20     <properties>\n\
             \x20       <property name=\"id\" value=\"A-2\"/>\n\
             \x20       <property name=\"blocked_by\" value=\"T-1\"/>\n\
             \x20     </properties>\n\
             \x20   </testcase>\n\
             \x20   <testcase name=\"Pays &lt;twice&gt;\" classname=\"Payments\" time=\"1.500\">\n\
             \x20     <flakyError message=\"\"></flakyError>\n\
             \x20     <properties>\n\
             \x20       <property name=\"id\" value=\"A-1\"/>\n\
             \x20       <property name=\"attempts\" value=\"error, passed\"/>\n\
             \x20     </properties>\n\
             \x20   </testcase>\n\
             \x20 </testsuite>\n\
             </testsuites>\n"
        );
    }

    #[test]
    fn what_was_written_is_read_again() {
        use crate::import::ForeignFile;
        use crate::import::format::{Format, Options};
        let xml = report(
            "- {case: A-1, status: failed, attempts: [error, failed], message: wanted 1}\n\
             - {case: A-2, status: error}\n\
             - {case: A-3, status: passed, attempts: [failed, passed]}\n\
             - {case: A-4, status: blocked, reason: No stub}\n\
             - {case: A-5, status: in_progress}\n- {case: A-6, status: not_run}\n- {case: A-7, status: skipped}\n",
        );
        let file = ForeignFile { name: "a.xml", bytes: xml.as_bytes() };
        let read = Format::Junit.read(&[file], &Options::default()).expect("a report");
        let mut cases: Vec<(&str, &str, usize, Option<&str>)> = read
            .cases
            .iter()
            .map(|case| {
                (
                    case.id.as_deref().unwrap_or("?"),
                    case.status.word(),
                    case.attempts.len(),
                    case.reason.as_deref(),
                )
            })
            .collect();
        cases.sort_unstable();
        assert_eq!(
            cases,
            [
                ("A-1", "failed", 2, None),
                ("A-2", "error", 0, None),
                ("A-3", "passed", 2, None),
                ("A-4", "blocked", 0, Some("No stub")),
                ("A-5", "in_progress", 0, None),
                ("A-6", "not_run", 0, None),
                ("A-7", "skipped", 0, None),
            ]
        );
    }

    #[test]
    fn a_message_keeps_its_lines_and_shows_its_control_characters() {
        let xml =
            report("- {case: A-1, status: failed, message: \"\\e[31mwanted \\\"1\\\"\\n<found> & 2\"}\n");
        assert!(
            xml.contains(
                "<failure message=\"␛[31mwanted &quot;1&quot;\">␛[31mwanted \"1\"\n&lt;found&gt; &amp; 2</failure>"
            ),
            "{xml}"
        );
    }
}
