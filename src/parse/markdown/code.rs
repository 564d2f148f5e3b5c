//! Code blocks, and what is written as one: live blocks and quizzes.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::body::EmbedKind;
use crate::model::quiz::Quiz;

use super::faults::DIAGRAM_NOT_DRAWN;
use super::writer::{Text, Writer};
use super::{diagram, escape, events, highlight};

impl Writer<'_> {
    /// Draws the code block at `at`.
    pub(super) fn code_block(&mut self, text: &Text<'_>, at: usize, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let (code, lines) = content(text, at);
        let place = text.place(&lines);
        let written =
            Some(text.source.original(&lines)).filter(|_| text.source.text.get(lines) == Some(&*code));
        let source = written.unwrap_or(&code);
        if let Some(kind) = EmbedKind::from_info(language) {
            self.embed(kind, source, place);
        } else if language == "quiz" {
            self.quiz_block(&code, source, place);
        } else if language == "mermaid" {
            self.diagram(&code, place);
        } else {
            self.code(language, &code);
        }
    }

    /// Draws a diagram, with its text for those who do not see it; one that cannot be drawn stays a text.
    fn diagram(&mut self, code: &str, place: Place) {
        let number = self.diagrams + 1;
        let name = format!("{} {number}", self.settings.labels.diagram);
        match diagram::draw(code, &name, &format!("p:d{number}-")) {
            Ok(drawing) => {
                self.diagrams = number;
                self.draft.reading.code(&drawing.words.join("\n"));
                let name = escape::attribute(&name);
                let (show, text) = (escape::text(&self.settings.labels.diagram_text), escape::text(code));
                self.draft.drawing(format!(
                    "<div class=\"diagram-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">{}</div>\n\
                     <details><summary>{show}</summary><pre tabindex=\"0\"><code>{text}</code></pre></details>",
                    drawing.svg
                ));
            }
            Err(reason) => {
                let message = format!("the diagram is not drawn: {reason}");
                self.draft.faults.push(Diagnostic::new(&DIAGRAM_NOT_DRAWN, place, message));
                self.code("mermaid", code);
            }
        }
    }

    fn embed(&mut self, kind: EmbedKind, source: &str, place: Place) {
        let hole = self.draft.embed(kind, source, place);
        self.draft.reading.gap();
        self.draft.fresh_line();
        self.draft.put(&hole);
        self.draft.html.push('\n');
    }

    fn code(&mut self, language: &str, code: &str) {
        let body = coloured(language, code).unwrap_or_else(|| escape::text(code));
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape::attribute(language)),
        };
        self.draft.reading.code(code);
        self.draft.fresh_line();
        self.draft.put(&format!("<pre tabindex=\"0\"><code{class}>{body}</code></pre>\n"));
    }

    fn quiz_block(&mut self, code: &str, source: &str, place: Place) {
        match (self.settings.quiz)(source, place) {
            Ok(quiz) => self.quiz(&quiz, place),
            Err(faults) => {
                self.draft.faults.extend(faults);
                self.code("yaml", code);
            }
        }
    }

    /// Draws a quiz that works without scripts: the answer is disclosed.
    fn quiz(&mut self, quiz: &Quiz, place: Place) {
        let right: Vec<String> = quiz.right.iter().map(usize::to_string).collect();
        self.draft.fresh_line();
        self.draft.put(&format!("<fieldset class=\"quiz\" data-right=\"{}\">\n", right.join(" ")));
        let label = escape::text(&self.settings.labels.quiz_label);
        self.part(
            &format!("<legend><span class=\"vh\">{label}: </span>"),
            &quiz.question,
            "</legend>\n",
            place,
        );
        self.draft.put("<ol class=\"quiz-answers\">\n");
        for answer in &quiz.answers {
            self.part("<li>", answer, "</li>\n", place);
        }
        let show = escape::text(&self.settings.labels.quiz_show);
        self.draft.put(&format!("</ol>\n<details class=\"fold\"><summary>{show}</summary>\n"));
        for number in &quiz.right {
            if let Some(answer) = number.checked_sub(1).and_then(|index| quiz.answers.get(index)) {
                let open = format!("<p class=\"quiz-right\">{}. ", letter(*number));
                self.part(&open, answer, "</p>\n", place);
            }
        }
        if let Some(why) = &quiz.why {
            self.part("<p>", why, "</p>\n", place);
        }
        self.draft.put("</details>\n</fieldset>\n");
    }

    fn part(&mut self, open: &str, text: &str, close: &str, place: Place) {
        self.draft.reading.gap();
        self.draft.put(open);
        self.inline(text, place);
        self.draft.put(close);
        self.draft.reading.gap();
    }
}

/// What the style sheet writes before answer `number`.
fn letter(number: usize) -> String {
    let letter = number.checked_sub(1).and_then(|index| ('A'..='Z').nth(index));
    letter.map_or_else(|| number.to_string(), String::from)
}

/// The lines of the code block at `at`, and where they stand.
fn content(text: &Text<'_>, at: usize) -> (String, Range<usize>) {
    let node = &text.nodes[at];
    let inside = &text.nodes[at + 1..node.end.max(at + 1)];
    let lines = match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => node.range.clone(),
    };
    let mut code = events::plain(text.nodes, at + 1..node.end, true);
    // The last line of a file may lack its end.
    if !code.is_empty() && !code.ends_with('\n') {
        code.push('\n');
    }
    (code, lines)
}

fn coloured(language: &str, code: &str) -> Option<String> {
    // `rust,ignore` and `yaml{3}` are written for other tools.
    let name = language.split([',', '{', ':']).next().unwrap_or_default();
    if name.is_empty() { None } else { highlight::html(name, code) }
}
