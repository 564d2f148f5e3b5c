//! The default style: colours, letter sizes and spaces are tokens, few and explained, so that one style sheet of an
//! agency can put its own design in their place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Colours by their names; those that a slip would most likely bring in.
const WORDS: [&str; 4] = ["black", "white", "red", "blue"];

/// Properties whose lengths are tokens.
const SPACED: [&str; 7] = ["padding", "margin", "gap", "row-gap", "column-gap", "font-size", "border-radius"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// A style sheet without its comments.
fn style() -> String {
    let text = read("themes/default/assets/style.css");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain + rest
}

/// The declarations of a style sheet with the selectors they stand under.
fn declarations(style: &str) -> Vec<(String, String, String)> {
    let mut selectors: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut piece = String::new();
    for letter in style.chars() {
        match letter {
            '{' => selectors.push(std::mem::take(&mut piece).trim().to_owned()),
            ';' | '}' => {
                if let Some((property, value)) = piece.split_once(':') {
                    found.push((selectors.join(" "), property.trim().to_owned(), value.trim().to_owned()));
                }
                piece.clear();
                if letter == '}' {
                    selectors.pop();
                }
            }
            letter => piece.push(letter),
        }
    }
    found
}

/// Whether the declaration gives a token its value: in the layer of tokens, or on paper.
fn is_token(selectors: &str, property: &str) -> bool {
    selectors.starts_with("@layer tokens") || (property.starts_with("--") && selectors.contains(":root"))
}

#[test]
fn colours_stand_in_tokens_alone() {
    let raw: Vec<_> = declarations(&style())
        .into_iter()
        .filter(|(selectors, property, value)| {
            let parts: Vec<&str> = value.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
            // The number sign of a text is no colour.
            let is_raw = (property != "content" && value.contains('#'))
                || ["rgb(", "hsl(", "oklch(", "lab("].iter().any(|function| value.contains(function))
                || (property != "white-space" && WORDS.iter().any(|word| parts.contains(word)));
            is_raw && !is_token(selectors, property)
        })
        .collect();
    assert!(raw.is_empty(), "{raw:#?}");
}

/// Lengths that follow the letters (`em`), hairlines and nothing at all are no sizes of their own.
#[test]
fn spaces_and_letter_sizes_stand_in_tokens_alone() {
    let is_odd = |value: &str| {
        value
            .split(|c: char| !(c.is_alphanumeric() || c == '.'))
            .filter(|part| part.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
            .any(|part| {
                (part.ends_with("rem") || part.ends_with("px") || part.ends_with("pt"))
                    && !["0px", "1px"].contains(&part)
            })
    };
    let odd: Vec<_> = declarations(&style())
        .into_iter()
        .filter(|(selectors, property, value)| {
            let is_spaced =
                SPACED.iter().any(|name| property == name || property.starts_with(&format!("{name}-")));
            is_spaced && is_odd(value) && !is_token(selectors, property) && !selectors.contains("@page")
        })
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

/// The tokens of the default style, by their names.
fn tokens() -> BTreeSet<String> {
    let named = declarations(&style());
    let own = named
        .into_iter()
        .filter(|(selectors, property, _)| selectors == "@layer tokens :root" && property.starts_with("--"));
    own.map(|(_, property, _)| property).collect()
}

#[test]
fn every_token_is_used_and_explained() {
    let (style, guide) = (style(), read("docs/theme.md"));
    for token in tokens() {
        assert!(style.contains(&format!("var({token})")), "`{token}` is used nowhere");
        assert!(guide.contains(&format!("| `{token}`")), "docs/theme.md does not explain `{token}`");
    }
    let explained = guide.lines().filter_map(|line| line.strip_prefix("| `--")?.split_once('`'));
    for (name, _) in explained {
        assert!(
            tokens().contains(&format!("--{name}")),
            "docs/theme.md explains `--{name}`, which is no token"
        );
    }
}

#[test]
fn tokens_are_few() {
    const MOST: usize = 60;
    assert!(tokens().len() <= MOST, "{} tokens", tokens().len());
}
