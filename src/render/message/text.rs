//! A message as plain text.

use super::{Block, Line, Message, Piece, Table, on_one_line};

/// The body as plain text, its lines ending with a line feed. Links stand behind their words in brackets.
pub fn text(message: &Message) -> String {
    let mut text = joined(&message.blocks);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Blocks with an empty line between them.
fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(block).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => {
            let words = on_one_line(words);
            format!("{words}\n{}\n", "-".repeat(words.chars().count()))
        }
        Block::Paragraph(words) => format!("{}\n", line(words)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", line(item))).collect(),
        Block::Table(rows) => table(rows),
        Block::Foreign { blocks, .. } => joined(blocks),
    }
}

fn line(line: &Line) -> String {
    let pieces = line.iter().map(|piece| match piece {
        Piece::Text(words) => words.to_string(),
        Piece::Strong(words) => words.clone(),
        Piece::Link { text, href } if text == href => href.clone(),
        Piece::Link { text, href } => format!("{text} ({href})"),
    });
    on_one_line(&pieces.collect::<String>())
}

/// Columns under each other, as wide as their widest cell.
fn table(table: &Table) -> String {
    let head: Vec<String> = table.columns.iter().map(|name| on_one_line(name)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(line).collect()).collect();
    let width = |at: usize| {
        let cells = rows.iter().chain([&head]).filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let row = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    [row(&head), row(&rule)].into_iter().chain(rows.iter().map(|cells| row(cells))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::message;
    use super::*;

    #[test]
    fn plain_text_reads_without_markup() {
        let wanted = "Tere!\n\
             \n\
             Üle tähtaja\n\
             -----------\n\
             \n\
             - BEN-1 (https://jira.example.ee/browse/BEN-1) <Sum> & *stars*\n\
             - BEN-2 kaks\n\
             \n\
             Meeskond     Uusi\n\
             -----------  ----\n\
             UAT | test   2\n\
             Ülevaatajad  10\n";
        assert_eq!(text(&message()), wanted);
    }
}
