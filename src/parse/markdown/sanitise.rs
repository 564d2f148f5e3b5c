//! Makes HTML safe: only known elements and attributes get through. The one file that names
//! `ammonia`, which reads HTML as browsers do.

use std::collections::{HashMap, HashSet};

use ammonia::Builder;

use super::raw;

/// Elements that are published.
const ELEMENTS: [&str; 76] = [
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "legend",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
];

/// More elements that are published.
const MORE_ELEMENTS: [&str; 2] = ["video", "wbr"];

/// Elements that go with all that is in them.
const REMOVED_WHOLE: [&str; 15] = [
    "script", "style", "iframe", "object", "embed", "svg", "math", "select", "textarea", "title", "template",
    "noscript", "noembed", "noframes", "xmp",
];

/// Attributes of all elements.
const ATTRIBUTES: [&str; 11] =
    ["id", "class", "lang", "dir", "title", "role", "tabindex", "align", "valign", "hidden", "width"];

/// Attributes of one element.
const OWN_ATTRIBUTES: [(&str, &[&str]); 21] = [
    ("a", &["href", "name"]),
    ("img", &["src", "alt", "height", "loading", "decoding"]),
    ("source", &["src", "type", "media"]),
    ("video", &["src", "poster", "height", "controls", "muted", "loop", "preload", "playsinline"]),
    ("audio", &["src", "controls", "muted", "loop", "preload"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("input", &["type", "disabled", "checked"]),
    ("fieldset", &["data-right"]),
    ("details", &["open"]),
    ("ol", &["start", "reversed", "type"]),
    ("ul", &["type"]),
    ("li", &["value"]),
    ("table", &["border", "cellpadding", "cellspacing"]),
    ("th", &["scope", "colspan", "rowspan", "headers", "abbr", "height"]),
    ("td", &["colspan", "rowspan", "headers", "height"]),
    ("tr", &["height"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("time", &["datetime"]),
    ("del", &["datetime"]),
    ("ins", &["datetime"]),
];

/// Whether an element with this name is published.
pub fn is_published(name: &str) -> bool {
    ELEMENTS.contains(&name) || MORE_ELEMENTS.contains(&name)
}

/// Whether an element with this name goes with all that is in it.
pub fn is_removed_whole(name: &str) -> bool {
    REMOVED_WHOLE.contains(&name) || name == "plaintext"
}

/// `html` with nothing in it that could harm a reader; well-formed, whatever it was.
pub fn clean(html: &str) -> String {
    builder().clean(html).to_string()
}

fn builder() -> Builder<'static> {
    let attributes: HashMap<&str, HashSet<&str>> =
        OWN_ATTRIBUTES.iter().map(|(name, own)| (*name, own.iter().copied().collect())).collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(MORE_ELEMENTS).collect())
        .clean_content_tags(HashSet::from(REMOVED_WHOLE))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .generic_attribute_prefixes(HashSet::from(["aria-"]))
        .tag_attributes(attributes)
        // The only kind of field there is: a box that nobody can tick.
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox")]))]))
        .add_url_schemes(["data"])
        .link_rel(None);
    builder
}

/// Whether a browser's parser would spend too long on `html`: tags that are never closed are opened
/// anew in every block after them.
pub fn is_tangled(html: &str) -> bool {
    const ORDINARY_DEPTH: usize = 16;
    const MOST_STEPS: usize = 500_000;
    let mut depth = 0_usize;
    let mut steps = 0_usize;
    for tag in raw::tags(html) {
        if tag.closing {
            depth = depth.saturating_sub(usize::from(!closes_itself(&tag.name)));
        } else {
            depth += usize::from(!closes_itself(&tag.name));
            steps += depth.saturating_sub(ORDINARY_DEPTH);
        }
    }
    steps > MOST_STEPS
}

/// Elements that are empty, or that the next of their kind closes.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "source"
            | "track"
            | "wbr"
            | "col"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "rp"
            | "rt"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_gets_through() {
        for (html, expected) in [
            (
                "<p class=\"x\" id=\"y\" lang=\"et\" style=\"z\" onclick=\"w\">a</p>",
                "<p class=\"x\" id=\"y\" lang=\"et\">a</p>",
            ),
            ("<form><button>a</button><input type=text name=b></form>", "a<input type=\"checkbox\">"),
            ("<svg><script>a</script></svg><math><mi>b</mi></math>c", "c"),
            ("<a href=\"javascript:x\">a</a>", "<a>a</a>"),
            (
                "<del>a</del><ins>b</ins><mark>c</mark><abbr title=\"d\">e</abbr>",
                "<del>a</del><ins>b</ins><mark>c</mark><abbr title=\"d\">e</abbr>",
            ),
            ("<unknown>a</unknown><b>c", "a<b>c</b>"),
        ] {
            assert_eq!(clean(html), expected, "{html}");
        }
    }

    #[test]
    fn elements_removed_whole_are_not_published() {
        assert!(!REMOVED_WHOLE.iter().any(|name| is_published(name)));
    }

    #[test]
    fn tangled_html_is_told_from_long_html() {
        assert!(is_tangled(&"<b><p>a".repeat(5000)));
        assert!(!is_tangled(&"<table><tr><td><b>a</b><td>c</table><ul><li>d<li>e</ul>".repeat(5000)));
    }
}
