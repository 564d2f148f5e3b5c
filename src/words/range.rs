//! Ranges of days and times.

use jiff::civil::{Date, DateTime, Time};

use super::{Words, date::borrowed, fill::fill};

impl Words {
    /// Days, both included: `23.–29. nov 2026`, `28. nov – 3. dets 2026`. Ends in the other order are
    /// put right; a single day is that day.
    pub fn date_range(&self, from: Date, until: Date) -> String {
        let (from, until) = (from.min(until), from.max(until));
        let pattern = match (from.year() == until.year(), from.month() == until.month()) {
            _ if from == until => return self.date(from),
            (true, true) => "pattern.range_days",
            (true, false) => "pattern.range_months",
            (false, _) => return self.range(&self.date(from), &self.date(until)),
        };
        match self.own(pattern) {
            Some(pattern) => fill(pattern, &borrowed(&self.range_parts(from, until))),
            None => self.range(&self.date(from), &self.date(until)),
        }
    }

    /// Moments: `20. okt 2026 20:00–23:00`, `6. nov 18:00 – 8. nov 2026 12:00`.
    pub fn date_time_range(&self, from: DateTime, until: DateTime) -> String {
        let (from, until) = (from.min(until), from.max(until));
        if from == until {
            return self.date_time(from);
        }
        if from.date() == until.date() {
            return self.with_time(&self.date(from.date()), &self.time_range(from.time(), until.time()));
        }
        let first =
            if from.year() == until.year() { self.day_month_time(from) } else { self.date_time(from) };
        self.range(&first, &self.date_time(until))
    }

    /// Moments as they stand under others in a table: `20.10.2026 20:00–23:00`,
    /// `06.11.2026 18:00 – 08.11.2026 12:00`.
    pub fn date_time_range_table(&self, from: DateTime, until: DateTime) -> String {
        let (from, until) = (from.min(until), from.max(until));
        if from == until {
            return self.date_time_table(from);
        }
        if from.date() == until.date() {
            let times = self.time_range(from.time(), until.time());
            return self.with_time(&self.date_table(from.date()), &times);
        }
        self.range(&self.date_time_table(from), &self.date_time_table(until))
    }

    /// Times of one day: `20:00–23:00`.
    pub fn time_range(&self, from: Time, until: Time) -> String {
        self.fill("range.tight", &[("from", &self.time(from)), ("until", &self.time(until))])
    }

    fn range(&self, from: &str, until: &str) -> String {
        self.fill("range.wide", &[("from", from), ("until", until)])
    }

    fn range_parts(&self, from: Date, until: Date) -> Vec<(String, String)> {
        let mut parts = self.parts("from_", from);
        parts.extend(self.parts("", until));
        parts
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::words::tests::{english, estonian, foreign};

    #[test]
    fn days_share_what_they_can() {
        let words = estonian();
        assert_eq!(words.date_range(date(2026, 11, 23), date(2026, 11, 29)), "23.–29. nov 2026");
        assert_eq!(words.date_range(date(2026, 11, 28), date(2026, 12, 3)), "28. nov – 3. dets 2026");
        assert_eq!(words.date_range(date(2026, 12, 28), date(2027, 1, 3)), "28. dets 2026 – 3. jaan 2027");
        assert_eq!(words.date_range(date(2026, 11, 29), date(2026, 11, 29)), "29. nov 2026");
        assert_eq!(words.date_range(date(2026, 11, 29), date(2026, 11, 23)), "23.–29. nov 2026");
        assert_eq!(english().date_range(date(2026, 11, 23), date(2026, 11, 29)), "23–29 Nov 2026");
        assert_eq!(english().date_range(date(2026, 11, 28), date(2026, 12, 3)), "28 Nov – 3 Dec 2026");
    }

    #[test]
    fn a_language_without_patterns_shares_nothing() {
        let range = foreign("en-US").date_range(date(2026, 11, 23), date(2026, 11, 29));
        assert_eq!(range, "Nov 23, 2026 – Nov 29, 2026");
    }

    #[test]
    fn moments_of_one_day_share_it() {
        let words = estonian();
        let evening = date(2026, 10, 20).at(20, 0, 0, 0);
        assert_eq!(
            words.date_time_range(evening, date(2026, 10, 20).at(23, 0, 0, 0)),
            "20. okt 2026 20:00–23:00"
        );
        assert_eq!(words.date_time_range(evening, evening), "20. okt 2026 20:00");
        for (until, wanted) in [
            (evening, "20.10.2026 20:00"),
            (date(2026, 10, 20).at(23, 0, 0, 0), "20.10.2026 20:00–23:00"),
            (date(2026, 10, 21).at(2, 30, 0, 0), "20.10.2026 20:00 – 21.10.2026 02:30"),
        ] {
            assert_eq!(words.date_time_range_table(evening, until), wanted);
        }
        assert_eq!(
            words.date_time_range(evening, date(2026, 10, 21).at(2, 30, 0, 0)),
            "20. okt 20:00 – 21. okt 2026 02:30"
        );
        assert_eq!(
            words.date_time_range(date(2026, 12, 31).at(20, 0, 0, 0), date(2027, 1, 1).at(2, 0, 0, 0)),
            "31. dets 2026 20:00 – 1. jaan 2027 02:00"
        );
        assert_eq!(
            english().date_time_range(evening, date(2026, 10, 20).at(23, 0, 0, 0)),
            "20 Oct 2026, 20:00–23:00"
        );
    }
}
