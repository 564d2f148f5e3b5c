//! Personal codes and secrets that tests print, taken out before a result is kept.
//!
//! What `scan/` finds is replaced by `***`. Better one word too many than one secret: a message stays readable
//! without the word after `password:`. Addresses and telephone numbers stay, but in results that everybody may see.
//! Not found is what looks like nothing in particular, and attachments are not searched.

use std::collections::{BTreeMap, HashSet};

use super::{Imported, Note};
pub use crate::scan::MASK;
use crate::scan::{self, Finding, Kind, Purpose};

/// How many of each kind were masked.
pub type Masked = BTreeMap<Kind, usize>;

/// What was masked, in words: `2 personal codes, 1 password`; nothing if nothing was.
pub fn phrase(masked: &Masked) -> Option<String> {
    let told = masked.iter().map(|(kind, count)| format!("{count} {}", kind.noun(*count)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// Masks the names, suites, messages, reasons and notes of all cases, and the places and texts of notes. Two
/// cases that can no longer be told apart get a number.
pub fn imported(mut imported: Imported, purpose: Purpose) -> (Imported, Masked) {
    let mut masked = Masked::new();
    for case in &mut imported.cases {
        let texts = [
            Some(&mut case.name),
            case.suite.as_mut(),
            case.message.as_mut(),
            case.reason.as_mut(),
            case.note.as_mut(),
        ];
        for text in texts.into_iter().flatten() {
            *text = counted(text, purpose, &mut masked);
        }
    }
    for note in &mut imported.notes {
        *note = Note { at: masked_for(&note.at, purpose).0, text: masked_for(&note.text, purpose).0 };
    }
    tell_apart(&mut imported);
    (imported, masked)
}

fn counted(written: &str, purpose: Purpose, masked: &mut Masked) -> String {
    let (plain, found) = masked_for(written, purpose);
    for (kind, count) in found {
        *masked.entry(kind).or_default() += count;
    }
    plain
}

/// Gives cases without an id whose suite and name are another's a number, in their order.
fn tell_apart(imported: &mut Imported) {
    let mut seen = HashSet::new();
    for case in imported.cases.iter_mut().filter(|case| case.id.is_none()) {
        let name = case.name.clone();
        let mut number = 1;
        while !seen.insert((case.suite.clone(), case.name.clone())) {
            number += 1;
            case.name = format!("{name} ({number})");
        }
    }
}

/// `text` without what may not be kept, and how much of each kind was in it.
pub fn text(text: &str) -> (String, Masked) {
    masked_for(text, Purpose::Masking)
}

fn masked_for(text: &str, purpose: Purpose) -> (String, Masked) {
    let mut plain = text.to_owned();
    let mut masked = Masked::new();
    // What was masked may have hidden what stood behind it; each round leaves less to find.
    loop {
        let found = scan::find(&plain, purpose);
        if found.is_empty() {
            return (plain, masked);
        }
        for finding in &found {
            *masked.entry(finding.kind).or_default() += 1;
        }
        plain = without(&plain, &found);
    }
}

/// `text` with a mask in place of each finding; they are in order and apart.
fn without(text: &str, found: &[Finding]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    for Finding { range, .. } in found {
        plain.push_str(text.get(done..range.start).unwrap_or_default());
        plain.push_str(MASK);
        done = range.end;
    }
    plain + text.get(done..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(written: &str) -> String {
        text(written).0
    }

    #[test]
    fn personal_codes_are_masked_where_date_and_check_digit_are_true() {
        // The last one needs the second weights.
        for code in ["37001010029", "48905074217", "50508051066"] {
            for (written, wanted) in [
                ("no pension for {}!", "no pension for ***!"),
                ("PNOEE-{}", "PNOEE-***"),
                ("{}@eesti.ee", "***@eesti.ee"),
            ] {
                assert_eq!(masked(&written.replace("{}", code)), wanted);
            }
            assert_eq!(masked(&format!("1{code}")), format!("1{code}"), "twelve digits are another number");
        }
        for other in
            ["60002020202", "60004040404", "36009067968", "12345678901", "99999999999", "48913074212"]
        {
            assert_eq!(masked(other), other, "no code: the date or the check digit is wrong");
        }
        for test_person in ["60001019906", "38001085718", "60001019947"] {
            assert_eq!(masked(test_person), test_person);
        }
    }

    #[test]
    fn accounts_are_masked_but_for_the_examples_of_books() {
        assert_eq!(masked("pays to EE641010220123456789."), "pays to ***.");
        assert_eq!(masked("EE47 2200 1111 2222 3333"), "***");
        assert_eq!(masked("EE651010220123456789"), "EE651010220123456789", "the check digits are wrong");
        assert_eq!(masked("pays to EE38 2200 2210 2014 5685."), "pays to EE38 2200 2210 2014 5685.");
    }

    #[test]
    fn secrets_are_masked_and_the_words_around_them_stay() {
        for (written, wanted) in [
            ("login failed: password=Kevad2026! for user mari", "login failed: password=*** for user mari"),
            (
                "{\"password\": \"tere tere\", \"user\": \"mari\"}",
                "{\"password\": \"***\", \"user\": \"mari\"}",
            ),
            ("parool: salajane", "parool: ***"),
            ("<password>abc</password>", "<password>***</password>"),
            ("{\\\"apiKey\\\":\\\"a1b2\\\"}", "{\\\"apiKey\\\":\\\"***\\\"}"),
            ("dbPassword = 'x y'; next", "dbPassword = '***'; next"),
            ("Authorization: Basic bWFyaTp0ZXJl\nAccept: */*", "Authorization: Basic ***\nAccept: */*"),
            ("Authorization: Bearer abc", "Authorization: Bearer ***"),
            ("Cookie: JSESSIONID=1; theme=dark\nnext", "Cookie: ***\nnext"),
            ("sent bearer a1b2c3d4e5 to it", "sent bearer *** to it"),
            ("https://mari:tere@example.ee/x", "https://mari:***@example.ee/x"),
            ("?token=a1b2c3d4e5f6&x=1", "?token=***&x=1"),
            ("key AKIAABCDEFGHIJKLMNOP.", "key ***."),
            ("glpat-abcdefghij0123456789", "***"),
            ("a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb", "a\n***\nb"),
            ("-----BEGIN PRIVATE KEY-----\nMII", "***"),
        ] {
            assert_eq!(masked(written), wanted, "{written}");
        }
        let token = format!("eyJ{}.eyJ{}.{}", "hbGciOiJI", "zdWIiOiIx", "c2lnbmF0dXJl");
        assert_eq!(masked(&format!("token {token} expired")), "token *** expired");
    }

    #[test]
    fn what_only_speaks_of_secrets_stays() {
        for plain in [
            "the password is missing",
            "password: null",
            "Bearer authentication expected",
            "unexpected token: `}`",
            "https://example.ee:8080/a@b",
            "-----BEGIN CERTIFICATE-----",
            "the session: expired",
            "Password reset › sends a mail",
        ] {
            assert_eq!(masked(plain), plain);
        }
    }

    #[test]
    fn addresses_and_telephones_are_masked_for_everybody() {
        let written = "no mail to mari@agency.ee, tel: 612 3456, password=a1b2";
        let plain = |purpose| masked_for(written, purpose).0;
        assert_eq!(plain(Purpose::Masking), "no mail to mari@agency.ee, tel: 612 3456, password=***");
        assert_eq!(plain(Purpose::Publishing), "no mail to ***, tel: ***, password=***");
        assert_eq!(masked_for("to uat@example.ee", Purpose::Publishing).0, "to uat@example.ee");
    }

    #[test]
    fn what_was_masked_is_counted_by_kind() {
        let (_, found) = text("pwd=a, pwd=b, Authorization: Basic abc");
        assert_eq!(found, Masked::from([(Kind::Password, 2), (Kind::Authorization, 1)]));
        assert_eq!((Kind::Password.noun(2), Kind::Authorization.noun(1)), ("passwords", "authorization"));
    }

    proptest! {
        #[test]
        fn masking_ends_and_finds_nothing_more_the_second_time(written in "(password=|parool: |Bearer |://a:b@|[a-zõ0-9 \"'=:\\\\\n]{0,8}){0,8}") {
            let once = masked(&written);
            prop_assert_eq!(masked(&once), once);
        }

        #[test]
        fn any_text_at_all_can_be_masked(written in any::<String>()) {
            let _ = masked(&written);
        }
    }
}
