//! Colours code: classes in the HTML, colours in one style sheet. The one file that names `giallo`.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use giallo::{FontStyle, HighlightOptions, HighlightedText, Registry, Style, ThemeVariant};

use super::escape;

const LIGHT: &str = "github-light-default";
const DARK: &str = "github-dark-default";

/// Grammars and themes. Loading takes some 50 ms, so it waits until code is met; afterwards nothing
/// changes but the library's own cache of compiled patterns, which no result depends on.
static LIBRARY: LazyLock<Option<Library>> = LazyLock::new(Library::load);

struct Library {
    registry: Registry,
    light: Palette,
    dark: Palette,
}

/// The colours of a theme, numbered.
struct Palette {
    numbers: HashMap<String, usize>,
    colours: Vec<String>,
    plain: Style,
}

impl Library {
    fn load() -> Option<Self> {
        let registry = Registry::builtin().ok()?;
        let light = Palette::of(&registry, LIGHT)?;
        let dark = Palette::of(&registry, DARK)?;
        Some(Self { registry, light, dark })
    }
}

impl Palette {
    fn of(registry: &Registry, theme: &str) -> Option<Self> {
        let options = HighlightOptions::new("plain", ThemeVariant::Single(theme));
        let ThemeVariant::Single(compiled) = registry.highlight("", &options).ok()?.theme else {
            return None;
        };
        let plain = compiled.default_style;
        let css = registry.generate_css(theme, "").ok()?;
        let mut colours: Vec<String> = css.lines().filter_map(colour).collect();
        colours.sort();
        colours.dedup();
        let numbers = colours.iter().enumerate().map(|(number, colour)| (colour.clone(), number)).collect();
        Some(Self { numbers, colours, plain })
    }

    /// The number of the colour of `style`, unless it is the colour of all text.
    fn number(&self, style: Style) -> Option<usize> {
        if style.foreground == self.plain.foreground {
            return None;
        }
        self.numbers.get(&style.foreground.as_hex()).copied()
    }
}

/// The colour in a line such as `.12 { color: #0A3069; }`.
fn colour(line: &str) -> Option<String> {
    let (_, colour) = line.split_once("{ color: ")?;
    Some(colour.split(';').next()?.to_owned())
}

/// `code` in `language` with classes, or nothing if the language is unknown.
pub fn html(language: &str, code: &str) -> Option<String> {
    let library = LIBRARY.as_ref()?;
    if !library.registry.contains_grammar(language) {
        return None;
    }
    let options = HighlightOptions::new(language, ThemeVariant::Dual { light: LIGHT, dark: DARK });
    let coloured = library.registry.highlight(code, &options).ok()?;
    let lines: Vec<String> = coloured.tokens.iter().map(|line| line_html(library, line)).collect();
    let mut html = lines.join("\n");
    if code.ends_with('\n') && !html.ends_with('\n') {
        html.push('\n');
    }
    Some(html)
}

/// One line; neighbours that look the same share a tag.
fn line_html(library: &Library, line: &[HighlightedText]) -> String {
    let mut html = String::new();
    for same in line.chunk_by(|a, b| a.style == b.style) {
        let text: String = same.iter().map(|token| escape::text(&token.text)).collect();
        match same.first().map(|token| classes(library, token)).unwrap_or_default() {
            classes if classes.is_empty() => html.push_str(&text),
            classes => html.push_str(&format!("<span class=\"{classes}\">{text}</span>")),
        }
    }
    html
}

fn classes(library: &Library, token: &HighlightedText) -> String {
    let ThemeVariant::Dual { light, dark } = token.style else { return String::new() };
    let light_class = library.light.number(light).map(|number| format!("l{number}"));
    let dark_class = library.dark.number(dark).map(|number| format!("d{number}"));
    let bold = light.font_style.contains(FontStyle::BOLD).then(|| "b".to_owned());
    let italic = light.font_style.contains(FontStyle::ITALIC).then(|| "i".to_owned());
    [light_class, dark_class, bold, italic].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The style sheet of coloured code: light colours, and dark ones where the reader's device or own
/// choice (`data-theme` on the root) asks for them. Paper is always light.
pub fn highlight_css() -> String {
    let Some(library) = LIBRARY.as_ref() else { return String::new() };
    let mut css = String::from("@layer code {\n");
    for (class, palette) in [('l', &library.light), ('d', &library.dark)] {
        for (number, colour) in palette.colours.iter().enumerate() {
            // Writing into a string cannot fail.
            let _ = writeln!(css, "pre .{class}{number} {{ --{class}: {colour}; }}");
        }
    }
    css.push_str(RULES);
    css
}

const RULES: &str = "\
pre .b { font-weight: bold; }
pre .i { font-style: italic; }
pre code span { color: var(--l, inherit); }
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme=\"light\"]) pre code span { color: var(--d, inherit); }
}
@media screen {
  :root[data-theme=\"dark\"] pre code span { color: var(--d, inherit); }
}
}
";
