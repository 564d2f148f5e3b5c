//! The icons of a portal: in the tab of a browser, on the screen of a phone, in a list of programs.

use super::Brand;
use super::drawing::{Area, Sheet};
use crate::model::color::Color;

/// The icon in the tab, where the logo is no PNG.
pub const FAVICON: &str = "favicon.svg";

/// The icon on the screen of an Apple phone: it is not see-through.
pub const APPLE: &str = "apple-touch-icon.png";

/// An icon of dots that a web manifest names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    /// Its name among the assets.
    pub name: &'static str,
    /// Its dots to a side.
    pub side: u16,
    /// What it is for: `any`, or `maskable` where the system cuts its edge off.
    pub purpose: &'static str,
}

/// The icons that a web manifest names.
pub const ICONS: [Icon; 3] = [
    Icon { name: "icon-192.png", side: 192, purpose: "any" },
    Icon { name: "icon-512.png", side: 512, purpose: "any" },
    Icon { name: "icon-maskable.png", side: 512, purpose: "maskable" },
];

/// The dots to a side of [`APPLE`].
const APPLE_SIDE: u16 = 180;

/// The share of an icon's side that its picture takes.
const PICTURE: f32 = 0.62;

/// The same where a circle is cut out: what is kept has a diameter of 80 in 100 (Web Application Manifest, 2.10.3).
const MASKED_PICTURE: f32 = 0.5;

/// The mark of the program, on a square of 24.
pub const MARK: &str = "M3 4h18v4H3zM3 10h11v4H3zM3 16h6v4H3z";

/// The icons by their names among the assets.
pub fn files(brand: &Brand<'_>) -> Vec<(String, Vec<u8>)> {
    let named = |name: &str, bytes: Option<Vec<u8>>| Some((name.to_owned(), bytes?));
    let of_dots = ICONS.map(|icon| {
        let share = if icon.purpose == "maskable" { MASKED_PICTURE } else { PICTURE };
        named(icon.name, dots(brand, icon.side, share))
    });
    let apple = named(APPLE, dots(brand, APPLE_SIDE, PICTURE));
    [named(FAVICON, favicon(brand)), apple].into_iter().chain(of_dots).flatten().collect()
}

/// The square logo, or the mark on the accent; nothing where the logo is of dots, which stands as an icon itself.
fn favicon(brand: &Brand<'_>) -> Option<Vec<u8>> {
    let Some(logo) = brand.square_logo() else {
        let (ground, mark) = (brand.accent.named.hex(), brand.accent.on_named().hex());
        return Some(
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\
                 <rect width=\"24\" height=\"24\" rx=\"2\" fill=\"{ground}\"/>\
                 <path fill=\"{mark}\" transform=\"translate(2.4 2.4) scale(.8)\" d=\"{MARK}\"/></svg>"
            )
            .into_bytes(),
        );
    };
    logo.is_drawing().then(|| logo.bytes.clone())
}

/// The picture in the middle of a square; it fills `share` of each side.
fn dots(brand: &Brand<'_>, side: u16, share: f32) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(u32::from(side), u32::from(side))?;
    let logo = brand.square_logo();
    let ground = if logo.is_some() { Color::WHITE } else { brand.accent.named };
    let side = f32::from(side);
    let length = side * share;
    let edge = (side - length) / 2.0;
    let svg = |inside: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"{}\"/>{inside}</svg>",
            ground.hex()
        )
    };
    if let Some(logo) = logo {
        sheet.draw(&svg(""))?;
        sheet.put(&logo.picture, Area { x: edge, y: edge, width: length, height: length });
    } else {
        // The mark takes 18 of its 24 parts, from the third on, and 16, from the fourth on.
        let scale = length / 18.0;
        let at = edge - 3.0 * scale;
        sheet.draw(&svg(&format!(
            "<path fill=\"{}\" transform=\"translate({at} {}) scale({scale})\" d=\"{MARK}\"/>",
            brand.accent.on_named().hex(),
            (side - 16.0 * scale) / 2.0 - 4.0 * scale
        )))?;
    }
    sheet.png()
}
