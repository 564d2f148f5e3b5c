//! The gate of a release for people at a terminal.

use super::gate::{DecisionExport, GateExport, RuleExport};

/// How many of what stands in the way are named.
const NAMED: usize = 5;

/// The result, a line or a few for each rule, then the decision.
pub fn gate(export: &GateExport<'_>) -> String {
    let mut text = format!("{}: {}, as of {}\n", export.release, export.result, export.day);
    if let Some(missing) = &export.missing {
        text.push_str(&format!("  {missing}\n"));
    }
    let width = export.rules.iter().map(|rule| rule.name.chars().count()).max().unwrap_or_default();
    for rule in &export.rules {
        text.push_str(&line(rule, width));
    }
    text.push_str(&decision(export.decision.as_ref()));
    text
}

fn line(rule: &RuleExport<'_>, width: usize) -> String {
    let warning = if rule.level == "warning" { " (warning)" } else { "" };
    let mut text = format!(
        "  {:<8} {:<width$}  {}, wanted {}{warning}\n",
        rule.result, rule.name, rule.found, rule.wanted
    );
    let mut notes = rule.reasons.clone();
    if !rule.waivers.is_empty() {
        notes.push(format!("waived by {}", rule.waivers.join(", ")));
    }
    if rule.result != "pass" && !rule.offenders.is_empty() {
        let named: Vec<&str> = rule.offenders.iter().take(NAMED).map(String::as_str).collect();
        let more = rule.offenders.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("{}{more}", named.join(", ")));
    }
    for note in notes {
        text.push_str(&format!("  {:<8} {note}\n", ""));
    }
    text
}

fn decision(decision: Option<&DecisionExport<'_>>) -> String {
    let Some(decision) = decision else { return "decision: none\n".to_owned() };
    let mut text = format!(
        "decision: {} ({}), build {}, {}: {}\n",
        decision.outcome, decision.id, decision.build, decision.decided, decision.state
    );
    for file in &decision.changed {
        text.push_str(&format!("  {:<8} {}\n", file.state, file.file.unwrap_or("a file for other readers")));
    }
    if !decision.dissenting.is_empty() {
        text.push_str(&format!("  does not confirm: {}\n", decision.dissenting.join(", ")));
    }
    if !decision.silent.is_empty() {
        text.push_str(&format!("  still to sign off: {}\n", decision.silent.join(", ")));
    }
    text
}
