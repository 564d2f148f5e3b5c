//! Code in any of some two hundred languages, by grammars of an editor: slow and thorough. The one file that names
//! `giallo`.

use std::sync::LazyLock;

use giallo::{FontStyle, HighlightOptions, HighlightedText, Registry, Style, ThemeVariant};

use super::class::Class;
use crate::parse::markdown::escape;

/// The theme whose colours tell what a piece of code is.
const THEME: &str = "github-light-high-contrast";

/// The grammars. Loading takes some 50 ms, so it waits until such code is met; afterwards nothing
/// changes but the library's own cache of compiled patterns, which no result depends on.
static REGISTRY: LazyLock<Option<Registry>> = LazyLock::new(|| Registry::builtin().ok());

/// Blocks with deeper brackets are not coloured: the library's time grows with the square of the depth, and no
/// person reads such code.
const DEEPEST: usize = 64;

/// `code` in `language` with classes, or nothing if the language is unknown or the code too deep.
pub fn html(language: &str, code: &str) -> Option<String> {
    if depth(code) > DEEPEST {
        return None;
    }
    let registry = REGISTRY.as_ref()?;
    if !registry.contains_grammar(language) {
        return None;
    }
    let options = HighlightOptions::new(language, ThemeVariant::Single(THEME));
    let coloured = registry.highlight(code, &options).ok()?;
    let lines: Vec<String> = coloured.tokens.iter().map(|line| line_html(line)).collect();
    let mut html = lines.join("\n");
    if code.ends_with('\n') && !html.ends_with('\n') {
        html.push('\n');
    }
    Some(html)
}

/// How many brackets are open at once at most.
fn depth(code: &str) -> usize {
    let open = code.bytes().scan(0_usize, |open, byte| {
        match byte {
            b'(' | b'[' | b'{' => *open += 1,
            b')' | b']' | b'}' => *open = open.saturating_sub(1),
            _ => {}
        }
        Some(*open)
    });
    open.max().unwrap_or_default()
}

/// One line; neighbours that look the same share a tag.
fn line_html(line: &[HighlightedText]) -> String {
    let mut html = String::new();
    for same in line.chunk_by(|a, b| a.style == b.style) {
        let text: String = same.iter().map(|token| escape::text(&token.text)).collect();
        let classes = same.first().map(classes).unwrap_or_default();
        html.extend(if classes.is_empty() {
            [String::new(), text, String::new()]
        } else {
            [format!("<span class=\"{classes}\">"), text, "</span>".to_owned()]
        });
    }
    html
}

fn classes(token: &HighlightedText) -> String {
    let ThemeVariant::Single(Style { foreground, font_style, .. }) = token.style else {
        return String::new();
    };
    let class = Class::of_light(&foreground.as_hex()).map(|class| class.letter().to_string());
    let bold = font_style.contains(FontStyle::BOLD).then(|| "b".to_owned());
    let italic = font_style.contains(FontStyle::ITALIC).then(|| "i".to_owned());
    [class, bold, italic].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_has_the_colours_of_classes() {
        let css = Registry::builtin().expect("the grammars").generate_css(THEME, "").expect("the theme");
        let mut colours: Vec<&str> =
            css.lines().filter_map(|line| line.split_once("{ color: ")?.1.split(';').next()).collect();
        colours.sort_unstable();
        colours.dedup();
        let known: Vec<&str> =
            colours.iter().copied().filter(|colour| Class::of_light(colour).is_some()).collect();
        assert_eq!(known.len(), 8, "{colours:?}");
    }

    #[test]
    fn deep_code_stays_plain() {
        assert_eq!(html("diff", &"[".repeat(100)), None);
        assert!(html("diff", &"[]".repeat(100)).is_some());
        assert_eq!(html("no-such-language", "a"), None);
    }
}
