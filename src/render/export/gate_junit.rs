//! The gate of a release as a `JUnit` report, so that a pipeline shows it beside its tests.
//!
//! One test case a rule: a rule that fails is a failure, one of which nobody can say is an error, a waived
//! one passes and names its waivers in the property `waivers`. A warning that is not met passes too, with
//! the property `warning`: it stops nobody. A gate without rules is one case that is an error, and so is a
//! tree whose faults hinder the judgement.

use super::gate::{GateExport, RuleExport};
use super::junit::{attribute, content};

/// One test case.
struct Case {
    name: String,
    outcome: Option<(&'static str, String)>,
    properties: Vec<(&'static str, String)>,
}

/// The gate as a `JUnit` report; `errors` is the number of faults of the tree that hinder the judgement.
pub fn gate(export: &GateExport<'_>, errors: usize) -> String {
    let mut cases: Vec<Case> = export.rules.iter().map(case).collect();
    let error = |name: &str, message: String| Case {
        name: name.to_owned(),
        outcome: Some(("error", message)),
        properties: Vec::new(),
    };
    cases.extend(export.missing.clone().map(|missing| error("gate", missing)));
    if errors > 0 {
        cases.push(error("content", format!("{errors} errors in the content; `juhend check` lists them")));
    }
    let count = |wanted: &str| {
        cases.iter().filter(|case| case.outcome.as_ref().is_some_and(|(kind, _)| *kind == wanted)).count()
    };
    let sums = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\"",
        cases.len(),
        count("failure"),
        count("error")
    );
    let name = attribute(&format!("gate {}", export.release));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\" {sums}>\n  <testsuite name=\"{name}\" {sums}>\n"
    );
    let facts = [
        ("release", export.release.to_owned()),
        ("build", export.build.unwrap_or_default().to_owned()),
        ("day", export.day.clone()),
        ("result", export.result.to_owned()),
        (
            "decision",
            export
                .decision
                .as_ref()
                .map_or_else(|| "none".to_owned(), |decision| decision.outcome.to_owned()),
        ),
        (
            "decision_state",
            export.decision.as_ref().map_or_else(String::new, |decision| decision.state.to_owned()),
        ),
    ];
    xml.push_str(&properties("    ", &facts));
    for case in &cases {
        xml.push_str(&element(case, &name));
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn case(rule: &RuleExport<'_>) -> Case {
    let said = format!("{}, wanted {}", rule.found, rule.wanted);
    let detail: Vec<String> = [said]
        .into_iter()
        .chain(rule.reasons.iter().cloned())
        .chain(rule.offenders.iter().cloned())
        .collect();
    let detail = detail.join("\n");
    let is_warning = rule.level == "warning";
    let outcome = match rule.result {
        "fail" if !is_warning => Some(("failure", detail)),
        "unknown" if !is_warning => Some(("error", detail)),
        _ => None,
    };
    let mut properties = vec![
        ("found", rule.found.clone()),
        ("wanted", rule.wanted.clone()),
        ("result", rule.result.to_owned()),
    ];
    if !rule.waivers.is_empty() {
        properties.push(("waivers", rule.waivers.join(", ")));
    }
    if is_warning && rule.result != "pass" {
        properties.push(("warning", rule.result.to_owned()));
    }
    Case { name: rule.name.clone(), outcome, properties }
}

fn element(case: &Case, suite: &str) -> String {
    let mut xml = format!("    <testcase name=\"{}\" classname=\"{suite}\">\n", attribute(&case.name));
    if let Some((kind, detail)) = &case.outcome {
        let first = detail.lines().next().unwrap_or_default();
        xml.push_str(&format!(
            "      <{kind} message=\"{}\">{}</{kind}>\n",
            attribute(first),
            content(detail)
        ));
    }
    xml.push_str(&properties("      ", &case.properties));
    xml.push_str("    </testcase>\n");
    xml
}

fn properties(indent: &str, facts: &[(&str, String)]) -> String {
    let lines: String = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            format!("{indent}  <property name=\"{name}\" value=\"{}\"/>\n", attribute(value))
        })
        .collect();
    if lines.is_empty() { lines } else { format!("{indent}<properties>\n{lines}{indent}</properties>\n") }
}
