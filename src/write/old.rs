//! What stands where the site goes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::marker::Marker;
use super::{MARKER, OutputPath, WriteError};

/// What stands where the site goes.
pub(super) enum Old {
    /// Nothing, or an empty folder.
    Nothing,
    /// An earlier build.
    Build(Tree),
}

/// An earlier build as it is on disk.
pub(super) struct Tree {
    pub root: PathBuf,
    pub marker: Marker,
    /// When the marker was written, which was after everything else.
    pub written: SystemTime,
    /// The files on disk that the marker names.
    pub files: BTreeMap<OutputPath, OnDisk>,
    /// What else is there, relative to the root, folders before what is in them.
    pub foreign: Vec<Foreign>,
}

/// What the file system says of a file.
pub(super) struct OnDisk {
    pub len: u64,
    pub modified: Option<SystemTime>,
    /// A regular file of the mode that builds write.
    pub ordinary: bool,
}

/// Something that no build wrote: a `.git`, a `CNAME`.
pub(super) struct Foreign {
    pub path: PathBuf,
    pub kind: ForeignKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ForeignKind {
    Folder,
    File,
    Link,
}

impl Old {
    /// Looks at the folder `target`.
    pub fn read(target: &Path) -> Result<Self, WriteError> {
        match fs::symlink_metadata(target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            Err(error) => return Err(WriteError::io("look at", target)(error)),
            Ok(metadata) if !metadata.is_dir() => return Err(WriteError::NotAFolder(target.to_owned())),
            Ok(_) => {}
        }
        let path = target.join(MARKER);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {
                let marker = read_marker(&path)?;
                let written = metadata.modified().map_err(WriteError::io("look at", &path))?;
                Tree::read(target, marker, written).map(Self::Build)
            }
            _ if is_empty(target)? => Ok(Self::Nothing),
            _ => Err(WriteError::ForeignFolder(target.to_owned())),
        }
    }

    /// The earlier build, if there is one.
    pub fn tree(&self) -> Option<&Tree> {
        match self {
            Self::Nothing => None,
            Self::Build(tree) => Some(tree),
        }
    }
}

fn is_empty(folder: &Path) -> Result<bool, WriteError> {
    let mut entries = fs::read_dir(folder).map_err(WriteError::io("list", folder))?;
    Ok(entries.next().is_none())
}

fn read_marker(path: &Path) -> Result<Marker, WriteError> {
    let wrong = |reason| WriteError::Marker { path: path.to_owned(), reason };
    let bytes = fs::read(path).map_err(WriteError::io("read", path))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("is not a marker of juhend".to_owned()))?;
    Marker::parse(&text).map_err(wrong)
}

impl Tree {
    fn read(root: &Path, marker: Marker, written: SystemTime) -> Result<Self, WriteError> {
        let mut tree =
            Self { root: root.to_owned(), marker, written, files: BTreeMap::new(), foreign: Vec::new() };
        let mut folders = Vec::new();
        for entry in WalkDir::new(root).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| walk_error(root, error))?;
            if entry.file_type().is_dir() {
                folders.push(entry);
            } else {
                tree.take(&entry)?;
            }
        }
        tree.take_folders(&folders);
        Ok(tree)
    }

    fn take(&mut self, entry: &DirEntry) -> Result<(), WriteError> {
        let path = relative(&self.root, entry.path());
        if path == Path::new(MARKER) {
            return Ok(());
        }
        let known = path.to_str().and_then(|path| self.marker.files.get_key_value(path));
        if let Some((known, _)) = known {
            let metadata = entry.metadata().map_err(|error| walk_error(&self.root, error))?;
            self.files.insert(known.clone(), OnDisk::of(&metadata));
            return Ok(());
        }
        let kind = match entry.file_type() {
            kind if kind.is_file() => ForeignKind::File,
            kind if kind.is_symlink() => ForeignKind::Link,
            _ => {
                let reason = "is neither a file nor a folder";
                return Err(WriteError::InTheWay { path: entry.path().to_owned(), reason });
            }
        };
        self.foreign.push(Foreign { path: path.to_owned(), kind });
        Ok(())
    }

    /// Folders are foreign if the marker names no file in them; they go before what is in them.
    fn take_folders(&mut self, folders: &[DirEntry]) {
        let ours: BTreeSet<&str> = self.marker.files.keys().flat_map(OutputPath::folders).collect();
        let mut foreign: Vec<Foreign> = folders
            .iter()
            .map(|entry| relative(&self.root, entry.path()))
            .filter(|path| path.to_str().is_none_or(|path| !ours.contains(path)))
            .map(|path| Foreign { path: path.to_owned(), kind: ForeignKind::Folder })
            .collect();
        foreign.append(&mut self.foreign);
        self.foreign = foreign;
    }
}

fn relative<'a>(root: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(root).unwrap_or(path)
}

fn walk_error(root: &Path, error: walkdir::Error) -> WriteError {
    let path = error.path().unwrap_or(root).to_owned();
    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("the folder tree cannot be walked"));
    WriteError::Io { action: "look at", path, cause }
}

impl OnDisk {
    fn of(metadata: &Metadata) -> Self {
        Self {
            len: metadata.len(),
            modified: metadata.modified().ok(),
            ordinary: metadata.is_file() && has_mode(metadata),
        }
    }
}

#[cfg(unix)]
fn has_mode(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o7777 == super::disk::FILE_MODE
}

#[cfg(not(unix))]
fn has_mode(_metadata: &Metadata) -> bool {
    true
}
