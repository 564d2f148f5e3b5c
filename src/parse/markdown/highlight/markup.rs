//! HTML and XML: what stands between `<` and `>`.

use super::class::Class;
use super::painter::Painter;

/// `code` with classes.
pub fn html(code: &str) -> String {
    let mut painter = Painter::new(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        painter.put(None, text);
        rest = match from.strip_prefix("<!--") {
            Some(inside) => {
                let end = inside.find("-->").map_or(from.len(), |end| end + "<!---->".len());
                let (comment, behind) = from.split_at_checked(end).unwrap_or((from, ""));
                painter.put(Some(Class::Comment), comment);
                behind
            }
            None => tag(&mut painter, from),
        };
    }
    painter.put(None, rest);
    painter.finish()
}

/// A tag from its `<` on; gives what stands behind it.
fn tag<'a>(painter: &mut Painter, text: &'a str) -> &'a str {
    let is_sign = |c: char| matches!(c, '<' | '/' | '!' | '?');
    let name = text.trim_start_matches(is_sign);
    let length = name.find(|c: char| !is_name(c)).unwrap_or(name.len());
    let (name, mut rest) = name.split_at(length);
    painter.put(None, text.get(..text.len() - name.len() - rest.len()).unwrap_or_default());
    painter.put(Some(Class::Key), name);
    if name.is_empty() {
        return rest;
    }
    while let Some(first) = rest.chars().next() {
        let (class, length) = match first {
            '>' => {
                painter.put(None, ">");
                return rest.get(1..).unwrap_or_default();
            }
            '<' => return rest,
            quote @ ('"' | '\'') => {
                let end = rest.get(1..).and_then(|inside| inside.find(quote));
                (Some(Class::String), end.map_or(rest.len(), |end| end + 2))
            }
            first if is_name(first) => {
                (Some(Class::Constant), rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()))
            }
            other => (None, other.len_utf8()),
        };
        let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        painter.put(class, piece);
        rest = behind;
    }
    rest
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | ':' | '.' | '@')
}
