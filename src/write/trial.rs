//! A folder beside a site, for building it once more and comparing the two.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::old::{Old, Tree};
use super::site::Site;
use super::{MARKER, WriteError};

/// The folder; it goes when dropped. One whose build died goes with the next build of the site.
pub struct Trial {
    path: PathBuf,
    site: PathBuf,
}

impl Trial {
    /// A folder beside that of the site in `target`, which is not made yet.
    ///
    /// # Errors
    /// A target that cannot be looked at.
    pub fn beside(target: &Path) -> Result<Self, WriteError> {
        let site = Site::of(target)?;
        Ok(Self { path: site.trial(), site: site.target })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The paths, sorted, at which the two folders differ by a byte, of all files that a build wrote.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn differences(&self) -> Result<Vec<String>, WriteError> {
        let [site, trial] = [Old::read(&self.site)?, Old::read(&self.path)?];
        let names = |old: &Old| -> BTreeSet<String> {
            let written = |tree: &Tree| tree.marker.files.keys().map(ToString::to_string).collect();
            old.tree().map(written).unwrap_or_default()
        };
        let mut paths = names(&site);
        paths.extend(names(&trial));
        paths.insert(MARKER.to_owned());
        let paths: Vec<String> = paths.into_iter().collect();
        let compared: Result<Vec<Option<String>>, WriteError> = paths
            .into_par_iter()
            .map(
                |path| Ok((bytes(&self.site.join(&path))? != bytes(&self.path.join(&path))?).then_some(path)),
            )
            .collect();
        Ok(compared?.into_iter().flatten().collect())
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// What a file holds; nothing where there is none.
fn bytes(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::io("read", path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{Mode, Output, write};

    fn build(folder: &Path, files: &[(&str, &str)]) {
        let mut output = Output::new();
        for (path, text) in files {
            output.insert(*path, (*text).to_owned()).expect("no conflict");
        }
        write(folder, &output, Mode::Changes).expect("written");
    }

    #[test]
    fn every_difference_is_named() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let target = folder.path().join("public");
        build(&target, &[("a", "1"), ("b", "2"), ("c", "3")]);
        let trial = Trial::beside(&target).expect("found");
        build(trial.path(), &[("a", "1"), ("b", "2"), ("c", "3")]);
        assert_eq!(trial.differences().expect("compared"), [""; 0]);

        build(trial.path(), &[("a", "1"), ("b", "0"), ("d", "4")]);
        fs::write(target.join("stranger"), "no build wrote this").expect("file");
        assert_eq!(trial.differences().expect("compared"), [MARKER, "b", "c", "d"]);
        let path = trial.path().to_owned();
        drop(trial);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_was_touched_behind_the_back_of_builds_differs() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let target = folder.path().join("public");
        build(&target, &[("a", "1")]);
        let trial = Trial::beside(&target).expect("found");
        build(trial.path(), &[("a", "1")]);
        fs::write(target.join("a"), "2").expect("file");
        assert_eq!(trial.differences().expect("compared"), ["a"]);
    }
}
