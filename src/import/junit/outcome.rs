//! How a case ended.

use super::counters::Tally;
use crate::import::message;
use crate::import::xml::Element;
use crate::model::run::Status;

/// How a case ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How its last attempt ended.
    pub status: Status,
    /// What the tool called that.
    pub raw_status: String,
    /// How every attempt ended, if there was more than one.
    pub attempts: Vec<Status>,
    /// What its failures said.
    pub message: Option<String>,
    /// Why it was left out.
    pub reason: Option<String>,
    /// What contradicts itself or is unknown.
    pub oddities: Vec<String>,
    /// How the tool would count it.
    pub tally: Tally,
}

/// Whether an element of a case has a meaning here.
pub fn is_read(name: &str) -> bool {
    matches!(name, "error" | "failure" | "skipped" | "properties")
        || name.starts_with("system-")
        || attempt(name).is_some()
}

/// What an element says of an attempt besides the one that counts for the tool: whether it went before
/// (Surefire's `flaky…`, before the one that passed) or after (`rerun…`, after the one that failed).
fn attempt(name: &str) -> Option<(Order, Status)> {
    match name {
        "flakyFailure" => Some((Order::Before, Status::Failed)),
        "flakyError" => Some((Order::Before, Status::Error)),
        "rerunFailure" => Some((Order::After, Status::Failed)),
        "rerunError" => Some((Order::After, Status::Error)),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Before,
    After,
}

/// The outcome of a case.
///
/// - An `error` outweighs a `failure`, and both outweigh `skipped`: whatever broke is told.
/// - Without any of them the word in `status` or `result` counts, and without a word the case passed.
/// - The last attempt gives the status, also where the tool counts the first.
pub fn of(case: &Element) -> Outcome {
    let word = word(case);
    let known = word.as_deref().and_then(meaning);
    let told: Vec<&Element> = case.elements().filter(|inner| is_verdict(&inner.name)).collect();
    let mut oddities = Vec::new();
    let (counted, raw) = counted(&told, known, word.as_deref(), &mut oddities);
    let tries: Vec<(&Element, Order, Status)> = case
        .elements()
        .filter_map(|inner| attempt(&inner.name).map(|(order, status)| (inner, order, status)))
        .collect();
    let of_order = |wanted| tries.iter().filter(move |(_, order, _)| *order == wanted);
    let mut attempts: Vec<Status> = of_order(Order::Before).map(|(_, _, status)| *status).collect();
    attempts.push(counted);
    attempts.extend(of_order(Order::After).map(|(_, _, status)| *status));
    let last = of_order(Order::After).next_back().map(|(element, ..)| element.name.clone());
    let raw_status = last.or(raw).unwrap_or_else(|| match tries.as_slice() {
        [(first, ..), ..] => first.name.clone(),
        [] => "passed".to_owned(),
    });
    let wrong = told.iter().copied().filter(|inner| inner.name != "skipped");
    let message =
        message::paragraphs(wrong.chain(tries.iter().map(|(element, ..)| *element)).filter_map(said));
    let reason = told.iter().copied().find(|inner| inner.name == "skipped").and_then(why);
    Outcome {
        status: attempts.last().copied().unwrap_or(counted),
        raw_status,
        attempts: if attempts.len() > 1 { attempts } else { Vec::new() },
        message,
        reason: reason.filter(|_| is_left_out(counted)),
        oddities,
        tally: Tally::of(&told, counted, word.as_deref()),
    }
}

fn is_verdict(name: &str) -> bool {
    matches!(name, "error" | "failure" | "skipped")
}

/// The status for which the tool counts the case, and what it calls that.
fn counted(
    told: &[&Element],
    known: Option<Status>,
    word: Option<&str>,
    oddities: &mut Vec<String>,
) -> (Status, Option<String>) {
    let find = |name: &str| told.iter().copied().find(|inner| inner.name == name);
    let wrong = find("error").map(|element| (Status::Error, element));
    let wrong = wrong.or_else(|| find("failure").map(|element| (Status::Failed, element)));
    let skipped = find("skipped");
    let (status, raw) = match (wrong, skipped) {
        (Some((status, element)), skipped) => {
            if skipped.is_some() {
                oddities.push(format!("it has both `skipped` and `{0}`; `{0}` counts", element.name));
            }
            (status, Some(element.name.clone()))
        }
        (None, Some(skipped)) => {
            let kind = skipped.attribute("type").map(str::trim).filter(|kind| !kind.is_empty());
            // `juhend export` writes there what the format has no element for.
            let exact = kind.and_then(meaning).filter(|status| is_left_out(*status));
            (exact.unwrap_or(Status::Skipped), Some(kind.unwrap_or("skipped").to_owned()))
        }
        (None, None) => return (known.unwrap_or(Status::Passed), unknown(word, known, oddities)),
    };
    let contradicts = match known {
        Some(known) => known != status && !is_wrong(known, status),
        None => false,
    };
    if let Some(word) = word.filter(|_| contradicts) {
        let counts = raw.as_deref().unwrap_or_default();
        oddities.push(format!("its status is `{word}`, yet it has `{counts}`, which counts"));
    }
    (status, raw)
}

/// Whether a case that ended so was not executed.
fn is_left_out(status: Status) -> bool {
    !matches!(status, Status::Passed | Status::Failed | Status::Error)
}

/// Tools that have one word for both call an error a failure, or the other way round.
fn is_wrong(one: Status, two: Status) -> bool {
    [one, two].iter().all(|status| matches!(status, Status::Failed | Status::Error))
}

/// The word of a case without any verdict, noted if it is unknown.
fn unknown(word: Option<&str>, known: Option<Status>, oddities: &mut Vec<String>) -> Option<String> {
    if let (Some(word), None) = (word, known) {
        oddities.push(format!("the status `{word}` is unknown; without a failure the case passed"));
    }
    word.map(str::to_owned)
}

/// The word in `status`, and in `result` where that says more (`notrun, suppressed` of `GoogleTest`).
fn word(case: &Element) -> Option<String> {
    let words: Vec<&str> = ["status", "result"]
        .into_iter()
        .filter_map(|name| case.attribute(name))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What a word means.
fn meaning(word: &str) -> Option<Status> {
    let plain: String = word.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ',').collect();
    Some(match plain.as_str() {
        "passed" | "pass" | "success" | "successful" | "succeeded" | "ok" | "run" | "completed"
        | "run,completed" | "true" => Status::Passed,
        "failed" | "fail" | "failure" | "false" => Status::Failed,
        "error" | "errored" | "broken" => Status::Error,
        "skipped" | "skip" | "run,skipped" | "disabled" | "ignored" | "suppressed" | "notrun,suppressed"
        | "notrun,skipped" | "pending" | "excluded" => Status::Skipped,
        "blocked" => Status::Blocked,
        "notrun" | "notexecuted" | "untested" | "notrun,completed" => Status::NotRun,
        "running" | "inprogress" => Status::InProgress,
        _ => return None,
    })
}

/// What a failure, an error or an attempt said.
pub fn said(element: &Element) -> Option<String> {
    let attribute = |name: &str| element.attribute(name).unwrap_or_default();
    let trace = element.first("stackTrace").map_or_else(|| element.text(), Element::text);
    message::composed(attribute("type"), attribute("message"), &trace)
}

/// Why a case was left out.
fn why(skipped: &Element) -> Option<String> {
    let message = message::plain(skipped.attribute("message").unwrap_or_default());
    if message.is_empty() {
        message::paragraphs([message::plain(&skipped.text())]).filter(|text| !text.is_empty())
    } else {
        Some(message)
    }
}
