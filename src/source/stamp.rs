//! A cheap sign that a file may have been written again.

use std::fs::Metadata;

/// What the file system says of a file without reading it. Equal stamps mean: the same bytes.
///
/// The time of the last change of state (`ctime`) is part of it, since tools that restore the time of
/// the last modification (`rsync -t`, `tar`) cannot set it. A file written twice within one tick of the
/// file system's clock, some milliseconds, may keep its stamp; the watcher's quiet time is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    /// The file's length in bytes.
    pub(super) fn len(self) -> u64 {
        self.len
    }
}
