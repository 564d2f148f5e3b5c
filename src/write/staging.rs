//! Builds the whole new tree beside the old one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::Disk;
use super::marker::Marker;
use super::old::{ForeignKind, Old, Tree};
use super::plan::{Plan, Step};
use super::site::Site;
use super::{Content, MARKER, WriteError};

/// A finished tree that is not yet in its place. Dropped, whatever then stands at its path goes:
/// the unfinished tree after an error, the old one after the exchange.
pub(super) struct Staging<'a> {
    disk: &'a dyn Disk,
    pub path: PathBuf,
    /// The bytes written to fresh files.
    pub bytes: u64,
}

impl Drop for Staging<'_> {
    /// What cannot be deleted now is deleted by the next build.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.path);
    }
}

impl<'a> Staging<'a> {
    /// Builds the tree and waits until it is on the disk.
    pub fn build(disk: &'a dyn Disk, site: &Site, plan: &Plan<'_>, old: &Old) -> Result<Self, WriteError> {
        let mut staging = Self { disk, path: site.staging(), bytes: 0 };
        make_folder(disk, &staging.path)?;
        for folder in folders(plan) {
            make_folder(disk, &staging.path.join(folder))?;
        }
        let tree = old.tree();
        if let Some(tree) = tree {
            carry_all(disk, tree, &staging.path)?;
        }
        let written: Vec<Result<(), WriteError>> =
            plan.steps.par_iter().map(|step| stage(disk, step, tree, &staging.path)).collect();
        let mut marker = Marker::default();
        for (step, written) in plan.steps.iter().zip(written) {
            written?;
            staging.bytes += if step.keep { 0 } else { step.fingerprint.len };
            marker.files.insert(step.path.clone(), step.fingerprint);
        }
        // Last, so that its time is the latest of all.
        let path = staging.path.join(MARKER);
        disk.write(&path, marker.to_text().as_bytes()).map_err(WriteError::io("write", &path))?;
        disk.settle(&staging.path).map_err(WriteError::io("flush", &staging.path))?;
        Ok(staging)
    }
}

/// The folders that files need, outer before inner.
fn folders<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    plan.steps.iter().flat_map(|step| step.path.folders()).collect()
}

fn make_folder(disk: &dyn Disk, path: &Path) -> Result<(), WriteError> {
    disk.make_folder(path).map_err(WriteError::io("make the folder", path))
}

/// Puts one file into the tree.
fn stage(disk: &dyn Disk, step: &Step<'_>, tree: Option<&Tree>, staging: &Path) -> Result<(), WriteError> {
    let to = step.path.below(staging);
    match (&*step.content, tree) {
        (_, Some(tree)) if step.keep => {
            let from = step.path.below(&tree.root);
            disk.link(&from, &to).map_err(WriteError::io("take over", &from))
        }
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
