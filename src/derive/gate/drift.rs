//! Results of another build than the one that is to be installed.
//!
//! A case that passed on an older build may fail on the present one, so a gate that rests on such results says so.
//! While some results are of the release's build the others are taken for what they are, a usual leftover of earlier
//! rounds. While none is, nothing is known of the build that is to be installed.

use jiff::civil::Date;

use super::Reason;
use crate::derive::basis::Basis;
use crate::derive::decision;
use crate::derive::run::builds::Builds;
use crate::derive::run::final_status::{FinalCase, FinalStatuses};
use crate::derive::run::outcome::Outcome;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;

/// Executed results, and how many of them are of another build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drift {
    other: usize,
    of: usize,
}

/// The build of `release` on the day of the basis: of a day before `today` that of the decision in force then. Nothing
/// where nobody wrote one, and for a build that was first seen only after the day: what the release named before is not
/// kept.
pub(super) fn build<'a>(basis: Basis<'a>, release: &'a Record<Release>, today: Date) -> Option<&'a str> {
    let decided = decision::current(basis.site, &release.id, basis.as_of).filter(|_| basis.as_of < today);
    if let Some(decision) = decided {
        return Some(&decision.build.value);
    }
    let build = release.build.as_ref().map(|build| build.value.as_str())?;
    let seen = Builds::of(basis.site).first_seen(build);
    seen.is_none_or(|seen| seen.date() <= basis.as_of).then_some(build)
}

/// The results of `cases`, and of `totals`, runs that give sums alone, held against `build`.
pub(super) fn of<'c, 'a: 'c>(
    basis: Basis<'a>,
    build: &str,
    cases: impl IntoIterator<Item = &'c FinalCase<'a>>,
    totals: &[&'a Record<Run>],
) -> Drift {
    // A run that names no build is of the release's.
    let is_other = |run: Option<&Record<Run>>| {
        run.and_then(|run| run.build.as_ref()).is_some_and(|own| own.value != build)
    };
    let mut drift = Drift::default();
    let mut add = |number: usize, is_other: bool| {
        drift.of += number;
        drift.other += if is_other { number } else { 0 };
    };
    for case in cases {
        add(usize::from(Outcome::of(case.case.status()).is_some()), is_other(case.run));
    }
    for run in totals {
        add(basis.results.counts(&run.id).executed(), is_other(Some(run)));
    }
    drift
}

impl Drift {
    /// Of all results of a release: whether none is of its build.
    pub(super) fn is_total(self) -> bool {
        self.of > 0 && self.other == self.of
    }

    /// What is to be said of the results that a rule looks at.
    pub(super) fn note(self, build: &str) -> Option<Reason<'_>> {
        (self.other > 0).then_some(Reason::OtherBuilds { other: self.other, of: self.of, build })
    }
}

/// Whether no result of the release is of `build`.
pub(super) fn is_total<'a>(basis: Basis<'a>, build: &str, statuses: &FinalStatuses<'a>) -> bool {
    of(basis, build, &statuses.cases, &statuses.totals).is_total()
}
