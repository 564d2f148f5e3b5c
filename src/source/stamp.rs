//! A cheap sign that a file may have been written again.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Longer than one tick of any file system's clock; the coarsest, that of FAT, ticks every two seconds.
const TICK: Duration = Duration::from_secs(2);

/// What the file system says of a file without reading it. Equal stamps mean: the same bytes.
///
/// The time of the last change of state (`ctime`) is part of it, since tools that restore the time of
/// the last modification (`rsync -t`, `tar`) cannot set it. A file written twice within one tick of the
/// file system's clock, some milliseconds, may keep its stamp; the watcher's quiet time is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    len: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: (u64, u64),
}

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            len: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            inode: (metadata.dev(), metadata.ino()),
        }
    }

    /// Without inodes, length and time must do.
    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.map_or((0, 0), |since| {
            (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()))
        });
        Self { len: metadata.len(), modified, changed: (0, 0), inode: (0, 0) }
    }

    /// Whether a file that is written after `at` is sure to have another stamp: its last change was some time before.
    pub(super) fn is_settled(self, at: SystemTime) -> bool {
        let since = at.checked_sub(TICK).and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
        seconds.is_some_and(|seconds| self.modified.max(self.changed).0 < seconds)
    }

    /// The file's length in bytes.
    pub(super) fn len(self) -> u64 {
        self.len
    }
}
