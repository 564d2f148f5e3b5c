//! Placeholders in texts.

/// A piece of a text with placeholders.
pub(super) enum Piece<'t, V> {
    /// What the text itself says.
    Own(&'t str),
    /// What stands for a placeholder.
    Value(V),
}

/// `text` with each `{name}` replaced by its value. A placeholder without a value stays as it is,
/// and so do lone braces. Values are not read again for placeholders.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let own = |piece| match piece {
        Piece::Own(text) | Piece::Value(text) => text,
    };
    pieces(text, values).into_iter().map(own).collect()
}

/// The pieces of `text`, by the rules of [`fill`].
pub(super) fn pieces<'t, V: Copy>(text: &'t str, values: &[(&str, V)]) -> Vec<Piece<'t, V>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(open) = rest.get(from..).and_then(|text| text.find('{')) {
        let at = from + open;
        let found = named(&rest[at..]).and_then(|(name, after)| {
            let value = values.iter().find(|(key, _)| *key == name)?.1;
            Some((value, after))
        });
        match found {
            Some((value, after)) => {
                pieces.extend([Piece::Own(&rest[..at]), Piece::Value(value)]);
                (rest, from) = (after, 0);
            }
            None => from = at + 1,
        }
    }
    pieces.push(Piece::Own(rest));
    pieces
}

/// The names of the placeholders in `text`, in order, repeats included.
#[cfg(test)]
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    text.match_indices('{').filter_map(|(at, _)| named(&text[at..])).map(|(name, _)| name).collect()
}

/// The name of the placeholder that `text` begins with, and the text behind it.
fn named(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!name.is_empty() && name.bytes().all(plain)).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_take_their_values() {
        assert_eq!(fill("{a} – {b}", &[("a", "1"), ("b", "2")]), "1 – 2");
    }

    #[test]
    fn unknown_placeholders_and_braces_stay() {
        assert_eq!(fill("{a} {x} { } {", &[("a", "{x}")]), "{x} {x} { } {");
        assert_eq!(fill("{{a}}", &[("a", "õ")]), "{õ}");
    }

    #[test]
    fn placeholders_are_listed() {
        assert_eq!(placeholders("{{n} of {m} {not this}"), ["n", "m"]);
    }
}
