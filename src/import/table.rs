//! The rows of a table, as spreadsheets and trackers save them (RFC 4180, and what differs in practice). What
//! its columns mean is known to those who read it.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::encoding::decode;
use super::{Note, Unreadable};

/// A fault at a line of the table, or of all of it.
pub fn unreadable(line: Option<usize>, message: impl Into<String>) -> Unreadable {
    Unreadable { line, column: None, message: message.into() }
}

/// The text of a table: by its mark, else in the encoding that the caller names, else UTF-8.
///
/// # Errors
/// Bytes that are no text in that encoding, or a name of none.
pub fn text_of<'a>(bytes: &'a [u8], encoding: Option<&str>) -> Result<Cow<'a, str>, Unreadable> {
    let decoded = decode(bytes, encoding)?;
    if decoded.is_lossy {
        let before = decoded.text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let message = match encoding {
            Some(named) => format!("is not {named}; save the table as “CSV UTF-8”"),
            None => "is not UTF-8; save the table as “CSV UTF-8”".to_owned(),
        };
        return Err(unreadable(Some(line), message));
    }
    // The library counts the lines of Windows one too few, and no cell needs their two bytes.
    Ok(if decoded.text.contains('\r') { decoded.text.replace("\r\n", "\n").into() } else { decoded.text })
}

/// The table after a line `sep=;`, which spreadsheets write before it, and what that line says.
pub fn delimiter_line(text: &str) -> (&str, Option<u8>) {
    let told = || {
        let (line, rest) = text.split_once('\n')?;
        let [delimiter] = line.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes() else { return None };
        delimiter.is_ascii().then_some((rest, *delimiter))
    };
    told().map_or((text, None), |(rest, delimiter)| (rest, Some(delimiter)))
}

/// The delimiter that gives a header with the most columns that the reader `knows`, by their normal names.
pub fn likely_delimiter(text: &str, knows: &dyn Fn(&str) -> bool) -> u8 {
    let worth = |delimiter: u8| {
        let mut reader = reader(text, delimiter);
        let mut header = StringRecord::new();
        let is_read = reader.read_record(&mut header).unwrap_or_default();
        let read = header.iter().filter(|name| is_read && knows(&normal(name))).count();
        (read, header.len())
    };
    // Of equals the last one wins, hence the most usual one stands last.
    b"\t;,".iter().copied().max_by_key(|delimiter| worth(*delimiter)).unwrap_or(b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// A row of the table.
pub struct Row {
    /// Its first line, from 1.
    pub line: usize,
    /// Its cells, without the blanks around them.
    pub cells: Vec<String>,
}

/// The rows that hold anything; `skipped` lines stand before `text`.
///
/// # Errors
/// A table that cannot be read at all.
pub fn rows(text: &str, delimiter: u8, skipped: usize) -> Result<Vec<Row>, Unreadable> {
    let mut rows = Vec::new();
    for record in reader(text, delimiter).into_records() {
        let record = record.map_err(|fault| unreadable(None, format!("is not a table: {fault}")))?;
        let line = record.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(usize::MAX));
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line: line.saturating_add(skipped), cells });
        }
    }
    Ok(rows)
}

impl Row {
    /// A note on this row.
    pub fn note(&self, text: String) -> Note {
        Note { at: format!("line {}", self.line), text }
    }
}

/// The headers as a message has them: of many the first ones, of long ones the beginning.
pub fn names_of(header: &[String]) -> String {
    const MOST: usize = 40;
    let name = |name: &String| match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", name.get(..end).unwrap_or_default()),
        None => format!("`{name}`"),
    };
    let rest = if header.len() > MOST { format!(" and {} more", header.len() - MOST) } else { String::new() };
    header.iter().take(MOST).map(name).collect::<Vec<_>>().join(", ") + &rest
}

/// `line 3`, `lines 3, 7`; of many the first ones.
pub fn listed(lines: &[usize]) -> String {
    const MOST: usize = 10;
    let shown: Vec<String> = lines.iter().take(MOST).map(usize::to_string).collect();
    let rest = if lines.len() > MOST { format!(" and {} more", lines.len() - MOST) } else { String::new() };
    format!("{} {}{rest}", if lines.len() == 1 { "line" } else { "lines" }, shown.join(", "))
}

/// A header or a word with what makes no difference taken away.
pub fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace(['_', '-'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
