//! Faults for a person at a terminal: rustc's layout, drawn by `annotate-snippets`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use super::{Diagnostic, FileId, Level, LineColumn, LineStarts, Place, SourceText};

/// Prints faults for people.
pub struct Human {
    color: bool,
    renderer: Renderer,
    /// Counted once a file: a run of a hundred thousand cases may have as many faults.
    lines: RefCell<HashMap<FileId, LineStarts>>,
}

impl Human {
    /// A printer, with or without terminal colours.
    pub fn new(color: bool) -> Self {
        Self {
            color,
            renderer: if color { Renderer::styled() } else { Renderer::plain() },
            lines: RefCell::default(),
        }
    }

    /// One fault: `path:line:column: level[rule]: message`, the source line with a caret, the hint.
    pub fn print(&self, fault: &Diagnostic, sources: &dyn SourceText) -> String {
        let mut out = format!("{}: {}\n", self.heading(fault, sources), fault.message);
        if let Some(group) = self.source_group(fault, sources).filter(|_| !fault.is_secret) {
            let drawn = self.renderer.render(&[group]);
            // The title and the first arrow say what the heading has said.
            for line in drawn.lines().skip(2) {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
        if let Some(hint) = &fault.hint {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  = hint: {hint}");
        }
        out
    }

    fn heading(&self, fault: &Diagnostic, sources: &dyn SourceText) -> String {
        let level = format!("{}[{}]", fault.level.word(), fault.rule.name);
        format!("{}: {}", self.location(fault.place, sources), self.painted(fault.level, &level))
    }

    /// `text` in the colour of a level, bold: red for errors, yellow for warnings (ECMA-48, SGR).
    fn painted(&self, level: Level, text: &str) -> String {
        let code = if level == Level::Error { 31 } else { 33 };
        if self.color { format!("\u{1b}[1;{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `path:line:column`, or the path alone for a file that has no text.
    fn location(&self, place: Place, sources: &dyn SourceText) -> String {
        let path = sources.path(place.file);
        match sources.text(place.file) {
            Some(text) => {
                let at = self.line_column(place, text);
                format!("{path}:{}:{}", at.line, at.column)
            }
            None => path.to_owned(),
        }
    }

    fn line_column(&self, place: Place, text: &str) -> LineColumn {
        let mut lines = self.lines.borrow_mut();
        lines
            .entry(place.file)
            .or_insert_with(|| LineStarts::of(text))
            .line_column(text, place.start as usize)
    }

    fn source_group<'a>(&self, fault: &'a Diagnostic, sources: &'a dyn SourceText) -> Option<Group<'a>> {
        let title = match fault.level {
            Level::Error => Title::ERROR,
            Level::Warn | Level::Off => Title::WARNING,
        };
        let snippet = self.snippet(fault.place, sources, AnnotationKind::Primary, "")?;
        let mut group = title.primary_title("").element(snippet);
        for (place, phrase) in &fault.related {
            if let Some(snippet) = self.snippet(*place, sources, AnnotationKind::Context, phrase) {
                group = group.element(snippet);
            }
        }
        Some(group)
    }

    /// The lines a place stands on, cut out of the file so that drawing costs nothing on a long one.
    fn snippet<'a>(
        &self,
        place: Place,
        sources: &'a dyn SourceText,
        kind: AnnotationKind,
        label: &'a str,
    ) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
        let text = sources.text(place.file).filter(|text| !text.is_empty())?;
        let start = text.floor_char_boundary((place.start as usize).min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let end = text.floor_char_boundary((place.end as usize).min(line_end)).max(start);
        let line = self.line_column(place, text).line;
        let shown = &text[line_start..window_end(text, start, line_end)];
        let span = (start - line_start)..(end - line_start).min(shown.len());
        let annotation = kind.span(span);
        let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
        Some(Snippet::source(shown).path(sources.path(place.file)).line_start(line).annotation(annotation))
    }
}

/// A line of a megabyte is cut some way behind the fault.
fn window_end(text: &str, start: usize, line_end: usize) -> usize {
    const AFTER: usize = 400;
    text.floor_char_boundary(line_end.min(start.saturating_add(AFTER)))
}
