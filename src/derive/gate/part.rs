//! Which part of what a metric measures counts for a rule: its `of:`. Of several keys all must hold, of
//! several values one.

use crate::diagnostic::Placed;
use crate::model::defect::Severity;
use crate::model::portal::{GateRule, Metric};
use crate::model::release::Grade;
use crate::model::run::Level;

/// What is wrong with the `of:` of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum PartFault<'a> {
    /// The metric does not know the key; it knows these.
    Key(&'a Placed<String>, &'static [&'static str]),
    /// The key cannot have the value; it can have these.
    Value(&'a Placed<String>, Vec<&'static str>),
    /// The key has no value.
    Empty(&'a Placed<String>),
}

/// The keys by which a metric can be narrowed.
pub fn keys(metric: Metric) -> &'static [&'static str] {
    match metric {
        Metric::ExecutedShare | Metric::PassRate | Metric::Regressions | Metric::UntriagedFailures => {
            &["priority", "tag", "suite", "level", "type", "environment", "risk"]
        }
        Metric::OpenDefects => &["severity", "priority", "team"],
        Metric::EnvironmentReady => &["use", "environment"],
        Metric::TestDataReady => &["environment"],
        Metric::ReportIssued => &[],
    }
}

/// The words that a key can have, where its words are fixed.
fn words(key: &str) -> Option<Vec<&'static str>> {
    match key {
        "priority" | "risk" => Some(Grade::ALL.iter().map(|grade| grade.word()).collect()),
        "severity" => Some(Severity::ALL.iter().map(|severity| severity.word()).collect()),
        "level" => Some(Level::ALL.iter().map(|level| level.word()).collect()),
        _ => None,
    }
}

/// Everything wrong with the `of:` of `rule`. A slip in it would otherwise leave nothing to count, and
/// nothing is easily enough.
pub fn faults(rule: &GateRule) -> impl Iterator<Item = PartFault<'_>> {
    let known = keys(rule.metric.value);
    rule.of.iter().flat_map(move |(key, values)| {
        if !known.contains(&key.as_str()) {
            return vec![PartFault::Key(key, known)];
        }
        if values.0.is_empty() {
            return vec![PartFault::Empty(key)];
        }
        let Some(words) = words(key) else { return Vec::new() };
        let is_unknown = |value: &&Placed<String>| !words.contains(&value.as_str());
        values.0.iter().filter(is_unknown).map(|value| PartFault::Value(value, words.clone())).collect()
    })
}

/// Whether something belongs to the part that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It does not say what the rule asks for.
    Unknown,
}

/// Whether something belongs to the part of `rule`, `values` being what it says of a key; nothing where it
/// says nothing.
pub fn belongs<'t>(rule: &GateRule, values: impl Fn(&str) -> Option<Vec<&'t str>>) -> Belongs {
    let mut found = Belongs::Yes;
    for (key, wanted) in &rule.of {
        match values(key) {
            None => found = Belongs::Unknown,
            Some(own) if own.iter().any(|own| wanted.0.iter().any(|wanted| wanted.value == *own)) => {}
            Some(_) => return Belongs::No,
        }
    }
    found
}
