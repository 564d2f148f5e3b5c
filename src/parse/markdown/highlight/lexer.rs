//! Code in a language of the table, cut into pieces in one pass.
//!
//! Every step looks only forward from where it stands and at the one character before, so the time grows with the
//! length of the code and with nothing else.

use super::class::Class;
use super::language::{Content, Language, Quote, Trait};
use super::painter::Painter;

/// `code` in `language` with classes.
pub fn html(language: &Language, code: &str) -> String {
    let mut painter = Painter::new(code.len());
    let mut spot = Spot { language, code, at: 0, before: '\n', begins: true };
    while let Some(next) = spot.rest().chars().next() {
        let (class, end) = spot.piece(next);
        let text = code.get(spot.at..end).unwrap_or_default();
        match class {
            Found::Filled => filled(&mut painter, text),
            Found::Plain => painter.put(None, text),
            Found::Of(class) => painter.put(Some(class), text),
        }
        spot = spot.behind(text, end);
    }
    painter.finish()
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Nothing that has a colour.
    Plain,
    /// Something that has one.
    Of(Class),
    /// A text with variables in it.
    Filled,
}

/// A place in code.
#[derive(Debug, Clone, Copy)]
struct Spot<'a> {
    language: &'a Language,
    code: &'a str,
    at: usize,
    /// The character before it.
    before: char,
    /// Whether a line, or a command on it, begins here.
    begins: bool,
}

impl<'a> Spot<'a> {
    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    /// The place behind `text`, which ends at `end`.
    fn behind(self, text: &str, end: usize) -> Self {
        let begins = if text.trim_ascii().is_empty() {
            // A command goes on behind a line that ends with a backslash.
            self.begins || text.contains('\n') && self.before != '\\'
        } else {
            text.ends_with('\n')
                || self.language.has(Trait::Commands)
                    && (matches!(
                        text,
                        "|" | "&" | ";" | "(" | "{" | "`" | "then" | "do" | "else" | "sudo" | "exec"
                    ) || self.begins && text == "$")
        };
        // An end that is not further on would never be reached again.
        let at = end.max(self.at + 1);
        Self { at, before: text.chars().next_back().unwrap_or(self.before), begins, ..self }
    }

    /// What begins here with `next`, and where it ends.
    fn piece(&self, next: char) -> (Found, usize) {
        let rest = self.rest();
        if next.is_whitespace() {
            return (Found::Plain, self.at + run(rest, char::is_whitespace));
        }
        if let Some(length) = self.comment(rest) {
            return (Found::Of(Class::Comment), self.at + length);
        }
        if let Some((found, length)) = self.text(rest) {
            return (found, self.at + length);
        }
        if next.is_ascii_digit() && !self.language.is_letter(self.before) {
            return (Found::Of(Class::Constant), self.at + number(rest));
        }
        if let Some((class, length)) = self.sign(next, rest) {
            return (Found::Of(class), self.at + length);
        }
        let length = run(rest, |c| self.language.is_letter(c));
        if length == 0 {
            return (Found::Plain, self.at + next.len_utf8());
        }
        let (word, after) = rest.split_at(length);
        (self.word(word, after).map_or(Found::Plain, Found::Of), self.at + length)
    }

    /// The length of the comment that begins here.
    fn comment(&self, rest: &str) -> Option<usize> {
        // `http://`, `$#`, `page#part` and `a=#b` have the signs in words.
        if self.before.is_alphanumeric() || matches!(self.before, '$' | ':' | '/' | '=') {
            return None;
        }
        let (open, close) = self.language.comments.iter().find(|(open, _)| rest.starts_with(open))?;
        let inside = rest.get(open.len()..)?;
        let Some(end) = inside.find(close) else { return Some(rest.len()) };
        Some(open.len() + end + if *close == "\n" { 0 } else { close.len() })
    }

    /// The text that begins here, and its length.
    fn text(&self, rest: &str) -> Option<(Found, usize)> {
        let quote = self.language.quotes.iter().find(|quote| rest.starts_with(quote.open))?;
        let length = quote.open.len() + inside(quote, rest.get(quote.open.len()..)?)?;
        let is_key = self.language.has(Trait::Colons)
            && rest.get(length..).is_some_and(|after| after.trim_start().starts_with(':'));
        let found = match quote.content {
            Content::Filled => Found::Filled,
            _ if is_key => Found::Of(Class::Key),
            _ => Found::Of(Class::String),
        };
        Some((found, length))
    }

    /// What a sign and the word behind it are, and their length.
    fn sign(&self, next: char, rest: &str) -> Option<(Class, usize)> {
        let has = |wanted| self.language.has(wanted);
        let word = |skipped: &str| run(skipped, |c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        match next {
            '$' if has(Trait::Variables) => variable(rest).map(|length| (Class::Name, length)),
            '@' if has(Trait::Annotations) => {
                let length = word(rest.get(1..)?);
                (length > 0).then_some((Class::Function, length + 1))
            }
            '[' if has(Trait::Sections) && self.begins => Some((Class::Function, run(rest, |c| c != '\n'))),
            _ => None,
        }
    }

    /// What `word` is, with `after` behind it.
    fn word(&self, word: &str, after: &str) -> Option<Class> {
        let language = self.language;
        let has = |wanted| language.has(wanted);
        let is_before = |sign| after.trim_start_matches(' ').starts_with(sign);
        let is_part = self.before == '.';
        if has(Trait::Commands) {
            return self.argument(word, after);
        }
        if has(Trait::Sections) && self.begins && (is_before('=') || is_before(':')) {
            return Some(Class::Key);
        }
        if !is_part && language.lists(language.keywords, word) {
            return Some(Class::Keyword);
        }
        if !is_part && language.lists(language.constants, word) {
            return Some(Class::Constant);
        }
        if has(Trait::Colons) && is_before(':') {
            return Some(Class::Key);
        }
        let is_called = has(Trait::Calls) && after.starts_with('(')
            || has(Trait::Macros) && after.starts_with('!') && !after.starts_with("!=");
        if is_called {
            return Some(Class::Function);
        }
        (has(Trait::Capitals) && word.starts_with(char::is_uppercase)).then_some(Class::Name)
    }

    /// What `word` is in a command, with `after` behind it.
    fn argument(&self, word: &str, after: &str) -> Option<Class> {
        let language = self.language;
        if language.lists(language.keywords, word) && (self.begins || word == "in") {
            return Some(Class::Keyword);
        }
        if language.lists(language.constants, word) || word.starts_with('-') && word.len() > 1 {
            return Some(Class::Constant);
        }
        if self.begins && after.starts_with('=') {
            return Some(Class::Name);
        }
        self.begins.then_some(Class::Function)
    }
}

/// How many bytes at the beginning of `text` are such characters.
fn run(text: &str, is_such: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_such(c)).unwrap_or(text.len())
}

/// The length of the number at the beginning of `text`: with fractions, bases, exponents and units.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_part = |at: usize, byte: u8| {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.' && is_digit(at + 1)
    };
    bytes.iter().enumerate().position(|(at, byte)| !is_part(at, *byte)).unwrap_or(bytes.len())
}

/// The length of the variable at the beginning of `text`: `$name`, `${name}`, `$1`, `$?`.
fn variable(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('$')?;
    let first = rest.chars().next()?;
    if first == '{' {
        let end = rest.find(['}', '\n'])?;
        return rest.get(end..)?.starts_with('}').then_some(end + 2);
    }
    if matches!(first, '?' | '#' | '@' | '*' | '!' | '$' | '-') {
        return Some(2);
    }
    let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
    (length > 0).then_some(length + 1)
}

/// How long the inside of a text is, with the sign behind it; nothing if this is no text.
fn inside(quote: &Quote, text: &str) -> Option<usize> {
    match quote.content {
        Content::Raw => Some(text.find(quote.close).map_or(text.len(), |end| end + quote.close.len())),
        Content::Character => {
            let length = match text.strip_prefix('\\') {
                Some(escaped) => 1 + escaped.find('\'')?.max(1),
                None => text.chars().next()?.len_utf8(),
            };
            text.get(length..)?.starts_with(quote.close).then_some(length + quote.close.len())
        }
        Content::Line => Some(closed(quote, text.split('\n').next().unwrap_or_default())),
        Content::Lines | Content::Filled => Some(closed(quote, text)),
    }
}

/// Where the first closing sign ends that stands behind no backslash, or the end of `text`.
fn closed(quote: &Quote, text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if rest.starts_with(quote.close) {
            return at + quote.close.len();
        }
        let mut characters = rest.chars();
        let Some(first) = characters.next() else { break };
        let escaped = if first == '\\' { characters.next() } else { None };
        at += first.len_utf8() + escaped.map_or(0, char::len_utf8);
    }
    text.len()
}

/// Draws a text with the variables in it.
fn filled(painter: &mut Painter, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        let length = variable(from).filter(|_| !before.ends_with('\\'));
        painter.put(Some(Class::String), before);
        let (name, behind) = from.split_at(length.unwrap_or(1));
        painter.put(Some(if length.is_some() { Class::Name } else { Class::String }), name);
        rest = behind;
    }
    painter.put(Some(Class::String), rest);
}
