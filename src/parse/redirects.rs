//! More `redirects` in the text of `portal.yaml`. Everything else in it stays as it is; the result is read again before
//! anybody relies on it.

use std::collections::BTreeMap;

use super::aliases::{Plain, line_end, read};
use crate::record::node::{Node, Value};
use crate::record::writing::scalar;

const KEY: &str = "redirects";

/// `text` with `redirects`, former address to present one, before those that it has; nothing where they are written in
/// a way that cannot be added to.
pub fn with_redirects(text: &str, redirects: &BTreeMap<String, String>) -> Option<String> {
    let (at, words) = insertion(text, redirects)?;
    let written = format!("{}{words}{}", text.get(..at)?, text.get(at..)?);
    says(text, &written, redirects).then_some(written)
}

/// What is put in, and at which byte.
fn insertion(text: &str, redirects: &BTreeMap<String, String>) -> Option<(usize, String)> {
    let end = line_end(text);
    let pairs: Vec<String> =
        redirects.iter().map(|(from, to)| format!("{}: {}", scalar(from), scalar(to))).collect();
    let lines = |indent: &str| pairs.iter().map(|pair| format!("{indent}{pair}{end}")).collect::<String>();
    let root = read(text)?;
    let entries = match &root.value {
        Value::Map(entries) => entries.as_slice(),
        Value::Null => &[],
        _ => return None,
    };
    let Some((key, value)) = entries.iter().find(|(key, _)| key.value == KEY) else {
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
        return Some((text.len(), format!("{gap}{KEY}:{end}{}", lines("  "))));
    };
    match &value.value {
        Value::Null => {
            let next = text.get(key.place.end as usize..)?.find('\n');
            match next {
                Some(next) => Some((key.place.end as usize + next + 1, lines("  "))),
                None => Some((text.len(), format!("{end}{}", lines("  ")))),
            }
        }
        Value::Map(inner) => {
            first(text, value, inner.first().map(|(key, _)| key.place.start as usize), &pairs, lines)
        }
        _ => None,
    }
}

/// In front of the first of several: in braces, or on lines of their own.
fn first(
    text: &str,
    map: &Node,
    first: Option<usize>,
    pairs: &[String],
    lines: impl Fn(&str) -> String,
) -> Option<(usize, String)> {
    let start = map.place.start as usize;
    let rest = text.get(start..)?;
    if rest.trim_start().starts_with('{') {
        let gap = if first.is_some() { ", " } else { "" };
        return Some((start + rest.find('{')? + 1, format!("{}{gap}", pairs.join(", "))));
    }
    let before = text.get(..first?)?;
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let indent = before.get(line..)?.trim_end_matches(['"', '\'']);
    indent.chars().all(|c| c == ' ').then(|| (line, lines(indent)))
}

/// Whether `after` says what `before` says, and the new redirects besides.
fn says(before: &str, after: &str, redirects: &BTreeMap<String, String>) -> bool {
    let (Some((old, had)), Some((new, has))) = (parts(before), parts(after)) else { return false };
    let own = redirects.iter().map(|(from, to)| (from.clone(), Plain::Scalar(to.clone())));
    old == new && own.chain(had).collect::<Vec<_>>() == has
}

/// The redirects of a text, and all else that it says.
type Parts = (Vec<(String, Plain)>, Vec<(String, Plain)>);

fn parts(text: &str) -> Option<Parts> {
    let all = match Plain::of(&read(text)?) {
        Plain::Map(entries) => entries,
        Plain::Null => Vec::new(),
        _ => return None,
    };
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(key, _)| key == KEY);
    let redirects = match own.into_iter().next() {
        Some((_, Plain::Map(redirects))) => redirects,
        None | Some((_, Plain::Null)) => Vec::new(),
        Some(_) => return None,
    };
    Some((others, redirects))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Option<String> {
        let pairs = [("/a/", "/b/"), ("/õ: b/", "/c/")];
        with_redirects(text, &pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).into())
    }

    #[test]
    fn redirects_go_where_redirects_are_and_nothing_else_changes() {
        for (text, wanted) in [
            ("", "redirects:\n  /a/: /b/\n  \"/õ: b/\": /c/\n"),
            ("title: P # a word", "title: P # a word\nredirects:\n  /a/: /b/\n  \"/õ: b/\": /c/\n"),
            (
                "redirects:\n  # the first\n    /x/: /y/ # why\ntitle: P\n",
                "redirects:\n  # the first\n    /a/: /b/\n    \"/õ: b/\": /c/\n    /x/: /y/ # why\ntitle: P\n",
            ),
            (
                "redirects: {/x/: /y/}\ntitle: P\n",
                "redirects: {/a/: /b/, \"/õ: b/\": /c/, /x/: /y/}\ntitle: P\n",
            ),
            ("redirects: {}\n", "redirects: {/a/: /b/, \"/õ: b/\": /c/}\n"),
            ("redirects: # none\ntitle: P\n", "redirects: # none\n  /a/: /b/\n  \"/õ: b/\": /c/\ntitle: P\n"),
            (
                "redirects:\r\n  '/x/': /y/\r\n",
                "redirects:\r\n  /a/: /b/\r\n  \"/õ: b/\": /c/\r\n  '/x/': /y/\r\n",
            ),
        ] {
            assert_eq!(with(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        for text in ["redirects: [a]\n", "{title: P}\n", "- a\n"] {
            assert_eq!(with(text), None, "{text}");
        }
    }
}
