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
