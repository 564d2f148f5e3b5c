//! YAML: its lines and their depth say what a word is.

use super::class::Class;
use super::painter::Painter;

/// `code` with classes.
pub fn html(code: &str) -> String {
    let mut painter = Painter::new(code.len());
    // The depth of the key of the text that is being read, if one is.
    let mut block: Option<usize> = None;
    for line in code.split_inclusive('\n') {
        let body = line.trim_start_matches(' ');
        let depth = line.len() - body.len();
        let is_blank = body.trim_ascii().is_empty();
        if block.is_some_and(|of| is_blank || depth > of) {
            painter.put(Some(Class::String), line);
            continue;
        }
        painter.put(None, line.get(..depth).unwrap_or_default());
        entry(&mut painter, body);
        let begins_text = |value: &str| value.starts_with(['|', '>']) && value.len() <= 3;
        let opens = body.trim_end().rsplit(' ').next().is_some_and(begins_text);
        block = if is_blank { block } else { opens.then_some(depth) };
    }
    painter.finish()
}

/// A line from its first sign on: dashes, a key, a value.
fn entry(painter: &mut Painter, text: &str) {
    let value = text.trim_start_matches("- ");
    painter.put(None, text.get(..text.len() - value.len()).unwrap_or_default());
    if value.starts_with("---") || value.starts_with("...") {
        return painter.put(Some(Class::Comment), value);
    }
    match key(value).and_then(|end| value.split_at_checked(end)) {
        Some((key, rest)) => {
            painter.put(Some(Class::Key), key);
            values(painter, rest);
        }
        None => values(painter, value),
    }
}

/// Where the key ends that `text` begins with: before a colon with a blank behind it.
fn key(text: &str) -> Option<usize> {
    let from = match text.chars().next()? {
        quote @ ('"' | '\'') => 1 + text.get(1..)?.find(quote)? + 1,
        '#' | '[' | '{' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' => return None,
        _ => 0,
    };
    let rest = text.get(from..)?;
    let colon = rest.match_indices(':').find(|(at, _)| {
        rest.as_bytes().get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\n' | b'\t' | b'\r'))
    });
    let end = from + colon?.0;
    let is_plain =
        !rest.get(..end - from)?.contains([',', '{', '[', '}', ']', '"']) && !text.get(..end)?.contains(" #");
    is_plain.then_some(end)
}

/// Values to the end of a line: also those in brackets, and what is said behind them.
fn values(painter: &mut Painter, text: &str) {
    let mut rest = text;
    let mut is_in_brackets = false;
    while let Some(first) = rest.chars().next() {
        let (class, length) = match first {
            ' ' | '\t' | '\n' | '\r' | ',' | ':' | ']' | '}' => (None, 1),
            '[' | '{' => {
                is_in_brackets = true;
                (None, 1)
            }
            '#' => (Some(Class::Comment), rest.trim_end_matches('\n').len()),
            quote @ ('"' | '\'') => quoted(rest, quote, is_in_brackets),
            '&' | '*' => (Some(Class::Name), word(rest)),
            '!' | '|' | '>' => (Some(Class::Keyword), word(rest)),
            _ => plain(rest, is_in_brackets),
        };
        let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        painter.put(class, piece);
        rest = behind;
    }
}

fn word(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(text.len())
}

/// A text in quotes, which may be a key in brackets.
fn quoted(text: &str, quote: char, is_in_brackets: bool) -> (Option<Class>, usize) {
    let mut is_escaped = true;
    let end = text.char_indices().find_map(|(at, c)| {
        let ends = c == quote && !is_escaped;
        is_escaped = c == '\\' && quote == '"' && !is_escaped;
        ends.then_some(at + 1)
    });
    let length = end.unwrap_or_else(|| text.trim_end_matches('\n').len());
    let is_key = is_in_brackets && text.get(length..).is_some_and(|after| after.starts_with(':'));
    (Some(if is_key { Class::Key } else { Class::String }), length)
}

/// A value without quotes.
fn plain(text: &str, is_in_brackets: bool) -> (Option<Class>, usize) {
    let line = text.split('\n').next().unwrap_or_default();
    let line = line.split(" #").next().unwrap_or_default();
    let brackets = if is_in_brackets { line.find([',', ']', '}']).unwrap_or(line.len()) } else { line.len() };
    let value = line.get(..brackets).unwrap_or_default();
    if let Some((key, _)) = value.split_once(": ").filter(|_| is_in_brackets) {
        return (Some(Class::Key), key.len());
    }
    let value = value.trim_end();
    let class = if is_constant(value) { Class::Constant } else { Class::String };
    (Some(class), value.len().max(1))
}

/// Whether a value is a number, a day, a truth value or nothing.
fn is_constant(value: &str) -> bool {
    let is_number = || {
        value.trim_start_matches(['-', '+', '.']).starts_with(|c: char| c.is_ascii_digit())
            && value.bytes().all(|byte| byte.is_ascii_hexdigit() || b"+-._:xoTZe".contains(&byte))
    };
    matches!(value, "true" | "false" | "null" | "~" | "yes" | "no") || is_number()
}
