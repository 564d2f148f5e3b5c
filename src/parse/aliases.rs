//! One more alias in the front matter of a page. Everything else in the file stays as it is, comments, order and
//! line ends: words are put where their places say, and the result is read again before anybody relies on it.

use super::front_matter::{Split, split};
use super::yaml::Yaml;
use crate::diagnostic::{FileId, Placed};
use crate::record::node::{Node, Value};
use crate::record::writing::scalar;

const KEY: &str = "aliases";

/// `page` with `aliases` after those that it has; nothing where they are written in a way that cannot be added to.
pub fn with_aliases(page: &str, aliases: &[String]) -> Option<String> {
    let written = match split(page) {
        Split::None => Some(format!(
            "---{end}{KEY}: [{}]{end}---{end}{page}",
            in_brackets(aliases),
            end = line_end(page)
        )),
        Split::Open => None,
        Split::Parts { yaml, yaml_start, .. } => {
            let (at, words) = insertion(yaml, aliases)?;
            let at = yaml_start + at;
            Some(format!("{}{words}{}", page.get(..at)?, page.get(at..)?))
        }
    }?;
    says(page, &written, aliases).then_some(written)
}

fn in_brackets(aliases: &[String]) -> String {
    aliases.iter().map(|alias| scalar(alias)).collect::<Vec<_>>().join(", ")
}

/// What ends the lines of a text.
pub(super) fn line_end(text: &str) -> &'static str {
    let first = text.find('\n').and_then(|at| text.get(..at));
    if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
}

/// What is put in, and at which byte of `yaml`.
fn insertion(yaml: &str, aliases: &[String]) -> Option<(usize, String)> {
    let root = read(yaml)?;
    let entries = match &root.value {
        Value::Map(entries) => entries.as_slice(),
        Value::Null => &[],
        _ => return None,
    };
    let Some((key, list)) = entries.iter().find(|(key, _)| key.value == KEY) else {
        return Some((yaml.len(), format!("{KEY}: [{}]{}", in_brackets(aliases), line_end(yaml))));
    };
    match &list.value {
        Value::Null => {
            let colon = key.place.end as usize + yaml.get(key.place.end as usize..)?.find(':')?;
            Some((colon + 1, format!(" [{}]", in_brackets(aliases))))
        }
        Value::List(items) => match items.last() {
            None => {
                let open = list.place.start as usize + yaml.get(list.place.start as usize..)?.find('[')?;
                Some((open + 1, in_brackets(aliases)))
            }
            Some(end) => behind(yaml, list.place.start as usize, end, aliases),
        },
        _ => None,
    }
}

/// Behind the last of several: on its line in brackets, else on lines of their own.
fn behind(yaml: &str, open: usize, item: &Node, aliases: &[String]) -> Option<(usize, String)> {
    let (start, end) = (item.place.start as usize, item.place.end as usize);
    if yaml.get(open..)?.starts_with('[') {
        return Some((end, format!(", {}", in_brackets(aliases))));
    }
    let line = yaml.get(..start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let dash = yaml.get(line..start)?;
    let next = yaml.get(end..)?.find('\n').map_or(yaml.len(), |newline| end + newline + 1);
    let lines = aliases.iter().map(|alias| format!("{dash}{}{}", scalar(alias), line_end(yaml)));
    dash.trim_start().starts_with('-').then(|| (next, lines.collect()))
}

pub(super) fn read(yaml: &str) -> Option<Node> {
    Yaml { text: yaml, start: 0, file: FileId::of("") }.read().ok()
}

/// Whether `after` says what `before` says, and the new aliases besides.
fn says(before: &str, after: &str, aliases: &[String]) -> bool {
    let (Some((old, old_text)), Some((new, new_text))) = (keys(before), keys(after)) else { return false };
    let others = |keys: &[(String, Plain)]| -> Vec<(String, Plain)> {
        keys.iter().filter(|(key, _)| key != KEY).cloned().collect()
    };
    let list =
        |keys: &[(String, Plain)]| keys.iter().find(|(key, _)| key == KEY).map(|(_, value)| value.clone());
    let had = match list(&old) {
        Some(Plain::List(items)) => items,
        _ => Vec::new(),
    };
    let wanted: Vec<Plain> = had.into_iter().chain(aliases.iter().cloned().map(Plain::Scalar)).collect();
    old_text == new_text && others(&old) == others(&new) && list(&new) == Some(Plain::List(wanted))
}

/// A value without its places.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    Null,
    Scalar(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

impl Plain {
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Scalar(text) => Self::Scalar(text.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => Self::Map(entries.iter().map(entry).collect()),
        }
    }
}

fn entry((key, value): &(Placed<String>, Node)) -> (String, Plain) {
    (key.value.clone(), Plain::of(value))
}

/// The keys of a page and the text below them.
fn keys(page: &str) -> Option<(Vec<(String, Plain)>, &str)> {
    match split(page) {
        Split::None => Some((Vec::new(), page)),
        Split::Open => None,
        Split::Parts { yaml, text, .. } => match Plain::of(&read(yaml)?) {
            Plain::Map(entries) => Some((entries, text)),
            Plain::Null => Some((Vec::new(), text)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(page: &str) -> Option<String> {
        with_aliases(page, &["/guides/old/".to_owned(), "/õ: b/".to_owned()])
    }

    #[test]
    fn an_alias_goes_where_aliases_are_and_nothing_else_changes() {
        for (page, wanted) in [
            ("A\n", "---\naliases: [/guides/old/, \"/õ: b/\"]\n---\nA\n"),
            ("A\r\n", "---\r\naliases: [/guides/old/, \"/õ: b/\"]\r\n---\r\nA\r\n"),
            (
                "---\ntitle: A  # a word\n# the end\n---\nA",
                "---\ntitle: A  # a word\n# the end\naliases: [/guides/old/, \"/õ: b/\"]\n---\nA",
            ),
            (
                "---\naliases: [ '/x/' ] # kept\ntitle: A\n---\n",
                "---\naliases: [ '/x/', /guides/old/, \"/õ: b/\" ] # kept\ntitle: A\n---\n",
            ),
            ("---\naliases: []\n---\nA", "---\naliases: [/guides/old/, \"/õ: b/\"]\n---\nA"),
            ("---\naliases:\nid: a\n---\nA", "---\naliases: [/guides/old/, \"/õ: b/\"]\nid: a\n---\nA"),
            (
                "---\naliases:\n  - /x/ # why\n  - /y/ # because\nid: a\n---\nA",
                "---\naliases:\n  - /x/ # why\n  - /y/ # because\n  - /guides/old/\n  - \"/õ: b/\"\nid: a\n---\nA",
            ),
            (
                "---\r\naliases:\r\n- /x/\r\n---\r\nA",
                "---\r\naliases:\r\n- /x/\r\n- /guides/old/\r\n- \"/õ: b/\"\r\n---\r\nA",
            ),
        ] {
            assert_eq!(with(page).as_deref(), Some(wanted), "{page}");
        }
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        for page in
            ["---\ntitle: A\n", "---\naliases: /x/\n---\nA", "---\n{title: A}\n---\nA", "---\n- a\n---\n"]
        {
            assert_eq!(with(page), None, "{page}");
        }
    }
}
