//! Splits a page into its front matter and its text.

/// A page's two parts, each with the byte at which it begins.
#[derive(Debug, PartialEq, Eq)]
pub enum Split<'a> {
    /// The page has no front matter.
    None,
    /// The YAML between the two `---`, and the text after them.
    Parts {
        /// The YAML.
        yaml: &'a str,
        /// Where it begins.
        yaml_start: usize,
        /// The text.
        text: &'a str,
        /// Where it begins.
        text_start: usize,
    },
    /// The first `---` has no second one.
    Open,
}

/// Splits `page` at its front matter: lines of `---` (or `...` at the end) alone, the first one being
/// the page's first line. A `---` that is followed by an empty line is a thematic break, no front matter.
pub fn split(page: &str) -> Split<'_> {
    let Some(first) = page.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return Split::None;
    };
    let yaml_start = first.len();
    if page[yaml_start..].lines().next().is_none_or(|line| line.trim().is_empty()) {
        return Split::None;
    }
    let mut at = yaml_start;
    for line in page[yaml_start..].split_inclusive('\n') {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Split::Parts {
                yaml: &page[yaml_start..at],
                yaml_start,
                text: &page[end..],
                text_start: end,
            };
        }
        at = end;
    }
    Split::Open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_lines() {
        let page = "---\ntitle: A\n---\nText\n";
        let Split::Parts { yaml, yaml_start, text, text_start } = split(page) else {
            panic!("parts expected")
        };
        assert_eq!((yaml, yaml_start, text, text_start), ("title: A\n", 4, "Text\n", 17));
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        assert_eq!(split("---\n\nText"), Split::None);
        assert_eq!(split("Text\n---\n"), Split::None);
        assert_eq!(split("---\ntitle: A\n"), Split::Open);
        assert!(matches!(split("---\r\ntitle: A\r\n---\r\nText"), Split::Parts { .. }));
    }
}
