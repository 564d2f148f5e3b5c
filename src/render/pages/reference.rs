//! The reference of files: which kinds there are, which keys each may have, and how editors learn them.

use super::super::blocks::{Action, Bit, Block, Cell, Head, Line, Section, Table, text, whole};
use super::super::names::View;
use super::super::reference::{self, SCHEMAS, schema_name, told};
use super::Sheet;
use super::labels::column;
use crate::derive::page::routes::Subject;
use crate::model::file_shapes::{FileShape, file_shapes};
use crate::record::example::{self, Extent};
use crate::record::outline::{Entry, outline};
use crate::record::reference::Kind;
use crate::record::shape::{ChoiceShape, RecordShape, Said, Shape};

/// The list of the kinds.
pub fn list(view: &View<'_>) -> Sheet {
    let head = Head {
        title: view.said("reference_page.title"),
        lede: Some(view.said("reference_page.lead")),
        ..Head::default()
    };
    let kinds = Table {
        label: view.say("reference_page.kinds"),
        columns: ["reference_page.kind_of_file", "reference_page.meaning"]
            .map(|key| column(view, key))
            .into(),
        rows: file_shapes().iter().map(|file| row_of_kind(view, file)).collect(),
        sort: false,
    };
    let sections = vec![
        Section::new("kinds", view.say("reference_page.kinds"), vec![Block::Table(kinds)]),
        Section::new("editors", view.say("reference_page.editors"), vec![editors(view)]),
    ];
    Sheet::new("reference.html", head, sections)
}

fn row_of_kind(view: &View<'_>, file: &FileShape) -> Vec<Cell> {
    let what = file.records.first().map(|record| said(view, &record.said())).unwrap_or_default();
    let mut kind = view.link(&Subject::KindReference(file.kind));
    kind.extend([Bit::Break, Bit::Code { text: file.place.to_owned() }]);
    vec![kind.into(), what.into()]
}

fn editors(view: &View<'_>) -> Block {
    let lines = ["editors_what", "editors_made", "editors_own"];
    Block::Paragraphs { lines: lines.map(|key| marked(&view.say(&format!("reference_page.{key}")))).into() }
}

/// The keys of a kind of file.
pub fn one(view: &View<'_>, kind: &'static str) -> Sheet {
    let file = FileShape::of(kind);
    let records = file.as_ref().map(|file| file.records.as_slice()).unwrap_or_default();
    let lede = records.first().map(|record| plain(&said(view, &record.said())).into());
    let head = Head {
        kicker: file.iter().map(|file| code(&format!("content/{}", file.place))).collect(),
        title: name(view, kind).into(),
        lede,
        actions: vec![Action {
            icon: "download",
            text: view.say("reference_page.schema"),
            href: view.href_to(&format!("{SCHEMAS}{}", schema_name(kind))),
            primary: false,
        }],
    };
    let mut sections = Vec::new();
    sections.extend(file.as_ref().map(|file| least(view, file)));
    sections.extend(records.iter().enumerate().map(|(index, record)| keys(view, *record, index == 0)));
    sections.extend(file.as_ref().map(|file| editor(view, file)));
    Sheet::new("reference_kind.html", head, sections)
}

/// What a kind of file is called.
pub fn name(view: &View<'_>, kind: &str) -> String {
    view.say(&format!("reference_page.kind.{kind}"))
}

/// The shortest file of the kind that is read without a fault.
fn least(view: &View<'_>, file: &FileShape) -> Section {
    let tell = |said: &Said| told(view.words(), said).unwrap_or_else(|| said.english.to_owned());
    let example = example::file(&file.records, Extent::Least, &tell);
    let block = if example.is_empty() {
        Block::Paragraphs { lines: vec![text(view.say("reference_page.nothing_required"))] }
    } else {
        Block::Message { text: example }
    };
    Section::new("least", view.say("reference_page.least"), vec![block])
}

/// The keys of one of the file's records; `is_own` says that it is the kind's own and not that of many.
fn keys(view: &View<'_>, record: RecordShape, is_own: bool) -> Section {
    let title = match record.name {
        _ if is_own => view.say("reference_page.keys"),
        "Front" => view.say("reference_page.keys_of_pages"),
        _ => view.say("reference_page.keys_of_files"),
    };
    let columns = ["key", "value", "required", "meaning", "example"];
    let table = Table {
        label: title.clone(),
        columns: columns.map(|name| column(view, &format!("reference_page.{name}"))).into(),
        rows: outline(record).iter().map(|entry| row(view, entry)).collect(),
        sort: false,
    };
    let mut blocks = vec![Block::Table(table)];
    if is_own {
        blocks.insert(0, Block::Paragraphs { lines: vec![marked(&view.say("reference_page.paths"))] });
    }
    Section::new(if is_own { "keys" } else { record.name }.to_lowercase(), title, blocks)
}

fn row(view: &View<'_>, entry: &Entry) -> Vec<Cell> {
    let tell = |said: &Said| told(view.words(), said).unwrap_or_else(|| said.english.to_owned());
    let required = if entry.key.is_required { "value.yes" } else { "value.no" };
    let mut meaning = said(view, &entry.record.said_of(&entry.key));
    for choice in choices(&entry.key.shape) {
        for (word, what) in choice.said() {
            meaning.push(Bit::Break);
            meaning.push(Bit::Code { text: word.to_owned() });
            meaning.push(Bit::Text { text: " ".to_owned() });
            meaning.extend(said(view, &what));
        }
    }
    let example =
        example::value(&entry.record, &entry.key, &tell).map(|value| code(&value)).unwrap_or_default();
    vec![
        code(&entry.path).into(),
        text(type_name(view, &entry.key.shape)).into(),
        text(view.say(required)).into(),
        whole(meaning).into(),
        example.into(),
    ]
}

/// The lists of words in a value.
fn choices(shape: &Shape) -> Vec<ChoiceShape> {
    match shape {
        Shape::Choice(choice) => vec![*choice],
        Shape::List(item) | Shape::Filled(item) => choices(item),
        Shape::Map(key, value) => [choices(key), choices(value)].concat(),
        Shape::Either(shapes) => shapes.iter().flat_map(choices).collect(),
        _ => Vec::new(),
    }
}

/// What a value is, in words.
fn type_name(view: &View<'_>, shape: &Shape) -> String {
    let say = |name: &str| view.say(&format!("reference_page.type.{name}"));
    match shape {
        Shape::Text => say("text"),
        Shape::Truth => "true, false".to_owned(),
        Shape::Whole => say("whole"),
        Shape::Count => say("count"),
        Shape::Form(form) => say(form.name),
        Shape::Choice(_) => say("choice"),
        Shape::Translated => say("translated"),
        Shape::Reference(kind) => say(&format!("to.{}", target(*kind))),
        Shape::List(item) | Shape::Filled(item) => {
            view.fill("reference_page.type.list", &[("item", &type_name(view, item))])
        }
        Shape::Map(_, value) => view.fill("reference_page.type.map", &[("value", &type_name(view, value))]),
        Shape::Record(_) => say("record"),
        Shape::Either(shapes) => {
            let names: Vec<String> = shapes.iter().map(|shape| type_name(view, shape)).collect();
            names.join(" / ")
        }
        Shape::Any => say("any"),
    }
}

/// What a reference leads to, as the catalogues name it.
fn target(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "product",
        Kind::Team => "team",
        Kind::Role => "role",
        Kind::Owner => "owner",
        Kind::Party => "party",
        Kind::Gate => "gate",
        Kind::Release => "release",
        Kind::Run => "run",
        Kind::Case => "case",
        Kind::Plan => "plan",
        Kind::Defect => "defect",
        Kind::Environment => "environment",
        Kind::DataSet => "data",
        Kind::Decision => "decision",
        Kind::Page => "page",
        Kind::File => "file",
        Kind::ResultFile => "result_file",
    }
}

/// The lines by which editors find the schema.
fn editor(view: &View<'_>, file: &FileShape) -> Section {
    let name = schema_name(file.kind);
    let address = match &view.portal.base_url {
        Some(base) => format!("{base}{SCHEMAS}{name}"),
        None => format!("{}.juhend/schemas/{name}", "../".repeat(1 + file.place.matches('/').count())),
    };
    let what = Block::Paragraphs { lines: vec![marked(&view.say("reference_page.heading_what"))] };
    let lines = Block::Message { text: reference::heading(&address) };
    Section::new("editor", view.say("reference_page.heading"), vec![what, lines])
        .more(view.say("reference_page.editors"), format!("{}#editors", view.href(&Subject::Reference)))
}

/// What the reference says of something, in the page's language where it has it, else in English.
fn said(view: &View<'_>, said: &Said) -> Line {
    match told(view.words(), said) {
        Some(own) => marked(&own),
        None if view.language.split('-').next() == Some("en") => marked(said.english),
        None => vec![Bit::Foreign { text: said.english.to_owned(), lang: "en".to_owned() }],
    }
}

/// A text in which backticks mark code.
fn marked(words: &str) -> Line {
    let pieces = words.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
    pieces
        .map(|(index, piece)| {
            let text = piece.to_owned();
            if index % 2 == 1 { Bit::Code { text } } else { Bit::Text { text } }
        })
        .collect()
}

fn code(text: &str) -> Line {
    vec![Bit::Code { text: text.to_owned() }]
}

/// The words of a line alone.
fn plain(line: &Line) -> String {
    line.iter()
        .map(|bit| match bit {
            Bit::Text { text } | Bit::Code { text } | Bit::Foreign { text, .. } => text.as_str(),
            _ => "",
        })
        .collect()
}
