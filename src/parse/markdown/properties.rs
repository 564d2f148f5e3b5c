//! What holds for every text whatever.

use proptest::prelude::*;

use super::*;
use crate::model::body::Piece;

const BITS: [&str; 70] = [
    "a",
    "õ",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```results\n",
    "```quiz\n",
    "```yaml\n",
    "[",
    "]",
    "](",
    ")",
    "(",
    "<",
    ">",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "{#a}",
    "|",
    "|-|\n",
    "[^a]",
    "[^a]: ",
    ": ",
    "!",
    "![",
    "[x]: y\n",
    "[x]",
    "[]",
    "https://a.ee",
    "www.",
    "a@b.ee",
    "&amp;",
    "&#xFDD0;",
    "&",
    "\\",
    "\r\n",
    "\0",
    "\u{FDD0}",
    "0",
    "\u{FDD3}",
    "<b>",
    "</b>",
    "<a href=\"",
    "<a href=x>",
    "</a>",
    "<!--",
    "-->",
    "<script>",
    "<div>",
    "</div>\n",
    "<img src='",
    "'",
    "\"",
    "=",
    "---\n",
    "[ ] ",
    "> [!NOTE]\n",
    "javascript:",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(BITS.to_vec()), 0..60).prop_map(|bits| bits.concat())
}

fn drawn(text: &str, html: HtmlPolicy) -> (Body, Vec<Diagnostic>) {
    let quiz = |text: &str, _: Place| {
        Ok(Quiz { question: text.into(), answers: vec![text.into()], right: vec![1, 9], why: None })
    };
    parse(
        text,
        0,
        FileId::of("a.md"),
        &Settings { labels: Labels::default(), html, quiz: &quiz, audience: Audience::Restricted },
    )
}

/// The bytes a place covers, if it lies in the text and between characters.
fn bytes(text: &str, place: Place) -> Option<&str> {
    text.get(place.start as usize..place.end as usize)
}

fn strings(body: &Body) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        other => format!("{other:?}"),
    };
    body.pieces.iter().map(piece).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bodies_are_whole(text in texts(), trusted: bool) {
        let policy = if trusted { HtmlPolicy::Trusted } else { HtmlPolicy::Sanitised };
        let (body, faults) = drawn(&text, policy);
        for piece in &body.pieces {
            match piece {
                Piece::Html(html) => prop_assert!(!html.contains(holes::is_reserved), "{html:?}"),
                Piece::Address(index) => prop_assert!(*index < body.links.len()),
                Piece::Embed(index) => prop_assert!(*index < body.embeds.len()),
            }
        }
        for heading in &body.headings {
            let open = format!("<h{} id=", heading.level);
            prop_assert!(matches!(body.pieces.get(heading.piece), Some(Piece::Html(html)) if html.starts_with(&open)));
            prop_assert!(bytes(&text, heading.place).is_some());
        }
        let places = body.links.iter().map(|link| link.place);
        let places = places.chain(body.embeds.iter().map(|embed| embed.place));
        for place in places.chain(faults.iter().map(|fault| fault.place)) {
            prop_assert!(bytes(&text, place).is_some(), "{place:?}");
        }
        prop_assert_eq!(drawn(&text, policy), (body, faults));
    }

    #[test]
    fn nothing_dangerous_is_published(text in texts()) {
        let (body, _) = drawn(&text, HtmlPolicy::Sanitised);
        for html in strings(&body) {
            prop_assert!(!html.contains("<script") && !html.contains("<a href=\"javascript:"), "{html}");
        }
        for link in &body.links {
            prop_assert_eq!(scheme::forbidden(&link.target, link.kind), None);
        }
    }

    #[test]
    fn line_ends_make_no_difference(text in texts()) {
        let text = text.replace('\r', "");
        let (plain, windows) = (drawn(&text, HtmlPolicy::Trusted).0, drawn(&text.replace('\n', "\r\n"), HtmlPolicy::Trusted).0);
        prop_assert_eq!(strings(&plain), strings(&windows));
    }
}
