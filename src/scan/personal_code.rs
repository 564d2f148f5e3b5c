//! The Estonian personal identification code (EVS 585).

use std::ops::Range;

use jiff::civil::Date;

use super::{Purpose, after, before, published};

/// The personal code that the run of digits is, unless it is that of a test person.
pub fn at(text: &str, run: &Range<usize>, purpose: Purpose) -> Option<Range<usize>> {
    let code = text.get(run.clone())?;
    let is_meant = || purpose.is_masking() || stands_alone(text, run);
    let is_found = code.len() == 11 && is_code(code) && !published::is_test_person(code) && is_meant();
    is_found.then(|| run.clone())
}

/// Whether the digits are no part of another number, of a hash or of an identifier of a test service.
fn stands_alone(text: &str, run: &Range<usize>) -> bool {
    let is_digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    let fraction =
        matches!(before(text, run.start), Some('.' | ',')) && is_digit(before(text, run.start - 1));
    let whole = after(text, run.end) == Some('.') && is_digit(after(text, run.end + 1));
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphanumeric()).count();
    let head: String = text
        .get(..run.start)
        .unwrap_or_default()
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .take(16)
        .collect();
    let tail = letters(text.get(run.end..).unwrap_or_default());
    let rest = text.get(run.end..).unwrap_or_default();
    let is_named = head.is_empty()
        || head.starts_with("EE")
        || head.chars().all(|c| c.is_alphabetic() && !c.is_ascii_hexdigit());
    is_named
        && tail == 0
        && !fraction
        && !whole
        && before(text, run.start) != Some('+')
        && !rest.starts_with("-MOCK-")
        && !(before(text, run.start) == Some('-') && head_is_hexadecimal(text, run.start))
}

/// Whether the word before a hyphen at `end` is one of a UUID.
fn head_is_hexadecimal(text: &str, end: usize) -> bool {
    let word = text.get(..end).unwrap_or_default().trim_end_matches('-');
    let word = word.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.len() == 4 && word.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
}

/// Whether eleven digits are a personal code: century and sex, a date, a number, a check digit.
fn is_code(code: &str) -> bool {
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
    use super::*;

    #[test]
    fn date_and_check_digit_must_be_true() {
        // The last two need the second weights.
        for code in ["37001010029", "48905074217", "50508051066", "60001019947", "50001029996"] {
            assert!(is_code(code), "{code}");
        }
        for other in
            ["60002020202", "60004040404", "36009067968", "12345678901", "99999999999", "48913074212"]
        {
            assert!(!is_code(other), "{other}");
        }
    }
}
