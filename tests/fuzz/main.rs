//! Whatever others write, the program neither panics nor hangs nor eats the memory.
//!
//! Each target of [`targets`] reads its kept inputs, then inputs drawn by chance from these, in a process of its own:
//! a stack that overflows or memory that runs out ends that process and is told like every other fault. What does harm
//! is kept in `tests/fuzz/corpus/<target>/`, and is tried first ever after. `docs/fuzzing.md` tells how to run it for
//! long, and what it found.

mod chance;
mod corpus;
mod measure;
mod one;
mod tame;
mod targets;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The most memory that a process may ask the system for, in kilobytes.
const MOST_MEMORY: u32 = 4 * 1024 * 1024;

/// Where the input stands that a target reads right now.
fn current(target: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{target}"))
}

/// A variable of the environment, or what holds without it.
fn variable<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// What came of one target: its line of the table, and its faults.
struct Told {
    line: String,
    faults: Vec<String>,
}

/// Reads the kept inputs of every target; with `FUZZ_SECONDS=60` a minute of others for each. `FUZZ_ONLY=page` runs those
/// with that in their name, `FUZZ_SEED=2` draws other inputs.
#[test]
fn nothing_that_others_write_does_harm() {
    let only: String = variable("FUZZ_ONLY", String::new());
    let names = targets::all().into_iter().map(|target| target.name);
    let mut waiting: Vec<&str> = names.filter(|name| name.contains(&only)).collect();
    assert!(!waiting.is_empty(), "no target has `{only}` in its name");
    waiting.reverse();
    let (waiting, told) = (Mutex::new(waiting), Mutex::new(Vec::new()));
    let next = || waiting.lock().expect("no panic").pop();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(name) = next() {
                    let one = explored(name);
                    told.lock().expect("no panic").push(one);
                }
            });
        }
    });
    let mut told = told.into_inner().expect("no panic");
    told.sort_by(|a, b| a.line.cmp(&b.line));
    println!(
        "{:<18}{:>6}{:>12}{:>9}{:>12}{:>8}",
        "target", "kept", "executions", "kinds", "slowest ms", "faults"
    );
    for told in &told {
        println!("{}", told.line);
    }
    let faults: Vec<&str> = told.iter().flat_map(|told| told.faults.iter().map(String::as_str)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Runs one target in a process of its own.
fn explored(name: &str) -> Told {
    let own = env::current_exe().expect("this program");
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MOST_MEMORY} 2>/dev/null; exec \"$0\" \"$@\"")]).arg(own);
    command.args(["one_target", "--exact", "--ignored", "--nocapture"]);
    // Each thread of the allocator holds addresses of its own, and a machine may have a hundred.
    command.env("FUZZ_TARGET", name).env("RAYON_NUM_THREADS", "2").env("MALLOC_ARENA_MAX", "2");
    let output = command.output().expect("a process");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines = |mark: &str| -> Vec<String> {
        out.lines().filter_map(|line| Some(line.split_once(mark)?.1.to_owned())).collect()
    };
    let mut faults = lines(one::FAULT);
    let line = lines(one::TALLY).pop();
    if line.is_none() {
        let input = fs::read(current(name)).unwrap_or_default();
        let last: Vec<&str> = err.lines().rev().take(3).collect();
        let kept = corpus::keep(name, &input).expect("a folder to keep it");
        faults.push(format!("{name}: {} ends the process ({}): {last:?}", kept.display(), output.status));
    }
    Told { line: line.unwrap_or_else(|| format!("{name:<18} ended before its time")), faults }
}

#[test]
fn a_folder_of_inputs_has_a_target_and_a_target_has_its_folder() {
    let mut targets: Vec<&str> = targets::all().into_iter().map(|target| target.name).collect();
    targets.sort_unstable();
    assert_eq!(corpus::folders(), targets);
}

#[test]
fn a_target_without_inputs_is_a_fault() {
    let without =
        |seeds| targets::Target { name: "nobody", words: &[], seeds, read: Box::new(|_| String::new()) };
    for seeds in [targets::Seeds::Own, targets::Seeds::Files(|_| true), targets::Seeds::Trees] {
        let missing = corpus::kept(&without(seeds)).err();
        assert_eq!(missing.as_deref(), Some("there is no input in tests/fuzz/corpus/nobody"));
    }
    let page = targets::all().into_iter().find(|target| target.name == "page").expect("a target");
    let unseeded = targets::Target { seeds: targets::Seeds::Files(|_| false), ..page };
    assert_eq!(
        corpus::kept(&unseeded).err().as_deref(),
        Some("there is no input in the project's own files")
    );
}

#[test]
#[ignore = "is run by the test above, once for each target"]
fn one_target() {
    let name: String = variable("FUZZ_TARGET", String::new());
    let target =
        targets::all().into_iter().find(|target| target.name == name).expect("a target of that name");
    one::explore(target, variable("FUZZ_SECONDS", 0.0), variable("FUZZ_SEED", 1));
}
