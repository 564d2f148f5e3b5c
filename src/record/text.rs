//! Text that may be written in several languages.

use super::reference::{Pointer, References};
use crate::diagnostic::Diagnostic;
use crate::record::decode::{Decode, wrong_type};
use crate::record::node::{Node, Value};

/// How a text begins that only says what to write in its place, as new files have them.
pub const TO_WRITE: &str = "…";

/// A string, or a string for each of some languages.
#[derive(Debug, Clone, PartialEq)]
pub enum Text {
    /// One string for all languages, in the portal's default language.
    Plain(String),
    /// Language tag and string, in the order written.
    Translated(Vec<(String, String)>),
}

impl Text {
    /// Every text, in the order written.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (plain, translated) = match self {
            Self::Plain(text) => (Some(text.as_str()), &[][..]),
            Self::Translated(texts) => (None, texts.as_slice()),
        };
        plain.into_iter().chain(translated.iter().map(|(_, text)| text.as_str()))
    }

    /// The text for `language`, else the one for `default`, else the first.
    pub fn get<'t>(&'t self, language: &str, default: &'t str) -> &'t str {
        self.spoken(language, default).0
    }

    /// The text that [`Text::get`] gives, and the language it is in.
    pub fn spoken<'t>(&'t self, language: &str, default: &'t str) -> (&'t str, &'t str) {
        match self {
            Self::Plain(text) => (text, default),
            Self::Translated(texts) => {
                let of = |wanted: &str| texts.iter().find(|(tag, _)| tag == wanted);
                let found = of(language).or_else(|| of(default)).or_else(|| texts.first());
                found.map_or(("", default), |(tag, text)| (text, tag))
            }
        }
    }
}

impl Decode for Text {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            Value::Scalar(text) => Some(Self::Plain(text.clone())),
            Value::Map(entries) if !entries.is_empty() => {
                let texts: Vec<(String, String)> = entries
                    .iter()
                    .filter_map(|(tag, node)| Some((tag.value.clone(), String::decode(node, faults)?)))
                    .collect();
                (texts.len() == entries.len()).then_some(Self::Translated(texts))
            }
            _ => {
                faults.push(wrong_type(node, "a text, or a map of language to text,"));
                None
            }
        }
    }
}

impl References for Text {
    fn references<'a>(&'a self, _visit: &mut dyn FnMut(&'a Pointer)) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_falls_back() {
        let text = Text::Translated(vec![("et".into(), "Toetused".into()), ("en".into(), "Benefits".into())]);
        assert_eq!(text.get("en", "et"), "Benefits");
        assert_eq!(text.get("fi", "et"), "Toetused");
        assert_eq!(text.spoken("fi", "et"), ("Toetused", "et"));
        assert_eq!(Text::Plain("Toetused".into()).spoken("en", "et"), ("Toetused", "et"));
    }
}
