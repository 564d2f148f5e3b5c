//! A known defect was installed and is still there.

use crate::check::{Check, Context};
use crate::derive::defects;
use crate::derive::defects::leaks;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::defect::Defect;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "known-leak",
    level: Level::Warn,
    what: "A defect that was found outside production before an install was still open, without a live waiver, when a release it affects was installed, and is open to this day.",
    why: "Users meet what testers had found, and nobody had accepted the risk. The target is none.",
    example: "status: open\nfound_in: {environment: preprod}\naffects: [\"2026.09\"]   # installed since",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let basis = context.basis();
    let all = leaks::all(&basis);
    let open = defects::open(&basis);
    let mut faults: Vec<Diagnostic> = open
        .all()
        .filter_map(|defect| {
            let releases: Vec<&str> = all
                .iter()
                .rev()
                .filter(|leaks| leaks.known.iter().any(|leak| leak.id == defect.id))
                .map(|leaks| leaks.release.id.as_str())
                .collect();
            (!releases.is_empty()).then(|| fault(defect, &releases))
        })
        .collect();
    faults.sort_by_key(|fault| fault.place.start);
    faults
}

fn fault(defect: &Record<Defect>, releases: &[&str]) -> Diagnostic {
    let names: Vec<String> = releases.iter().map(|release| format!("`{release}`")).collect();
    let message =
        format!("the defect was known and open at the install of {}, and still is", names.join(", "));
    Diagnostic::new(&RULE, defect.status.place, message)
        .hint("mend it, or let the releases to come accept it with a waiver")
}
