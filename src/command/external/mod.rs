//! `juhend check --external`: asks the web for every address that pages link to. `juhend verify` asks a published
//! portal for its files ([`published`]), `juhend publish` a store to take some ([`bucket`]).
//!
//! 1. [`cache`] knows what answered lately; that is not asked again.
//! 2. [`crowd`] asks for the others, many hosts at once, and never hurries one of them ([`pace`]).
//! 3. [`visit`] says what an address is worth: asks again where that may help, follows redirects.
//! 4. [`client`] is the one place that opens a connection; [`address`] reads and joins addresses.
//!
//! Only what is sure fails the check. Whoever forbids robots, is overloaded or has an unknown certificate may
//! still answer a reader: that is told, and nothing else.

mod address;
pub mod bucket;
pub mod cache;
pub mod client;
mod crowd;
mod pace;
pub mod published;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use self::client::Client;
use self::crowd::{Limits, ask_all};
use self::visit::Verdict;
use super::exit::Failure;
use super::project::Assembly;
use super::{Global, report};
use crate::check;
use crate::derive::page::outside;
use crate::diagnostic::{Diagnostic, location};

/// Arguments of the check of outside links.
#[derive(Debug, clap::Args)]
pub struct ExternalArgs {
    /// Ask the web for the outside addresses that pages link to; beside `verify URL` and `publish` the only thing
    /// for which the program opens connections
    #[arg(long)]
    external: bool,
    /// Where it is remembered which addresses answered [default: `juhend/links.json` among the user's caches]
    #[arg(long, value_name = "FILE", requires = "external")]
    external_cache: Option<PathBuf>,
    /// For how many days an address that answered is not asked again
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    external_age: u32,
}

/// The faults of outside links, if they were to be looked for. What is not sure is told beside.
///
/// # Errors
/// A file of remembered answers that the user named and that cannot be read.
pub fn faults(global: &Global, args: &ExternalArgs, assembly: &Assembly) -> Result<Vec<Diagnostic>, Failure> {
    if !args.external {
        return Ok(Vec::new());
    }
    let links = outside::links(&assembly.portal.site);
    let now = Timestamp::now();
    let place = cache_place(args);
    let mut known = match &place {
        Some(place) => cache::read(place, args.external_cache.is_some())?,
        None => cache::Answers::default(),
    };
    known.forget(now, Duration::from_secs(u64::from(args.external_age) * 24 * 60 * 60));
    let asked: Vec<&str> = links.keys().map(String::as_str).filter(|address| !known.has(address)).collect();
    let hosts: BTreeSet<&str> = asked.iter().map(|address| address::host(address)).collect();
    report::say(
        global,
        &format!(
            "asking for {} outside addresses at {} hosts; {} more answered lately",
            asked.len(),
            hosts.len(),
            links.len() - asked.len()
        ),
    );
    let limits = Limits::default();
    let client = Client::new(limits.timeout, "check of links");
    let verdicts = settle(ask_all(&asked, &client, &limits));
    for (address, _) in verdicts.iter().filter(|(_, verdict)| verdict.is_fine()) {
        known.add(address, now);
    }
    if let Some(place) = &place
        && let Err(failure) = cache::write(place, &known)
    {
        report::warning(global, &failure.message);
    }
    tell(global, assembly, &links, &verdicts);
    let dead = verdicts.iter().filter_map(|(address, verdict)| Some((address.clone(), verdict.dead()?)));
    let mut faults = check::outside::faults(&links, &dead.collect());
    check::levels(&mut faults, &assembly.levels());
    Ok(faults)
}

/// Where no host answered at all, names that were not found say something of the connection, not of the links.
fn settle(verdicts: BTreeMap<String, Verdict>) -> BTreeMap<String, Verdict> {
    if verdicts.values().any(Verdict::is_answer) {
        return verdicts;
    }
    let doubted = |verdict| match verdict {
        Verdict::NoName => Verdict::Unsure("was not found, and no other host answered either".to_owned()),
        other => other,
    };
    verdicts.into_iter().map(|(address, verdict)| (address, doubted(verdict))).collect()
}

/// What is worth knowing and no fault.
fn tell(
    global: &Global,
    assembly: &Assembly,
    links: &BTreeMap<String, Vec<crate::diagnostic::Place>>,
    verdicts: &BTreeMap<String, Verdict>,
) {
    for (address, verdict) in verdicts {
        let said = match verdict {
            Verdict::Moved(to) => format!("moved for good to `{to}`"),
            Verdict::Unsure(why) => why.clone(),
            Verdict::Fine | Verdict::Dead(_) | Verdict::NoName => continue,
        };
        let place = links.get(address).and_then(|places| places.first());
        let place =
            place.map_or_else(String::new, |place| format!("{}: ", location(*place, &assembly.texts)));
        report::say(global, &format!("{place}note: `{address}` {said}"));
    }
}

/// The file of remembered answers: as the user says, else among their caches, if they have a place for those.
fn cache_place(args: &ExternalArgs) -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let caches = || {
        folder("XDG_CACHE_HOME")
            .or_else(|| folder("LOCALAPPDATA"))
            .or_else(|| folder("HOME").map(|home| home.join(".cache")))
    };
    args.external_cache.clone().or_else(|| Some(caches()?.join("juhend").join("links.json")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_connection_no_link_is_dead() {
        let of = |list: &[(&str, Verdict)]| -> BTreeMap<String, Verdict> {
            list.iter().map(|(address, verdict)| ((*address).to_owned(), verdict.clone())).collect()
        };
        let timeout = Verdict::Unsure("did not answer".to_owned());
        let alone = settle(of(&[("http://a", Verdict::NoName), ("http://b", timeout)]));
        assert!(alone.values().all(|verdict| verdict.dead().is_none()));
        let among = settle(of(&[("http://a", Verdict::NoName), ("http://b", Verdict::Fine)]));
        assert!(among["http://a"].dead().is_some());
    }
}
