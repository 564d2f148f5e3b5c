//! What can be wrong with a file before anything is compared with anything else.

use crate::diagnostic::{Level, Rule};

/// The file is no YAML.
pub static BAD_YAML: Rule = Rule {
    name: "bad-yaml",
    level: Level::Error,
    what: "A YAML file or the front matter of a page cannot be read as YAML.",
    why: "Nothing in the file can be shown or counted until it can be read.",
    example: "title: October release\n  product: benefits",
};

/// The front matter is not closed.
pub static OPEN_FRONT_MATTER: Rule = Rule {
    name: "open-front-matter",
    level: Level::Error,
    what: "A page begins with `---` but the front matter is never closed by a second `---`.",
    why: "The whole page would be taken for front matter and nothing of it would be shown.",
    example: "---\ntitle: How to report a defect\n\nThe text begins here.",
};

/// A key that no record of this kind has.
pub static UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    what: "A key is not one that this kind of file knows.",
    why: "A misspelt key would be left out without a word. Own data goes under `x:`.",
    example: "statsu: in_test",
};

/// The same key twice.
pub static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    what: "The same key stands twice in one map.",
    why: "Only one of the two values could count, and nobody could tell which.",
    example: "status: planned\nstatus: in_test",
};

/// A required key is not there.
pub static MISSING_KEY: Rule = Rule {
    name: "missing-key",
    level: Level::Error,
    what: "A key that this kind of file needs is missing or empty.",
    why: "Without it the record cannot be placed in the portal.",
    example: "# releases/2026.10.yaml without product:\ntitle: October release",
};

/// A list where a text is wanted, and the like.
pub static WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    level: Level::Error,
    what: "A value has another shape than its key wants: a list for a text, a word for a number.",
    why: "The value cannot be shown, compared or counted.",
    example: "seats: many",
};

/// A word that is not one of the allowed ones.
pub static UNKNOWN_VALUE: Rule = Rule {
    name: "unknown-value",
    level: Level::Error,
    what: "A value is not one of the words that its key allows.",
    why: "Statuses and kinds decide what is counted where; an unknown one would be counted nowhere.",
    example: "status: testing",
};

/// No such day or time.
pub static BAD_DATE: Rule = Rule {
    name: "bad-date",
    level: Level::Error,
    what: "A day or time is not written as `2026-10-12` or `2026-10-12T09:00`, or does not exist.",
    why: "Schedules, ages and deadlines are computed from it.",
    example: "started: 12.10.2026",
};

/// No such duration.
pub static BAD_DURATION: Rule = Rule {
    name: "bad-duration",
    level: Level::Error,
    what: "A duration is not written as `4m10s`, `1h30m`, seconds, or a period as `12mo` or `5 workdays`.",
    why: "Times and terms are computed from it.",
    example: "review_every: yearly",
};

/// The quiz does not hang together.
pub static BAD_QUIZ: Rule = Rule {
    name: "bad-quiz",
    level: Level::Error,
    what: "A quiz names a right answer that is not in its list, or has fewer than two answers.",
    why: "A reader could not answer it rightly.",
    example: "question: Which one?\nanswers: [first, second]\nright: 3",
};

/// All of them.
pub static ALL: &[&Rule] = &[
    &BAD_YAML,
    &OPEN_FRONT_MATTER,
    &UNKNOWN_KEY,
    &DUPLICATE_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &UNKNOWN_VALUE,
    &BAD_DATE,
    &BAD_DURATION,
    &BAD_QUIZ,
];
