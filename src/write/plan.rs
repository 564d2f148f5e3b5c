//! What to do with each file.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::manifest::{Listed, MANIFEST, Manifest, Origin};
use super::marker::Fingerprint;
use super::old::{Foreign, ForeignKind, Old, Tree};
use super::verify::digest_of;
use super::{Content, Mode, Output, OutputPath, Summary, WriteError};
use crate::digest::Digest;

/// What to do with each file, sorted by path.
pub(super) struct Plan<'a> {
    pub steps: Vec<Step<'a>>,
    removed: usize,
}

/// What to do with one file.
pub(super) struct Step<'a> {
    pub path: &'a OutputPath,
    pub content: Cow<'a, Content>,
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
        let steps: Vec<Result<Step<'a>, WriteError>> = files
            .into_par_iter()
            .map(|(path, content)| Step::make(path, Cow::Borrowed(content), tree, mode))
            .collect();
        let mut steps: Vec<Step<'a>> = steps.into_iter().collect::<Result<_, _>>()?;
        if let Some((path, origin)) = output.origin() {
            let text = manifest(&steps, tree, origin)?.to_text();
            steps.push(Step::make(path, Cow::Owned(text.into()), tree, mode)?);
        }
        let is_gone = |path: &&OutputPath| !output.holds(path.as_str());
        let removed = tree.map_or(0, |tree| tree.files.keys().filter(is_gone).count());
        Ok(Self { steps, removed })
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
        content: Cow<'a, Content>,
        tree: Option<&Tree>,
        mode: Mode,
    ) -> Result<Self, WriteError> {
        let fingerprint = match &*content {
            Content::Bytes(bytes) => Fingerprint::of(bytes),
            Content::File(from) => fingerprint_of_file(from).map_err(WriteError::io("read", from))?,
            Content::Kept(fingerprint) | Content::Staged(fingerprint, _) => *fingerprint,
        };
        let is_staged = matches!(*content, Content::Staged(..));
        let keep = mode == Mode::Changes
            && !is_staged
            && tree.is_some_and(|tree| is_on_disk(path, fingerprint, tree));
        if !keep && matches!(*content, Content::Kept(_)) {
            return Err(WriteError::Gone(path.to_string()));
        }
        Ok(Self { path, content, fingerprint, keep })
    }
}

/// What the site was built from and the hash of each file. Hashes that the last build made of the same bytes are taken
/// over.
fn manifest(steps: &[Step<'_>], tree: Option<&Tree>, origin: &Origin) -> Result<Manifest, WriteError> {
    let known = tree.and_then(manifest_of);
    let listed: Vec<Result<(OutputPath, Listed), WriteError>> = steps
        .par_iter()
        .map(|step| {
            let stays = tree.is_some_and(|tree| tree.marker.files.get(step.path) == Some(&step.fingerprint));
            let known = known.as_ref().filter(|_| stays).and_then(|known| known.files.get(step.path));
            let sha256 = match known {
                Some(listed) => listed.sha256,
                None => digest(step, tree)?,
            };
            Ok((step.path.clone(), Listed { sha256, bytes: step.fingerprint.len }))
        })
        .collect();
    Ok(Manifest { origin: origin.clone(), files: listed.into_iter().collect::<Result<_, _>>()? })
}

/// The manifest of an earlier build, if it is the one that the build wrote.
fn manifest_of(tree: &Tree) -> Option<Manifest> {
    let bytes = fs::read(tree.root.join(MANIFEST)).ok()?;
    let is_own = tree.marker.files.get(MANIFEST) == Some(&Fingerprint::of(&bytes));
    Manifest::parse(&bytes).ok().filter(|_| is_own)
}

fn digest(step: &Step<'_>, tree: Option<&Tree>) -> Result<Digest, WriteError> {
    let of_file = |path: &Path| digest_of(path).map_err(WriteError::io("read", path));
    match (&*step.content, tree) {
        (Content::Bytes(bytes), _) => Ok(Digest::of(bytes)),
        (Content::Staged(_, digest), _) => Ok(*digest),
        (Content::File(from), _) => of_file(from),
        (Content::Kept(_), Some(tree)) => of_file(&step.path.below(&tree.root)),
        (Content::Kept(_), None) => Err(WriteError::Gone(step.path.to_string())),
    }
}

fn fingerprint_of_file(path: &Path) -> io::Result<Fingerprint> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(Fingerprint { hash: hasher.finalize(), len: hasher.count() })
}

/// Whether the last build wrote the same and nobody has touched it since.
pub(super) fn is_on_disk(path: &OutputPath, fingerprint: Fingerprint, tree: &Tree) -> bool {
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
    let on_the_way = foreign.path.ancestors().filter_map(Path::to_str).any(|path| output.holds(path));
    on_the_way
        || foreign.kind != ForeignKind::Folder
            && foreign.path.to_str().is_some_and(|path| output.has_below(path))
}
