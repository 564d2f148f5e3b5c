//! A file names a test-data set that has no file in `data/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-data-set",
    level: Level::Error,
    what: "A file names a test-data set that has no file in `data/`.",
    why: "Whether the test data is ready could not be told.",
    example: "data: [pensioners-3]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::DataSet)
}
