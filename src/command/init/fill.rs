//! Fills the example portal's files with the days around the day on which it is made.

use jiff::civil::Date;

use super::super::days::{days_after, is_weekend, workdays_after};
use crate::parse::site::DEFAULT_LANGUAGE;
use crate::words::Words;

/// What the example portal's files are filled with.
pub struct Filling<'a> {
    /// The day around which the example's days lie.
    pub as_of: Date,
    /// The words of the portal's first language.
    pub words: &'a Words,
}

impl Filling<'_> {
    /// `text` with each `<<name>>` replaced; what has no value stays for [`replace`] to find again.
    ///
    /// `<<d+3>>` is three days after the day, `<<w-2>>` two workdays before it, `<<release>>` the id of the
    /// release in test and `<<previous>>` that of the one before, `<<say key>>` a text of the catalogue, `<<x|y>>` is
    /// `x` in Estonian and `y` in English.
    pub fn fill(&self, text: &str) -> String {
        replace(text, |name| self.value(name))
    }

    /// A file's path with the ids in it: `runs/_release_/sit-01.yaml`, `dot-gitignore`.
    pub fn path(&self, path: &str) -> String {
        path.replace("dot-", ".")
            .replace("_release_", &self.release())
            .replace("_previous_", &self.previous())
            .replace("_today_", &self.as_of.to_string())
            .replace("_week_before_", &days_after(self.as_of, -7).to_string())
    }

    fn value(&self, name: &str) -> Option<String> {
        match name {
            "release" => Some(self.release()),
            "previous" => Some(self.previous()),
            "version" => Some(env!("CARGO_PKG_VERSION").to_owned()),
            "repository" => Some(env!("CARGO_PKG_REPOSITORY").to_owned()),
            "rust" => Some(env!("CARGO_PKG_RUST_VERSION").to_owned()),
            _ => match (name.split_once('|'), name.split_once(' ')) {
                (Some(texts), _) => Some(self.written(texts).to_owned()),
                (None, Some(("say", key))) => Some(self.words.text(key).to_owned()),
                (None, Some(_)) => None,
                (None, None) => self.day(name).map(|day| day.to_string()),
            },
        }
    }

    /// Of a text in Estonian and in English the one in the portal's first language.
    fn written<'t>(&self, (estonian, english): (&'t str, &'t str)) -> &'t str {
        if self.words.language().to_string() == DEFAULT_LANGUAGE { estonian } else { english }
    }

    fn day(&self, name: &str) -> Option<Date> {
        let number = |digits: &str| digits.parse::<i32>().ok();
        match name.split_at_checked(1)? {
            ("d", days) => Some(days_after(self.as_of, number(days)?)),
            ("w", days) => Some(workdays_after(self.as_of, number(days)?, is_weekend)),
            _ => None,
        }
    }

    /// The release in test is named after the month of its install.
    fn release(&self) -> String {
        month(workdays_after(self.as_of, INSTALL, is_weekend))
    }

    fn previous(&self) -> String {
        let install = workdays_after(self.as_of, INSTALL, is_weekend);
        month(install.first_of_month().yesterday().unwrap_or(install))
    }
}

/// Workdays until the example's install.
const INSTALL: i32 = 6;

fn month(date: Date) -> String {
    format!("{}.{:02}", date.year(), date.month())
}

/// `text` with each `<<name>>` replaced by the value of its name, where it has one.
pub fn replace(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<<") {
        filled.push_str(before);
        if let Some((value, behind)) =
            after.split_once(">>").and_then(|(name, behind)| Some((value(name)?, behind)))
        {
            filled.push_str(&value);
            rest = behind;
        } else {
            filled.push_str("<<");
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_value_stay() {
        let value = |name: &str| (name == "a").then(|| "1".to_owned());
        assert_eq!(replace("<<a>> <<b>> << <<a>>", value), "1 <<b>> << 1");
    }
}
