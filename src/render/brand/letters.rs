//! Letters as outlines, for pictures that are drawn by the build. The only file that names the reader of fonts.

use std::fmt::Write;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Inter Bold, the letters of Latin and Cyrillic alphabets (SIL Open Font License 1.1, see `letters/OFL.txt`).
const BOLD: &[u8] = include_bytes!("letters/inter-bold.ttf");

/// A line of text as an outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The data of an SVG path; the line begins at 0 and stands on 0.
    pub path: String,
    /// How wide it is.
    pub width: f32,
}

/// `text` with letters of `size`; nothing if one of its letters is not in the font.
pub fn outline(text: &str, size: f32) -> Option<Outline> {
    let face = Face::parse(BOLD, 0).ok()?;
    let mut pen = Pen { path: String::new(), x: 0.0, scale: size / f32::from(face.units_per_em()) };
    for letter in text.chars() {
        let glyph = glyph(&face, letter)?;
        // A letter without an outline is a space.
        let _ = face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(face.glyph_hor_advance(glyph)?) * pen.scale;
    }
    Some(Outline { path: pen.path, width: pen.x })
}

/// `text` on lines no wider than `width`, with letters of `size`; nothing if a letter is not in the font. A word that
/// is wider stands on a line of its own.
pub fn lines(text: &str, size: f32, width: f32) -> Option<Vec<Outline>> {
    let mut lines: Vec<(String, Outline)> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|(line, _)| format!("{line} {word}"));
        let fitting = longer.and_then(|line| Some((outline(&line, size)?, line)));
        match (fitting.filter(|(outline, _)| outline.width <= width), lines.last_mut()) {
            (Some((outline, line)), Some(last)) => *last = (line, outline),
            _ => lines.push((word.to_owned(), outline(word, size)?)),
        }
    }
    Some(lines.into_iter().map(|(_, outline)| outline).collect())
}

fn glyph(face: &Face<'_>, letter: char) -> Option<GlyphId> {
    face.glyph_index(letter)
}

/// Draws glyphs one after another.
struct Pen {
    path: String,
    x: f32,
    scale: f32,
}

impl Pen {
    fn draw(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (x, y) in points {
            // Writing to a string cannot fail.
            let _ = write!(self.path, "{:.2} {:.2} ", self.x + x * self.scale, -y * self.scale);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.draw('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.draw('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.draw('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.draw('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_our_languages_can_be_drawn() {
        for text in
            ["Testimise portaal", "Žürii õhtusöök šokolaadiga", "„Tere“ – 100 €", "Портал тестирования"]
        {
            assert!(outline(text, 10.0).is_some_and(|outline| outline.width > 20.0), "{text}");
        }
        assert_eq!(outline("試験", 10.0), None);
    }

    #[test]
    fn lines_are_as_wide_as_they_may_be() {
        let widths = |text: &str, width: f32| lines(text, 10.0, width).map(|lines| lines.len());
        assert_eq!(widths("a b c", 1000.0), Some(1));
        assert_eq!(widths("aaaa bbbb cccc", 40.0), Some(3));
        assert_eq!(widths("aaaaaaaaaaaaaaaaaaaaaaaaaaaa b", 40.0), Some(2));
        assert_eq!(widths("", 40.0), Some(0));
    }
}
