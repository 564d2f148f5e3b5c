//! What `juhend export` writes of a case beyond what a foreign format has a field for, so that a run that goes out and
//! comes back says what it said. The words are those of run files.

use crate::model::run::{Status, Triage};

/// The status of that word.
pub fn status(word: &str) -> Option<Status> {
    Status::ALL.iter().copied().find(|status| status.word() == word.trim())
}

/// Whose fault that word says that a failure is.
pub fn triage(word: &str) -> Option<Triage> {
    Triage::ALL.iter().copied().find(|triage| triage.word() == word.trim())
}

/// How every attempt ended, from their words; nothing unless there are several, all are known and the last of them is
/// how the case ended.
pub fn attempts<'a>(words: impl IntoIterator<Item = &'a str>, last: Status) -> Option<Vec<Status>> {
    let all: Vec<Status> = words.into_iter().map(status).collect::<Option<_>>()?;
    (all.len() > 1 && all.last() == Some(&last)).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_that_do_not_fit_are_none() {
        use Status::{Failed, Passed};
        for (words, last, wanted) in [
            ("failed, passed", Passed, Some(vec![Failed, Passed])),
            ("failed, passed", Failed, None),
            ("passed", Passed, None),
            ("red, passed", Passed, None),
        ] {
            assert_eq!(attempts(words.split(','), last), wanted, "{words}");
        }
    }
}
