//! Personal codes and secrets that tests print, taken out before a result is kept.
//!
//! What is found is replaced by `***`. Better one word too many than one secret: a message stays readable
//! without the word after `password:`. Not found is what looks like nothing in particular, and attachments are
//! not searched.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;

use super::{Imported, Note};

/// What stands in place of what was masked.
pub const MASK: &str = "***";

/// A kind of text that may not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The Estonian personal identification code (EVS 585).
    PersonalCode,
    /// An Estonian bank account (ISO 13616).
    Account,
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
            Self::Password => ("password", "passwords"),
            Self::Authorization => ("authorization", "authorizations"),
            Self::Token => ("token", "tokens"),
            Self::PrivateKey => ("private key", "private keys"),
        };
        if count == 1 { one } else { many }
    }
}

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
pub fn imported(mut imported: Imported) -> (Imported, Masked) {
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
            *text = counted(text, &mut masked);
        }
    }
    for note in &mut imported.notes {
        *note = Note { at: text(&note.at).0, text: text(&note.text).0 };
    }
    tell_apart(&mut imported);
    (imported, masked)
}

fn counted(written: &str, masked: &mut Masked) -> String {
    let (plain, found) = text(written);
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

/// Finds the places of one kind, in order and apart.
type Find = fn(&str) -> Vec<Range<usize>>;

/// `text` without what may not be kept, and how much of each kind was in it.
pub fn text(text: &str) -> (String, Masked) {
    const STEPS: [(Kind, Find); 8] = [
        (Kind::PrivateKey, private_keys),
        (Kind::Token, web_tokens),
        (Kind::Token, prefixed_tokens),
        (Kind::Authorization, authorizations),
        (Kind::Password, passwords_in_addresses),
        (Kind::Password, named_values),
        (Kind::Account, accounts),
        (Kind::PersonalCode, personal_codes),
    ];
    let mut plain = text.to_owned();
    let mut masked = Masked::new();
    for (kind, find) in STEPS {
        let found = find(&plain);
        if !found.is_empty() {
            *masked.entry(kind).or_default() += found.len();
            plain = without(&plain, found);
        }
    }
    (plain, masked)
}

/// `text` with a mask in place of each range; the ranges are in order and apart.
fn without(text: &str, ranges: Vec<Range<usize>>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        plain.push_str(text.get(done..range.start).unwrap_or_default());
        plain.push_str(MASK);
        done = range.end;
    }
    plain + text.get(done..).unwrap_or_default()
}

/// The runs of characters that `belongs` accepts.
fn runs(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), '\0')]) {
        match (belongs(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// The runs of characters of a token or a dot, without a dot that ends a sentence.
fn dotted_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    runs(text, |c| is_token(c) || c == '.').into_iter().map(|range| {
        let run = text.get(range.clone()).unwrap_or_default();
        range.start..range.start + run.trim_end_matches('.').len()
    })
}

/// From the line that begins a private key to the one that ends it, or to the end of a text that was cut.
fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("-----BEGIN ")).map(|at| from + at) {
        let rest = text.get(start..).unwrap_or_default();
        let label = rest.lines().next().unwrap_or_default();
        if !label.contains("PRIVATE KEY") {
            from = start + 1;
            continue;
        }
        let end = rest.find("-----END ").and_then(|at| Some(at + 9 + rest.get(at + 9..)?.find("-----")? + 5));
        from = end.map_or(text.len(), |end| start + end);
        found.push(start..from);
    }
    found
}

fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// JSON Web Tokens: three parts, the first of which is a map in base64.
fn web_tokens(text: &str) -> Vec<Range<usize>> {
    if !text.contains("eyJ") {
        return Vec::new();
    }
    let is_web_token = |range: &Range<usize>| {
        let parts: Vec<&str> = text.get(range.clone()).unwrap_or_default().split('.').collect();
        matches!(parts[..], [head, body, ..] if head.starts_with("eyJ") && head.len() > 10 && body.len() > 8)
    };
    dotted_runs(text).filter(is_web_token).collect()
}

/// Tokens that begin in a way that forges and clouds have made known: the beginning, and how many
/// characters follow at least.
const PREFIXES: [(&str, usize); 23] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("ATATT3", 30),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 16),
    ("gldt-", 16),
    ("glrt-", 16),
    ("glcbt-", 16),
    ("xoxb-", 16),
    ("xoxp-", 16),
    ("xoxa-", 16),
    ("npm_", 30),
    ("pypi-", 40),
    ("sqp_", 30),
    ("squ_", 30),
    ("hvs.", 20),
    ("sk_live_", 16),
];

fn prefixed_tokens(text: &str) -> Vec<Range<usize>> {
    if !PREFIXES.iter().any(|(prefix, _)| text.contains(prefix)) {
        return Vec::new();
    }
    let is_known = |range: &Range<usize>| {
        let token = text.get(range.clone()).unwrap_or_default();
        PREFIXES
            .iter()
            .any(|(prefix, least)| token.strip_prefix(prefix).is_some_and(|rest| rest.len() >= *least))
    };
    dotted_runs(text).filter(is_known).collect()
}

/// Where `word` stands in `lower`, with nothing before it that would make it another word.
fn places<'t>(lower: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    lower.match_indices(word).map(|(at, _)| at)
}

/// ASCII letters in lower case; every byte stays at its place.
fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// What follows the names of headers that open doors, to the end of the line or quote, and what follows
/// `Bearer` or `Basic` anywhere.
fn authorizations(text: &str) -> Vec<Range<usize>> {
    let lower = lower(text);
    let mut found = Vec::new();
    for header in ["authorization", "set-cookie", "cookie", "x-api-key", "x-auth-token"] {
        for at in places(&lower, header) {
            let Some(start) = value_start(text, at + header.len()) else { continue };
            let scheme = ["bearer ", "basic ", "digest ", "negotiate ", "token "]
                .iter()
                .find(|scheme| lower.get(start..).is_some_and(|rest| rest.starts_with(**scheme)))
                .map_or(0, |scheme| scheme.len());
            let start = start + scheme;
            let rest = text.get(start..).unwrap_or_default();
            let end = start + rest.find(['\n', '"', '\'', '\\', '}', ']']).unwrap_or(rest.len());
            push(&mut found, text, start..end);
        }
    }
    for scheme in ["bearer ", "basic "] {
        for at in places(&lower, scheme) {
            let start = at + scheme.len();
            let rest = text.get(start..).unwrap_or_default();
            let is_part = |c: char| is_token(c) || matches!(c, '.' | '~' | '+' | '/' | '=');
            let end = start + rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            if is_random(text.get(start..end).unwrap_or_default()) {
                push(&mut found, text, start..end);
            }
        }
    }
    apart(found)
}

/// Passwords in `https://user:password@host`.
fn passwords_in_addresses(text: &str) -> Vec<Range<usize>> {
    let found = places(text, "://").filter_map(|at| {
        let start = at + 3;
        let rest = text.get(start..)?;
        let authority = rest.get(
            ..rest
                .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\''))
                .unwrap_or(rest.len()),
        )?;
        let (user, _) = authority.rsplit_once('@')?;
        let (name, password) = user.split_once(':')?;
        let from = start + name.len() + 1;
        Some(from..from + password.len())
    });
    let mut kept = Vec::new();
    found.for_each(|range| push(&mut kept, text, range));
    apart(kept)
}

/// Names whose values are secret whatever they look like.
const SECRET_NAMES: [&str; 19] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "parool",
    "salasõna",
    "salasona",
    "secret",
    "secret_key",
    "secret-key",
    "secretkey",
    "secret_access_key",
    "api_key",
    "api-key",
    "apikey",
    "private_key",
    "privatekey",
    "access_key",
    "accesskey",
];

/// Names whose values are secret if they look random: in a sentence these words mean other things too.
const LIKELY_NAMES: [&str; 5] = ["token", "sessionid", "session_id", "session", "signature"];

/// Values of names that tell of a secret: `password=x`, `"apiKey": "x"`, `<password>x</password>`.
fn named_values(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_lowercase();
    // A letter whose small form has another length would move every place behind it.
    let lower = if lower.len() == text.len() { lower } else { self::lower(text) };
    let names =
        SECRET_NAMES.iter().map(|name| (*name, true)).chain(LIKELY_NAMES.iter().map(|name| (*name, false)));
    let mut found = Vec::new();
    for (name, is_certain) in names {
        for at in places(&lower, name) {
            let Some(start) = value_start(text, at + name.len()) else { continue };
            let end = value_end(text, start);
            let value = text.get(start..end).unwrap_or_default();
            if !is_nothing(value) && (is_certain || is_random(value)) {
                push(&mut found, text, start..end);
            }
        }
    }
    apart(found)
}

/// Where the value begins of a name that ends at `at`: behind `=`, `:` or `>`, quotes and spaces around
/// them left aside. Nothing if none of these follows.
fn value_start(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let sign = rest.trim_start_matches(['"', '\'', '\\', ']', ' ']);
    let value = sign.strip_prefix(['=', ':', '>'])?;
    let value = value.strip_prefix(['=', '>']).unwrap_or(value);
    let value = value.trim_start_matches([' ', '\t', '"', '\'', '\\', '[']);
    (!value.is_empty() && !value.starts_with('\n')).then(|| text.len() - value.len())
}

/// Where a value ends that begins at `start`: at the quote that opened it, else where a word ends.
fn value_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let opened = text.get(..start).and_then(|before| before.chars().next_back());
    let end = match opened {
        Some(quote @ ('"' | '\'')) => rest.find([quote, '\\', '\n']),
        _ => rest.find(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '&' | '<' | '"' | '\'' | ')' | '}' | ']')
        }),
    };
    start + end.unwrap_or(rest.len())
}

/// Whether a value only says that there is none.
fn is_nothing(value: &str) -> bool {
    let word = value.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "" | "null" | "none" | "nil" | "undefined" | "true" | "false" | "empty" | "required" | "missing"
    ) || word.starts_with(MASK)
}

/// Whether a text looks made by chance: long enough, with digits among letters, or very long.
fn is_random(value: &str) -> bool {
    let has = |test: fn(&char) -> bool| value.chars().any(|c| test(&c));
    value.len() >= 32 || (value.len() >= 8 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic))
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let value = text.get(range.clone()).unwrap_or_default();
    if !value.trim().is_empty() && !is_nothing(value.trim()) {
        found.push(range);
    }
}

/// The ranges in order; of those that overlap the first.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.last().is_none_or(|last| last.end <= range.start) {
            kept.push(range);
        }
    }
    kept
}

/// Accounts that books print as examples.
const EXAMPLE_ACCOUNTS: [&str; 2] = ["EE382200221020145685", "EE471000001020145685"];

/// Estonian accounts, in one piece or in groups of four.
fn accounts(text: &str) -> Vec<Range<usize>> {
    let found = places(text, "EE").filter_map(|start| {
        let before = text.get(..start)?.chars().next_back();
        let mut account = String::from("EE");
        let mut end = start + 2;
        for character in text.get(end..)?.chars() {
            match character {
                digit if digit.is_ascii_digit() => account.push(digit),
                ' ' if account.len() % 4 == 0 && account.len() < 20 => {}
                _ => break,
            }
            end += 1;
        }
        let is_account = account.len() == 20
            && !before.is_some_and(char::is_alphanumeric)
            && remainder_97(&account) == Some(1)
            && !EXAMPLE_ACCOUNTS.contains(&account.as_str());
        is_account.then_some(start..end)
    });
    apart(found.collect())
}

/// The number of an account modulo 97, its first four characters at the end (ISO 7064).
fn remainder_97(account: &str) -> Option<u32> {
    let (head, tail) = account.split_at_checked(4)?;
    let digits = tail.chars().chain(head.chars()).map(|c| c.to_digit(36));
    digits.into_iter().try_fold(0, |sum, digit| {
        let digit = digit?;
        Some((sum * if digit > 9 { 100 } else { 10 } + digit) % 97)
    })
}

/// Codes of persons who do not exist, published for tests by SK ID Solutions, the Information System
/// Authority and the makers of libraries.
const TEST_PERSONS: [&str; 35] = [
    "10303030002",
    "30303039816",
    "30303039903",
    "30303039914",
    "30403039917",
    "30403039928",
    "30403039939",
    "30403039946",
    "30403039950",
    "30403039972",
    "30403039983",
    "36805280109",
    "37605030299",
    "38001085718",
    "40404039996",
    "40404040009",
    "40404049985",
    "40404049996",
    "40504040001",
    "50001018908",
    "60001017705",
    "60001017716",
    "60001017727",
    "60001017869",
    "60001018800",
    "60001019906",
    "60001019928",
    "60001019939",
    "60001019947",
    "60001019950",
    "60001019961",
    "60001019972",
    "60001019983",
    "61101012257",
    "50001029996",
];

/// Personal codes: eleven digits alone, with a true date and check digit, of no test person.
fn personal_codes(text: &str) -> Vec<Range<usize>> {
    let is_code = |range: &Range<usize>| {
        let code = text.get(range.clone()).unwrap_or_default();
        code.len() == 11 && is_personal_code(code) && !TEST_PERSONS.contains(&code)
    };
    runs(text, |c| c.is_ascii_digit()).into_iter().filter(is_code).collect()
}

/// Whether eleven digits are a personal code by EVS 585: century and sex, a date, a number, a check digit.
fn is_personal_code(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    let [century, y1, y2, m1, m2, d1, d2, _, _, _, check] = digits[..] else { return false };
    if !(1..=8).contains(&century) {
        return false;
    }
    let year = 1800 + (century - 1) / 2 * 100 + y1 * 10 + y2;
    let date = (i16::try_from(year), i8::try_from(m1 * 10 + m2), i8::try_from(d1 * 10 + d2));
    let is_date = matches!(date, (Ok(year), Ok(month), Ok(day)) if Date::new(year, month, day).is_ok());
    is_date && check == check_digit(&digits)
}

/// The check digit of the first ten digits: the weighted sum modulo 11, with other weights if that gives
/// ten, and 0 if these do too.
fn check_digit(digits: &[u32]) -> u32 {
    let weighted = |weights: [u32; 10]| {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    match weighted([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        10 => weighted([3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 10,
        digit => digit,
    }
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
            assert!(is_personal_code(test_person));
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
