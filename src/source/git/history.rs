//! Since when each page is there, and when it changed: one pass over the commits.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::super::without_mark;
use super::fault::GitFault;
use super::program::ask;
use super::renames::{Change, changes};
use super::revision::{Repository, head};
use super::tree::GitTree;

/// What the commits up to one of them tell of the pages in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The commit, hexadecimal.
    pub commit: String,
    /// What is known of each page, by its path in the folder.
    pub files: BTreeMap<String, FileHistory>,
}

/// What commits tell of a file. Renames are followed; a rename alone is no change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileHistory {
    /// The commits that changed its text, the newest first; with the last it came.
    pub changes: Vec<Commit>,
    /// BLAKE3 of its text in the commit, line ends as on Unix. A file with another text was changed since.
    pub text: [u8; 32],
}

/// A commit as far as a file is concerned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commit {
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// The id of the bytes that the file had then.
    blob: String,
    /// The text that the file had then, where it was asked for.
    pub text: Option<Arc<str>>,
}

/// Why there is no history, or the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The content is in no repository, or nothing of it was committed.
    Nothing,
    /// The clone is shallow: every date would be that of its oldest commit.
    Shallow,
    /// The history.
    Known(Arc<History>),
}

/// The history of the folder `content` up to the commit that is checked out, with the former texts of the
/// files whose paths are read. Where `known` is that of the same commit, nothing is read.
///
/// # Errors
/// `git` is not installed, or will not read the repository.
pub fn history(
    root: &Path,
    content: &Path,
    is_read: fn(&str) -> bool,
    known: Option<&Arc<History>>,
) -> Result<Told, GitFault> {
    let Some(tree) = head(root, content)? else { return Ok(Told::Nothing) };
    if let Some(known) = known.filter(|known| known.commit == tree.commit) {
        return Ok(Told::Known(Arc::clone(known)));
    }
    of_tree(&tree, is_read)
}

/// The history of the files of `tree` up to its commit, with the former texts of those whose paths are read.
///
/// # Errors
/// `git` will not read the repository.
pub fn of_tree(tree: &GitTree, is_read: fn(&str) -> bool) -> Result<Told, GitFault> {
    if Repository::open(tree.folder())?.is_shallow {
        return Ok(Told::Shallow);
    }
    let texts: BTreeMap<String, [u8; 32]> = tree
        .files_where(&[], is_page)?
        .into_iter()
        .map(|(path, bytes)| (path, lines_hash(without_mark(&bytes))))
        .collect();
    let asked = ["log", "-z", "--topo-order", "--diff-merges=combined", "-M", "--raw", "--no-abbrev"];
    let asked = [
        &asked[..],
        &[
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--format=%x01%ct",
            "--end-of-options",
            &tree.commit,
            "--",
        ],
    ]
    .concat();
    let said = ask(tree.folder(), &asked, b"")?;
    let prefix = tree.prefix();
    let changes = dated(&said, texts.keys().map(|path| format!("{prefix}{path}")));
    let files = texts.into_iter().zip(changes);
    let mut files: BTreeMap<String, FileHistory> =
        files.map(|((path, text), changes)| (path, FileHistory { changes, text })).collect();
    read_former(tree, files.iter_mut().filter(|(path, _)| is_read(path)).map(|(_, file)| file))?;
    Ok(Told::Known(Arc::new(History { commit: tree.commit.clone(), files })))
}

/// Gives each commit of these files the text that the file had then.
fn read_former<'a>(tree: &GitTree, files: impl Iterator<Item = &'a mut FileHistory>) -> Result<(), GitFault> {
    let mut commits: Vec<&mut Commit> = files.flat_map(|file| &mut file.changes).collect();
    let contents = tree.contents(commits.iter().map(|commit| commit.blob.as_str()))?;
    for commit in &mut commits {
        let bytes = contents.get(&commit.blob);
        commit.text = bytes.and_then(|bytes| std::str::from_utf8(without_mark(bytes)).ok()).map(Arc::from);
    }
    Ok(())
}

/// Whether readers are told when a file changed: Markdown and records.
fn is_page(path: &str) -> bool {
    let endings = ["md", "markdown", "yaml", "yml"];
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.iter().any(|page| page.eq_ignore_ascii_case(ending)))
}

/// BLAKE3 of a text whose lines end as on Unix: a checkout may have changed that.
pub fn lines_hash(text: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut rest = text;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        hasher.update(&rest[..at]);
        rest = &rest[at + 1..];
    }
    hasher.update(rest);
    hasher.finalize().into()
}

/// When each of the files at `paths` changed, the newest first, as far as `said`, which `git` printed, tells.
pub(super) fn dated(said: &[u8], paths: impl Iterator<Item = String>) -> Vec<Vec<Commit>> {
    let mut pass = Pass::new(paths);
    for (at, changed) in commits(said) {
        for (change, blob) in changes(changed) {
            pass.take(&Commit { at, blob: blob.to_owned(), text: None }, &change);
        }
    }
    pass.changes()
}

/// The time of each commit with the changes that follow it, as `git` printed them.
fn commits(said: &[u8]) -> impl Iterator<Item = (i64, &[u8])> {
    said.split(|byte| *byte == 1).filter_map(|commit| {
        let end =
            commit.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'-').unwrap_or(commit.len());
        let at = std::str::from_utf8(&commit[..end]).ok()?.parse().ok()?;
        Some((at, commit.get(end..).unwrap_or_default()))
    })
}

/// Goes back through the commits, each before its parents.
///
/// A commit may be older than a rename and not know of it, on a branch that was merged later: what is told
/// of a former name before the rename is met waits for it.
struct Pass {
    /// Which file has a name at this point of the past.
    names: HashMap<String, usize>,
    files: Vec<Vec<Commit>>,
    waiting: HashMap<String, Vec<Commit>>,
}

impl Pass {
    fn new(paths: impl Iterator<Item = String>) -> Self {
        let names: HashMap<String, usize> = paths.enumerate().map(|(file, path)| (path, file)).collect();
        Self { files: vec![Vec::new(); names.len()], names, waiting: HashMap::new() }
    }

    fn take(&mut self, at: &Commit, change: &Change<'_>) {
        match change {
            Change::Changed(path) => self.note(at, path),
            Change::Added(path) => {
                self.note(at, path);
                // Before it came, the name was another file's or nobody's.
                self.names.remove(*path);
                self.waiting.remove(*path);
            }
            Change::Removed(path) => drop(self.waiting.remove(*path)),
            Change::Renamed { before, after, is_same } => {
                if !is_same {
                    self.note(at, after);
                }
                let Some(file) = self.names.remove(*after) else { return };
                self.files[file].extend(self.waiting.remove(*before).unwrap_or_default());
                self.names.entry((*before).to_owned()).or_insert(file);
            }
        }
    }

    fn note(&mut self, at: &Commit, path: &str) {
        match self.names.get(path) {
            Some(file) => self.files[*file].push(at.clone()),
            None => self.waiting.entry(path.to_owned()).or_default().push(at.clone()),
        }
    }

    /// When each file changed, the newest first.
    fn changes(mut self) -> Vec<Vec<Commit>> {
        for changes in &mut self.files {
            changes.sort_by_key(|change| std::cmp::Reverse(change.at));
            changes.dedup_by(|a, b| a.at == b.at && a.blob == b.blob);
        }
        self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes_of(paths: &[&str], log: &[(i64, &[Change<'_>])]) -> Vec<Vec<i64>> {
        let mut pass = Pass::new(paths.iter().map(|path| (*path).to_owned()));
        for (at, changes) in log {
            let commit = Commit { at: *at, blob: at.to_string(), text: None };
            changes.iter().for_each(|change| pass.take(&commit, change));
        }
        let files = pass.changes().into_iter();
        files.map(|changes| changes.into_iter().map(|commit| commit.at).collect()).collect()
    }

    #[test]
    fn renames_are_followed() {
        let log: [(i64, &[Change<'_>]); 4] = [
            (40, &[Change::Changed("b.md")]),
            (30, &[Change::Renamed { before: "a.md", after: "b.md", is_same: true }]),
            (20, &[Change::Changed("a.md")]),
            (10, &[Change::Added("a.md")]),
        ];
        assert_eq!(changes_of(&["b.md"], &log), [[40, 20, 10]]);
    }

    #[test]
    fn a_change_on_a_branch_that_knew_the_former_name_counts() {
        let log: [(i64, &[Change<'_>]); 3] = [
            (35, &[Change::Changed("a.md")]),
            (30, &[Change::Renamed { before: "a.md", after: "b.md", is_same: true }]),
            (10, &[Change::Added("a.md")]),
        ];
        assert_eq!(changes_of(&["b.md"], &log), [[35, 10]]);
    }

    #[test]
    fn a_name_that_is_given_again_is_another_file() {
        let log: [(i64, &[Change<'_>]); 5] = [
            (50, &[Change::Added("a.md")]),
            (40, &[Change::Renamed { before: "a.md", after: "b.md", is_same: false }]),
            (30, &[Change::Changed("a.md")]),
            (20, &[Change::Removed("b.md")]),
            (10, &[Change::Added("a.md"), Change::Added("b.md")]),
        ];
        assert_eq!(changes_of(&["a.md", "b.md"], &log), [vec![50], vec![40, 30, 10]]);
    }

    #[test]
    fn commits_are_told_apart() {
        let said = b"\x01200\0\n:1 1 2 3 M\0a.md\0\x01100\0\n:0 1 0 2 A\0a.md\0";
        let read: Vec<(i64, usize)> = commits(said).map(|(at, said)| (at, changes(said).count())).collect();
        assert_eq!(read, [(200, 1), (100, 1)]);
    }

    #[test]
    fn line_ends_are_no_change() {
        assert_eq!(lines_hash(b"a\r\nb\n"), lines_hash(b"a\nb\n"));
        assert_ne!(lines_hash(b"a\rb"), lines_hash(b"ab"));
    }
}
