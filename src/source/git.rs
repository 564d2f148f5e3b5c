//! Reads files of a Git revision from the object store, without a checkout, by the program `git`.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Why a revision cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitFault {
    /// The program `git` is not installed.
    NoProgram,
    /// What `git` said, on one line.
    Refused(String),
}

/// A file of a revision: its path as seen from the folder that was asked for, and its bytes.
pub type Entry = (String, Vec<u8>);

/// The files of `revision` at or below `paths` of `folder`, sorted by path; links are passed over.
///
/// # Errors
/// `git` is not installed, `folder` is in no repository, or the repository has no such revision.
pub fn files(folder: &Path, revision: &str, paths: &[&str]) -> Result<Vec<Entry>, GitFault> {
    let commit = format!("{revision}^{{commit}}");
    let commit = run(folder, &["rev-parse", "--verify", "--end-of-options", &commit], b"")?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let listed = run(folder, &[&["ls-tree", "-r", "-z", &commit, "--"], paths].concat(), b"")?;
    let blobs: Vec<(String, String)> = listed.split(|byte| *byte == 0).filter_map(blob).collect();
    let wanted: String = blobs.iter().map(|(id, _)| format!("{id}\n")).collect();
    let contents = run(folder, &["cat-file", "--batch"], wanted.as_bytes())?;
    let mut files: Vec<Entry> =
        blobs.into_iter().map(|(_, path)| path).zip(Contents { rest: &contents }).collect();
    files.sort();
    Ok(files)
}

/// The id and path in `100644 blob 3b18e5\tcontent/a.yaml`, if it is a file.
fn blob(line: &[u8]) -> Option<(String, String)> {
    let (about, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, kind, id) = (about.next()?, about.next()?, about.next()?);
    (kind == "blob" && mode.starts_with("100")).then(|| (id.to_owned(), path.to_owned()))
}

/// What `cat-file --batch` prints: a line that ends with the size, so many bytes, and a line feed, again
/// and again.
struct Contents<'a> {
    rest: &'a [u8],
}

impl Iterator for Contents<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let line = self.rest.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(self.rest.get(..line)?).ok()?;
        let size: usize = head.rsplit(' ').next()?.parse().ok()?;
        let body = self.rest.get(line + 1..line + 1 + size)?.to_vec();
        self.rest = self.rest.get(line + size + 2..).unwrap_or_default();
        Some(body)
    }
}

/// What `git` prints in `folder`, given `input`.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitFault> {
    let output = answer(folder, arguments, input).map_err(|error| match error.kind() {
        ErrorKind::NotFound => GitFault::NoProgram,
        _ => GitFault::Refused(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim();
    Err(GitFault::Refused(said.strip_prefix("fatal: ").unwrap_or(said).to_owned()))
}

fn answer(folder: &Path, arguments: &[&str], input: &[u8]) -> io::Result<Output> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_told_apart_by_their_size() {
        let printed = b"3b18e5 blob 4\na\nb\n\n9f2c blob 0\n\n77aa blob 1\nc\n";
        let read: Vec<Vec<u8>> = Contents { rest: printed }.collect();
        assert_eq!(read, [b"a\nb\n".to_vec(), Vec::new(), b"c".to_vec()]);
    }

    #[test]
    fn only_files_are_read() {
        assert_eq!(blob(b"100644 blob 3b18\ta b.yaml"), Some(("3b18".to_owned(), "a b.yaml".to_owned())));
        assert_eq!(blob(b"120000 blob 3b18\tlink.yaml"), None);
        assert_eq!(blob(b"160000 commit 3b18\tmodule"), None);
        assert_eq!(blob(b""), None);
    }
}
