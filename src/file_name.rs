//! File names that every file system can hold.
//!
//! A portal is written on one system, built on a second and served from a third; a name that one of
//! them cannot hold, or reads as something else, must not enter on either side.

use icu_normalizer::ComposingNormalizerBorrowed;

/// What keeps a name from being held everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// A control character, NUL among them.
    Control,
    /// A backslash, which Windows reads as a separator.
    Backslash,
    /// A colon, after which Windows reads a file's stream or, after one letter, a path on a drive.
    Colon,
    /// A trailing dot or space, which Windows drops.
    Ending,
    /// The name of a Windows device, with or without an extension.
    Device,
}

impl Oddity {
    /// The end of the sentence "the name …".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Control => "holds a control character",
            Self::Backslash => "holds a backslash, which Windows reads as a separator",
            Self::Colon => "holds a colon, which Windows reads as the end of a drive's or file's name",
            Self::Ending => "ends in a dot or a space, which Windows drops",
            Self::Device => "is that of a Windows device",
        }
    }
}

/// The first oddity of `name`, one segment of a path.
///
/// The rules are those of Windows ("Naming Files, Paths, and Namespaces" in its documentation),
/// which are the strictest of the systems in use.
pub fn oddity(name: &str) -> Option<Oddity> {
    if name.chars().any(char::is_control) {
        Some(Oddity::Control)
    } else if name.contains('\\') {
        Some(Oddity::Backslash)
    } else if name.contains(':') {
        Some(Oddity::Colon)
    } else if name.ends_with(['.', ' ']) {
        Some(Oddity::Ending)
    } else if is_device(name) {
        Some(Oddity::Device)
    } else {
        None
    }
}

/// `name` in the one way in which its letters are composed of letter and mark (Unicode's form NFC): names that agree in
/// it are one name on macOS.
pub fn composed(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(name).into_owned()
}

/// What names have in common that differ in upper and lower case or in how their letters are composed: a file system
/// that looks at neither holds one of them for the other.
pub fn folded(name: &str) -> String {
    composed(&composed(name).to_lowercase())
}

/// Windows looks only at what stands before the first dot, spaces there dropped.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        other => ["COM", "LPT"].iter().any(|port| other.strip_prefix(port).is_some_and(is_port_number)),
    }
}

/// One digit; the superscript ones count too.
fn is_port_number(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_names_are_fine() {
        for name in
            ["a.md", "õppematerjal.md", "console.md", "com.md", "com10.md", "lpt.yaml", ".juhend", "2026.10"]
        {
            assert_eq!(oddity(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_a_system_holds_for_each_other_are_folded_into_one() {
        for (name, other) in [
            ("Login.md", "login.md"),
            ("õpe.md", "o\u{303}pe.md"),
            ("Õpe.md", "o\u{303}pe.md"),
            ("O\u{303}pe.md", "õpe.md"),
            ("ŠŽ", "s\u{30c}z\u{30c}"),
        ] {
            assert_eq!(folded(name), folded(other), "{name:?}");
        }
        assert_ne!(folded("õpe.md"), folded("ope.md"));
        assert_eq!((composed("O\u{303}"), composed("o\u{303}")), ("Õ".to_owned(), "õ".to_owned()));
    }

    #[test]
    fn names_some_system_cannot_hold_are_odd() {
        let cases = [
            ("a\u{7}.md", Oddity::Control),
            ("a\0", Oddity::Control),
            ("a\\b", Oddity::Backslash),
            ("C:", Oddity::Colon),
            ("a.html:x", Oddity::Colon),
            ("a.", Oddity::Ending),
            ("..", Oddity::Ending),
            ("a ", Oddity::Ending),
            ("CON", Oddity::Device),
            ("nul.tar.gz", Oddity::Device),
            ("Aux .md", Oddity::Device),
            ("com1.md", Oddity::Device),
            ("LPT³", Oddity::Device),
            ("conin$", Oddity::Device),
        ];
        for (name, wanted) in cases {
            assert_eq!(oddity(name), Some(wanted), "{name:?}");
        }
    }
}
