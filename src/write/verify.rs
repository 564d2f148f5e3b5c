//! Compares a folder with the manifest of a site.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Listed, MANIFEST, Manifest};
use super::{MARKER, WriteError};
use crate::digest::{Digest, Hasher};

/// In what a published site differs from its manifest: paths, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files that are listed and not there.
    pub missing: Vec<String>,
    /// Files with other bytes than those listed.
    pub changed: Vec<String>,
    /// Files that are there and not listed.
    pub extra: Vec<String>,
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.extra.is_empty()
    }
}

/// What is found at the path of a listed file.
enum Found {
    Same,
    Other,
    Nothing,
}

/// Compares every file below `folder` with `manifest`. The manifest itself and the builder's marker are left out.
///
/// # Errors
/// A file or folder that cannot be read.
pub fn verify(folder: &Path, manifest: &Manifest) -> Result<Differences, WriteError> {
    let listed: Vec<_> = manifest.files.iter().collect();
    let found: Vec<Result<Found, WriteError>> = listed
        .par_iter()
        .map(|(path, listed)| {
            let path = path.below(folder);
            look(&path, **listed).map_err(WriteError::io("read", &path))
        })
        .collect();
    let mut differences = Differences { extra: extra(folder, manifest)?, ..Differences::default() };
    for ((path, _), found) in listed.iter().zip(found) {
        match found? {
            Found::Same => {}
            Found::Other => differences.changed.push(path.to_string()),
            Found::Nothing => differences.missing.push(path.to_string()),
        }
    }
    Ok(differences)
}

fn look(path: &Path, listed: Listed) -> io::Result<Found> {
    let metadata = match path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Found::Nothing);
        }
        Err(error) => return Err(error),
    };
    // No build writes links: what one leads to may change without the site.
    if !metadata.is_file() || metadata.len() != listed.bytes {
        return Ok(Found::Other);
    }
    Ok(if digest_of(path)? == listed.sha256 { Found::Same } else { Found::Other })
}

/// The hash of a file, read piece by piece.
pub(super) fn digest_of(path: &Path) -> io::Result<Digest> {
    let mut file = File::open(path)?;
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(count) => hasher.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn extra(folder: &Path, manifest: &Manifest) -> Result<Vec<String>, WriteError> {
    let mut extra = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links"));
            WriteError::io("list", folder)(cause)
        })?;
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let is_known = path.to_str().is_some_and(|path| {
            // Paths of a manifest have `/` between their names.
            let path = path.replace(std::path::MAIN_SEPARATOR, "/");
            path == MARKER || path == MANIFEST || manifest.files.contains_key(path.as_str())
        });
        if !entry.file_type().is_dir() && !is_known {
            extra.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(extra)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::super::{Mode, Origin, Output, write};
    use super::*;

    fn built(root: &Path) -> Manifest {
        let mut output = Output::new();
        for (path, text) in [("a.html", "A"), ("b/index.html", "B"), ("c", ""), ("d", "D")] {
            output.insert(path, text.to_owned()).expect("no conflict");
        }
        let origin = Origin {
            program: "juhend 1".to_owned(),
            as_of: "2026-10-16".to_owned(),
            audience: "public".to_owned(),
            source: None,
            part: None,
        };
        output.sign(origin).expect("no conflict");
        write(root, &output, Mode::Changes).expect("written");
        Manifest::parse(&fs::read(root.join(MANIFEST)).expect("a manifest")).expect("understood")
    }

    #[test]
    fn what_was_built_is_what_is_listed() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let root = folder.path().join("public");
        let manifest = built(&root);
        let paths: Vec<&str> = manifest.files.keys().map(super::super::OutputPath::as_str).collect();
        assert_eq!(paths, ["a.html", "b/index.html", "c", "d"]);
        assert_eq!(verify(&root, &manifest).expect("read"), Differences::default());
    }

    #[test]
    fn what_is_missing_changed_or_extra_is_told() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let root = folder.path().join("public");
        let manifest = built(&root);
        fs::write(root.join("a.html"), "X").expect("written");
        fs::remove_dir_all(root.join("b")).expect("removed");
        fs::write(root.join("b"), "a file in the place of a folder").expect("written");
        fs::remove_file(root.join("d")).expect("removed");
        symlink("/etc/hostname", root.join("d")).expect("linked");
        fs::create_dir(root.join("e")).expect("a folder");
        fs::write(root.join("e/index.html"), "E").expect("written");
        let of = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        let wanted = Differences {
            missing: of(&["b/index.html"]),
            changed: of(&["a.html", "d"]),
            extra: of(&["b", "e/index.html"]),
        };
        assert_eq!(verify(&root, &manifest).expect("read"), wanted);
    }
}
