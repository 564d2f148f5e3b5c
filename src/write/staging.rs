//! Builds the whole new tree beside the old one.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::marker::{Fingerprint, Marker};
use super::old::{ForeignKind, Old, Tree};
use super::plan::{Plan, Step};
use super::site::Site;
use super::{Content, MARKER, WriteError, durable};

/// Readable by all: a web server runs as another user.
pub(super) const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// A finished tree that is not yet in its place. Dropped, whatever then stands at its path goes:
/// the unfinished tree after an error, the old one after the exchange.
pub(super) struct Staging {
    pub path: PathBuf,
    /// The bytes written to fresh files.
    pub bytes: u64,
}

impl Drop for Staging {
    /// What cannot be deleted now is deleted by the next build.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

impl Staging {
    /// Builds the tree and waits until it is on the disk.
    pub fn build(site: &Site, plan: &Plan<'_>, old: &Old) -> Result<Self, WriteError> {
        let mut staging = Self { path: site.staging(), bytes: 0 };
        make_folder(&staging.path)?;
        for folder in folders(plan) {
            make_folder(&staging.path.join(folder))?;
        }
        let tree = old.tree();
        if let Some(tree) = tree {
            carry_all(tree, &staging.path)?;
        }
        let written: Vec<Result<Fingerprint, WriteError>> =
            plan.steps.par_iter().map(|step| stage(step, tree, &staging.path)).collect();
        let mut marker = Marker::default();
        for (step, fingerprint) in plan.steps.iter().zip(written) {
            let fingerprint = fingerprint?;
            staging.bytes += if step.keep { 0 } else { fingerprint.len };
            marker.files.insert(step.path.clone(), fingerprint);
        }
        // Last, so that its time is the latest of all.
        let path = staging.path.join(MARKER);
        write_file(&path, marker.to_text().as_bytes()).map_err(WriteError::io("write", &path))?;
        durable::settle(&staging.path).map_err(WriteError::io("flush", &staging.path))?;
        Ok(staging)
    }
}

/// The folders that files need, outer before inner.
fn folders<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    plan.steps.iter().flat_map(|step| step.path.folders()).collect()
}

fn make_folder(path: &Path) -> Result<(), WriteError> {
    fs::create_dir(path)
        .and_then(|()| set_mode(path, FOLDER_MODE))
        .map_err(WriteError::io("make the folder", path))
}

/// Puts one file into the tree and says what it holds.
fn stage(step: &Step<'_>, tree: Option<&Tree>, staging: &Path) -> Result<Fingerprint, WriteError> {
    let to = step.path.below(staging);
    match (step.content, tree) {
        (_, Some(tree)) if step.keep => {
            let from = step.path.below(&tree.root);
            link(&from, &to).map_err(WriteError::io("take over", &from))?;
            Ok(step.fingerprint)
        }
        (Content::Bytes(bytes), _) => {
            write_file(&to, bytes).map_err(WriteError::io("write", &to))?;
            Ok(step.fingerprint)
        }
        (Content::File(from), _) => {
            let source = File::open(from).map_err(WriteError::io("read", from))?;
            copy(source, &to).map_err(WriteError::io("copy", from))
        }
        (Content::Kept(_), _) => Err(WriteError::Gone(step.path.to_string())),
    }
}

/// Takes along what no build wrote; folders get their modes last, since some may not be written.
fn carry_all(tree: &Tree, staging: &Path) -> Result<(), WriteError> {
    for foreign in &tree.foreign {
        let (from, to) = (tree.root.join(&foreign.path), staging.join(&foreign.path));
        carry(foreign.kind, &from, &to).map_err(WriteError::io("take over", &from))?;
    }
    for folder in tree.foreign.iter().filter(|foreign| foreign.kind == ForeignKind::Folder).rev() {
        let (from, to) = (tree.root.join(&folder.path), staging.join(&folder.path));
        let copied =
            fs::metadata(&from).and_then(|metadata| fs::set_permissions(&to, metadata.permissions()));
        copied.map_err(WriteError::io("take over", &from))?;
    }
    Ok(())
}

fn carry(kind: ForeignKind, from: &Path, to: &Path) -> io::Result<()> {
    // It may lie in a folder of ours that this build has no file in.
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    match kind {
        ForeignKind::Folder => fs::create_dir_all(to),
        ForeignKind::File => link(from, to),
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

/// A second name for the same file; a copy with the same time where the file system has no such thing
/// or the file belongs to somebody else.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let metadata = fs::metadata(from)?;
    fs::copy(from, to)?;
    let file = OpenOptions::new().write(true).open(to)?;
    file.set_modified(metadata.modified()?)?;
    durable::settle_file(&file)
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    durable::settle_file(&file)
}

/// Copies a file and says what was copied, which is not always what was there when the plan was made.
fn copy(mut source: File, to: &Path) -> io::Result<Fingerprint> {
    let mut file = create(to)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                hasher.update(&buffer[..count]);
                file.write_all(&buffer[..count])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    durable::settle_file(&file)?;
    Ok(Fingerprint { hash: hasher.finalize(), len: hasher.count() })
}

/// A new file; that there is none yet is part of the bargain.
fn create(path: &Path) -> io::Result<File> {
    let file = File::create_new(path)?;
    set_file_mode(&file)?;
    Ok(file)
}

/// The umask has its say when a file is made, not when its mode is set.
#[cfg(unix)]
fn set_file_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(FILE_MODE))
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_file_mode(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
