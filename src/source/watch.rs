//! Tells when files change. The only file that names `notify`.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
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
    _watcher: RecommendedWatcher,
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
    let heads = roots.clone();
    // Links out of the tree are not read, so that nothing is to be learnt from watching them.
    let config = Config::default().with_follow_symlinks(false);
    let forward = move |event| {
        let changed = changed(event, &heads);
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
    Ok(Watch { _watcher: watcher })
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
fn changed(event: notify::Result<Event>, roots: &[PathBuf]) -> BTreeSet<PathBuf> {
    match event {
        Ok(event) if event.need_rescan() => roots.iter().cloned().collect(),
        Ok(Event { kind: EventKind::Access(_), .. }) => BTreeSet::new(),
        Ok(event) => event.paths.into_iter().filter(|path| is_content(path, roots)).collect(),
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
        changed(Ok(event), &[PathBuf::from("/p/.work/content")]).into_iter().collect()
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
    fn a_missing_folder_is_named() {
        let error = watch(&[PathBuf::from("/no/such/folder")], QUIET, |_| {}).err().expect("missing");
        assert!(error.to_string().contains("/no/such/folder"), "{error}");
    }
}
