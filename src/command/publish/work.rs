//! Carries a publish out on a store.
//!
//! 1. The published manifest and, where the last publish was stopped, its journal tell what the store holds.
//! 2. Files of which they cannot tell are looked at: each says the hash that it was published with.
//! 3. The journal names every file that is about to be touched.
//! 4. What pages show is uploaded, then pages, then what lists them; the manifest after all of them.
//! 5. What is no more is deleted, and last of all the journal.
//!
//! Stopped at any point, the next publish does the rest, whether it is of the same portal or of another.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::super::exit::Failure;
use super::journal::{JOURNAL, Journal};
use super::plan::{Extent, Plan, uncertain};
use super::store::{Condition, Object, Refusal, Store};
use crate::command::external::client::Load;
use crate::digest::Digest;
use crate::write::{Listed, MANIFEST, Manifest, OutputPath};

/// A portal to publish.
pub struct Portal<'a> {
    /// Its folder.
    pub folder: &'a Path,
    /// What is in it.
    pub manifest: &'a Manifest,
    /// The manifest as it is written.
    pub text: &'a [u8],
}

/// How a publish is made.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// What is uploaded.
    pub extent: Extent,
    /// How much is done at once.
    pub at_once: usize,
    /// By what the publish knows its own journal; no two have the same.
    pub publish: &'a str,
}

/// What a store holds before a publish.
pub struct Standing {
    /// The portal of the last whole publish.
    pub published: Option<Manifest>,
    /// What a publish that was stopped left, with the tag by which the store knows it.
    journal: Option<(Journal, Option<String>)>,
    /// Whether the manifest is that of the portal, byte for byte.
    has_manifest: bool,
}

impl Standing {
    /// What `store` holds, where `portal` is to be published.
    ///
    /// # Errors
    /// The store does not say, or holds something that is not understood.
    pub fn of(store: &dyn Store, portal: &Portal<'_>) -> Result<Self, Failure> {
        let get = |path: &str| {
            store.get(path).map_err(|refusal| refusal.failure(&format!("cannot read `{path}` there")))
        };
        let wrong = |path: &str, reason: String| {
            Failure::new(format!("the published `{path}` {reason}"))
                .hint("publish to another place, or delete it and publish with `--force`")
        };
        let text = get(MANIFEST)?;
        let published = text.as_ref().map(|stored| Manifest::parse(&stored.bytes)).transpose();
        let published = published.map_err(|reason| wrong(MANIFEST, reason))?;
        let journal =
            get(JOURNAL)?.map(|stored| Ok((Journal::parse(&stored.bytes)?, stored.tag))).transpose();
        let journal = journal.map_err(|reason| wrong(JOURNAL, reason))?;
        Ok(Self { published, journal, has_manifest: text.is_some_and(|stored| stored.bytes == portal.text) })
    }

    /// Whether the last publish was stopped.
    pub fn was_stopped(&self) -> bool {
        self.journal.is_some()
    }

    fn unsure(&self) -> BTreeSet<OutputPath> {
        self.journal.as_ref().map(|(journal, _)| journal.unsure.clone()).unwrap_or_default()
    }
}

/// Refuses to write over the pages of somebody else: a store that has a home page and no manifest is none of ours.
///
/// # Errors
/// There is such a page, or the store does not say.
pub fn check_free(store: &dyn Store, standing: &Standing) -> Result<(), Failure> {
    const HOME: &str = "index.html";
    if standing.published.is_some() || standing.was_stopped() {
        return Ok(());
    }
    let held =
        store.held(HOME).map_err(|refusal| refusal.failure(&format!("cannot look at `{HOME}` there")))?;
    held.map_or(Ok(()), |_| {
        Err(Failure::new(format!("there is a `{HOME}` already that no publish wrote"))
            .hint("name another prefix; `--force` writes over it"))
    })
}

/// What there is to do in `store`, which has this `standing`, to publish `portal`.
///
/// # Errors
/// The store does not say what it holds.
pub fn plan(
    store: &dyn Store,
    standing: &Standing,
    portal: &Portal<'_>,
    way: Way<'_>,
) -> Result<Plan, Failure> {
    let unsure = standing.unsure();
    let published = standing.published.as_ref();
    let mut missing = uncertain(portal.manifest, published, &unsure, way.extent);
    if way.extent == Extent::Changes {
        let there = Mutex::new(BTreeSet::new());
        let looked_at: Vec<_> = missing.iter().filter(|(path, _)| unsure.contains(path)).collect();
        each(&looked_at, way.at_once, |(path, listed)| {
            if is_there(store, path, *listed)? {
                there.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
            }
            Ok(())
        })?;
        let there = there.into_inner().unwrap_or_else(PoisonError::into_inner);
        missing.retain(|(path, _)| !there.contains(path));
    }
    Ok(Plan::of(portal.manifest, missing, published, &unsure))
}

fn is_there(store: &dyn Store, path: &OutputPath, listed: Listed) -> Result<bool, Failure> {
    let held = store.held(path.as_str());
    let held = held.map_err(|refusal| refusal.failure(&format!("cannot look at `{path}` there")))?;
    let is_same = |held: super::store::Held| {
        held.sha256 == Some(listed.sha256) && held.bytes.is_none_or(|bytes| bytes == listed.bytes)
    };
    Ok(held.is_some_and(is_same))
}

/// Does what `plan` says; whether anything had to be done.
///
/// # Errors
/// The store refuses something, or another publish is at work in it.
pub fn carry_out(
    store: &dyn Store,
    standing: &Standing,
    portal: &Portal<'_>,
    plan: &Plan,
    way: Way<'_>,
) -> Result<bool, Failure> {
    if plan.is_empty() && standing.has_manifest && !standing.was_stopped() {
        return Ok(false);
    }
    begin(store, standing, plan, way)?;
    for wave in &plan.waves {
        each(wave, way.at_once, |(path, listed)| {
            let file = path.below(portal.folder);
            let Listed { sha256, bytes } = *listed;
            let object = Object { load: Load::File(&file), bytes, sha256, condition: Condition::Always };
            store
                .put(path.as_str(), &object)
                .map_err(|refusal| refusal.failure(&format!("cannot write `{path}` there")))
        })?;
    }
    // Whoever took the journal over meanwhile may have changed what was uploaded.
    if !is_own(store, way)? {
        return Err(another());
    }
    let manifest = object_of(portal.text, Condition::Always);
    store.put(MANIFEST, &manifest).map_err(|refusal| refusal.failure("cannot write the manifest there"))?;
    for gone in &plan.gone {
        each(gone, way.at_once, |path| delete(store, path.as_str()))?;
    }
    delete(store, JOURNAL)?;
    Ok(true)
}

fn delete(store: &dyn Store, path: &str) -> Result<(), Failure> {
    store.delete(path).map_err(|refusal| refusal.failure(&format!("cannot delete `{path}` there")))
}

fn object_of<'a>(bytes: &'a [u8], condition: Condition<'a>) -> Object<'a> {
    Object { load: Load::Bytes(bytes), bytes: bytes.len() as u64, sha256: Digest::of(bytes), condition }
}

/// Writes the journal of everything that is touched now or was by the publish before.
fn begin(store: &dyn Store, standing: &Standing, plan: &Plan, way: Way<'_>) -> Result<(), Failure> {
    let mut unsure = standing.unsure();
    unsure.extend(plan.touched().cloned());
    let text = Journal { publish: way.publish.to_owned(), unsure }.to_text();
    let condition = match &standing.journal {
        None => Condition::Absent,
        Some((_, Some(tag))) => Condition::Tagged(tag),
        Some((_, None)) => Condition::Always,
    };
    match store.put(JOURNAL, &object_of(text.as_bytes(), condition)) {
        // An answer may be lost after the journal was written: then it is written by ourselves.
        Err(Refusal::Condition) if is_own(store, way)? => Ok(()),
        Err(Refusal::Condition) => Err(another()),
        written => {
            written.map_err(|refusal| refusal.failure("cannot write the journal of the publish there"))
        }
    }
}

fn is_own(store: &dyn Store, way: Way<'_>) -> Result<bool, Failure> {
    let stored = store
        .get(JOURNAL)
        .map_err(|refusal| refusal.failure("cannot read the journal of the publish there"))?;
    Ok(stored
        .and_then(|stored| Journal::parse(&stored.bytes).ok())
        .is_some_and(|own| own.publish == way.publish))
}

fn another() -> Failure {
    Failure::new("another publish is at work at the same place")
        .hint("let one job publish at a time, and publish again when the other has ended")
}

/// Does `work` with all `items`, some at once, until one fails.
fn each<T: Sync>(
    items: &[T],
    at_once: usize,
    work: impl Fn(&T) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let first: Mutex<Option<(usize, Failure)>> = Mutex::new(None);
    let run = || {
        while !has_failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            if let Err(failure) = work(item) {
                has_failed.store(true, Ordering::Relaxed);
                let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
                if first.as_ref().is_none_or(|(other, _)| at < *other) {
                    *first = Some((at, failure));
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..at_once.clamp(1, items.len().max(1)) {
            scope.spawn(run);
        }
    });
    let first = first.into_inner().unwrap_or_else(PoisonError::into_inner);
    first.map_or(Ok(()), |(_, failure)| Err(failure))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::super::sample::{Shelf, manifest};
    use super::*;

    type Files = Vec<(&'static str, &'static str)>;

    /// A built portal.
    fn built(files: &Files) -> (TempDir, Manifest) {
        let folder = tempfile::tempdir().expect("temporary folder");
        for (name, text) in files {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            fs::write(file, text).expect("written");
        }
        (folder, manifest(files))
    }

    fn publish(store: &Shelf, files: &Files, publish: &str, extent: Extent) -> Result<bool, Failure> {
        let (folder, manifest) = built(files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let way = Way { extent, at_once: 1, publish };
        let standing = Standing::of(store, &portal)?;
        let plan = plan(store, &standing, &portal, way)?;
        carry_out(store, &standing, &portal, &plan, way)
    }

    /// What a store holds where `files` are published beside a file of somebody else.
    fn whole(files: &Files) -> BTreeMap<String, String> {
        let mut whole: BTreeMap<String, String> =
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        whole.insert(MANIFEST.to_owned(), manifest(files).to_text());
        whole.insert("stranger.html".to_owned(), "not ours".to_owned());
        whole
    }

    fn shelf() -> Shelf {
        let shelf = Shelf::default();
        let text = b"not ours".to_vec();
        shelf
            .objects
            .lock()
            .expect("objects")
            .insert("stranger.html".to_owned(), (text, Digest::of(b"not ours")));
        shelf
    }

    #[test]
    fn assets_come_before_pages_the_manifest_after_them_and_deletes_last() {
        let store = shelf();
        let before = vec![("a.html", "1"), ("assets/a.css", "1"), ("b.html", "1"), ("c.png", "1")];
        assert_eq!(publish(&store, &before, "1", Extent::Changes), Ok(true));
        assert_eq!(store.texts(), whole(&before));
        store.changes.lock().expect("changes").clear();
        let after = vec![("a.html", "2"), ("assets/b.css", "1"), ("d.html", "1")];
        assert_eq!(publish(&store, &after, "2", Extent::Changes), Ok(true));
        let wanted = [
            "+.juhend",
            "+assets/b.css",
            "+a.html",
            "+d.html",
            "+manifest.json",
            "-b.html",
            "-assets/a.css",
            "-c.png",
            "-.juhend",
        ];
        assert_eq!(*store.changes.lock().expect("changes"), wanted);
        assert_eq!(store.texts(), whole(&after));
        assert_eq!(publish(&store, &after, "3", Extent::Changes), Ok(false));
        assert_eq!(publish(&store, &after, "4", Extent::Everything), Ok(true));
    }

    #[test]
    fn a_stopped_publish_goes_on_where_it_stopped() {
        let store = shelf();
        let files = vec![("a.html", "1"), ("b.html", "1"), ("c.html", "1"), ("d.html", "1")];
        *store.left.lock().expect("a number") = Some(3);
        let failure = publish(&store, &files, "1", Extent::Changes).expect_err("stopped");
        assert!(failure.message.contains("`c.html`"), "{}", failure.message);
        *store.left.lock().expect("a number") = None;
        store.changes.lock().expect("changes").clear();
        assert_eq!(publish(&store, &files, "2", Extent::Changes), Ok(true));
        let wanted = ["+.juhend", "+c.html", "+d.html", "+manifest.json", "-.juhend"];
        assert_eq!(*store.changes.lock().expect("changes"), wanted);
        assert_eq!(store.texts(), whole(&files));
    }

    #[test]
    fn two_at_once_are_found_out() {
        let files = vec![("a.html", "1")];
        let (folder, manifest) = built(&files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let way = |publish| Way { extent: Extent::Changes, at_once: 1, publish };
        let store = shelf();
        let standing = Standing::of(&store, &portal).expect("read");
        let todo = plan(&store, &standing, &portal, way("1")).expect("planned");
        begin(&store, &standing, &todo, way("1")).expect("begun");
        // The other one read the store before the journal was written, and after.
        let failure = carry_out(&store, &standing, &portal, &todo, way("2")).expect_err("refused");
        assert!(failure.message.contains("another publish"), "{}", failure.message);
        let later = Standing::of(&store, &portal).expect("read");
        assert_eq!(carry_out(&store, &later, &portal, &todo, way("3")), Ok(true));
        assert_eq!(is_own(&store, way("1")), Ok(false));
        // Our own journal, of whose writing we heard nothing, is no other's.
        begin(&store, &standing, &todo, way("4")).expect("begun");
        assert_eq!(begin(&store, &standing, &todo, way("4")), Ok(()));
    }

    #[test]
    fn pages_of_somebody_else_are_not_written_over() {
        let files = vec![("index.html", "1")];
        let (folder, manifest) = built(&files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let check = |store: &Shelf| check_free(store, &Standing::of(store, &portal).expect("read"));
        let store = shelf();
        assert_eq!(check(&store), Ok(()));
        publish(&store, &files, "1", Extent::Changes).expect("published");
        assert_eq!(check(&store), Ok(()));
        store.delete(MANIFEST).expect("deleted");
        assert!(check(&store).expect_err("refused").message.contains("no publish wrote"));
    }

    fn files() -> impl Strategy<Value = Files> {
        let name =
            prop::sample::select(vec!["a.html", "b.html", "c/d.html", "assets/e.css", "f.png", "feed.xml"]);
        let text = prop::sample::select(vec!["1", "2", "3"]);
        prop::collection::btree_map(name, text, 0..6).prop_map(|files| files.into_iter().collect())
    }

    proptest! {
        /// However often publishes of whatever portals are stopped, wherever: the next that ends leaves its portal,
        /// whole, and nothing else.
        #[test]
        fn the_next_publish_mends_whatever_was_stopped(stopped in prop::collection::vec((files(), 0usize..12), 0..5), last in files()) {
            let store = shelf();
            for (at, (files, left)) in stopped.iter().enumerate() {
                *store.left.lock().expect("a number") = Some(*left);
                let _ = publish(&store, files, &format!("{at}"), Extent::Changes);
            }
            *store.left.lock().expect("a number") = None;
            publish(&store, &last, "last", Extent::Changes).expect("published");
            prop_assert_eq!(store.texts(), whole(&last));
        }
    }
}
