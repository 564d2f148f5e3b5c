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

/// The line on which `place` begins; nothing for a file without a text, or for a file as a whole.
pub fn excerpt(place: Place, sources: &dyn SourceText) -> Option<Excerpt> {
    /// A line of a megabyte is cut some way behind the fault.
    const AFTER: usize = 200;
    let text = sources.text(place.file).filter(|text| !text.is_empty())?;
    if place.start == 0 && place.end == 0 {
        return None;
    }
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let shown_end = text.floor_char_boundary(line_end.min(start.saturating_add(AFTER)));
    let end = text.floor_char_boundary((place.end as usize).min(shown_end)).max(start);
    Some(Excerpt {
        line: line_column(text, start).line,
        text: text[line_start..shown_end].trim_end_matches('\r').to_owned(),
        indent: text[line_start..start].chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect(),
        carets: text[start..end].chars().count().max(1),
    })
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

    struct One(&'static str);

    impl SourceText for One {
        fn path(&self, _file: FileId) -> &'static str {
            "content/a.yaml"
        }

        fn text(&self, _file: FileId) -> Option<&str> {
            Some(self.0)
        }
    }

    #[test]
    fn carets_stand_under_what_is_meant() {
        let source = One("title: õun\n\trelease: 2026.1\n");
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
}
