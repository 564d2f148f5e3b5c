//! The gate of a release for people at a terminal.

use super::gate::{DecisionExport, GateExport, RuleExport};

/// How many of what stands in the way are named.
const NAMED: usize = 5;

/// The result, a line or a few for each rule, then the decision.
pub fn gate(export: &GateExport<'_>) -> String {
    let mut text = format!("{}: {}, as of {}\n", export.release, spoken(export.result), export.day);
    if let Some(missing) = &export.missing {
        text.push_str(&format!("  {missing}\n"));
    }
    let width = export.rules.iter().map(|rule| name(rule).chars().count()).max().unwrap_or_default();
    for rule in &export.rules {
        text.push_str(&line(rule, width));
    }
    text.push_str(&decision(export.decision.as_ref()));
    text
}

/// A word of the data model as people say it.
fn spoken(word: &str) -> String {
    match word {
        "pass" => "passes".to_owned(),
        "pass_with_waivers" => "passes with waivers".to_owned(),
        "fail" => "fails".to_owned(),
        "unknown" => "nobody can say yet".to_owned(),
        "against_gate" => "against the gate".to_owned(),
        "disputed" => "a role disagrees".to_owned(),
        "gate_unknown" => "nobody could say whether the gate passed".to_owned(),
        "unchecked" => "the files it rests on were not compared".to_owned(),
        word => word.replace('_', " "),
    }
}

/// The metric and its part: `pass rate (priority: high)`. What stands in brackets stays as content spells it.
fn name(rule: &RuleExport<'_>) -> String {
    let part = rule.name.strip_prefix(rule.metric).unwrap_or_default();
    format!("{}{part}", rule.metric.replace('_', " "))
}

fn line(rule: &RuleExport<'_>, width: usize) -> String {
    let warning = if rule.level == "warning" { " (warning)" } else { "" };
    let mut text = format!(
        "  {:<8} {:<width$}  {}, wanted {}{warning}\n",
        rule.result,
        name(rule),
        rule.found,
        rule.wanted
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
        spoken(decision.outcome),
        decision.id,
        decision.build,
        decision.decided,
        spoken(decision.state)
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

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn words_of_the_data_model_are_spoken() {
        for (word, said) in [
            ("pass_with_waivers", "passes with waivers"),
            ("confirmed_with_conditions", "confirmed with conditions"),
            ("holds", "holds"),
        ] {
            assert_eq!(spoken(word), said);
        }
    }
}
