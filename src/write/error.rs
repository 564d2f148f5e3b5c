//! Why a site could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be written; the folder is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The target holds files and no marker: it is no earlier build.
    ForeignFolder(PathBuf),
    /// The target is a file.
    NotAFolder(PathBuf),
    /// The target has no name of its own, such as `/`.
    Nameless(PathBuf),
    /// The target is or holds a folder that the build reads.
    HoldsSources {
        /// The target.
        target: PathBuf,
        /// What would be deleted.
        source: PathBuf,
    },
    /// The marker in the target cannot be understood.
    Marker {
        /// The marker.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Something that no build wrote stands where a file of the site belongs, or cannot be kept.
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// What is the matter with it.
        reason: &'static str,
    },
    /// Another build is writing the same site.
    Busy(PathBuf),
    /// A file that was to stay as it was is not there any more as the last build wrote it.
    Gone(String),
    /// A file changed while it was copied.
    Changed(PathBuf),
    /// The system refused something.
    Io {
        /// What was tried, as in "cannot …".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl WriteError {
    /// For `map_err`: what was tried on `path`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io { action, path: path.to_owned(), cause }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignFolder(path) => write!(
                f,
                "`{}` holds files and was not written by juhend; name an empty or a new folder",
                path.display()
            ),
            Self::NotAFolder(path) => write!(f, "`{}` is not a folder", path.display()),
            Self::Nameless(path) => {
                write!(f, "`{}` cannot be written as a site; name a folder in it", path.display())
            }
            Self::HoldsSources { target, source } => write!(
                f,
                "`{}` cannot be written as a site, since the build reads `{}` from it",
                target.display(),
                source.display()
            ),
            Self::Marker { path, reason } => write!(
                f,
                "`{}` {reason}, so that nobody knows which files a build wrote; delete the folder or name another",
                path.display()
            ),
            Self::InTheWay { path, reason } => {
                write!(f, "`{}` was not written by juhend and {reason}; move it away", path.display())
            }
            Self::Busy(path) => {
                write!(f, "another build is writing this site (it holds `{}`)", path.display())
            }
            Self::Gone(path) => write!(f, "`{path}` is no longer as the last build wrote it; build again"),
            Self::Changed(path) => write!(f, "`{}` changed while it was copied; build again", path.display()),
            Self::Io { action, path, cause } => {
                write!(f, "cannot {action} `{}`: {cause}{}", path.display(), mount_hint(cause))
            }
        }
    }
}

/// Mount points can be neither renamed nor exchanged; containers often make one of the target.
fn mount_hint(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
            "; if it is a mount point, build into a folder below it"
        }
        _ => "",
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
