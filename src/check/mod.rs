//! What must hold between the files of a portal. One rule per file in `rules/`, named by the bad
//! thing it finds; a rule returns diagnostics and prints nothing.
//!
//! Faults inside a single file are found where it is read; this room gathers all rules, so that
//! every fault has its explanation in one list.

pub mod marking;
pub mod outside;
pub mod privacy;
pub mod reach;
pub mod reference;
pub mod result;
pub mod rules;
#[cfg(test)]
mod sample;

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::redirects::Redirects;
use crate::derive::page::routes::Routes;
use crate::derive::report::findings::Reading;
use crate::derive::report::sections::Templates;
use crate::derive::run::results::Results;
use crate::diagnostic::{Diagnostic, FileId, Level, Place, Rule, SourceText};
use crate::model::Site;
use crate::model::addresses::{Address, Told};
use crate::model::published::Published;
use crate::{parse, record, source};

/// What rules look at.
pub struct Context<'a> {
    /// What the content tree says.
    pub site: &'a Site,
    /// Its addresses.
    pub routes: &'a Routes,
    /// Its former addresses.
    pub redirects: &'a Redirects,
    /// What refers to what.
    pub backlinks: &'a Backlinks,
    /// Which case ended how in which run.
    pub results: &'a Results,
    /// What the sections of reports are called.
    pub templates: &'a Templates,
    /// Dates as readers were told them before, for each place that somebody named.
    pub earlier: &'a [Published],
    /// Addresses that portals had before, for each portal that somebody named.
    pub told: &'a [Told],
    /// The addresses that this portal has; empty where none are compared.
    pub made: &'a [Address],
    /// The day.
    pub as_of: Date,
}

impl<'a> Context<'a> {
    /// What answers are computed from.
    pub fn basis(&self) -> Basis<'a> {
        Basis { site: self.site, results: self.results, as_of: self.as_of }
    }

    /// The page whose text stands at `path` of the content folder.
    pub fn place_of(&self, path: &str) -> Option<Place> {
        let mut texts = self.site.documents.iter().flat_map(|document| &document.texts);
        texts.find(|text| text.path == path).map(|text| Place::whole(text.file))
    }

    /// Where faults of the portal as a whole stand.
    pub fn portal_place(&self) -> Place {
        Place::whole(self.site.portal_file.unwrap_or_else(|| FileId::of("portal.yaml")))
    }

    /// What findings about reports are looked for with.
    pub fn reading(&self) -> Reading<'a> {
        Reading { basis: self.basis(), routes: self.routes, templates: self.templates }
    }
}

/// A rule that compares files, and what finds its faults.
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// Finds every breach of it.
    pub find: fn(&Context<'_>) -> Vec<Diagnostic>,
}

/// Every rule of the program, by name: those of reading and those between files.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut all: Vec<&'static Rule> = [
        source::faults::ALL,
        parse::fault::ALL,
        parse::markdown::faults::ALL,
        record::fault::ALL,
        THEME,
        outside::ALL,
        privacy::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(rules::ALL.iter().map(|check| check.rule))
    .collect();
    all.sort_by_key(|rule| rule.name);
    all.into_iter()
}

/// The rule called `name`; `_` may stand for `-`, as in `portal.yaml`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    let name = name.replace('_', "-");
    rules().find(|rule| rule.name == name)
}

/// What is wrong with the addresses of a portal with all its versions, or beside those that it had.
const OF_ADDRESSES: [&str; 4] =
    ["redirect-loop", "redirect-to-nowhere", "vanished-address", "vanished-anchor"];

/// Rules that tell of what a file does not say.
const OF_ABSENCE: [&str; 8] = [
    "blocked-without-reason",
    "closed-without-retest",
    "defect-lacks-detail",
    "past-event-planned",
    "report-without-revision",
    "undated-page",
    "untriaged-failure",
    "waiver-without-expiry",
];

/// Runs every rule between files, but those of [`check_addresses`]. What a file does not say is told when all that it
/// says was understood: a mistyped `status:` is one fault, and not a missing status besides.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = rules::ALL.iter().filter(|check| !OF_ADDRESSES.contains(&check.rule.name));
    let is_guessed = |fault: &Diagnostic| {
        OF_ABSENCE.contains(&fault.rule.name) && context.site.faulty.contains(&fault.place.file)
    };
    rules.flat_map(|check| (check.find)(context)).filter(|fault| !is_guessed(fault)).collect()
}

/// Runs the rules about the addresses of the whole portal: its current version may be another than the content folder.
pub fn check_addresses(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = rules::ALL.iter().filter(|check| OF_ADDRESSES.contains(&check.rule.name));
    rules.flat_map(|check| (check.find)(context)).collect()
}

/// What is looked for in the pages of an older version. The rules of the day are not for it: it was right in its
/// own.
const OF_VERSIONS: [&str; 4] = ["address-conflict", "broken-anchor", "broken-embed", "broken-link"];

/// Runs the rules that make sense for an older version of the guidance.
pub fn check_version(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = rules::ALL.iter().filter(|check| OF_VERSIONS.contains(&check.rule.name));
    rules.flat_map(|check| (check.find)(context)).collect()
}

/// Gives each fault the level that the portal's `checks:` sets for its rule. A file that cannot be
/// read or understood stays an error: nothing true could be built from it.
pub fn levels(faults: &mut [Diagnostic], site_checks: &[(String, Level)]) {
    for fault in faults.iter_mut().filter(|fault| is_adjustable(fault.rule)) {
        if let Some((_, level)) =
            site_checks.iter().find(|(name, _)| name.replace('_', "-") == fault.rule.name)
        {
            fault.level = *level;
        }
    }
}

/// Makes warnings of the errors in the pages of a tree without `portal.yaml`. Such a tree was written
/// for another reader: its front matter and links are told, and what can be shown is shown. With
/// `portal.yaml` the contract holds.
pub fn lenient(faults: &mut [Diagnostic], sources: &dyn SourceText) {
    for fault in faults {
        let is_page =
            [".md", ".markdown"].iter().any(|ending| sources.path(fault.place.file).ends_with(ending));
        let is_unread = source::faults::ALL.contains(&fault.rule);
        // What may have been meant to be kept from readers is no matter of taste.
        let is_hard =
            *fault.rule == rules::ADDRESS_CONFLICT || *fault.rule == parse::markdown::faults::BROKEN_FENCE;
        if is_page && !is_unread && !is_hard {
            fault.level = fault.level.min(Level::Warn);
        }
    }
}

/// Whether a portal may set the level of `rule`: of rules between files, of links out of them, and of warnings.
pub fn is_adjustable(rule: &Rule) -> bool {
    rule.level == Level::Warn
        || outside::ALL.contains(&rule)
        || rules::ALL.iter().any(|check| check.rule == rule)
}

/// A theme that is not there.
pub static UNKNOWN_THEME: Rule = Rule {
    name: "unknown-theme",
    level: Level::Error,
    what: "`theme: name:` in `portal.yaml` names a theme that has no folder under `themes/`.",
    why: "The portal would look like the default theme without anybody noticing.",
    example: "theme: {name: agancy}",
};

/// A template that cannot be used.
pub static BROKEN_TEMPLATE: Rule = Rule {
    name: "broken-template",
    level: Level::Error,
    what: "A template of the theme cannot be read, or wants something that its page does not have.",
    why: "The pages of that kind cannot be made.",
    example: "{{ frame.titel }}",
};

/// Words that cannot be read.
pub static BROKEN_CATALOGUE: Rule = Rule {
    name: "broken-catalogue",
    level: Level::Error,
    what: "A catalogue of words in the theme cannot be read, or gives a key another shape.",
    why: "Readers would see keys instead of words.",
    example: "nav: [Home, Search]",
};

/// A logo that cannot be drawn.
pub static BROKEN_LOGO: Rule = Rule {
    name: "broken-logo",
    level: Level::Warn,
    what: "The logo that `theme: logo:` in `portal.yaml` names is no SVG or PNG that can be read.",
    why: "Its size is not known, so that pages jump while it loads, and no icon can be made of it.",
    example: "theme: {logo: logo.webp}",
};

/// Faults that no rule between files finds: of the theme, and of what lies outside of the content folder.
static THEME: &[&Rule] = &[
    &UNKNOWN_THEME,
    &BROKEN_LOGO,
    &BROKEN_TEMPLATE,
    &BROKEN_CATALOGUE,
    &UNWRITABLE_ADDRESS,
    &VERSION_MISSING,
];

/// A version that is not there.
pub static VERSION_MISSING: Rule = Rule {
    name: "version-missing",
    level: Level::Error,
    what: "The files of a version that `versions:` in `portal.yaml` lists cannot be found or read.",
    why: "All its pages would vanish from the portal, and every link to them would break.",
    example: "versions: [{id: \"2025\", from: \"dir:archive/2052\"}]",
};

/// An address that no file system can hold.
pub static UNWRITABLE_ADDRESS: Rule = Rule {
    name: "unwritable-address",
    level: Level::Error,
    what: "A page or file has an address that some file systems cannot hold, or that collides with another.",
    why: "The portal could not be copied to every server.",
    example: "# images a.png and A.png in one folder",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_are_treated_apart_are_rules() {
        let names: Vec<&str> = rules::ALL.iter().map(|check| check.rule.name).collect();
        for name in OF_ABSENCE.iter().chain(&OF_ADDRESSES).chain(&OF_VERSIONS) {
            assert!(names.contains(name), "{name}");
        }
    }
}
