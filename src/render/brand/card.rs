//! The picture that other sites show beside a link to a public portal: its name on its accent.

use super::Brand;
use super::drawing::{Area, Sheet};
use super::icons::MARK;
use super::letters::{self, Outline};
use crate::model::color::Color;

/// The width that other sites ask for.
pub const WIDTH: u16 = 1200;

/// The height.
pub const HEIGHT: u16 = 630;

/// The space at the sides.
const EDGE: f32 = 84.0;

/// The letters of a title that is as short as most are, and what they may shrink to.
const SIZES: [f32; 4] = [104.0, 88.0, 72.0, 56.0];

/// The smallest of them.
const SMALLEST: f32 = SIZES[SIZES.len() - 1];

/// From one line of a title to the next, in letters.
const LEADING: f32 = 1.12;

/// The letters of the line under it.
const SMALL: f32 = 36.0;

/// The same for that line.
const ABOUT_LEADING: f32 = 1.35;

/// How many lines of it are shown.
const ABOUT_LINES: usize = 2;

/// Between the title and that line.
const BETWEEN: f32 = 24.0;

/// The height of the white band behind a logo.
const BAND: u16 = 190;

/// The height of a logo on it.
const LOGO_HEIGHT: f32 = 110.0;

/// Where texts may begin, below the logo or the mark.
const TOP: f32 = 215.0;

/// The dots of one of the mark's 24 parts.
const MARK_SCALE: f32 = 5.25;

/// The width that texts may have.
const TEXT_WIDTH: f32 = 1200.0 - 2.0 * EDGE;

/// The name among the assets of the picture in `language`.
pub fn name(language: &str) -> String {
    format!("card.{language}.png")
}

/// The picture with a title and, below it, a line about the portal. Letters that the font does not have cannot be
/// drawn: then the mark stands alone.
pub fn png(brand: &Brand<'_>, title: &str, about: Option<&str>) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(u32::from(WIDTH), u32::from(HEIGHT))?;
    let (ground, ink) = (brand.accent.named.hex(), brand.accent.on_named().hex());
    let head = match brand.logo {
        Some(_) => format!("<path fill=\"{}\" d=\"M0 0h{WIDTH}v{BAND}H0z\"/>", Color::WHITE.hex()),
        // The mark begins at the third of its 24 parts.
        None => format!(
            "<path transform=\"translate({} 68) scale({MARK_SCALE})\" d=\"{MARK}\"/>",
            EDGE - 3.0 * MARK_SCALE
        ),
    };
    sheet.draw(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{ground}\"/><g fill=\"{ink}\">{head}{}</g></svg>",
        texts(title, about)
    ))?;
    if let Some(logo) = brand.logo {
        let (own_width, own_height) = logo.picture.size();
        let width = (own_width / own_height * LOGO_HEIGHT).min(TEXT_WIDTH);
        let y = (f32::from(BAND) - LOGO_HEIGHT) / 2.0;
        sheet.put(&logo.picture, Area { x: EDGE, y, width, height: LOGO_HEIGHT });
    }
    sheet.png()
}

/// The title and the line below it, from the lower edge upwards.
fn texts(title: &str, about: Option<&str>) -> String {
    let mut about = about.and_then(|about| letters::lines(about, SMALL, TEXT_WIDTH)).unwrap_or_default();
    about.truncate(ABOUT_LINES);
    let gap = if about.is_empty() { 0.0 } else { BETWEEN };
    let about_height = gap + height(about.len(), SMALL * ABOUT_LEADING);
    let room = f32::from(HEIGHT) - EDGE - about_height - TOP;
    let (size, title) = fitted(title, room).unwrap_or_default();
    let mut y = f32::from(HEIGHT) - EDGE - about_height - height(title.len(), size * LEADING);
    let mut set = |line: &Outline, down: f32| {
        y += down;
        format!("<path transform=\"translate({EDGE} {y})\" d=\"{}\"/>", line.path)
    };
    let mut drawn: String = title.iter().map(|line| set(line, size * LEADING)).collect();
    for (number, line) in about.iter().enumerate() {
        drawn.push_str(&set(line, SMALL * ABOUT_LEADING + if number == 0 { gap } else { 0.0 }));
    }
    drawn
}

/// The height of so many lines.
fn height(lines: usize, line: f32) -> f32 {
    (0..lines).map(|_| line).sum()
}

/// The title in the largest letters in which it has room, and their size; in the smallest, the lines that have.
fn fitted(title: &str, room: f32) -> Option<(f32, Vec<Outline>)> {
    let of_size = |size: f32| Some((size, letters::lines(title, size, TEXT_WIDTH)?));
    let fits = |size: f32, lines: &[Outline]| {
        height(lines.len(), size * LEADING) <= room && lines.iter().all(|line| line.width <= TEXT_WIDTH)
    };
    let found = SIZES.into_iter().filter_map(of_size).find(|(size, lines)| fits(*size, lines));
    found.or_else(|| {
        let (size, mut lines) = of_size(SMALLEST)?;
        while !lines.is_empty() && height(lines.len(), size * LEADING) > room {
            lines.pop();
        }
        Some((size, lines))
    })
}

#[cfg(test)]
mod tests {
    use super::super::accent::Accent;
    use super::*;

    #[test]
    fn long_titles_are_set_in_smaller_letters() {
        for (title, size, lines) in [
            ("Portaal", 104.0, 1),
            ("Testimise portaal", 104.0, 1),
            ("Maanteeameti ja Sotsiaalkindlustusameti ühine testimise portaal", 72.0, 3),
        ] {
            let (found, set) = fitted(title, 250.0).expect(title);
            assert_eq!((found, set.len()), (size, lines), "{title}");
        }
        let (size, set) = fitted(&"pikk pealkiri ".repeat(60), 250.0).expect("a title");
        assert_eq!((size, set.len()), (SMALLEST, 3));
        assert_eq!(fitted("試験", 250.0), None);
    }

    #[test]
    fn a_picture_is_made_of_any_title() {
        let brand = Brand { accent: Accent::default(), logo: None };
        for (title, about) in [("Portaal", None), ("", Some("")), ("試験", Some("試験")), ("A", Some("B"))]
        {
            assert!(png(&brand, title, about).is_some(), "{title}");
        }
    }
}
