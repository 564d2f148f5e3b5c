//! What may be wrong, as a value: its name, level and explanation.

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported; the build goes on.
    Warn,
    /// Reported; nothing is written.
    Error,
}

impl Level {
    /// The word that stands before a message.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule, named by the bad thing it finds.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// Its name: lower case, hyphens.
    pub name: &'static str,
    /// The level unless a portal's `checks:` sets another.
    pub level: Level,
    /// What it finds, in one sentence.
    pub what: &'static str,
    /// Why that is bad, in a sentence or two.
    pub why: &'static str,
    /// A piece of content that breaks it.
    pub example: &'static str,
}
