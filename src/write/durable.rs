//! Waits until what was written would survive a loss of power.
//!
//! The exchange must not reach the disk before the files do, or a crash could leave a site of empty
//! pages. Linux flushes a whole file system in one call; one call a file costs a journal commit each.

use std::fs::File;
use std::io;
use std::path::Path;

/// After one file; Linux waits for [`settle`].
#[cfg(any(target_os = "linux", target_os = "android"))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(super) fn settle_file(_file: &File) -> io::Result<()> {
    Ok(())
}

/// After one file.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn settle_file(file: &File) -> io::Result<()> {
    file.sync_all()
}

/// After the last file of the tree `folder`.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// After the last file of the tree `folder`.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    settle_folder(folder)
}

/// After a name in `folder` was given to something else.
#[cfg(unix)]
pub(super) fn settle_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be flushed here.
#[cfg(not(unix))]
pub(super) fn settle_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
