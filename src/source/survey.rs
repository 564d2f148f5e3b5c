//! How a content folder stands, told without opening what did not change since it was read.

use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::folder::{ReadError, listable, path_of};
use super::walk::{self, Found};
use super::{Sources, Stamp, is_text};
use crate::diagnostic::FileId;

/// The files of a content folder as a walk finds them, at a time.
pub struct Survey {
    files: Vec<Found>,
    faults: Vec<String>,
    at: SystemTime,
    /// BLAKE3 of media that may be written again and keep their stamps, by place in `files`.
    young: Vec<Option<String>>,
}

/// How a file stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Standing {
    path: String,
    /// Nothing where the file may have been written again since and still have this stamp.
    stamp: Option<Stamp>,
    /// BLAKE3 of its bytes, where they were read.
    hash: Option<String>,
}

/// How the files of a folder stood when they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    files: Vec<Standing>,
    /// What was wrong with names and links.
    faults: Vec<String>,
}

impl Survey {
    /// Walks the folder `content`, which must begin with `root`; `at` is the time now.
    ///
    /// # Errors
    /// The folder cannot be listed, or is not below `root`.
    pub fn of(root: &Path, content: &Path, at: SystemTime) -> Result<Self, ReadError> {
        let path = path_of(root, content)?;
        let top = listable(content).map_err(|cause| ReadError::Folder { path: content.to_owned(), cause })?;
        let walk = walk::walk(&top, &path);
        let faults = walk.faults.iter().map(|fault| format!("{fault:?}")).collect();
        Ok(Self { files: walk.files, faults, at, young: Vec::new() })
    }

    /// The same for those who are about to read the folder: what nobody reads by itself and may keep its stamp through
    /// a change is read here, before them. A change since then is seen the next time, whatever they made of it.
    #[must_use]
    pub fn before_reading(mut self) -> Self {
        let is_young = |found: &Found| !is_text(&found.path) && !found.stamp.is_settled(self.at);
        self.young = self.files.par_iter().map(|found| is_young(found).then(|| hash(found))?).collect();
        self
    }

    /// How the files stood when `sources` were read from them, which was after the survey.
    pub fn standings(&self, sources: &Sources) -> Standings {
        let of_source = |id| {
            let text = sources.file(id).map(|file| file.hash);
            text.or_else(|| sources.foreign(id).map(|foreign| foreign.hash))
                .map(|hash| blake3::Hash::from(hash).to_string())
        };
        let each = |(at, found): (usize, &Found)| Standing {
            path: found.path.clone(),
            stamp: self.settled(found),
            hash: of_source(FileId::of(&found.path)).or_else(|| self.young.get(at).cloned().flatten()),
        };
        Standings { files: self.files.iter().enumerate().map(each).collect(), faults: self.faults.clone() }
    }

    /// The standings to go on with if every file holds what it held `before`; else nothing. Only files whose stamps
    /// differ are read.
    pub fn as_before(&self, before: &Standings) -> Option<Standings> {
        if self.files.len() != before.files.len() || self.faults != before.faults {
            return None;
        }
        let pairs = self.files.par_iter().zip(before.files.par_iter());
        let same = |(found, before): (&Found, &Standing)| {
            let is_same = found.path == before.path
                && (before.stamp == Some(found.stamp) || before.hash.is_some() && hash(found) == before.hash);
            is_same.then(|| Standing { stamp: self.settled(found), ..before.clone() })
        };
        let files: Option<Vec<Standing>> = pairs.map(same).collect();
        Some(Standings { files: files?, faults: self.faults.clone() })
    }

    fn settled(&self, found: &Found) -> Option<Stamp> {
        Some(found.stamp).filter(|stamp| stamp.is_settled(self.at))
    }
}

fn hash(found: &Found) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(&found.full).ok()?).ok()?;
    Some(hasher.finalize().to_string())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::Duration;

    use super::*;
    use crate::source::{TEXT_LIMIT, folder};

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            let folder = Self(tempfile::tempdir().expect("temporary folder"));
            folder.put("a.md", "one");
            folder.put("pilt.png", "dots");
            folder
        }

        fn content(&self) -> std::path::PathBuf {
            self.0.path().join("content")
        }

        fn put(&self, path: &str, text: &str) {
            fs::create_dir_all(self.content()).expect("folder");
            fs::write(self.content().join(path), text).expect("file");
        }

        /// A survey by one whose clock is `seconds` ahead.
        fn survey(&self, seconds: u64) -> Survey {
            let at = SystemTime::now() + Duration::from_secs(seconds);
            Survey::of(self.0.path(), &self.content(), at).expect("walked")
        }

        fn standings(&self, seconds: u64) -> Standings {
            let survey = self.survey(seconds).before_reading();
            let (sources, _) = folder::read(self.0.path(), &self.content(), TEXT_LIMIT).expect("read");
            survey.standings(&sources)
        }
    }

    /// Long enough for every file to be settled.
    const LATER: u64 = 60;

    #[test]
    fn what_did_not_change_is_as_before() {
        let folder = Folder::new();
        for seconds in [0, LATER] {
            let before = folder.standings(seconds);
            assert!(folder.survey(seconds).as_before(&before).is_some(), "{seconds}");
        }
    }

    #[test]
    fn a_change_is_seen_whenever_it_happens() {
        for seconds in [0, LATER] {
            for (path, text) in [("a.md", "two"), ("pilt.png", "more"), ("b.md", "new")] {
                let folder = Folder::new();
                let before = folder.standings(seconds);
                folder.put(path, text);
                assert!(folder.survey(seconds).as_before(&before).is_none(), "{path} {seconds}");
            }
            let folder = Folder::new();
            let before = folder.standings(seconds);
            fs::remove_file(folder.content().join("pilt.png")).expect("removed");
            assert!(folder.survey(seconds).as_before(&before).is_none(), "{seconds}");
        }
    }

    #[test]
    fn a_young_file_is_told_by_its_bytes_alone() {
        let folder = Folder::new();
        let before = folder.standings(0);
        assert!(before.files.iter().all(|file| file.stamp.is_none() && file.hash.is_some()));
        let after = folder.survey(LATER).as_before(&before).expect("as it was");
        assert!(after.files.iter().all(|file| file.stamp.is_some() && file.hash.is_some()));
    }

    #[test]
    fn a_text_that_was_only_touched_is_as_before() {
        let folder = Folder::new();
        let before = folder.standings(LATER);
        let file = File::options().write(true).open(folder.content().join("a.md")).expect("opened");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).expect("touched");
        let after = folder.survey(LATER).as_before(&before).expect("as it was");
        assert_ne!(after, before);
    }
}
