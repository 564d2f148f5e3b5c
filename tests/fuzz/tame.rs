//! Whether HTML can do anything by itself, read as a browser would.

/// Elements that run, load or lead away by themselves. Without `style`: drawn diagrams may have one.
const WILD: [&str; 10] =
    ["script", "iframe", "frame", "object", "embed", "base", "meta", "link", "form", "foreignobject"];

/// Attributes that hold an address.
const ADDRESSES: [&str; 8] =
    ["href", "src", "action", "formaction", "xlink:href", "poster", "srcset", "data"];

/// What in `html` could run or load something; nothing if it is tame.
pub fn wildness(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let is_name = |letter: char| !letter.is_whitespace() && !matches!(letter, '/' | '>');
        let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if WILD.contains(&name.as_str()) {
            return Some(format!("<{name}>"));
        }
        rest = &rest[end..];
        while let Some((attribute, value, after)) = attribute(rest) {
            rest = after;
            if let Some(wild) = wild_attribute(&attribute.to_ascii_lowercase(), value) {
                return Some(format!("{wild} at <{name}>"));
            }
        }
    }
    None
}

/// The first attribute of what follows the name of a tag: its name, its value, and what follows.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
    if text.is_empty() || text.starts_with('>') {
        return None;
    }
    let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '/' | '>' | '=');
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(is_end).map_or(text.len(), |at| first + at);
    let (name, after) = text.split_at(end);
    let Some(value) = after.trim_start().strip_prefix('=') else { return Some((name, "", after)) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (inside, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return Some((name, inside, after));
        }
    }
    let end = value.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(value.len());
    Some((name, &value[..end], &value[end..]))
}

fn wild_attribute(name: &str, value: &str) -> Option<String> {
    if name.starts_with("on") || name == "srcdoc" || name == "http-equiv" {
        return Some(format!("the attribute `{name}`"));
    }
    let seen: String = resolved(value)
        .chars()
        .filter(|letter| !letter.is_control() && !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let is_wild =
        ["javascript:", "vbscript:", "data:text", "data:image/svg"].iter().any(|it| seen.starts_with(it));
    (ADDRESSES.contains(&name) && is_wild).then(|| format!("the address `{value}`"))
}

/// `value` without references to characters, as far as they matter in a scheme.
fn resolved(value: &str) -> String {
    let mut parts = value.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (name, after) = part.split_once(';').unwrap_or((part, ""));
        let number = match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => digits.parse().ok(),
            },
            None => [("colon", ':'), ("Tab", '\t'), ("NewLine", '\n'), ("amp", '&')]
                .iter()
                .find_map(|(known, letter)| (*known == name).then_some(u32::from(*letter))),
        };
        match number.and_then(char::from_u32) {
            Some(letter) => format!("{text}{letter}{after}"),
            None => format!("{text}&{part}"),
        }
    })
}

#[test]
fn what_runs_is_told_from_what_only_looks_so() {
    for wild in [
        "<script>",
        "<p><ScRiPt src=x>",
        "<img src='x' onerror=run()>",
        "<a title=\"a>b\" href=\"jav&#x09;ascript&colon;run()\">",
        "<a href=' javascript:run()'>",
        "<svg/onload=run()>",
    ] {
        assert!(wildness(wild).is_some(), "{wild}");
    }
    for tame in [
        "&lt;script&gt;",
        "<p title=\"<script>\">onerror=x</p>",
        "<a href=\"?javascript:\">javascript:</a>",
        "<code>1 < 2</code>",
        "<!-- <script> -->",
    ] {
        assert_eq!(wildness(tame), None, "{tame}");
    }
}
