//! Builds that do not end well: killed at any moment, on a full disk, into a folder that cannot be written, two at
//! once. Readers have the old portal or the new one, whole, and the next build mends what was left behind.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use program::{DAY, juhend, program, put};
use tempfile::TempDir;

/// Path and hash of every file of a portal.
type Files = BTreeMap<PathBuf, blake3::Hash>;

fn files(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below").to_owned();
            (path, blake3::hash(&fs::read(entry.path()).expect("readable")))
        })
        .collect()
}

/// A project with two states of its content, and the portal of each.
struct Trial {
    folder: TempDir,
    portals: [Files; 2],
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let root = folder.path();
        put(root.join("content/portal.yaml"), "title: Crash\nlanguages: [en]\n");
        for page in 0..40 {
            put(root.join(format!("content/guides/page-{page}.md")), format!("# Page {page}\n\nStays.\n"));
        }
        let mut trial = Self { folder, portals: [Files::new(), Files::new()] };
        trial.portals = [0, 1].map(|state| {
            trial.turn(state);
            assert_eq!(trial.build(&[]), 0);
            files(&trial.target())
        });
        assert_ne!(trial.portals[0], trial.portals[1]);
        trial
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("out/public")
    }

    /// The content in one of its states.
    fn turn(&self, state: usize) {
        for page in 0..20 {
            let path = self.folder.path().join(format!("content/guides/page-{page}.md"));
            put(path, format!("# Page {page}\n\nState {state}.\n"));
        }
        let only = |state: usize| self.folder.path().join(format!("content/guides/only-{state}.md"));
        put(only(state), "# Only in this state\n");
        // The first turn finds no other state.
        let _ = fs::remove_file(only(1 - state));
    }

    fn build(&self, more: &[&str]) -> i32 {
        juhend(self.folder.path(), &[&["--as-of", DAY, "build", "-q", "-o", "out/public"], more].concat())
            .code
    }

    fn start(&self) -> Child {
        let args = ["--as-of", DAY, "build", "-q", "-o", "out/public"];
        let mut command = program(self.folder.path(), &args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }

    /// Whether a build is making its tree now.
    fn is_staging(&self) -> bool {
        let entries = fs::read_dir(self.folder.path().join("out")).expect("listed");
        entries.filter_map(Result::ok).any(|entry| entry.file_name().to_string_lossy().contains("staging-"))
    }

    #[track_caller]
    fn check_whole(&self, about: &str) -> usize {
        let found = files(&self.target());
        let state = self.portals.iter().position(|portal| *portal == found);
        state.unwrap_or_else(|| panic!("{about}: a mixture of {} files", found.len()))
    }

    fn check_clean(&self, about: &str) {
        let beside: Vec<_> = fs::read_dir(self.folder.path().join("out"))
            .expect("listed")
            .map(|entry| entry.expect("an entry").file_name())
            .filter(|name| name != "public" && name != ".public.notes")
            .collect();
        assert!(beside.is_empty(), "{about}: {beside:?} stays beside the portal");
    }
}

/// Kills a build after `delay`, counted from its start or from when it begins to write.
fn kill(trial: &Trial, delay: Duration, from_writing: bool) {
    let mut build = trial.start();
    while from_writing && !trial.is_staging() && build.try_wait().expect("asked").is_none() {
        thread::yield_now();
    }
    let started = Instant::now();
    while started.elapsed() < delay {
        thread::yield_now();
    }
    // SIGKILL; one that has ended already is one of the moments too.
    build.kill().expect("killed");
    build.wait().expect("ended");
}

#[test]
fn a_build_that_is_killed_leaves_a_whole_portal_and_the_next_one_mends() {
    let trial = Trial::new();
    trial.turn(0);
    let started = Instant::now();
    assert_eq!(trial.build(&[]), 0);
    let whole = started.elapsed();
    let writing = whole / 4;
    let mut ends = [0, 0];
    for moment in 0..24 {
        let (state, from_writing) = ((moment + 1) % 2, moment % 3 != 0);
        trial.turn(state as usize);
        let delay = if from_writing { writing } else { whole } * moment / 24;
        kill(&trial, delay, from_writing);
        let about = format!("killed after {delay:?}, counted from writing: {from_writing}");
        ends[usize::from(trial.check_whole(&about) == state as usize)] += 1;
    }
    println!("killed: {} times the old portal stood, {} times the new one", ends[0], ends[1]);
    trial.turn(1);
    assert_eq!(trial.build(&[]), 0);
    assert_eq!(trial.check_whole("after all"), 1);
    trial.check_clean("after all");
}

#[test]
fn a_file_that_cannot_grow_leaves_a_whole_portal() {
    let trial = Trial::new();
    trial.turn(0);
    assert_eq!(trial.build(&[]), 0);
    trial.turn(1);
    // Blocks of 512 bytes, as POSIX counts them. Ignored, the signal becomes an error; else it kills.
    for blocks in [1, 4, 16] {
        for trap in ["trap '' XFSZ;", ""] {
            let script = format!("ulimit -c 0; {trap} ulimit -f {blocks}; exec \"$@\"");
            let juhend = env!("CARGO_BIN_EXE_juhend");
            let args = [juhend, "--as-of", DAY, "build", "-q", "-o", "out/public"];
            let mut command = Command::new("sh");
            let command = command.current_dir(trial.folder.path()).args(["-c", &script, "sh"]).args(args);
            let output = command.output().expect("a shell");
            assert!(!output.status.success(), "{blocks} blocks: {}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(trial.check_whole(&format!("{blocks} blocks, {trap}")), 0);
        }
    }
    assert_eq!(trial.build(&[]), 0);
    assert_eq!(trial.check_whole("after all"), 1);
    trial.check_clean("after all");
}

/// Mounts a small disk in a name space of its own, and breaks it while the shell looks.
const SMALL_DISK: &str = r#"
set -eu
juhend=$1 day=$2
mount -t tmpfs -o size=64m none "$3/out"
build() { "$juhend" -C "$3" --as-of "$day" build -q -o "$3/out/public"; }
sums() { (cd "$1/out/public" && find . -type f -exec sha256sum {} + | sort); }
state() { for n in $(seq 0 19); do printf '# Page %s\n\nState %s.\n' $n "$2" > "$1/content/guides/page-$n.md"; done; }
state "$3" 0; build "$@"; old=$(sums "$3")
state "$3" 1
for left in 0 16 32 64; do
  rm -f "$3/out/filler"
  free=$(df -k --output=avail "$3/out" | tail -1)
  head -c $(((free - left) * 1024)) /dev/zero > "$3/out/filler"
  if build "$@" 2>"$3/said"; then echo "with $left KB left the build went well"; exit 1; fi
  grep -q 'No space left' "$3/said" || { cat "$3/said"; exit 1; }
  [ "$(sums "$3")" = "$old" ] || { echo "with $left KB left the portal changed"; exit 1; }
done
rm "$3/out/filler"
mount -o remount,ro "$3/out"
if build "$@" 2>"$3/said"; then echo 'a read-only disk was written'; exit 1; fi
grep -q 'Read-only' "$3/said" || { cat "$3/said"; exit 1; }
[ "$(sums "$3")" = "$old" ] || { echo 'on a read-only disk the portal changed'; exit 1; }
mount -o remount,rw "$3/out"
build "$@"
[ "$(sums "$3")" != "$old" ] || { echo 'nothing new was built'; exit 1; }
[ "$(ls -A "$3/out" | grep -v '^.public.notes$')" = public ] || { ls -A "$3/out"; exit 1; }
"#;

#[test]
fn a_full_and_a_read_only_disk_leave_the_old_portal() {
    let own = ["--user", "--map-root-user", "--mount"];
    let may = Command::new("unshare").args(own).args(["mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !may.is_ok_and(|output| output.status.success()) {
        println!("passed over: this system lets nobody mount a disk of their own");
        return;
    }
    let trial = Trial::new();
    let root = trial.folder.path().to_str().expect("a path");
    let mut command = Command::new("unshare");
    let command =
        command.args(own).args(["sh", "-c", SMALL_DISK, "sh", env!("CARGO_BIN_EXE_juhend"), DAY, root]);
    let output = command.output().expect("a shell");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn of_two_builds_at_once_the_second_says_so() {
    let trial = Trial::new();
    let builds: Vec<_> = (0..6).map(|_| trial.start()).collect();
    let codes: Vec<_> = builds.into_iter().map(|build| build.wait_with_output().expect("ended")).collect();
    // Who came too late ends with an error; the portal is whole whoever won.
    assert!(codes.iter().any(|output| output.status.success()));
    trial.check_whole("after six at once");
    // The lock that a build holds for as long as it writes, held by another for as long as we like.
    let lock = fs::File::create(trial.folder.path().join("out/.public.lock")).expect("a lock");
    lock.lock().expect("locked");
    let said = juhend(trial.folder.path(), &["--as-of", DAY, "build", "-o", "out/public"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("another build is writing this site"), "{}", said.err);
    drop(lock);
    assert_eq!(trial.build(&[]), 0);
}
