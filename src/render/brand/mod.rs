//! What a portal shows of its agency: the accent colour, the logo, icons, and the picture that other sites show of it.

pub mod accent;
mod card;
mod drawing;
pub mod icons;
mod letters;
pub mod logo;
pub mod manifest;
pub mod social;

use crate::model::color::Color;
use crate::model::portal::Portal;
use accent::Accent;
use logo::Logo;

/// What the pictures of a portal are made of.
pub struct Brand<'a> {
    /// Its accent colour.
    pub accent: Accent,
    /// Its logo.
    pub logo: Option<&'a Logo>,
}

/// The accent colour that a portal names; the default one where it names none, or none that can be read.
pub fn accent(portal: &Portal) -> Accent {
    named_accent(portal).map_or_else(Accent::default, Accent::of)
}

/// The accent colour as it is named, which costs nothing: nobody makes it readable.
pub fn named(portal: &Portal) -> Color {
    named_accent(portal).unwrap_or(accent::DEFAULT)
}

/// The accent colour that a portal names itself.
pub fn named_accent(portal: &Portal) -> Option<Color> {
    Color::read(&portal.theme.as_ref()?.accent.as_ref()?.value)
}

impl<'a> Brand<'a> {
    /// The brand of a portal with this logo.
    pub fn of(portal: &Portal, logo: Option<&'a Logo>) -> Self {
        Self { accent: accent(portal), logo }
    }

    /// The pictures by their names among the assets: the icons, and in each of `languages`, where there are any, the
    /// picture for other sites.
    pub fn files(&self, portal: &Portal, languages: &[String], default: &str) -> Vec<(String, Vec<u8>)> {
        let mut files = icons::files(self);
        files.extend(languages.iter().filter_map(|language| {
            let about = portal.description.as_ref().map(|text| text.get(language, default));
            Some((card::name(language), card::png(self, portal.title.get(language, default), about)?))
        }));
        files
    }

    /// The logo where it can be an icon.
    fn square_logo(&self) -> Option<&'a Logo> {
        self.logo.filter(|logo| logo.is_square())
    }
}
