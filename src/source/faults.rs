//! What may be wrong with a file before anybody looks at what it says.

use crate::diagnostic::{Level, Rule};

/// A file or folder cannot be read.
pub static UNREADABLE_FILE: Rule = Rule {
    name: "unreadable-file",
    level: Level::Error,
    what: "A file or folder of the content tree cannot be read.",
    why: "A page would be missing without a word.",
    example: "A file that the building account may not read, or a link that leads nowhere.",
};

/// A text is not UTF-8.
pub static INVALID_UTF8: Rule = Rule {
    name: "invalid-utf8",
    level: Level::Error,
    what: "A text is written in another encoding than UTF-8.",
    why: "Guessing the encoding would turn letters such as õ and š into others, unnoticed.",
    example: "`M\\xFC\\xFCr`, which is `Müür` in Windows-1257.",
};

/// A text is too large.
pub static FILE_TOO_LARGE: Rule = Rule {
    name: "file-too-large",
    level: Level::Error,
    what: "A text is larger than the limit.",
    why: "No person wrote it, and reading it could take all the memory of the build.",
    example: "A database dump saved as `runs/all.yaml`.",
};

/// A link leads out of the content folder.
pub static SYMLINK_OUT_OF_TREE: Rule = Rule {
    name: "symlink-out-of-tree",
    level: Level::Error,
    what: "A symbolic link leads out of the content folder.",
    why: "Following it could publish any file of the building machine.",
    example: "`content/notes.md -> /etc/passwd`",
};

/// A link leads back.
pub static SYMLINK_LOOP: Rule = Rule {
    name: "symlink-loop",
    level: Level::Error,
    what: "A symbolic link to a folder leads back to a folder that holds it, or stands below another such link.",
    why: "Followed, such links give pages without end; a link is followed once.",
    example: "`content/guides/all -> ../guides`",
};

/// A name that some system cannot hold.
pub static ODD_FILE_NAME: Rule = Rule {
    name: "odd-file-name",
    level: Level::Error,
    what: "A name that some file system cannot hold or reads as something else.",
    why: "Colleagues on another system cannot check the content out, and the page has no address that works everywhere.",
    example: "`content/guides/con.md`, since `CON` is a device on Windows.",
};

/// Two names differ in case only, or in how their letters are composed.
pub static CASE_COLLISION: Rule = Rule {
    name: "case-collision",
    level: Level::Error,
    what: "Two names in one folder differ only in upper and lower case, or in how letters with marks are composed.",
    why: "On Windows and macOS one of the two overwrites the other.",
    example: "`content/guides/Login.md` beside `content/guides/login.md`",
};

/// A submodule of a Git revision.
pub static SUBMODULE: Rule = Rule {
    name: "submodule",
    level: Level::Warn,
    what: "A version of the guidance is read from a Git revision that has a submodule in the content folder.",
    why: "Its files are in another repository, so the version is shown without them.",
    example: "`content/shared` is a submodule in the tag `guides-2026.1`",
};

/// All rules of this room.
pub static ALL: &[&Rule] = &[
    &UNREADABLE_FILE,
    &INVALID_UTF8,
    &FILE_TOO_LARGE,
    &SYMLINK_OUT_OF_TREE,
    &SYMLINK_LOOP,
    &ODD_FILE_NAME,
    &CASE_COLLISION,
    &SUBMODULE,
];
