//! The text of a new decision.

use std::fmt::Write;

use super::Statement;
use super::evidence::File;
use crate::model::decision::{Condition, Outcome};
use crate::record::writing::scalar;

/// A decision to be written.
pub struct Draft<'a> {
    /// What the role says.
    pub statement: &'a Statement<'a>,
    /// The release.
    pub release: &'a str,
    /// What all words add up to.
    pub outcome: Outcome,
    /// The word of each role.
    pub words: &'a [(&'a str, Outcome)],
    /// Conditions of the decision that it replaces.
    pub kept: &'a [Condition],
    /// The language of conditions.
    pub language: &'a str,
    /// What it rests on.
    pub evidence: &'a [File],
    /// The decision that it replaces.
    pub supersedes: Option<&'a str>,
}

impl Draft<'_> {
    /// The file, `heading` being the lines above its keys.
    pub fn text(&self, heading: &str) -> String {
        let words: Vec<String> =
            self.words.iter().map(|(role, word)| format!("{}: {}", scalar(role), word.word())).collect();
        let mut text = format!(
            "{heading}release: {}\noutcome: {}\ndecided: {}\nbuild: {}\nby: {{{}}}\n",
            scalar(self.release),
            self.outcome.word(),
            self.statement.decided,
            scalar(self.statement.build),
            words.join(", ")
        );
        // Writing into a text cannot fail.
        let _ = self.optional(&mut text);
        if self.evidence.is_empty() {
            text.push_str("evidence: []\n");
        } else {
            text.push_str("evidence:\n");
        }
        for file in self.evidence {
            let _ = writeln!(text, "  - {{file: {}, sha256: {}}}", scalar(&file.path), file.sha256);
        }
        if let Some(old) = self.supersedes {
            let _ = writeln!(text, "supersedes: {}", scalar(old));
        }
        text.push_str(&against(self.statement));
        text
    }

    fn optional(&self, text: &mut String) -> std::fmt::Result {
        if let Some(reason) = self.statement.reason {
            writeln!(text, "reason: {}", scalar(reason))?;
        }
        let kept: Vec<String> = self.kept.iter().map(|condition| self.kept_condition(condition)).collect();
        if !kept.is_empty() || !self.statement.conditions.is_empty() {
            text.push_str("conditions:\n");
        }
        text.push_str(&kept.concat());
        text.push_str(&conditions(self.statement));
        if self.statement.expedited {
            text.push_str("expedited: true\n");
        }
        Ok(())
    }

    fn kept_condition(&self, condition: &Condition) -> String {
        let words = scalar(condition.text.get(self.language, self.language));
        let team = condition.team.as_ref().map(|team| format!(", team: {}", scalar(team.id())));
        let due = condition.due.as_ref().map(|due| format!(", due: {}", due.value));
        let done = condition.done.map(|done| format!(", done: {done}"));
        let more: String = [team, due, done].into_iter().flatten().collect();
        format!("  - {{text: {words}{more}}}\n")
    }
}

/// The items of the conditions that a role names.
pub fn conditions(statement: &Statement<'_>) -> String {
    statement.conditions.iter().map(|condition| format!("  - {{text: {}}}\n", scalar(condition))).collect()
}

/// The line that says why a role confirms against the gate.
pub fn against(statement: &Statement<'_>) -> String {
    statement.against.map_or_else(String::new, |reason| {
        format!("override: {{reason: {}, by: {}}}\n", scalar(reason), scalar(statement.role))
    })
}
