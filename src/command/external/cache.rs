//! Addresses that answered, and when, in a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::exit::Failure;
use super::super::whole;

/// The addresses that answered. What did not answer is not kept: it is asked again, so that a mended link passes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    answered: BTreeMap<String, Timestamp>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Written {
    answered: BTreeMap<String, String>,
}

impl Answers {
    /// The answers that `text` writes down, without times that are none.
    ///
    /// # Errors
    /// A text that writes down no answers.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        let answered = serde_json::from_str::<Written>(text)?.answered.into_iter();
        Ok(Self {
            answered: answered.filter_map(|(address, at)| Some((address, at.parse().ok()?))).collect(),
        })
    }

    /// How many addresses answered.
    pub fn len(&self) -> usize {
        self.answered.len()
    }

    /// Whether the address answered.
    pub fn has(&self, address: &str) -> bool {
        self.answered.contains_key(address)
    }

    /// Remembers that the address answered.
    pub fn add(&mut self, address: &str, at: Timestamp) {
        self.answered.insert(address.to_owned(), at);
    }

    /// Forgets what is older than `age`, and what a wrong clock put into the future.
    pub fn forget(&mut self, now: Timestamp, age: Duration) {
        self.answered.retain(|_, at| *at <= now && Duration::try_from(now - *at).is_ok_and(|old| old < age));
    }
}

/// The answers in the file at `path`; none if it is not there, or is damaged and nobody named it.
///
/// # Errors
/// A file that is named and is none of answers.
pub fn read(path: &Path, is_named: bool) -> Result<Answers, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound || !is_named => return Ok(Answers::default()),
        Err(error) => return Err(Failure::new(format!("`{}` cannot be read: {error}", path.display()))),
    };
    match Answers::parse(&text) {
        Ok(answers) => Ok(answers),
        Err(_) if !is_named => Ok(Answers::default()),
        Err(error) => Err(Failure::new(format!("`{}` holds no answers of hosts: {error}", path.display()))
            .hint("name another file with `--external-cache`, or delete it")),
    }
}

/// Writes the answers.
///
/// # Errors
/// What the file system says.
pub fn write(path: &Path, answers: &Answers) -> Result<(), Failure> {
    let answered = answers.answered.iter().map(|(address, at)| (address.clone(), at.to_string())).collect();
    let text = serde_json::to_string_pretty(&Written { answered })?;
    whole::write(path, format!("{text}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept_for_their_age() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a/links.json");
        assert_eq!(read(&path, true).expect("none yet"), Answers::default());
        let mut answers = Answers::default();
        answers.add("https://a.ee/", at("2026-10-16T12:00:00Z"));
        answers.add("https://b.ee/", at("2026-10-10T12:00:00Z"));
        answers.add("https://c.ee/", at("2027-01-01T12:00:00Z"));
        write(&path, &answers).expect("written");
        let mut read_back = read(&path, true).expect("read");
        assert_eq!(read_back, answers);
        read_back.forget(at("2026-10-17T12:00:00Z"), Duration::from_hours(7 * 24));
        assert!(
            read_back.has("https://a.ee/")
                && !read_back.has("https://b.ee/")
                && !read_back.has("https://c.ee/")
        );
        fs::write(&path, "[]").expect("written");
        assert_eq!(read(&path, false).expect("passed over"), Answers::default());
        assert!(read(&path, true).is_err());
    }
}
