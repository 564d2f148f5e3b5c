//! What cannot be read from Git, and the command that mends it.

use std::fmt;
use std::path::PathBuf;

/// Why a question to a repository has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitFault {
    /// The program `git` is not installed.
    NoProgram,
    /// The folder is in no repository.
    NoRepository,
    /// The repository belongs to another user, and nobody said that it is safe.
    Foreign(PathBuf),
    /// The text is no name of a revision.
    BadName(String),
    /// The repository has no such revision; the command that would bring it, where there is one.
    NoRevision(String, Option<String>),
    /// No tag or branch fits the glob; the command that would bring more.
    NoMatch(String, Option<String>),
    /// The revision has no such folder.
    NoFolder(String, String),
    /// What `git` said, on one line.
    Refused(String),
}

impl GitFault {
    /// What happened, as a phrase in lower case.
    pub fn message(&self) -> String {
        match self {
            Self::NoProgram => "the program `git` is not installed".to_owned(),
            Self::NoRepository => "the content is in no Git repository".to_owned(),
            Self::Foreign(_) => "the Git repository belongs to another user".to_owned(),
            Self::BadName(name) => format!("`{}` is no name of a Git revision", name.escape_debug()),
            Self::NoRevision(name, _) => format!("there is no Git revision `{name}`"),
            Self::NoMatch(glob, _) => format!("no tag or branch is called like `{glob}`"),
            Self::NoFolder(name, path) => format!("the Git revision `{name}` has no folder `{path}`"),
            Self::Refused(said) => format!("`git` says: {said}"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoProgram => Some("install Git, or keep the version as a folder: `dir:PATH`".to_owned()),
            Self::Foreign(folder) => Some(format!(
                "if you trust it, run `git config --global --add safe.directory {}`",
                folder.display()
            )),
            Self::BadName(_) => Some("name a tag, a branch or a commit".to_owned()),
            Self::NoRevision(name, mend) => {
                let made = is_name_of_tag(name)
                    .then(|| format!("if it is a version just cut, make its tag: `git tag {name}`"));
                match (mend.as_deref().map(brought), made) {
                    (Some(brought), Some(made)) => Some(format!("{brought}, or {made}")),
                    (brought, made) => brought.or(made),
                }
            }
            Self::NoMatch(_, mend) => mend.as_deref().map(brought),
            Self::NoFolder(name, _) => {
                Some(format!("name the folder as seen from the repository's root: `git:{name}:PATH`"))
            }
            Self::NoRepository | Self::Refused(_) => None,
        }
    }
}

/// What brings a revision that another clone has.
fn brought(mend: &str) -> String {
    format!("this clone may lack it: run `{mend}`")
}

/// Whether somebody could mean a tag that is not made yet, as after `juhend version cut`: no branch of a remote, no
/// commit.
fn is_name_of_tag(name: &str) -> bool {
    !name.contains('/') && !name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl fmt::Display for GitFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for GitFault {}
