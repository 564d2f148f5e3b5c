//! Adds the script that reloads pages.

use super::route::SCRIPT;

/// The script itself.
pub(super) const SCRIPT_TEXT: &str = include_str!("reload.js");

/// `body` with the script of a page that shows `state`, if it is a page.
pub(super) fn with_script(content_type: &str, body: Vec<u8>, state: &str) -> Vec<u8> {
    if !content_type.starts_with("text/html") {
        return body;
    }
    let tag = format!("<script src=\"{SCRIPT}\" data-state=\"{state}\" defer></script>");
    let at = end_of_head(&body).unwrap_or(body.len());
    let mut whole = Vec::with_capacity(body.len() + tag.len());
    whole.extend_from_slice(&body[..at]);
    whole.extend_from_slice(tag.as_bytes());
    whole.extend_from_slice(&body[at..]);
    whole
}

fn end_of_head(body: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</head>";
    body.windows(END.len()).position(|window| window.eq_ignore_ascii_case(END))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(content_type: &str, body: &str) -> String {
        String::from_utf8(with_script(content_type, body.into(), "7-1")).expect("text")
    }

    #[test]
    fn the_script_goes_into_the_head_of_pages_only() {
        let tag = "<script src=\"/-/reload.js\" data-state=\"7-1\" defer></script>";
        let html = "text/html; charset=utf-8";
        assert_eq!(page(html, "<head>õ</head><p>"), format!("<head>õ{tag}</head><p>"));
        assert_eq!(page(html, "<HEAD></HEAD></head>"), format!("<HEAD>{tag}</HEAD></head>"));
        assert_eq!(page(html, "<p>"), format!("<p>{tag}"));
        assert_eq!(page("text/plain", "</head>"), "</head>");
        assert_eq!(page("application/json", "</head>"), "</head>");
    }

    #[test]
    fn the_script_does_nothing_that_the_policy_forbids() {
        for word in ["eval", "innerHTML", "outerHTML", "insertAdjacent", "document.write", "Function("] {
            assert!(!SCRIPT_TEXT.contains(word), "{word}");
        }
        assert!(SCRIPT_TEXT.contains(super::super::route::EVENTS));
    }
}
