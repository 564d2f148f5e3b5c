//! A message as HTML that a mail program shows: no styles, no scripts, nothing from elsewhere.

use super::{Block, Line, Message, Piece, Table, on_one_line};

/// The message as a whole document.
pub fn html(message: &Message) -> String {
    let body: String = message.blocks.iter().map(block).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{subject}</title>\n</head>\n<body>\n{body}</body>\n</html>\n",
        language = escaped(&message.language),
        subject = escaped(&message.subject),
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("<h2>{}</h2>\n", escaped(words)),
        Block::Paragraph(words) => format!("<p>{}</p>\n", line(words)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", line(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Table(rows) => table(rows),
        Block::Foreign { language, blocks } => {
            let blocks: String = blocks.iter().map(self::block).collect();
            format!("<div lang=\"{}\">\n{blocks}</div>\n", escaped(language))
        }
    }
}

fn line(line: &Line) -> String {
    let pieces = line.iter().map(|piece| match piece {
        Piece::Text(words) => words.parts().map(part).collect(),
        Piece::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
        Piece::Link { text, href } => format!("<a href=\"{}\">{}</a>", escaped(href), escaped(text)),
    });
    pieces.collect()
}

/// Words, with the language that they are in where it is not the message's.
fn part((words, language): (&str, Option<&str>)) -> String {
    match language {
        Some(language) => format!("<span lang=\"{}\">{}</span>", escaped(language), escape(words)),
        None => escape(words),
    }
}

/// The border is an old attribute, since many mail programs throw styles away.
fn table(table: &Table) -> String {
    let head: String =
        table.columns.iter().map(|name| format!("<th scope=\"col\">{}</th>", escaped(name))).collect();
    let row = |cells: &Vec<Line>| {
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", line(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!(
        "<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<thead>\n<tr>{head}</tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn escaped(words: &str) -> String {
    escape(&on_one_line(words))
}

fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            // What XML and mail programs choke on.
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample::message;
    use super::*;
    use crate::words::Spoken;

    #[test]
    fn a_document_stands_alone_and_escapes_words() {
        let wanted = "<!doctype html>\n<html lang=\"et\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>Nädalaülevaade</title>\n</head>\n<body>\n\
             <p>Tere!</p>\n\
             <h2>Üle tähtaja</h2>\n\
             <ul>\n\
             <li><a href=\"https://jira.example.ee/browse/BEN-1\">BEN-1</a> &lt;Sum&gt; &amp; *stars*</li>\n\
             <li><strong>BEN-2</strong> kaks</li>\n\
             </ul>\n\
             <table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<thead>\n\
             <tr><th scope=\"col\">Meeskond</th><th scope=\"col\">Uusi</th></tr>\n</thead>\n<tbody>\n\
             <tr><td>UAT | test</td><td>2</td></tr>\n\
             <tr><td>Ülevaatajad</td><td>10</td></tr>\n\
             </tbody>\n</table>\n</body>\n</html>\n";
        assert_eq!(html(&message()), wanted);
    }

    #[test]
    fn what_is_in_another_language_says_so() {
        let title = Spoken::foreign("Lapsetoetus", "et").and(": 2 days late");
        let message = Message {
            subject: "Week 42".to_owned(),
            language: "en".to_owned(),
            blocks: vec![
                Block::paragraph(Spoken::from("BEN-1 ").and(title)),
                Block::Foreign { language: "et".to_owned(), blocks: vec![Block::paragraph("Tere!")] },
            ],
        };
        let html = html(&message);
        for wanted in [
            "<p>BEN-1 <span lang=\"et\">Lapsetoetus</span>: 2 days late</p>\n",
            "<div lang=\"et\">\n<p>Tere!</p>\n</div>\n</body>",
        ] {
            assert!(html.contains(wanted), "{html}");
        }
        assert_eq!(super::super::text::text(&message), "BEN-1 Lapsetoetus: 2 days late\n\nTere!\n");
    }
}
