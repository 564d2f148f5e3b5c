//! Whole builds into temporary folders.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::*;

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::new();
    for (path, text) in files {
        output.insert(*path, (*text).to_owned()).expect("no conflict");
    }
    output
}

struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("temporary folder"))
    }

    fn target(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn write(&self, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
        write(&self.target(), &output(files), Mode::Changes)
    }

    fn written(files: &[(&str, &str)]) -> Self {
        let disk = Self::new();
        disk.write(files).expect("written");
        disk
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.target().join(path)).expect("file")
    }

    fn put(&self, path: &str, text: &str) {
        fs::write(self.target().join(path), text).expect("file");
    }

    fn inode(&self, path: &str) -> (u64, SystemTime) {
        let metadata = fs::metadata(self.target().join(path)).expect("file");
        (metadata.ino(), metadata.modified().expect("time"))
    }

    /// All files below the target but the marker, and nothing beside it.
    fn files(&self) -> Vec<String> {
        let beside: Vec<_> = fs::read_dir(self.0.path())
            .expect("listed")
            .map(|entry| entry.expect("entry").file_name())
            .collect();
        assert_eq!(beside, ["public"], "nothing stays beside the site");
        names(&self.target())
    }
}

fn names(folder: &Path) -> Vec<String> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| !entry.file_type().is_dir() && entry.file_name() != MARKER)
        .map(|entry| entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_new_site_is_written_whole() {
    let disk = Disk::new();
    let summary = disk.write(&[("index.html", "home"), ("a/b/index.html", "õ")]).expect("written");
    assert_eq!(summary, Summary { written: 2, unchanged: 0, removed: 0, bytes: 6 });
    assert_eq!(disk.files(), ["a/b/index.html", "index.html"]);
    assert_eq!(disk.text("a/b/index.html"), "õ");
    let mode = |path| fs::metadata(disk.target().join(path)).expect("there").permissions().mode() & 0o7777;
    assert_eq!((mode("index.html"), mode("a/b"), mode("."), mode(MARKER)), (0o644, 0o755, 0o755, 0o644));
}

#[test]
fn an_empty_folder_is_taken_and_folders_above_are_made() {
    let disk = Disk::new();
    fs::create_dir(disk.target()).expect("folder");
    disk.write(&[("a", "A")]).expect("written");
    assert_eq!(disk.files(), ["a"]);
    write(&disk.target().join("x/y/z"), &output(&[("a", "A")]), Mode::Changes).expect("written");
}

#[test]
fn two_builds_have_the_same_marker() {
    let files = [("b", "B"), ("a", "A")];
    let (one, other) = (Disk::written(&files), Disk::written(&files));
    assert_eq!(one.text(MARKER), other.text(MARKER));
}

#[test]
fn the_same_site_again_touches_nothing() {
    let files = [("index.html", "home"), ("a/index.html", "A")];
    let disk = Disk::written(&files);
    let before: Vec<_> = [".", "a", MARKER, "index.html", "a/index.html"].map(|path| disk.inode(path)).into();
    let summary = disk.write(&files).expect("written");
    assert_eq!(summary, Summary { written: 0, unchanged: 2, removed: 0, bytes: 0 });
    let after: Vec<_> = [".", "a", MARKER, "index.html", "a/index.html"].map(|path| disk.inode(path)).into();
    assert_eq!(before, after);
}

#[test]
fn one_change_leaves_the_other_files_their_inodes_and_times() {
    let disk = Disk::written(&[("index.html", "home"), ("a/index.html", "A"), ("b", "B")]);
    let before = [disk.inode("index.html"), disk.inode("b")];
    let summary = disk.write(&[("index.html", "home"), ("a/index.html", "AA"), ("b", "B")]).expect("written");
    assert_eq!(summary, Summary { written: 1, unchanged: 2, removed: 0, bytes: 2 });
    assert_eq!([disk.inode("index.html"), disk.inode("b")], before);
    assert_eq!(disk.text("a/index.html"), "AA");
    assert_eq!(disk.files(), ["a/index.html", "b", "index.html"]);
}

#[test]
fn everything_is_rewritten_when_asked() {
    let files = [("a", "A"), ("b", "B")];
    let disk = Disk::written(&files);
    let summary = write(&disk.target(), &output(&files), Mode::Everything).expect("written");
    assert_eq!(summary, Summary { written: 2, unchanged: 0, removed: 0, bytes: 2 });
}

#[test]
fn files_and_folders_that_are_gone_are_removed() {
    let disk = Disk::written(&[("a", "A"), ("old/deep/b", "B")]);
    let summary = disk.write(&[("a", "A")]).expect("written");
    assert_eq!(summary, Summary { written: 0, unchanged: 1, removed: 1, bytes: 0 });
    assert_eq!(disk.files(), ["a"]);
    assert!(!disk.target().join("old").exists());
    disk.write(&[("a/b", "B")]).expect("a file becomes a folder");
    assert_eq!(disk.files(), ["a/b"]);
}

#[test]
fn what_somebody_touched_is_written_anew() {
    let files = [("edited", "1"), ("chmod", "2"), ("deleted", "3"), ("linked", "4"), ("same", "5")];
    let disk = Disk::written(&files);
    let later = SystemTime::now() + Duration::from_secs(10);
    disk.put("edited", "x");
    fs::File::options()
        .write(true)
        .open(disk.target().join("edited"))
        .and_then(|file| file.set_modified(later))
        .expect("time");
    fs::set_permissions(disk.target().join("chmod"), fs::Permissions::from_mode(0o600)).expect("mode");
    fs::remove_file(disk.target().join("deleted")).expect("removed");
    fs::remove_file(disk.target().join("linked")).expect("removed");
    symlink("/etc/passwd", disk.target().join("linked")).expect("link");
    let summary = disk.write(&files).expect("written");
    assert_eq!((summary.written, summary.unchanged), (4, 1));
    for (path, text) in files {
        assert_eq!(disk.text(path), text);
    }
    assert!(fs::symlink_metadata(disk.target().join("linked")).expect("there").is_file());
}

#[test]
fn a_foreign_folder_is_refused() {
    let disk = Disk::new();
    fs::create_dir(disk.target()).expect("folder");
    disk.put("thesis.txt", "ten years");
    for mode in [Mode::Changes, Mode::Everything] {
        let error = write(&disk.target(), &output(&[("a", "A")]), mode).expect_err("refused");
        assert!(
            matches!(&error, WriteError::ForeignFolder(path) if *path == fs::canonicalize(disk.target()).expect("there"))
        );
    }
    assert_eq!(disk.files(), ["thesis.txt"]);
}

#[test]
fn a_file_or_a_strange_marker_is_refused() {
    let disk = Disk::new();
    fs::write(disk.target(), "a file").expect("file");
    assert!(matches!(disk.write(&[]), Err(WriteError::NotAFolder(_))));
    fs::remove_file(disk.target()).expect("removed");
    fs::create_dir(disk.target()).expect("folder");
    disk.put(MARKER, "juhend 99\n");
    let error = disk.write(&[("a", "A")]).expect_err("refused");
    assert!(error.to_string().contains("another version"), "{error}");
    assert!(matches!(write(Path::new("/"), &Output::new(), Mode::Changes), Err(WriteError::Nameless(_))));
}

#[test]
fn what_no_build_wrote_is_kept() {
    let disk = Disk::written(&[("a/index.html", "A"), ("b", "B")]);
    fs::create_dir_all(disk.target().join(".git/objects")).expect("folder");
    disk.put(".git/HEAD", "ref");
    disk.put("a/CNAME", "example.ee");
    symlink("b", disk.target().join("latest")).expect("link");
    let head = disk.inode(".git/HEAD");
    disk.write(&[("b", "BB")]).expect("written");
    assert_eq!(disk.files(), [".git/HEAD", "a/CNAME", "b", "latest"]);
    assert_eq!(disk.inode(".git/HEAD"), head);
    assert!(disk.target().join(".git/objects").is_dir());
    assert_eq!(fs::read_link(disk.target().join("latest")).expect("link"), Path::new("b"));
}

#[test]
fn what_no_build_wrote_is_not_overwritten() {
    for (foreign, wanted) in [("robots.txt", "robots.txt"), ("notes", "notes/a"), ("x/y", "x")] {
        let disk = Disk::written(&[("a", "A")]);
        fs::create_dir_all(disk.target().join(foreign).parent().expect("parent")).expect("folder");
        disk.put(foreign, "mine");
        let error = disk.write(&[("a", "A"), (wanted, "ours")]).expect_err("refused");
        assert!(matches!(error, WriteError::InTheWay { .. }), "{error}");
        assert_eq!(disk.text(foreign), "mine");
    }
}

#[test]
fn a_parent_that_cannot_be_written_is_named() {
    let disk = Disk::new();
    let file = disk.0.path().join("file");
    fs::write(&file, "").expect("file");
    let error = write(&file.join("site"), &output(&[("a", "A")]), Mode::Changes).expect_err("refused");
    assert!(error.to_string().contains("file"), "{error}");
    let error =
        write(Path::new("/proc/self/site"), &output(&[("a", "A")]), Mode::Changes).expect_err("refused");
    assert!(error.to_string().contains("/proc/"), "{error}");
}

#[test]
fn a_read_only_parent_is_named() {
    let disk = Disk::new();
    let parent = disk.0.path().join("parent");
    fs::create_dir(&parent).expect("folder");
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o500)).expect("mode");
    if fs::write(parent.join("probe"), "").is_ok() {
        return; // The superuser may write everywhere.
    }
    let error = write(&parent.join("site"), &output(&[("a", "A")]), Mode::Changes).expect_err("refused");
    assert!(error.to_string().contains("parent"), "{error}");
}

#[test]
fn an_unreadable_source_leaves_the_old_site() {
    let disk = Disk::written(&[("a", "A"), ("b", "B")]);
    let before = [disk.inode("."), disk.inode("a"), disk.inode(MARKER)];
    let mut new = output(&[("a", "AA")]);
    new.insert("pilt.png", Content::File("/no/such/pilt.png".into())).expect("no conflict");
    let error = write(&disk.target(), &new, Mode::Changes).expect_err("unreadable");
    assert!(error.to_string().contains("/no/such/pilt.png"), "{error}");
    assert_eq!([disk.inode("."), disk.inode("a"), disk.inode(MARKER)], before);
    assert_eq!(disk.files(), ["a", "b"]);
}

#[test]
fn an_error_while_staging_leaves_the_old_site() {
    let disk = Disk::written(&[("a", "A")]);
    let long = format!("{}.html", "x".repeat(300));
    let error = disk.write(&[("a", "AA"), (&long, "too long a name")]).expect_err("refused");
    assert!(error.to_string().contains("xxx"), "{error}");
    assert_eq!(disk.files(), ["a"]);
    assert_eq!(disk.text("a"), "A");
}

#[test]
fn files_are_copied_and_compared() {
    let disk = Disk::new();
    let elsewhere = tempfile::tempdir().expect("temporary folder");
    let pilt = elsewhere.path().join("pilt.png");
    fs::write(&pilt, vec![7; 300_000]).expect("file");
    fs::set_permissions(&pilt, fs::Permissions::from_mode(0o600)).expect("mode");
    let mut site = Output::new();
    site.insert("pilt.png", Content::File(pilt.clone())).expect("no conflict");
    assert_eq!(write(&disk.target(), &site, Mode::Changes).expect("written").bytes, 300_000);
    assert_eq!(fs::read(disk.target().join("pilt.png")).expect("file"), vec![7; 300_000]);
    assert_eq!(write(&disk.target(), &site, Mode::Changes).expect("written").unchanged, 1);
    fs::write(&pilt, vec![8; 300_000]).expect("file");
    assert_eq!(write(&disk.target(), &site, Mode::Changes).expect("written").written, 1);
    assert_eq!(disk.files(), ["pilt.png"]);
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let disk = Disk::written(&[("a", "A")]);
    let lock = Lock::take(&Site::of(&disk.target()).expect("found").lock()).expect("free");
    let error = disk.write(&[("a", "AA")]).expect_err("refused");
    assert!(matches!(error, WriteError::Busy(_)));
    drop(lock);
    disk.write(&[("a", "AA")]).expect("written");
    assert_eq!(disk.files(), ["a"]);
}

#[test]
fn many_builds_at_once_leave_one_whole_site() {
    let disk = Disk::written(&[("a", "0"), ("b", "0")]);
    std::thread::scope(|scope| {
        for number in 1..=8 {
            let disk = &disk;
            scope.spawn(move || {
                let text = number.to_string();
                match disk.write(&[("a", &text), ("b", &text)]) {
                    Ok(_) | Err(WriteError::Busy(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            });
        }
    });
    assert_eq!(disk.text("a"), disk.text("b"));
    assert_eq!(disk.files(), ["a", "b"]);
}

#[test]
fn a_reader_never_misses_a_page() {
    let disk = Disk::written(&[("a", "0"), ("b", "0")]);
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                fs::read(disk.target().join("a")).expect("there at every moment");
            }
        });
        for number in 1..20 {
            let text = number.to_string();
            disk.write(&[("a", &text), ("b", "0")]).expect("written");
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn remains_of_dead_builds_are_cleared_up() {
    let disk = Disk::written(&[("a", "A")]);
    fs::create_dir_all(disk.0.path().join(".public.staging-1/deep")).expect("folder");
    disk.write(&[("a", "A")]).expect("written");
    assert_eq!(disk.files(), ["a"]);

    fs::rename(disk.target(), disk.0.path().join(".public.aside-1")).expect("renamed");
    let inode = fs::metadata(disk.0.path().join(".public.aside-1/a")).expect("there").ino();
    disk.write(&[("a", "A")]).expect("written");
    assert_eq!(disk.inode("a").0, inode);
    assert_eq!(disk.files(), ["a"]);
}

#[test]
fn a_link_to_the_site_stays_a_link() {
    let disk = Disk::written(&[("a", "A")]);
    let elsewhere = tempfile::tempdir().expect("temporary folder");
    let link = elsewhere.path().join("www");
    symlink(disk.target(), &link).expect("link");
    write(&link, &output(&[("a", "AA")]), Mode::Changes).expect("written");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(disk.text("a"), "AA");
    let lost = elsewhere.path().join("lost");
    symlink("/no/such/folder", &lost).expect("link");
    assert!(write(&lost, &Output::new(), Mode::Changes).is_err());
}
