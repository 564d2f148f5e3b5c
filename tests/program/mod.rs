//! The program as tests run it: what it is given, and what it gave.
// Each test uses what it needs of it.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The day of most tests: a Friday, so that the example's days are easy to follow.
pub const DAY: &str = "2026-10-16";

/// What a run of the program gave.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// What it answered.
    pub out: String,
    /// What it said besides.
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// The same, which must have gone well.
    #[track_caller]
    pub fn fine(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }
}

/// `juhend` in `folder`, with nothing of what the machine sets.
pub fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juhend"));
    command.args(args).current_dir(folder);
    for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command
}

/// Runs `juhend` in `folder`.
pub fn juhend(folder: &Path, args: &[&str]) -> Ran {
    Ran::of(program(folder, args).output().expect("the program starts"))
}

/// Runs `juhend` in `folder` on the day of the tests.
pub fn dated(folder: &Path, args: &[&str]) -> Ran {
    juhend(folder, &[&["--as-of", DAY], args].concat())
}

/// The same where no other program is found but those in the folder `path`.
pub fn dated_among(path: &Path, folder: &Path, args: &[&str]) -> Ran {
    let mut command = program(folder, &[&["--as-of", DAY], args].concat());
    Ran::of(command.env("PATH", path).output().expect("the program starts"))
}

/// Runs `juhend` in `folder` with `input` as its standard input.
pub fn told(folder: &Path, args: &[&str], input: &str) -> Ran {
    let mut command = program(folder, args);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(input.as_bytes()).expect("written");
    drop(stdin);
    Ran::of(child.wait_with_output().expect("it ends"))
}

/// Runs `juhend` in `folder`, which must go well; gives what it answered.
#[track_caller]
pub fn fine(folder: &Path, args: &[&str]) -> String {
    juhend(folder, args).fine().out
}

/// Writes the file at `path`, with its folders.
pub fn put(path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    let path = path.as_ref();
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// The text at `path`.
#[track_caller]
pub fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Runs `git` on the repository in `folder`, as somebody whose settings nobody knows.
#[track_caller]
pub fn git(folder: &Path, args: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Portal", "-c", "user.email=portal@example.ee", "-c", "commit.gpgsign=false"])
        .args(args)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}
