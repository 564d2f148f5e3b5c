//! Addresses of the web (RFC 3986): their hosts, and where a redirect leads from them.

use percent_encoding::utf8_percent_encode;

use crate::diagnostic::UNSAFE;

/// Host and port, as they are written: `example.ee`, `localhost:8080`.
pub fn host(address: &str) -> &str {
    split(address).1
}

/// The address as it can be sent: letters that only people may write are encoded.
pub fn sendable(address: &str) -> String {
    utf8_percent_encode(address, &UNSAFE).to_string()
}

/// Scheme with its slashes, authority, and the rest.
fn split(address: &str) -> (&str, &str, &str) {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |at| start + at);
    (&address[..start], &address[start..end], &address[end..])
}

/// Where `location` leads from the page at `base`, without a fragment; nothing if it leads out of the web.
pub fn joined(base: &str, location: &str) -> Option<String> {
    let location = location.trim().split('#').next().unwrap_or_default();
    let (scheme, authority, rest) = split(base);
    let is_own = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    if is_own(&location.to_lowercase()) {
        return Some(location.to_owned());
    }
    if let Some(elsewhere) = location.strip_prefix("//") {
        return Some(format!("{scheme}{elsewhere}"));
    }
    let has_scheme = location
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    if has_scheme {
        return None;
    }
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    if location.is_empty() || location.starts_with('?') {
        return Some(format!("{scheme}{authority}{path}{location}"));
    }
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    let whole = if location.starts_with('/') { location.to_owned() } else { format!("{folder}{location}") };
    Some(format!("{scheme}{authority}{}", without_dots(&whole)))
}

/// A path without `.` and `..`, its query as it is.
fn without_dots(path: &str) -> String {
    let (path, query) = path.find('?').map_or((path, ""), |at| path.split_at(at));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    format!("/{}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_read_from_where_it_stands() {
        for (base, location, wanted) in [
            ("http://a.ee/x/y?q", "https://b.ee/z#part", Some("https://b.ee/z")),
            ("https://a.ee/x/y", "//b.ee/z", Some("https://b.ee/z")),
            ("http://a.ee:81/x/y", "/z?a=/../b", Some("http://a.ee:81/z?a=/../b")),
            ("http://a.ee/x/y", "z", Some("http://a.ee/x/z")),
            ("http://a.ee/x/y", "../../z/", Some("http://a.ee/z/")),
            ("http://a.ee", "z", Some("http://a.ee/z")),
            ("http://a.ee/x/", "?page=2", Some("http://a.ee/x/?page=2")),
            ("http://a.ee/x/", "", Some("http://a.ee/x/")),
            ("http://a.ee/x", "mailto:a@b.ee", None),
        ] {
            assert_eq!(joined(base, location).as_deref(), wanted, "{base} {location}");
        }
    }

    #[test]
    fn hosts_and_letters() {
        assert_eq!(host("https://a.ee:8080/x"), "a.ee:8080");
        assert_eq!(host("http://a.ee?x"), "a.ee");
        assert_eq!(sendable("https://a.ee/õ b?c=%20"), "https://a.ee/%C3%B5%20b?c=%20");
    }
}
