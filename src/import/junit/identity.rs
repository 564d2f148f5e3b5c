//! By which suite and name a case is known from one run to the next.

use super::Around;
use crate::import::tag::is_key;
use crate::import::xml::Element;
use crate::import::{message, suite};

/// Whether Playwright wrote the document: it alone gives the outermost element an `id`, names suites and
/// classes alike after files, and says in `hostname` in which browser a suite ran.
pub fn is_playwright(root: &Element) -> bool {
    let is_own = |suite: &Element| {
        let name = suite.attribute("name");
        suite.attribute("hostname").is_some()
            && suite.first("testsuite").is_none()
            && suite.named("testcase").all(|case| case.attribute("classname") == name)
    };
    root.attribute("id").is_some()
        && root.name == "testsuites"
        && root.first("testsuite").is_some()
        && root.named("testsuite").all(is_own)
}

/// The names of the suites down to `suite`. The name of `testsuites` is that of the run, a suite without a
/// name or with the name of the one around it adds nothing, and a time of day at the end of a name
/// (`-20260101093000`, of unittest-xml-reporting) would make it another suite in every run. `juhend export` gives cases
/// without a suite one of the name of the run, since the format wants one.
pub fn path(suite: &Element, around: Around<'_>) -> Vec<String> {
    let mut path = around.path.to_vec();
    if suite.name == "testsuites" || around.run.is_some_and(|run| suite.attribute("name") == Some(run)) {
        return path;
    }
    if around.is_playwright {
        path.extend(
            suite.attribute("hostname").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        );
    }
    let name = message::line(suite.attribute("name").unwrap_or_default());
    let name = without_time(&name).to_owned();
    if !name.is_empty() && path.last() != Some(&name) {
        path.push(name);
    }
    path
}

fn without_time(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((before, time)) if time.len() == 14 && time.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => name,
    }
}

/// The suite in messages, else the file.
pub fn place(around: Around<'_>) -> String {
    joined(around.path).unwrap_or_else(|| around.file.to_owned())
}

fn joined(path: &[String]) -> Option<String> {
    suite::joined(path.iter().map(String::as_str))
}

/// The suite of a case: the names of the suites, then the class.
///
/// - A class that a suite or the case is named after adds nothing.
/// - A class that says more than the last suite (`ee.pay.SumTest` after `SumTest`) stands for it.
/// - `pytest` and `Mocha Tests`, which these tools write always, say nothing before a class.
pub fn suite_of(around: Around<'_>, classname: &str, name: &str) -> Option<String> {
    let class = message::line(classname);
    let mut path: Vec<&str> = around.path.iter().map(String::as_str).collect();
    let is_said = path.iter().any(|suite| ends_with_name(suite, &class)) || repeats(name, &class);
    if !class.is_empty() && !is_said {
        if path.last().is_some_and(|last| ends_with_name(&class, last) || is_constant(last)) {
            path.pop();
        }
        path.push(&class);
    }
    suite::joined(path)
}

/// Whether `long` is `short`, or a qualified name that ends in it.
fn ends_with_name(long: &str, short: &str) -> bool {
    long.strip_suffix(short)
        .is_some_and(|before| before.is_empty() || before.ends_with(['.', '/', ':', '\\']))
}

/// Whether the name of a case begins or ends with its class (Jest, Mocha, xUnit.net).
fn repeats(name: &str, class: &str) -> bool {
    let is_cut =
        |rest: &str, edge: Option<char>| rest.is_empty() || edge.is_some_and(|edge| !edge.is_alphanumeric());
    name.strip_prefix(class).is_some_and(|rest| is_cut(rest, rest.chars().next()))
        || name.strip_suffix(class).is_some_and(|rest| is_cut(rest, rest.chars().next_back()))
}

fn is_constant(suite: &str) -> bool {
    matches!(suite, "pytest" | "Mocha Tests")
}

/// The key in brackets with which the name of a case begins, and the rest of the name: `[BEN-142] Sum`.
///
/// A key is a word in capitals, a hyphen and a number. In parentheses, without brackets or further on, it
/// could as well be a standard (`UTF-8`) or a ticket.
pub fn tagged(written: &str) -> (Option<&str>, &str) {
    let tagged = written.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match tagged.map(|(key, rest)| (key, rest.trim())) {
        Some((key, rest)) if is_key(key) && !rest.is_empty() => (Some(key), rest),
        _ => (None, written),
    }
}
