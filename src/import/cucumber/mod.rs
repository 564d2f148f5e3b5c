//! Cucumber: the JSON report (<https://github.com/cucumber/cucumber-json-schema>), and the stream of messages
//! that replaces it (<https://github.com/cucumber/messages>).
//!
//! 1. A text that begins with `[` is a [`report`]; one of lines that begin with `{` is a [`stream`].
//! 2. Either gives for each scenario what came of its steps and hooks. The worst of them is how it ended.
//!
//! | Cucumber | here | because |
//! | --- | --- | --- |
//! | `failed` | failed | |
//! | `ambiguous`, `undefined` | error | the test cannot do what it says; it broke off at that step |
//! | `pending` | blocked | the step is there but not written yet |
//! | `skipped` | skipped | |
//! | `unknown`, no step at all | not run | |

mod report;
mod stream;

use super::{Imported, ImportedCase, Unreadable, message};
use crate::model::run::Status;

/// What a report or a stream says.
///
/// # Errors
///
/// [`Unreadable`] if it is neither.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => report::read(text),
        Some(b'{') => stream::read(text),
        _ => Err(Unreadable::whole(
            "is neither a Cucumber report, a list, nor a stream of messages, one map per line",
        )),
    }
}

/// What came of a step or a hook.
struct Outcome<'a> {
    /// Cucumber's word, in lower case.
    word: String,
    /// The text of the step.
    step: &'a str,
    /// What a failure said.
    said: Option<String>,
}

/// A case of that name that ended as the worst of `outcomes`.
fn conclude(name: String, outcomes: &[Outcome<'_>]) -> ImportedCase {
    // Of equals the first one counts: later ones follow from it.
    let worst = outcomes.iter().rev().max_by_key(|outcome| status_of(&outcome.word).0);
    let Some(worst) = worst else { return ImportedCase::of(name, Status::NotRun, "unknown") };
    let (_, status) = status_of(&worst.word);
    let at_step = || (!worst.step.is_empty()).then(|| format!("{}: {}", worst.word, worst.step));
    let said = worst.said.clone().and_then(|said| message::joined([said.as_str()]));
    let case = ImportedCase::of(name, status, &worst.word);
    match status {
        Status::Passed | Status::NotRun | Status::InProgress => case,
        Status::Failed | Status::Error => ImportedCase { message: said.or_else(at_step), ..case },
        Status::Blocked => ImportedCase { reason: said.or_else(at_step), ..case },
        Status::Skipped => ImportedCase { reason: said, ..case },
    }
}

/// How bad a word is, and what it means. A word that is not known is no success.
fn status_of(word: &str) -> (u8, Status) {
    match word {
        "passed" => (0, Status::Passed),
        "unknown" | "untested" => (1, Status::NotRun),
        "skipped" => (2, Status::Skipped),
        "pending" => (3, Status::Blocked),
        "undefined" => (4, Status::Error),
        "ambiguous" => (5, Status::Error),
        "failed" => (7, Status::Failed),
        _ => (6, Status::Error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(words: &[&str]) -> (Status, String, Option<String>, Option<String>) {
        let outcome =
            |word: &&str| Outcome { word: (*word).to_owned(), step: "the sum is right", said: None };
        let case = conclude("sum".to_owned(), &words.iter().map(outcome).collect::<Vec<_>>());
        (case.status, case.raw_status, case.message, case.reason)
    }

    #[test]
    fn the_worst_step_counts() {
        let at = |word: &str| Some(format!("{word}: the sum is right"));
        for (words, status, raw, message, reason) in [
            (&["passed", "passed"][..], Status::Passed, "passed", None, None),
            (&["passed", "failed", "skipped"], Status::Failed, "failed", at("failed"), None),
            (&["passed", "undefined", "skipped"], Status::Error, "undefined", at("undefined"), None),
            (&["ambiguous", "undefined"], Status::Error, "ambiguous", at("ambiguous"), None),
            (&["passed", "pending", "skipped"], Status::Blocked, "pending", None, at("pending")),
            (&["passed", "skipped"], Status::Skipped, "skipped", None, None),
            (&["passed", "green"], Status::Error, "green", at("green"), None),
            (&[], Status::NotRun, "unknown", None, None),
        ] {
            assert_eq!(end(words), (status, raw.to_owned(), message, reason), "{words:?}");
        }
    }

    #[test]
    fn something_else_is_neither() {
        for text in ["", " ", "<xml/>", "7", "\u{feff}x", "{}", "{\"a\": 1}\n", "[1]", "[{\"x\": []}]"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
