//! The same content gives the same bytes: again, elsewhere, with more threads, in another zone and language,
//! whatever the times of its files and the order in which they were written.

mod program;

use std::fs;
use std::path::Path;

use program::{DAY, program};

/// A folder that has something of every kind, and one of versions and media.
const TREES: [&str; 2] = ["every-kind", "versions"];

fn copy(from: &Path, to: &Path, backwards: bool) {
    let mut entries: Vec<_> = walkdir::WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .collect();
    if backwards {
        entries.reverse();
    }
    for entry in entries {
        let path = to.join(entry.path().strip_prefix(from).expect("below"));
        program::put(path, fs::read(entry.path()).expect("readable"));
    }
}

/// What a build makes of the tree: the marker, which holds the hash of every file, and the manifest.
fn built(root: &Path, more: &[&str], surroundings: &[(&str, &str)]) -> Vec<String> {
    let out = tempfile::tempdir().expect("temporary folder");
    let target = out.path().join("public");
    let target = target.to_str().expect("a path");
    let args = ["--as-of", DAY, "build", "-q", "--audience", "restricted", "-o", target];
    let mut command = program(root, &[&args, more].concat());
    let output = command.envs(surroundings.iter().copied()).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    [".juhend", "manifest.json"].map(|name| program::read(Path::new(target).join(name))).into()
}

#[test]
fn nothing_but_the_content_decides_the_bytes() {
    for name in TREES {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let [one, other] = [false, true].map(|backwards| {
            let folder = tempfile::tempdir().expect("temporary folder");
            copy(&from, folder.path(), backwards);
            folder
        });
        let wanted = built(one.path(), &["--jobs", "1"], &[]);
        let is_wanted = |root: &Path, more: &[&str], surroundings: &[(&str, &str)]| {
            let found = built(root, more, surroundings);
            assert!(found == wanted, "{name} with {more:?} and {surroundings:?} differs");
        };
        is_wanted(one.path(), &["--jobs", "8"], &[]);
        is_wanted(other.path(), &["--jobs", "3"], &[]);
        let turkish = [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
        is_wanted(one.path(), &[], &turkish);
        is_wanted(other.path(), &[], &[("TZ", "America/Adak"), ("LC_ALL", "C"), ("HOME", "/nonexistent")]);
    }
}
