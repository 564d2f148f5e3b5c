//! Where a site goes, and the names beside it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::WriteError;
use super::disk::Disk;

/// A site's folder, found on disk.
pub(super) struct Site {
    /// The folder itself; symbolic links to it are followed, so that a link stays a link.
    pub target: PathBuf,
    /// The folder it is in.
    pub parent: PathBuf,
    name: OsString,
}

impl Site {
    /// Finds `target` and makes the folders above it.
    pub fn of(target: &Path) -> Result<Self, WriteError> {
        let target = match fs::symlink_metadata(target) {
            Ok(_) => fs::canonicalize(target).map_err(WriteError::io("follow", target))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => new_folder(target)?,
            Err(error) => return Err(WriteError::io("look at", target)(error)),
        };
        match (target.parent(), target.file_name()) {
            (Some(parent), Some(name)) => {
                Ok(Self { parent: parent.to_owned(), name: name.to_owned(), target: target.clone() })
            }
            _ => Err(WriteError::Nameless(target)),
        }
    }

    /// The lock that one build at a time holds.
    pub fn lock(&self) -> PathBuf {
        self.beside("lock")
    }

    /// What builds note for themselves.
    pub fn notes(&self) -> PathBuf {
        self.beside("notes")
    }

    /// Where this process builds a new tree.
    pub fn staging(&self) -> PathBuf {
        self.beside(&format!("{STAGING}{}", std::process::id()))
    }

    /// Where this process builds the site once more, for comparing.
    pub fn trial(&self) -> PathBuf {
        self.beside(&format!("{TRIAL}{}", std::process::id()))
    }

    /// Where the old tree stands while two renames do the work of one exchange.
    pub fn aside(&self) -> PathBuf {
        self.beside(&format!("{ASIDE}{}", std::process::id()))
    }

    /// Clears up after builds that died: a site put aside comes back, half-built trees go.
    ///
    /// Only the holder of the lock may do so; whatever it finds then belongs to no living build.
    pub fn recover(&self, disk: &dyn Disk) -> Result<(), WriteError> {
        let entries = fs::read_dir(&self.parent).map_err(WriteError::io("list", &self.parent))?;
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(WriteError::io("list", &self.parent))?.file_name());
        }
        names.sort();
        for aside in names.iter().filter(|name| self.is_ours(name, ASIDE)) {
            if !exists(&self.target)? {
                let path = self.parent.join(aside);
                disk.rename(&path, &self.target).map_err(WriteError::io("bring back", &path))?;
            }
        }
        let is_rest = |name: &&OsString| [ASIDE, STAGING, TRIAL].iter().any(|kind| self.is_ours(name, kind));
        for rest in names.iter().filter(is_rest) {
            remove(disk, &self.parent.join(rest))?;
        }
        Ok(())
    }

    fn beside(&self, end: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(end);
        self.parent.join(name)
    }

    /// Whether `name` is `.<site>.<kind><digits>`, which nobody but us writes.
    fn is_ours(&self, name: &OsStr, kind: &str) -> bool {
        let (name, site) = (name.as_encoded_bytes(), self.name.as_encoded_bytes());
        let rest = name.strip_prefix(b".").and_then(|rest| rest.strip_prefix(site));
        let pid =
            rest.and_then(|rest| rest.strip_prefix(b".")).and_then(|rest| rest.strip_prefix(kind.as_bytes()));
        pid.is_some_and(|pid| !pid.is_empty() && pid.iter().all(u8::is_ascii_digit))
    }
}

const STAGING: &str = "staging-";
const ASIDE: &str = "aside-";
const TRIAL: &str = "trial-";

fn exists(path: &Path) -> Result<bool, WriteError> {
    fs::exists(path).map_err(WriteError::io("look at", path))
}

fn remove(disk: &dyn Disk, path: &Path) -> Result<(), WriteError> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// The path of a folder that does not exist, in one that does.
fn new_folder(target: &Path) -> Result<PathBuf, WriteError> {
    let whole = resolved(target)?;
    if let Some(parent) = whole.parent() {
        fs::create_dir_all(parent).map_err(WriteError::io("make the folder", parent))?;
    }
    Ok(whole)
}

/// Refuses a target that is, or holds, one of the folders `sources`: replacing it would delete them.
///
/// # Errors
///
/// [`WriteError::HoldsSources`], and when a path cannot be looked at.
pub fn check_target(target: &Path, sources: &[&Path]) -> Result<(), WriteError> {
    let whole = resolved(target)?;
    for source in sources {
        if resolved(source)?.starts_with(&whole) {
            return Err(WriteError::HoldsSources { target: target.to_owned(), source: (*source).to_owned() });
        }
    }
    Ok(())
}

/// The canonical path of something that need not exist: of what exists of it, and then the rest.
fn resolved(path: &Path) -> Result<PathBuf, WriteError> {
    let absolute = std::path::absolute(path).map_err(WriteError::io("find", path))?;
    let mut whole = PathBuf::new();
    for component in absolute.components() {
        match component {
            // What is missing is no symbolic link, so that its parent is the one it is written below.
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            _ => {
                whole.push(component);
                match fs::canonicalize(&whole) {
                    Ok(canonical) => whole = canonical,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(WriteError::io("look at", path)(error)),
                }
            }
        }
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_holds_sources_is_refused() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let root = folder.path().join("root");
        let content = root.join("content");
        fs::create_dir_all(&content).expect("folder");
        std::os::unix::fs::symlink(&root, folder.path().join("link")).expect("link");
        let check = |target: &Path| check_target(target, &[&root, &content]);
        for bad in [
            ".",
            "root",
            "root/content",
            "root/../root",
            "link",
            "link/content",
            "root/new/..",
            "root/new/../content",
        ] {
            let target = folder.path().join(bad);
            assert!(matches!(check(&target), Err(WriteError::HoldsSources { .. })), "{bad}");
        }
        assert!(check(Path::new("/")).is_err());
        for good in ["root/public", "root/content-2", "public", "root/new/../public", "link/public"] {
            assert!(check(&folder.path().join(good)).is_ok(), "{good}");
        }
    }

    #[test]
    fn only_our_own_names_are_ours() {
        let site = Site { target: "/p/public".into(), parent: "/p".into(), name: "public".into() };
        assert!(site.is_ours(OsStr::new(".public.staging-12"), STAGING));
        for name in [
            ".public.staging-",
            ".public.staging-1x",
            ".public2.staging-1",
            "public.staging-1",
            ".public.lock",
        ] {
            assert!(!site.is_ours(OsStr::new(name), STAGING), "{name}");
        }
    }
}
