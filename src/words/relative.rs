//! Days told from today.

use super::Words;

impl Words {
    /// A number of days from now, in a sentence: `täna`, `homme`, `eile`, `3 päeva pärast`,
    /// `3 päeva eest`.
    pub fn relative_days(&self, days: i64) -> String {
        let n = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
        match days {
            0 => self.text("relative.today").to_owned(),
            1 => self.text("relative.tomorrow").to_owned(),
            -1 => self.text("relative.yesterday").to_owned(),
            2.. => self.count("relative.in_days", n),
            _ => self.count("relative.days_ago", n),
        }
    }

    /// A number of workdays from now, in a sentence: `täna`, `3 tööpäeva pärast`, `1 tööpäeva eest`.
    pub fn relative_workdays(&self, days: i64) -> String {
        let n = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
        match days {
            0 => self.text("relative.today").to_owned(),
            1.. => self.count("relative.in_workdays", n),
            _ => self.count("relative.workdays_ago", n),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::words::tests::{english, estonian};

    #[test]
    fn near_days_have_names() {
        let words = estonian();
        let days = [-3, -1, 0, 1, 3].map(|days| words.relative_days(days));
        assert_eq!(days, ["3 päeva eest", "eile", "täna", "homme", "3 päeva pärast"]);
        assert_eq!(english().relative_days(3), "in 3 days");
        assert!(words.relative_days(i64::MIN).ends_with("päeva eest"));
    }

    #[test]
    fn workdays_are_counted() {
        let words = estonian();
        let days = [-1, 0, 2].map(|days| words.relative_workdays(days));
        assert_eq!(days, ["1 tööpäeva eest", "täna", "2 tööpäeva pärast"]);
        assert_eq!(english().relative_workdays(1), "in 1 workday");
    }
}
