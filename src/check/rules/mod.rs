//! The rules, one per file.

mod address_conflict;
mod broken_anchor;
mod broken_embed;
mod broken_link;

use super::Check;

/// Every rule between files. A test holds this list and the folder to each other.
pub static ALL: &[Check] = &[address_conflict::CHECK, broken_anchor::CHECK, broken_embed::CHECK, broken_link::CHECK];

#[cfg(test)]
mod tests {
    use super::ALL;

    /// `broken-link` lives in `broken_link.rs`, and every file of the folder is in the list.
    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name != "mod.rs")
            .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
            .collect();
        files.sort();
        let mut names: Vec<&str> = ALL.iter().map(|check| check.rule.name).collect();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in super::super::rules() {
            for text in [rule.what, rule.why] {
                assert!(text.ends_with('.') && text.len() > 20, "{}: {text}", rule.name);
            }
            assert!(!rule.example.trim().is_empty(), "{}", rule.name);
            assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.name);
        }
    }

    #[test]
    fn no_two_rules_have_one_name() {
        let names: Vec<&str> = super::super::rules().map(|rule| rule.name).collect();
        let mut unique = names.clone();
        unique.dedup();
        assert_eq!(names, unique);
    }
}
