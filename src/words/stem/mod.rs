//! What a word is searched by. The same keys are made of the words of pages, when the index is built,
//! and of the words that a reader types: here, and in the reader's browser by
//! `themes/default/assets/stem.js`. `tests/search/stem.mjs` holds the two together, and
//! `docs/decisions/search-words.md` tells why it is done so and how well it does.
//!
//! A query's word finds a page's word when they share a key. Best first: `exact`, then `folded`, then
//! `stem`, then a `stem` that is one of the other's `parts`, then all `parts`.

mod code;
mod english;
mod estonian;
mod fold;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashSet;

pub use code::is_code;
pub use token::tokens;

/// The keys of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The word in lower case, otherwise as it was written: `Ülevaated` gives `ülevaated`.
    pub exact: String,
    /// `exact` for people without the keyboard: `ulevaated`.
    pub folded: String,
    /// What all forms of the word have in common: `ulevaat`. It is a key, not a word. Of a code it is the
    /// whole code, without its hyphens: `BEN-142` gives `ben142`.
    pub stem: String,
    /// The stems of the words within the word, in their order: of `testilugu` those of `testi` and
    /// `lugu`, of `BEN-142` the two halves. Empty where there is only one.
    pub parts: Vec<String>,
}

/// Makes keys of the words of one language.
#[derive(Debug, Clone)]
pub struct Stemmer {
    kind: Kind,
    known: HashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        let kind = match tag.split('-').next() {
            Some("et") => Kind::Estonian,
            Some("en") => Kind::English,
            _ => Kind::Other,
        };
        Self { kind, known: HashSet::new() }
    }

    /// The same stemmer, which finds `words` within compounds too, beside the words that are part of
    /// compounds everywhere. Words of fewer than four letters are left out: they are found in anything.
    #[must_use]
    pub fn knowing<'a>(self, words: impl IntoIterator<Item = &'a str>) -> Self {
        if self.kind != Kind::Estonian {
            return self;
        }
        let plain = words.into_iter().map(|word| fold::plain(&fold::exact(word)));
        let long = plain.filter(|word| word.len() > 3 && !is_code(word));
        let known = long.map(|word| self.stem(&word)).collect();
        Self { known, ..self }
    }

    /// The keys of `token`, one of those that [`tokens`] gives.
    pub fn keys(&self, token: &str) -> Keys {
        let exact = fold::exact(token);
        let plain = fold::plain(&exact);
        let pieces = self.without_ending(token, code::pieces(&plain));
        let (stem, parts) = match pieces.as_slice() {
            _ if is_code(token) => (pieces.concat(), listed(pieces.iter().map(|piece| (*piece).to_owned()))),
            [word] => (self.stem(word), self.parts(word)),
            _ => (self.stem(&pieces.concat()), listed(pieces.iter().map(|piece| self.stem(piece)))),
        };
        Keys { folded: self.unaccented(&plain), exact, stem, parts }
    }

    /// `pieces` of `token` without the ending that Estonian joins to names and codes by a hyphen: `UAT-i`.
    fn without_ending<'a>(&self, token: &str, mut pieces: Vec<&'a str>) -> Vec<&'a str> {
        let named = is_code(token) || code::is_name(token);
        let is_ending = pieces.len() > 1 && pieces.last().is_some_and(|last| estonian::is_ending(last));
        if self.kind == Kind::Estonian && named && is_ending {
            pieces.pop();
        }
        pieces
    }

    fn stem(&self, plain: &str) -> String {
        match self.kind {
            Kind::Estonian => estonian::stem(&self.unaccented(plain)),
            Kind::English => english::stem(plain),
            Kind::Other => plain.to_owned(),
        }
    }

    fn parts(&self, plain: &str) -> Vec<String> {
        match self.kind {
            Kind::Estonian => {
                listed(estonian::split(plain, &self.known).into_iter().map(|part| self.stem(part)))
            }
            Kind::English | Kind::Other => Vec::new(),
        }
    }

    /// Estonian writes š and ž, and people without the keyboard type `sh` and `zh`.
    fn unaccented(&self, plain: &str) -> String {
        match self.kind {
            Kind::Estonian => plain.replace("sh", "s").replace("zh", "z"),
            Kind::English | Kind::Other => plain.to_owned(),
        }
    }
}

/// `parts` where they are more than one.
fn listed(parts: impl Iterator<Item = String>) -> Vec<String> {
    let parts: Vec<String> = parts.collect();
    if parts.len() > 1 { parts } else { Vec::new() }
}
