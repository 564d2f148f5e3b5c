//! Questions of test teams and their answers: the list, and what guides say of them.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::super::blocks::{
    Block, Cell, Column, Fact, Line, Row, Section, State, Table, status, text, with_small,
};
use super::super::names::View;
use super::labels::{column, fact, figures};
use super::{Sheet, list_head, texts};
use crate::derive::guidance::advice;
use crate::derive::page::links;
use crate::derive::page::routes::{List, Subject};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::Advice;
use crate::words::Spoken;

/// A question's page and what it says besides.
type Question<'a> = (&'a Document, &'a Advice);

/// All questions: the unanswered first, the oldest of them on top.
pub fn list(view: &View<'_>) -> Sheet {
    let questions = texts::documents(view, DocumentKind::Advice).filter_map(|document| {
        let Extra::Advice(advice) = &document.main().extra else { return None };
        Some((document, advice))
    });
    let as_of = view.portal.as_of;
    // One that is asked later is in neither list yet.
    let (mut answered, mut open): (Vec<Question<'_>>, Vec<Question<'_>>) = questions
        .filter(|(_, question)| advice::is_answered(question, as_of) || advice::is_waiting(question, as_of))
        .partition(|(_, question)| advice::is_answered(question, as_of));
    open.sort_by_key(|(document, question)| {
        let asked = question.asked.as_ref().map(|day| day.value);
        (asked.is_none(), asked, document.key.as_str())
    });
    answered
        .sort_by_key(|(document, question)| (Reverse(answered_on(view, question)), document.key.as_str()));
    let sections = vec![
        section(view, "open", &open, &open_columns(view), open_row),
        section(view, "answered", &answered, &answered_columns(view), answered_row),
    ];
    Sheet::new("advice_list.html", list_head(view, List::Advice, "advice.lead"), sections)
}

fn section(
    view: &View<'_>,
    id: &str,
    questions: &[Question<'_>],
    columns: &[Column],
    row: fn(&View<'_>, Question<'_>) -> Vec<Cell>,
) -> Section {
    let title = view.say(&format!("advice.{id}"));
    let block = if questions.is_empty() {
        Block::Empty { text: view.say(&format!("advice.{id}_empty")) }
    } else {
        Block::Table(Table {
            label: title.clone(),
            columns: columns.to_vec(),
            rows: questions.iter().map(|question| row(view, *question)).collect(),
            sort: true,
        })
    };
    let count = (!questions.is_empty()).then(|| view.words().count("count.questions", questions.len()));
    Section::new(id, title, vec![block]).aside(text(count.unwrap_or_default()))
}

fn open_columns(view: &View<'_>) -> Vec<Column> {
    vec![
        column(view, "kind.advice"),
        figures(view, "advice.waited"),
        column(view, "field.asked"),
        column(view, "field.team"),
        column(view, "field.products"),
    ]
}

fn open_row(view: &View<'_>, (document, question): Question<'_>) -> Vec<Cell> {
    vec![
        title(view, document),
        age(view, question),
        asked(view, question),
        team(view, question),
        products(view, question),
    ]
}

fn answered_columns(view: &View<'_>) -> Vec<Column> {
    vec![
        column(view, "kind.advice"),
        column(view, "field.guides"),
        column(view, "field.products"),
        column(view, "field.answered"),
    ]
}

fn answered_row(view: &View<'_>, (document, question): Question<'_>) -> Vec<Cell> {
    let answered = answered_on(view, question)
        .map_or_else(|| view.unknown().into(), |day| Cell::sorted(view.day(day), day));
    let guides = view.row(guide_links(view, document, question));
    vec![title(view, document), guides.into(), products(view, question), answered]
}

fn title(view: &View<'_>, document: &Document) -> Cell {
    let link = view.link(&Subject::Document(document.key.clone()));
    with_small(link, text(texts::summary(view, &document.key))).into()
}

fn team(view: &View<'_>, question: &Advice) -> Cell {
    question.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())).into()
}

fn products(view: &View<'_>, question: &Advice) -> Cell {
    let products: Vec<Spoken> = question.products.iter().map(|product| view.product(product.id())).collect();
    text(view.words().list_spoken(&products)).into()
}

fn asked(view: &View<'_>, question: &Advice) -> Cell {
    let asked = question.asked.as_ref().map(|day| day.value);
    asked.map_or_else(|| view.unknown().into(), |day| Cell::sorted(view.day(day), day))
}

/// For how many workdays the question has waited; a state where that is too long.
fn age(view: &View<'_>, question: &Advice) -> Cell {
    let Some(days) = advice::waited(&view.portal.site, question, view.portal.as_of) else {
        return Cell::sorted(view.unknown(), 0);
    };
    let shown = view.words().count("count.workdays", days);
    let is_long = days > advice::LONG;
    Cell::sorted(if is_long { status(LATE, shown) } else { text(shown) }, days)
}

/// A question that has waited too long.
const LATE: State = State::with_icon("overdue", "clock");

/// When a question was answered, if it was by the day that is shown.
fn answered_on(view: &View<'_>, question: &Advice) -> Option<Date> {
    let is_answered = advice::is_answered(question, view.portal.as_of);
    question.answered.as_ref().filter(|_| is_answered).map(|day| day.value)
}

/// What a question says besides its text.
pub fn facts(view: &View<'_>, question: &Advice) -> Vec<Fact> {
    let mut facts = vec![fact(view, "field.status", state(view, question))];
    facts.extend(question.team.as_ref().map(|team| fact(view, "field.team", view.pointer(team.pointer()))));
    facts.extend(question.asked.as_ref().map(|day| fact(view, "field.asked", view.day(day.value))));
    match answered_on(view, question) {
        Some(day) => facts.push(fact(view, "field.answered", view.day(day))),
        None if question.asked.is_some() => facts.push(fact(view, "advice.waited", age(view, question).line)),
        None => {}
    }
    if !question.products.is_empty() {
        facts.push(fact(view, "field.products", products(view, question).line));
    }
    facts
}

fn state(view: &View<'_>, question: &Advice) -> Line {
    if answered_on(view, question).is_some() {
        status(State::named("passed"), view.say("advice_state.answered"))
    } else {
        status(State::named("unknown"), view.say("advice_state.open"))
    }
}

/// The guides that a question names.
pub fn guides(view: &View<'_>, document: &Document, question: &Advice) -> Vec<Section> {
    let items = guide_links(view, document, question);
    if items.is_empty() {
        return Vec::new();
    }
    vec![Section::new("guides", view.say("field.guides"), vec![Block::List { ordered: false, items }])]
}

fn guide_links(view: &View<'_>, document: &Document, question: &Advice) -> Vec<Line> {
    let page = |path: &str| links::page_at(&view.portal.routes, &document.main().path, path).ok();
    question.guides.iter().filter_map(|guide| Some(view.link(&page(guide.id())?))).collect()
}

/// The answered questions that name the guide of this page, the latest answer first.
pub fn about(view: &View<'_>) -> Option<Section> {
    let mut found = answered_about(view);
    found.sort_by_key(|(document, question)| (Reverse(answered_on(view, question)), document.key.as_str()));
    let rows: Vec<Row> = found
        .into_iter()
        .map(|(document, question)| Row {
            what: with_small(
                view.link(&Subject::Document(document.key.clone())),
                text(texts::summary(view, &document.key)),
            ),
            aside: answered_on(view, question).map_or_else(Line::new, |day| view.day(day)),
            ..Row::default()
        })
        .collect();
    let block = |rows| Block::Rows { ordered: false, rows };
    (!rows.is_empty()).then(|| Section::new("questions", view.say("advice.about"), vec![block(rows)]))
}

/// The answered questions that name the guide of this page.
pub fn answered_about<'a>(view: &View<'a>) -> Vec<Question<'a>> {
    let portal = view.portal;
    advice::about(&portal.site, &portal.routes, &portal.backlinks, view.subject, portal.as_of)
}
