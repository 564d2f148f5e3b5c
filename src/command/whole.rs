//! Files that are written as a whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::exit::Failure;

/// Writes a file, and the folders above it, so that nobody ever sees half of it: what was there stays until the new
/// bytes are on disk. A link keeps its place and what it leads to is written; a device or a pipe takes the bytes as
/// they come.
///
/// # Errors
/// What the file system says. Nothing is left behind then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure =
        |error: std::io::Error| Failure::new(format!("`{}` cannot be written: {error}", path.display()));
    // What is there may be a link: the file behind it is replaced, not the link.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&place).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return fs::write(&place, bytes).map_err(failure);
    }
    let beside = beside(&place).map_err(failure)?;
    let written = filled(&beside, bytes).and_then(|()| fs::rename(&beside, &place));
    written.map_err(|error| {
        // What is left beside it is of no use to anybody.
        let _ = fs::remove_file(&beside);
        failure(error)
    })
}

/// Writes a file that is not there yet, like [`write`], and tells whether it did: a file that somebody else has made
/// in the meantime is left as it is.
///
/// # Errors
/// What the file system says. Nothing is left behind then.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let failure =
        |error: std::io::Error| Failure::new(format!("`{}` cannot be written: {error}", path.display()));
    let beside = beside(path).map_err(failure)?;
    // A second name for the finished file is given at once and never taken from another file.
    let written = filled(&beside, bytes).and_then(|()| match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => unlinked(path, bytes),
        named => named,
    });
    let _ = fs::remove_file(&beside);
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failure(error)),
    }
}

/// Makes a file where a file has one name alone, as on a memory stick.
fn unlinked(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a file would look like a whole one.
        let _ = fs::remove_file(path);
    })
}

/// A name for the unfinished file beside `path`, in a folder that is there.
fn beside(path: &Path) -> std::io::Result<PathBuf> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A name with a dot in front is no content, should the program be stopped here.
    Ok(folder.join(format!(".{name}.{}", std::process::id())))
}

/// Makes a file with these bytes, which are on disk then.
fn filled(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a/b.yaml");
        write(&path, b"before").expect("written");
        write(&path, b"after").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a text"), "after");
        // A folder cannot be replaced by a file.
        assert!(write(&folder.path().join("a"), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let (file, link) = (folder.path().join("a.xml"), folder.path().join("link.xml"));
        write(&file, b"before").expect("written");
        for target in [file.as_path(), Path::new("/dev/null")] {
            std::os::unix::fs::symlink(target, &link).expect("a link");
            write(&link, b"after").expect("written");
            assert_eq!(fs::read_link(&link).expect("a link"), target);
            fs::remove_file(&link).expect("removed");
        }
        assert_eq!(fs::read_to_string(&file).expect("a text"), "after");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn of_two_who_make_a_file_one_does() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a/b.yaml");
        assert!(write_new(&path, b"first").expect("written"));
        assert!(!write_new(&path, b"second").expect("left alone"));
        assert_eq!(fs::read_to_string(&path).expect("a text"), "first");
        assert_eq!(fs::read_dir(folder.path().join("a")).expect("a folder").count(), 1);
        assert!(unlinked(&path, b"third").is_err());
        assert_eq!(fs::read_to_string(&path).expect("a text"), "first");
    }
}
