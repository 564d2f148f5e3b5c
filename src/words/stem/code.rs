//! Which words are codes and names in capitals, and the pieces of words with hyphens.

/// Whether `token` is a code (`BEN-142`, `2026.10`, `sit-03`), which has no forms: it has a digit.
pub fn is_code(token: &str) -> bool {
    token.chars().any(|letter| letter.is_ascii_digit())
}

/// Whether `token` begins with a piece in capitals, before a hyphen: `UAT-keskkond`.
pub(super) fn is_name(token: &str) -> bool {
    let first = token.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or_default();
    first.chars().count() > 1 && !first.chars().any(char::is_lowercase)
}

/// The pieces of `plain` between hyphens and underscores.
pub(super) fn pieces(plain: &str) -> Vec<&str> {
    plain.split(['-', '_']).filter(|piece| !piece.is_empty()).collect()
}
