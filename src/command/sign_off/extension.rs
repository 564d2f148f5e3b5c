//! One more word in a decision that waits for it. Everything else in the file stays as it is: the words are
//! put where their places say, and the result is read again before anybody relies on it.

use super::super::exit::Failure;
use super::Statement;
use super::draft::{against, conditions};
use crate::diagnostic::Place;
use crate::model::decision::{Decision, Outcome};
use crate::model::records::Record;
use crate::parse::file::{Text, record};
use crate::record::writing::scalar;

/// A piece of a text and what comes in its place.
struct Edit {
    start: usize,
    end: usize,
    words: String,
}

/// `text`, the file of `decision`, with the word of a role and what it says besides.
///
/// # Errors
/// What the file already says in another way, or a spelling that cannot be extended.
pub fn extended(
    text: &str,
    decision: &Record<Decision>,
    statement: &Statement<'_>,
    outcome: Outcome,
) -> Result<String, Failure> {
    let mut edits = vec![word(text, decision, statement).ok_or_else(by_hand)?];
    if outcome != decision.outcome.value {
        edits.push(replaced(decision.outcome.place, outcome.word().to_owned()));
    }
    edits.push(replaced(decision.decided.place, statement.decided.to_string()));
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for edit in edits {
        if text.get(edit.start..edit.end).is_none() {
            return Err(by_hand());
        }
        text.replace_range(edit.start..edit.end, &edit.words);
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&more(decision, statement)?);
    let expected = decision.by.0.len() + 1;
    if is_understood(&text, decision, statement, outcome, expected) { Ok(text) } else { Err(by_hand()) }
}

fn by_hand() -> Failure {
    Failure::new("the decision is written in a way that the word cannot be added to")
        .hint("add the role to `by:` by hand")
}

fn replaced(place: Place, words: String) -> Edit {
    Edit { start: place.start as usize, end: place.end as usize, words }
}

/// The word of the role behind the last one: on the same line in `{…}`, else on a line of its own.
fn word(text: &str, decision: &Decision, statement: &Statement<'_>) -> Option<Edit> {
    let said = format!("{}: {}", scalar(statement.role), statement.outcome.word());
    let start = decision.by.place.start as usize;
    let is_flow = text.get(start..)?.starts_with('{');
    let at = |at: usize, words: String| Some(Edit { start: at, end: at, words });
    match decision.by.0.last() {
        None if is_flow => at(start + 1, said),
        None => None,
        Some((_, last)) if is_flow => at(last.place.end as usize, format!(", {said}")),
        Some((role, last)) => {
            let line = text.get(..role.place().start as usize)?.rfind('\n').map_or(0, |newline| newline + 1);
            let indent = text.get(line..role.place().start as usize)?;
            let end = last.place.end as usize;
            let end = text.get(end..)?.find('\n').map_or(text.len(), |newline| end + newline);
            at(end, format!("\n{indent}{said}"))
        }
    }
}

/// The keys that the file does not have yet.
fn more(decision: &Decision, statement: &Statement<'_>) -> Result<String, Failure> {
    let taken = |key: &str| {
        Failure::new(format!("the decision has `{key}` already"))
            .hint("add to it by hand, or leave it out here")
    };
    let mut more = String::new();
    if let Some(reason) = statement.reason {
        if decision.reason.is_some() {
            return Err(taken("reason"));
        }
        more.push_str(&format!("reason: {}\n", scalar(reason)));
    }
    if !statement.conditions.is_empty() {
        if !decision.conditions.is_empty() {
            return Err(taken("conditions"));
        }
        more.push_str(&format!("conditions:\n{}", conditions(statement)));
    }
    match (statement.expedited, decision.expedited) {
        (true, None) => more.push_str("expedited: true\n"),
        (true, Some(false)) => return Err(taken("expedited")),
        _ => {}
    }
    // The override of the first word answers for the others too.
    if decision.r#override.is_none() {
        more.push_str(&against(statement));
    }
    Ok(more)
}

/// Whether the extended file says what it should, and all that it said before.
fn is_understood(
    text: &str,
    before: &Record<Decision>,
    statement: &Statement<'_>,
    outcome: Outcome,
    words: usize,
) -> bool {
    let mut faults = Vec::new();
    let source = Text { path: &before.path, file: before.file, text };
    let Some(after) = record::<Decision>(source, &before.id, &mut faults) else { return false };
    let has_word =
        after.by.iter().any(|(role, word)| role.id() == statement.role && word.value == statement.outcome);
    faults.is_empty()
        && has_word
        && after.by.0.len() == words
        && after.outcome.value == outcome
        && after.build.value == before.build.value
        && after.evidence.len() == before.evidence.len()
}
