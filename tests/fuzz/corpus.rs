//! The inputs that are kept: one folder for each target, one file for each input.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::targets::{Seeds, Target};

/// The largest file of the project that inputs are drawn from, in bytes.
const LARGEST_SEED: u64 = 24 * 1024;

/// The most files of the project that inputs of one target are drawn from.
const MOST_SEEDS: usize = 80;

/// An input that is kept.
pub struct Kept {
    /// Where, as seen from the project.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of a target.
fn folder(target: &str) -> PathBuf {
    project().join("tests/fuzz/corpus").join(target)
}

/// Keeps an input that does harm.
pub fn keep(target: &str, input: &[u8]) -> io::Result<PathBuf> {
    let name = blake3::hash(input).to_hex();
    let path = folder(target).join(format!("fault-{}", &name[..12]));
    fs::create_dir_all(folder(target))?;
    fs::write(&path, input)?;
    Ok(path)
}

/// The inputs of `target`: its own, then those that the project has for other reasons.
///
/// # Errors
/// A source of inputs without any, which would let everything pass; an input that cannot be read.
pub fn kept(target: &Target) -> Result<Vec<Kept>, String> {
    let own = some(read(&files(&folder(target.name)))?, &format!("tests/fuzz/corpus/{}", target.name))?;
    let others = match target.seeds {
        Seeds::Own => Vec::new(),
        Seeds::Files(is_seed) => some(read(&sample(seeds(is_seed)))?, "the project's own files")?,
        Seeds::Trees => some(trees(), "tests/golden")?,
    };
    Ok(own.into_iter().chain(others).collect())
}

/// The names of all folders of inputs.
pub fn folders() -> Vec<String> {
    let all = fs::read_dir(project().join("tests/fuzz/corpus")).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = all.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn some<T>(inputs: Vec<T>, place: &str) -> Result<Vec<T>, String> {
    if inputs.is_empty() { Err(format!("there is no input in {place}")) } else { Ok(inputs) }
}

fn read(paths: &[PathBuf]) -> Result<Vec<Kept>, String> {
    let one = |path: &PathBuf| match fs::read(path) {
        Ok(bytes) => Ok(Kept { path: shown(path), bytes }),
        Err(error) => Err(format!("{} cannot be read: {error}", shown(path))),
    };
    paths.iter().map(one).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(project()).unwrap_or(path).to_string_lossy().into_owned()
}

/// Files of the project which `is_seed`, by their path.
fn seeds(is_seed: fn(&str) -> bool) -> Vec<PathBuf> {
    let places = ["content", "tests/golden"];
    let all = places.into_iter().flat_map(|place| files(&project().join(place)));
    let is_small = |path: &PathBuf| fs::metadata(path).is_ok_and(|it| it.len() <= LARGEST_SEED);
    all.filter(|path| is_seed(&shown(path))).filter(is_small).collect()
}

/// Some of `all`, from everywhere.
fn sample<T>(all: Vec<T>) -> Vec<T> {
    let step = all.len().div_ceil(MOST_SEEDS).max(1);
    all.into_iter().step_by(step).collect()
}

/// The faulty trees of `tests/golden`, each in one text: every file below a line with its path.
fn trees() -> Vec<Kept> {
    let golden = fs::read_dir(project().join("tests/golden")).into_iter().flatten();
    let mut folders: Vec<PathBuf> = golden.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    let tree = |folder: PathBuf| {
        let texts = files(&folder.join("content")).into_iter().filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some(format!("=== {}\n{text}\n", path.strip_prefix(&folder).ok()?.to_string_lossy()))
        });
        let bytes = texts.collect::<String>().into_bytes();
        (!bytes.is_empty() && bytes.len() as u64 <= LARGEST_SEED)
            .then(|| Kept { path: shown(&folder), bytes })
    };
    folders.into_iter().filter_map(tree).collect()
}

/// Every file below `folder`, by its path; links are not followed.
fn files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
