//! Languages: texts, plurals, numbers, dates, alphabetical order.
//!
//! A [`Words`] is everything of one language and changes nothing after it is made. What is fact about
//! a language comes from CLDR by the `icu_*` crates; what is choice of words comes from the
//! catalogues under `themes/<name>/words/`, one YAML file per language. A portal adds a language by
//! adding a file; the program knows no list of them.

mod catalogue;
mod date;
mod fill;
mod language;
mod list;
mod number;
mod order;
mod plural;
mod range;
mod relative;
pub mod spoken;
pub mod stem;

pub use catalogue::{Catalogue, CatalogueFault, read};
pub use language::Language;
pub use spoken::Spoken;

use std::sync::Arc;

use catalogue::Entry;
use date::Dates;
use list::Lists;
use number::Number;
use order::Order;
use plural::Plural;

/// Everything of one language. Methods for numbers, dates, ranges and order stand in the files of
/// those names.
#[derive(Debug)]
pub struct Words {
    language: Language,
    own: Catalogue,
    base: Option<Base>,
    number: Number,
    dates: Dates,
    plural: Plural,
    order: Order,
    lists: Lists,
}

/// What stands in for texts that a language lacks.
#[derive(Debug)]
struct Base {
    language: Language,
    texts: Arc<Catalogue>,
}

impl Words {
    /// The words of `language` from catalogue files, each a name for faults and a YAML text; later
    /// files override earlier ones key by key. A file that cannot be read is left out and reported.
    pub fn new(language: Language, layers: &[(&str, &str)]) -> (Self, Vec<CatalogueFault>) {
        let (own, faults) = stacked(layers);
        let words = Self {
            own,
            base: None,
            number: Number::new(&language),
            dates: Dates::new(&language),
            plural: Plural::new(&language),
            order: Order::new(&language),
            lists: Lists::new(&language),
            language,
        };
        (words, faults)
    }

    /// The same words, with the texts of `base` for keys that the language lacks. Keys that have
    /// another shape in `base` are left out and reported.
    #[must_use]
    pub fn or(self, base: &Self) -> (Self, Vec<CatalogueFault>) {
        let below = base.all();
        let (own, messages) = self.own.fitting(&below);
        let file = format!("{}.yaml", self.language);
        let fault = |message| CatalogueFault { file: file.clone(), at: None, message };
        let faults = messages.into_iter().map(fault).collect();
        let base = Base { language: base.language.clone(), texts: Arc::new(below) };
        (Self { own, base: Some(base), ..self }, faults)
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Whether the language has a text of its own for `key`; where not, the text is the base
    /// language's and wants that language's `lang`.
    pub fn has(&self, key: &str) -> bool {
        self.own(key).is_some()
    }

    /// The text of `key` (`nav.skip`); of a plural its form `other`. A key that nobody knows gives
    /// itself, so that the gap shows on the page instead of stopping the build.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        let base = || self.base.as_ref().and_then(|base| base.texts.text(key));
        self.own(key).or_else(base).unwrap_or(key)
    }

    /// The text of `key`, which knows whether it is the base language's.
    pub fn said(&self, key: &str) -> Spoken {
        match self.base.as_ref().filter(|base| !self.has(key) && base.language != self.language) {
            Some(base) => Spoken::foreign(self.text(key), base.language.as_str()),
            None => self.text(key).into(),
        }
    }

    /// The text of `key` in the base language, where there is one behind this.
    pub fn base_text(&self, key: &str) -> Option<&str> {
        self.base.as_ref().and_then(|base| base.texts.text(key))
    }

    /// The text of `key` with each `{name}` replaced by its value. Placeholders without a value stay
    /// as they are.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill::fill(self.text(key), values)
    }

    /// The form of `key` for `n` things, `{n}` being the number as the language writes it.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// As [`Words::count`], with further placeholders.
    pub fn count_with(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let number = self.number(n);
        let values = [&[("n", number.as_str())], values].concat();
        fill::fill(self.form(key, n), &values)
    }

    /// All texts as nested maps, plurals as maps of their forms: a global context for templates. Texts of the base
    /// language are marked as [`Spoken`] marks passages.
    pub fn catalogue(&self) -> serde_json::Value {
        let Some(base) = self.base.as_ref().filter(|base| base.language != self.language) else {
            return self.all().to_json();
        };
        let tag = base.language.as_str();
        let marked = Catalogue::clone(&base.texts).map(|text| spoken::passage(text, tag));
        marked.with(self.own.clone()).0.to_json()
    }

    fn own(&self, key: &str) -> Option<&str> {
        self.own.text(key)
    }

    fn form<'a>(&'a self, key: &'a str, n: usize) -> &'a str {
        let entry = self.own.get(key).or_else(|| self.base.as_ref().and_then(|base| base.texts.get(key)));
        match entry {
            Some(Entry::Plural(forms)) => {
                forms.get(self.plural.category(n)).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            Some(Entry::Text(text)) => text,
            None => key,
        }
    }

    fn all(&self) -> Catalogue {
        let base = self.base.as_ref().map(|base| Catalogue::clone(&base.texts)).unwrap_or_default();
        base.with(self.own.clone()).0
    }
}

/// The layers as one catalogue, and the faults of those that could not be read.
fn stacked(layers: &[(&str, &str)]) -> (Catalogue, Vec<CatalogueFault>) {
    let mut faults = Vec::new();
    let mut whole = Catalogue::default();
    for (file, text) in layers {
        let fault = |at, message| CatalogueFault { file: (*file).to_owned(), at, message };
        match read(text) {
            Ok(layer) => {
                let (stack, messages) = whole.with(layer);
                whole = stack;
                faults.extend(messages.into_iter().map(|message| fault(None, message)));
            }
            Err(unread) => faults.push(fault(unread.at, unread.message)),
        }
    }
    (whole, faults)
}

#[cfg(test)]
mod tests;
