//! The name of a language.

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use icu_locale_core::Locale;
use serde::{Serialize, Serializer};

/// A language, named by its BCP 47 tag (`et`, `en`, `pt-BR`). Ordered by tag, cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(Arc<str>);

impl Language {
    /// The language of `tag`, in the tag's canonical spelling (`EN-gb` gives `en-GB`). A text that is
    /// no tag is kept as it is; dates, numbers and order then follow the root locale of CLDR.
    pub fn new(tag: &str) -> Self {
        let tag = tag.trim();
        let canonical = Locale::from_str(tag).map(|locale| locale.to_string());
        Self(Arc::from(canonical.as_deref().unwrap_or(tag)))
    }

    /// The tag, as `lang` and `hreflang` want it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The locale whose conventions the language follows. English without a region is British: a
    /// European reader expects the day before the month and a clock of 24 hours.
    pub(super) fn locale(&self) -> Locale {
        let tag = if self.as_str() == "en" { "en-GB" } else { self.as_str() };
        Locale::from_str(tag).unwrap_or(Locale::UNKNOWN)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Borrow<str> for Language {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_spelled_one_way() {
        assert_eq!(Language::new(" EN-gb "), Language::new("en-GB"));
        assert_eq!(Language::new("et").as_str(), "et");
    }

    #[test]
    fn what_is_no_tag_is_kept() {
        assert_eq!(Language::new("not a tag").as_str(), "not a tag");
        assert_eq!(Language::new("").as_str(), "");
    }
}
