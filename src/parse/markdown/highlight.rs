//! Colours code: classes in the HTML, colours in one style sheet. The one file that names `giallo`.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use giallo::{FontStyle, HighlightOptions, HighlightedText, Registry, Style, ThemeVariant};

use super::escape;

/// A theme and the darkest or lightest grounds its colours must be read on.
struct Theme {
    name: &'static str,
    grounds: [&'static str; 2],
}

const LIGHT: Theme = Theme { name: "github-light-high-contrast", grounds: ["#FFFFFF", "#F3F5F7"] };
const DARK: Theme = Theme { name: "github-dark-default", grounds: ["#0D1117", "#19212B"] };

/// The least contrast of text, WCAG 2 level AA.
const READABLE: f64 = 4.5;

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
        let light = Palette::of(&registry, &LIGHT)?;
        let dark = Palette::of(&registry, &DARK)?;
        Some(Self { registry, light, dark })
    }
}

impl Palette {
    fn of(registry: &Registry, theme: &Theme) -> Option<Self> {
        let options = HighlightOptions::new("plain", ThemeVariant::Single(theme.name));
        let ThemeVariant::Single(compiled) = registry.highlight("", &options).ok()?.theme else {
            return None;
        };
        let plain = compiled.default_style;
        let css = registry.generate_css(theme.name, "").ok()?;
        // Themes have a few colours that are meant for other grounds; such text stays plain.
        let readable =
            |colour: &String| theme.grounds.iter().all(|ground| contrast(colour, ground) >= READABLE);
        let mut colours: Vec<String> = css.lines().filter_map(colour).filter(readable).collect();
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

/// Larger blocks are not coloured: it would take long and make the page many times as large.
const LARGEST: usize = 64 * 1024;

/// Nor are blocks with longer lines or deeper brackets: the library's time grows with the square of
/// the depth, and no person reads such code.
const LONGEST_LINE: usize = 1000;
const DEEPEST: usize = 64;

/// The contrast of two colours such as `#0A3069`, as WCAG 2 defines it.
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let digits = colour.get(at..at + 2).unwrap_or_default();
        let value = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// `code` in `language` with classes, or nothing if the language is unknown or the code too large.
pub fn html(language: &str, code: &str) -> Option<String> {
    if code.len() > LARGEST || code.lines().any(|line| line.len() > LONGEST_LINE) || depth(code) > DEEPEST {
        return None;
    }
    let library = LIBRARY.as_ref()?;
    if !library.registry.contains_grammar(language) {
        return None;
    }
    let options = HighlightOptions::new(language, ThemeVariant::Dual { light: LIGHT.name, dark: DARK.name });
    let coloured = library.registry.highlight(code, &options).ok()?;
    let lines: Vec<String> = coloured.tokens.iter().map(|line| line_html(library, line)).collect();
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
fn line_html(library: &Library, line: &[HighlightedText]) -> String {
    let mut html = String::new();
    for same in line.chunk_by(|a, b| a.style == b.style) {
        let text: String = same.iter().map(|token| escape::text(&token.text)).collect();
        let classes = same.first().map(|token| classes(library, token)).unwrap_or_default();
        html.extend(if classes.is_empty() {
            [String::new(), text, String::new()]
        } else {
            [format!("<span class=\"{classes}\">"), text, "</span>".to_owned()]
        });
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
            let _ = writeln!(css, "pre code .{class}{number} {{ --{class}: {colour}; }}");
        }
    }
    css.push_str(RULES);
    css
}

const RULES: &str = "\
pre code .b { font-weight: bold; }
pre code .i { font-style: italic; }
pre code span { color: var(--l, inherit); }
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme=\"light\"]) pre code span { color: var(--d, inherit); }
}
@media screen {
  :root[data-theme=\"dark\"] pre code span { color: var(--d, inherit); }
}
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (a, b, expected) in
            [("#000000", "#FFFFFF", 21.0), ("#767676", "#FFFFFF", 4.54), ("#ABCDEF", "#ABCDEF", 1.0)]
        {
            assert!((contrast(a, b) - expected).abs() < 0.01, "{a} {b} {}", contrast(a, b));
        }
    }

    #[test]
    fn each_theme_keeps_most_of_its_colours() {
        let library = LIBRARY.as_ref().expect("the built-in grammars");
        for palette in [&library.light, &library.dark] {
            assert!(palette.colours.len() >= 9, "{:?}", palette.colours);
        }
    }

    #[test]
    fn code_that_would_take_long_stays_plain() {
        for code in ["a: 1\n".repeat(20_000), "a".repeat(2000), "[".repeat(100)] {
            assert_eq!(html("yaml", &code), None);
        }
        assert!(html("yaml", &"[]".repeat(100)).is_some());
        assert_eq!(html("no-such-language", "a"), None);
    }
}
