//! The rules of the checks, with what, why and example.

use super::super::blocks::{Bit, Block, Head, Line, Section, State, status, text};
use super::super::names::View;
use super::Sheet;
use crate::check;
use crate::diagnostic::{Level, Rule};

/// Every rule.
pub fn sheet(view: &View<'_>) -> Sheet {
    let head =
        Head { title: view.said("rules.title"), lede: Some(view.said("rules.lead")), ..Head::default() };
    let change = Block::Paragraphs { lines: vec![text(view.say("rules.change"))] };
    let mut sections = vec![Section::new("levels", view.say("rules.level"), vec![change])];
    sections.extend(check::rules().map(|rule| section(view, rule)));
    Sheet::new("rules.html", head, sections)
}

fn section(view: &View<'_>, rule: &'static Rule) -> Section {
    let said = |key: &str, english: &str| {
        let key = format!("rule.{}.{key}", rule.name.replace('-', "_"));
        if view.words().has(&key) {
            coded(&view.say(&key))
        } else {
            vec![Bit::Foreign { text: english.to_owned(), lang: "en".to_owned() }]
        }
    };
    let lines = vec![said("what", rule.what), said("why", rule.why)];
    let example = Block::Message { text: rule.example.to_owned() };
    Section::new(rule.name, rule.name, vec![Block::Paragraphs { lines }, example])
        .aside(level(view, rule.level))
}

/// A text in which names stand between backticks.
fn coded(words: &str) -> Line {
    let bit = |(number, part): (usize, &str)| {
        let text = part.to_owned();
        if number % 2 == 1 { Bit::Code { text } } else { Bit::Text { text } }
    };
    words.split('`').enumerate().filter(|(_, part)| !part.is_empty()).map(bit).collect()
}

fn level(view: &View<'_>, level: Level) -> Vec<Bit> {
    match level {
        Level::Off => status(State::named("skipped"), view.say("rule_level.off")),
        Level::Warn => status(State::named("limited"), view.say("rule_level.warn")),
        Level::Error => status(State::named("failed"), view.say("rule_level.error")),
    }
}
