//! Texts that know their language.

use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::{Words, fill};

/// Begins a passage of another language in a serialised text. The three marks are noncharacters of Unicode, which no
/// page may contain, so that they cannot be confused with what somebody wrote.
pub const BEGIN: char = '\u{fdd0}';

/// Stands between the language's tag and the passage.
pub const SPEAKS: char = '\u{fdd1}';

/// Ends the passage.
pub const END: char = '\u{fdd2}';

/// A text, and which passages of it are in another language than the page that says it.
///
/// It can be read like any text; what it knows besides is told when it is serialised for a template: each such passage
/// stands between marks then, and what lays the page out makes `lang` of them. It has no `Display`, so that nothing is
/// put into another text without a choice: [`Spoken::and`] keeps the language, [`Spoken::into_text`] drops it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Spoken {
    text: String,
    passages: Vec<Passage>,
}

/// A part of a text in another language, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Passage {
    from: usize,
    until: usize,
    language: String,
}

impl Spoken {
    /// A text that is wholly in `language`, which is not the page's.
    pub fn foreign(text: impl Into<String>, language: impl Into<String>) -> Self {
        let text = text.into();
        let passage = Passage { from: 0, until: text.len(), language: language.into() };
        Self { passages: if text.is_empty() { Vec::new() } else { vec![passage] }, text }
    }

    /// Its parts in order, each with its language where that is not the page's.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let ends = self.passages.iter().map(|passage| passage.until);
        let starts = std::iter::once(0).chain(ends);
        let between =
            starts.zip(self.passages.iter().map(Some).chain([None])).flat_map(|(start, passage)| {
                let until = passage.map_or(self.text.len(), |passage| passage.from);
                let own = (self.text.get(start..until).unwrap_or_default(), None);
                let foreign = passage.map(|passage| {
                    let text = self.text.get(passage.from..passage.until).unwrap_or_default();
                    (text, Some(passage.language.as_str()))
                });
                [Some(own), foreign]
            });
        between.flatten().filter(|(text, _)| !text.is_empty())
    }

    /// The text without what it knows of languages.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The same text with `more` behind it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        let more = more.into();
        let shift = self.text.len();
        self.text.push_str(&more.text);
        self.passages.extend(more.passages.into_iter().map(|passage| Passage {
            from: passage.from + shift,
            until: passage.until + shift,
            ..passage
        }));
        self
    }

    /// The texts one after the other with `between` between them.
    pub fn join(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        texts.into_iter().reduce(|all, text| all.and(between).and(text)).unwrap_or_default()
    }

    /// Its first `bytes` bytes, which must end between two letters, without white space at their end.
    #[must_use]
    pub fn first(&self, bytes: usize) -> Self {
        let text = self.text.get(..bytes).unwrap_or(&self.text).trim_end();
        let end = text.len();
        let passages = self.passages.iter().filter(|passage| passage.from < end);
        let passages = passages.map(|passage| Passage { until: passage.until.min(end), ..passage.clone() });
        Self { passages: passages.collect(), text: text.to_owned() }
    }

    /// The text with its passages between marks.
    fn marked(&self) -> String {
        let part = |(text, language): (&str, Option<&str>)| {
            let text = unmarked(text);
            language.map_or_else(|| text.clone(), |language| passage(&text, language))
        };
        self.parts().map(part).collect()
    }
}

/// `text` between the marks of a passage.
pub(super) fn passage(text: &str, language: &str) -> String {
    format!("{BEGIN}{language}{SPEAKS}{text}{END}")
}

/// `text` without the marks, should somebody have written them.
fn unmarked(text: &str) -> String {
    text.replace([BEGIN, SPEAKS, END], "")
}

impl Words {
    /// The text of `key` with values that know their language in it.
    pub fn fill_spoken(&self, key: &str, values: &[(&str, &Spoken)]) -> Spoken {
        fill::pieces(self.text(key), values).into_iter().fold(Spoken::default(), |all, piece| match piece {
            fill::Piece::Own(own) => all.and(own),
            fill::Piece::Value(value) => all.and(value),
        })
    }

    /// The items as [`Words::list`] joins them, each in its language.
    pub fn list_spoken(&self, items: &[Spoken]) -> Spoken {
        let texts: Vec<&str> = items.iter().map(|item| &**item).collect();
        let mut joints = self.joints(texts.len()).into_iter();
        let first = Spoken::from(joints.next().unwrap_or_default());
        items.iter().zip(joints).fold(first, |all, (item, joint)| all.and(item).and(joint))
    }
}

impl Deref for Spoken {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Spoken {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl AsRef<str> for Spoken {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Serialize for Spoken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.passages.is_empty() {
            serializer.serialize_str(&self.text)
        } else {
            serializer.serialize_str(&self.marked())
        }
    }
}

impl From<String> for Spoken {
    fn from(text: String) -> Self {
        Self { text, passages: Vec::new() }
    }
}

impl From<&String> for Spoken {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl From<&str> for Spoken {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&Self> for Spoken {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::tests::{english, estonian};

    fn serialised(text: &Spoken) -> String {
        let marked = serde_json::to_value(text).expect("a text");
        marked.as_str().expect("a text").replace(BEGIN, "[").replace(SPEAKS, ":").replace(END, "]")
    }

    #[test]
    fn a_text_is_read_without_its_languages_and_serialised_with_them() {
        let text = Spoken::from("Case: ").and(Spoken::foreign("Lisa summas", "et")).and(" (2)");
        assert_eq!(&*text, "Case: Lisa summas (2)");
        assert_eq!(serialised(&text), "Case: [et:Lisa summas] (2)");
        assert_eq!(
            text.parts().collect::<Vec<_>>(),
            [("Case: ", None), ("Lisa summas", Some("et")), (" (2)", None)]
        );
        assert_eq!(serialised(&Spoken::foreign("", "et")), "");
    }

    #[test]
    fn values_keep_their_language_in_a_text() {
        let name = Spoken::foreign("Toodang {n}", "et");
        let filled = english().fill_spoken("cloning.title", &[("id", &"7".into()), ("environment", &name)]);
        assert_eq!(serialised(&filled), "Cloning 7: [et:Toodang {n}]");
        assert_eq!(&*estonian().fill_spoken("no.such", &[]), "no.such");
    }

    #[test]
    fn lists_keep_the_languages_of_their_items() {
        let items = ["Load", "Toetused", "Tests"].map(Spoken::from);
        let [permits, benefits, tests] = items;
        let items = [Spoken::foreign(permits.into_text(), "et"), benefits, tests];
        assert_eq!(serialised(&english().list_spoken(&items)), "[et:Load], Toetused and Tests");
        assert_eq!(&*english().list_spoken(&items[..1]), "Load");
        assert_eq!(&*english().list_spoken(&[]), "");
    }

    #[test]
    fn the_beginning_of_a_text_keeps_what_it_is_in() {
        let text = Spoken::from("ab ").and(Spoken::foreign("cõ d", "et"));
        assert_eq!(serialised(&text.first(7)), "ab [et:cõ]");
        assert_eq!(serialised(&text.first(3)), "ab");
        assert_eq!(serialised(&text.first(99)), serialised(&text));
    }

    #[test]
    fn marks_that_somebody_wrote_say_nothing() {
        let text = Spoken::foreign(format!("a{END}b{BEGIN}c"), "et");
        assert_eq!(serialised(&text), "[et:abc]");
    }
}
