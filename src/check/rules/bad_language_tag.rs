//! A language of the portal is no language.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "bad-language-tag",
    level: Level::Error,
    what: "`languages` in `portal.yaml` names something that is no language tag, or a language twice.",
    why: "The tag becomes part of addresses and tells screen readers how to pronounce the page.",
    example: "languages: [eesti keel, en]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let tags = &context.site.portal.languages;
    let mut faults = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        if !is_tag(tag) {
            let message = format!("`{}` is no language tag", tag.value);
            faults.push(
                Diagnostic::new(&RULE, tag.place, message).hint("write a tag such as `et`, `en` or `pt-BR`"),
            );
        } else if canonical(tag) != tag.value {
            let message = format!("the language tag `{}` is not in its usual spelling", tag.value);
            faults
                .push(Diagnostic::new(&RULE, tag.place, message).hint(format!("write `{}`", canonical(tag))));
        } else if let Some(earlier) = tags[..index].iter().find(|earlier| earlier.eq_ignore_ascii_case(tag)) {
            let message = format!("the language `{}` is named twice", tag.value);
            faults
                .push(Diagnostic::new(&RULE, tag.place, message).related(earlier.place, "first named here"));
        }
    }
    faults
}

/// A tag in the spelling of BCP 47: the language in small letters, a script with a capital, a region in
/// capitals. Files and addresses are named by it.
fn canonical(tag: &str) -> String {
    let parts = tag.split('-').enumerate().map(|(at, part)| match (at, part.len()) {
        (0, _) => part.to_ascii_lowercase(),
        (_, 2) => part.to_ascii_uppercase(),
        (_, 4) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    });
    parts.collect::<Vec<_>>().join("-")
}

/// A language of two or three letters, then parts of one to eight letters and digits (BCP 47).
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| {
        matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) && parts
        .all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::{canonical, is_tag};

    #[test]
    fn a_tag_has_one_spelling() {
        for (written, usual) in
            [("ET", "et"), ("pt-br", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("vro", "vro")]
        {
            assert_eq!(canonical(written), usual);
        }
    }

    #[test]
    fn tags_are_told_from_names() {
        for good in ["et", "en", "pt-BR", "zh-Hant-TW", "vro"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "e", "eesti", "eesti keel", "en_GB", "../en", "et-"] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
