//! Files that are written as a whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::exit::Failure;

/// Writes a file, and the folders above it, so that nobody ever sees half of it: what was there stays until the new
/// bytes are on disk.
///
/// # Errors
/// What the file system says. Nothing is left behind then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure =
        |error: std::io::Error| Failure::new(format!("`{}` cannot be written: {error}", path.display()));
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(failure)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A name with a dot in front is no content, should the program be stopped here.
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What is left beside it is of no use to anybody.
        let _ = fs::remove_file(&beside);
        failure(error)
    })
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
}
