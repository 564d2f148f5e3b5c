//! Translations that are older than what they were translated from.

use jiff::civil::Date;

use super::dates;
use crate::diagnostic::Placed;
use crate::model::Site;
use crate::model::document::{Article, Document};

/// Why a translation is held to be older than its original.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outdated<'a> {
    /// It names another text than the present one, which has this hash.
    Other(&'a Placed<String>, &'a str),
    /// The original changed on this day, after the translation did.
    Changed(Date),
}

/// Whether the original of the translation `article` changed since, by the day `as_of`. What the translation
/// says of itself decides; else the commits do. Nothing is known of an original whose change no commit has.
pub fn outdated<'a>(
    site: &'a Site,
    document: &'a Document,
    article: &'a Article,
    as_of: Date,
) -> Option<Outdated<'a>> {
    let original = document.main();
    if article.path == original.path {
        return None;
    }
    if let Some(named) = &article.front.translated_from {
        let present = site.originals.get(&original.path)?;
        let is_same = is_hash(named) && present.starts_with(&named.to_ascii_lowercase());
        return (!is_same).then_some(Outdated::Other(named, present));
    }
    let (changed, translated) =
        (dates::told(site, &original.path, as_of).next()?, dates::told(site, &article.path, as_of).next()?);
    let is_committed = site.history.get(&article.path).is_some_and(|file| file.is_committed);
    (is_committed && changed > translated).then(|| Outdated::Changed(changed.date()))
}

/// Whether a text is enough of a hash to know a text by.
fn is_hash(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::history::FileHistory;
    use crate::parse::sample::tree;

    const DAY: Date = date(2026, 10, 16);

    fn is_outdated(translation: &str, days: Option<(i8, i8)>) -> bool {
        let mut site = tree(&[
            ("portal.yaml", "title: T\nlanguages: [et, en]\n"),
            ("guides/a.md", "# A\n"),
            ("guides/a.en.md", translation),
        ]);
        let file = |day| FileHistory {
            changes: vec![date(2026, 10, day).at(9, 0, 0, 0)],
            untold: 0,
            is_committed: true,
        };
        for (path, day) in
            days.map(|(et, en)| [("guides/a.md", et), ("guides/a.en.md", en)]).into_iter().flatten()
        {
            site.history.insert(path.to_owned(), file(day));
        }
        let document = site.document("guides/a").expect("the page");
        outdated(&site, document, document.text("en"), DAY).is_some()
    }

    #[test]
    fn commits_tell_which_text_is_older() {
        assert!(!is_outdated("# A\n", None), "nothing is known");
        assert!(!is_outdated("# A\n", Some((12, 12))));
        assert!(!is_outdated("# A\n", Some((12, 13))));
        assert!(is_outdated("# A\n", Some((13, 12))));
    }

    #[test]
    fn a_hash_says_what_was_translated() {
        let hash = crate::digest::sha256(&[b"# A\n"]);
        let front = |hash: &str| format!("---\ntranslated_from: '{hash}'\n---\n# A\n");
        assert!(!is_outdated(&front(&hash), Some((13, 12))), "the hash decides");
        assert!(!is_outdated(&front(&hash[..12].to_uppercase()), None));
        assert!(is_outdated(&front("0000000"), Some((12, 13))));
        assert!(is_outdated(&front(&hash[..3]), None), "three digits fit many texts");
    }
}
