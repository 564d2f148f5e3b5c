//! From the path of a request to the path of a page.

use percent_encoding::percent_decode_str;

/// Decodes the path of a request, once.
///
/// Nothing if it is not absolute, is not UTF-8 or has a broken escape, an encoded slash, a backslash, a
/// control character, an empty name but the last, or `.` or `..` in it. Browsers send no such paths; they
/// come from those who try what a server makes of them.
pub fn decode(raw: &str) -> Option<String> {
    if !raw.starts_with('/') || !is_escaped_well(raw) {
        return None;
    }
    let path = percent_decode_str(raw).decode_utf8().ok()?;
    // An escape that decodes to a slash would move the borders between names.
    let same_names = path.matches('/').count() == raw.matches('/').count();
    let clean = !path.contains(|c: char| c == '\\' || c.is_control());
    let inside = !path.contains("//") && path.split('/').all(|name| name != "." && name != "..");
    (same_names && clean && inside).then(|| path.into_owned())
}

/// Whether two hexadecimal digits follow every percent sign.
fn is_escaped_well(raw: &str) -> bool {
    raw.split('%').skip(1).all(|rest| {
        let mut bytes = rest.bytes();
        (0..2).all(|_| bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit()))
    })
}

/// Paths that no browser sends.
#[cfg(test)]
pub(super) const ATTACKS: [&str; 36] = [
    "/..",
    "/../etc/passwd",
    "/a/../../etc/passwd",
    "/./a",
    "/a/.",
    "/%2e%2e/etc/passwd",
    "/%2E%2e/a",
    "/.%2e/a",
    "/a/%2e",
    "/%2e%2e%2fetc/passwd",
    "/a%2fb",
    "/a%2Fb",
    "/..%5c..%5cboot.ini",
    "/a%5Cb",
    "//etc/passwd",
    "/a//b",
    "/a//",
    "/%00",
    "/a%00.html",
    "/%ff",
    "/%c0%ae%c0%ae/",
    "/%zz",
    "/%2",
    "/a%0d%0ab",
    "/assets/../../portal.yaml",
    "/assets/%2e%2e/%2e%2e/portal.yaml",
    "/a/..%00/b",
    "/a%00%2e%2e",
    "/%2e%2e%5c%2e%2e%5ca",
    "/%2e./%2e./a",
    "/....//....//a",
    "/%2f%2fevil.example/",
    "/%5c%5cevil.example%5cshare",
    "/a%7f",
    "/%e0%80%af..",
    "/%c0%af..%c0%af",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_of_pages_are_decoded() {
        let cases = [
            ("/", "/"),
            ("/a/b/", "/a/b/"),
            ("/%C3%B5pe/a%20b.html", "/õpe/a b.html"),
            ("/...", "/..."),
            ("/100%25", "/100%"),
            ("/%252e%252e/", "/%2e%2e/"),
            ("/a%23b", "/a#b"),
            ("/.well-known/security.txt", "/.well-known/security.txt"),
        ];
        for (raw, path) in cases {
            assert_eq!(decode(raw).as_deref(), Some(path), "{raw}");
        }
    }

    #[test]
    fn attacks_are_no_paths() {
        for raw in ATTACKS.iter().chain(&["", "a", "*", "/a\\b", "http://a/"]) {
            assert_eq!(decode(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_comes_through_stays_inside(raw in "/([a.%/\\\\25eEfFcC0]|%2e|%2f){0,12}") {
            if let Some(path) = decode(&raw) {
                prop_assert!(path.starts_with('/') && !path.contains("//") && !path.contains('\\'));
                prop_assert!(path.split('/').all(|name| name != ".." && name != "."));
            }
        }
    }
}
