//! Alphabetical order.

use std::cmp::Ordering;

use icu_collator::{
    CollatorBorrowed, CollatorPreferences, options::CollatorOptions, preferences::CollationNumericOrdering,
};

use super::{Language, Words};

/// The alphabet of a language, by CLDR; digits in a row count as one number.
#[derive(Debug)]
pub(super) struct Order {
    collator: Option<CollatorBorrowed<'static>>,
}

impl Order {
    pub(super) fn new(language: &Language) -> Self {
        let mut preferences = CollatorPreferences::from(&language.locale());
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Self { collator: CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok() }
    }

    fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_alphabet = self.collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b));
        // Texts that the alphabet holds for equal still need one order, or builds would differ.
        by_alphabet.then_with(|| a.cmp(b))
    }
}

impl Words {
    /// The order of two texts in the language's alphabet: in Estonian `s š z ž t … v w õ ä ö ü x y`;
    /// `TL-2` before `TL-10`. Only identical texts are equal.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.order.compare(a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(tag: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let order = Order::new(&Language::new(tag));
        let mut texts = texts.to_vec();
        texts.sort_by(|a, b| order.compare(a, b));
        texts
    }

    #[test]
    fn the_estonian_alphabet() {
        let expected: Vec<_> =
            "saba šokk zebra žanr taim tšekk vesi wifi õlu ära öö üks xilofon yes".split(' ').collect();
        let mut mixed = expected.clone();
        mixed.sort_unstable();
        assert_ne!(mixed, expected, "byte order is another one");
        assert_eq!(sorted("et", &mixed), expected);
    }

    #[test]
    fn english_keeps_z_at_the_end() {
        assert_eq!(sorted("en", &["zebra", "taim", "õlu", "vesi"]), ["õlu", "taim", "vesi", "zebra"]);
    }

    #[test]
    fn digits_are_numbers() {
        assert_eq!(sorted("et", &["TL-10", "TL-2", "TL-1"]), ["TL-1", "TL-2", "TL-10"]);
    }

    #[test]
    fn only_identical_texts_are_equal() {
        let order = Order::new(&Language::new("et"));
        assert_eq!(order.compare("TL-2", "TL-02"), order.compare("TL-02", "TL-2").reverse());
        assert_ne!(order.compare("TL-2", "TL-02"), Ordering::Equal);
        assert_eq!(order.compare("õ", "õ"), Ordering::Equal);
    }
}
