//! Which files moved from one tree to another.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::GitFault;
use super::program::ask;
use super::tree::GitTree;

/// Which files of `from` stand elsewhere in `to`: path before to path after, both as seen from the trees.
///
/// A file that is gone is looked for by the renames of the commits between the two, of which each may change
/// a part of it, then by its likeness to a file that is new (Git's measure: half of it).
///
/// # Errors
/// `git` will not read the repository.
pub fn renames(from: &GitTree, to: &GitTree) -> Result<BTreeMap<String, String>, GitFault> {
    if from.tree == to.tree {
        return Ok(BTreeMap::new());
    }
    let compared =
        ["diff-tree", "-r", "-z", "-M", "--name-status", "--no-ext-diff", &from.tree, &to.tree, "--"];
    let compared = ask(to.folder(), &compared, b"")?;
    let (mut moved, mut gone, mut new) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    for change in changes(&compared) {
        match change {
            Change::Renamed { before, after, .. } => drop(moved.insert(before.to_owned(), after.to_owned())),
            Change::Removed(path) => gone.push(path.to_owned()),
            Change::Added(path) => drop(new.insert(path.to_owned())),
            Change::Changed(_) => {}
        }
    }
    if gone.is_empty() || new.is_empty() {
        return Ok(moved);
    }
    let between = format!("{}..{}", from.commit, to.commit);
    let asked = ["log", "-z", "--topo-order", "--reverse", "-M", "--diff-filter=R", "--name-status"];
    let asked = [&asked[..], &["--no-ext-diff", "--format=", "--end-of-options", &between, "--"]].concat();
    let steps = ask(to.folder(), &asked, b"")?;
    let steps: Vec<(&str, &str)> = changes(&steps)
        .filter_map(|change| match change {
            Change::Renamed { before, after, .. } => Some((before, after)),
            _ => None,
        })
        .collect();
    for path in gone {
        let before = format!("{}{path}", from.prefix());
        let last = followed(&steps, &before);
        let after = last.strip_prefix(&to.prefix()).filter(|after| new.contains(*after));
        if let Some(after) = after {
            moved.insert(path, after.to_owned());
        }
    }
    Ok(moved)
}

/// Where `path` stands after `steps`, the oldest first.
fn followed<'a>(steps: &[(&'a str, &'a str)], path: &'a str) -> &'a str {
    steps.iter().fold(path, |path, (before, after)| if *before == path { after } else { path })
}

/// A line of what changed from one tree to another.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    Added(&'a str),
    Changed(&'a str),
    Removed(&'a str),
    Renamed { before: &'a str, after: &'a str, is_same: bool },
}

/// Reads `--name-status -z`: a status and one path, or two of a rename. Of a merge there is one letter for
/// each parent, and one path. Paths that are not UTF-8 are passed over.
pub(super) fn changes(said: &[u8]) -> impl Iterator<Item = Change<'_>> {
    let mut words = said.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        loop {
            let status = words.next()?.trim_ascii();
            if status.is_empty() {
                continue;
            }
            let path = std::str::from_utf8(words.next()?);
            let change = match status {
                [b'R' | b'C', score @ ..] if score.first().is_some_and(u8::is_ascii_digit) => {
                    let after = std::str::from_utf8(words.next()?);
                    match (path, after) {
                        (Ok(_), Ok(after)) if status[0] == b'C' => Change::Added(after),
                        (Ok(before), Ok(after)) => {
                            Change::Renamed { before, after, is_same: score == b"100" }
                        }
                        _ => continue,
                    }
                }
                _ => match (status, path) {
                    (_, Err(_)) => continue,
                    (letters, Ok(path)) if letters.iter().all(|letter| *letter == b'A') => {
                        Change::Added(path)
                    }
                    (letters, Ok(path)) if letters.contains(&b'D') => Change::Removed(path),
                    (_, Ok(path)) => Change::Changed(path),
                },
            };
            return Some(change);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read() {
        let said = b"M\0a.md\0R087\0b.md\0c.md\0\nA\0d.md\0D\0e.md\0MR\0f.md\0R100\0g.md\0h.md\0";
        let read: Vec<Change<'_>> = changes(said).collect();
        assert_eq!(
            read,
            [
                Change::Changed("a.md"),
                Change::Renamed { before: "b.md", after: "c.md", is_same: false },
                Change::Added("d.md"),
                Change::Removed("e.md"),
                Change::Changed("f.md"),
                Change::Renamed { before: "g.md", after: "h.md", is_same: true },
            ]
        );
    }

    #[test]
    fn a_file_is_followed_from_step_to_step() {
        let steps = [("a.md", "b.md"), ("x.md", "y.md"), ("b.md", "c.md")];
        assert_eq!(followed(&steps, "a.md"), "c.md");
        assert_eq!(followed(&steps, "c.md"), "c.md");
    }
}
