//! Reads the files of a tree from the object store.
//!
//! 1. List the tree: names, ids and sizes.
//! 2. Follow symbolic links as far as they stay in the tree; leave submodules out with a word.
//! 3. Ask for the bytes of what is left, all at once. Pointers of Git LFS are read as they are.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::folder::{Reading, held, too_large};
use super::super::walk::Names;
use super::super::{Media, Sources, faults, is_passed_over, is_text};
use super::fault::GitFault;
use super::links::{self, Led};
use super::program::ask;
use crate::diagnostic::{Diagnostic, FileId, Place, Rule};

/// A file by its path, with its bytes.
pub type Held = (String, Arc<[u8]>);

/// A tree of a revision, found and not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitTree {
    /// The name that it was found by: `guides-2026.2`.
    pub name: String,
    /// What the `*` of a glob stood for: `2026.2` of `guides-*`; the whole name where there is no `*`.
    pub part: String,
    /// The commit, hexadecimal.
    pub commit: String,
    /// The tree object at the path, hexadecimal: equal ids mean equal files.
    pub tree: String,
    folder: PathBuf,
    path: String,
    opened: Opened,
}

/// The objects that were read for trees that were found together: versions have most of their files in common. They are
/// no part of what a tree is.
#[derive(Clone, Default)]
pub(super) struct Opened(Arc<Mutex<Contents>>);

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

impl PartialEq for Opened {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Opened {}

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blob {
    /// The id of its bytes.
    pub id: String,
    /// Their number; nothing where the clone lacks them.
    pub len: Option<u64>,
}

impl Blob {
    /// The id, where the clone has the bytes.
    fn held(&self) -> Option<&str> {
        self.len.map(|_| self.id.as_str())
    }
}

/// What stands in a tree, by its path there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub files: BTreeMap<String, Blob>,
    pub links: BTreeMap<String, Blob>,
    pub submodules: Vec<String>,
    /// Names that are not UTF-8, as far as they can be shown.
    pub odd: Vec<String>,
}

/// The bytes of objects by their ids.
pub(super) type Contents = HashMap<String, Arc<[u8]>>;

impl GitTree {
    /// The tree with these names, commit and tree id, at `path` of the repository that holds `folder`.
    pub(super) fn new(
        folder: &Path,
        names: (&str, &str),
        ids: (String, String),
        path: &str,
        opened: Opened,
    ) -> Self {
        Self {
            name: names.0.to_owned(),
            part: names.1.to_owned(),
            commit: ids.0,
            tree: ids.1,
            folder: folder.to_owned(),
            path: path.to_owned(),
            opened,
        }
    }

    /// The folder that `git` is asked in.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The tree's own path as the beginning of paths in the repository: empty, or with a slash at its end.
    pub(super) fn prefix(&self) -> String {
        if self.path.is_empty() { String::new() } else { format!("{}/", self.path) }
    }

    /// The files at or below `paths`, sorted by path; links are passed over.
    ///
    /// # Errors
    /// `git` will not read the repository.
    pub fn files(&self, paths: &[&str]) -> Result<Vec<Held>, GitFault> {
        self.files_where(paths, |_| true)
    }

    /// The files at or below `paths` whose path `is_wanted`, sorted by path; links are passed over.
    pub(super) fn files_where(
        &self,
        paths: &[&str],
        is_wanted: fn(&str) -> bool,
    ) -> Result<Vec<Held>, GitFault> {
        let mut listing = self.list(paths)?;
        listing.files.retain(|path, _| is_wanted(path));
        let contents = self.contents(listing.files.values().filter_map(Blob::held))?;
        let files = listing.files.into_iter();
        Ok(files.filter_map(|(path, blob)| Some((path, contents.get(&blob.id)?.clone()))).collect())
    }

    /// Its name and path as `git show` wants them: `guides-2026.2:content`.
    pub fn spelled(&self) -> String {
        format!("{}:{}", self.name, self.path)
    }

    /// Its texts and media, `prefix` before the path of each, and a fault for everything that could not be
    /// read: those of [`super::super::folder`], and submodules. No text may be longer than `limit` bytes.
    ///
    /// # Errors
    /// `git` will not read the repository.
    pub fn read(&self, prefix: &str, limit: u64) -> Result<(Sources, Vec<Diagnostic>), GitFault> {
        self.read_wanted(prefix, limit, &|_| true)
    }

    /// The same of those files alone whose path in the tree `is_wanted`; the others are not opened.
    ///
    /// # Errors
    /// `git` will not read the repository.
    pub fn read_wanted(
        &self,
        prefix: &str,
        limit: u64,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(Sources, Vec<Diagnostic>), GitFault> {
        let mut listing = self.list(&[])?;
        listing.drop_passed_over();
        listing.files.retain(|path, _| is_wanted(path));
        listing.links.retain(|path, _| is_wanted(path));
        listing.submodules.retain(|path| is_wanted(path));
        let mut found = Shelf::new(prefix);
        for path in &listing.odd {
            found.fault(&faults::ODD_FILE_NAME, path, "the name is not UTF-8");
        }
        for path in &listing.submodules {
            let message = "a submodule, whose files are in another repository, so it is left out";
            found.fault(&faults::SUBMODULE, path, message);
        }
        let targets = self.contents(listing.links.values().filter_map(Blob::held))?;
        let wanted = found.follow(&listing, &targets);
        let is_too_large =
            |path: &str, blob: &Blob| is_text(path) && blob.len.is_some_and(|length| length > limit);
        let opened = wanted.iter().filter(|(path, blob)| !is_too_large(path, blob));
        let contents = self.contents(opened.filter_map(|(_, blob)| blob.held()))?;
        for (path, blob) in wanted {
            match contents.get(&blob.id) {
                _ if is_too_large(&path, &blob) => found.put(too_large(found.path(&path), limit)),
                None => found.fault(&faults::UNREADABLE_FILE, &path, LACKING),
                Some(bytes) if is_text(&path) => found.put(held(found.path(&path), bytes)),
                Some(bytes) => found.media.push(Media::held(found.path(&path), Arc::clone(bytes))),
            }
        }
        Ok(found.sources())
    }

    fn list(&self, paths: &[&str]) -> Result<Listing, GitFault> {
        let asked = [&["ls-tree", "-r", "-z", "-l", "--full-tree", &self.tree, "--"], paths].concat();
        Ok(Listing::of(&ask(&self.folder, &asked, b"")?))
    }

    /// The bytes of each of these objects that the clone has.
    pub(super) fn contents<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Result<Contents, GitFault> {
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        // What is in there was read whole, whoever read it.
        let mut opened = self.opened.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh: Vec<&str> = ids.iter().copied().filter(|id| !opened.contains_key(*id)).collect();
        if !fresh.is_empty() {
            let said = ask(&self.folder, &["cat-file", "--batch"], (fresh.join("\n") + "\n").as_bytes())?;
            opened.extend(Objects { rest: &said });
        }
        Ok(ids.into_iter().filter_map(|id| Some((id.to_owned(), Arc::clone(opened.get(id)?)))).collect())
    }
}

const LACKING: &str = "its bytes are not in this clone, which was made without some of them; \
                       `git fetch --refetch --no-filter` brings them";

impl Listing {
    /// Reads lines such as `100644 blob 3b18e5      12\tguides/a.md`, each with a zero byte at its end.
    pub fn of(said: &[u8]) -> Self {
        let mut listing = Self::default();
        for line in said.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let about = String::from_utf8_lossy(&line[..tab]);
            let mut about = about.split_whitespace();
            let (Some(mode), Some(_), Some(id)) = (about.next(), about.next(), about.next()) else {
                continue;
            };
            let blob = Blob { id: id.to_owned(), len: about.next().and_then(|length| length.parse().ok()) };
            let Ok(path) = std::str::from_utf8(&line[tab + 1..]) else {
                listing.odd.push(String::from_utf8_lossy(&line[tab + 1..]).into_owned());
                continue;
            };
            match mode {
                "120000" => drop(listing.links.insert(path.to_owned(), blob)),
                "160000" => listing.submodules.push(path.to_owned()),
                _ => drop(listing.files.insert(path.to_owned(), blob)),
            }
        }
        listing
    }

    /// Leaves out what is hidden or an editor's own.
    fn drop_passed_over(&mut self) {
        let is_content = |path: &str| !path.split('/').any(is_passed_over);
        self.files.retain(|path, _| is_content(path));
        self.links.retain(|path, _| is_content(path));
        self.submodules.retain(|path| is_content(path));
        self.odd.retain(|path| is_content(path));
    }
}

/// What is gathered while a tree is read.
struct Shelf<'a> {
    prefix: &'a str,
    names: Names,
    files: Vec<super::super::SourceFile>,
    media: Vec<Media>,
    faults: Vec<Diagnostic>,
    unread: Vec<String>,
}

impl<'a> Shelf<'a> {
    fn new(prefix: &'a str) -> Self {
        let (files, media, faults, unread) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { prefix, names: Names::default(), files, media, faults, unread }
    }

    /// The path of a file as authors are told it.
    fn path(&self, path: &str) -> String {
        if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) }
    }

    fn fault(&mut self, rule: &'static Rule, path: &str, message: impl Into<String>) {
        let path = self.path(path);
        self.faults.push(Diagnostic::new(rule, Place::whole(FileId::of(&path)), message));
        self.unread.push(path);
    }

    fn put(&mut self, reading: Reading) {
        match reading {
            Reading::Text(file) => self.files.push(file),
            Reading::Garbled(file, fault) => {
                self.files.push(file);
                self.faults.push(fault);
            }
            Reading::Nothing(path, fault) => {
                self.unread.push(path);
                self.faults.push(fault);
            }
            Reading::Gone => {}
        }
    }

    /// Every file with its blob, those behind links under the links' names; checks all names.
    fn follow(&mut self, listing: &Listing, targets: &Contents) -> BTreeMap<String, Blob> {
        let target = |blob: &Blob| -> Option<String> {
            Some(String::from_utf8_lossy(targets.get(&blob.id)?).into_owned())
        };
        let links: BTreeMap<String, String> = listing
            .links
            .iter()
            .map(|(path, blob)| (path.clone(), target(blob).unwrap_or_default()))
            .collect();
        let mut wanted = listing.files.clone();
        for (link, target) in &links {
            match links::led(&listing.files, &links, link) {
                Led::To(files) => {
                    for (path, from) in files {
                        wanted.extend(listing.files.get(&from).map(|blob| (path, blob.clone())));
                    }
                }
                Led::OutOfTree => {
                    let message =
                        format!("a symbolic link to `{target}`, which is outside of the content folder");
                    self.fault(&faults::SYMLINK_OUT_OF_TREE, link, message);
                }
                Led::Round => {
                    let message =
                        format!("a symbolic link to `{target}`, a folder that holds the link itself");
                    self.fault(&faults::SYMLINK_LOOP, link, message);
                }
                Led::Nowhere => {
                    let message = format!(
                        "a symbolic link to `{target}` that cannot be followed: there is no such file"
                    );
                    self.fault(&faults::UNREADABLE_FILE, link, message);
                }
            }
        }
        for path in wanted.keys() {
            let path = self.path(path);
            for fault in self.names.check(&path) {
                self.unread.push(path.clone());
                self.faults.push(fault);
            }
        }
        wanted
    }

    fn sources(self) -> (Sources, Vec<Diagnostic>) {
        (Sources::with_unread(self.files, self.media, self.unread), self.faults)
    }
}

/// What `cat-file --batch` prints: a line with id, type and size, so many bytes, and a line feed, again and
/// again. An object that is not there has a line alone.
pub(super) struct Objects<'a> {
    pub rest: &'a [u8],
}

impl Iterator for Objects<'_> {
    type Item = (String, Arc<[u8]>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.rest.iter().position(|byte| *byte == b'\n')?;
            let head = String::from_utf8_lossy(self.rest.get(..line)?).into_owned();
            let body = self.rest.get(line + 1..)?;
            let Some(size) = head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()) else {
                self.rest = body;
                continue;
            };
            let bytes = Arc::from(body.get(..size)?);
            self.rest = body.get(size + 1..).unwrap_or_default();
            return Some((head.split(' ').next()?.to_owned(), bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_told_apart_by_their_size() {
        let said = b"3b18 blob 4\na\nb\n\n5f5f missing\n9f2c blob 0\n\n77aa blob 1\nc\n";
        let read: Vec<(String, Vec<u8>)> =
            Objects { rest: said }.map(|(id, bytes)| (id, bytes.to_vec())).collect();
        let wanted = [("3b18", b"a\nb\n".to_vec()), ("9f2c", Vec::new()), ("77aa", b"c".to_vec())];
        assert_eq!(read, wanted.map(|(id, bytes)| (id.to_owned(), bytes)));
    }

    #[test]
    fn a_listing_tells_files_from_links_and_submodules() {
        let said = b"100644 blob 3b18      12\ta b.yaml\x00120000 blob 77aa       4\tlink.md\x00\
                     160000 commit 9f2c       -\tmodule\x00100755 blob 5f5f     BAD\tlost.png\x00\
                     100644 blob 3b18      12\t\xFF.md\x00";
        let blob = |id: &str, len| Blob { id: id.to_owned(), len };
        assert_eq!(
            Listing::of(said),
            Listing {
                files: [
                    ("a b.yaml".to_owned(), blob("3b18", Some(12))),
                    ("lost.png".to_owned(), blob("5f5f", None))
                ]
                .into(),
                links: [("link.md".to_owned(), blob("77aa", Some(4)))].into(),
                submodules: vec!["module".to_owned()],
                odd: vec!["\u{FFFD}.md".to_owned()],
            }
        );
    }
}
