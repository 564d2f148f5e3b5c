//! A marking holds for a time that it may not hold for.

use jiff::ToSpan;

use crate::check::{Check, Context, marking};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::audience::Restriction;

static RULE: Rule = Rule {
    name: "restriction-term",
    level: Level::Error,
    what: "A restriction ends before it was marked, or more than five years after; one on personal data may last longer.",
    why: "The Public Information Act lets a restriction stand for up to five years (AvTS § 40); what is marked longer is \
          public all the same.",
    example: "restriction: {holder: Amet, marked: 2026-10-01, until: 2036-10-01, basis: AvTS § 35 lg 1 p 9}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// The longest term of a restriction in years (`AvTS` § 40 lg 1).
const LONGEST: i64 = 5;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    marking::each(context.site).into_iter().filter_map(|marked| breach(marked.restriction?)).collect()
}

fn breach(restriction: &Restriction) -> Option<Diagnostic> {
    let (marked, until) = (restriction.marked, &restriction.until);
    let fault = |message: String| Some(Diagnostic::new(&RULE, until.place, message));
    if until.value < marked {
        return fault(format!("the restriction ends on {}, before it was marked on {marked}", until.value));
    }
    let last = marked.checked_add(LONGEST.years()).ok()?;
    if until.value > last && !is_personal_data(&restriction.basis) {
        return fault(format!("the restriction lasts longer than {LONGEST} years")).map(|fault| {
            fault.hint(format!(
                "it may last until {last}; one on personal data names its basis, AvTS § 35 lg 1 p 12"
            ))
        });
    }
    None
}

/// Whether a basis is the protection of private life, whose term is counted otherwise (`AvTS` § 40 lg 3).
fn is_personal_data(basis: &str) -> bool {
    let words: String = basis.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    words.contains("isikuandme") || words.contains("lg 1 p 12") || words.contains("lõige 1 punkt 12")
}

#[cfg(test)]
mod tests {
    use super::is_personal_data;

    #[test]
    fn personal_data_is_told_by_its_basis() {
        for basis in ["AvTS § 35 lg 1 p 12", "Sisaldab isikuandmeid"] {
            assert!(is_personal_data(basis), "{basis}");
        }
        assert!(!is_personal_data("AvTS § 35 lg 1 p 9"));
    }
}
