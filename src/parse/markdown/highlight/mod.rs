//! Colours code: classes in the HTML, colours in one style sheet.
//!
//! 1. [`language`] lists how the languages that guides for testers mostly show are written.
//! 2. [`lexer`] cuts code in such a language into words, texts and comments, [`yaml`] and [`markup`] do where lines or
//!    tags say what a piece is, in one pass each.
//! 3. [`grammar`] knows all other languages; it takes hundreds of times as long.
//! 4. [`class`] says which colours there are, [`painter`] writes the HTML.

mod class;
mod grammar;
mod language;
mod lexer;
mod markup;
mod painter;
mod yaml;

pub use class::css as highlight_css;

/// Larger blocks are not coloured: it would make the page many times as large.
const LARGEST: usize = 64 * 1024;

/// Nor are blocks with longer lines: no person reads such code.
const LONGEST_LINE: usize = 1000;

/// `code` in `language` with classes, or nothing if the language is unknown or the code too large.
pub fn html(language: &str, code: &str) -> Option<String> {
    if code.len() > LARGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    match language {
        "yaml" | "yml" => Some(yaml::html(code)),
        "html" | "xml" | "svg" | "xhtml" => Some(markup::html(code)),
        _ => match language::of(language) {
            Some(language) => Some(lexer::html(language, code)),
            None => grammar::html(language, code),
        },
    }
}

#[cfg(test)]
mod tests;
