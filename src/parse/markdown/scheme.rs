//! Which addresses may not be published.

use crate::model::body::LinkKind;

/// Addresses that run code or open the reader's own files.
const FORBIDDEN: [&str; 4] = ["javascript", "vbscript", "file", "data"];

/// Pictures that may stand in an address; SVG may not, for it can hold scripts.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The scheme of `target` when it may not be published.
///
/// Judged is what a browser would see: without control characters and spaces, in lower case. The
/// entities of `target` are resolved already.
pub fn forbidden(target: &str, kind: LinkKind) -> Option<&'static str> {
    let seen: String = target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .take(64)
        .flat_map(char::to_lowercase)
        .collect();
    let (scheme, rest) = seen.split_once(':')?;
    let found = FORBIDDEN.into_iter().find(|name| *name == scheme)?;
    let picture = found == "data" && kind == LinkKind::Image && is_picture(rest);
    (!picture).then_some(found)
}

fn is_picture(rest: &str) -> bool {
    let end = rest.find([';', ',']).unwrap_or(rest.len());
    PICTURES.contains(&&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_do_not_help() {
        for target in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscr\u{0}ipt :alert(1)",
            "\u{1}vbscript:x",
            "file:///etc/passwd",
            "data:text/html,<script>",
            "data:image/png;base64,AA",
        ] {
            assert!(forbidden(target, LinkKind::Page).is_some(), "{target:?}");
        }
        assert!(forbidden("data:image/svg+xml,<svg>", LinkKind::Image).is_some());
    }

    #[test]
    fn ordinary_addresses_pass() {
        for target in ["../javascript:x", "https://a.ee/?javascript:", "mailto:a@b.ee", "#file:", "a b", ""] {
            assert_eq!(forbidden(target, LinkKind::Page), None, "{target:?}");
        }
        assert_eq!(forbidden("data:image/png;base64,AA", LinkKind::Image), None);
    }
}
