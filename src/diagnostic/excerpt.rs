//! The source line of a fault, for printers that draw it themselves.

use super::{Place, SourceText, line_column};

/// A line of a source and what of it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's number, from 1.
    pub line: usize,
    /// The line, without its end.
    pub text: String,
    /// What stands under the line before the carets: blanks, and tabs where the line has them.
    pub indent: String,
    /// How many carets follow; at least one.
    pub carets: usize,
}

/// How much of a long line is shown before what is meant, and behind its start, in bytes.
const BEFORE: usize = 60;
const BEHIND: usize = 200;

/// The line on which `place` begins, cut on both sides if it is long; nothing for a file without a text,
/// or for a file as a whole.
pub fn excerpt(place: Place, sources: &dyn SourceText) -> Option<Excerpt> {
    let text = sources.text(place.file).filter(|text| !text.is_empty())?;
    if place.start == 0 && place.end == 0 {
        return None;
    }
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let shown_start = text.floor_char_boundary(line_start.max(start.saturating_sub(BEFORE)));
    let shown_end = text.floor_char_boundary(line_end.min(start.saturating_add(BEHIND)));
    let end = text.floor_char_boundary((place.end as usize).min(shown_end)).max(start);
    let cut = if shown_start > line_start { "…" } else { "" };
    let before = cut.chars().chain(text[shown_start..start].chars());
    Some(Excerpt {
        line: line_column(text, start).line,
        indent: before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect(),
        text: format!("{cut}{}", text[shown_start..shown_end].trim_end_matches('\r')),
        carets: text[start..end].chars().count().max(1),
    })
}

/// The whole line on which `place` begins; nothing for a file without a text, or for a file as a whole.
pub fn line_of(place: Place, sources: &dyn SourceText) -> Option<&str> {
    let text = sources.text(place.file).filter(|text| !text.is_empty())?;
    if place.start == 0 && place.end == 0 {
        return None;
    }
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let before = text.get(..start)?.rfind('\n').map_or(0, |newline| newline + 1);
    text.get(before..)?.lines().next()
}

/// `path:line:column`, or the path alone for a file that has no text.
pub fn location(place: Place, sources: &dyn SourceText) -> String {
    let path = sources.path(place.file);
    match sources.text(place.file) {
        Some(text) => {
            let at = line_column(text, place.start as usize);
            format!("{path}:{}:{}", at.line, at.column)
        }
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    struct One(String);

    impl SourceText for One {
        fn path(&self, _file: FileId) -> &'static str {
            "content/a.yaml"
        }

        fn text(&self, _file: FileId) -> Option<&str> {
            Some(&self.0)
        }
    }

    #[test]
    fn carets_stand_under_what_is_meant() {
        let source = One("title: õun\n\trelease: 2026.1\n".to_owned());
        let place = |start, end| Place::new(FileId::of("content/a.yaml"), start, end);
        let start = source.0.find("2026").expect("a release");
        let found = excerpt(place(start, start + 6), &source).expect("a line");
        let wanted =
            Excerpt { line: 2, text: "\trelease: 2026.1".into(), indent: "\t         ".into(), carets: 6 };
        assert_eq!(found, wanted);
        assert_eq!(location(place(start, start + 6), &source), "content/a.yaml:2:11");
        assert_eq!(excerpt(place(0, 0), &source), None);
        assert_eq!(excerpt(place(999, 1000), &source).map(|found| (found.line, found.carets)), Some((3, 1)));
    }
    #[test]
    fn a_long_line_is_cut() {
        let source = One(format!("{}fault{}", "õ".repeat(500), " ".repeat(500)));
        let found = excerpt(Place::new(FileId::of("content/a.yaml"), 1000, 1005), &source).expect("a line");
        let wanted = format!("…{}fault{}", "õ".repeat(30), " ".repeat(195));
        assert_eq!((found.text, found.indent, found.carets), (wanted, " ".repeat(31), 5));
    }
}
