//! What suites say of their cases in numbers, against the cases.

use crate::import::xml::Element;
use crate::model::run::Status;

/// Numbers of cases, and of elements in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    cases: usize,
    failed: usize,
    broken: usize,
    skipped: usize,
    /// Those of `skipped` that are called disabled.
    disabled: usize,
    failures: usize,
    errors: usize,
    skips: usize,
}

impl Tally {
    /// The tally of a case with the verdicts `told`, which the tool counts as `counted`.
    pub fn of(told: &[&Element], counted: Status, word: Option<&str>) -> Self {
        let number = |name: &str| told.iter().filter(|element| element.name == name).count();
        let is_disabled = word.is_some_and(|word| {
            let word = word.to_lowercase();
            word.contains("disabled") || word.contains("notrun") || word.contains("suppressed")
        });
        Self {
            cases: 1,
            failed: usize::from(counted == Status::Failed),
            broken: usize::from(counted == Status::Error),
            skipped: usize::from(matches!(counted, Status::Skipped | Status::NotRun)),
            disabled: usize::from(is_disabled),
            failures: number("failure"),
            errors: number("error"),
            skips: number("skipped"),
        }
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.failed += other.failed;
        self.broken += other.broken;
        self.skipped += other.skipped;
        self.disabled += other.disabled;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skips += other.skips;
    }

    /// What the counter `name` may say, the plainest first: tools disagree on whether they count cases
    /// or elements, errors as failures, and disabled cases at all.
    fn allowed(&self, name: &str) -> Vec<usize> {
        match name {
            "tests" => vec![
                self.cases,
                self.cases - self.skipped.min(self.cases),
                self.cases - self.disabled.min(self.cases),
            ],
            "failures" => {
                vec![self.failed, self.failures, self.failed + self.broken, self.failures + self.errors]
            }
            "errors" => vec![self.broken, self.errors],
            "disabled" => vec![self.disabled, self.skipped],
            _ => vec![self.skipped, self.skips, self.skipped - self.disabled.min(self.skipped)],
        }
    }
}

/// How many more cases a suite says it has than there are in it.
pub fn missing(suite: &Element, whole: &Tally) -> usize {
    let said = suite.attribute("tests").and_then(|written| written.trim().parse::<usize>().ok());
    said.unwrap_or_default().saturating_sub(whole.cases)
}

/// Counters of a suite that agree neither with its own cases nor with all cases in it.
pub fn disagreements(suite: &Element, own: &Tally, whole: &Tally) -> Vec<String> {
    ["tests", "failures", "errors", "skipped", "skips", "disabled"]
        .into_iter()
        .filter_map(|name| {
            let written = suite.attribute(name).map(str::trim).filter(|written| !written.is_empty())?;
            let Ok(said) = written.parse::<usize>() else {
                return Some(format!("the counter `{name}` is no number: `{written}`"));
            };
            let allowed = whole.allowed(name);
            let agrees = allowed.contains(&said) || own.allowed(name).contains(&said);
            let found = allowed.first().copied().unwrap_or_default();
            (!agrees)
                .then(|| format!("the counter `{name}` says {said}, the cases say {found}; the cases count"))
        })
        .collect()
}
