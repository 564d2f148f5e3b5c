//! The languages of a portal whose settings cannot be read, as far as its files tell them.

use super::kind::{FileKind, classify};
use super::site::DEFAULT_LANGUAGE;

/// The languages in which the program speaks, and for which names of files are asked.
pub const KNOWN: [&str; 2] = [DEFAULT_LANGUAGE, "en"];

/// The tags under `languages:` in the text of a `portal.yaml` that has a fault, maybe right there; none where there
/// are none.
pub fn written(text: &str) -> Vec<String> {
    const KEY: &str = "languages:";
    let mut lines = text.lines().skip_while(|line| !line.starts_with(KEY));
    let first = lines.next().and_then(|line| line.strip_prefix(KEY)).unwrap_or_default();
    let is_below = |line: &&str| line.starts_with([' ', '\t', '-', ']']);
    let mut tags: Vec<String> = Vec::new();
    for line in std::iter::once(first).chain(lines.take_while(is_below)) {
        let line = line.split('#').next().unwrap_or_default();
        for word in line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-') {
            if is_tag(word) && !tags.iter().any(|tag| tag == word) {
                tags.push(word.to_owned());
            }
        }
    }
    tags
}

/// The languages that the names of pages tell, the first one first: beside `a.et.md` the page `a.md` is in another
/// language. `paths` are seen from the content folder.
pub fn of_names<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let known = KNOWN.map(str::to_owned);
    let (mut bare, mut tagged) = (Vec::new(), Vec::new());
    for path in paths {
        let FileKind::Page(page) = classify(path, &known) else { continue };
        match page.language {
            Some(language) => tagged.push((page.key, language)),
            None => bare.push(page.key),
        }
    }
    let is_twin = |tag: &str| tagged.iter().any(|(key, language)| language == tag && bare.contains(key));
    let (twins, others): (Vec<&str>, Vec<&str>) = KNOWN.into_iter().partition(|tag| is_twin(tag));
    let first = others.first().copied().unwrap_or(DEFAULT_LANGUAGE);
    std::iter::once(first).chain(twins.into_iter().filter(|tag| *tag != first)).map(str::to_owned).collect()
}

/// A language of two or three letters, perhaps with a script or region.
fn is_tag(word: &str) -> bool {
    let (language, rest) = word.split_once('-').unwrap_or((word, "EE"));
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && matches!(rest.len(), 1..=8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_beside_a_fault() {
        for (text, expected) in [
            ("titel: P\nlanguages: [en, et]\ntime_zone: UTC\n", vec!["en", "et"]),
            (
                "title: P\nlanguages: [en, et  # the first is the default one\ntime_zone: UTC\n",
                vec!["en", "et"],
            ),
            ("languages:\n  - en\n  - pt-BR\nteams: {}\n", vec!["en", "pt-BR"]),
            ("languages:\n- en\n- et\nteams: {}\n", vec!["en", "et"]),
            ("languages: [\n  en,\n  en\n]\n", vec!["en"]),
            ("languages: en\n", vec!["en"]),
            ("languages: []\n", vec![]),
            ("# languages: [en]\ntitle: P\n", vec![]),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_translations_tell_the_first_language() {
        for (paths, expected) in [
            (vec!["index.md", "index.et.md", "portal.yaml"], vec!["en", "et"]),
            (vec!["index.md", "index.en.md"], vec!["et", "en"]),
            (vec!["index.md", "a/notes.et.md"], vec!["et"]),
            (vec![], vec!["et"]),
        ] {
            assert_eq!(of_names(paths.iter().copied()), expected, "{paths:?}");
        }
    }
}
