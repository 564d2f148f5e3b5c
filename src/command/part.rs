//! What all parts of a portal are made from, so that parts of two portals are told apart.

use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::editions::Listed;
use super::project::{Assembly, Project};
use crate::source::{MediaBytes, Sources, TEXT_LIMIT, Tree, git};

/// Differs when the portal does of which a part is made: its content and that of every version, its theme, what commits
/// tell of it, and how it is built, `asked` for. The same on every machine.
pub fn whole(project: &Project, assembly: &Assembly, asked: &str) -> String {
    let portal = &assembly.portal;
    let mut hasher = blake3::Hasher::new();
    let mut take = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    take(asked.as_bytes());
    take(format!("{:?} {}", portal.base_url, portal.as_of).as_bytes());
    take(git::standing(&project.root, &project.content).as_bytes());
    take(project.theme_key(&assembly.grounds.0).unwrap_or_default().as_bytes());
    take(content(assembly.texts.sources()).as_bytes());
    let (settings, options) = &*assembly.grounds;
    let (listed, _) = Listed::of(settings, (&project.root, &project.content), options.audience, None);
    for one in &listed {
        take(format!("{} {:?}", one.id, one.root).as_bytes());
        take(one.tree.as_ref().map(version).unwrap_or_default().as_bytes());
    }
    // Drafts and audiences show here: what is not shown has no address.
    for portal in assembly.portals() {
        let root = portal.routes.root();
        take(root.as_bytes());
        portal.routes.subjects().for_each(|subject| take(format!("{subject:?}").as_bytes()));
    }
    hasher.finalize().to_string()
}

/// Differs when a version does. Git names what it keeps the same everywhere; a folder has to be read, since what is
/// known of it without is of one machine.
fn version(tree: &Tree) -> String {
    if tree.is_git() {
        return format!("{} {:?}", tree.key(), tree.commit());
    }
    if tree.is_frozen() {
        let files = tree.files();
        return bytes(files.par_iter().map(|(path, full)| (path.as_str(), of_file(full)))).to_string();
    }
    let read = tree.read(&|_| true, TEXT_LIMIT);
    read.map_or_else(|fault| fault.message, |(sources, _)| content(&sources))
}

/// Differs when a file does, be it a text or not.
fn content(sources: &Sources) -> String {
    let texts = sources.files().par_iter().map(|file| (file.path.as_str(), Ok(file.hash.into())));
    let media = sources.media().par_iter().map(|media| (media.path.as_str(), of_medium(&media.bytes)));
    format!("{} {}", bytes(texts), bytes(media))
}

fn bytes<'a>(files: impl ParallelIterator<Item = (&'a str, io::Result<blake3::Hash>)>) -> blake3::Hash {
    let mut files: Vec<(&str, io::Result<blake3::Hash>)> = files.collect();
    files.sort_by_key(|(path, _)| *path);
    let mut hasher = blake3::Hasher::new();
    for (path, hash) in files {
        hasher.update(&(path.len() as u64).to_le_bytes()).update(path.as_bytes());
        // One that cannot be read is a fault of the build, and another than any that can.
        hasher.update(&[u8::from(hash.is_ok())]).update(hash.as_ref().map_or(&[], |hash| hash.as_bytes()));
    }
    hasher.finalize()
}

fn of_medium(bytes: &MediaBytes) -> io::Result<blake3::Hash> {
    match bytes {
        MediaBytes::Held(bytes) => Ok(blake3::hash(bytes)),
        MediaBytes::File(path) => of_file(path),
    }
}

fn of_file(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    Ok(hasher.update_reader(File::open(path)?)?.finalize())
}
