//! The tables of a page as files beside it, and the links to them.

use super::super::blocks::{Block, Download, Line, Section, Table, text};
use super::super::export::api::Api;
use super::super::export::tables::{self, PageTable};
use super::super::names::View;
use super::super::template::RenderFault;
use crate::derive::page::routes::{RUN_FILES, Subject, beside};

/// The most that a page may weigh, in bytes: a little below 250 KB.
pub const HEAVIEST: usize = 248_000;

/// How many rows the tables of a page that is too heavy keep, tried one after the other.
pub const MOST_ROWS: [usize; 4] = [200, 100, 50, 25];

/// How many rows a table within a text keeps: readers came for the text.
pub const MOST_IN_TEXT: usize = 50;

/// The section of a run that holds its cases: files of their own say more of them than the table does.
const RUN_CASES: &str = "cases";

/// The tables of the page that `view` makes, whose sections are `sections`: name and text of each file.
/// A further part of a long table has none, since the file of the first part holds every row.
///
/// # Errors
/// Those of making the page anew, with its long tables whole.
pub fn files(view: &View<'_>, sections: &[Section]) -> Result<Vec<(String, String)>, RenderFault> {
    if matches!(view.subject, Subject::Part(..)) {
        return Ok(Vec::new());
    }
    if !sections.iter().any(|section| has_parts(section) && !is_cases(view, &section.id)) {
        return Ok(written(view, sections));
    }
    Ok(written(view, &super::sheet(&view.whole())?.sections))
}

fn has_parts(section: &Section) -> bool {
    section.blocks.iter().any(|block| matches!(block, Block::Parts(_)))
}

fn written(view: &View<'_>, sections: &[Section]) -> Vec<(String, String)> {
    let is_wanted = |table: &PageTable<'_>| !is_cases(view, table.section);
    tables::of(sections)
        .iter()
        .filter(|table| is_wanted(table))
        .map(|table| (table.file(), table.csv()))
        .collect()
}

/// Whether the section with this id holds the cases of a run.
fn is_cases(view: &View<'_>, section: &str) -> bool {
    matches!(first(view.subject), Subject::Run(_)) && section == RUN_CASES
}

/// On whose page a long table begins.
fn first(subject: &Subject) -> &Subject {
    match subject {
        Subject::Part(of, _) => of,
        own => own,
    }
}

/// Puts links to the files of its tables at the end of each section.
pub fn offer(view: &View<'_>, sections: &mut [Section]) {
    let mut list = match first(view.subject) {
        Subject::List(list) => Api::of_list(*list),
        _ => None,
    };
    for section in sections {
        for block in &mut section.blocks {
            if let Block::Columns { sections, .. } = block {
                offer(view, sections);
            }
        }
        let files = downloads(view, section, &mut list);
        if !files.is_empty() {
            section.blocks.push(Block::Downloads { files });
        }
    }
}

/// `sections` whose tables have `most` rows at most; every row stands in the file beside the page. Tables
/// that go over several pages stay as they are.
pub fn cut(view: &View<'_>, sections: Vec<Section>, most: usize) -> Vec<Section> {
    let each = |section: Section| {
        if has_parts(&section) {
            return section;
        }
        let blocks = cut_blocks(view, section.blocks, most);
        Section { blocks, ..section }
    };
    sections.into_iter().map(each).collect()
}

fn cut_block(view: &View<'_>, block: Block, most: usize) -> Vec<Block> {
    match block {
        Block::Table(mut table) if table.rows.len() > most => {
            let told = cut_table(view, &mut table, most);
            vec![Block::Table(table), told]
        }
        Block::Matrix(mut matrix) if matrix.table.rows.len() > most => {
            let told = cut_table(view, &mut matrix.table, most);
            vec![Block::Matrix(matrix), told]
        }
        // Each of them has a page of its own and stands in the list of its kind; the A–Z is such a list.
        Block::Rows { ordered, mut rows } if rows.len() > most && *view.subject != Subject::Search => {
            let told = told(view, most, rows.len());
            rows.truncate(most);
            vec![Block::Rows { ordered, rows }, told]
        }
        Block::Columns { sections, class } => {
            vec![Block::Columns { sections: cut(view, sections, most), class }]
        }
        other => vec![other],
    }
}

/// `blocks` that stand within the text of the page: long tables keep their first rows, and every row is in a file
/// beside the page whose name begins with `name`. The files come second, each with its name and its text.
pub fn within_text(view: &View<'_>, name: &str, blocks: Vec<Block>) -> (Vec<Block>, Vec<(String, String)>) {
    let section = Section::new(name, "", blocks);
    let own = std::slice::from_ref(&section);
    let long: Vec<PageTable<'_>> =
        tables::of(own).into_iter().filter(|table| table.table.rows.len() > MOST_IN_TEXT).collect();
    let offered: Vec<Download> = long.iter().map(|table| of_table(view, table)).collect();
    let files = long.iter().map(|table| (table.file(), table.csv())).collect();
    let mut blocks = cut_blocks(view, section.blocks, MOST_IN_TEXT);
    if !offered.is_empty() {
        blocks.push(Block::Downloads { files: offered });
    }
    (blocks, files)
}

/// `blocks` with `most` rows in each table at most.
pub fn cut_blocks(view: &View<'_>, blocks: Vec<Block>, most: usize) -> Vec<Block> {
    blocks.into_iter().flat_map(|block| cut_block(view, block, most)).collect()
}

/// The first of the points of a list that only counts what is told elsewhere.
pub fn first_points(view: &View<'_>, mut items: Vec<Line>) -> Vec<Block> {
    let told = (items.len() > MOST_IN_TEXT).then(|| told(view, MOST_IN_TEXT, items.len()));
    items.truncate(MOST_IN_TEXT);
    [Block::List { ordered: false, items }].into_iter().chain(told).collect()
}

/// Leaves `table` its first rows, and says how many there are.
fn cut_table(view: &View<'_>, table: &mut Table, most: usize) -> Block {
    let told = told(view, most, table.rows.len());
    table.rows.truncate(most);
    told
}

/// That the first `most` of `all` rows stand here.
fn told(view: &View<'_>, most: usize, all: usize) -> Block {
    let words = view.words();
    let (first, last, all) = (words.number(1), words.number(most), words.number(all));
    let shown = view.fill("table.rows", &[("from", &first), ("until", &last), ("n", &all)]);
    Block::Paragraphs { lines: vec![text(shown)] }
}

/// The files of the tables in `section`; the first section of a list has the portal's file of that kind too.
fn downloads(view: &View<'_>, section: &Section, list: &mut Option<Api>) -> Vec<Download> {
    let page = view.portal.routes.address(first(view.subject), view.language);
    let own = std::slice::from_ref(section);
    let tables: Vec<PageTable<'_>> =
        tables::of(own).into_iter().filter(|table| table.section == section.id).collect();
    if tables.is_empty() {
        return Vec::new();
    }
    if is_cases(view, &section.id) {
        let plain = view.portal.routes.address(first(view.subject), view.default_language());
        let [csv, json, ctrf] = RUN_FILES;
        return vec![
            download(view, "CSV", &section.title, &beside(&page, csv)),
            download(view, "JSON", &section.title, &beside(&plain, json)),
            download(view, "CTRF", &section.title, &beside(&plain, ctrf)),
        ];
    }
    let mut files: Vec<Download> = tables.iter().map(|table| of_table(view, table)).collect();
    files.extend(list.take().map(|api| download(view, "JSON", &section.title, &api.address())));
    files
}

/// The way to the file of a table.
fn of_table(view: &View<'_>, table: &PageTable<'_>) -> Download {
    let page = view.portal.routes.address(first(view.subject), view.language);
    download(view, "CSV", &table.table.label, &beside(&page, &table.file()))
}

/// The way to a file of the format that is called `text` and holds what is called `label`.
fn download(view: &View<'_>, text: &str, label: &str, address: &str) -> Download {
    let key = format!("download.{}", text.to_lowercase());
    Download {
        text: text.to_owned(),
        label: view.fill(&key, &[("title", label)]),
        href: view.href_to(address),
    }
}
