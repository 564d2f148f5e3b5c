//! Pieces of code with their classes, as HTML.

use super::class::Class;
use crate::parse::markdown::escape;

/// Writes pieces one after the other; neighbours of one class share a tag.
#[derive(Debug)]
pub struct Painter {
    html: String,
    open: Option<Class>,
}

impl Painter {
    /// A painter for some `length` bytes of code.
    pub fn new(length: usize) -> Self {
        Self { html: String::with_capacity(length * 3), open: None }
    }

    /// The next piece.
    pub fn put(&mut self, class: Option<Class>, text: &str) {
        // Blanks have no colour.
        let class =
            if text.trim_ascii().is_empty() { self.open.filter(|open| Some(*open) == class) } else { class };
        if class != self.open && !text.is_empty() {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push(class.letter());
                self.html.push_str("\">");
            }
            self.open = class;
        }
        escape::text_into(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    /// The HTML of all pieces.
    pub fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_tag() {
        let mut painter = Painter::new(0);
        for (class, text) in [
            (Some(Class::Keyword), "if"),
            (Some(Class::Keyword), "<"),
            (None, " "),
            (Some(Class::String), "a"),
            (Some(Class::String), "\n"),
            (Some(Class::String), "b"),
        ] {
            painter.put(class, text);
        }
        assert_eq!(painter.finish(), "<span class=\"k\">if&lt;</span> <span class=\"s\">a\nb</span>");
    }
}
