//! Tells when files change. The only file that names `notify`.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::is_passed_over;

/// The quiet time that turns the several writes of one save into one change.
pub const QUIET: Duration = Duration::from_millis(15);

/// How many quiet times a burst may last: whoever writes without a pause is still served.
const LONGEST_BURST: u32 = 40;

/// A running watch; it ends when dropped.
#[must_use = "a watch ends when it is dropped"]
pub struct Watch {
    running: Arc<Running>,
}

impl Watch {
    /// What more places are added with while the watch runs.
    pub fn more(&self) -> More {
        More { running: Arc::downgrade(&self.running) }
    }
}

/// Adds places to a watch. It does not keep the watch running.
#[derive(Debug, Clone)]
pub struct More {
    running: Weak<Running>,
}

struct Running {
    watcher: Mutex<RecommendedWatcher>,
    places: Arc<RwLock<Places>>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").finish_non_exhaustive()
    }
}

/// What is watched.
#[derive(Debug, Default)]
struct Places {
    /// Folders with all below them.
    roots: Vec<PathBuf>,
    /// Paths at which something may come to be; of the folders above them nothing else is looked at.
    awaited: Vec<PathBuf>,
}

impl More {
    /// Watches the folders among `paths` with all below them, and waits for what is not there to come. What is watched
    /// already, or cannot be, is passed over: it is no reason to show nothing.
    pub fn add(&self, paths: &[PathBuf]) {
        let Some(running) = self.running.upgrade() else { return };
        for path in paths {
            running.add(path);
        }
    }
}

impl Running {
    fn add(&self, path: &Path) {
        // Whoever waits for the watcher holds no lock that its own thread may wait for.
        if let Some(folder) = fs::canonicalize(path).ok().filter(|found| found.is_dir()) {
            let is_known = self.seen(|places| places.roots.iter().any(|root| folder.starts_with(root)));
            if !is_known && self.watch(&folder, RecursiveMode::Recursive) {
                self.places.write().unwrap_or_else(PoisonError::into_inner).roots.push(folder);
            }
            return;
        }
        let above = path.ancestors().skip(1).find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
        let Some((above, folder)) = above else { return };
        let Ok(rest) = path.strip_prefix(above) else { return };
        let awaited = folder.join(rest);
        if self.seen(|places| places.roots.iter().any(|root| folder.starts_with(root))) {
            return;
        }
        // The nearest folder that is there may be a nearer one than when this was asked before.
        if self.watch(&folder, RecursiveMode::NonRecursive)
            && !self.seen(|places| places.awaited.contains(&awaited))
        {
            self.places.write().unwrap_or_else(PoisonError::into_inner).awaited.push(awaited);
        }
    }

    fn seen<T>(&self, look: impl Fn(&Places) -> T) -> T {
        look(&self.places.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn watch(&self, folder: &Path, mode: RecursiveMode) -> bool {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        watcher.watch(folder, mode).is_ok()
    }
}

/// Why folders cannot be watched.
#[derive(Debug)]
pub struct WatchError {
    path: Option<PathBuf>,
    cause: String,
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "cannot watch `{}`: {}", path.display(), self.cause),
            None => write!(f, "cannot watch files: {}", self.cause),
        }
    }
}

impl std::error::Error for WatchError {}

/// Watches the folders `paths` with all below them and calls `on_change`, on a thread of its own, once
/// nothing has happened for `quiet`.
///
/// It gets the changed paths, canonical, sorted, each once; where the system lost count, the watched
/// folders themselves. Reading a file is no change, nor is what happens to hidden files and those that
/// editors write beside the one they save.
///
/// # Errors
///
/// When a folder does not exist or the system refuses to watch it.
pub fn watch(
    paths: &[PathBuf],
    quiet: Duration,
    on_change: impl FnMut(Vec<PathBuf>) + Send + 'static,
) -> Result<Watch, WatchError> {
    let roots = paths.iter().map(|path| canonical(path)).collect::<Result<Vec<_>, _>>()?;
    let (sender, receiver) = channel();
    let places = Arc::new(RwLock::new(Places { roots: roots.clone(), awaited: Vec::new() }));
    let seen = Arc::clone(&places);
    // Links out of the tree are not read, so that nothing is to be learnt from watching them.
    let config = Config::default().with_follow_symlinks(false);
    let forward = move |event| {
        let changed = changed(event, &seen.read().unwrap_or_else(PoisonError::into_inner));
        if !changed.is_empty() {
            // The receiver is gone only while the watch is being dropped.
            let _ = sender.send(changed);
        }
    };
    let mut watcher = RecommendedWatcher::new(forward, config).map_err(|error| refused(None, &error))?;
    for root in &roots {
        watcher.watch(root, RecursiveMode::Recursive).map_err(|error| refused(Some(root), &error))?;
    }
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || gather(&receiver, quiet, on_change))
        .map_err(|error| WatchError { path: None, cause: error.to_string() })?;
    Ok(Watch { running: Arc::new(Running { watcher: Mutex::new(watcher), places }) })
}

fn canonical(path: &Path) -> Result<PathBuf, WatchError> {
    fs::canonicalize(path)
        .map_err(|error: io::Error| WatchError { path: Some(path.to_owned()), cause: error.to_string() })
}

fn refused(path: Option<&Path>, error: &notify::Error) -> WatchError {
    let cause = match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (on Linux `fs.inotify.max_user_watches`)"
                .to_owned()
        }
        _ => error.to_string(),
    };
    WatchError { path: path.map(Path::to_owned), cause }
}

/// Collects changes until a quiet time and hands them over, until the watch is dropped.
///
/// A blocking wait instead of a timer that ticks: a preview left open overnight costs nothing.
fn gather(
    changes: &Receiver<BTreeSet<PathBuf>>,
    quiet: Duration,
    mut on_change: impl FnMut(Vec<PathBuf>) + Send + 'static,
) {
    while let Ok(mut changed) = changes.recv() {
        // A monotonic clock that decides when the change is told, never what is in it.
        let start = Instant::now();
        while start.elapsed() < quiet * LONGEST_BURST {
            match changes.recv_timeout(quiet) {
                Ok(more) => changed.extend(more),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        on_change(changed.into_iter().collect());
    }
}

/// The paths an event says have changed; the watched folders where the system lost count.
fn changed(event: notify::Result<Event>, places: &Places) -> BTreeSet<PathBuf> {
    let Places { roots, awaited } = places;
    let is_on_the_way = |path: &PathBuf| awaited.iter().any(|awaited| awaited.starts_with(path));
    match event {
        Ok(event) if event.need_rescan() => roots.iter().cloned().collect(),
        Ok(Event { kind: EventKind::Access(_), .. }) => BTreeSet::new(),
        Ok(event) => {
            let is_meant = |path: &PathBuf| is_content(path, roots) || is_on_the_way(path);
            event.paths.into_iter().filter(is_meant).collect()
        }
        Err(_) => roots.iter().cloned().collect(),
    }
}

/// Whether the reader would look at `path`; names above the watched folders do not count.
fn is_content(path: &Path, roots: &[PathBuf]) -> bool {
    roots.iter().filter_map(|root| path.strip_prefix(root).ok()).any(|inside| {
        inside.components().all(|component| match component {
            Component::Normal(name) => !is_passed_over(&name.to_string_lossy()),
            _ => true,
        })
    })
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, Flag, ModifyKind};

    use super::*;

    fn paths(event: Event) -> Vec<PathBuf> {
        let places = Places { roots: vec!["/p/.work/content".into()], awaited: vec!["/p/old/2025".into()] };
        changed(Ok(event), &places).into_iter().collect()
    }

    #[test]
    fn reading_and_temporary_files_are_no_change() {
        let modify = || Event::new(EventKind::Modify(ModifyKind::Any));
        let a = PathBuf::from("/p/.work/content/a.md");
        assert_eq!(
            paths(Event::new(EventKind::Access(AccessKind::Any)).add_path(a.clone())),
            [] as [PathBuf; 0]
        );
        let both = modify().add_path("/p/.work/content/.a.md.swp".into()).add_path(a.clone());
        assert_eq!(paths(both), [a]);
        assert!(paths(modify().add_path("/p/.work/content/.git/index".into())).is_empty());
        assert!(paths(modify().add_path("/p/elsewhere/a.md".into())).is_empty());
        let old = PathBuf::from("/p/old");
        assert_eq!(paths(modify().add_path("/p/older".into()).add_path(old.clone())), [old]);
    }

    #[test]
    fn a_lost_count_means_everything() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(paths(lost), [PathBuf::from("/p/.work/content")]);
    }

    #[test]
    fn a_save_is_told_once() {
        let folder = tempfile::tempdir().expect("temporary folder");
        fs::create_dir(folder.path().join("deep")).expect("folder");
        let (sender, told) = channel();
        let on_change = move |paths| sender.send(paths).expect("the test listens");
        // A generous quiet time, since the machine of the tests may be slow.
        let watch =
            watch(&[folder.path().to_owned()], Duration::from_millis(200), on_change).expect("watched");
        let file = folder.path().join("deep/a.md");
        for text in ["one", "two", "three"] {
            fs::write(&file, text).expect("file");
        }
        fs::write(folder.path().join("deep/.a.md.swp"), "").expect("file");
        let paths = told.recv_timeout(Duration::from_secs(10)).expect("told");
        assert_eq!(paths, [fs::canonicalize(&file).expect("canonical")]);
        assert!(told.recv_timeout(Duration::from_millis(600)).is_err(), "told twice");
        drop(watch);
        assert!(matches!(told.recv_timeout(Duration::from_secs(10)), Err(RecvTimeoutError::Disconnected)));
    }

    #[test]
    fn a_folder_that_comes_later_is_told_and_watched_then() {
        let folder = tempfile::tempdir().expect("temporary folder");
        fs::create_dir(folder.path().join("content")).expect("folder");
        let (sender, told) = channel();
        let on_change = move |paths| sender.send(paths).expect("the test listens");
        let watch = watch(&[folder.path().join("content")], QUIET, on_change).expect("watched");
        let later = folder.path().join("old/2025");
        let tell = || told.recv_timeout(Duration::from_secs(10)).expect("told");
        let root = fs::canonicalize(folder.path()).expect("canonical");
        watch.more().add(std::slice::from_ref(&later));
        fs::create_dir(folder.path().join("old")).expect("folder");
        assert_eq!(tell(), [root.join("old")]);
        watch.more().add(std::slice::from_ref(&later));
        fs::create_dir(&later).expect("folder");
        assert!(tell().contains(&root.join("old/2025")));
        watch.more().add(std::slice::from_ref(&later));
        fs::write(later.join("a.md"), "A").expect("file");
        assert!(tell().contains(&root.join("old/2025/a.md")));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = watch(&[PathBuf::from("/no/such/folder")], QUIET, |_| {}).err().expect("missing");
        assert!(error.to_string().contains("/no/such/folder"), "{error}");
    }
}
