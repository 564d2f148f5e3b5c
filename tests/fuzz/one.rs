//! One target: its kept inputs, then inputs drawn by chance.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Seek, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::chance::{self, Chance};
use super::targets::Target;
use super::{corpus, current, measure};

/// Stands before a fault, for the process around.
pub const FAULT: &str = "fuzz-fault ";

/// Stands before the line of the table.
pub const TALLY: &str = "fuzz-tally ";

/// The longest time that one input may be computed on, without optimisation.
const LONGEST: Duration = Duration::from_secs(2);

/// Below that an input is not suspected of taking too long, however busy the machine.
const SUSPICIOUS: Duration = Duration::from_millis(500);

/// An input that takes so long on the clock will not come to an end.
const HANGING: Duration = Duration::from_mins(1);

/// The most memory that an input may want while it is read: a page, a drawing or a photograph.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// Memory cannot grow by much in less than that.
const FEW: Duration = Duration::from_millis(10);

/// The stack of a thread in which files are read (rayon's).
const STACK: usize = 2 * 1024 * 1024;

/// The most inputs that others are drawn from.
const MOST_POOL: usize = 2000;

/// An input that gave something new is drawn from, unless it is longer than that: most of long ones is ballast.
const LONGEST_POOL: usize = 8 * 1024;

/// Reads all inputs of `target` for so many seconds, and tells what came of it on standard output.
pub fn explore(target: Target, seconds: f64, seed: u64) {
    let begun = Instant::now();
    let busy_since = Arc::new(AtomicU64::new(u64::MAX));
    watch(begun, Arc::clone(&busy_since));
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut run = Run::new(target, begun, busy_since);
        let kept = corpus::kept(&run.target).unwrap_or_else(|missing| {
            println!("{FAULT}{}: {missing}", run.target.name);
            run.faults += 1;
            Vec::new()
        });
        for kept in kept {
            if let Some(fault) = run.fault(&kept.bytes) {
                println!("{FAULT}{}: {}: {fault}", run.target.name, kept.path);
                run.faults += 1;
            }
            run.pool.push(kept.bytes);
        }
        let kept = run.pool.len();
        let mut chance = Chance::new(seed);
        let end = begun.elapsed() + Duration::from_secs_f64(seconds);
        // Of nothing, nothing is drawn.
        while begun.elapsed() < end && kept > 0 {
            let input = chance::drawn(&mut chance, &run.pool, run.target.words);
            run.try_drawn(&input);
        }
        println!(
            "{TALLY}{:<18}{kept:>6}{:>12}{:>9}{:>12}{:>8}",
            run.target.name,
            run.executions,
            run.seen.len(),
            run.slowest.as_millis(),
            run.faults
        );
    });
    worker.expect("a thread").join().expect("no panic");
}

/// Ends the process when an input hangs; the process around keeps the input.
fn watch(begun: Instant, busy_since: Arc<AtomicU64>) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(500));
            let since = Duration::from_millis(busy_since.load(Ordering::Relaxed));
            if begun.elapsed().saturating_sub(since) > HANGING && since < begun.elapsed() {
                eprintln!("the input hangs: {HANGING:?} are over");
                std::process::abort();
            }
        }
    });
}

/// What kind of fault it is: of a panic, where.
fn place(fault: &str) -> &str {
    fault.split(": ").next().unwrap_or_default()
}

struct Run {
    target: Target,
    begun: Instant,
    busy_since: Arc<AtomicU64>,
    /// Where the input is written before it is read.
    current: File,
    /// Where the last panic was.
    panicked: Arc<Mutex<Option<String>>>,
    pool: Vec<Vec<u8>>,
    /// The kinds of outcomes.
    seen: HashSet<u64>,
    /// What was told already: one input for each fault is enough.
    known: HashSet<String>,
    executions: u64,
    slowest: Duration,
    faults: usize,
    /// The memory of the process before the inputs that were read since.
    held: u64,
}

impl Run {
    fn new(target: Target, begun: Instant, busy_since: Arc<AtomicU64>) -> Self {
        let panicked = Arc::new(Mutex::new(None));
        let told = Arc::clone(&panicked);
        panic::set_hook(Box::new(move |panic| {
            if let Ok(mut told) = told.lock() {
                told.get_or_insert(panic.to_string().replace('\n', " "));
            }
        }));
        let current = File::create(current(target.name)).expect("a file for the input");
        Self {
            target,
            begun,
            busy_since,
            current,
            panicked,
            pool: Vec::new(),
            seen: HashSet::new(),
            known: HashSet::new(),
            executions: 0,
            slowest: Duration::ZERO,
            faults: 0,
            held: measure::held().unwrap_or_default(),
        }
    }

    /// Reads an input that was drawn, and keeps it where it does harm.
    fn try_drawn(&mut self, input: &[u8]) {
        let kinds = self.seen.len();
        let fault = self.fault(input);
        if self.seen.len() > kinds && input.len() <= LONGEST_POOL && self.pool.len() < MOST_POOL {
            self.pool.push(input.to_vec());
        }
        let Some(fault) = fault else { return };
        if !self.known.insert(place(&fault).to_owned()) {
            return;
        }
        let smaller = self.smaller(input, &fault);
        let kept = corpus::keep(self.target.name, &smaller).expect("a folder to keep it");
        println!("{FAULT}{}: {}: {fault}", self.target.name, kept.display());
        self.faults += 1;
    }

    /// What is wrong with how `input` is read.
    fn fault(&mut self, input: &[u8]) -> Option<String> {
        let begun = Instant::now();
        if let Some(panic) = self.read(input) {
            return Some(panic);
        }
        let taken = begun.elapsed();
        self.slowest = self.slowest.max(taken);
        if taken > FEW {
            let used = measure::peak().unwrap_or_default().saturating_sub(self.held);
            measure::forget_peak();
            self.held = measure::held().unwrap_or_default();
            if used > MOST_MEMORY {
                return Some(format!("wants too much memory: {} MB", used / 1024 / 1024));
            }
        }
        if taken > SUSPICIOUS {
            let before = measure::computed();
            drop(self.read(input));
            let computed =
                measure::computed().zip(before).map(|(after, before)| after.saturating_sub(before));
            if let Some(long) = computed.filter(|computed| *computed > LONGEST) {
                return Some(format!("takes too long: {long:?}"));
            }
        }
        None
    }

    /// Reads `input`; gives the panic, if there is one.
    fn read(&mut self, input: &[u8]) -> Option<String> {
        self.executions += 1;
        let noted = self.current.rewind().and_then(|()| self.current.write_all(input));
        noted.and_then(|()| self.current.set_len(input.len() as u64)).expect("a file for the input");
        let since = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.busy_since.store(since, Ordering::Relaxed);
        let read = panic::catch_unwind(AssertUnwindSafe(|| (self.target.read)(input)));
        self.busy_since.store(u64::MAX, Ordering::Relaxed);
        let panicked = self.panicked.lock().ok().and_then(|mut panic| panic.take());
        match read {
            Ok(outcome) => {
                let mut hasher = DefaultHasher::new();
                outcome.hash(&mut hasher);
                self.seen.insert(hasher.finish());
                None
            }
            Err(_) => Some(panicked.unwrap_or_else(|| "panics".to_owned())),
        }
    }

    /// A part of `input` that has the same fault.
    fn smaller(&mut self, input: &[u8], fault: &str) -> Vec<u8> {
        let mut best = input.to_vec();
        let end = Instant::now() + Duration::from_secs(10);
        let mut length = best.len() / 2;
        while length > 0 && Instant::now() < end {
            let mut at = 0;
            while at < best.len() && Instant::now() < end {
                let mut fewer = best.clone();
                drop(fewer.drain(at..(at + length).min(best.len())));
                match self.fault(&fewer) {
                    Some(same) if place(&same) == place(fault) => best = fewer,
                    _ => at += length,
                }
            }
            length /= 2;
        }
        best
    }
}
