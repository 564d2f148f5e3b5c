//! What the last build wrote, for those who need not make it again, and the notes that builds leave themselves.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::marker::{Fingerprint, Marker};
use super::site::Site;
use super::{Content, MARKER, WriteError};

/// The last build of a site, as its marker tells it. Whether the files are still as they were is found out when
/// the site is written.
#[derive(Debug)]
pub struct Earlier {
    /// The marker as it is written.
    text: Option<String>,
    /// The marker, once somebody asks for what is in it.
    marker: OnceLock<Option<Marker>>,
    notes: PathBuf,
}

impl Earlier {
    /// What was built into the folder `target`.
    ///
    /// # Errors
    /// A target that cannot be looked at, or that is no folder.
    pub fn of(target: &Path) -> Result<Self, WriteError> {
        let site = Site::of(target)?;
        // A marker that is not there or not understood tells of no build; writing tells what is wrong with it.
        let text = fs::read_to_string(site.target.join(MARKER)).ok();
        Ok(Self { text, marker: OnceLock::new(), notes: site.notes() })
    }

    /// The notes of the last build, if they are about the site as it stands.
    pub fn notes(&self) -> Option<String> {
        let text = fs::read_to_string(&self.notes).ok()?;
        let (heading, notes) = text.split_once('\n')?;
        (heading == self.heading(notes)?).then(|| notes.to_owned())
    }

    /// Leaves notes for the next build about the site as it stands now; nothing to note removes old notes. They are
    /// a help alone: that they cannot be written harms nothing.
    pub fn note(&self, notes: Option<&str>) {
        let text = notes.and_then(|notes| Some(format!("{}\n{notes}", self.heading(notes)?)));
        let is_written = text.is_some_and(|text| write_private(&self.notes, &text).is_ok());
        if !is_written {
            // Old notes would be passed over all the same: they are about another site.
            let _ = fs::remove_file(&self.notes);
        }
    }

    /// What was written below the folder `path`: path and content of each file.
    pub fn below(&self, path: &str) -> Vec<(String, Content)> {
        let prefix = format!("{path}/");
        let files = self.marker().into_iter().flat_map(|marker| &marker.files);
        files
            .filter(|(path, _)| path.as_str().starts_with(&prefix))
            .map(|(path, fingerprint)| (path.to_string(), Content::Kept(*fingerprint)))
            .collect()
    }

    /// What the file at `path` held.
    pub(super) fn fingerprint(&self, path: &str) -> Option<Fingerprint> {
        self.marker()?.files.get(path).copied()
    }

    /// What was written at `path`.
    pub fn file(&self, path: &str) -> Option<Content> {
        self.marker()?.files.get(path).map(|fingerprint| Content::Kept(*fingerprint))
    }

    fn marker(&self) -> Option<&Marker> {
        let parsed = || self.text.as_ref().and_then(|text| Marker::parse(text).ok());
        self.marker.get_or_init(parsed).as_ref()
    }

    /// What stands above `notes`: which site they are about, and by what it shows that they are whole.
    fn heading(&self, notes: &str) -> Option<String> {
        let site = blake3::hash(self.text.as_ref()?.as_bytes());
        Some(format!("{site} {}", blake3::hash(notes.as_bytes())))
    }
}

/// Writes a file that nobody else reads: notes name what the site does not show.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
