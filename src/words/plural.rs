//! Plural forms.

use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};

use super::Language;

/// The categories CLDR names.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Which plural form goes with which number, by CLDR.
#[derive(Debug)]
pub(super) struct Plural {
    rules: Option<PluralRules>,
}

impl Plural {
    pub(super) fn new(language: &Language) -> Self {
        let options = PluralRulesOptions::default().with_type(PluralRuleType::Cardinal);
        Self { rules: PluralRules::try_new(language.locale().into(), options).ok() }
    }

    /// The category of `n` things.
    pub(super) fn category(&self, n: usize) -> &'static str {
        match self.rules.as_ref().map(|rules| rules.category_for(n)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories(tag: &str, numbers: &[usize]) -> Vec<&'static str> {
        let plural = Plural::new(&Language::new(tag));
        numbers.iter().map(|n| plural.category(*n)).collect()
    }

    #[test]
    fn only_one_is_one_in_estonian_and_english() {
        let expected = ["other", "one", "other", "other", "other"];
        assert_eq!(categories("et", &[0, 1, 2, 21, 101]), expected);
        assert_eq!(categories("en", &[0, 1, 2, 21, 101]), expected);
    }

    #[test]
    fn other_languages_have_their_own() {
        assert_eq!(categories("lv", &[0, 1, 2, 21]), ["zero", "one", "other", "one"]);
        assert_eq!(categories("pl", &[1, 2, 5, 22]), ["one", "few", "many", "few"]);
        assert_eq!(categories("not a tag", &[1]), ["other"]);
    }
}
