//! Builds onto disks that fail at each step: whatever happens, readers have the old site or the new one, whole.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::disk::{Disk, Real};
use super::draft::Draft;
use super::marker::Fingerprint;
use super::*;

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// One step fails and those after it succeed: a bad block, somebody else's lock.
    Once,
    /// From one step on there is no room; deleting and renaming go on.
    Full,
    /// From one step on nothing happens any more, and of files that were not settled the bytes are lost.
    PowerCut,
}

/// The real disk until step number `left`, then a failure.
struct Failing {
    failure: Failure,
    /// Whether two folders can change names in one step.
    exchanges: bool,
    left: AtomicUsize,
    steps: AtomicUsize,
    /// Files that a loss of power would empty, wherever their names have gone by then.
    unsettled: Mutex<Vec<fs::File>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Takes room.
    Fills,
    /// Takes none.
    Moves,
}

impl Failing {
    fn new(failure: Failure, exchanges: bool, left: usize) -> Self {
        Self {
            failure,
            exchanges,
            left: AtomicUsize::new(left),
            steps: AtomicUsize::new(0),
            unsettled: Mutex::new(Vec::new()),
        }
    }

    /// Counts a step; an error if it is one that fails.
    fn step(&self, step: Step) -> io::Result<()> {
        self.steps.fetch_add(1, Ordering::SeqCst);
        let before = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if before.is_ok() {
            return Ok(());
        }
        match self.failure {
            Failure::Once => {
                self.left.store(usize::MAX, Ordering::SeqCst);
                Err(io::ErrorKind::Other.into())
            }
            Failure::Full if step == Step::Moves => Ok(()),
            Failure::Full => Err(io::ErrorKind::StorageFull.into()),
            Failure::PowerCut => Err(io::Error::other("the power is off")),
        }
    }

    fn note(&self, path: &Path) {
        let file = fs::File::options().write(true).open(path).expect("just written");
        self.unsettled.lock().expect("a list").push(file);
    }

    /// What a restart finds of files that were on their way to the disk when the power went.
    fn lose_what_was_not_settled(&self) {
        for file in self.unsettled.lock().expect("a list").iter() {
            file.set_len(0).expect("emptied");
        }
    }
}

impl Disk for Failing {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::Fills)?;
        Real.make_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let allowed = self.step(Step::Fills);
        // What fails in the middle of a file leaves its beginning.
        let written = if allowed.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        Real.write(path, written)?;
        self.note(path);
        allowed
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<Fingerprint> {
        self.step(Step::Fills)?;
        let copied = Real.copy(from, to)?;
        self.note(to);
        Ok(copied)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Fills)?;
        Real.link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Moves)?;
        Real.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step(Step::Moves)?;
        if self.exchanges { Real.exchange(one, other) } else { Err(io::ErrorKind::Unsupported.into()) }
    }

    fn remove(&self, folder: &Path) -> io::Result<()> {
        // Else another build could be at work there.
        let lock = Lock::take(&folder.with_file_name(".public.lock"));
        assert!(matches!(lock, Err(WriteError::Busy(_))), "a tree goes while the lock is held");
        self.step(Step::Moves)?;
        Real.remove(folder)
    }

    fn settle(&self, _folder: &Path) -> io::Result<()> {
        self.step(Step::Moves)?;
        self.unsettled.lock().expect("a list").clear();
        Ok(())
    }

    fn settle_names(&self, _folder: &Path) -> io::Result<()> {
        self.step(Step::Moves)
    }
}

/// A site of this build: a file that stays, one that changes, one that only it has, one that is copied.
fn site(build: &str, picture: &Path) -> Output {
    let mut output = Output::new();
    let own = format!("{build}/deep/own.html");
    for (path, text) in [("index.html", "home"), ("a/index.html", build), (&own, "own")] {
        output.insert(path, text.to_owned()).expect("no conflict");
    }
    output.insert("picture.png", Content::File(picture.to_owned())).expect("no conflict");
    output
}

/// Path and text of every file of a folder; nothing if there is no folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().strip_prefix(folder).expect("below").to_owned(), fs::read(entry.path())))
        .map(|(path, bytes)| (path, bytes.expect("readable")))
        .collect()
}

/// When the files of a site are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Handing {
    /// One by one, as they are made.
    AsMade,
    /// All of them when the last is made.
    AtEnd,
}

/// Writes `output` on `disk`.
fn write_on(
    disk: &dyn Disk,
    target: &Path,
    output: &Output,
    handing: Handing,
) -> Result<Summary, WriteError> {
    let draft = Draft::on(disk, target, Mode::Changes)?;
    if handing == Handing::AtEnd {
        return draft.finish(output);
    }
    let mut put = Output::new();
    for (path, content) in output.files() {
        let content = match content {
            Content::Bytes(bytes) => draft.put(path.as_str(), bytes.clone()),
            other => other.clone(),
        };
        put.insert(path.as_str(), content).expect("no conflict");
    }
    draft.finish(&put)
}

struct Trial {
    folder: tempfile::TempDir,
    old: BTreeMap<PathBuf, Vec<u8>>,
    new: BTreeMap<PathBuf, Vec<u8>>,
}

impl Trial {
    /// Two sites, each built where nothing fails.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        fs::write(folder.path().join("old.png"), [1; 1000]).expect("file");
        fs::write(folder.path().join("new.png"), [2; 1000]).expect("file");
        let trial = Self { folder, old: BTreeMap::new(), new: BTreeMap::new() };
        let built = |name: &str| {
            let target = trial.folder.path().join("wanted").join(name);
            write(&target, &trial.output(name), Mode::Changes).expect("written");
            files(&target)
        };
        let (old, new) = (built("old"), built("new"));
        Self { old, new, ..trial }
    }

    fn output(&self, build: &str) -> Output {
        site(build, &self.folder.path().join(format!("{build}.png")))
    }

    /// Builds the new site over the old one with a failure after `left` steps; how many steps there were.
    fn run(&self, failure: Failure, exchanges: bool, handing: Handing, left: usize) -> usize {
        let about = format!("{failure:?} after {left} steps, exchange {exchanges}, {handing:?}");
        let target = self.folder.path().join(&about).join("public");
        write(&target, &self.output("old"), Mode::Changes).expect("written");
        let disk = Failing::new(failure, exchanges, left);
        let done = write_on(&disk, &target, &self.output("new"), handing);
        if failure == Failure::PowerCut {
            disk.lose_what_was_not_settled();
        }
        let found = files(&target);
        let is_between = !exchanges && !target.exists();
        assert!(found == self.old || found == self.new || is_between, "{about}: {found:?}");
        assert!(done.is_err() || found == self.new, "{about}: said to be done");
        // Who builds next finds nothing in the way, and leaves nothing behind.
        write(&target, &self.output("new"), Mode::Changes).expect("written");
        assert_eq!(files(&target), self.new, "{about}");
        let beside = fs::read_dir(target.parent().expect("a folder")).expect("listed").count();
        assert_eq!(beside, 1, "{about}: nothing stays beside the site");
        disk.steps.into_inner()
    }
}

#[test]
fn a_failure_at_any_step_leaves_a_whole_site() {
    let trial = Trial::new();
    let ways = [true, false].map(|exchanges| [(exchanges, Handing::AsMade), (exchanges, Handing::AtEnd)]);
    for (exchanges, handing) in ways.into_iter().flatten() {
        let whole = trial.run(Failure::Once, exchanges, handing, usize::MAX - 1);
        assert!(whole > 12, "{whole}");
        for failure in [Failure::Once, Failure::Full, Failure::PowerCut] {
            for left in 0..whole {
                trial.run(failure, exchanges, handing, left);
            }
        }
    }
}

#[test]
fn a_first_build_that_fails_leaves_nothing_or_all() {
    let trial = Trial::new();
    let failures = [Failure::Once, Failure::Full, Failure::PowerCut];
    let ways = failures.map(|failure| [(failure, Handing::AsMade), (failure, Handing::AtEnd)]);
    for (failure, handing) in ways.into_iter().flatten() {
        for left in 0..14 {
            let about = format!("first-{failure:?}-{handing:?}-{left}");
            let target = trial.folder.path().join(&about).join("public");
            let disk = Failing::new(failure, true, left);
            let _ = write_on(&disk, &target, &trial.output("new"), handing);
            let found = files(&target);
            assert!(found.is_empty() || found == trial.new, "{about}: {found:?}");
            write(&target, &trial.output("new"), Mode::Changes).expect("written");
            assert_eq!(files(&target), trial.new);
        }
    }
}
