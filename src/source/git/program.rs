//! Starts the program `git`. No other file does.
//!
//! A repository may come from anywhere, and its configuration may name programs. Each question is one that
//! starts none of them, takes names behind `--end-of-options` or on standard input, and answers from what
//! is on disk.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::fault::GitFault;

/// Settings that win over those of the repository and the user: what they would start or change.
const SETTINGS: [&str; 8] = [
    // A program that watches the files.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    // A partial clone fetches what it lacks when it is asked for it.
    "protocol.allow=never",
    // A program that checks signatures.
    "log.showSignature=false",
    "log.showRoot=true",
    "gc.auto=0",
    "maintenance.auto=false",
    // Renames are found alike on every machine.
    "diff.renameLimit=1000",
];

/// Variables that lead to another repository or another answer, or name programs. Which configuration is
/// the user's stays: there it says whose repositories are safe.
const REMOVED: [&str; 31] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_ATTR_SOURCE",
    "GIT_DEFAULT_HASH",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_DIFF_OPTS",
    "GIT_EXTERNAL_DIFF",
    "GIT_PAGER",
    "GIT_EDITOR",
    "GIT_ASKPASS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_PROXY_COMMAND",
    "GIT_TRACE",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
];

/// What `git` prints in `folder`, given `input`.
pub(super) fn ask(folder: &Path, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitFault> {
    let output = answer(folder, arguments, input).map_err(|error| match error.kind() {
        ErrorKind::NotFound => GitFault::NoProgram,
        _ => GitFault::Refused(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(refusal(folder, &String::from_utf8_lossy(&output.stderr)))
}

/// What is meant by what `git` says, in its own words where it says something unusual.
fn refusal(folder: &Path, said: &str) -> GitFault {
    let line = said.lines().find(|line| line.starts_with("fatal: ")).or_else(|| said.lines().next());
    let line = line.unwrap_or_default().trim();
    let line = line.strip_prefix("fatal: ").unwrap_or(line);
    if line.starts_with("not a git repository") {
        GitFault::NoRepository
    } else if line.starts_with("detected dubious ownership") {
        GitFault::Foreign(folder.to_owned())
    } else {
        GitFault::Refused(line.to_owned())
    }
}

fn answer(folder: &Path, arguments: &[&str], input: &[u8]) -> io::Result<Output> {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-optional-locks", "--no-replace-objects"]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.arg("-C").arg(folder).args(arguments);
    for name in REMOVED {
        command.env_remove(name);
    }
    command
        .env("LC_ALL", "C")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let stdin = child.stdin.take();
    // Both ends are served at once: a long answer would otherwise wait for a reader that still writes.
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has enough ends the reading; what it says is looked at below.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        child.wait_with_output()
    })
}
