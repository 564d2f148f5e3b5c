//! Placeholders in texts.

/// `text` with each `{name}` replaced by its value. A placeholder without a value stays as it is,
/// and so do lone braces. Values are not read again for placeholders.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some((name, after)) = named(rest) else {
            out.push('{');
            rest = &rest[1..];
            continue;
        };
        let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        out.push_str(value.unwrap_or(&rest[..rest.len() - after.len()]));
        rest = after;
    }
    out.push_str(rest);
    out
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
