//! Which words are codes, and the pieces of words with hyphens.

/// Whether `token` is a code (`BEN-142`, `2026.10`, `sit-03`), which has no forms: it has a digit.
pub fn is_code(token: &str) -> bool {
    token.chars().any(|letter| letter.is_ascii_digit())
}

/// The pieces of `plain` between hyphens and underscores.
pub(super) fn pieces(plain: &str) -> Vec<&str> {
    plain.split(['-', '_']).filter(|piece| !piece.is_empty()).collect()
}
