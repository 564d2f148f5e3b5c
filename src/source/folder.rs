//! Reads a content folder.
//!
//! 1. Walk the tree and collect files with their stamps.
//! 2. Texts whose stamp is that of the last reading are taken over; the others are read in parallel.
//! 3. Media are listed and not read.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::walk::{self, Found, Walk, cause, is_gone};
use super::{Media, MediaBytes, SourceFile, Sources, faults, is_text, without_mark};
use crate::diagnostic::{Diagnostic, FileId, Place, Rule};

/// The length that no text may exceed unless the caller says otherwise: 64 MB.
pub const TEXT_LIMIT: u64 = 64 * 1024 * 1024;

/// Why a content folder could not be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// The folder itself cannot be listed.
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The content folder is not below the project's root, so its files have no paths.
    Outside {
        /// The content folder.
        content: PathBuf,
        /// The project's root.
        root: PathBuf,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { path, cause } => write!(f, "cannot read the folder `{}`: {cause}", path.display()),
            Self::Outside { content, root } => {
                write!(f, "the content folder `{}` is not in `{}`", content.display(), root.display())
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder { cause, .. } => Some(cause),
            Self::Outside { .. } => None,
        }
    }
}

/// Reads the folder `content`, which must begin with `root`; no text may be longer than `limit` bytes.
///
/// Gives what could be read and a fault for everything that could not.
///
/// # Errors
///
/// When the content folder itself cannot be listed or is not below `root`.
pub fn read(root: &Path, content: &Path, limit: u64) -> Result<(Sources, Vec<Diagnostic>), ReadError> {
    reread(&Sources::default(), root, content, limit)
}

/// Reads the folder again; texts that did not change since `previous` was read are not opened.
///
/// # Errors
///
/// Those of [`read`].
pub fn reread(
    previous: &Sources,
    root: &Path,
    content: &Path,
    limit: u64,
) -> Result<(Sources, Vec<Diagnostic>), ReadError> {
    let path = path_of(root, content)?;
    let top = listable(content).map_err(|cause| ReadError::Folder { path: content.to_owned(), cause })?;
    Ok(take_all(previous, walk::walk(&top, &path), limit))
}

/// Reads what a walk found.
pub(super) fn take_all(previous: &Sources, found: Walk, limit: u64) -> (Sources, Vec<Diagnostic>) {
    let (texts, media): (Vec<Found>, Vec<Found>) =
        found.files.into_iter().partition(|file| is_text(&file.path));
    let readings: Vec<Reading> = texts.into_par_iter().map(|text| take(previous, text, limit)).collect();
    let mut faults = found.faults;
    let mut unread = found.faulty;
    let mut files = Vec::with_capacity(readings.len());
    for reading in readings {
        match reading {
            Reading::Text(file) => files.push(file),
            Reading::Garbled(file, fault) => {
                files.push(file);
                faults.push(fault);
            }
            Reading::Nothing(path, fault) => {
                unread.push(path);
                faults.push(fault);
            }
            Reading::Gone => {}
        }
    }
    (Sources::with_unread(files, media.into_iter().map(medium).collect(), unread), faults)
}

/// What came of reading one text.
pub(super) enum Reading {
    Text(SourceFile),
    Garbled(SourceFile, Diagnostic),
    Nothing(String, Diagnostic),
    /// Deleted since the walk: as if the walk had come later.
    Gone,
}

fn take(previous: &Sources, found: Found, limit: u64) -> Reading {
    if found.stamp.len() > limit {
        return too_large(found.path, limit);
    }
    match previous.file(FileId::of(&found.path)) {
        // A garbled text is read again, since its fault has to be found again.
        Some(known) if known.stamp == Some(found.stamp) && known.text.is_some() => {
            Reading::Text(known.clone())
        }
        _ => open(found, limit),
    }
}

fn open(found: Found, limit: u64) -> Reading {
    match bytes(&found, limit) {
        // It grew since the walk.
        Ok(bytes) if bytes.len() as u64 > limit => too_large(found.path, limit),
        // A stamp from before the reading errs on the safe side: a write in between is seen next time.
        Ok(bytes) => match held(found.path, &bytes) {
            Reading::Text(file) => Reading::Text(SourceFile { stamp: Some(found.stamp), ..file }),
            reading => reading,
        },
        Err(error) if is_gone(&error) => Reading::Gone,
        Err(error) => {
            nothing(found.path, &faults::UNREADABLE_FILE, format!("cannot be read: {}", cause(&error)))
        }
    }
}

/// The text at `path` that holds `bytes`.
pub(super) fn held(path: String, bytes: &[u8]) -> Reading {
    let file = SourceFile::new(path, bytes);
    match invalid_utf8(file.id, bytes) {
        Some(fault) => Reading::Garbled(file, fault),
        None => Reading::Text(file),
    }
}

fn bytes(found: &Found, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(found.stamp.len()).unwrap_or_default());
    File::open(&found.full)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn too_large(path: String, limit: u64) -> Reading {
    nothing(path, &faults::FILE_TOO_LARGE, format!("larger than {limit} bytes, the limit of a text"))
}

fn nothing(path: String, rule: &'static Rule, message: String) -> Reading {
    let fault = Diagnostic::new(rule, Place::whole(FileId::of(&path)), message);
    Reading::Nothing(path, fault)
}

/// The fault of the first byte that is not UTF-8. The message counts, since there is no text to show.
fn invalid_utf8(file: FileId, bytes: &[u8]) -> Option<Diagnostic> {
    let error = std::str::from_utf8(without_mark(bytes)).err()?;
    let at = bytes.len() - without_mark(bytes).len() + error.valid_up_to();
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let bad = bytes.get(at).copied().unwrap_or_default();
    let message = format!("not UTF-8: the byte 0x{bad:02X} on line {line}, byte {} of the file", at + 1);
    Some(
        Diagnostic::new(&faults::INVALID_UTF8, Place::new(file, at, at + 1), message)
            .hint(encoding_hint(bytes)),
    )
}

fn encoding_hint(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the file is UTF-16; save it as UTF-8",
        _ => "save the file as UTF-8; it may be in Windows-1257 or ISO-8859-15",
    }
}

fn medium(found: Found) -> Media {
    Media {
        id: FileId::of(&found.path),
        path: found.path,
        bytes: MediaBytes::File(found.full),
        len: found.stamp.len(),
        stamp: Some(found.stamp),
    }
}

/// The path of the content folder relative to the root, `/` between names.
pub(super) fn path_of(root: &Path, content: &Path) -> Result<String, ReadError> {
    let outside = || ReadError::Outside { content: content.to_owned(), root: root.to_owned() };
    let inside = content.strip_prefix(root).map_err(|_| outside())?;
    let names: Option<Vec<&str>> = inside
        .components()
        .map(|component| match component {
            std::path::Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    names.map(|names| names.join("/")).ok_or_else(outside)
}

/// The folder's canonical path, once it is known that it can be listed.
pub(super) fn listable(folder: &Path) -> io::Result<PathBuf> {
    fs::read_dir(folder)?;
    fs::canonicalize(folder)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceText;

    struct Project(tempfile::TempDir);

    impl Project {
        fn new(files: &[(&str, &[u8])]) -> Self {
            let project = Self(tempfile::tempdir().expect("temporary folder"));
            fs::create_dir(project.content()).expect("content folder");
            for (path, bytes) in files {
                project.write(path, bytes);
            }
            project
        }

        fn root(&self) -> &Path {
            self.0.path()
        }

        fn content(&self) -> PathBuf {
            self.root().join("content")
        }

        fn write(&self, path: &str, bytes: &[u8]) {
            let full = self.content().join(path);
            fs::create_dir_all(full.parent().expect("parent")).expect("folder");
            fs::write(full, bytes).expect("file");
        }

        fn link(&self, target: &str, link: &str) {
            symlink(target, self.content().join(link)).expect("link");
        }

        fn read(&self) -> (Sources, Vec<Diagnostic>) {
            read(self.root(), &self.content(), TEXT_LIMIT).expect("readable")
        }
    }

    fn paths(sources: &Sources) -> Vec<&str> {
        sources.files().iter().map(|file| file.path.as_str()).collect()
    }

    fn told<'a>(sources: &'a Sources, faults: &'a [Diagnostic]) -> Vec<(&'static str, &'a str)> {
        faults.iter().map(|fault| (fault.rule.name, sources.path(fault.place.file))).collect()
    }

    #[test]
    fn texts_are_read_and_media_listed() {
        let project = Project::new(&[
            ("b.yaml", b"b: 1"),
            ("a/x.md", "õ".as_bytes()),
            ("a-b.md", b""),
            ("a/pilt.png", b"\x89PNG"),
            (".git/config.md", b""),
            ("a/.x.md.swp", b""),
            ("a/x.md~", b""),
        ]);
        let (sources, faults) = project.read();
        assert_eq!(faults, []);
        assert_eq!(paths(&sources), ["content/a-b.md", "content/a/x.md", "content/b.yaml"]);
        assert_eq!(sources.text(FileId::of("content/a/x.md")), Some("õ"));
        let media = sources.medium(FileId::of("content/a/pilt.png")).expect("listed");
        assert_eq!((media.len, media.path.as_str()), (4, "content/a/pilt.png"));
        let MediaBytes::File(full) = &media.bytes else { panic!("a file was expected") };
        assert_eq!(fs::read(full).expect("readable"), b"\x89PNG");
    }

    #[test]
    fn another_encoding_is_reported_with_line_and_byte() {
        let project = Project::new(&[("a.md", b"\xEF\xBB\xBFok\nM\xFC\xFCr"), ("b.md", b"\xFF\xFEa\0")]);
        let (sources, faults) = project.read();
        assert_eq!(
            told(&sources, &faults),
            [("invalid-utf8", "content/a.md"), ("invalid-utf8", "content/b.md")]
        );
        assert_eq!(faults[0].message, "not UTF-8: the byte 0xFC on line 2, byte 8 of the file");
        assert_eq!(faults[0].place.start, 7);
        assert!(faults[1].hint.as_deref().is_some_and(|hint| hint.contains("UTF-16")));
        assert_eq!(sources.text(FileId::of("content/a.md")), None);
    }

    #[test]
    fn a_large_text_is_not_read() {
        let project = Project::new(&[("a.md", b"12345"), ("b.md", b"1234"), ("c.png", b"123456789")]);
        let (sources, faults) = read(project.root(), &project.content(), 4).expect("readable");
        assert_eq!(told(&sources, &faults), [("file-too-large", "content/a.md")]);
        assert_eq!(paths(&sources), ["content/b.md"]);
    }

    #[test]
    fn links_within_the_tree_are_followed() {
        let project = Project::new(&[("shared/a.md", b"A"), ("shared/deep/b.md", b"B")]);
        project.link("shared", "et");
        project.link("shared/a.md", "c.md");
        let (sources, faults) = project.read();
        assert_eq!(faults, []);
        assert_eq!(
            paths(&sources),
            [
                "content/c.md",
                "content/et/a.md",
                "content/et/deep/b.md",
                "content/shared/a.md",
                "content/shared/deep/b.md"
            ]
        );
    }

    #[test]
    fn links_out_of_the_tree_are_not_followed() {
        let project = Project::new(&[("a.md", b"A")]);
        fs::write(project.root().join("secret.md"), "secret").expect("file");
        fs::create_dir(project.root().join("content-other")).expect("folder");
        fs::write(project.root().join("content-other/b.md"), "secret").expect("file");
        project.link("../secret.md", "b.md");
        project.link("/etc", "etc");
        project.link("../content-other", "other");
        let (sources, faults) = project.read();
        assert_eq!(paths(&sources), ["content/a.md"]);
        assert!(sources.media().is_empty());
        assert_eq!(
            told(&sources, &faults),
            [
                ("symlink-out-of-tree", "content/b.md"),
                ("symlink-out-of-tree", "content/etc"),
                ("symlink-out-of-tree", "content/other")
            ]
        );
    }

    #[test]
    fn a_chain_of_links_out_of_the_tree_is_not_followed() {
        let project = Project::new(&[]);
        fs::write(project.root().join("secret.md"), "secret").expect("file");
        project.link("../secret.md", "one.md");
        project.link("one.md", "two.md");
        let (sources, faults) = project.read();
        assert_eq!(sources.files(), []);
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn loops_of_links_are_reported() {
        let project = Project::new(&[("a/x.md", b"X"), ("b/y.md", b"Y")]);
        project.link("..", "a/up");
        project.link("../b", "a/b");
        project.link("../a", "b/a");
        project.link("self.md", "self.md");
        project.link("nowhere.md", "lost.md");
        let (sources, faults) = project.read();
        let mut told = told(&sources, &faults);
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("symlink-loop", "content/a/b/a"),
                ("symlink-loop", "content/a/up"),
                ("symlink-loop", "content/b/a/b"),
                ("symlink-loop", "content/b/a/up"),
                ("unreadable-file", "content/lost.md"),
                ("unreadable-file", "content/self.md"),
            ]
        );
        assert_eq!(
            paths(&sources),
            ["content/a/b/y.md", "content/a/x.md", "content/b/a/x.md", "content/b/y.md"]
        );
    }

    #[test]
    fn odd_names_are_reported() {
        let project =
            Project::new(&[("con.md", b""), ("a\\b.md", b""), ("c./d.md", b""), ("e\u{1}.png", b"")]);
        let (sources, faults) = project.read();
        assert_eq!(
            told(&sources, &faults),
            [
                ("odd-file-name", "content/a\\b.md"),
                ("odd-file-name", "content/c."),
                ("odd-file-name", "content/con.md"),
                ("odd-file-name", "content/e\u{1}.png"),
            ]
        );
        assert_eq!(sources.files().len(), 3);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_text_is_reported_and_not_read() {
        use std::os::unix::ffi::OsStrExt;
        let project = Project::new(&[]);
        let folder = project.content().join(std::ffi::OsStr::from_bytes(b"k\xFC\xFC"));
        fs::create_dir(&folder).expect("folder");
        fs::write(folder.join("a.md"), "A").expect("file");
        let (sources, faults) = project.read();
        assert_eq!(told(&sources, &faults), [("odd-file-name", "content/k\u{FFFD}\u{FFFD}")]);
        assert_eq!(sources.files(), []);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_differ_in_case_only_are_reported_once() {
        let project = Project::new(&[("Õpe/a.md", b""), ("õpe/A.md", b""), ("b.md", b""), ("B.md", b"")]);
        let (sources, faults) = project.read();
        assert_eq!(
            told(&sources, &faults),
            [("case-collision", "content/b.md"), ("case-collision", "content/õpe")]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_differ_in_how_a_letter_is_composed_only_are_reported_once() {
        let project =
            Project::new(&[("õpe/a.md", b""), ("o\u{303}pe/b.md", b""), ("S\u{30c}.md", b""), ("š.md", b"")]);
        let (sources, faults) = project.read();
        assert_eq!(
            told(&sources, &faults),
            [("case-collision", "content/õpe"), ("case-collision", "content/š.md")]
        );
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "differs from `content/o\u{303}pe` only in how letters are composed of letter and mark",
                "differs from `content/S\u{30c}.md` in upper and lower case only",
            ]
        );
    }

    #[test]
    fn a_socket_or_pipe_is_not_opened() {
        let project = Project::new(&[]);
        let _socket = std::os::unix::net::UnixListener::bind(project.content().join("s.md")).expect("socket");
        let (sources, faults) = project.read();
        assert_eq!(told(&sources, &faults), [("unreadable-file", "content/s.md")]);
    }

    #[test]
    fn a_file_without_permission_is_reported() {
        let project = Project::new(&[("a.md", b"A")]);
        let file = project.content().join("a.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).expect("mode");
        if File::open(&file).is_ok() {
            return; // The superuser may read everything.
        }
        let (sources, faults) = project.read();
        assert_eq!(told(&sources, &faults), [("unreadable-file", "content/a.md")]);
    }

    #[test]
    fn an_unchanged_text_is_taken_over() {
        let project = Project::new(&[("a.md", b"A"), ("b.md", b"B")]);
        let (first, _) = project.read();
        project.write("b.md", b"other");
        let (second, _) = reread(&first, project.root(), &project.content(), TEXT_LIMIT).expect("readable");
        let text = |sources: &Sources, path| {
            sources.file(FileId::of(path)).and_then(|file| file.text.clone()).expect("text")
        };
        assert_eq!(&*text(&second, "content/b.md"), "other");
        assert!(Arc::ptr_eq(&text(&first, "content/a.md"), &text(&second, "content/a.md")));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let project = Project::new(&[]);
        let missing = project.root().join("missing");
        let error = read(project.root(), &missing, TEXT_LIMIT).expect_err("missing");
        assert!(error.to_string().contains("missing"), "{error}");
        let error = read(&missing, &project.content(), TEXT_LIMIT).expect_err("outside");
        assert!(matches!(error, ReadError::Outside { .. }));
    }
}
