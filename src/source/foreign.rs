//! Reads the result files of other tools: those that a run names, and no other.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use rayon::prelude::*;

use super::walk::cause;
use super::{Media, MediaBytes, Sources, Stamp};
use crate::diagnostic::FileId;

/// A result file of another tool, as it is on disk.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// Its bytes; where it could not be read, why.
    pub bytes: Result<Arc<[u8]>, String>,
    /// BLAKE3 of the bytes.
    pub hash: [u8; 32],
    stamp: Option<Stamp>,
}

/// The files that were opened, by identity.
pub(super) type Opened = HashMap<FileId, Foreign>;

impl Sources {
    /// The same with the bytes of the media at `paths`, none longer than `limit`. Those that did not change
    /// since `previous` was read are not opened again.
    #[must_use]
    pub fn opened(mut self, paths: &[String], previous: Option<&Self>, limit: u64) -> Self {
        let take = |path: &String| {
            let medium = self.medium(FileId::of(path))?;
            let known = previous.and_then(|previous| previous.foreign(medium.id));
            let is_same = |known: &&Foreign| {
                known.stamp.is_some() && known.stamp == medium.stamp && known.bytes.is_ok()
            };
            let kept = known.filter(is_same).cloned();
            Some((medium.id, kept.unwrap_or_else(|| open(medium, limit))))
        };
        let opened: Opened = paths.par_iter().filter_map(take).collect();
        self.opened = opened;
        self
    }

    /// The result file with this identity, where it was opened.
    pub fn foreign(&self, id: FileId) -> Option<&Foreign> {
        self.opened.get(&id)
    }
}

fn open(medium: &Media, limit: u64) -> Foreign {
    let bytes = read(medium, limit);
    let hash = blake3::hash(bytes.as_deref().unwrap_or_default()).into();
    Foreign { bytes, hash, stamp: medium.stamp }
}

fn read(medium: &Media, limit: u64) -> Result<Arc<[u8]>, String> {
    let bytes = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(medium.len.min(limit)).unwrap_or_default());
        match &medium.bytes {
            MediaBytes::File(full) => {
                File::open(full)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
            }
            MediaBytes::Held(held) => bytes.extend_from_slice(held),
        }
        Ok(bytes)
    };
    match bytes() {
        Ok(bytes) if bytes.len() as u64 > limit => {
            Err(format!("larger than {limit} bytes, the limit of a result file"))
        }
        Ok(bytes) => Ok(bytes.into()),
        Err(error) => Err(cause(&error)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::folder;

    #[test]
    fn only_what_is_named_is_opened_and_only_anew_when_it_changed() {
        let project = tempfile::tempdir().expect("temporary folder");
        let content = project.path().join("content");
        fs::create_dir_all(content.join("runs")).expect("folder");
        for (name, text) in [("a.xml", "<a/>"), ("b.xml", "<b/>"), ("long.xml", "<long></long>")] {
            fs::write(content.join("runs").join(name), text).expect("file");
        }
        let read = || folder::read(project.path(), &content, 64).expect("readable").0;
        let wanted: Vec<String> =
            ["a.xml", "long.xml", "none.xml"].map(|name| format!("content/runs/{name}")).into();
        let first = read().opened(&wanted, None, 8);
        let bytes = |sources: &Sources, name: &str| {
            sources.foreign(FileId::of(&format!("content/runs/{name}"))).map(|foreign| foreign.bytes.clone())
        };
        assert_eq!(bytes(&first, "a.xml"), Some(Ok(Arc::from(*b"<a/>"))));
        assert_eq!(bytes(&first, "b.xml"), None);
        assert_eq!(
            bytes(&first, "long.xml"),
            Some(Err("larger than 8 bytes, the limit of a result file".to_owned()))
        );
        let again = read().opened(&wanted, Some(&first), 8);
        let same = |a: Option<Result<Arc<[u8]>, String>>, b: Option<Result<Arc<[u8]>, String>>| match (a, b) {
            (Some(Ok(a)), Some(Ok(b))) => Arc::ptr_eq(&a, &b),
            _ => false,
        };
        assert!(same(bytes(&first, "a.xml"), bytes(&again, "a.xml")));
        fs::write(content.join("runs/a.xml"), "<A/>").expect("file");
        assert_eq!(bytes(&read().opened(&wanted, Some(&again), 8), "a.xml"), Some(Ok(Arc::from(*b"<A/>"))));
    }
}
