//! Faults for a person at a terminal: rustc's layout, drawn by `annotate-snippets`.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use super::{Diagnostic, Level, Place, SourceText, line_column, location};

/// Prints faults for people.
pub struct Human {
    renderer: Renderer,
}

impl Human {
    /// A printer, with or without terminal colours.
    pub fn new(color: bool) -> Self {
        Self { renderer: if color { Renderer::styled() } else { Renderer::plain() } }
    }

    /// One fault: `path:line:column: level[rule]: message`, the source line with a caret, the hint.
    pub fn print(&self, fault: &Diagnostic, sources: &dyn SourceText) -> String {
        let mut out = format!("{}: {}\n", heading(fault, sources), fault.message);
        if let Some(group) = source_group(fault, sources) {
            let drawn = self.renderer.render(&[group]);
            // The title and the first arrow say what the heading has said.
            for line in drawn.lines().skip(2) {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
        if let Some(hint) = &fault.hint {
            out.push_str(&format!("  = hint: {hint}\n"));
        }
        out
    }
}

fn heading(fault: &Diagnostic, sources: &dyn SourceText) -> String {
    format!("{}: {}[{}]", location(fault.place, sources), fault.level.word(), fault.rule.name)
}

fn source_group<'a>(fault: &'a Diagnostic, sources: &'a dyn SourceText) -> Option<Group<'a>> {
    let title = match fault.level {
        Level::Error => Title::ERROR,
        Level::Warn | Level::Off => Title::WARNING,
    };
    let snippet = snippet(fault.place, sources, AnnotationKind::Primary, "")?;
    let mut group = title.primary_title("").element(snippet);
    for (place, phrase) in &fault.related {
        if let Some(snippet) = snippet_of(*place, sources, phrase) {
            group = group.element(snippet);
        }
    }
    Some(group)
}

fn snippet_of<'a>(
    place: Place,
    sources: &'a dyn SourceText,
    phrase: &'a str,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    snippet(place, sources, AnnotationKind::Context, phrase)
}

/// The lines a place stands on, cut out of the file so that drawing costs nothing on a long one.
fn snippet<'a>(
    place: Place,
    sources: &'a dyn SourceText,
    kind: AnnotationKind,
    label: &'a str,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let text = sources.text(place.file)?;
    if text.is_empty() {
        return None;
    }
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let end = text.floor_char_boundary((place.end as usize).min(line_end)).max(start);
    let line = line_column(text, start).line;
    let shown = &text[line_start..window_end(text, start, line_end)];
    let span = (start - line_start)..(end - line_start).min(shown.len());
    let annotation = kind.span(span);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    Some(Snippet::source(shown).path(sources.path(place.file)).line_start(line).annotation(annotation))
}

/// A line of a megabyte is cut some way behind the fault.
fn window_end(text: &str, start: usize, line_end: usize) -> usize {
    const AFTER: usize = 400;
    text.floor_char_boundary(line_end.min(start.saturating_add(AFTER)))
}
