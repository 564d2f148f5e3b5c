//! Faults as GitLab's report of code quality: a JSON array, which GitLab compares with that of the target
//! branch by the fingerprints.

use serde::Serialize;

use super::{Finding, Level};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The report: `description`, `check_name`, `fingerprint`, `severity` and `location` of each fault.
pub fn to_gitlab(findings: &[Finding<'_>]) -> String {
    let issues: Vec<Issue<'_>> = findings.iter().map(issue).collect();
    serde_json::to_string_pretty(&issues).unwrap_or_default()
}

fn issue<'a>(finding: &'a Finding<'_>) -> Issue<'a> {
    let begin = finding.position.line();
    Issue {
        // GitLab shows it on one line.
        description: finding.text().replace('\n', " · "),
        check_name: finding.fault.rule.name,
        fingerprint: &finding.fingerprint,
        severity: if finding.fault.level == Level::Error { "major" } else { "minor" },
        location: Location {
            path: &finding.position.path,
            lines: Lines { begin, end: finding.position.range.map_or(begin, |(_, end)| end.line) },
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;
    use crate::diagnostic::{findings, sample};

    #[test]
    fn every_issue_has_what_gitlab_asks_for() {
        let (faults, source) = sample::faults();
        let told = to_gitlab(&findings(&faults, &source, ""));
        let issues: Vec<Value> = serde_json::from_str(&told).expect("an array");
        let fingerprints: HashSet<&str> =
            issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!((issues.len(), fingerprints.len()), (3, 3));
        assert_eq!(issues[0]["severity"], "major");
        assert_eq!(issues[1]["severity"], "minor");
        assert_eq!(issues[0]["location"]["path"], "content/a b.yaml");
        assert_eq!(issues[0]["location"]["lines"]["begin"], 2);
        assert_eq!(issues[2]["location"]["lines"]["begin"], 1);
        let said = issues[0]["description"].as_str().expect("a text");
        assert!(said.ends_with("· did you mean `freeze`?") && !said.contains('\n'), "{said}");
        assert_eq!(to_gitlab(&[]), "[]");
    }
}
