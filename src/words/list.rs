//! Lists in running text.

use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};

use super::{Language, Words};

/// How a language joins what it lists, by CLDR.
#[derive(Debug)]
pub(super) struct Lists {
    and: Option<ListFormatter>,
    or: Option<ListFormatter>,
    plain: Option<ListFormatter>,
}

impl Lists {
    pub(super) fn new(language: &Language) -> Self {
        let to = || (&language.locale()).into();
        let options = || ListFormatterOptions::default();
        let short = options().with_length(ListLength::Short);
        Self {
            and: ListFormatter::try_new_and(to(), options()).ok(),
            or: ListFormatter::try_new_or(to(), options()).ok(),
            plain: ListFormatter::try_new_unit(to(), short).ok(),
        }
    }
}

/// The items by the formatter; with commas where there is none.
fn joined<S: AsRef<str>>(formatter: Option<&ListFormatter>, items: &[S]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    formatter.map_or_else(|| items.join(", "), |formatter| formatter.format(items.iter()).to_string())
}

impl Words {
    /// The items as a phrase: `a`, `a ja b`, `a, b ja c`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        joined(self.lists.and.as_ref(), items)
    }

    /// The items as a choice: `a, b või c`.
    pub fn choice<S: AsRef<str>>(&self, items: &[S]) -> String {
        joined(self.lists.or.as_ref(), items)
    }

    /// The items as a row of values, as cells of tables have them: `BEN-1, BEN-2, BEN-3`.
    pub fn row<S: AsRef<str>>(&self, items: &[S]) -> String {
        joined(self.lists.plain.as_ref(), items)
    }

    /// What stands before, between and after `count` items of a phrase.
    pub(super) fn joints(&self, count: usize) -> Vec<String> {
        split(&self.list(&vec![ITEM; count]), count)
    }

    /// What stands before, between and after `count` items of a row.
    pub fn row_joints(&self, count: usize) -> Vec<String> {
        split(&self.row(&vec![ITEM; count]), count)
    }
}

/// Stands for an item: no joint holds a noncharacter of Unicode.
const ITEM: &str = "\u{fdd0}";

fn split(list: &str, count: usize) -> Vec<String> {
    if count == 0 { Vec::new() } else { list.split(ITEM).map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use crate::words::tests::{english, estonian, foreign};

    #[test]
    fn no_comma_stands_before_the_conjunction() {
        let words = estonian();
        assert_eq!(words.list::<&str>(&[]), "");
        assert_eq!(words.list(&["SIT"]), "SIT");
        assert_eq!(words.list(&["SIT", "UAT"]), "SIT ja UAT");
        assert_eq!(words.list(&["SIT", "UAT", "{b}"]), "SIT, UAT ja {b}");
        assert_eq!(words.list(&["a", "b", "c", "d"]), "a, b, c ja d");
        assert_eq!(english().list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_choice_has_its_own_conjunction() {
        assert_eq!(estonian().choice(&["a", "b"]), "a või b");
        assert_eq!(estonian().choice(&["a", "b", "c"]), "a, b või c");
        assert_eq!(english().choice(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn a_row_has_no_conjunction() {
        for words in [estonian(), english()] {
            assert_eq!(words.row(&["BEN-1", "BEN-2", "BEN-3"]), "BEN-1, BEN-2, BEN-3");
        }
        assert_eq!(estonian().row_joints(2), ["", ", ", ""]);
        assert_eq!(estonian().row_joints(0), Vec::<String>::new());
    }

    #[test]
    fn other_languages_follow_cldr() {
        assert_eq!(foreign("lv").list(&["a", "b", "c"]), "a, b un c");
        assert_eq!(foreign("fi").choice(&["a", "b"]), "a tai b");
        assert_eq!(foreign("not a tag").row(&["a", "b"]), "a, b");
    }
}
