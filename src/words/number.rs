//! Numbers, shares, durations and sizes.

use icu_decimal::{
    DecimalFormatter,
    input::{Decimal, SignDisplay},
    options::DecimalFormatterOptions,
};

use super::{Language, Words};

/// How a language writes numbers, by CLDR: separators, grouping, minus.
#[derive(Debug)]
pub(super) struct Number {
    formatter: Option<DecimalFormatter>,
}

impl Number {
    pub(super) fn new(language: &Language) -> Self {
        let options = DecimalFormatterOptions::default();
        Self { formatter: DecimalFormatter::try_new((&language.locale()).into(), options).ok() }
    }

    fn write(&self, number: &Decimal) -> String {
        self.formatter
            .as_ref()
            .map_or_else(|| number.to_string(), |formatter| formatter.format(number).to_string())
    }
}

const MILLIS_IN_SECOND: u64 = 1000;
const SECONDS_IN_MINUTE: u64 = 60;
const SECONDS_IN_HOUR: u64 = 3600;

/// Below so many milliseconds a tenth of a second is worth telling.
const TENTHS_BELOW_MILLIS: u64 = 10_000;

impl Words {
    /// A whole number: Estonian `1234` and `12 345` (no-break space), minus U+2212.
    pub fn integer(&self, number: i64) -> String {
        self.number.write(&Decimal::from(number))
    }

    /// A number of things.
    pub fn number(&self, count: usize) -> String {
        self.number.write(&Decimal::from(count))
    }

    /// A change: `+3`, `−3`, and `0` without a sign.
    pub fn signed(&self, number: i64) -> String {
        self.number.write(&Decimal::from(number).with_sign_display(SignDisplay::ExceptZero))
    }

    /// `unscaled` ÷ 10^`places` with exactly so many decimals: `decimal(25, 1)` gives `2,5`.
    pub fn decimal(&self, unscaled: i64, places: u8) -> String {
        self.number.write(&scaled(unscaled, places))
    }

    /// A share in tenths of a percent: `974` gives `97,4%`; whole percents have no decimals.
    pub fn percent_tenths(&self, tenths: i64) -> String {
        let number = self.number.write(&short(tenths));
        self.fill("number.percent", &[("n", &number)])
    }

    /// So many of so many: `403/412`.
    pub fn of(&self, part: usize, whole: usize) -> String {
        self.fill("number.of", &[("n", &self.number(part)), ("m", &self.number(whole))])
    }

    /// A duration in its two largest units: `4 min 10 s`, `1 t 30 min`, `0 s`. Hours are not made
    /// into days, because a day of work has no fixed length.
    pub fn duration(&self, seconds: u64) -> String {
        let hours = seconds / SECONDS_IN_HOUR;
        let minutes = seconds % SECONDS_IN_HOUR / SECONDS_IN_MINUTE;
        let seconds = seconds % SECONDS_IN_MINUTE;
        match (hours, minutes, seconds) {
            (0, 0, _) => self.unit("second", seconds),
            (0, ..) => self.pair(("minute", minutes), ("second", seconds)),
            _ => self.pair(("hour", hours), ("minute", minutes)),
        }
    }

    /// A duration in milliseconds: below ten seconds with a tenth (`0,2 s`), else as
    /// [`Words::duration`], rounded to seconds. What took any time at all is never `0 s`.
    pub fn duration_millis(&self, millis: u64) -> String {
        const MILLIS_IN_TENTH: u64 = MILLIS_IN_SECOND / 10;
        if millis >= TENTHS_BELOW_MILLIS {
            return self.duration(millis.saturating_add(MILLIS_IN_SECOND / 2) / MILLIS_IN_SECOND);
        }
        let tenths = (millis + MILLIS_IN_TENTH / 2) / MILLIS_IN_TENTH;
        let tenths = if millis > 0 { tenths.max(1) } else { 0 };
        let number = self.number.write(&short(i64::try_from(tenths).unwrap_or(i64::MAX)));
        self.fill("unit.second", &[("n", &number)])
    }

    /// A file's size in decimal units: `340 B`, `1,2 kB`, `15 MB`.
    pub fn file_size(&self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kilobyte", "megabyte", "gigabyte", "terabyte"];
        if bytes < 1000 {
            return self.unit("byte", bytes);
        }
        let mut tenths = rounded(bytes, 100);
        let mut unit = 0;
        // 9995 tenths would be shown as 1000 of the unit.
        while tenths >= 9995 && unit + 1 < UNITS.len() {
            tenths = rounded(tenths, 1000);
            unit += 1;
        }
        let key = format!("unit.{}", UNITS[unit]);
        let shown = if tenths < 100 { tenths } else { rounded(tenths, 10).saturating_mul(10) };
        let number = self.number.write(&short(i64::try_from(shown).unwrap_or(i64::MAX)));
        self.fill(&key, &[("n", &number)])
    }

    fn unit(&self, name: &str, n: u64) -> String {
        self.fill(&format!("unit.{name}"), &[("n", &self.number.write(&Decimal::from(n)))])
    }

    /// Two units, the smaller one only where there is something of it.
    fn pair(&self, large: (&str, u64), small: (&str, u64)) -> String {
        let first = self.unit(large.0, large.1);
        if small.1 == 0 { first } else { format!("{first} {}", self.unit(small.0, small.1)) }
    }
}

/// `tenths` ÷ 10 without a needless decimal.
fn short(tenths: i64) -> Decimal {
    let mut number = scaled(tenths, 1);
    number.absolute.trim_end_if_integer();
    number
}

fn scaled(unscaled: i64, places: u8) -> Decimal {
    let mut number = Decimal::from(unscaled);
    number.absolute.multiply_pow10(-i16::from(places));
    number
}

fn rounded(dividend: u64, divisor: u64) -> u64 {
    dividend.saturating_add(divisor / 2) / divisor
}

#[cfg(test)]
mod tests {
    use crate::words::tests::{english, estonian, foreign};

    #[test]
    fn estonian_groups_from_five_digits() {
        let words = estonian();
        assert_eq!(words.integer(1234), "1234");
        assert_eq!(words.integer(12_345), "12\u{a0}345");
        assert_eq!(words.integer(-3), "\u{2212}3");
        assert_eq!(words.number(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(words.decimal(25, 1), "2,5");
        assert_eq!(words.decimal(123_456_789, 2), "1\u{a0}234\u{a0}567,89");
        assert_eq!(words.decimal(-5, 2), "\u{2212}0,05");
    }

    #[test]
    fn english_groups_from_four_digits() {
        assert_eq!(english().integer(1234), "1,234");
        assert_eq!(english().decimal(25, 1), "2.5");
        assert_eq!(foreign("not a tag").integer(5), "5");
        assert_eq!(estonian().integer(i64::MIN).chars().next(), Some('\u{2212}'));
    }

    #[test]
    fn changes_have_signs() {
        let words = estonian();
        assert_eq!([3, -3, 0].map(|n| words.signed(n)), ["+3", "\u{2212}3", "0"]);
    }

    #[test]
    fn whole_percents_have_no_decimals() {
        let words = estonian();
        assert_eq!([974, 1000, 0, 5].map(|n| words.percent_tenths(n)), ["97,4%", "100%", "0%", "0,5%"]);
        assert_eq!(english().percent_tenths(974), "97.4%");
    }

    #[test]
    fn part_and_whole() {
        assert_eq!(estonian().of(403, 412), "403/412");
    }

    #[test]
    fn durations_have_two_units() {
        let words = estonian();
        let plain = |seconds| words.duration(seconds).replace('\u{a0}', " ");
        assert_eq!(plain(0), "0 s");
        assert_eq!(plain(59), "59 s");
        assert_eq!(plain(250), "4 min 10 s");
        assert_eq!(plain(240), "4 min");
        assert_eq!(plain(5400), "1 t 30 min");
        assert_eq!(plain(7200), "2 t");
        assert_eq!(plain(360_000), "100 t");
        assert_eq!(english().duration(5400), "1\u{a0}h 30\u{a0}min");
    }

    #[test]
    fn short_durations_have_tenths() {
        let words = estonian();
        let plain = |millis| words.duration_millis(millis).replace('\u{a0}', " ");
        assert_eq!([0, 1, 149, 1950, 2000].map(plain), ["0 s", "0,1 s", "0,1 s", "2 s", "2 s"]);
        assert_eq!([9949, 9999, 10_400, 250_000].map(plain), ["9,9 s", "10 s", "10 s", "4 min 10 s"]);
        assert!(!plain(u64::MAX).is_empty());
    }

    #[test]
    fn sizes_have_two_digits_or_more() {
        let words = estonian();
        let plain = |bytes| words.file_size(bytes).replace('\u{a0}', " ");
        assert_eq!([0, 999, 1000, 1234].map(plain), ["0 B", "999 B", "1 kB", "1,2 kB"]);
        assert_eq!([15_400_000, 999_400, 999_500].map(plain), ["15 MB", "999 kB", "1 MB"]);
        assert!(plain(u64::MAX).ends_with(" TB"));
    }
}
