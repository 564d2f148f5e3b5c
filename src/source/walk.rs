//! Finds the files of a content tree and reads none of them.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Stamp, faults, is_passed_over};
use crate::diagnostic::{Diagnostic, FileId, Place, Rule};
use crate::file_name;

/// A file of the tree.
pub(super) struct Found {
    /// As authors know it: relative to the project's root.
    pub path: String,
    /// Where its bytes are; of a link, where that leads.
    pub full: PathBuf,
    pub stamp: Stamp,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Walk {
    pub files: Vec<Found>,
    pub faults: Vec<Diagnostic>,
    /// Paths the faults speak of.
    pub faulty: Vec<String>,
    names: Names,
}

/// The names that were seen.
#[derive(Default)]
pub(super) struct Names {
    /// Every path, keyed by itself with the last name folded.
    seen: HashMap<String, String>,
}

impl Names {
    /// The faults of the last name of `path`: some systems cannot hold it, or hold it for one seen before.
    pub fn check(&mut self, path: &str) -> Vec<Diagnostic> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut found = Vec::new();
        if let Some(oddity) = file_name::oddity(name) {
            let message = format!("the name `{}` {}", name.escape_debug(), oddity.phrase());
            found.push(Diagnostic::new(&faults::ODD_FILE_NAME, Place::whole(FileId::of(path)), message));
        }
        let key = format!("{}{}", &path[..path.len() - name.len()], file_name::folded(name));
        if let Some(other) = self.seen.insert(key, path.to_owned()) {
            let is_composed_otherwise = file_name::composed(path) == file_name::composed(&other);
            let message = if is_composed_otherwise {
                format!("differs from `{other}` only in how letters are composed of letter and mark")
            } else {
                format!("differs from `{other}` in upper and lower case only")
            };
            let fault = Diagnostic::new(&faults::CASE_COLLISION, Place::whole(FileId::of(path)), message);
            found.push(fault.hint("rename one of the two"));
        }
        found
    }
}

/// Whether the walk is below a symbolic link to a folder.
#[derive(Clone, Copy, PartialEq)]
enum Footing {
    Solid,
    BelowLink,
}

/// Whether to go into what was just seen, if it is a folder.
#[derive(PartialEq)]
enum Step {
    Into,
    Past,
}

/// Walks the folder `top` (canonical), whose own path is `path`.
pub(super) fn walk(top: &Path, path: &str) -> Walk {
    let mut walk = Walk::default();
    walk.folder(top, top, path, Footing::Solid);
    walk
}

impl Walk {
    fn folder(&mut self, top: &Path, folder: &Path, path: &str, footing: Footing) {
        let mut entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let inside = path_below(path, folder, entry.path());
                    if self.visit(top, &entry, inside, footing) == Step::Past && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => {
                    let at = error.path().map_or_else(|| path.to_owned(), |at| path_below(path, folder, at));
                    let cause =
                        error.into_io_error().map_or_else(|| "unknown".to_owned(), |error| cause(&error));
                    self.fault(&faults::UNREADABLE_FILE, at, format!("cannot be read: {cause}"));
                }
            }
        }
    }

    fn visit(&mut self, top: &Path, entry: &DirEntry, path: String, footing: Footing) -> Step {
        let Some(name) = entry.file_name().to_str() else {
            self.fault(&faults::ODD_FILE_NAME, path, "the name is not UTF-8");
            return Step::Past;
        };
        if is_passed_over(name) {
            return Step::Past;
        }
        self.check_name(&path);
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.link(top, entry.path(), path, footing);
        } else if kind.is_file() {
            match entry.metadata() {
                Ok(metadata) => self.file(path, entry.path().to_owned(), &metadata),
                // Deleted since its folder was listed: as if the walk had come later.
                Err(error) if error.io_error().is_some_and(is_gone) => {}
                Err(error) => {
                    let cause =
                        error.into_io_error().map_or_else(|| "unknown".to_owned(), |error| cause(&error));
                    self.fault(&faults::UNREADABLE_FILE, path, format!("cannot be read: {cause}"));
                }
            }
        } else if !kind.is_dir() {
            self.fault(&faults::UNREADABLE_FILE, path, "neither a file nor a folder");
        }
        Step::Into
    }

    fn file(&mut self, path: String, full: PathBuf, metadata: &Metadata) {
        self.files.push(Found { path, full, stamp: Stamp::of(metadata) });
    }

    /// Follows a link within the tree: to a file always, to a folder once.
    fn link(&mut self, top: &Path, link: &Path, path: String, footing: Footing) {
        let (target, metadata) = match destination(link) {
            Ok(destination) => destination,
            Err(error) => {
                let message =
                    format!("a symbolic link to {} that cannot be followed: {}", shown(link), cause(&error));
                return self.fault(&faults::UNREADABLE_FILE, path, message);
            }
        };
        if !target.starts_with(top) {
            let message =
                format!("a symbolic link to {}, which is outside of the content folder", shown(link));
            self.fault(&faults::SYMLINK_OUT_OF_TREE, path, message);
        } else if metadata.is_file() {
            self.file(path, target, &metadata);
        } else if !metadata.is_dir() {
            self.fault(&faults::UNREADABLE_FILE, path, "a symbolic link to neither a file nor a folder");
        } else if link.starts_with(&target) {
            let message = format!("a symbolic link to {}, a folder that holds the link itself", shown(link));
            self.fault(&faults::SYMLINK_LOOP, path, message);
        } else if footing == Footing::BelowLink {
            let message = format!("a symbolic link to {} below another link to a folder", shown(link));
            self.fault(&faults::SYMLINK_LOOP, path, message);
        } else {
            self.folder(top, &target, &path, Footing::BelowLink);
        }
    }

    fn check_name(&mut self, path: &str) {
        for fault in self.names.check(path) {
            self.faulty.push(path.to_owned());
            self.faults.push(fault);
        }
    }

    fn fault(&mut self, rule: &'static Rule, path: String, message: impl Into<String>) {
        self.faults.push(Diagnostic::new(rule, Place::whole(FileId::of(&path)), message));
        self.faulty.push(path);
    }
}

/// The path of `full`, which is below `folder`, whose own path is `path`.
fn path_below(path: &str, folder: &Path, full: &Path) -> String {
    let mut whole = path.to_owned();
    for name in full.strip_prefix(folder).unwrap_or(full).components() {
        if !whole.is_empty() {
            whole.push('/');
        }
        whole.push_str(&name.as_os_str().to_string_lossy());
    }
    whole
}

fn destination(link: &Path) -> io::Result<(PathBuf, Metadata)> {
    let target = fs::canonicalize(link)?;
    let metadata = fs::metadata(&target)?;
    Ok((target, metadata))
}

/// A link's target as it is written, so that messages are alike on every machine.
fn shown(link: &Path) -> String {
    fs::read_link(link)
        .map_or_else(|_| "an unknown place".to_owned(), |target| format!("`{}`", target.display()))
}

/// Why something cannot be read, in words that do not depend on the system where there are such.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    }
}

pub(super) fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}
