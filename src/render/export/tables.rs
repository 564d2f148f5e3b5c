//! The tables of a page as files beside it.

use super::super::blocks::{Bit, Block, Cell, Line, Matrix, Section, Table};
use super::spreadsheet::{MARK, csv};

/// A table of a page.
#[derive(Debug, Clone, Copy)]
pub struct PageTable<'a> {
    /// The section it stands in.
    pub section: &'a str,
    /// Which table of the section it is, from 1.
    pub number: usize,
    /// The table.
    pub table: &'a Table,
}

impl PageTable<'_> {
    /// The name of its file: `open.csv`, `open-2.csv`.
    pub fn file(&self) -> String {
        match self.number {
            1 => format!("{}.csv", self.section),
            number => format!("{}-{number}.csv", self.section),
        }
    }

    /// The file: headings, then every row, as the page says them.
    pub fn csv(&self) -> String {
        let header = self.table.columns.iter().map(|column| column.label.clone()).collect();
        let rows = self.table.rows.iter().map(|row| row.iter().map(cell).collect());
        format!("{MARK}{}", csv(std::iter::once::<Vec<String>>(header).chain(rows)))
    }
}

/// The tables in `sections` and in those beside each other within them.
pub fn of(sections: &[Section]) -> Vec<PageTable<'_>> {
    let mut tables = Vec::new();
    for section in sections {
        let mut number = 0;
        for block in &section.blocks {
            match block {
                Block::Columns { sections, .. } => tables.extend(of(sections)),
                block => {
                    let filled = table(block).filter(|table| !table.rows.is_empty());
                    let Some(table) = filled.filter(|_| !section.id.is_empty()) else { continue };
                    number += 1;
                    tables.push(PageTable { section: &section.id, number, table });
                }
            }
        }
    }
    tables
}

/// The table of a block that has one; a chart's holds its numbers.
fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) | Block::Matrix(Matrix { table, .. }) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    }
}

fn cell(cell: &Cell) -> String {
    let bar = cell.bar.as_ref().map(|bar| bar.label.clone());
    let line = line(&cell.line);
    match bar {
        Some(bar) if line.is_empty() => bar,
        Some(bar) => format!("{bar} {line}"),
        None => line,
    }
}

/// The words of a section as plain text, without its heading.
pub fn plain(section: &Section) -> String {
    let words: Vec<String> = section.blocks.iter().map(words).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

fn words(block: &Block) -> String {
    let joined = |words: &mut dyn Iterator<Item = String>| words.collect::<Vec<_>>().join(" ");
    match block {
        Block::Facts { facts, .. } => {
            joined(&mut facts.iter().map(|fact| format!("{} {}", fact.label, line(&fact.value))))
        }
        Block::Paragraphs { lines } | Block::List { items: lines, .. } => joined(&mut lines.iter().map(line)),
        Block::Columns { sections, .. } => joined(&mut sections.iter().map(plain)),
        Block::Heading { text } => text.clone(),
        other => table(other).map_or_else(String::new, |table| {
            joined(&mut table.rows.iter().flatten().map(|cell| line(&cell.line)))
        }),
    }
}

/// A line as plain text. What is in less weight ends a line of the page, so that what follows begins another.
pub fn line(line: &Line) -> String {
    let mut text = String::new();
    let before = std::iter::once(None).chain(line.iter().map(Some));
    for (bit, before) in line.iter().zip(before) {
        let begins_line = matches!(before, Some(Bit::Small { .. }))
            && !matches!(bit, Bit::Badge { .. } | Bit::Break | Bit::Small { .. });
        if begins_line {
            text.push('\n');
        }
        match bit {
            Bit::Link { text: own, .. } => text.push_str(own),
            Bit::Text { text: own }
            | Bit::External { text: own, .. }
            | Bit::Status { text: own, .. }
            | Bit::Severity { text: own, .. }
            | Bit::Time { text: own, .. }
            | Bit::Foreign { text: own, .. }
            | Bit::Id { text: own, .. }
            | Bit::History { label: own, .. }
            | Bit::Code { text: own } => text.push_str(own),
            Bit::Badge { text: own, .. } => {
                text.push(' ');
                text.push_str(own);
            }
            Bit::Small { line } | Bit::Whole { line } | Bit::Wide { line } => {
                text.push_str(&self::line(line));
            }
            Bit::Break => text.push('\n'),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::blocks::{Column, text, with_small};
    use super::*;

    fn table(rows: &[&str]) -> Block {
        let column = |label: &str| Column { label: label.to_owned(), num: false };
        let line =
            |row: &&str| vec![Cell::from(with_small(text(*row), text("small"))), Cell::sorted(text("2"), 2)];
        Block::Table(Table {
            label: "Open".to_owned(),
            columns: vec![column("Defect"), column("Age")],
            rows: rows.iter().map(line).collect(),
            sort: true,
        })
    }

    #[test]
    fn each_table_has_a_file_named_by_its_section() {
        let inner = Section::new("inner", "Inner", vec![table(&["c"])]);
        let outer = Section::new(
            "open",
            "Open",
            vec![
                table(&["a"]),
                table(&[]),
                table(&["b"]),
                Block::Columns { sections: vec![inner], class: "cols" },
            ],
        );
        let sections = [outer];
        let files: Vec<String> = of(&sections).iter().map(PageTable::file).collect();
        assert_eq!(files, ["open.csv", "open-2.csv", "inner.csv"]);
        assert_eq!(of(&sections)[0].csv(), "\u{feff}Defect,Age\r\na small,2\r\n");
    }

    #[test]
    fn several_things_in_a_cell_stand_on_lines_of_their_own() {
        let mut line = with_small(text("Smoke test"), text("stale"));
        line.extend(with_small(text("Flags"), text("stale")));
        assert_eq!(super::line(&line), "Smoke test stale\nFlags stale");
    }
}
