//! Lists in running text.

use super::Words;

impl Words {
    /// The items as a phrase: `a`, `a ja b`, `a, b ja c`; no comma before the conjunction.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.joined("list.and", items)
    }

    /// The items as a choice: `a, b või c`.
    pub fn choice<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.joined("list.or", items)
    }

    fn joined<S: AsRef<str>>(&self, last_joint: &str, items: &[S]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
        if before.is_empty() {
            return last.as_ref().to_owned();
        }
        self.fill(last_joint, &[("a", &before.join(self.text("list.comma"))), ("b", last.as_ref())])
    }
}

#[cfg(test)]
mod tests {
    use crate::words::tests::{english, estonian};

    #[test]
    fn no_comma_stands_before_the_conjunction() {
        let words = estonian();
        assert_eq!(words.list::<&str>(&[]), "");
        assert_eq!(words.list(&["SIT"]), "SIT");
        assert_eq!(words.list(&["SIT", "UAT"]), "SIT ja UAT");
        assert_eq!(words.list(&["SIT", "UAT", "{b}"]), "SIT, UAT ja {b}");
        assert_eq!(english().list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(words.choice(&["a", "b"]), "a või b");
    }
}
