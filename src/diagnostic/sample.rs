//! A source and a rule for tests of printers.

use super::{Diagnostic, FileId, Level, Place, Rule, SourceText};

/// A rule.
pub static RULE: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    what: "A file has a key that nobody knows.",
    why: "It is read by nobody.",
    example: "freez: 2026-10-07",
};

/// One file, `content/a b.yaml`.
pub struct One(pub String);

impl One {
    /// The file.
    #[allow(clippy::unused_self)]
    pub fn id(&self) -> FileId {
        FileId::of("content/a b.yaml")
    }
}

impl SourceText for One {
    fn path(&self, file: FileId) -> &str {
        if file == self.id() { "content/a b.yaml" } else { "themes" }
    }

    fn text(&self, file: FileId) -> Option<&str> {
        (file == self.id()).then_some(self.0.as_str())
    }
}

/// An error with a hint and a related place, a warning on the same line, and one of no text at all.
pub fn faults() -> (Vec<Diagnostic>, One) {
    let source = One("title: õun\nfreez: 1\n".to_owned());
    let place = Place::new(source.id(), 12, 17);
    let error = Diagnostic::new(&RULE, place, "unknown key `freez`: 100 %,\nno <key> & \"name\"")
        .hint("did you mean `freeze`?")
        .related(Place::new(source.id(), 0, 5), "it stands beside this");
    let mut warning = Diagnostic::new(&RULE, place, "unknown key `freez`");
    warning.level = Level::Warn;
    let mut whole = Diagnostic::new(&RULE, Place::whole(FileId::of("themes")), "the theme is broken");
    whole.level = Level::Warn;
    (vec![error, warning, whole], source)
}
