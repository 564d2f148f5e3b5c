//! One shape of fault: rule, level, place, message, hint; one printer per output format.
//!
//! A [`Diagnostic`] never prints itself and never decides whether the run fails: rooms return
//! lists of them, `command/` sorts, counts and prints.

mod excerpt;
mod finding;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod nearest;
mod place;
mod rule;
#[cfg(test)]
mod sample;
mod sarif;
mod uri;

pub use excerpt::{Excerpt, excerpt, location};
pub use finding::{Finding, Position, findings};
pub use github::to_github;
pub use gitlab::to_gitlab;
pub use human::Human;
pub use json::to_json;
pub use junit::to_junit;
pub use nearest::{did_you_mean, nearest};
pub use place::{FileId, LineColumn, LineStarts, Place, Placed, SourceText, line_column};
pub use rule::{Level, Rule};
pub use sarif::to_sarif;
pub use uri::{NO_PATH, UNSAFE};

use std::cmp::Ordering;

/// One fault an author can mend.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How grave it is; the rule's own level unless the portal says otherwise.
    pub level: Level,
    /// Where it stands.
    pub place: Place,
    /// A lower-case phrase, names in backticks: what was found and what was wanted.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Other places that belong to the fault, each with a short phrase.
    pub related: Vec<(Place, String)>,
    /// Whether the line it stands on must not be shown, since it holds what nobody should read.
    pub is_secret: bool,
}

impl Diagnostic {
    /// A fault of `rule` at `place`, at the rule's own level.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            place,
            message: message.into(),
            hint: None,
            related: Vec::new(),
            is_secret: false,
        }
    }

    /// The same fault, of which no printer shows the line.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// The same fault with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same fault with a hint, where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// The same fault with one more place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place, phrase: impl Into<String>) -> Self {
        self.related.push((place, phrase.into()));
        self
    }
}

/// Sorts faults by path, place and rule, those of the portal's settings first, on which all else depends; drops those
/// that say the same twice, and those switched off.
pub fn settle(mut faults: Vec<Diagnostic>, sources: &dyn SourceText) -> Vec<Diagnostic> {
    faults.retain(|fault| fault.level != Level::Off);
    faults.sort_by(|a, b| order(a, b, sources));
    faults.dedup();
    faults
}

fn is_settings(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("portal.yaml" | "portal.yml"))
}

fn order(a: &Diagnostic, b: &Diagnostic, sources: &dyn SourceText) -> Ordering {
    let (a_path, b_path) = (sources.path(a.place.file), sources.path(b.place.file));
    is_settings(b_path)
        .cmp(&is_settings(a_path))
        .then(a_path.cmp(b_path))
        .then(a.place.start.cmp(&b.place.start))
        .then(a.rule.name.cmp(b.rule.name))
        .then(a.message.cmp(&b.message))
}
