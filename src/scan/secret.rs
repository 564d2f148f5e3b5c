//! What opens doors: passwords, tokens, keys.
//!
//! The beginnings of tokens are those that forges and clouds publish so that they can be found, and that lists of
//! well-kept tools have in common. A value that nothing but its name gives away has to look made by chance.

use std::ops::Range;

use super::{Kind, Purpose, before};

/// What a word says of the value at or behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It begins a private key.
    PrivateKey,
    /// It begins a JSON Web Token.
    WebToken,
    /// It begins a token; at least so many characters follow. Upper and lower case count.
    Token(&'static str, usize),
    /// A header that opens doors follows it.
    Header,
    /// Credentials follow it, be it as the value of a name.
    Bearer,
    /// Credentials follow it at once.
    Basic,
    /// Name and password may follow it.
    Address,
    /// Its value is secret.
    Name,
    /// Its value is secret if it looks so: in a sentence the word means other things too.
    LikelyName,
}

/// What stands in place of what was masked.
pub const MASK: &str = "***";

/// Beginnings of tokens, in lower case, as they are written, and how many characters follow at least.
const PREFIXES: [(&str, &str, usize); 27] = [
    ("akia", "AKIA", 16),
    ("asia", "ASIA", 16),
    ("aiza", "AIza", 30),
    ("atatt3", "ATATT3", 30),
    ("ghp_", "ghp_", 30),
    ("gho_", "gho_", 30),
    ("ghu_", "ghu_", 30),
    ("ghs_", "ghs_", 30),
    ("ghr_", "ghr_", 30),
    ("github_pat_", "github_pat_", 30),
    ("glpat-", "glpat-", 16),
    ("gldt-", "gldt-", 16),
    ("glrt-", "glrt-", 16),
    ("glcbt-", "glcbt-", 16),
    ("glptt-", "glptt-", 16),
    ("xoxb-", "xoxb-", 16),
    ("xoxp-", "xoxp-", 16),
    ("xoxa-", "xoxa-", 16),
    ("xapp-", "xapp-", 16),
    ("npm_", "npm_", 30),
    ("pypi-", "pypi-", 40),
    ("sqp_", "sqp_", 30),
    ("squ_", "squ_", 30),
    ("hvs.", "hvs.", 20),
    ("sk_live_", "sk_live_", 16),
    ("rk_live_", "rk_live_", 16),
    ("dop_v1_", "dop_v1_", 30),
];

const HEADERS: [&str; 5] = ["authorization", "set-cookie", "cookie", "x-api-key", "x-auth-token"];

/// Names whose values are secret whatever they look like.
const NAMES: [&str; 20] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "parool",
    "salasõna",
    "salasÕna",
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

const LIKELY_NAMES: [&str; 5] = ["token", "sessionid", "session_id", "session", "signature"];

/// Every word with what it says, in lower case.
pub fn signs() -> impl Iterator<Item = (&'static str, Sign)> {
    let single = [
        ("-----begin ", Sign::PrivateKey),
        ("eyj", Sign::WebToken),
        ("://", Sign::Address),
        ("bearer", Sign::Bearer),
        ("basic ", Sign::Basic),
    ];
    let prefixes = PREFIXES.iter().map(|(word, written, least)| (*word, Sign::Token(written, *least)));
    let headers = HEADERS.iter().map(|word| (*word, Sign::Header));
    let names = NAMES.iter().map(|word| (*word, Sign::Name));
    let likely = LIKELY_NAMES.iter().map(|word| (*word, Sign::LikelyName));
    single.into_iter().chain(prefixes).chain(headers).chain(names).chain(likely)
}

/// The longest value that is told of, in bytes; masked are longer ones, too.
const LONGEST: usize = 4096;

/// Where in a text the next end of a value stands, remembered, so that a text in which many values have the same end is
/// gone through once.
#[derive(Debug, Default)]
pub struct Ends {
    value: End,
    header: End,
    credentials: End,
    key: End,
    key_line: End,
}

/// The bytes among which no end stands; it follows them.
#[derive(Debug, Default)]
struct End(Range<usize>);

impl End {
    /// The end at or after `start`, which `find` looks for where it is not known.
    fn after(&mut self, start: usize, find: impl FnOnce() -> usize) -> usize {
        if self.0.is_empty() || start < self.0.start || start > self.0.end {
            self.0 = start..find();
        }
        self.0.end
    }
}

/// The secret that the word of `length` bytes at `at` gives away.
pub fn at(
    text: &str,
    (at, length): (usize, usize),
    sign: Sign,
    purpose: Purpose,
    ends: &mut Ends,
) -> Option<(Kind, Range<usize>)> {
    let (kind, range) = match sign {
        Sign::PrivateKey => (Kind::PrivateKey, private_key(text, at, ends)?),
        Sign::WebToken => (Kind::Token, web_token(text, at)?),
        Sign::Token(written, least) => (Kind::Token, token(text, at, written, least)?),
        Sign::Header => (Kind::Authorization, header(text, at + length, ends)?),
        Sign::Bearer => (Kind::Authorization, borne(text, at + length, ends)?),
        Sign::Basic => (Kind::Authorization, credentials(text, at + length, ends)?),
        Sign::Address => (Kind::Password, password_in_address(text, at + length)?),
        Sign::Name => (Kind::Password, named(text, at + length, true, ends)?),
        Sign::LikelyName => (Kind::Password, named(text, at + length, false, ends)?),
    };
    let value = text.get(range.clone())?;
    let is_value = !value.trim().is_empty() && !is_nothing(value.trim());
    (is_value && (purpose.is_masking() || is_sure(kind, value))).then_some((kind, range))
}

/// Whether a value is what it seems to be, and no example or place to put one.
fn is_sure(kind: Kind, value: &str) -> bool {
    match kind {
        Kind::PrivateKey => {
            let head = value.get(..value.floor_char_boundary(LONGEST)).unwrap_or_default();
            head.split_whitespace().any(|word| word.len() >= 32 && !word.contains("-----"))
        }
        _ if value.len() > LONGEST => false,
        Kind::Token => !is_placeholder(value) && entropy(value) >= 3.0,
        _ => {
            let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
            value.len() >= 8
                && !value.contains(char::is_whitespace)
                && has(u8::is_ascii_digit)
                && has(u8::is_ascii_alphabetic)
                && !is_placeholder(value)
                && !is_identifier(value)
                && entropy(value) >= 2.5
        }
    }
}

/// Whether a value only shows where one belongs.
fn is_placeholder(value: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "***",
        "…",
        "...",
        "xxxx",
        "<",
        "{",
        "$",
        "example",
        "changeme",
        "placeholder",
        "vault:",
        "://",
        "&lt;",
        "123456",
    ];
    let lower = value.to_ascii_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Whether a value reads as the name of something: a ticket, a day, a path, a key of a program.
fn is_identifier(value: &str) -> bool {
    let parts: Vec<&str> =
        value.split(['-', '_', '.', '/', ':', '#', '(', ')', '`']).filter(|part| !part.is_empty()).collect();
    let is_plain = |part: &&str| {
        let letters = part.chars().filter(|c| c.is_alphabetic()).count();
        letters == part.chars().count() || part.chars().all(|c| c.is_ascii_digit()) && part.len() <= 4
    };
    parts.len() > 1 && parts.iter().all(is_plain)
}

/// The bits that a character of `value` tells on average (Shannon).
#[expect(clippy::cast_precision_loss, reason = "a value has far fewer characters than a float has steps")]
fn entropy(value: &str) -> f64 {
    let mut counts = [0_usize; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = value.len().max(1) as f64;
    let shares = counts.iter().filter(|count| **count > 0).map(|count| *count as f64 / length);
    -shares.map(|share| share * share.log2()).sum::<f64>()
}

/// From the line that begins a private key to the one that ends it, or to the end of a text that was cut.
fn private_key(text: &str, at: usize, ends: &mut Ends) -> Option<Range<usize>> {
    /// The longest line that begins a key.
    const LABEL: usize = 100;
    const END: &str = "-----END ";
    const DASHES: &str = "-----";
    let rest = text.get(at..)?;
    let label = rest.get(..rest.floor_char_boundary(LABEL))?.lines().next().unwrap_or_default();
    if !label.contains("PRIVATE KEY") {
        return None;
    }
    let next = |from: usize, sign: &str| {
        let rest = text.get(from..).unwrap_or_default();
        rest.find(sign).map_or(text.len(), |at| from + at)
    };
    let last = ends.key.after(at, || next(at, END)) + END.len();
    let end = ends.key_line.after(last.min(text.len()), || next(last, DASHES)) + DASHES.len();
    Some(at..end.min(text.len()))
}

fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// The characters of a token from `at` on, if none stands before, without a dot that ends a sentence.
fn dotted(text: &str, at: usize) -> Option<&str> {
    if before(text, at).is_some_and(|c| is_token(c) || c == '.') {
        return None;
    }
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !is_token(c) && c != '.').unwrap_or(rest.len());
    Some(rest.get(..end)?.trim_end_matches('.'))
}

/// A JSON Web Token: parts, the first of which is a map in base64.
fn web_token(text: &str, at: usize) -> Option<Range<usize>> {
    let run = dotted(text, at)?;
    let mut parts = run.split('.');
    let (head, body) = (parts.next()?, parts.next()?);
    (head.starts_with("eyJ") && head.len() > 10 && body.len() > 8).then(|| at..at + run.len())
}

/// A token that begins as `written`.
fn token(text: &str, at: usize, written: &str, least: usize) -> Option<Range<usize>> {
    let run = dotted(text, at)?;
    let rest = run.strip_prefix(written)?;
    (rest.len() >= least).then(|| at..at + run.len())
}

/// What follows the name of a header that ends at `at`, to the end of the line or quote.
fn header(text: &str, at: usize, ends: &mut Ends) -> Option<Range<usize>> {
    let start = value_start(text, at)?;
    let rest = text.get(start..)?;
    let scheme = ["bearer ", "basic ", "digest ", "negotiate ", "token "]
        .iter()
        .find(|scheme| rest.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
        .map_or(0, |scheme| scheme.len());
    let start = start + scheme;
    let rest = text.get(start..)?;
    let find = || start + rest.find(['\n', '"', '\'', '\\', '}', ']']).unwrap_or(rest.len());
    Some(start..ends.header.after(start, find))
}

/// What follows a `bearer` that ends at `at`: `Bearer x`, `bearer: x`, `bearer=x`, `"bearer": "x"`. In `bearer_of` and
/// `bearer of bad news` nothing does.
fn borne(text: &str, at: usize, ends: &mut Ends) -> Option<Range<usize>> {
    let value = text.get(at..)?.trim_start_matches([' ', '\t', ':', '=', '"', '\'', '`', '\\']);
    let start = text.len() - value.len();
    if start > at { credentials(text, start, ends) } else { None }
}

/// Credentials that begin at `start`, if they look made by chance.
fn credentials(text: &str, start: usize, ends: &mut Ends) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let is_part = |c: char| is_token(c) || matches!(c, '.' | '~' | '+' | '/' | '=');
    let find = || start + rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let end = ends.credentials.after(start, find);
    is_random(text.get(start..end)?).then_some(start..end)
}

/// The password in `user:password@host`, which begins at `start`.
fn password_in_address(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'');
    let authority = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    let (user, _) = authority.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    let from = start + name.len() + 1;
    Some(from..from + password.len())
}

/// The value of a name that ends at `at`: `password=x`, `"apiKey": "x"`, `<password>x</password>`.
fn named(text: &str, at: usize, is_certain: bool, ends: &mut Ends) -> Option<Range<usize>> {
    let start = value_start(text, at)?;
    let end = value_end(text, start, ends);
    let value = text.get(start..end)?;
    (!is_nothing(value) && (is_certain || is_random(value))).then_some(start..end)
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
fn value_end(text: &str, start: usize, ends: &mut Ends) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let found = |end: Option<usize>| start + end.unwrap_or(rest.len());
    match before(text, start) {
        Some(quote @ ('"' | '\'')) => found(rest.find([quote, '\\', '\n'])),
        _ => ends.value.after(start, || {
            found(rest.find(|c: char| {
                c.is_whitespace() || matches!(c, ',' | ';' | '&' | '<' | '"' | '\'' | ')' | '}' | ']')
            }))
        }),
    }
}

/// Whether a value only says that there is none.
fn is_nothing(value: &str) -> bool {
    const WORDS: [&str; 10] =
        ["", "null", "none", "nil", "undefined", "true", "false", "empty", "required", "missing"];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word)) || value.starts_with(MASK)
}

/// Whether a text looks made by chance: long enough, with digits among letters, or very long.
fn is_random(value: &str) -> bool {
    let has = |test: fn(&char) -> bool| value.chars().any(|c| test(&c));
    value.len() >= 32 || (value.len() >= 8 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Purpose, find};

    /// `text` without what is taken out of results.
    fn masked(text: &str) -> String {
        let mut text = text.to_owned();
        for finding in find(&text.clone(), Purpose::Masking).into_iter().rev() {
            text.replace_range(finding.range, super::MASK);
        }
        text
    }

    #[test]
    fn what_a_bearer_shows_is_masked_wherever_it_stands() {
        let value = "mF9xB5f-4qJqM7k~R2.tZ8";
        for (before, after) in [
            ("Sent Bearer ", " and got 401"),
            ("sent bearer   ", ", then again"),
            ("BEARER\t", ""),
            ("bearer: ", ", retried"),
            ("?bearer=", "&page=2"),
            (r#"{"bearer": ""#, r#""}"#),
            (r#"{\"bearer\":\""#, r#"\"}"#),
            ("curl -H 'Authorization: Bearer ", "' https://agency.ee/api"),
            ("curl --header \"Proxy-Authorization: bearer ", "\" https://agency.ee/api"),
            ("bearer `", "`"),
        ] {
            let text = format!("{before}{value}{after}");
            assert_eq!(masked(&text), format!("{before}***{after}"), "{text}");
            assert_eq!(find(&text, Purpose::Telling).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_bearers_stays() {
        for text in [
            "The bearer of bad news in a long sentence about 2026 is not a token.",
            "bearer: required",
            "bearer = none",
            "Bearer <token>",
            "Bearer ${TOKEN_2026}",
            "Bearer ***",
            "bearer",
            "the bearer_of_2026_certificates_and_their_names",
            "Bearer authentication failed in TokenController",
            "forbearers:12",
            "basic: 2026-10-12T09:00",
            "basic `suite_2026`",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn many_bearers_without_an_end_are_one_finding() {
        let text = "bearer=".repeat(20_000);
        let found = find(&text, Purpose::Masking);
        assert_eq!(found.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::Authorization]);
        assert_eq!(found[0].range, 7..text.len());
    }
}
