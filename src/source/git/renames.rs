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
    let compared = ["diff-tree", "-r", "-z", "-M", "--raw", "--no-ext-diff", &from.tree, &to.tree, "--"];
    let compared = ask(to.folder(), &compared, b"")?;
    let (mut moved, mut gone, mut new) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    for (change, _) in changes(&compared) {
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
    let asked = ["log", "-z", "--topo-order", "--reverse", "-M", "--diff-filter=R", "--raw"];
    let asked = [&asked[..], &["--no-ext-diff", "--format=", "--end-of-options", &between, "--"]].concat();
    let steps = ask(to.folder(), &asked, b"")?;
    let steps: Vec<(&str, &str)> = changes(&steps)
        .filter_map(|(change, _)| match change {
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

/// What became of a file from one tree to another.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    Added(&'a str),
    Changed(&'a str),
    Removed(&'a str),
    Renamed { before: &'a str, after: &'a str, is_same: bool },
}

/// Reads `--raw -z`, such as `:100644 100644 3b18e5… 9f2c01… R087`, then one path or two of a rename: each
/// change with the id of the new bytes. Of a merge there is one letter for each parent, and one path. Paths
/// that are not UTF-8 are passed over.
pub(super) fn changes(said: &[u8]) -> impl Iterator<Item = (Change<'_>, &str)> {
    let mut words = said.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        loop {
            let about = std::str::from_utf8(words.next()?.trim_ascii()).unwrap_or_default();
            if !about.starts_with(':') {
                continue;
            }
            let mut fields = about.rsplit(' ');
            let (status, blob) = (fields.next()?, fields.next()?);
            let path = std::str::from_utf8(words.next()?);
            let is_pair = status.starts_with(['R', 'C']) && status.ends_with(|c: char| c.is_ascii_digit());
            let after = if is_pair { std::str::from_utf8(words.next()?) } else { path };
            let (Ok(before), Ok(after)) = (path, after) else { continue };
            let change = match status {
                _ if is_pair && status.starts_with('R') => {
                    Change::Renamed { before, after, is_same: status == "R100" }
                }
                _ if is_pair || status.chars().all(|letter| letter == 'A') => Change::Added(after),
                _ if status.contains('D') => Change::Removed(after),
                _ => Change::Changed(after),
            };
            return Some((change, blob));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read() {
        let said = b":100644 100644 1 2 M\0a.md\0:100644 100644 3 4 R087\0b.md\0c.md\0\n:000000 100644 0 5 A\0d.md\0\
                     :100644 000000 6 0 D\0e.md\0::100644 100644 100644 7 8 9 MR\0f.md\0\
                     :100644 100644 a a R100\0g.md\0h.md\0";
        let read: Vec<(Change<'_>, &str)> = changes(said).collect();
        assert_eq!(
            read,
            [
                (Change::Changed("a.md"), "2"),
                (Change::Renamed { before: "b.md", after: "c.md", is_same: false }, "4"),
                (Change::Added("d.md"), "5"),
                (Change::Removed("e.md"), "0"),
                (Change::Changed("f.md"), "9"),
                (Change::Renamed { before: "g.md", after: "h.md", is_same: true }, "a"),
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
