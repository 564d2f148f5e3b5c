//! Puts a finished site on disk: only what changed, and all of it at once.
//!
//! 1. [`Site`] finds out where the site goes, [`Lock`] keeps other builds away from it.
//! 2. [`Old`] looks at what is there: nothing, an earlier build, or a stranger's folder.
//! 3. [`Draft`] takes in finished files: those that are there already stay, the others go into a folder beside the target.
//! 4. [`plan`] compares the whole with what is there, and makes the [`Manifest`] of it. If nothing differs, nothing is
//!    touched.
//! 5. [`staging`] makes that folder the whole new tree, with hard links to the files that stay.
//! 6. [`swap`] exchanges the two folders in one system call; the old tree is deleted.
//!
//! All of it goes through [`disk`], so that tests can let any step fail. [`verify`](verify()) compares a site with its
//! manifest.
//!
//! Why a second tree and not one rename a file: a reader would see pages of two builds mixed, a
//! crash would leave such a mixture behind, and on ext4 twenty thousand renames take seconds where hard
//! links take a fraction of one. The exchange itself takes microseconds. The price is one link per
//! unchanged file, and that the target may be no mount point.

mod compress;
mod disk;
mod draft;
mod durable;
mod earlier;
mod error;
mod lock;
mod manifest;
mod marker;
mod old;
mod output;
mod part;
mod path;
pub mod photograph;
mod plan;
mod site;
mod staging;
mod swap;
mod trial;
mod verify;

pub use compress::{compress, without_copies};
pub use draft::Draft;
pub use earlier::Earlier;
pub use error::WriteError;
pub use manifest::{Listed, MANIFEST, Manifest, Origin, Revision};
pub use marker::{Fingerprint, marked};
pub use output::{Content, Output, OutputError};
pub use part::{JoinError, Part, Shard, join, joined};
pub use path::{OutputPath, PathError};
pub use site::check_target;
pub use trial::Trial;
pub use verify::{Differences, verify};

use std::path::Path;

use disk::Real;
use lock::Lock;
use old::Old;
use site::Site;

/// The file in a written site that says who wrote it and what.
pub const MARKER: &str = ".juhend";

/// Which files to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Those that changed.
    #[default]
    Changes,
    /// All, also those that are on disk already.
    Everything,
}

/// What a build did to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the last build that this one does not have.
    pub removed: usize,
    /// The bytes of the files written.
    pub bytes: u64,
}

/// Makes the folder `target` hold `output`, and the files there that no build wrote.
///
/// A file counts as unchanged if the marker of the last build knows the same hash and length, and the
/// file on disk has that length, an ordinary mode and no later time than the marker. Its inode and time
/// stay. Written files are readable by all (0644, folders 0755) whatever the umask.
///
/// # Errors
///
/// [`WriteError`]; the folder is then as it was.
pub fn write(target: &Path, output: &Output, mode: Mode) -> Result<Summary, WriteError> {
    Draft::open(target, mode)?.finish(output)
}

/// Keeps builds away from a site until it is dropped.
pub struct Hold {
    _lock: Option<Lock>,
}

/// Keeps builds away from the site in the folder `target`, so that its files stay as they are. Where no lock can be made
/// beside it no build can be made there either.
///
/// # Errors
///
/// A build is at work, or the folder cannot be looked at.
pub fn hold(target: &Path) -> Result<Hold, WriteError> {
    match Lock::take(&Site::of(target)?.lock()) {
        Err(WriteError::Io { .. }) => Ok(Hold { _lock: None }),
        lock => Ok(Hold { _lock: Some(lock?) }),
    }
}

/// How many files the last build wrote into the folder `target`, if all of them are there and nobody has touched them
/// since. Clears up after builds that died, as [`write()`] does.
///
/// # Errors
///
/// Another build is at work, or the folder cannot be read.
pub fn untouched(target: &Path) -> Result<Option<usize>, WriteError> {
    let site = Site::of(target)?;
    let _lock = Lock::take(&site.lock())?;
    site.recover(&Real)?;
    let old = Old::read(&site.target)?;
    let tree = old.tree().filter(|tree| plan::is_untouched(tree));
    Ok(tree.map(|tree| tree.marker.files.len()))
}

#[cfg(test)]
mod failing;
#[cfg(test)]
mod tests;
