//! Texts written to break a parser: all take time in proportion to their length.

use std::time::{Duration, Instant};

use super::*;

const LENGTH: usize = 200_000;

/// Far more than an unoptimised build on a busy machine needs, far less than quadratic time takes.
const LONGEST: Duration = Duration::from_secs(20);

fn texts() -> Vec<(&'static str, String)> {
    let repeated = [
        "[",
        "![",
        "*a ",
        "*a **a ",
        "_a* ",
        ">",
        "> ",
        "<",
        "<a ",
        "<b>",
        "<b><p>",
        "<div>",
        "<a href=x>",
        "&",
        "&#",
        "&amp",
        "`",
        "``` ",
        "- ",
        "1. ",
        "a@",
        "http://",
        "https://a.ee/(",
        "www.",
        "www.a_b.",
        "[^a]",
        "[a](",
        "[a][",
        "[a]: b\n",
        "[a][b]",
        "<!--",
        "<![CDATA[",
        "<?",
        "</a",
        "\\",
        "~~a ",
        "|",
        "a|",
        "- [ ] ",
        "> [!NOTE]\n",
        "# a\n",
        "#",
        "a\n: ",
        "\r",
        "\0",
        "\u{FDD0}",
        ")",
        "<a href=\"&#",
        "```results\n",
        "[^a]: b[^a]\n",
        "<p title='",
        "õ",
        "<script>",
        "*_~`",
        "<title></title>",
        "<svg>",
        "<object><p>",
        "a \t",
    ];
    let mut texts: Vec<_> =
        repeated.into_iter().map(|piece| (piece, piece.repeat(LENGTH / piece.len()))).collect();
    let items: Vec<_> = (0..600).map(|depth| format!("{}- a\n", " ".repeat(depth * 2))).collect();
    texts.push(("nested list", items.concat()));
    let quotes: Vec<_> = (0..600).map(|depth| format!("{}a\n\n", "> ".repeat(depth))).collect();
    texts.push(("nested quote", quotes.concat()));
    texts.push(("long table", format!("|a|\n|-|\n{}", "|b|\n".repeat(LENGTH / 4))));
    texts.push(("wide table", format!("{}\n{}\n", "|a".repeat(LENGTH / 4), "|-".repeat(LENGTH / 4))));
    texts.push(("deep code", format!("```yaml\n{}\n```\n", "[{\n".repeat(20_000))));
    texts.push(("long code", format!("```yaml\n{}\n```\n", "- ".repeat(30_000))));
    texts.push(("much code", format!("```js\n{}\n```\n", "a ? `${b}` : /c/\n".repeat(3_000))));
    texts.push(("quotes and bold", format!("{}<b>\n\n{}", "> ".repeat(2000), "<i>\n\n".repeat(2000))));
    let references = (0..LENGTH / 20).map(|n| format!("[^{n}] "));
    let notes = (0..LENGTH / 20).map(|n| format!("[^{n}]: a\n"));
    texts.push(("footnotes", references.chain(["\n\n".to_owned()]).chain(notes).collect()));
    texts
}

#[test]
fn hostile_texts_take_bounded_time() {
    let quiz = |_: &str, _: Place| Ok(Quiz::default());
    for html in [HtmlPolicy::Sanitised, HtmlPolicy::Trusted] {
        let settings =
            Settings { labels: Labels::default(), html, quiz: &quiz, audience: Audience::Restricted };
        for (name, text) in texts() {
            let begun = Instant::now();
            let (body, _) = parse(&text, 0, FileId::of("a.md"), &settings);
            drop(body);
            let taken = begun.elapsed();
            assert!(taken < LONGEST, "{name:?} took {taken:?}");
        }
    }
}
