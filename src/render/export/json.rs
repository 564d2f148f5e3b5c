//! JSON in the portal's own shape.

use jiff::civil::Date;
use serde::Serialize;

use super::run::RunExport;

/// The shape of all JSON files. It grows by one when a field is taken away or changes its meaning; new
/// fields do not change it.
pub const SCHEMA: u32 = 1;

/// What every file says first.
#[derive(Serialize)]
pub struct Envelope<T> {
    schema: u32,
    /// The day for which everything is computed.
    as_of: String,
    #[serde(flatten)]
    what: T,
}

#[derive(Serialize)]
struct RunFile<'a> {
    run: &'a RunExport<'a>,
}

/// `what` as the text of a file.
pub fn text(as_of: Date, what: impl Serialize) -> String {
    // A value of texts, numbers and lists has a JSON form; maps have texts as keys.
    let envelope = Envelope { schema: SCHEMA, as_of: as_of.to_string(), what };
    serde_json::to_string(&envelope).map(|text| text + "\n").unwrap_or_default()
}

/// A run with all its cases.
pub fn run(export: &RunExport<'_>, as_of: Date) -> String {
    text(as_of, RunFile { run: export })
}
