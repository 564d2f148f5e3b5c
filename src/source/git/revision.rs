//! Finds the trees that names of revisions mean. Refs and ids only: no file is read.

use std::path::{Path, PathBuf};

use super::fault::GitFault;
use super::program::ask;
use super::tree::{GitTree, Opened};

/// The trees that `pattern` names: `<tag, branch, commit or glob>[:path]`, the path as seen from the
/// repository's root. Without a path it is that of the folder `content`, where the revision has it, else the
/// revision's root. A glob has one `*`, which stands for anything but a `/`; its trees are sorted by what it
/// stands for. Tags come before branches, and a branch that only the remote has is found too.
///
/// # Errors
/// `git` is not installed, the folder is in no repository, or nothing is called so.
pub fn find(root: &Path, content: &Path, pattern: &str) -> Result<Vec<GitTree>, GitFault> {
    let (name, path) = match pattern.split_once(':') {
        Some((name, path)) => (name, Some(path.trim_matches('/'))),
        None => (pattern, None),
    };
    if !is_ref_name(name) {
        return Err(GitFault::BadName(pattern.to_owned()));
    }
    let repository = Repository::open(if content.is_dir() { content } else { root })?;
    let refs = repository.refs()?;
    let wanted = match name.split_once('*') {
        Some((before, after)) => matches(&refs, before, after),
        None => vec![Wanted { name, part: name, revision: named(&refs, name).to_owned() }],
    };
    if wanted.is_empty() {
        return Err(GitFault::NoMatch(name.to_owned(), repository.mend(name)));
    }
    let mut trees = repository.trees(&wanted, path)?;
    trees.sort_by(|a, b| a.part.cmp(&b.part));
    Ok(trees)
}

/// The tree at the folder `content` of any revision that `git` understands, such as `HEAD~3`.
///
/// # Errors
/// `git` is not installed, the folder is in no repository, or it has no such revision.
pub fn at(content: &Path, revision: &str) -> Result<GitTree, GitFault> {
    let bad = || GitFault::BadName(revision.to_owned());
    if revision.is_empty() || revision.starts_with('-') || revision.chars().any(char::is_control) {
        return Err(bad());
    }
    let repository = Repository::open(content)?;
    let own = Wanted { name: revision, part: revision, revision: revision.to_owned() };
    let tree = match repository.trees(&[own], None) {
        Err(GitFault::NoRevision(..)) => {
            let refs = repository.refs()?;
            let remote =
                Wanted { name: revision, part: revision, revision: named(&refs, revision).to_owned() };
            repository.trees(&[remote], None)?.pop()
        }
        found => found?.pop(),
    };
    tree.ok_or_else(bad)
}

/// The tree at the folder `place`, as seen from the folder `root`, of any revision that `git` understands.
///
/// # Errors
/// `git` is not installed, the folder is in no repository, or it has no such revision or no such folder then.
pub fn folder_at(root: &Path, place: &str, revision: &str) -> Result<GitTree, GitFault> {
    let repository = Repository::open(root)?;
    let parts = repository.prefix.split('/').chain(place.split('/'));
    let parts: Vec<&str> = parts.filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") {
        return Err(GitFault::NoFolder(revision.to_owned(), place.to_owned()));
    }
    let own = Wanted { name: revision, part: revision, revision: revision.to_owned() };
    let tree = repository.trees(&[own], Some(&parts.join("/")))?.pop();
    tree.ok_or_else(|| GitFault::BadName(revision.to_owned()))
}

/// The tree at the folder `content` of the commit that is checked out; nothing without a repository, without
/// a commit and in a repository that does not have the folder yet.
///
/// # Errors
/// `git` is not installed, or will not read the repository.
pub fn head(root: &Path, content: &Path) -> Result<Option<GitTree>, GitFault> {
    let opened = Repository::open(if content.is_dir() { content } else { root });
    let repository = match opened {
        Err(GitFault::NoRepository) => return Ok(None),
        opened => opened?,
    };
    let path = repository.prefix.clone();
    match repository.trees(&[Wanted { name: "HEAD", part: "HEAD", revision: "HEAD".to_owned() }], Some(&path))
    {
        Ok(mut trees) => Ok(trees.pop()),
        Err(GitFault::NoRevision(..) | GitFault::NoFolder(..)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Differs when what commits tell of the folder `content` may: the commit that is checked out, whether older ones were
/// left behind, or why nothing can be told.
pub fn standing(root: &Path, content: &Path) -> String {
    let opened = Repository::open(if content.is_dir() { content } else { root });
    let is_shallow = opened.map(|repository| repository.is_shallow);
    format!("{is_shallow:?} {:?}", head(root, content))
}

/// The places in which the repository that holds `folder` keeps its tags and branches: a folder, and a file that may not
/// be there yet.
///
/// # Errors
/// `git` is not installed, or the folder is in no repository.
pub fn refs(folder: &Path) -> Result<Vec<PathBuf>, GitFault> {
    let said = ask(folder, &["rev-parse", "--git-common-dir"], b"")?;
    let common = folder.join(String::from_utf8_lossy(&said).trim_end_matches('\n'));
    Ok(["refs", "packed-refs"].map(|name| common.join(name)).into())
}

/// Whether a tag or branch may be called so, `*` aside (git-check-ref-format), or a commit.
fn is_ref_name(name: &str) -> bool {
    let is_refused = |c: char| c.is_control() || matches!(c, ' ' | '~' | '^' | ':' | '?' | '[' | '\\');
    !name.is_empty()
        && !name.starts_with(['-', '/'])
        && !name.contains("..")
        && !name.contains("@{")
        && name.matches('*').count() <= 1
        && !name.chars().any(is_refused)
}

/// A revision that somebody asked for.
struct Wanted<'a> {
    name: &'a str,
    part: &'a str,
    /// As `git` is asked for it.
    revision: String,
}

/// The full name of the ref that is called `name`; `name` itself, which may be a commit, if none is.
fn named<'a>(refs: &'a [String], name: &'a str) -> &'a str {
    let called = ordered(refs).find(|(short, _)| *short == name);
    called.map_or(name, |(_, full)| full)
}

fn matches<'a>(refs: &'a [String], before: &str, after: &str) -> Vec<Wanted<'a>> {
    let mut found: Vec<Wanted<'a>> = Vec::new();
    for (name, full) in ordered(refs) {
        let part = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        let Some(part) = part.filter(|part| !part.is_empty() && !part.contains('/')) else { continue };
        if found.iter().all(|known| known.name != name) {
            found.push(Wanted { name, part, revision: full.to_owned() });
        }
    }
    found
}

/// Short and full names: tags, then branches, then what remotes have.
fn ordered(refs: &[String]) -> impl Iterator<Item = (&str, &str)> {
    let below = |folder: &'static str| {
        refs.iter().filter_map(move |full| Some((full.strip_prefix(folder)?, full.as_str())))
    };
    let of_remotes = below("refs/remotes/").filter_map(|(name, full)| Some((name.split_once('/')?.1, full)));
    below("refs/tags/").chain(below("refs/heads/")).chain(of_remotes)
}

/// A repository as seen from a folder in it.
pub(super) struct Repository {
    /// Where `git` is started.
    pub folder: PathBuf,
    /// The folder's path below the repository's root, without a slash at its end.
    pub prefix: String,
    /// Whether older commits were left behind when it was cloned.
    pub is_shallow: bool,
}

impl Repository {
    pub fn open(folder: &Path) -> Result<Self, GitFault> {
        let said = ask(folder, &["rev-parse", "--is-shallow-repository", "--show-prefix"], b"")?;
        let said = String::from_utf8_lossy(&said);
        let (is_shallow, prefix) = said.split_once('\n').unwrap_or((&said, ""));
        Ok(Self {
            folder: folder.to_owned(),
            prefix: prefix.trim_end_matches(['\n', '/']).to_owned(),
            is_shallow: is_shallow == "true",
        })
    }

    /// The full names of all tags and branches, sorted.
    fn refs(&self) -> Result<Vec<String>, GitFault> {
        let asked = ["for-each-ref", "--format=%(refname)", "--", "refs/tags", "refs/heads", "refs/remotes"];
        let said = ask(&self.folder, &asked, b"")?;
        Ok(String::from_utf8_lossy(&said).lines().map(str::to_owned).collect())
    }

    /// The tree of each revision at `path`; without one, at the folder's own path or else at the root.
    fn trees(&self, wanted: &[Wanted<'_>], path: Option<&str>) -> Result<Vec<GitTree>, GitFault> {
        let inner = path.unwrap_or(&self.prefix);
        let questions: String = wanted
            .iter()
            .map(|wanted| {
                let commit = format!("{}^{{commit}}", wanted.revision);
                format!("{commit}\n{commit}:{inner}\n{}^{{tree}}\n", wanted.revision)
            })
            .collect();
        let format = "--batch-check=%(objectname) %(objecttype)";
        let said = ask(&self.folder, &["cat-file", format], questions.as_bytes())?;
        let said = String::from_utf8_lossy(&said);
        let mut answers = said.lines();
        let mut object = |kind: &str| -> Option<String> {
            let (id, of) = answers.next()?.rsplit_once(' ')?;
            (of == kind).then(|| id.to_owned())
        };
        let mut trees = Vec::new();
        let opened = Opened::default();
        for wanted in wanted {
            let (commit, inside, whole) = (object("commit"), object("tree"), object("tree"));
            let lost = || GitFault::NoRevision(wanted.name.to_owned(), self.mend(wanted.name));
            let commit = commit.ok_or_else(lost)?;
            let (tree, path) = match (inside, path, whole) {
                (Some(tree), ..) => (tree, inner),
                (None, None, Some(tree)) => (tree, ""),
                _ => return Err(GitFault::NoFolder(wanted.name.to_owned(), inner.to_owned())),
            };
            let names = (wanted.name, wanted.part);
            trees.push(GitTree::new(&self.folder, names, (commit, tree), path, opened.clone()));
        }
        Ok(trees)
    }

    /// The command that would bring the revision `name`, or what the glob stands for; nothing where the
    /// repository knows no other.
    fn mend(&self, name: &str) -> Option<String> {
        let remotes = ask(&self.folder, &["remote"], b"").ok()?;
        let remotes = String::from_utf8_lossy(&remotes).into_owned();
        let remote = remotes.lines().find(|remote| *remote == "origin").or_else(|| remotes.lines().next())?;
        let branch = name.strip_prefix(remote).and_then(|rest| rest.strip_prefix('/'));
        Some(match branch {
            Some(branch) => format!("git fetch {remote} {branch}:refs/remotes/{remote}/{branch}"),
            None if self.is_shallow => format!("git fetch --unshallow --tags {remote}"),
            None => format!("git fetch --tags {remote}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_be_something_else_are_refused() {
        for name in ["guides-2026.1", "a/b", "guides-*", "4f2a91c", "origin/main", "õ"] {
            assert!(is_ref_name(name), "{name}");
        }
        for name in
            ["", "-x", "--upload-pack=x", "a..b", "a b", "a~1", "a^", "@{-1}", "a@{1.day}", "a\nb", "*-*"]
        {
            assert!(!is_ref_name(name), "{name}");
        }
    }

    #[test]
    fn a_tag_comes_before_a_branch_and_a_branch_before_that_of_a_remote() {
        let refs =
            ["refs/heads/a", "refs/heads/b", "refs/remotes/origin/b", "refs/remotes/origin/c", "refs/tags/a"];
        let refs = refs.map(str::to_owned);
        for (name, wanted) in [
            ("a", "refs/tags/a"),
            ("b", "refs/heads/b"),
            ("c", "refs/remotes/origin/c"),
            ("4f2a91c", "4f2a91c"),
        ] {
            assert_eq!(named(&refs, name), wanted);
        }
    }

    #[test]
    fn a_star_stands_for_something_without_a_slash() {
        let refs = ["refs/tags/guides-", "refs/tags/guides-1", "refs/tags/guides-1/x", "refs/heads/guides-2"];
        let refs = refs.map(str::to_owned);
        let found: Vec<(&str, String)> =
            matches(&refs, "guides-", "").into_iter().map(|wanted| (wanted.part, wanted.revision)).collect();
        assert_eq!(found, [("1", "refs/tags/guides-1".to_owned()), ("2", "refs/heads/guides-2".to_owned())]);
    }
}
