//! JUnit XML as Jenkins and most programs read it, with the attempts as Maven Surefire writes them.
//!
//! The format knows passed, failed, broken off and skipped. A case that was blocked, is under way or was
//! not run stands there as skipped, and the property `status` says what it was.

use super::run::{Case, RunExport};
use crate::model::run::Status;

/// The run as a JUnit report.
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
            ("release", Some(summary.release)),
            ("environment", Some(summary.environment)),
            ("build", summary.build),
            ("started", Some(&summary.started)),
            ("ended", summary.ended.as_deref()),
        ];
        push_properties(&mut xml, "      ", &facts);
        xml.push_str("    </properties>\n");
        cases.iter().for_each(|case| push_case(&mut xml, suite.unwrap_or(export.summary.id), case));
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
    let attachments: Vec<(&str, Option<&str>)> =
        case.attachments.iter().map(|file| ("attachment", Some(*file))).collect();
    let facts = [
        ("id", case.id),
        ("status", is_inexact(case.status).then(|| case.status.word())),
        ("raw_status", case.raw_status),
        ("triage", case.triage),
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

/// How the case ended, then the attempts before that.
fn push_outcome(xml: &mut String, case: &Case<'_>) {
    let failure = |name: &str, message: Option<&str>| {
        let first = message.and_then(|message| message.lines().next()).unwrap_or_default();
        let body = content(message.unwrap_or_default());
        format!("      <{name} message=\"{}\">{body}</{name}>\n", attribute(first))
    };
    match case.status {
        Status::Passed => {}
        Status::Failed => xml.push_str(&failure("failure", case.message)),
        Status::Error => xml.push_str(&failure("error", case.message)),
        status => {
            let reason = case.reason.or(case.message).unwrap_or_default();
            let said = match (is_inexact(status), reason) {
                (false, reason) => reason.to_owned(),
                (true, "") => status.word().to_owned(),
                (true, reason) => format!("{}: {reason}", status.word()),
            };
            xml.push_str(&format!("      <skipped message=\"{}\"/>\n", attribute(&said)));
        }
    }
    let (_, earlier) = case.attempts.split_last().unwrap_or((&case.status, &[]));
    for attempt in earlier {
        let name = match (case.status, attempt) {
            (Status::Passed, Status::Failed) => "flakyFailure",
            (Status::Passed, Status::Error) => "flakyError",
            (_, Status::Failed) => "rerunFailure",
            (_, Status::Error) => "rerunError",
            _ => continue,
        };
        xml.push_str(&failure(name, None));
    }
}

/// A text for an attribute in double quotes; line ends are kept.
fn attribute(text: &str) -> String {
    escape(text, true)
}

/// A text for the content of an element.
fn content(text: &str) -> String {
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
             \x20     <property name=\"release\" value=\"r\"/>\n\
             \x20     <property name=\"environment\" value=\"e\"/>\n\
             \x20     <property name=\"started\" value=\"2026-10-12\"/>\n\
             \x20   </properties>\n\
             \x20   <testcase name=\"A-2\" classname=\"Payments\">\n\
             \x20     <skipped message=\"blocked: No stub\"/>\n\
             \x20     <properties>\n\
             \x20       <property name=\"id\" value=\"A-2\"/>\n\
             \x20       <property name=\"status\" value=\"blocked\"/>\n\
             \x20       <property name=\"blocked_by\" value=\"T-1\"/>\n\
             \x20     </properties>\n\
             \x20   </testcase>\n\
             \x20   <testcase name=\"Pays &lt;twice&gt;\" classname=\"Payments\" time=\"1.500\">\n\
             \x20     <flakyError message=\"\"></flakyError>\n\
             \x20     <properties>\n\
             \x20       <property name=\"id\" value=\"A-1\"/>\n\
             \x20     </properties>\n\
             \x20   </testcase>\n\
             \x20 </testsuite>\n\
             </testsuites>\n"
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
