//! The accent colour as it can be read: any colour that a portal names, moved in lightness until it can.

use crate::model::color::{Color, Oklch};

/// How well text is read at least: contrast (minimum), WCAG 2.2, 1.4.3. Marks and the ring of the focus need less.
const READABLE: f64 = 4.5;

/// The same for readers who ask for more contrast: contrast (enhanced), 1.4.6.
const ENHANCED: f64 = 7.0;

/// The ground of the light scheme on which links are hardest to read; all others are lighter.
const LIGHT_GROUND: Color = Color::new(0xE9, 0xEC, 0xEF);

/// The ground of the dark scheme on which links are hardest to read; all others are darker.
const DARK_GROUND: Color = Color::new(0x26, 0x2E, 0x38);

/// What stands on the accent in the dark scheme: its paper.
const DARK_PAPER: Color = Color::new(0x10, 0x16, 0x1D);

/// From here on a colour on dark paper looks as if it gave light, so that it is never darker.
const DARK_LIGHTNESS: f64 = 0.79;

/// Vivid letters on dark paper seem to swim.
const DARK_CHROMA: f64 = 0.12;

/// The accent colour of the default theme.
pub(super) const DEFAULT: Color = Color::new(0x0F, 0x5E, 0xA8);

/// An accent colour in both schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// As the portal names it.
    pub named: Color,
    /// On light paper.
    light: Scheme,
    /// On dark paper.
    dark: Scheme,
}

/// An accent colour on one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scheme {
    /// At least 4.5 to 1 on every ground.
    normal: Color,
    /// At least 7 to 1.
    enhanced: Color,
}

impl Default for Accent {
    fn default() -> Self {
        Self::of(DEFAULT)
    }
}

impl Accent {
    /// The accent that the portal names: where it is hard to read it is made darker on light paper and lighter on
    /// dark paper; the hue stays.
    pub fn of(named: Color) -> Self {
        let own = named.oklch();
        let dark = Oklch {
            lightness: own.lightness.max(DARK_LIGHTNESS),
            chroma: own.chroma.min(DARK_CHROMA),
            ..own
        };
        // What can be read as it is stays exactly as it was named.
        let darker = |least: f64| {
            if named.contrast(LIGHT_GROUND) >= least && named.luminance() < LIGHT_GROUND.luminance() {
                named
            } else {
                moved(own, -1.0, |color| is_darker(color, LIGHT_GROUND, least))
            }
        };
        let lighter = |least: f64| moved(dark, 1.0, |color| is_darker(DARK_GROUND, color, least));
        Self {
            named,
            light: Scheme { normal: darker(READABLE), enhanced: darker(ENHANCED) },
            dark: Scheme { normal: lighter(READABLE), enhanced: lighter(ENHANCED) },
        }
    }

    /// The colour of links on light paper.
    pub fn on_light(&self) -> Color {
        self.light.normal
    }

    /// The colour of links on dark paper.
    pub fn on_dark(&self) -> Color {
        self.dark.normal
    }

    /// White, or black where white is hard to see on the accent as it was named.
    pub fn on_named(&self) -> Color {
        const MARKS: f64 = 3.0;
        if self.named.contrast(Color::WHITE) >= MARKS { Color::WHITE } else { DARK_PAPER }
    }

    /// The tokens of a style sheet that it sets.
    pub fn css(&self) -> String {
        let pair = |light: Color, dark: Color| format!("light-dark({}, {})", light.hex(), dark.hex());
        format!(
            ":root {{ --link: {}; --on-link: {}; }}\n\
             @media (prefers-contrast: more) {{ :root {{ --link: {}; }} }}\n",
            pair(self.light.normal, self.dark.normal),
            pair(Color::WHITE, DARK_PAPER),
            pair(self.light.enhanced, self.dark.enhanced),
        )
    }
}

/// Whether one colour is darker than another, and that clearly.
fn is_darker(color: Color, than: Color, least: f64) -> bool {
    color.luminance() < than.luminance() && color.contrast(than) >= least
}

/// The first colour from `start` on, darker by and by (`-1.0`) or lighter (`1.0`), of which `holds` is true; the
/// last one, black or white, if it is of none.
fn moved(start: Oklch, direction: f64, holds: impl Fn(Color) -> bool) -> Color {
    const STEPS: i32 = 500;
    let at = |step: i32| {
        let lightness = start.lightness + direction * f64::from(step) / f64::from(STEPS);
        Oklch { lightness: lightness.clamp(0.0, 1.0), ..start }.color()
    };
    (0..STEPS).map(at).find(|color| holds(*color)).unwrap_or_else(|| at(STEPS))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accent(hex: &str) -> Accent {
        Accent::of(Color::read(hex).expect("a colour"))
    }

    #[test]
    fn a_colour_is_moved_only_where_it_is_hard_to_read() {
        for (named, light, dark) in [
            ("#0f5ea8", "#0f5ea8", "#87bfff"),
            ("#ffcc00", "#836700", "#f1d071"),
            ("#ffffff", "#6a6a6a", "#ffffff"),
            ("#000000", "#000000", "#bababa"),
            ("#e4002b", "#d70028", "#fe9b95"),
        ] {
            let accent = accent(named);
            assert_eq!(
                (accent.on_light().hex(), accent.on_dark().hex()),
                (light.into(), dark.into()),
                "{named}"
            );
        }
    }

    /// The value of a token of the default style, in the light and in the dark scheme.
    fn token(name: &str) -> (Color, Color) {
        let style = include_str!("../../../themes/default/assets/style.css");
        let line = style.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: light-dark(")));
        let (pair, _) = line.expect(name).split_once(')').expect(name);
        let (light, dark) = pair.split_once(", ").expect(name);
        (Color::read(light).expect(light), Color::read(dark).expect(dark))
    }

    #[test]
    fn the_default_style_has_the_default_accent() {
        let accent = Accent::default();
        assert_eq!(token("--link"), (accent.on_light(), accent.on_dark()));
        assert_eq!(token("--on-link"), (Color::WHITE, DARK_PAPER));
    }

    /// Nine parts of a state's colour in a hundred of paper, as banners and notices have it.
    fn tint(paper: Color, state: Color) -> Color {
        let mix = |a: f64, b: f64| a + (b - a) * 0.09;
        let rectangular = |color: Color| {
            let Oklch { lightness, chroma, hue } = color.oklch();
            (lightness, chroma * hue.cos(), chroma * hue.sin())
        };
        let (paper, state) = (rectangular(paper), rectangular(state));
        let (a, b) = (mix(paper.1, state.1), mix(paper.2, state.2));
        Oklch { lightness: mix(paper.0, state.0), chroma: a.hypot(b), hue: b.atan2(a) }.color()
    }

    #[test]
    fn no_ground_of_the_default_style_is_harder_to_read_on() {
        let (paper, wash) = (token("--paper"), token("--wash"));
        assert_eq!(paper, (Color::WHITE, DARK_PAPER));
        let states = ["--good", "--bad", "--odd", "--warn", "--busy", "--held", "--idle"].map(token);
        let tints = states.map(|state| (tint(paper.0, state.0), tint(paper.1, state.1)));
        for (light, dark) in tints.into_iter().chain([wash]) {
            assert!(light.luminance() >= LIGHT_GROUND.luminance(), "{}", light.hex());
            assert!(dark.luminance() <= DARK_GROUND.luminance(), "{}", dark.hex());
        }
    }

    #[test]
    fn what_stands_on_the_accent_is_white_if_it_can_be() {
        for (named, on) in [("#0f5ea8", "#ffffff"), ("#ffcc00", "#10161d"), ("#777777", "#ffffff")] {
            assert_eq!(accent(named).on_named().hex(), on, "{named}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Links and the ring of the focus on every ground, and what stands on the accent.
        #[test]
        fn any_colour_is_read_in_both_schemes(channels: [u8; 3]) {
            let Accent { named, light, dark } = Accent::of(Color { channels });
            for (scheme, paper, ground) in [(light, Color::WHITE, LIGHT_GROUND), (dark, DARK_PAPER, DARK_GROUND)] {
                for ground in [paper, ground] {
                    prop_assert!(scheme.normal.contrast(ground) >= READABLE, "{} {scheme:?}", named.hex());
                    prop_assert!(scheme.enhanced.contrast(ground) >= ENHANCED, "{} {scheme:?}", named.hex());
                }
            }
            prop_assert!(Accent::of(named).on_named().contrast(named) >= 3.0, "{}", named.hex());
        }
    }
}
