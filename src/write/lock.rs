//! One build at a time for one site.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::WriteError;

/// How often a lock that its holder has just removed is tried anew.
const ATTEMPTS: usize = 8;

/// The lock of a site, held until dropped. The system releases it when the process dies.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock, or says that another build has it. Never waits.
    pub fn take(path: &Path) -> Result<Self, WriteError> {
        for _ in 0..ATTEMPTS {
            let open = OpenOptions::new().create(true).truncate(false).write(true).open(path);
            let file = open.map_err(WriteError::io("make the lock", path))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, path).map_err(WriteError::io("look at", path))? => {
                    return Ok(Self { path: path.to_owned(), _file: file });
                }
                // Its last holder removed it after we had opened it: ours would keep nobody out.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(cause)) => return Err(WriteError::io("lock", path)(cause)),
            }
        }
        Err(WriteError::Busy(path.to_owned()))
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked. One that stays does no harm.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether `path` still names the open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(named) => Ok((held.dev(), held.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> io::Result<bool> {
    fs::exists(path)
}
