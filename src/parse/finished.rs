//! The text of a finished page that an earlier tool made: what a reader comes for, without what stands around it on every
//! page.

use std::ops::Range;

use crate::model::body::{Body, Piece};

/// What is read of a finished page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedPage {
    /// Its first heading, else the title that browsers show; nothing if it has neither.
    pub title: Option<String>,
    /// The HTML of its text: of its `main`, else of its first `article`, else of its `body`, without navigation.
    pub text: String,
}

impl FinishedPage {
    /// Reads a page.
    pub fn of(html: &str) -> Self {
        let html = without_comments(html);
        let title = inside(&html, "title").map(|range| plain(&html[range]));
        let main = ["main", "article", "body"].into_iter().find_map(|name| inside(&html, name));
        let mut text = without_navigation(main.map_or(html.as_str(), |range| &html[range]));
        let heading = inside(&text, "h1").map(|range| plain(&text[range])).filter(|words| !words.is_empty());
        if let Some(range) = whole(&text, "h1").filter(|_| heading.is_some()) {
            text.replace_range(range, "");
        }
        Self { title: heading.or(title).filter(|title| !title.is_empty()), text }
    }

    /// The same as a text that can be compared with others. It is not for being shown: nobody made it safe.
    pub fn body(self) -> Body {
        let words = plain(&self.text).split_whitespace().count();
        Body { pieces: vec![Piece::Html(self.text)], title: self.title, words, ..Body::default() }
    }
}

fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("-->").map_or("", |(_, rest)| rest))
}

fn without_navigation(html: &str) -> String {
    let (mut text, mut done) = (String::with_capacity(html.len()), 0);
    while let Some((start, _, end)) = element(html, "nav", done) {
        text.push_str(&html[done..start]);
        text.push(' ');
        done = end;
    }
    text.push_str(&html[done..]);
    text
}

/// Where the tag that opens (`<name`) or closes (`</name`) an element stands in `html`, from `start` on; both cases of
/// letters are the same.
fn tag(html: &str, tag: &str, start: usize) -> Option<Range<usize>> {
    let bytes = html.as_bytes();
    let is_end = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    let is_here = |at: &usize| {
        let end = at + tag.len();
        bytes.get(*at..end).is_some_and(|here| here.eq_ignore_ascii_case(tag.as_bytes())) && is_end(end)
    };
    let at = html.get(start..)?.match_indices('<').map(|(at, _)| start + at).find(is_here)?;
    let end = html.get(at..)?.find('>')?;
    Some(at..at + end + 1)
}

/// Where the first element of this name from `start` on begins, where its content stands, and where it ends.
fn element(html: &str, name: &str, start: usize) -> Option<(usize, Range<usize>, usize)> {
    let (opens, closes) = (format!("<{name}"), format!("</{name}"));
    let first = tag(html, &opens, start)?;
    let (mut depth, mut at) = (1, first.end);
    let mut inner = tag(html, &opens, at);
    loop {
        let close = tag(html, &closes, at)?;
        while let Some(open) = inner.take_if(|open| open.start < close.start) {
            depth += 1;
            inner = tag(html, &opens, open.end);
        }
        depth -= 1;
        if depth == 0 {
            return Some((first.start, first.end..close.start, close.end));
        }
        at = close.end;
    }
}

fn inside(html: &str, name: &str) -> Option<Range<usize>> {
    element(html, name, 0).map(|(_, content, _)| content)
}

fn whole(html: &str, name: &str) -> Option<Range<usize>> {
    element(html, name, 0).map(|(start, _, end)| start..end)
}

/// The words of some HTML.
fn plain(html: &str) -> String {
    let text: Vec<&str> = html
        .split('<')
        .enumerate()
        .filter_map(
            |(at, part)| {
                if at == 0 { Some(part) } else { part.split_once('>').map(|(_, text)| text) }
            },
        )
        .collect();
    let text = text.join(" ");
    let decoded =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
            .iter()
            .fold(text, |text, (name, sign)| text.replace(name, sign));
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (Option<String>, String) {
        let page = FinishedPage::of(html);
        (page.title, page.text)
    }

    #[test]
    fn the_text_is_what_stands_in_the_innermost_frame() {
        for (html, title, text) in [
            (
                "<title>T</title><body><nav>x</nav><main id=m><h1>A &amp; <b>b</b></h1><p>One</main></body>",
                Some("A & b"),
                "<p>One",
            ),
            ("<title>T</title><BODY>\n<Nav><nav></nav>x</Nav><p>One</p></BODY>", Some("T"), "\n <p>One</p>"),
            ("<body><article><p>One</article><article>Two</article></body>", None, "<p>One"),
            ("<main><!-- <h1>No</h1> --><p>One<maintenance></main>", None, "<p>One<maintenance>"),
            ("<p>One", None, "<p>One"),
            ("<main><p>One", None, "<main><p>One"),
        ] {
            assert_eq!(read(html), (title.map(str::to_owned), text.to_owned()), "{html}");
        }
    }
}
