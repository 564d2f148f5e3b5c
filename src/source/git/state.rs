//! Which commit is checked out, and whether something beside it is not committed.

use std::path::Path;

use super::fault::GitFault;
use super::program::ask;

/// The state of the sources in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The commit that is checked out, hexadecimal.
    pub commit: String,
    /// Whether a file below the folder is changed, new or gone beside it. Ignored files do not count.
    pub is_dirty: bool,
}

/// The state of the files below `folder`; nothing before the first commit.
///
/// # Errors
/// `git` is not installed, or the folder is in no repository.
pub fn state(folder: &Path) -> Result<Option<State>, GitFault> {
    let arguments = ["status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=normal"];
    let said = ask(folder, &[&arguments[..], &["--ignore-submodules=none", "--", "."]].concat(), b"")?;
    Ok(read(&String::from_utf8_lossy(&said)))
}

/// What `git` printed: lines about the branch that begin with `#`, and one for each file that differs.
pub(super) fn read(said: &str) -> Option<State> {
    let commit = said.lines().find_map(|line| line.strip_prefix("# branch.oid "))?;
    let is_dirty = said.lines().any(|line| !line.starts_with('#') && !line.is_empty());
    (commit != "(initial)").then(|| State { commit: commit.to_owned(), is_dirty })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_file_that_differs_is_told() {
        let state = |is_dirty| Some(State { commit: "4f2a91c".to_owned(), is_dirty });
        for (said, wanted) in [
            ("# branch.oid 4f2a91c\n# branch.head main\n", state(false)),
            ("# branch.oid 4f2a91c\n# branch.head main\n1 .M N... 1 2 3 a b guides/a.md\n", state(true)),
            ("# branch.oid 4f2a91c\n? guides/new.md\n", state(true)),
            ("# branch.oid (initial)\n# branch.head main\n? a\n", None),
            ("", None),
        ] {
            assert_eq!(read(said), wanted, "{said}");
        }
    }
}
