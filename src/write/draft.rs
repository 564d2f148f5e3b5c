//! A site on its way to its place.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

use super::disk::{Disk, Real};
use super::lock::Lock;
use super::marker::Fingerprint;
use super::old::Old;
use super::plan::{self, Plan};
use super::site::Site;
use super::staging::Staging;
use super::{Content, Mode, Output, OutputPath, Summary, WriteError, swap};
use crate::digest::Digest;

/// A site on its way: finished files go into the tree beside the old one as soon as they are made, so that no build has
/// to hold all of its pages at once. Nobody sees any of them before [`Draft::finish`]; dropped without it, they go, and
/// the site stays as it was. While it lives no other build can write the site.
pub struct Draft<'a> {
    // Fields are dropped in this order: the tree goes while the lock still holds.
    staging: Staging<'a>,
    disk: &'a dyn Disk,
    site: Site,
    old: Old,
    mode: Mode,
    /// What went wrong first with a file that was put.
    trouble: OnceLock<WriteError>,
    lock: Lock,
}

impl Draft<'_> {
    /// A site that goes into the folder `target`.
    ///
    /// # Errors
    /// Another build is at work, or something stands there that no build wrote.
    pub fn open(target: &Path, mode: Mode) -> Result<Self, WriteError> {
        Draft::on(&Real, target, mode)
    }
}

impl<'a> Draft<'a> {
    /// The same, on the disk `disk`.
    pub(super) fn on(disk: &'a dyn Disk, target: &Path, mode: Mode) -> Result<Self, WriteError> {
        let site = Site::of(target)?;
        let lock = Lock::take(&site.lock())?;
        site.recover(disk)?;
        let old = Old::read(&site.target)?;
        let staging = Staging::new(disk, site.staging());
        Ok(Self { staging, disk, site, old, mode, trouble: OnceLock::new(), lock })
    }

    /// Takes in a finished file, and gives what stands for it in the [`Output`]: that it stays as it is on disk, or that
    /// it was written beside. Many may do so at once. What goes wrong is told by [`Draft::finish`], since two files at
    /// one path are first of all the author's fault.
    pub fn put(&self, path: &str, bytes: Cow<'static, [u8]>) -> Content {
        let Ok(name) = OutputPath::new(path) else { return Content::Bytes(bytes) };
        let fingerprint = Fingerprint::of(&bytes);
        let is_there = |tree| plan::is_on_disk(&name, fingerprint, tree);
        if self.mode == Mode::Changes && self.old.tree().is_some_and(is_there) {
            return Content::Kept(fingerprint);
        }
        if !self.has_failed() {
            match self.staging.write(&name, &bytes) {
                Ok(()) => return Content::Staged(fingerprint, Digest::of(&bytes)),
                Err(error) => {
                    // Another thread may have been first.
                    let _ = self.trouble.set(error);
                }
            }
        }
        // After the first failure the site is not going to be written, and nothing need be held for it.
        Content::Bytes(Cow::Borrowed(&[]))
    }

    /// Whether a file could not be written, so that the site will not be.
    pub fn has_failed(&self) -> bool {
        self.trouble.get().is_some()
    }

    /// What `content`, which stands at `path`, holds.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(super) fn bytes<'c>(&self, path: &str, content: &'c Content) -> io::Result<Cow<'c, [u8]>> {
        let below = |folder: &Path| fs::read(folder.join(path)).map(Cow::Owned);
        match content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::File(from) => fs::read(from).map(Cow::Owned),
            Content::Kept(_) => below(&self.site.target),
            Content::Staged(..) => below(&self.staging.path),
        }
    }

    /// Makes the folder hold `output`, and the files there that no build wrote. Files of `output` that were put need not
    /// be taken in again; the others are now.
    ///
    /// # Errors
    /// [`WriteError`]; the folder is then as it was.
    pub fn finish(self, output: &Output) -> Result<Summary, WriteError> {
        // Named first it goes last, after whatever is left of the tree.
        let Self { lock: _lock, mut staging, disk, site, old, mode, trouble } = self;
        if let Some(error) = trouble.into_inner() {
            return Err(error);
        }
        let plan = Plan::make(output, &old, mode)?;
        if plan.changes_nothing(&old) {
            return Ok(plan.summary(0));
        }
        let bytes = staging.complete(&plan, &old)?;
        swap::swap(disk, &site, staging, &old)?;
        Ok(plan.summary(bytes))
    }
}
