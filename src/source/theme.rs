//! Reads a portal's own theme files.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A theme file that could not be read.
#[derive(Debug)]
pub struct ThemeError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub cause: std::io::Error,
}

/// The files below `folder`, by their path in it, sorted; none if there is no such folder. Hidden files
/// and links are left out.
///
/// # Errors
/// The first file that cannot be read.
pub fn read(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, ThemeError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let is_shown = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).sort_by_file_name().min_depth(1);
    for entry in walk.into_iter().filter_entry(|entry| is_shown(entry.file_name())) {
        let entry = entry.map_err(|error| ThemeError {
            path: error.path().unwrap_or(folder).to_owned(),
            cause: error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links")),
        })?;
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path())
                .map_err(|cause| ThemeError { path: entry.path().to_owned(), cause })?;
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.push((relative.to_string_lossy().replace('\\', "/"), bytes));
        }
    }
    Ok(files)
}
