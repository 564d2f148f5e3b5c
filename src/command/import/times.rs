//! When a run began and ended.

use jiff::tz::TimeZone;

use super::Args;
use crate::command::exit::Failure;
use crate::import::{Imported, Note, run_file};
use crate::model::run::Status;
use crate::record::time::Moment;

/// When a run began and ended, as records have it.
pub struct Times {
    /// Its beginning.
    pub started: String,
    /// Its end; nothing while it runs.
    pub ended: Option<String>,
}

/// A time as `--started` wants it.
pub fn moment(text: &str) -> Result<String, String> {
    let text = text.trim();
    match Moment::read(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write `2026-10-12T09:00`, with an offset if it is not the portal's time".to_owned()),
    }
}

/// The times that the user names, else those of the files. A run without an end would count as still
/// running, so the end of one that is over is reckoned from the times of its cases, with a note.
pub fn of(args: &Args, imported: &mut Imported, zone: &TimeZone) -> Result<Times, Failure> {
    let told = |time: &Option<String>| time.as_deref().and_then(|told| local(told, zone));
    let Some(started) = args.started.clone().or_else(|| told(&imported.started)) else {
        return Err(
            Failure::new("no file says when the run began").hint("say it: `--started 2026-10-12T09:00`")
        );
    };
    let ended = args.ended.clone().or_else(|| told(&imported.ended));
    let is_backwards = |ended: &String| is_before(ended, &started, zone);
    if let Some(ended) = args.ended.as_ref().filter(|ended| is_backwards(ended)) {
        return Err(Failure::new(format!("the end, `{ended}`, is before the beginning, `{started}`")));
    }
    let ended = ended.filter(|ended| !is_backwards(ended));
    let is_over = !imported.cases.iter().any(|case| case.status == Status::InProgress);
    let ended = match ended {
        None if is_over => {
            let text = "no file says when the run ended; the times of the cases were added to its beginning";
            imported.notes.push(Note { at: "ended".to_owned(), text: text.to_owned() });
            reckoned(&started, imported, zone)
        }
        ended => ended,
    };
    Ok(Times { started, ended })
}

/// A time of a tool on the portal's clock; a day stays a day.
fn local(told: &str, zone: &TimeZone) -> Option<String> {
    match Moment::read(told) {
        Some(Moment::Day(day)) => Some(day.to_string()),
        _ => run_file::local(told, zone),
    }
}

fn is_before(one: &str, other: &str, zone: &TimeZone) -> bool {
    match (Moment::read(one), Moment::read(other)) {
        (Some(one), Some(other)) => one.is_before(&other, zone),
        _ => false,
    }
}

/// The beginning and the times of all cases one after the other.
fn reckoned(started: &str, imported: &Imported, zone: &TimeZone) -> Option<String> {
    let start = Moment::read(started)?;
    if !start.has_time() {
        return Some(started.to_owned());
    }
    let seconds: f64 = imported.cases.iter().filter_map(|case| case.time).map(|time| time.0).sum();
    let length = jiff::SignedDuration::try_from_secs_f64(seconds.ceil()).ok()?;
    let end = start.civil(zone).checked_add(length).ok()?;
    run_file::local(&end.to_string(), zone)
}
