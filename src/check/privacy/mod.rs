//! Personal data and secrets, in what authors write and in what is published.
//!
//! 1. [`in_sources`] looks through the files of the content tree that the audience may see.
//! 2. [`untold`] looks through finished bytes for what came from elsewhere: results of other tools, attachments,
//!    tables that were put together. What a source was found to hold is not told twice. [`in_output`] tells of it.
//! 3. [`Allowances`] are what `portal.yaml` lets pass, each until a day.
//!
//! What everybody may see is an error, the rest a warning; `checks` in `portal.yaml` says otherwise. No message and no
//! excerpt shows a value whole.

mod allowances;
mod rules;

pub use allowances::Allowances;
pub use rules::{ALL, BROKEN_IMAGE, DOCUMENT_METADATA};

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::marking;
use crate::diagnostic::{Diagnostic, FileId, Level, Place};
use crate::model::Site;
use crate::model::audience::Audience;
use crate::scan::maker::Trace;
use crate::scan::{self, Kind, Purpose};

/// Values with their kinds, as they are compared.
pub type Values = HashSet<(Kind, String)>;

/// What was found, and the values that were told.
#[derive(Debug, Default)]
pub struct Disclosed {
    /// A fault for each.
    pub faults: Vec<Diagnostic>,
    /// The values.
    pub values: Values,
}

/// What stands in those of `texts` that the audience of `site` may see, outside of blocks that were cut.
pub fn in_sources(site: &Site, as_of: Date, texts: &[(FileId, &str)]) -> Disclosed {
    let allowances = Allowances::of(&site.portal, as_of);
    let visible: HashSet<FileId> =
        marking::each(site).iter().map(|marked| marked.file).chain(site.portal_file).collect();
    let cut = cut_blocks(site);
    let is_visible = |file: FileId| site.audience == Audience::Restricted || visible.contains(&file);
    let found: Vec<Vec<(Kind, String, Place)>> = texts
        .par_iter()
        .filter(|(file, _)| is_visible(*file))
        .map(|(file, text)| {
            let place = |range: std::ops::Range<usize>| Place::new(*file, range.start, range.end);
            let blocks = cut.get(file).map_or(&[][..], Vec::as_slice);
            let is_shown = |place: &Place| {
                !blocks.iter().any(|block| block.start <= place.start && place.start < block.end)
            };
            let all = values(text, &allowances);
            all.map(|(kind, value, range)| (kind, value, place(range)))
                .filter(|(.., place)| is_shown(place))
                .collect()
        })
        .collect();
    let mut disclosed = Disclosed::default();
    for (kind, value, place) in found.into_iter().flatten() {
        let message = format!("{} {} (`{}`)", article(kind), kind.noun(1), scan::masked(kind, &value));
        let fault = Diagnostic::new(rules::of(kind), place, message).secret().hint(hint(kind));
        disclosed.faults.push(graded(fault, site));
        disclosed.values.insert((kind, scan::plain(kind, &value)));
    }
    disclosed
}

/// What was found in a finished file.
#[derive(Debug)]
pub struct Published {
    /// Its address.
    pub address: String,
    /// The file of the content tree that it is a copy of.
    pub source: Option<FileId>,
    /// The values in it that were not told of yet ([`untold`]).
    pub found: Vec<(Kind, String)>,
}

/// What stands in a finished text and is neither allowed nor among `told`.
pub fn untold(text: &str, allowances: &Allowances, told: &Values) -> Vec<(Kind, String)> {
    let all = values(text, allowances).map(|(kind, value, _)| (kind, scan::plain(kind, &value)));
    all.filter(|found| !told.contains(found)).collect()
}

/// What was found in finished files, which are sorted by address; one fault for each value.
pub fn in_output(site: &Site, files: &[Published]) -> Vec<Diagnostic> {
    let mut places: BTreeMap<&(Kind, String), Vec<&Published>> = BTreeMap::new();
    for file in files {
        for value in &file.found {
            places.entry(value).or_default().push(file);
        }
    }
    places.into_iter().filter_map(|((kind, value), files)| output_fault(site, *kind, value, &files)).collect()
}

fn output_fault(site: &Site, kind: Kind, value: &str, files: &[&Published]) -> Option<Diagnostic> {
    let first = files.first()?;
    let unknown = || site.portal_file.unwrap_or(FileId::of("portal.yaml"));
    let place = Place::whole(files.iter().find_map(|file| file.source).unwrap_or_else(unknown));
    let mut addresses: Vec<&str> = files.iter().map(|file| file.address.as_str()).collect();
    addresses.dedup();
    let more = match addresses.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let masked = scan::masked(kind, value);
    let message = format!(
        "{} {} (`{masked}`) would be published in `{}`{more}",
        article(kind),
        kind.noun(1),
        first.address
    );
    Some(graded(Diagnostic::new(rules::of(kind), place, message).secret().hint(hint(kind)), site))
}

/// A fault of an image that cannot be read to its end, so that its metadata stay in it.
pub fn broken_image(site: &Site, file: FileId) -> Diagnostic {
    let message = "the image cannot be read to its end, so that its metadata stay in it";
    let fault = Diagnostic::new(&BROKEN_IMAGE, Place::whole(file), message);
    graded(fault.hint("save it anew in an image program"), site)
}

/// A fault of a document that tells something of those who made it. It may be right so, hence a warning for every
/// audience.
pub fn document_metadata(file: FileId, traces: &BTreeSet<Trace>) -> Option<Diagnostic> {
    let nouns: Vec<&str> = traces.iter().map(|trace| trace.noun()).collect();
    let message = format!("the properties of the document tell {}", nouns.join(", "));
    (!nouns.is_empty()).then(|| {
        Diagnostic::new(&DOCUMENT_METADATA, Place::whole(file), message)
            .hint("save it anew without personal properties, or let the rule be off in `checks:`")
    })
}

/// What everybody may see is an error.
fn graded(mut fault: Diagnostic, site: &Site) -> Diagnostic {
    if site.audience == Audience::Public {
        fault.level = Level::Error;
    }
    fault
}

/// What is in `text` and not allowed.
fn values<'t>(
    text: &'t str,
    allowances: &'t Allowances,
) -> impl Iterator<Item = (Kind, String, std::ops::Range<usize>)> + 't {
    scan::find(text, Purpose::Telling).into_iter().filter_map(|finding| {
        let value = text.get(finding.range.clone())?;
        (!allowances.permit(finding.kind, value)).then(|| (finding.kind, value.to_owned(), finding.range))
    })
}

/// The blocks that were cut, by file.
fn cut_blocks(site: &Site) -> HashMap<FileId, Vec<Place>> {
    let articles = site.documents.iter().flat_map(|document| &document.texts);
    articles
        .filter(|article| !article.body.cut_blocks.is_empty())
        .map(|article| (article.file, article.body.cut_blocks.clone()))
        .collect()
}

fn article(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Email | Kind::Authorization) { "an" } else { "a" }
}

fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::PersonalCode | Kind::Account | Kind::Phone | Kind::Email => {
            "take it out, or use a published test identity; what belongs to nobody may stand under `allowed:` in `portal.yaml`"
        }
        Kind::Password | Kind::Authorization | Kind::Token | Kind::PrivateKey => {
            "take it out and make it invalid where it opens something: it stays in the history of the repository"
        }
    }
}

#[cfg(test)]
mod tests;
