//! What writing a site does to a disk, so that tests can hand it one that fails.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::durable;
use super::marker::Fingerprint;

/// Readable by all: a web server runs as another user.
pub(super) const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// A disk as writing a site uses it. Whatever fails leaves at most a part of what was asked for.
pub(super) trait Disk: Sync {
    /// Makes a folder that readers may open.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a file of these bytes; that there is none yet is part of the bargain.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Copies a file and says what was copied, which is not always what was there before.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<Fingerprint>;
    /// A second name for the same file; a copy with the same time where the file system has no such thing
    /// or the file belongs to somebody else.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a folder another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two folders change names in one step; no moment is without either of them.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Deletes a folder with all that is in it.
    fn remove(&self, folder: &Path) -> io::Result<()>;
    /// Waits until all that was written below `folder` would survive a loss of power.
    fn settle(&self, folder: &Path) -> io::Result<()>;
    /// Waits until the names in `folder` would.
    fn settle_names(&self, folder: &Path) -> io::Result<()>;
}

/// The disk of this machine.
pub(super) struct Real;

impl Disk for Real {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)?;
        set_mode(path, FOLDER_MODE)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = create(path)?;
        file.write_all(bytes)?;
        durable::settle_file(&file)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<Fingerprint> {
        let mut source = File::open(from)?;
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

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if fs::hard_link(from, to).is_ok() {
            return Ok(());
        }
        let metadata = fs::metadata(from)?;
        fs::copy(from, to)?;
        let file = OpenOptions::new().write(true).open(to)?;
        file.set_modified(metadata.modified()?)?;
        durable::settle_file(&file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn exchange(&self, _one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }

    fn settle(&self, folder: &Path) -> io::Result<()> {
        durable::settle(folder)
    }

    fn settle_names(&self, folder: &Path) -> io::Result<()> {
        durable::settle_folder(folder)
    }
}

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
