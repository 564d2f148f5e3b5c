//! The examples of the `CommonMark` specification 0.31.2, drawn by the Markdown room.
//!
//! What this program draws otherwise is taken back before the comparison where that can be done
//! without knowing the example ([`plain`]); the rest is listed in [`DIFFERENCES`]. The specification
//! is fetched by `tests/commonmark/install`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use juhend::diagnostic::FileId;
use juhend::model::audience::Audience;
use juhend::model::body::{Body, Piece};
use juhend::model::quiz::Quiz;
use juhend::parse::markdown::{HtmlPolicy, Labels, Settings, parse};

/// Examples that are meant to come out otherwise, each with the reason.
const DIFFERENCES: &[(usize, &str)] = &[
    (21, RAW_ADDRESS),
    (31, RAW_ADDRESS),
    (344, RAW_ADDRESS),
    (602, BARE_ADDRESS),
    (608, BARE_ADDRESS),
    (611, BARE_ADDRESS),
    (612, BARE_ADDRESS),
    (630, RAW_ADDRESS),
    (631, RAW_ADDRESS),
    (642, RAW_ADDRESS),
    (643, RAW_ADDRESS),
];

const RAW_ADDRESS: &str =
    "addresses in raw HTML are links too: resolved, checked and written like all others";
const BARE_ADDRESS: &str = "bare addresses become links, as on GitHub";

/// Stands before every example, so that a heading at its start is no page title.
const BEFORE: &str = "x\n\n";
const BEFORE_HTML: &str = "<p>x</p>\n";

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn examples_come_out_as_the_specification_says() {
    let differences: BTreeMap<usize, &str> = DIFFERENCES.iter().copied().collect();
    let examples = examples(&specification());
    assert_eq!(examples.len(), 652, "CommonMark 0.31.2 has 652 examples");
    let mut wrong = Vec::new();
    for example in &examples {
        let drawn = draw(&example.markdown);
        let same = plain(&drawn) == expected(&example.html);
        match (same, differences.get(&example.number)) {
            (false, None) => wrong.push(report(example, &drawn)),
            (true, Some(reason)) => {
                wrong.push(format!("example {} no longer differs ({reason})", example.number));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

fn report(example: &Example, drawn: &str) -> String {
    format!(
        "example {}\n{}\nwanted {:?}\nfound  {:?}",
        example.number,
        example.markdown,
        expected(&example.html),
        plain(drawn)
    )
}

fn specification() -> String {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = std::env::var_os("COMMONMARK_SPEC")
        .map_or_else(|| here.join("target/commonmark/spec.txt"), PathBuf::from);
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("{}: {error}; run tests/commonmark/install, or set COMMONMARK_SPEC", path.display())
    })
}

/// The examples stand between fences of 32 backticks, Markdown and HTML parted by a lone `.`, with
/// `→` for a tab.
fn examples(specification: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let open = format!("\n{fence} example\n");
    let close = format!("\n{fence}\n");
    let text = specification.replace("\r\n", "\n").replace('→', "\t");
    let blocks = text.split(&open).skip(1);
    blocks
        .enumerate()
        .map(|(index, rest)| {
            // A block that begins with its end has no HTML.
            let block = rest.split(&close).next().unwrap_or_default();
            let block = format!("\n{block}\n");
            let (markdown, html) = block.split_once("\n.\n").expect("a lone dot");
            Example { number: index + 1, markdown: format!("{}\n", &markdown[1..]), html: html.to_owned() }
        })
        .map(|example| Example { html: example.html.trim_end_matches('\n').to_owned(), ..example })
        .collect()
}

fn draw(markdown: &str) -> String {
    let quiz = |_: &str, _| Ok(Quiz::default());
    let (labels, html, audience) = (Labels::default(), HtmlPolicy::Trusted, Audience::Restricted);
    let settings = Settings { labels, html, quiz: &quiz, audience };
    let text = format!("{BEFORE}{markdown}");
    let (body, _) = parse(&text, 0, FileId::of("spec.md"), &settings);
    let html = filled(&body);
    html.strip_prefix(BEFORE_HTML).unwrap_or(&html).to_owned()
}

fn filled(body: &Body) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Address(index) => address(&body.links[*index].target),
        Piece::Embed(_) => String::new(),
    };
    body.pieces.iter().map(piece).collect()
}

/// An address as the specification's own program writes it: what may not stand in one is
/// percent-encoded.
fn address(target: &str) -> String {
    let mut out = String::new();
    for byte in target.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            byte if b"-_.+!*'(),%#@?=;:/$~".contains(&byte) => out.push(char::from(byte)),
            byte => out.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]),
        }
    }
    out
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}

/// The specification's HTML, without what differs in writing alone.
fn expected(html: &str) -> String {
    html.replace(" />", ">").replace("&quot;", "\"").trim().to_owned()
}

/// Drawn HTML without what this program adds: links and ids of headings, lazy pictures, figures,
/// colours and the keyboard's way into code.
fn plain(html: &str) -> String {
    let html = without(html, " <a class=\"anchor\"", "</a>");
    let html = (1..=6).fold(html, |html, level| without_value(&html, &format!("<h{level}"), " id=\""));
    let html =
        html.replace(" loading=\"lazy\" decoding=\"async\"", "").replace("<pre tabindex=\"0\">", "<pre>");
    let html = without_colours(&without_figures(&html));
    html.replace(" />", ">").replace("&quot;", "\"").trim().to_owned()
}

/// `html` without each stretch from `from` to `to`.
fn without(html: &str, from: &str, to: &str) -> String {
    let mut parts = html.split(from);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(to).map_or("", |(_, rest)| rest))
}

/// `html` without the attribute that follows `tag`.
fn without_value(html: &str, tag: &str, attribute: &str) -> String {
    let from = format!("{tag}{attribute}");
    let mut parts = html.split(&from);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + tag + part.split_once('"').map_or("", |(_, rest)| rest))
}

/// Figures back into paragraphs, captions into titles.
fn without_figures(html: &str) -> String {
    let mut parts = html.split("<figure>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let (figure, rest) = part.split_once("</figure>").unwrap_or((part, ""));
        let paragraph = match figure.split_once("><figcaption>") {
            Some((image, caption)) => {
                format!("{image} title=\"{}\">", caption.trim_end_matches("</figcaption>"))
            }
            None => figure.to_owned(),
        };
        format!("{out}<p>{paragraph}</p>{rest}")
    })
}

/// Coloured code back into plain code.
fn without_colours(html: &str) -> String {
    let mut parts = html.split("<pre>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let (code, rest) = part.split_once("</pre>").unwrap_or((part, ""));
        let code = without(code, "<span class=\"", ">").replace("</span>", "");
        let end = if rest.is_empty() && !part.contains("</pre>") { "" } else { "</pre>" };
        format!("{out}<pre>{code}{end}{rest}")
    })
}
