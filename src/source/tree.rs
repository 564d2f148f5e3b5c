//! Older versions of the content: found first, and read only where somebody wants their files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Sources;
use super::folder::{self, listable};
use super::git::{self, GitFault, GitTree, History, Told};
use super::walk::{self, Walk, cause};
use crate::diagnostic::Diagnostic;

/// The files of a version, found and not yet read.
#[derive(Debug)]
pub enum Tree {
    /// Pages in a Git revision.
    Git(GitTree),
    /// Pages in a folder.
    Folder(FolderTree),
    /// HTML that an earlier tool made, in a folder.
    Frozen(FolderTree),
}

/// Why a version has no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFault {
    /// A lower-case phrase that says what is wrong.
    pub message: String,
    /// What mends it.
    pub hint: Option<String>,
}

impl From<GitFault> for TreeFault {
    fn from(fault: GitFault) -> Self {
        Self { message: fault.message(), hint: fault.hint() }
    }
}

/// What is written in front of the place where a version is kept.
const KEEPERS: [(&str, Keeper); 3] =
    [("git:", Keeper::Git), ("dir:", Keeper::Folder), ("frozen:", Keeper::Frozen)];

/// The kinds of places in which versions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeper {
    Git,
    Folder,
    Frozen,
}

/// Which files of a version are wanted, by their path in it.
pub type Wanted<'a> = &'a (dyn Fn(&str) -> bool + Sync);

impl Tree {
    /// The trees that `from` of `portal.yaml` names, each with what the star of a pattern stood for, where it
    /// is one. `root` is the project's root, `content` its content folder. Of a portal as it was `at` a Git revision,
    /// a folder of pages is the one that the revision has, if it has it.
    ///
    /// # Errors
    /// Nothing is there, or `from` is not understood.
    pub fn find(
        (root, content): (&Path, &Path),
        from: &str,
        at: Option<&str>,
    ) -> Result<Vec<(Option<String>, Self)>, TreeFault> {
        let keeper =
            KEEPERS.iter().find_map(|(word, keeper)| Some((keeper, from.strip_prefix(word)?.trim())));
        let Some((keeper, place)) = keeper.filter(|(_, place)| !place.is_empty()) else {
            return Err(TreeFault {
                message: format!("`{from}` is no place where a version can be kept"),
                hint: Some("write `git:<tag or branch>`, `dir:<folder>` or `frozen:<folder of HTML>`".into()),
            });
        };
        let folder = |make: fn(FolderTree) -> Self| Ok(vec![(None, make(FolderTree::find(root, place)?))]);
        match keeper {
            Keeper::Git => {
                let trees = git::find(root, content, place)?;
                let part = |tree: &GitTree| place.contains('*').then(|| tree.part.clone());
                Ok(trees.into_iter().map(|tree| (part(&tree), Self::Git(tree))).collect())
            }
            Keeper::Folder => match at.and_then(|at| git::folder_at(root, place, at).ok()) {
                Some(tree) => Ok(vec![(None, Self::Git(tree))]),
                None => folder(Self::Folder),
            },
            Keeper::Frozen => folder(Self::Frozen),
        }
    }

    /// The folder that `from` of `portal.yaml` names, whether it is there or not; nothing where it names none.
    pub fn place(root: &Path, from: &str) -> Option<PathBuf> {
        let place = KEEPERS.iter().find_map(|(word, keeper)| {
            from.strip_prefix(word).filter(|_| *keeper != Keeper::Git).map(str::trim)
        })?;
        (!place.is_empty()).then(|| root.join(place))
    }

    /// Where the repository keeps its tags and branches, if `from` names any: what is there changes with them.
    pub fn refs(content: &Path, from: &str) -> Vec<PathBuf> {
        let is_git = KEEPERS.iter().any(|(word, keeper)| *keeper == Keeper::Git && from.starts_with(word));
        if is_git { git::refs(content).unwrap_or_default() } else { Vec::new() }
    }

    /// The last commit of the content folder, to which its renames are found; nothing where there is none.
    pub fn head(root: &Path, content: &Path) -> Option<Self> {
        git::head(root, content).ok().flatten().map(Self::Git)
    }

    /// Which files moved from this tree to `other`, where Git can tell: path before to path after.
    pub fn renames(&self, other: &Self) -> Option<BTreeMap<String, String>> {
        match (self, other) {
            (Self::Git(from), Self::Git(to)) => git::renames(from, to).ok(),
            _ => None,
        }
    }

    /// Whether it is a Git revision.
    pub fn is_git(&self) -> bool {
        matches!(self, Self::Git(_))
    }

    /// What commits tell of its files, where it is of a Git revision whose history is whole.
    pub fn history(&self) -> Option<Arc<History>> {
        match self {
            Self::Git(tree) => match git::of_tree(tree, |_| false) {
                Ok(Told::Known(history)) => Some(history),
                Ok(Told::Nothing | Told::Shallow) | Err(_) => None,
            },
            Self::Folder(_) | Self::Frozen(_) => None,
        }
    }

    /// The commit, where it is of a Git revision: with it the days of its pages may differ.
    pub fn commit(&self) -> Option<&str> {
        match self {
            Self::Git(tree) => Some(&tree.commit),
            Self::Folder(_) | Self::Frozen(_) => None,
        }
    }

    /// Differs whenever a file of the tree differs.
    pub fn key(&self) -> String {
        match self {
            Self::Git(tree) => tree.tree.clone(),
            Self::Folder(folder) | Self::Frozen(folder) => folder.key.clone(),
        }
    }

    /// The path under which faults and sources speak of the tree.
    pub fn prefix(&self) -> String {
        match self {
            Self::Git(tree) => tree.spelled(),
            Self::Folder(folder) | Self::Frozen(folder) => folder.path.clone(),
        }
    }

    /// Whether it holds finished HTML.
    pub fn is_frozen(&self) -> bool {
        matches!(self, Self::Frozen(_))
    }

    /// Reads those of its files that are `wanted`; no text may be longer than `limit` bytes.
    ///
    /// # Errors
    /// The place where it is kept cannot be read any more.
    pub fn read(&self, wanted: Wanted<'_>, limit: u64) -> Result<(Sources, Vec<Diagnostic>), TreeFault> {
        match self {
            Self::Git(tree) => Ok(tree.read_wanted(&tree.spelled(), limit, wanted)?),
            Self::Folder(folder) | Self::Frozen(folder) => Ok(folder.read(wanted, limit)),
        }
    }

    /// Every file of finished HTML with its path in the tree, sorted.
    pub fn files(&self) -> Vec<(String, PathBuf)> {
        match self {
            Self::Frozen(folder) => folder.files(),
            Self::Folder(_) | Self::Git(_) => Vec::new(),
        }
    }
}

/// A folder, listed and not yet read.
#[derive(Debug)]
pub struct FolderTree {
    top: PathBuf,
    /// As authors know it: relative to the project's root.
    path: String,
    key: String,
}

impl FolderTree {
    fn find(root: &Path, place: &str) -> Result<Self, TreeFault> {
        let given = root.join(place);
        let top = listable(&given).map_err(|error| TreeFault {
            message: format!("the folder `{place}` cannot be read: {}", cause(&error)),
            hint: Some(format!(
                "put the files of the version into `{place}`, as seen from the portal's root"
            )),
        })?;
        let path = place.trim_start_matches("./").trim_matches('/').to_owned();
        let path = if path.is_empty() { ".".to_owned() } else { path };
        let key = key(&walk::walk(&top, &path));
        Ok(Self { top, path, key })
    }

    fn walk(&self) -> Walk {
        walk::walk(&self.top, &self.path)
    }

    fn inside<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(self.path.as_str()).unwrap_or(path).trim_start_matches('/')
    }

    fn read(&self, wanted: Wanted<'_>, limit: u64) -> (Sources, Vec<Diagnostic>) {
        let mut walk = self.walk();
        walk.files.retain(|found| wanted(self.inside(&found.path)));
        folder::take_all(&Sources::default(), walk, limit)
    }

    fn files(&self) -> Vec<(String, PathBuf)> {
        let mut files: Vec<(String, PathBuf)> = self
            .walk()
            .files
            .into_iter()
            .map(|found| (self.inside(&found.path).to_owned(), found.full))
            .collect();
        files.sort();
        files
    }
}

/// A folder differs when the stamp of a file does: no file is opened to find out.
fn key(walk: &Walk) -> String {
    let mut listed: Vec<String> =
        walk.files.iter().map(|found| format!("{} {:?}", found.path, found.stamp)).collect();
    listed.sort();
    listed.extend(walk.faulty.iter().cloned());
    let mut text = String::new();
    for line in listed {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{line}");
    }
    blake3::hash(text.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::TEXT_LIMIT;

    fn project() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("temporary folder");
        for (path, text) in
            [("old/guides/a.md", "# A"), ("old/runs/r.xml", "<r/>"), ("html/index.html", "<p>")]
        {
            let full = root.path().join(path);
            fs::create_dir_all(full.parent().expect("a folder")).expect("folder");
            fs::write(full, text).expect("file");
        }
        root
    }

    fn only(root: &Path, from: &str) -> Tree {
        Tree::find((root, &root.join("content")), from, None).expect("found").pop().expect("one").1
    }

    #[test]
    fn a_folder_is_found_and_what_is_wanted_of_it_is_read() {
        let root = project();
        let tree = only(root.path(), "dir:old");
        let (sources, faults) = tree.read(&|path| path.starts_with("guides/"), TEXT_LIMIT).expect("read");
        let paths: Vec<&str> = sources.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!((paths, sources.media().len(), faults.len()), (vec!["old/guides/a.md"], 0, 0));
    }

    #[test]
    fn a_tree_is_another_once_a_file_is() {
        let root = project();
        let before = only(root.path(), "dir:old").key();
        assert_eq!(only(root.path(), "dir:old").key(), before);
        fs::write(root.path().join("old/guides/a.md"), "# Another").expect("file");
        assert_ne!(only(root.path(), "dir:old").key(), before);
    }

    #[test]
    fn finished_html_is_listed_by_its_paths() {
        let root = project();
        let files = only(root.path(), "frozen:html").files();
        assert_eq!(files.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["index.html"]);
    }

    #[test]
    fn what_is_not_there_is_told_with_what_mends_it() {
        let root = project();
        let content = root.path().join("content");
        let told = |from: &str| Tree::find((root.path(), &content), from, None).expect_err("refused");
        assert_eq!(told("dir:lost").message, "the folder `lost` cannot be read: there is no such file");
        for odd in ["old", "dir:", "zip:old"] {
            assert!(told(odd).hint.is_some_and(|hint| hint.starts_with("write `git:")), "{odd}");
        }
    }
}
