//! E-mail addresses (RFC 5321, as people write them).

use std::ops::Range;

use super::before;

/// Endings that no mailbox has: names kept for examples (RFC 2606, RFC 6761), and those of files.
const NO_MAILBOX: [&str; 18] = [
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "css",
    "ts",
    "js",
    "md",
    "yaml",
    "json",
    "xml",
];

/// The address around the `@` at `at`.
pub fn at(text: &str, at: usize) -> Option<Range<usize>> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let head = text.get(..at)?;
    let local = head.chars().rev().take(LONGEST).take_while(|c| is_local(*c)).count();
    let start = at - local;
    let tail = text.get(at + 1..)?;
    let domain: String = tail.chars().take(LONGEST).take_while(|c| is_domain(*c)).collect();
    let domain = domain.trim_end_matches(['.', '-']);
    // `user:password@host` in an address of the web, and `git@host:path`.
    let is_login = matches!(before(text, start), Some(':'))
        && !start
            .checked_sub(7)
            .and_then(|at| head.get(at..start))
            .is_some_and(|it| it.eq_ignore_ascii_case("mailto:"))
        || before(text, start) == Some('/')
        || head.get(start..)? == "git";
    // A process or thread on a machine is written alike: `4242@host.main`.
    let is_named = head.get(start..)?.contains(|c: char| c.is_ascii_alphabetic());
    let is_found = is_named && !is_login && is_domain_of_mail(domain);
    is_found.then(|| start..at + 1 + domain.len())
}

/// As much as may stand on one side of the `@`, and a little more.
const LONGEST: usize = 255;

fn is_domain_of_mail(domain: &str) -> bool {
    let mut labels = domain.rsplit('.');
    let (Some(last), Some(name)) = (labels.next(), labels.next()) else { return false };
    let last = last.to_lowercase();
    last.len() >= 2
        && last.chars().all(char::is_alphabetic)
        && !NO_MAILBOX.contains(&last.as_str())
        && !name.is_empty()
        // `example.com` is kept for examples; `example.ee` is understood as one.
        && !name.eq_ignore_ascii_case("example")
}
