//! What can be wrong with a file's place in the tree, or with `portal.yaml` as a whole.

use crate::diagnostic::{Level, Rule};

/// A YAML file where none is expected.
pub static STRAY_FILE: Rule = Rule {
    name: "stray-file",
    level: Level::Warn,
    what: "A YAML file lies in a folder that holds no kind of record.",
    why: "The folder says the kind; a record in the wrong folder is not shown anywhere.",
    example: "# content/release/2026.10.yaml, where the folder should be releases/",
};

/// Two things with one name.
pub static DUPLICATE_ID: Rule = Rule {
    name: "duplicate-id",
    level: Level::Error,
    what: "Two records of one kind, or two pages, have the same id.",
    why: "References to the id, and its address in the portal, could mean either.",
    example: "# content/releases/2026.10.yaml and content/releases/2026.10.yml",
};

/// No such time zone.
pub static UNKNOWN_TIME_ZONE: Rule = Rule {
    name: "unknown-time-zone",
    level: Level::Error,
    what: "`time_zone` in `portal.yaml` is not an IANA time zone.",
    why: "Local times could not be turned into calendar entries.",
    example: "time_zone: Estonia",
};

/// The result file of another tool cannot be read.
pub static UNREADABLE_IMPORT: Rule = Rule {
    name: "unreadable-import",
    level: Level::Error,
    what: "A result file that a run imports is broken, too large, or not of the format that the run says.",
    why: "A run without its results looks like one in which nothing failed.",
    example: "import: {file: sit-03.xml, format: junit}   # sit-03.xml ends in the middle",
};

/// An import says what has no place in a run.
pub static IMPORT_NOTE: Rule = Rule {
    name: "import-note",
    level: Level::Warn,
    what: "A result file that a run imports holds something that could not be mapped, or that does not add up.",
    why: "What an import leaves out should be known before somebody decides by its numbers.",
    example: "import: {file: sit-03.xml, format: junit}   # sit-03.xml names a screenshot that is not there",
};

/// Records without the settings they are written for.
pub static MISSING_SETTINGS: Rule = Rule {
    name: "missing-settings",
    level: Level::Error,
    what: "The content folder holds records, and no `portal.yaml`.",
    why: "It says which teams, roles, products, languages and gates there are; without it none of them is known.",
    example: "# content/releases/2026.10.yaml, and no content/portal.yaml",
};

/// All of them.
pub static ALL: &[&Rule] =
    &[&MISSING_SETTINGS, &STRAY_FILE, &DUPLICATE_ID, &UNKNOWN_TIME_ZONE, &UNREADABLE_IMPORT, &IMPORT_NOTE];
