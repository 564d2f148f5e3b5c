//! What is read of any bytes that `git` may print: the door for those who try answers that no `git` would give.

use std::collections::BTreeMap;

use super::history::dated;
use super::links::{Led, led};
use super::state::{self, State};
use super::tree::{Listing, Objects};

/// What was understood of the same bytes, read as each of the answers that this room asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// How many files a listing of a tree has.
    pub files: usize,
    /// How many of its links lead to a file, if the id of each is taken for its target.
    pub links: usize,
    /// How many changes a log tells of those files.
    pub changes: usize,
    /// How many objects there are.
    pub objects: usize,
    /// The state of the repository.
    pub state: Option<State>,
}

/// Reads `said` as a listing of a tree, a log, objects and a state.
pub fn understood(said: &[u8]) -> Understood {
    let listing = Listing::of(said);
    let targets: BTreeMap<String, String> =
        listing.links.iter().map(|(link, blob)| (link.clone(), blob.id.clone())).collect();
    let leads = |link: &&String| matches!(led(&listing.files, &targets, link), Led::To(_));
    Understood {
        files: listing.files.len(),
        links: targets.keys().filter(leads).count(),
        changes: dated(said, listing.files.keys().cloned()).iter().map(Vec::len).sum(),
        objects: Objects { rest: said }.count(),
        state: state::read(&String::from_utf8_lossy(said)),
    }
}
