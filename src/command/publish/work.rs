//! Carries a publish out on a store.
//!
//! 1. The published manifest and, where the last publish was stopped, its journal tell what the store holds.
//! 2. Files of which they cannot tell are looked at: each says the hash that it was published with, and what says none
//!    is somebody else's.
//! 3. The journal names every file that is about to be touched.
//! 4. What pages show is uploaded, then pages, then what lists them; the manifest after all of them.
//! 5. What is no more is deleted, and last of all the journal: each only while the journal is our own.
//!
//! Stopped at any point, the next publish does the rest, whether it is of the same portal or of another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::super::exit::Failure;
use super::journal::{JOURNAL, Journal};
use super::plan::{Extent, Plan, uncertain};
use super::store::{Condition, Held, Object, Refusal, Store};
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

    /// Whether there is nothing to do where `plan` is the plan.
    pub fn is_done(&self, plan: &Plan) -> bool {
        plan.is_empty() && self.has_manifest && !self.was_stopped()
    }

    /// For whom the files are that may be there: what was published, and what a stopped publish uploaded.
    pub fn audiences(&self) -> impl Iterator<Item = &str> {
        let published = self.published.iter().map(|published| &*published.origin.audience);
        published.chain(self.journal.iter().filter_map(|(journal, _)| journal.audience.as_deref()))
    }

    fn unsure(&self) -> BTreeSet<OutputPath> {
        self.journal.as_ref().map(|(journal, _)| journal.unsure.clone()).unwrap_or_default()
    }

    fn gone(&self) -> BTreeSet<OutputPath> {
        self.journal.as_ref().map(|(journal, _)| journal.gone.clone()).unwrap_or_default()
    }

    fn lists(&self, path: &OutputPath) -> bool {
        self.published.as_ref().is_some_and(|published| published.files.contains_key(path))
    }
}

/// Refuses to write over files of somebody else.
///
/// # Errors
/// The plan does.
pub fn check_free(plan: &Plan) -> Result<(), Failure> {
    let Some(first) = plan.foreign.first() else { return Ok(()) };
    let more = match plan.foreign.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Err(Failure::new(format!("there is a `{first}` already that no publish wrote{more}"))
        .hint("name another prefix; `--force` writes over what is there"))
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
    let (unsure, published) = (standing.unsure(), standing.published.as_ref());
    let mut missing = uncertain(portal.manifest, published, &unsure, way.extent);
    let is_stray = |path: &OutputPath| !standing.lists(path) && !portal.manifest.files.contains_key(path);
    let strays = unsure.iter().filter(|path| is_stray(path));
    let seen = match way.extent {
        Extent::Everything => look(store, strays, way)?,
        Extent::Changes => {
            let is_open = |path: &&OutputPath| unsure.contains(*path) || !standing.lists(path);
            look(store, missing.iter().map(|(path, _)| path).filter(is_open).chain(strays), way)?
        }
    };
    let gone = standing.gone();
    // What is being deleted may be there now and gone in a moment.
    let is_trusted = |path: &OutputPath| unsure.contains(path) && !gone.contains(path);
    missing.retain(|(path, listed)| {
        !(is_trusted(path) && seen.get(path).is_some_and(|held| is_same(held, *listed)))
    });
    let is_ours = |held: &Held| held.sha256.is_some();
    let (ours, others): (Vec<_>, Vec<_>) = seen.iter().partition(|(_, held)| is_ours(held));
    let ours = ours.into_iter().map(|(path, _)| path).filter(|path| is_stray(path)).cloned().collect();
    let mut plan = Plan::of(portal.manifest, missing, published, &ours);
    let others = others.into_iter().map(|(path, _)| path);
    plan.foreign = others.filter(|path| !standing.lists(path) && !is_stray(path)).cloned().collect();
    Ok(plan)
}

/// What the store says of those of `paths` at which something is.
fn look<'a>(
    store: &dyn Store,
    paths: impl Iterator<Item = &'a OutputPath>,
    way: Way<'_>,
) -> Result<BTreeMap<OutputPath, Held>, Failure> {
    let seen = Mutex::new(BTreeMap::new());
    each(&paths.collect::<Vec<_>>(), way.at_once, |path| {
        let held = store.held(path.as_str());
        let held = held.map_err(|refusal| refusal.failure(&format!("cannot look at `{path}` there")))?;
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(held.map(|held| ((*path).clone(), held)));
        Ok(())
    })?;
    Ok(seen.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn is_same(held: &Held, listed: Listed) -> bool {
    held.sha256 == Some(listed.sha256) && held.bytes.is_none_or(|bytes| bytes == listed.bytes)
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
    if standing.is_done(plan) {
        return Ok(false);
    }
    let own = begin(store, standing, portal, plan, way)?;
    for wave in &plan.waves {
        each(wave, way.at_once, |(path, listed)| upload(store, portal, path, *listed))?;
    }
    // Whoever took the journal over meanwhile may have changed what was uploaded.
    check_own(store, own, way)?;
    let manifest = object_of(portal.text, Condition::Always);
    store.put(MANIFEST, &manifest).map_err(|refusal| refusal.failure("cannot write the manifest there"))?;
    for gone in &plan.gone {
        each(gone, way.at_once, |path| {
            // Whoever took it over meanwhile may have published what is no more here.
            check_own(store, own, way)?;
            delete(store, path.as_str())
        })?;
    }
    check_own(store, own, way)?;
    delete(store, JOURNAL)?;
    Ok(true)
}

fn upload(store: &dyn Store, portal: &Portal<'_>, path: &OutputPath, listed: Listed) -> Result<(), Failure> {
    let full = path.below(portal.folder);
    let file = File::open(&full)
        .map_err(|error| Failure::new(format!("cannot read `{}`: {error}", full.display())))?;
    let Listed { sha256, bytes } = listed;
    let object = Object { load: Load::File(&file), bytes, sha256, condition: Condition::Always };
    store
        .put(path.as_str(), &object)
        .map_err(|refusal| refusal.failure(&format!("cannot write `{path}` there")))
}

fn delete(store: &dyn Store, path: &str) -> Result<(), Failure> {
    store.delete(path).map_err(|refusal| refusal.failure(&format!("cannot delete `{path}` there")))
}

fn object_of<'a>(bytes: &'a [u8], condition: Condition<'a>) -> Object<'a> {
    Object { load: Load::Bytes(bytes), bytes: bytes.len() as u64, sha256: Digest::of(bytes), condition }
}

/// Writes the journal of everything that is touched now or was by the publish before; its hash.
fn begin(
    store: &dyn Store,
    standing: &Standing,
    portal: &Portal<'_>,
    plan: &Plan,
    way: Way<'_>,
) -> Result<Digest, Failure> {
    let (mut unsure, mut gone) = (standing.unsure(), standing.gone());
    unsure.extend(plan.touched().cloned());
    gone.extend(plan.deletes().cloned());
    let audience = Some(portal.manifest.origin.audience.clone());
    let text = Journal { publish: way.publish.to_owned(), audience, unsure, gone }.to_text();
    let condition = match &standing.journal {
        None => Condition::Absent,
        Some((_, Some(tag))) => Condition::Tagged(tag),
        Some((_, None)) => Condition::Always,
    };
    let journal = object_of(text.as_bytes(), condition);
    match store.put(JOURNAL, &journal) {
        // An answer may be lost after the journal was written: then it is written by ourselves.
        Err(Refusal::Condition) if is_own(store, way)? => Ok(journal.sha256),
        Err(Refusal::Condition) => Err(another()),
        written => written
            .map(|()| journal.sha256)
            .map_err(|refusal| refusal.failure("cannot write the journal of the publish there")),
    }
}

/// Refuses to go on once another publish took the journal over that has the hash `own`.
fn check_own(store: &dyn Store, own: Digest, way: Way<'_>) -> Result<(), Failure> {
    let held = store.held(JOURNAL);
    let held = held.map_err(|refusal| refusal.failure("cannot look at the journal of the publish there"))?;
    // A journal can be long, and its head is not. Stores that keep no hashes are asked for all of it.
    let is_own = match held.map(|held| held.sha256) {
        Some(Some(sha256)) => sha256 == own,
        Some(None) => is_own(store, way)?,
        None => false,
    };
    if is_own { Ok(()) } else { Err(another()) }
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

    const NOT_OURS: &str = "not ours";

    /// What a store holds where `files` are published beside a file of somebody else.
    fn whole(files: &Files) -> BTreeMap<String, String> {
        let mut whole: BTreeMap<String, String> =
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        whole.insert(MANIFEST.to_owned(), manifest(files).to_text());
        whole.insert("stranger.html".to_owned(), NOT_OURS.to_owned());
        whole
    }

    fn shelf() -> Shelf {
        let shelf = Shelf::default();
        shelf.lay("stranger.html", NOT_OURS);
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
            "+d.html",
            "+a.html",
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
        begin(&store, &standing, &portal, &todo, way("1")).expect("begun");
        // The other one read the store before the journal was written, and after.
        let failure = carry_out(&store, &standing, &portal, &todo, way("2")).expect_err("refused");
        assert!(failure.message.contains("another publish"), "{}", failure.message);
        let later = Standing::of(&store, &portal).expect("read");
        assert_eq!(carry_out(&store, &later, &portal, &todo, way("3")), Ok(true));
        assert_eq!(is_own(&store, way("1")), Ok(false));
        // Our own journal, of whose writing we heard nothing, is no other's.
        let own = begin(&store, &standing, &portal, &todo, way("4")).expect("begun");
        assert_eq!(begin(&store, &standing, &portal, &todo, way("4")), Ok(own));
        assert_eq!(check_own(&store, own, way("4")), Ok(()));
        // Nor is it on stores that keep no hashes.
        let text = store.get(JOURNAL).expect("read").expect("a journal").bytes;
        store.lay(JOURNAL, &String::from_utf8(text).expect("a text"));
        assert_eq!(check_own(&store, own, way("4")), Ok(()));
        assert_eq!(check_own(&store, own, way("5")), Err(another()));
    }

    #[test]
    fn what_another_publishes_meanwhile_is_not_deleted() {
        let before: Files = vec![("a.html", "1"), ("b.html", "1"), ("tool.txt", "1")];
        let (one, other): (Files, Files) = (vec![("a.html", "1")], vec![("a.html", "2"), ("tool.txt", "1")]);
        let store = shelf();
        publish(&store, &before, "1", Extent::Changes).expect("published");
        let wanted = whole(&other);
        *store.meanwhile.lock().expect("somebody") = Some(Box::new(move |store| {
            assert_eq!(publish(store, &other, "3", Extent::Changes), Ok(true));
        }));
        // The other one comes when a page was deleted, and the tool was not.
        assert_eq!(publish(&store, &one, "2", Extent::Changes), Err(another()));
        assert_eq!(store.texts(), wanted);
        // When all was deleted, and the journal was not: it is the journal of another by now.
        let portal: Files = vec![("c.html", "1")];
        publish(&store, &vec![("b.html", "1")], "4", Extent::Changes).expect("published");
        *store.meanwhile.lock().expect("somebody") = Some(Box::new(|store| {
            *store.left.lock().expect("a number") = Some(1);
            publish(store, &vec![("d.html", "1")], "6", Extent::Changes).expect_err("stopped");
            *store.left.lock().expect("a number") = None;
        }));
        assert_eq!(publish(&store, &portal, "5", Extent::Changes), Err(another()));
        assert!(store.texts().contains_key(JOURNAL));
        publish(&store, &portal, "7", Extent::Changes).expect("published");
        assert_eq!(store.texts(), whole(&portal));
    }

    #[test]
    fn what_another_is_about_to_delete_is_uploaded_again() {
        let before: Files = vec![("a.html", "1"), ("tool.txt", "1")];
        let after: Files = vec![("a.html", "2"), ("tool.txt", "1")];
        // Stopped before it deletes, after its manifest and before.
        for left in [1, 2] {
            let store = shelf();
            publish(&store, &before, "1", Extent::Changes).expect("published");
            *store.left.lock().expect("a number") = Some(left);
            publish(&store, &vec![("a.html", "1")], "2", Extent::Changes).expect_err("stopped");
            *store.left.lock().expect("a number") = None;
            let (folder, manifest) = built(&after);
            let text = manifest.to_text();
            let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
            let way = Way { extent: Extent::Changes, at_once: 1, publish: "3" };
            let standing = Standing::of(&store, &portal).expect("read");
            let todo = plan(&store, &standing, &portal, way).expect("planned");
            // It was slow and not dead.
            store.delete("tool.txt").expect("deleted");
            assert_eq!(carry_out(&store, &standing, &portal, &todo, way), Ok(true));
            assert_eq!(store.texts(), whole(&after), "{left}");
        }
    }

    #[test]
    fn files_of_somebody_else_are_not_written_over() {
        let files = vec![("404.html", "1"), ("index.html", "1")];
        let (folder, manifest) = built(&files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let check = |store: &Shelf| {
            let way = Way { extent: Extent::Changes, at_once: 1, publish: "1" };
            let standing = Standing::of(store, &portal).expect("read");
            check_free(&plan(store, &standing, &portal, way).expect("planned"))
        };
        let refused = |store: &Shelf| check(store).expect_err("refused").message;
        let store = shelf();
        assert_eq!(check(&store), Ok(()));
        store.lay("404.html", NOT_OURS);
        assert_eq!(refused(&store), "there is a `404.html` already that no publish wrote");
        store.lay("index.html", NOT_OURS);
        assert_eq!(refused(&store), "there is a `404.html` already that no publish wrote, and 1 more");
        // Nor after a publish that was stopped, or was of another portal.
        *store.left.lock().expect("a number") = Some(2);
        publish(&store, &files, "1", Extent::Changes).expect_err("stopped");
        *store.left.lock().expect("a number") = None;
        assert_eq!(refused(&store), "there is a `index.html` already that no publish wrote");
        publish(&store, &vec![("404.html", "2")], "2", Extent::Changes).expect("published");
        assert_eq!(refused(&store), "there is a `index.html` already that no publish wrote");
        publish(&store, &files, "3", Extent::Changes).expect("published");
        assert_eq!(check(&store), Ok(()));
        // What publishes wrote is theirs, whatever became of the manifest.
        store.delete(MANIFEST).expect("deleted");
        assert_eq!(check(&store), Ok(()));
    }

    #[test]
    fn a_publish_that_never_came_to_a_file_does_not_delete_it() {
        let store = shelf();
        store.lay("guides/tool.txt", NOT_OURS);
        *store.left.lock().expect("a number") = Some(1);
        publish(&store, &vec![("a.html", "1"), ("guides/tool.txt", "1")], "1", Extent::Changes)
            .expect_err("stopped");
        *store.left.lock().expect("a number") = None;
        let files = vec![("b.html", "1")];
        publish(&store, &files, "2", Extent::Changes).expect("published");
        let mut wanted = whole(&files);
        wanted.insert("guides/tool.txt".to_owned(), NOT_OURS.to_owned());
        assert_eq!(store.texts(), wanted);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_as_such() {
        let files = vec![("a.html", "1")];
        let (folder, manifest) = built(&files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let way = Way { extent: Extent::Changes, at_once: 1, publish: "1" };
        let store = shelf();
        let standing = Standing::of(&store, &portal).expect("read");
        let todo = plan(&store, &standing, &portal, way).expect("planned");
        fs::remove_file(folder.path().join("a.html")).expect("removed");
        let failure = carry_out(&store, &standing, &portal, &todo, way).expect_err("refused");
        assert!(failure.message.starts_with("cannot read `"), "{}", failure.message);
        assert_eq!(failure.hint, None);
    }

    #[test]
    fn for_whom_a_stopped_publish_was_is_known() {
        let store = shelf();
        *store.left.lock().expect("a number") = Some(1);
        let files = vec![("a.html", "1")];
        publish(&store, &files, "1", Extent::Changes).expect_err("stopped");
        let (folder, manifest) = built(&files);
        let text = manifest.to_text();
        let portal = Portal { folder: folder.path(), manifest: &manifest, text: text.as_bytes() };
        let standing = Standing::of(&store, &portal).expect("read");
        assert_eq!(standing.audiences().collect::<Vec<_>>(), ["internal"]);
    }

    fn files() -> impl Strategy<Value = Files> {
        let name =
            prop::sample::select(vec!["a.html", "b.html", "c/d.html", "assets/e.css", "f.png", "feed.xml"]);
        let text = prop::sample::select(vec!["1", "2", "3"]);
        prop::collection::btree_map(name, text, 0..6).prop_map(|files| files.into_iter().collect())
    }

    /// Those names of [`files`] at which files of somebody else stand.
    fn strangers() -> impl Strategy<Value = Vec<&'static str>> {
        prop::sample::subsequence(vec!["a.html", "c/d.html", "f.png"], 0..=3)
    }

    proptest! {
        /// However often publishes of whatever portals are stopped, wherever: the next that ends leaves its portal,
        /// whole, and besides only what somebody else put there and no publish wrote over.
        #[test]
        fn the_next_publish_mends_whatever_was_stopped(
            stopped in prop::collection::vec((files(), 0usize..12), 0..5), last in files(), strangers in strangers(),
        ) {
            let store = shelf();
            for name in &strangers {
                store.lay(name, NOT_OURS);
            }
            for (at, (files, left)) in stopped.iter().enumerate() {
                *store.left.lock().expect("a number") = Some(*left);
                let _ = publish(&store, files, &format!("{at}"), Extent::Changes);
            }
            *store.left.lock().expect("a number") = None;
            publish(&store, &last, "last", Extent::Changes).expect("published");
            let mut wanted = whole(&last);
            let changes = store.changes.lock().expect("changes").clone();
            for name in strangers.into_iter().filter(|name| !changes.contains(&format!("+{name}"))) {
                wanted.insert(name.to_owned(), NOT_OURS.to_owned());
            }
            prop_assert_eq!(store.texts(), wanted);
        }
    }
}
