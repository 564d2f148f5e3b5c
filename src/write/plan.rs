//! What to do with each file.

use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::marker::Fingerprint;
use super::old::{Foreign, ForeignKind, Old, Tree};
use super::{Content, Mode, Output, OutputPath, Summary, WriteError};

/// What to do with each file, sorted by path.
pub(super) struct Plan<'a> {
    pub steps: Vec<Step<'a>>,
    removed: usize,
}

/// What to do with one file.
pub(super) struct Step<'a> {
    pub path: &'a OutputPath,
    pub content: &'a Content,
    pub fingerprint: Fingerprint,
    /// It is on disk already.
    pub keep: bool,
}

impl<'a> Plan<'a> {
    /// Compares the output with what is on disk.
    pub fn make(output: &'a Output, old: &Old, mode: Mode) -> Result<Self, WriteError> {
        let tree = old.tree();
        if let Some(tree) = tree {
            check_foreign(output, tree)?;
        }
        let files: Vec<(&OutputPath, &Content)> = output.files().collect();
        // All are awaited, so that of several errors the first by path is told.
        let steps: Vec<Result<Step<'a>, WriteError>> =
            files.into_par_iter().map(|(path, content)| Step::make(path, content, tree, mode)).collect();
        let removed = tree
            .map_or(0, |tree| tree.files.keys().filter(|path| output.get(path.as_str()).is_none()).count());
        Ok(Self { steps: steps.into_iter().collect::<Result<_, _>>()?, removed })
    }

    /// Whether the site on disk is this one already.
    pub fn changes_nothing(&self, old: &Old) -> bool {
        old.tree().is_some_and(|tree| {
            tree.marker.files.len() == self.steps.len() && self.steps.iter().all(|step| step.keep)
        })
    }

    /// What is done, once `bytes` bytes are written.
    pub fn summary(&self, bytes: u64) -> Summary {
        let unchanged = self.steps.iter().filter(|step| step.keep).count();
        Summary { written: self.steps.len() - unchanged, unchanged, removed: self.removed, bytes }
    }
}

impl<'a> Step<'a> {
    fn make(
        path: &'a OutputPath,
        content: &'a Content,
        tree: Option<&Tree>,
        mode: Mode,
    ) -> Result<Self, WriteError> {
        let fingerprint = match content {
            Content::Bytes(bytes) => Fingerprint::of(bytes),
            Content::File(from) => fingerprint_of_file(from).map_err(WriteError::io("read", from))?,
            Content::Kept(fingerprint) => *fingerprint,
        };
        let keep = mode == Mode::Changes && tree.is_some_and(|tree| is_on_disk(path, fingerprint, tree));
        if !keep && matches!(content, Content::Kept(_)) {
            return Err(WriteError::Gone(path.to_string()));
        }
        Ok(Self { path, content, fingerprint, keep })
    }
}

fn fingerprint_of_file(path: &Path) -> io::Result<Fingerprint> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(Fingerprint { hash: hasher.finalize(), len: hasher.count() })
}

/// Whether the last build wrote the same and nobody has touched it since.
fn is_on_disk(path: &OutputPath, fingerprint: Fingerprint, tree: &Tree) -> bool {
    tree.marker.files.get(path) == Some(&fingerprint)
        && tree.files.get(path).is_some_and(|file| {
            file.ordinary
                && file.len == fingerprint.len
                && file.modified.is_some_and(|modified| modified <= tree.written)
        })
}

/// Whether all that the last build wrote is there, and nobody has touched it since.
pub(super) fn is_untouched(tree: &Tree) -> bool {
    tree.marker.files.iter().all(|(path, fingerprint)| is_on_disk(path, *fingerprint, tree))
}

/// What no build wrote is kept, and so must not stand where a file goes.
fn check_foreign(output: &Output, tree: &Tree) -> Result<(), WriteError> {
    match tree.foreign.iter().find(|foreign| collides(output, foreign)) {
        Some(foreign) => Err(WriteError::InTheWay {
            path: tree.root.join(&foreign.path),
            reason: "stands where a file of the site belongs",
        }),
        None => Ok(()),
    }
}

fn collides(output: &Output, foreign: &Foreign) -> bool {
    let on_the_way = foreign.path.ancestors().filter_map(Path::to_str).any(|path| output.get(path).is_some());
    on_the_way
        || foreign.kind != ForeignKind::Folder
            && foreign.path.to_str().is_some_and(|path| output.has_below(path))
}
