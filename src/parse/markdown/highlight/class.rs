//! What a piece of code is, and the colour that says so.

use std::fmt::Write;

/// What a piece of code is, as far as colours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// What is said to people.
    Comment,
    /// A word of the language.
    Keyword,
    /// A number, a truth value, an option of a command.
    Constant,
    /// Text.
    String,
    /// What is called: a function, a command.
    Function,
    /// The name of an element, or of what a value belongs to.
    Key,
    /// A type or a variable.
    Name,
    /// What was taken out.
    Removed,
}

/// The colours of a class, on light and on dark grounds.
struct Colours {
    class: Class,
    letter: char,
    light: &'static str,
    dark: &'static str,
}

/// The themes `github-light-high-contrast` and `github-dark-default`, whose colours stand for the same things.
const COLOURS: [Colours; 8] = [
    Colours { class: Class::Comment, letter: 'c', light: "#66707B", dark: "#8B949E" },
    Colours { class: Class::Keyword, letter: 'k', light: "#A0111F", dark: "#FF7B72" },
    Colours { class: Class::Constant, letter: 'n', light: "#023B95", dark: "#79C0FF" },
    Colours { class: Class::String, letter: 's', light: "#032563", dark: "#A5D6FF" },
    Colours { class: Class::Function, letter: 'f', light: "#622CBC", dark: "#D2A8FF" },
    Colours { class: Class::Key, letter: 't', light: "#024C1A", dark: "#7EE787" },
    Colours { class: Class::Name, letter: 'v', light: "#702C00", dark: "#FFA657" },
    Colours { class: Class::Removed, letter: 'x', light: "#6E011A", dark: "#FFDCD7" },
];

impl Class {
    /// The class in HTML.
    pub fn letter(self) -> char {
        COLOURS.iter().find(|colours| colours.class == self).map_or('c', |colours| colours.letter)
    }

    /// The class whose colour on light grounds is `colour`, such as `#66707B`.
    pub fn of_light(colour: &str) -> Option<Self> {
        COLOURS.iter().find(|colours| colours.light == colour).map(|colours| colours.class)
    }
}

/// The style sheet of coloured code: light colours, and dark ones where the reader's device or own
/// choice (`data-theme` on the root) asks for them. Paper is always light.
pub fn css() -> String {
    let mut css = String::from("@layer code {\n");
    for Colours { letter, light, dark, .. } in &COLOURS {
        // Writing into a string cannot fail.
        let _ = writeln!(css, "pre code .{letter} {{ --l: {light}; --d: {dark}; }}");
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

    /// The grounds on which code stands: page and block.
    const LIGHT: [&str; 2] = ["#FFFFFF", "#F3F5F7"];
    const DARK: [&str; 2] = ["#0D1117", "#19212B"];

    /// The contrast of two colours such as `#0A3069`, as WCAG 2 defines it.
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (a, b, expected) in
            [("#000000", "#FFFFFF", 21.0), ("#767676", "#FFFFFF", 4.54), ("#ABCDEF", "#ABCDEF", 1.0)]
        {
            assert!((contrast(a, b) - expected).abs() < 0.01, "{a} {b} {}", contrast(a, b));
        }
    }

    #[test]
    fn every_colour_can_be_read() {
        for Colours { light, dark, .. } in &COLOURS {
            assert!(LIGHT.iter().all(|ground| contrast(light, ground) >= 4.5), "{light}");
            assert!(DARK.iter().all(|ground| contrast(dark, ground) >= 4.5), "{dark}");
        }
    }

    #[test]
    fn letters_and_colours_are_apart() {
        for (at, colours) in COLOURS.iter().enumerate() {
            let others = &COLOURS[at + 1..];
            assert!(
                others.iter().all(|other| other.letter != colours.letter && other.light != colours.light)
            );
            assert_eq!(Class::of_light(colours.light), Some(colours.class));
        }
    }
}
