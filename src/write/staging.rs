//! Builds the whole new tree beside the old one.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::disk::Disk;
use super::marker::Marker;
use super::old::{ForeignKind, Old, Tree};
use super::plan::{Plan, Step};
use super::{Content, MARKER, OutputPath, WriteError};

/// A tree that is not yet in its place. Dropped, whatever then stands at its path goes:
/// the unfinished tree after an error, the old one after the exchange.
pub(super) struct Staging<'a> {
    disk: &'a dyn Disk,
    pub path: PathBuf,
    /// The folders in it that were made, from its root; the root itself is empty.
    made: Mutex<HashSet<String>>,
}

impl Drop for Staging<'_> {
    /// What cannot be deleted now is deleted by the next build.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.path);
    }
}

impl<'a> Staging<'a> {
    /// A tree at `path`, of which nothing is there yet.
    pub fn new(disk: &'a dyn Disk, path: PathBuf) -> Self {
        Self { disk, path, made: Mutex::default() }
    }

    /// Puts a file of these bytes at `path`; many may do so at once.
    pub fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WriteError> {
        self.make_folders_of(path)?;
        let to = path.below(&self.path);
        self.disk.write(&to, bytes).map_err(WriteError::io("write", &to))
    }

    /// Puts the other files of `plan` into the tree and waits until it is on the disk; how many bytes of it are new.
    pub fn complete(&mut self, plan: &Plan<'_>, old: &Old) -> Result<u64, WriteError> {
        // A site without files is a folder.
        self.make_folder("")?;
        for step in &plan.steps {
            self.make_folders_of(step.path)?;
        }
        let tree = old.tree();
        if let Some(tree) = tree {
            carry_all(self.disk, tree, &self.path)?;
        }
        let (disk, path) = (self.disk, &self.path);
        let written: Vec<Result<(), WriteError>> =
            plan.steps.par_iter().map(|step| stage(disk, step, tree, path)).collect();
        let mut marker = Marker::default();
        let mut bytes = 0;
        for (step, written) in plan.steps.iter().zip(written) {
            written?;
            bytes += if step.keep { 0 } else { step.fingerprint.len };
            marker.files.insert(step.path.clone(), step.fingerprint);
        }
        // Last, so that its time is the latest of all.
        let path = self.path.join(MARKER);
        disk.write(&path, marker.to_text().as_bytes()).map_err(WriteError::io("write", &path))?;
        disk.settle(&self.path).map_err(WriteError::io("flush", &self.path))?;
        Ok(bytes)
    }

    /// Makes the folders on the way to `path` that are not there yet, outer before inner.
    fn make_folders_of(&self, path: &OutputPath) -> Result<(), WriteError> {
        std::iter::once("").chain(path.folders()).try_for_each(|folder| self.make_folder(folder))
    }

    /// Makes a folder unless it was made.
    fn make_folder(&self, folder: &str) -> Result<(), WriteError> {
        // Nothing that happens under the lock can leave a wrong list behind.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains(folder) {
            return Ok(());
        }
        let path = if folder.is_empty() { self.path.clone() } else { self.path.join(folder) };
        self.disk.make_folder(&path).map_err(WriteError::io("make the folder", &path))?;
        made.insert(folder.to_owned());
        Ok(())
    }
}

/// Puts one file into the tree.
fn stage(disk: &dyn Disk, step: &Step<'_>, tree: Option<&Tree>, staging: &Path) -> Result<(), WriteError> {
    let to = step.path.below(staging);
    match (&*step.content, tree) {
        (_, Some(tree)) if step.keep => {
            let from = step.path.below(&tree.root);
            disk.link(&from, &to).map_err(WriteError::io("take over", &from))
        }
        (Content::Staged(..), _) => Ok(()),
        (Content::Bytes(bytes), _) => disk.write(&to, bytes).map_err(WriteError::io("write", &to)),
        (Content::File(from), _) => {
            let copied = disk.copy(from, &to).map_err(WriteError::io("copy", from))?;
            // What the manifest and the marker say of it was found out before.
            if copied == step.fingerprint { Ok(()) } else { Err(WriteError::Changed(from.clone())) }
        }
        (Content::Kept(_), _) => Err(WriteError::Gone(step.path.to_string())),
    }
}

/// Takes along what no build wrote; folders get their modes last, since some may not be written.
fn carry_all(disk: &dyn Disk, tree: &Tree, staging: &Path) -> Result<(), WriteError> {
    for foreign in &tree.foreign {
        let (from, to) = (tree.root.join(&foreign.path), staging.join(&foreign.path));
        carry(disk, foreign.kind, &from, &to).map_err(WriteError::io("take over", &from))?;
    }
    for folder in tree.foreign.iter().filter(|foreign| foreign.kind == ForeignKind::Folder).rev() {
        let (from, to) = (tree.root.join(&folder.path), staging.join(&folder.path));
        let copied =
            fs::metadata(&from).and_then(|metadata| fs::set_permissions(&to, metadata.permissions()));
        copied.map_err(WriteError::io("take over", &from))?;
    }
    Ok(())
}

fn carry(disk: &dyn Disk, kind: ForeignKind, from: &Path, to: &Path) -> io::Result<()> {
    // It may lie in a folder of ours that this build has no file in.
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    match kind {
        ForeignKind::Folder => fs::create_dir_all(to),
        ForeignKind::File => disk.link(from, to),
        ForeignKind::Link => relink(from, to),
    }
}

#[cfg(unix)]
fn relink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn relink(_from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
