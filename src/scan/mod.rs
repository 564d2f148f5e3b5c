//! Personal data and secrets in texts, and what image files carry besides their pictures.
//!
//! 1. [`clue`] goes through a text once and stops where something may stand: at a known word, an `@`, a `+`, a run of
//!    digits.
//! 2. One file for each kind looks there: [`personal_code`], [`account`], [`phone`], [`email`], [`secret`].
//! 3. [`published`] knows the values that were made for everybody to use in tests and books.
//! 4. [`image`] takes out of an image file what is no picture, [`picture`] reads how large the picture is; [`maker`]
//!    finds what other documents tell of those who made them.
//!
//! Nothing here knows where a text comes from or what becomes of what is found: `import/` takes it out of results,
//! `check/` tells of it.

mod account;
mod clue;
mod email;
pub mod image;
pub mod maker;
mod personal_code;
mod phone;
pub mod picture;
mod published;
mod secret;

pub use secret::MASK;

use std::collections::BTreeMap;
use std::ops::Range;

/// A kind of text that may not be kept or published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The Estonian personal identification code (EVS 585).
    PersonalCode,
    /// A bank account (ISO 13616).
    Account,
    /// A telephone number (E.164, and Estonian ones after a word for them).
    Phone,
    /// An e-mail address.
    Email,
    /// A value after `password`, `secret`, `api_key` and such.
    Password,
    /// What follows `Authorization:`, `Cookie:` or `Bearer`.
    Authorization,
    /// A token that is known by its form: a JWT (RFC 7519), those of forges and clouds.
    Token,
    /// A private key (RFC 7468).
    PrivateKey,
}

impl Kind {
    /// What so many of them are called.
    pub fn noun(self, count: usize) -> &'static str {
        let (one, many) = match self {
            Self::PersonalCode => ("personal code", "personal codes"),
            Self::Account => ("bank account", "bank accounts"),
            Self::Phone => ("phone number", "phone numbers"),
            Self::Email => ("e-mail address", "e-mail addresses"),
            Self::Password => ("password", "passwords"),
            Self::Authorization => ("authorization", "authorizations"),
            Self::Token => ("token", "tokens"),
            Self::PrivateKey => ("private key", "private keys"),
        };
        if count == 1 { one } else { many }
    }

    /// Of two that overlap the one with the lower rank is told.
    fn rank(self) -> u8 {
        match self {
            Self::PrivateKey => 0,
            Self::Token => 1,
            Self::Authorization => 2,
            Self::Password => 3,
            Self::Account => 4,
            Self::PersonalCode => 5,
            Self::Email => 6,
            Self::Phone => 7,
        }
    }
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To take it out of results before they are kept: better a word too many than one secret. Addresses and
    /// telephone numbers stay, since results without them say little.
    Masking,
    /// To take it out of results that everybody may see: addresses and telephone numbers, too.
    Publishing,
    /// To tell an author of it: nothing that only looks like it.
    Telling,
}

impl Purpose {
    /// Whether what is found is taken out.
    fn is_masking(self) -> bool {
        self != Self::Telling
    }

    /// Whether addresses and telephone numbers are looked for.
    fn wants_contacts(self) -> bool {
        self != Self::Masking
    }
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What is in `text`, in order and apart; not what was published for tests.
pub fn find(text: &str, purpose: Purpose) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut ends = secret::Ends::default();
    clue::each(text, |clue, at| {
        let looked = match clue {
            clue::Clue::Digits(run) => {
                let code = personal_code::at(text, &run, purpose).map(|range| (Kind::PersonalCode, range));
                account::at(text, &run).map(|range| (Kind::Account, range)).or(code)
            }
            clue::Clue::At if purpose.wants_contacts() => {
                email::at(text, at).map(|range| (Kind::Email, range))
            }
            clue::Clue::Plus if purpose.wants_contacts() => {
                phone::after_plus(text, at).map(|range| (Kind::Phone, range))
            }
            clue::Clue::PhoneWord(length) if purpose.wants_contacts() => {
                phone::after_word(text, at, length).map(|range| (Kind::Phone, range))
            }
            clue::Clue::Secret(sign, length) => secret::at(text, (at, length), sign, purpose, &mut ends),
            clue::Clue::At | clue::Clue::Plus | clue::Clue::PhoneWord(_) => None,
        };
        found.extend(looked.map(|(kind, range)| Finding { kind, range }));
    });
    apart(found)
}

/// The findings in order; of those that overlap the weightiest, then the first, then the longest.
fn apart(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by_key(|finding| {
        (finding.kind.rank(), finding.range.start, std::cmp::Reverse(finding.range.end))
    });
    let mut kept: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in found {
        let before = kept.range(..=finding.range.start).next_back();
        let after = kept.range(finding.range.start..).next();
        let is_free = before.is_none_or(|(_, before)| before.range.end <= finding.range.start)
            && after.is_none_or(|(start, _)| finding.range.end <= *start);
        if is_free {
            kept.insert(finding.range.start, finding);
        }
    }
    kept.into_values().collect()
}

/// A value as it may be compared: without the spaces that people group it by, addresses in lower case.
pub fn plain(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Account | Kind::Phone => {
            value.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '+').collect()
        }
        Kind::Email => value.to_lowercase(),
        _ => value.to_owned(),
    }
}

/// What may be shown of a value, so that its owner knows it again and nobody else learns it.
pub fn masked(kind: Kind, value: &str) -> String {
    let length = value.chars().count();
    let first = |count: usize| value.chars().take(count).collect::<String>();
    match kind {
        Kind::PersonalCode => format!("{}**********", first(1)),
        Kind::Account | Kind::Phone => format!("{}{}", first(4), "*".repeat(length.saturating_sub(4))),
        Kind::Email => format!("{}***", first(1)),
        Kind::Token => format!("{}***", first(4)),
        Kind::Password | Kind::Authorization | Kind::PrivateKey => "***".to_owned(),
    }
}

/// The character before `at`.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at `at`.
fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a text: kind and value.
    fn told(text: &str) -> Vec<(&'static str, &str)> {
        let found = find(text, Purpose::Telling).into_iter();
        found.map(|finding| (finding.kind.noun(1), &text[finding.range])).collect()
    }

    #[test]
    fn personal_data_is_told() {
        for (text, kind, value) in [
            ("isikukood 37001010029.", "personal code", "37001010029"),
            ("PNOEE-48905074217", "personal code", "48905074217"),
            ("EE50508051066", "personal code", "50508051066"),
            ("48905074217@eesti.ee", "personal code", "48905074217"),
            ("EE64 1010 2201 2345 6789", "bank account", "EE64 1010 2201 2345 6789"),
            ("GB29NWBK60161331926819", "bank account", "GB29NWBK60161331926819"),
            ("mari.maasikas@agency.ee", "e-mail address", "mari.maasikas@agency.ee"),
            ("<mailto:Mari@agency.ee>", "e-mail address", "Mari@agency.ee"),
            ("helista +372 5123 4567", "phone number", "+372 5123 4567"),
            ("tel: 612 3456", "phone number", "612 3456"),
            ("+358 40 123 4567", "phone number", "+358 40 123 4567"),
        ] {
            assert_eq!(told(text), [(kind, value)], "{text}");
        }
    }

    #[test]
    fn secrets_are_told() {
        let token =
            format!("eyJ{}.eyJ{}.{}", "hbGciOiJIUzI1NiJ9", "zdWIiOiIxMjM0NTY3ODkw", "c2lnbmF0dXJlX2hlcmU");
        let key = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----",
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"
        );
        for (text, kind, value) in [
            (format!("token {token} expired"), "token", token.as_str()),
            (key.clone(), "private key", key.as_str()),
            ("glpat-x7Kq2vR9mT4wZ1pL8sN3".into(), "token", "glpat-x7Kq2vR9mT4wZ1pL8sN3"),
            ("AKIAQ4TZ7YHM2WXKC5VD".into(), "token", "AKIAQ4TZ7YHM2WXKC5VD"),
            ("password=Kevad2026!x".into(), "password", "Kevad2026!x"),
            ("https://mari:Tere2026x@agency.ee/x".into(), "password", "Tere2026x"),
            ("Authorization: Basic bWFyaTp0ZXJlMTIzNDU2".into(), "authorization", "bWFyaTp0ZXJlMTIzNDU2"),
        ] {
            assert_eq!(told(&text), [(kind, value)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_not_told() {
        for text in [
            "60001019906 and 38001085718 are published",
            "60002020202 is no code",
            "sha256: a38001085718f0937001010029bc37001010029",
            "0.37001010029",
            "EE382200221020145685",
            "AB12CDEFGHIJ34567890",
            "someone@example.ee and a@b.example.com",
            "git@github.com:a/b.git",
            "image@2x.png",
            "uuid 1f3c3b4a-9d0e-4c2b-8a7d-370010100290",
            "+372 0000 0766",
            "tel: 2026-10-12",
            "+10 2026-10-12",
            "1.0.0+20261012153000",
            "thread 4242@demo.agency.main",
            "password: ${CI_PASSWORD}",
            "password: salasõna",
            "token: <your-token>",
            "api_key: BEN-2210",
            "-----BEGIN PRIVATE KEY----- is how it begins",
            "AKIAIOSFODNN7EXAMPLE",
            "https://user:password@agency.ee/",
            "Authorization: Bearer <token>",
            "https://agency.ee:8080/a@b",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn a_value_is_known_again_and_not_learned() {
        assert_eq!(masked(Kind::PersonalCode, "37001010029"), "3**********");
        assert_eq!(masked(Kind::Account, "EE641010220123456789"), "EE64****************");
        assert_eq!(masked(Kind::Email, "mari@agency.ee"), "m***");
        assert_eq!(masked(Kind::Password, "Kevad2026"), "***");
        assert_eq!(plain(Kind::Phone, "+372 5123 4567"), "+37251234567");
    }
}
