//! The languages of passages: what [`Spoken`](crate::words::Spoken) says between marks becomes `lang`.
//!
//! A template writes `{{ title }}` and need not know in which language the title is. A passage that fills an element
//! gives the element its `lang`; one among other words gets a `span`; in an attribute, where no language can be told,
//! only its words stay.

use crate::words::spoken::{BEGIN, END, SPEAKS};

/// Elements that have nothing inside.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use",
    "wbr",
];

/// Elements that hold words but no elements.
const WORDS_ONLY: [&str; 3] = ["title", "textarea", "option"];

/// `html` with the marks of passages made into `lang`.
pub fn told(html: String) -> String {
    if !html.contains(BEGIN) {
        return html;
    }
    let mut page = Page { out: String::with_capacity(html.len()), opened: None };
    let mut rest = html.as_str();
    while let Some(at) = rest.find(['<', BEGIN]) {
        page.words(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with(BEGIN) { page.passage(rest) } else { page.tag(rest) };
    }
    page.words(rest);
    page.out
}

/// A page being written.
struct Page<'h> {
    out: String,
    /// The element whose opening tag was written last, and where the tag ends.
    opened: Option<(&'h str, usize)>,
}

impl<'h> Page<'h> {
    fn words(&mut self, words: &str) {
        self.out.push_str(words);
    }

    /// Writes the tag that `rest` begins with; gives what follows.
    fn tag(&mut self, rest: &'h str) -> &'h str {
        let (tag, rest) = rest.split_at(end_of_tag(rest));
        let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.contains(BEGIN) {
            let plain: String = parts(tag).map(|part| part.words).collect();
            self.out.push_str(&plain);
            // What a `meta` says is its content, and what a picture says is the text that stands for it.
            let is_said = matches!(name, "meta" | "img");
            let language = parts(tag).find_map(|part| part.language).filter(|_| is_said);
            if let Some(language) = language {
                self.out.insert_str(self.out.len() - 1, &format!(" lang=\"{language}\""));
            }
        } else {
            self.out.push_str(tag);
        }
        if !name.is_empty() {
            let holds = !tag.ends_with("/>") && !VOID.contains(&name);
            self.opened = holds.then_some((name, self.out.len()));
        } else if tag.starts_with("</") {
            self.opened = None;
        }
        rest
    }

    /// Writes the passage that `rest` begins with; gives what follows.
    fn passage(&mut self, rest: &'h str) -> &'h str {
        let Some(Part { language: Some(language), words, length }) = parts(rest).next() else {
            return &rest[BEGIN.len_utf8()..];
        };
        let rest = &rest[length..];
        match self.opened {
            Some((_, end)) if end == self.out.len() && rest.starts_with("</") => {
                let own = format!(" lang=\"{language}\"");
                let tag = self.out.rfind('<').map_or("", |start| &self.out[start..]);
                if !tag.contains(" lang=\"") {
                    self.out.insert_str(end - 1, &own);
                    self.words(words);
                } else if tag.contains(&own) {
                    self.words(words);
                } else {
                    self.span(&language, words);
                }
            }
            Some((name, _)) if WORDS_ONLY.contains(&name) => self.words(words),
            _ => self.span(&language, words),
        }
        rest
    }

    fn span(&mut self, language: &str, words: &str) {
        self.out.push_str(&format!("<span lang=\"{language}\">{words}</span>"));
    }
}

/// Where the tag ends that `text` begins with. An attribute may hold a `>`.
fn end_of_tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// A passage with its language, or words between passages.
struct Part<'h> {
    language: Option<String>,
    words: &'h str,
    /// How many bytes it takes with its marks.
    length: usize,
}

/// The parts of a text with marks.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let part = part(rest);
        rest = &rest[part.length..];
        Some(part)
    })
}

fn part(text: &str) -> Part<'_> {
    let Some(marked) = text.strip_prefix(BEGIN) else {
        let words = text.split(BEGIN).next().unwrap_or(text);
        return Part { language: None, words, length: words.len() };
    };
    let Some((language, words)) = marked.split_once(END).and_then(|(passage, _)| passage.split_once(SPEAKS))
    else {
        return Part { language: None, words: "", length: BEGIN.len_utf8() };
    };
    let length = BEGIN.len_utf8() + language.len() + SPEAKS.len_utf8() + words.len() + END.len_utf8();
    let tag: String =
        language.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    Part { language: Some(tag), words, length }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[et:Load]` stands for a marked passage.
    fn page(html: &str) -> String {
        let marked = html.replace("[et:", &format!("{BEGIN}et{SPEAKS}")).replace(']', &END.to_string());
        told(marked)
    }

    #[test]
    fn a_passage_that_fills_an_element_gives_it_its_language() {
        assert_eq!(page("<h1>[et:Load]</h1>"), "<h1 lang=\"et\">Load</h1>");
        assert_eq!(page("<a href=\"a>b\">[et:Load]</a>"), "<a href=\"a>b\" lang=\"et\">Load</a>");
        assert_eq!(page("<svg><title>[et:Load]</title></svg>"), "<svg><title lang=\"et\">Load</title></svg>");
    }

    #[test]
    fn a_passage_among_words_gets_an_element() {
        assert_eq!(page("<p>In: [et:Load].</p>"), "<p>In: <span lang=\"et\">Load</span>.</p>");
        assert_eq!(
            page("<p>[et:Load], [et:Muu]</p>"),
            "<p><span lang=\"et\">Load</span>, <span lang=\"et\">Muu</span></p>"
        );
        assert_eq!(page("<p lang=\"et\">[et:Load]</p>"), "<p lang=\"et\">Load</p>");
        assert_eq!(page("<p><br>[et:Load]</p>"), "<p><br><span lang=\"et\">Load</span></p>");
        assert_eq!(page("<p lang=\"en\">[et:Load]</p>"), "<p lang=\"en\"><span lang=\"et\">Load</span></p>");
    }

    #[test]
    fn where_no_language_can_be_told_the_words_stay() {
        assert_eq!(page("<a title=\"In [et:Load]!\">a</a>"), "<a title=\"In Load!\">a</a>");
        assert_eq!(page("<title>[et:Load] – Portal</title>"), "<title>Load – Portal</title>");
        assert_eq!(page("<img alt=\"[et:Load]\">"), "<img alt=\"Load\" lang=\"et\">");
    }

    #[test]
    fn broken_marks_vanish() {
        for (html, wanted) in [
            (format!("<p>{BEGIN}et</p>"), "<p>et</p>"),
            (format!("<p>{BEGIN}e\"t{SPEAKS}a{END}</p>"), "<p lang=\"et\">a</p>"),
            (format!("<p title=\"{BEGIN}"), "<p title=\""),
        ] {
            assert_eq!(told(html), wanted);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_page_stops_the_program(html in "([<>/\"a-c =õ\u{fdd0}\u{fdd1}\u{fdd2}]|</|<!--)*") {
            let told = told(html);
            proptest::prop_assert!(!told.contains(BEGIN));
        }
    }
}
