//! Changes to the list of versions in the text of `portal.yaml`. All that is not changed stays as it was written:
//! comments, order, quotes.

use crate::diagnostic::Place;
use crate::model::portal::{Version, VersionState};

/// A change to the list.
pub enum Change<'a> {
    /// Another state of a version.
    State(&'a Version, VersionState),
    /// Where the files of a version are kept that has no such place yet.
    Source(&'a Version, &'a str),
    /// A further version, the current one, above all others.
    Entry {
        /// The others.
        versions: &'a [Version],
        /// Its id.
        id: &'a str,
        /// Where its files are kept.
        from: &'a str,
    },
}

/// What is put into a text in the place of a stretch of it.
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

/// `text` with the changes made.
pub fn changed(text: &str, changes: &[Change<'_>]) -> String {
    let mut edits: Vec<Edit> = changes.iter().map(|change| edit(text, change)).collect();
    // From the end on, so that the places before stay what they are.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for Edit { start, end, text: new } in edits {
        if text.is_char_boundary(start) && text.is_char_boundary(end) {
            text.replace_range(start..end, &new);
        }
    }
    text
}

fn edit(text: &str, change: &Change<'_>) -> Edit {
    match change {
        Change::State(version, state) => match &version.state {
            Some(written) => {
                let (start, end) = range(text, written.place);
                Edit { start, end, text: state.word().to_owned() }
            }
            None => key(text, version, &format!("state: {}", state.word())),
        },
        Change::Source(version, from) => key(text, version, &format!("from: \"{from}\"")),
        Change::Entry { versions, id, from } => entry(text, versions, id, from),
    }
}

/// The bytes of a place in `text`.
fn range(text: &str, place: Place) -> (usize, usize) {
    let within = |offset: u32| usize::try_from(offset).map_or(text.len(), |offset| offset.min(text.len()));
    (within(place.start), within(place.end))
}

/// The end of a value, behind the quote that may close it.
fn end_of(text: &str, place: Place) -> usize {
    let (start, end) = range(text, place);
    let quote = text.get(..start).and_then(|before| before.chars().next_back());
    let is_closed = quote
        .filter(|quote| matches!(quote, '"' | '\''))
        .is_some_and(|quote| text.get(end..).is_some_and(|after| after.starts_with(quote)));
    end + usize::from(is_closed)
}

/// The line that holds an offset: where it begins and where its end is, without the line feed.
fn line(text: &str, offset: usize) -> (usize, usize) {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |at| offset + at);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    (start, end)
}

/// One more key of a version, behind its id.
fn key(text: &str, version: &Version, key: &str) -> Edit {
    let at = end_of(text, version.id.place);
    let (start, end) = line(text, at);
    let written = text.get(start..at).unwrap_or_default();
    if written.contains('{') {
        return Edit { start: at, end: at, text: format!(", {key}") };
    }
    let indent = written.len() - written.trim_start_matches([' ', '-']).len();
    Edit { start: end, end, text: format!("\n{}{key}", " ".repeat(indent)) }
}

/// A further version above all others.
fn entry(text: &str, versions: &[Version], id: &str, from: &str) -> Edit {
    let new = format!("{{id: \"{id}\", from: \"{from}\", state: current}}");
    let Some(first) = versions.first() else {
        let list = format!("versions:\n  - {new}\n");
        let empty = text.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let key = empty.into_iter().find(|(_, line)| line.starts_with("versions:"));
        return match key {
            Some((start, line)) => Edit { start, end: start + line.len(), text: list },
            None => {
                let gap = if text.is_empty() || text.ends_with('\n') { "\n" } else { "\n\n" };
                Edit { start: text.len(), end: text.len(), text: format!("{gap}{list}") }
            }
        };
    };
    let (id_at, _) = range(text, first.id.place);
    let before = text.get(..id_at).unwrap_or_default();
    let brace = before.rfind('{').filter(|at| !before[*at..].contains('\n'));
    let (start, _) = line(text, id_at);
    match brace {
        // Maps in braces, one after the other.
        Some(at) if !before[start..at].trim().ends_with('-') => {
            Edit { start: at, end: at, text: format!("{new}, ") }
        }
        _ => {
            let dash = std::iter::successors(Some(start), |start| {
                start.checked_sub(1).map(|before| line(text, before).0)
            })
            .find(|start| text[*start..].trim_start_matches(' ').starts_with('-'))
            .unwrap_or(start);
            let indent = text[dash..].len() - text[dash..].trim_start_matches(' ').len();
            Edit { start: dash, end: dash, text: format!("{}- {new}\n", " ".repeat(indent)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings;
    use super::*;

    fn versions(text: &str) -> Vec<Version> {
        settings(text).expect("readable").portal.versions
    }

    fn archived(text: &str) -> String {
        let versions = versions(text);
        changed(text, &[Change::State(&versions[0], VersionState::Archived)])
    }

    fn with_source(text: &str) -> String {
        let versions = versions(text);
        changed(text, &[Change::Source(&versions[0], "git:guides-1")])
    }

    fn with_entry(text: &str) -> String {
        let versions = versions(text);
        changed(text, &[Change::Entry { versions: &versions, id: "2", from: "git:guides-2" }])
    }

    const NEW: &str = "{id: \"2\", from: \"git:guides-2\", state: current}";

    #[test]
    fn a_state_is_changed_where_it_stands() {
        assert_eq!(
            archived("title: P\nversions:\n  - {id: \"1\", from: \"dir:a\", state: supported} # old\n"),
            "title: P\nversions:\n  - {id: \"1\", from: \"dir:a\", state: archived} # old\n"
        );
        assert_eq!(
            archived("title: P\nversions:\n  - id: 1 # the first\n    from: dir:a\ngates: {}\n"),
            "title: P\nversions:\n  - id: 1 # the first\n    state: archived\n    from: dir:a\ngates: {}\n"
        );
    }

    #[test]
    fn a_source_follows_the_id() {
        assert_eq!(
            with_source("title: P\nversions: [{id: '1', state: current}]\n"),
            "title: P\nversions: [{id: '1', from: \"git:guides-1\", state: current}]\n"
        );
        assert_eq!(
            with_source("title: P\nversions:\n- state: current\n  id: \"1\""),
            "title: P\nversions:\n- state: current\n  id: \"1\"\n  from: \"git:guides-1\""
        );
    }

    #[test]
    fn a_new_version_stands_above_the_others() {
        assert_eq!(
            with_entry("title: P\nversions:\n  # The first.\n  - {id: \"1\", from: \"dir:a\"}\n"),
            format!("title: P\nversions:\n  # The first.\n  - {NEW}\n  - {{id: \"1\", from: \"dir:a\"}}\n")
        );
        assert_eq!(
            with_entry("title: P\nversions:\n- from: dir:a\n  id: \"1\"\n"),
            format!("title: P\nversions:\n- {NEW}\n- from: dir:a\n  id: \"1\"\n")
        );
        assert_eq!(
            with_entry("title: P\nversions: [{id: \"1\", from: \"dir:a\"}]\n"),
            format!("title: P\nversions: [{NEW}, {{id: \"1\", from: \"dir:a\"}}]\n")
        );
    }

    #[test]
    fn the_first_version_begins_the_list() {
        let wanted = format!("title: P\n\nversions:\n  - {NEW}\n");
        assert_eq!(with_entry("title: P\n"), wanted);
        assert_eq!(with_entry("title: P"), wanted);
        let inside = format!("title: P\nversions:\n  - {NEW}\ngates: {{}}\n");
        assert_eq!(with_entry("title: P\nversions: []\ngates: {}\n"), inside);
    }
}
