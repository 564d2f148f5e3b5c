//! A message as Markdown (`CommonMark` with tables), for chats and forges.

use super::{Block, Line, Message, Piece, Table, on_one_line};

/// The message as Markdown; its subject is the first heading.
pub fn markdown(message: &Message) -> String {
    let subject = format!("# {}\n", escaped(&message.subject));
    [subject, joined(&message.blocks)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Blocks with an empty line between them.
fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(block).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("## {}\n", escaped(words)),
        Block::Paragraph(words) => format!("{}\n", line(words)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", line(item))).collect(),
        Block::Table(rows) => table(rows),
        Block::Foreign { blocks, .. } => joined(blocks),
    }
}

fn line(line: &Line) -> String {
    let pieces = line.iter().map(|piece| match piece {
        Piece::Text(words) => kept_blanks(words),
        Piece::Strong(words) => format!("**{}**", escaped(words)),
        Piece::Link { text, href } => format!("[{}](<{}>)", escaped(text), address(href)),
    });
    pieces.collect::<String>().trim().to_owned()
}

/// Words between two pieces keep the blanks at their ends.
fn kept_blanks(words: &str) -> String {
    let blank = |has: bool| if has { " " } else { "" };
    let inner = escaped(words);
    if inner.is_empty() {
        return blank(!words.is_empty()).to_owned();
    }
    let starts = words.starts_with(char::is_whitespace);
    let ends = words.ends_with(char::is_whitespace);
    format!("{}{inner}{}", blank(starts), blank(ends))
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = row(table.columns.iter().map(|name| escaped(name)).collect());
    let rule = row(table.columns.iter().map(|_| "---".to_owned()).collect());
    let rows = table.rows.iter().map(|cells| row(cells.iter().map(line).collect()));
    [head, rule].into_iter().chain(rows).collect()
}

/// What would be markup is told to be none. A line begins with a letter of ours or a link, hence only what
/// counts inside a line is escaped, and what makes a list or heading of its first word.
fn escaped(words: &str) -> String {
    let words = on_one_line(words);
    let mut out = String::with_capacity(words.len());
    for (at, letter) in words.char_indices() {
        let is_markup = matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~');
        let opens = at == 0 && matches!(letter, '#' | '+' | '-' | '=');
        let numbers = matches!(letter, '.' | ')') && at > 0 && is_number(words.get(..at).unwrap_or_default());
        if is_markup || opens || numbers {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// `12` before a dot would begin a list.
fn is_number(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit())
}

fn address(href: &str) -> String {
    href.chars().filter(|letter| !matches!(letter, '<' | '>' | '\n' | '\r')).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::message;
    use super::*;

    #[test]
    fn markup_in_words_stays_words() {
        let wanted = "# Nädalaülevaade\n\
             \n\
             Tere!\n\
             \n\
             ## Üle tähtaja\n\
             \n\
             - [BEN-1](<https://jira.example.ee/browse/BEN-1>) \\<Sum\\> \\& \\*stars\\*\n\
             - **BEN-2** kaks\n\
             \n\
             | Meeskond | Uusi |\n\
             | --- | --- |\n\
             | UAT \\| test | 2 |\n\
             | Ülevaatajad | 10 |\n";
        assert_eq!(markdown(&message()), wanted);
        assert_eq!(escaped("16. oktoober"), "16\\. oktoober");
        assert_eq!(escaped("- a\n# b"), "\\- a # b");
    }
}
