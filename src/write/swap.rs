//! Puts the new tree in the place of the old one.

use std::io;
use std::path::Path;

use super::WriteError;
use super::disk::Disk;
use super::old::Old;
use super::site::Site;
use super::staging::Staging;

/// Puts `staging` in the site's place and deletes what stood there.
pub(super) fn swap(disk: &dyn Disk, site: &Site, staging: Staging<'_>, old: &Old) -> Result<(), WriteError> {
    let failed = WriteError::io("put in place", &site.target);
    match old {
        // A rename takes the place of an empty folder, and of no other.
        Old::Nothing => disk.rename(&staging.path, &site.target).map_err(failed),
        Old::Build(_) => match disk.exchange(&staging.path, &site.target) {
            Err(error) if is_unsupported(&error) => two_renames(disk, site, &staging.path),
            done => done.map_err(failed),
        },
    }?;
    drop(staging);
    disk.settle_names(&site.parent).map_err(WriteError::io("flush", &site.parent))
}

/// Whether the kernel or the file system cannot exchange names: the kernel says "invalid argument" of
/// flags that a file system does not know.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The next best: for a moment there is no site, and a crash in it is mended by the next build.
fn two_renames(disk: &dyn Disk, site: &Site, staging: &Path) -> Result<(), WriteError> {
    let aside = site.aside();
    disk.rename(&site.target, &aside).map_err(WriteError::io("put aside", &site.target))?;
    if let Err(error) = disk.rename(staging, &site.target) {
        disk.rename(&aside, &site.target).map_err(WriteError::io("bring back", &aside))?;
        return Err(WriteError::io("put in place", &site.target)(error));
    }
    // What cannot be deleted now is deleted by the next build.
    let _ = disk.remove(&aside);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::disk::Real;
    use super::*;

    #[test]
    fn two_renames_do_the_work_of_an_exchange() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let target = folder.path().join("public");
        let staging = folder.path().join("staging");
        for (path, text) in [(&target, "old"), (&staging, "new")] {
            fs::create_dir(path).expect("folder");
            fs::write(path.join("a"), text).expect("file");
        }
        let site = Site::of(&target).expect("found");
        two_renames(&Real, &site, &staging).expect("renamed");
        assert_eq!(fs::read_to_string(target.join("a")).expect("file"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);

        assert!(two_renames(&Real, &site, &staging).is_err());
        assert_eq!(fs::read_to_string(target.join("a")).expect("file"), "new");
    }
}
