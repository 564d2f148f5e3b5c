//! Decides what a request is, without answering it.

use super::hosts::Hosts;
use super::{Answer, Portal, address};

/// Where browsers hear of a newer portal.
pub(super) const EVENTS: &str = "/-/events";
/// The script that listens.
pub(super) const SCRIPT: &str = "/-/reload.js";

/// What of a request decides.
pub(super) struct Question<'a> {
    /// Whether the method is GET or HEAD.
    pub reads: bool,
    /// The `Host` headers and the authority of an absolute target: exactly one is right.
    pub hosts: Vec<&'a str>,
    /// The `Origin` header; same-origin requests may have none.
    pub origin: Option<&'a str>,
    /// The path as it was sent.
    pub path: &'a str,
}

/// What a request is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// Not for this server, or not in this way.
    Refused(Refusal),
    /// The stream of reload events.
    Events,
    /// The script that listens to it.
    Script,
    /// The page or file at this path.
    Page(String),
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Host,
    Method,
    Path,
    Origin,
}

impl Refusal {
    /// The HTTP status that says so.
    pub fn status(self) -> u16 {
        match self {
            Self::Host => 421,
            Self::Method => 405,
            Self::Path => 400,
            Self::Origin => 403,
        }
    }

    /// The same for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Host => "This preview answers only under localhost or the address it was started on.\n",
            Self::Method => "This preview only shows pages: GET and HEAD.\n",
            Self::Path => "This address is not well formed.\n",
            Self::Origin => "This preview talks to its own pages only.\n",
        }
    }
}

/// What `question` is to a server that answers to `hosts`.
pub(super) fn route(hosts: Hosts, question: &Question<'_>) -> Route {
    if !matches!(question.hosts[..], [host] if hosts.admits(host)) {
        return Route::Refused(Refusal::Host);
    }
    if !question.reads {
        return Route::Refused(Refusal::Method);
    }
    // Browsers name the origin of scripts that read; our own pages are the only ones that may.
    if question.origin.is_some_and(|origin| !hosts.admits_origin(origin)) {
        return Route::Refused(Refusal::Origin);
    }
    match address::decode(question.path) {
        None => Route::Refused(Refusal::Path),
        Some(path) if path == EVENTS => Route::Events,
        Some(path) if path == SCRIPT => Route::Script,
        Some(path) => Route::Page(path),
    }
}

/// The portal's answer to `path`, sent as `raw` and `query`; a folder asked for without its slash is led to
/// its page.
pub(super) fn page(portal: &dyn Portal, path: &str, raw: &str, query: Option<&str>) -> Answer {
    let answer = portal.answer(path);
    if answer.status != 404 || path.ends_with('/') {
        return answer;
    }
    match portal.answer(&format!("{path}/")).status {
        // `raw` begins with a single slash, so that this cannot lead to another host.
        200 => Answer::elsewhere(query.map_or_else(|| format!("{raw}/"), |query| format!("{raw}/?{query}"))),
        _ => answer,
    }
}
