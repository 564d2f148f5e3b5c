//! The page that the preview shows while the portal cannot be made: every fault with its place, the
//! source line and what to do about it.

use serde::Serialize;

use super::super::blocks::{Bit, Line, State, status, text};
use super::super::frame::{About, Frame};
use super::super::names::View;
use super::super::portal::Portal;
use super::super::template::RenderFault;
use super::super::theme::Theme;
use crate::derive::page::routes::Subject;
use crate::diagnostic::{Diagnostic, Excerpt, Level, SourceText, excerpt, location};
use crate::words::Words;

/// Why a page cannot be shown.
pub enum Trouble<'a> {
    /// The content or the theme has these faults.
    Faults(&'a [Diagnostic], &'a dyn SourceText),
    /// Nothing could be read at all, and why.
    Failure {
        /// What happened.
        message: &'a str,
        /// What to do about it.
        hint: Option<&'a str>,
    },
    /// The program itself made an error, and what it said.
    Panic(&'a str),
}

/// The page that was asked for and cannot be shown.
pub struct Asked<'a> {
    /// Its address as it was asked for, from the portal's root.
    pub address: &'a str,
    /// What is there, as far as that is known.
    pub subject: Option<&'a Subject>,
    /// The language in which it would be.
    pub language: &'a str,
}

#[derive(Serialize)]
struct FaultsView {
    frame: Frame,
    title: String,
    lede: String,
    /// Where the portal is seen.
    kicker: String,
    files: Vec<FileRow>,
    faults: Vec<Fault>,
    /// How many of how many are shown, where that is not all.
    shown: Option<String>,
}

/// A file with faults and how many.
#[derive(Serialize)]
struct FileRow {
    path: String,
    count: usize,
}

#[derive(Serialize)]
struct Fault {
    class: &'static str,
    status: Line,
    message: Line,
    /// The rule; nothing for a failure of no rule.
    rule: Option<&'static str>,
    place: Option<String>,
    source: Option<Source>,
    hint: Option<Line>,
    related: Vec<Line>,
}

/// A source line with carets under what is meant.
#[derive(Serialize)]
struct Source {
    /// The number before the line, and blanks as wide before the carets.
    number: String,
    margin: String,
    text: String,
    indent: String,
    carets: String,
}

/// The HTML of the page.
///
/// # Errors
/// A template that wants what the page does not have.
pub fn page(
    portal: &Portal,
    theme: &Theme,
    asked: &Asked<'_>,
    trouble: &Trouble<'_>,
) -> Result<String, RenderFault> {
    let subject = asked.subject.unwrap_or(&Subject::NotFound);
    let mut view = View::new(portal, theme, subject, asked.language);
    // Links are relative to where the page is shown, also where nothing is planned.
    asked.address.clone_into(&mut view.address);
    let words: Vec<&Words> = portal.tongues.iter().map(|tongue| &*tongue.words).collect();
    let title = title(&view, trouble);
    let about = About { title: title.clone().into(), ..About::default() };
    let page = FaultsView {
        frame: Frame::of(&view, theme, about, &words),
        lede: lede(&view, trouble),
        kicker: view.say("serve.preview"),
        files: files(trouble),
        faults: faults(&view, trouble),
        shown: shown(&view, trouble),
        title,
    };
    view.engine()?.render("faults.html", &page, &view.address)
}

fn title(view: &View<'_>, trouble: &Trouble<'_>) -> String {
    let Trouble::Faults(faults, _) = trouble else { return view.say("serve.title") };
    let counted = |level: Level, key: &str| {
        let number = faults.iter().filter(|fault| fault.level == level).count();
        (number > 0).then(|| view.words().count(key, number))
    };
    let counts: Vec<String> = [counted(Level::Error, "serve.faults"), counted(Level::Warn, "serve.warnings")]
        .into_iter()
        .flatten()
        .collect();
    view.words().list(&counts)
}

fn lede(view: &View<'_>, trouble: &Trouble<'_>) -> String {
    view.say(match trouble {
        Trouble::Faults(..) => "serve.text",
        Trouble::Failure { .. } => "serve.failure",
        Trouble::Panic(_) => "serve.panic",
    })
}

/// The files with faults, in the order of the faults.
fn files(trouble: &Trouble<'_>) -> Vec<FileRow> {
    let Trouble::Faults(faults, sources) = trouble else { return Vec::new() };
    let mut rows: Vec<FileRow> = Vec::new();
    for fault in *faults {
        let path = sources.path(fault.place.file);
        match rows.iter_mut().find(|row| row.path == path) {
            Some(row) => row.count += 1,
            None => rows.push(FileRow { path: path.to_owned(), count: 1 }),
        }
    }
    rows
}

/// How many faults are drawn; a page of thousands would help nobody and take long.
const MOST: usize = 200;

/// That there are more faults than are drawn.
fn shown(view: &View<'_>, trouble: &Trouble<'_>) -> Option<String> {
    let Trouble::Faults(faults, _) = trouble else { return None };
    let words = view.words();
    (faults.len() > MOST)
        .then(|| view.fill("serve.shown", &[("n", &words.number(MOST)), ("m", &words.number(faults.len()))]))
}

fn faults(view: &View<'_>, trouble: &Trouble<'_>) -> Vec<Fault> {
    match trouble {
        Trouble::Faults(faults, sources) => {
            let (errors, others): (Vec<_>, Vec<_>) =
                faults.iter().partition(|fault| fault.level == Level::Error);
            errors
                .into_iter()
                .chain(others)
                .take(MOST)
                .map(|fault| of_content(view, fault, *sources))
                .collect()
        }
        Trouble::Failure { message, hint } => vec![of_program(view, marked(message), *hint)],
        Trouble::Panic(said) => vec![of_program(view, text(*said), None)],
    }
}

fn of_content(view: &View<'_>, fault: &Diagnostic, sources: &dyn SourceText) -> Fault {
    let (state, word) = match fault.level {
        Level::Error => (State::named("failed"), "rule_level.error"),
        Level::Warn | Level::Off => (State::named("limited"), "rule_level.warn"),
    };
    Fault {
        class: state.class,
        status: status(state, view.say(word)),
        message: marked(&fault.message),
        rule: Some(fault.rule.name),
        place: Some(location(fault.place, sources)),
        source: excerpt(fault.place, sources).filter(|_| !fault.is_secret).map(source),
        hint: fault.hint.as_deref().map(marked),
        related: fault
            .related
            .iter()
            .map(|(place, phrase)| related(&location(*place, sources), phrase))
            .collect(),
    }
}

fn of_program(view: &View<'_>, message: Line, hint: Option<&str>) -> Fault {
    let state = State::named("failed");
    Fault {
        class: state.class,
        status: status(state, view.say("rule_level.error")),
        message,
        rule: None,
        place: None,
        source: None,
        hint: hint.map(marked),
        related: Vec::new(),
    }
}

fn related(location: &str, phrase: &str) -> Line {
    let mut line = vec![Bit::Code { text: location.to_owned() }];
    line.extend(text(format!(": {phrase}")));
    line
}

fn source(excerpt: Excerpt) -> Source {
    let number = format!("{} | ", excerpt.line);
    Source {
        margin: format!("{}| ", " ".repeat(number.len().saturating_sub(2))),
        number,
        text: excerpt.text,
        indent: excerpt.indent,
        carets: "^".repeat(excerpt.carets),
    }
}

/// What stands between backticks is code.
fn marked(words: &str) -> Line {
    words
        .split('`')
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| {
            let text = part.to_owned();
            if index % 2 == 1 { Bit::Code { text } } else { Bit::Text { text } }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_backticks_are_code() {
        let bits = marked("unknown key `titel`");
        assert_eq!(bits, [Bit::Text { text: "unknown key ".into() }, Bit::Code { text: "titel".into() }]);
    }
}
