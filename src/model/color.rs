//! Colours as numbers: how light they look, and how well one is read on another.

/// A colour of the sRGB space, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

/// A colour by how light it looks, how vivid it is and of which hue: the cylinder of Oklab (Ottosson 2020, as in
/// CSS Color 4, § 9).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// Lightness, 0 for black to 1 for white.
    pub lightness: f64,
    /// Chroma, 0 for greys to about 0.32 in sRGB.
    pub chroma: f64,
    /// Hue in radians.
    pub hue: f64,
}

impl Color {
    /// White.
    pub const WHITE: Self = Self::new(0xFF, 0xFF, 0xFF);

    /// The colour of these channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { channels: [red, green, blue] }
    }

    /// Reads `#rgb` or `#rrggbb`.
    pub fn read(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Self::new(r * 17, g * 17, b * 17)),
            [r, r2, g, g2, b, b2] => Some(Self::new(r * 16 + r2, g * 16 + g2, b * 16 + b2)),
            _ => None,
        }
    }

    /// As style sheets write it: `#0f5ea8`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.channels;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well one of two colours is read on the other, from 1 to 21 (contrast ratio, WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same by lightness, chroma and hue.
    pub fn oklch(self) -> Oklch {
        let [red, green, blue] = self.linear();
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short;
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short;
        Oklch { lightness, chroma: a.hypot(b), hue: b.atan2(a) }
    }

    /// The channels as amounts of light, 0 to 1.
    fn linear(self) -> [f64; 3] {
        self.channels.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The colour of these amounts of light, if it lies in sRGB.
    fn of_linear(light: [f64; 3]) -> Option<Self> {
        const SLACK: f64 = 1e-6;
        let is_shown = light.iter().all(|channel| (-SLACK..=1.0 + SLACK).contains(channel));
        let channels = light.map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let share = if channel <= 0.003_130_8 {
                channel * 12.92
            } else {
                1.055 * channel.powf(1.0 / 2.4) - 0.055
            };
            rounded(share)
        });
        is_shown.then_some(Self { channels })
    }
}

/// A share of 255, rounded.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn rounded(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

impl Oklch {
    /// The nearest colour of sRGB that is as light and of the same hue.
    pub fn color(self) -> Color {
        const STEPS: u32 = 24;
        let lightness = self.lightness.clamp(0.0, 1.0);
        let with = |chroma: f64| Color::of_linear(Self { lightness, chroma, ..self }.linear());
        if let Some(color) = with(self.chroma) {
            return color;
        }
        let (mut least, mut most) = (0.0, self.chroma);
        for _ in 0..STEPS {
            let middle = f64::midpoint(least, most);
            *(if with(middle).is_some() { &mut least } else { &mut most }) = middle;
        }
        // A grey of any lightness lies in sRGB.
        with(least).unwrap_or_else(|| Color { channels: [rounded(lightness); 3] })
    }

    fn linear(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let long = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let middle = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        for (text, color) in [
            ("#0f5ea8", Some(Color::new(0x0F, 0x5E, 0xA8))),
            ("#FC0", Some(Color::new(0xFF, 0xCC, 0x00))),
            ("0f5ea8", None),
            ("#0f5ea", None),
            ("#0f5eaõ", None),
            ("blue", None),
            ("", None),
        ] {
            assert_eq!(Color::read(text), color, "{text}");
        }
    }

    /// Ratios as the tools for checking contrast give them.
    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (a, b, hundredths) in [
            ("#fff", "#000", 2100),
            ("#777", "#fff", 448),
            ("#0f5ea8", "#fff", 659),
            ("#ff0000", "#fff", 400),
        ] {
            let (a, b) = (Color::read(a).expect("a colour"), Color::read(b).expect("a colour"));
            assert_eq!(format!("{:.0}", a.contrast(b) * 100.0), hundredths.to_string(), "{a:?} on {b:?}");
        }
    }

    proptest! {
        #[test]
        fn a_colour_is_the_same_by_lightness_and_hue(channels: [u8; 3]) {
            let color = Color { channels };
            let again = color.oklch().color();
            let differ = color.channels.iter().zip(again.channels).any(|(a, b)| a.abs_diff(b) > 1);
            prop_assert!(!differ, "{} {}", color.hex(), again.hex());
        }
    }
}
