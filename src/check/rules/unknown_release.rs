//! A file names a release that has no file in `releases/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-release",
    level: Level::Error,
    what: "A file names a release that has no file in `releases/`.",
    why: "Results and defects would be counted for a release that the portal does not show.",
    example: "release: 2026.1",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Release)
}
