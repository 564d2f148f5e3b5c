//! Finds bare addresses in text, as GitHub does: `https://…`, `www.…` and e-mail addresses.

use std::ops::Range;

/// A bare address.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// What it leads to.
    pub target: String,
}

/// All bare addresses in `text`, in order. Takes time in proportion to the text.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find(['h', 'H', 'w', 'W', '@']) {
        let start = at + next;
        match address(text, start, done) {
            Some(address) => {
                at = address.range.end;
                done = at;
                found.push(address);
            }
            None => at = start + 1,
        }
    }
    found
}

fn address(text: &str, at: usize, done: usize) -> Option<Found> {
    match text.as_bytes()[at] {
        b'@' => email(text, at, done),
        b'w' | b'W' => www(text, at),
        _ => url(text, at),
    }
}

fn url(text: &str, at: usize) -> Option<Found> {
    let rest = &text[at..];
    let scheme = ["https://", "http://"].into_iter().find(|scheme| starts_with(rest, scheme))?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) || !is_domain(&rest[scheme.len()..]) {
        return None;
    }
    let range = at..at + extent(rest);
    (range.len() > scheme.len()).then(|| Found { target: text[range.clone()].to_owned(), range })
}

fn www(text: &str, at: usize) -> Option<Found> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let free =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '"' | '„' | '“'));
    if !free || !starts_with(rest, "www.") || !is_domain(&rest["www.".len()..]) {
        return None;
    }
    let range = at..at + extent(rest);
    (range.len() > "www.".len()).then(|| Found { target: format!("http://{}", &text[range.clone()]), range })
}

fn email(text: &str, at: usize, done: usize) -> Option<Found> {
    let local = text[done..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._+-".contains(c));
    let start = done + local.len();
    let rest = &text[at + 1..];
    let domain = &rest[..rest.find(|c: char| !is_host(c)).unwrap_or(rest.len())];
    let domain = domain.trim_end_matches('.');
    let whole = start < at && domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    if !whole || domain.ends_with(['-', '_']) {
        return None;
    }
    let range = start..at + 1 + domain.len();
    Some(Found { target: format!("mailto:{}", &text[range.clone()]), range })
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a host stands at the start of `text`; its last two labels have no underscore.
fn is_domain(text: &str) -> bool {
    let length = text.find(|c: char| !c.is_alphanumeric() && !is_host(c)).unwrap_or(text.len());
    let host = text[..length].trim_end_matches('.');
    !host.is_empty() && !host.rsplit('.').take(2).any(|label| label.is_empty() || label.contains('_'))
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// How far an address reaches: up to a space or `<`, without the punctuation of the sentence around it.
fn extent(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || c == '<').unwrap_or(text.len());
    let mut address = &text[..end];
    let open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let shorter = match last {
            ')' if closed > open => {
                closed -= 1;
                Some(address.len() - 1)
            }
            ';' => entity(address).or(Some(address.len() - 1)),
            c if is_trailing(c) => Some(address.len() - c.len_utf8()),
            _ => None,
        };
        let Some(length) = shorter else { break };
        address = &address[..length];
    }
    address.len()
}

fn is_trailing(c: char) -> bool {
    matches!(c, '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '”' | '“' | '»' | '’' | '…')
}

/// Where a character reference at the end of `text` begins.
fn entity(text: &str) -> Option<usize> {
    let name = text.strip_suffix(';')?;
    let before = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    (before.ends_with('&') && before.len() < name.len()).then(|| before.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, addresses) in [
            ("See https://a.ee/b?c=d.", vec!["https://a.ee/b?c=d"]),
            ("(vaata http://a.ee/b_(c))", vec!["http://a.ee/b_(c)"]),
            ("www.a.ee, www.b.ee/õ?", vec!["http://www.a.ee", "http://www.b.ee/õ"]),
            ("HTTPS://A.ee", vec!["HTTPS://A.ee"]),
            ("http://localhost:8080/x", vec!["http://localhost:8080/x"]),
            ("„https://a.ee“", vec!["https://a.ee"]),
            ("https://a.ee/&copy;", vec!["https://a.ee/"]),
            ("kirjuta abi@a.ee.", vec!["mailto:abi@a.ee"]),
            ("a.b-c+d@e.f_g.ee x@y a@b.-", vec!["mailto:a.b-c+d@e.f_g.ee"]),
            ("https://u@a.ee x", vec!["https://u@a.ee"]),
            ("xhttps://a.ee awww.a.ee http:// www. https://a_b.ee ftp://a.ee", vec![]),
        ] {
            let found: Vec<String> = find(text).into_iter().map(|found| found.target).collect();
            assert_eq!(found, addresses, "{text}");
        }
    }
}
