//! What a word is searched by. The same keys are made of the words of pages, when the index is built,
//! and of the words that a reader types: here, and in the reader's browser by
//! `themes/default/assets/stem.js`. Tests hold the two together.
//!
//! A query's word finds a page's word when one of their keys is the same. Best first: `exact`, then
//! `folded`, then `stem`, then a `stem` that is one of the other's `parts`, then all `parts`.

mod code;
mod compound;
mod english;
mod estonian;
mod fold;
#[cfg(test)]
mod tests;
mod token;

pub use code::is_code;
pub use token::tokens;

/// The keys of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The word in lower case, otherwise as it was written: `Ülevaated` gives `ülevaated`.
    pub exact: String,
    /// `exact` for people without the keyboard: `ulevaated`.
    pub folded: String,
    /// What all forms of the word have in common: `ulevaa`. It is a key, not a word. Of a code it is the
    /// whole code, without its hyphens: `BEN-142` gives `ben142`.
    pub stem: String,
    /// The stems of the words within the word, in their order: of `testilugu` those of `testi` and
    /// `lugu`, of `BEN-142` the two halves. Empty where there is only one.
    pub parts: Vec<String>,
}

/// Makes keys of the words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Stemmer(Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    Estonian,
    English,
    /// A language whose forms nobody taught the program: words meet only as they are written.
    Other,
}

impl Stemmer {
    /// The stemmer of the language with the BCP 47 tag `tag`. A language without one of its own gets
    /// keys whose `stem` is `folded`.
    pub fn for_language(tag: &str) -> Self {
        let tag = tag.trim().to_ascii_lowercase();
        Self(match tag.split('-').next() {
            Some("et") => Kind::Estonian,
            Some("en") => Kind::English,
            _ => Kind::Other,
        })
    }

    /// The keys of `token`, one of those that [`tokens`] gives.
    pub fn keys(&self, token: &str) -> Keys {
        let exact = fold::exact(token);
        let plain = fold::plain(&exact);
        let pieces: Vec<&str> = code::pieces(&plain);
        let is_code = is_code(token);
        let (stem, parts) = match pieces.as_slice() {
            [_, _, ..] => self.joined(&pieces, is_code),
            _ if is_code => (plain.clone(), Vec::new()),
            _ => (self.stem(&plain), self.parts(&plain)),
        };
        Keys { folded: self.folded(&plain), exact, stem, parts }
    }

    /// The keys of a word with hyphens: as if it were written without them, and each piece for itself.
    fn joined(&self, pieces: &[&str], is_code: bool) -> (String, Vec<String>) {
        let whole = pieces.concat();
        if is_code {
            return (whole, pieces.iter().map(|piece| (*piece).to_owned()).collect());
        }
        (self.stem(&whole), pieces.iter().map(|piece| self.stem(piece)).collect())
    }

    fn stem(&self, plain: &str) -> String {
        match self.0 {
            Kind::Estonian => estonian::stem(&self.folded(plain)),
            Kind::English => english::stem(plain),
            Kind::Other => plain.to_owned(),
        }
    }

    fn parts(&self, plain: &str) -> Vec<String> {
        match self.0 {
            Kind::Estonian => compound::split(plain).iter().map(|part| self.stem(part)).collect(),
            Kind::English | Kind::Other => Vec::new(),
        }
    }

    /// Estonian writes š and ž, and people without the keyboard type `sh` and `zh`.
    fn folded(&self, plain: &str) -> String {
        match self.0 {
            Kind::Estonian => plain.replace("sh", "s").replace("zh", "z"),
            Kind::English | Kind::Other => plain.to_owned(),
        }
    }
}
