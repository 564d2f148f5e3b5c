//! How much of a defect is described (content model, section 4).

use crate::model::defect::Defect;
use crate::record::text::{TO_WRITE, Text};

/// What a developer needs to know of a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What is wrong, in one line.
    Title,
    /// When it was observed or reported.
    Date,
    /// Who found it.
    Team,
    /// Where it was seen.
    Environment,
    /// In which build.
    Build,
    /// How it is seen again.
    Steps,
    /// What should happen.
    Expected,
    /// What happens.
    Actual,
    /// How much harm it does.
    Severity,
    /// How soon it should be mended.
    Priority,
    /// How far it is.
    Status,
}

impl Detail {
    /// Every detail, in the order of the content model.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Date,
        Self::Team,
        Self::Environment,
        Self::Build,
        Self::Steps,
        Self::Expected,
        Self::Actual,
        Self::Severity,
        Self::Priority,
        Self::Status,
    ];

    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::Team => "team",
            Self::Environment => "environment",
            Self::Build => "build",
            Self::Steps => "steps",
            Self::Expected => "expected",
            Self::Actual => "actual",
            Self::Severity => "severity",
            Self::Priority => "priority",
            Self::Status => "status",
        }
    }

    /// Whether `defect` says it. Blanks say nothing, nor do texts that begin with [`TO_WRITE`]; severity and status
    /// cannot be missing.
    pub fn is_filled(self, defect: &Defect) -> bool {
        let found = defect.found_in.as_ref();
        match self {
            Self::Title => says(&defect.title),
            Self::Date => defect.observed.is_some() || defect.reported.is_some(),
            Self::Team => defect.team.is_some(),
            Self::Environment => found.is_some_and(|found| found.environment.is_some()),
            Self::Build => {
                found.and_then(|found| found.build.as_ref()).is_some_and(|build| is_written(build))
            }
            Self::Steps => defect.steps.iter().any(says),
            Self::Expected => defect.expected.as_ref().is_some_and(says),
            Self::Actual => defect.actual.as_ref().is_some_and(says),
            Self::Priority => defect.priority.is_some(),
            Self::Severity | Self::Status => true,
        }
    }
}

fn says(text: &Text) -> bool {
    text.all().any(is_written)
}

fn is_written(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.starts_with(TO_WRITE)
}

/// The details that `defect` does not say, in the order of [`Detail::ALL`].
pub fn missing(defect: &Defect) -> Vec<Detail> {
    Detail::ALL.into_iter().filter(|detail| !detail.is_filled(defect)).collect()
}

/// How many of [`Detail::ALL`] `defect` says.
pub fn score(defect: &Defect) -> usize {
    Detail::ALL.len() - missing(defect).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn of(keys: &str) -> (usize, Vec<&'static str>) {
        let site = tree(&[("defects/D-1.yaml", keys)]);
        let defect = site.defects.get("D-1").expect("the defect");
        (score(defect), missing(defect).into_iter().map(Detail::word).collect())
    }

    #[test]
    fn a_defect_is_scored_by_what_it_says() {
        let shortest = "title: A\nstatus: open\nseverity: minor\n";
        let missing =
            ["date", "team", "environment", "build", "steps", "expected", "actual", "priority"].to_vec();
        assert_eq!(of(shortest), (3, missing));
        let full = "title: A\nstatus: open\nseverity: minor\npriority: low\nobserved: 2026-10-12\nteam: uat\n\
            found_in: {environment: e, build: b}\nsteps: [Open]\nexpected: 1\nactual: 2\n";
        assert_eq!(of(full), (11, vec![]));
        let blank = full.replace("[Open]", "[' ']").replace("build: b", "build: ' '");
        assert_eq!(of(&blank), (9, vec!["build", "steps"]));
        let new = full.replace("[Open]", "[… Say what was done]").replace("actual: 2", "actual: …");
        assert_eq!(of(&new), (9, vec!["steps", "actual"]));
    }
}
