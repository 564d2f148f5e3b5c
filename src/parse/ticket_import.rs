//! `import:` of a ticket snapshot: tables of tickets to the tickets that a person would have written, whenever the
//! portal is built.

use std::collections::{BTreeMap, HashMap};

use super::import::{fault, named, notes, told_masked, unpacked};
use crate::diagnostic::{Diagnostic, Place, Placed};
use crate::import::tickets::{self, ImportedTicket, Options};
use crate::model::portal::{Portal, Titled};
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::site::Media;
use crate::model::tickets::{Snapshot, Ticket, TicketImport};
use crate::record::path::{folder_of, join};
use crate::record::reference::Ref;
use crate::record::text::Text;
use crate::source::Foreign;

/// The import of `snapshot`, if its tickets come from there alone.
fn import_of(snapshot: &Snapshot) -> Option<&TicketImport> {
    snapshot.import.as_ref().filter(|_| snapshot.tickets.is_empty())
}

/// The paths in the content folder of the tables that `snapshot` names and that are there.
pub fn files(snapshot: &Record<Snapshot>, media: &BTreeMap<String, Media>) -> Vec<String> {
    let named = import_of(snapshot).into_iter().flat_map(|import| &import.file);
    let paths = named.filter_map(|file| join(folder_of(&snapshot.path), file.id()));
    paths.filter(|path| media.contains_key(path)).collect()
}

/// The portal's own names by those that a table may use: an id, or a title in any language.
pub struct Names {
    releases: HashMap<String, String>,
    teams: HashMap<String, String>,
}

impl Names {
    /// The names of `releases`, and of the teams of `portal`.
    pub fn of<'a>(releases: impl Iterator<Item = &'a Record<Release>>, portal: &Portal) -> Self {
        let releases = releases.map(|release| (release.id.as_str(), release.title.as_ref()));
        let teams = portal.teams.iter().map(|(id, team): &(_, Titled)| (id.as_str(), team.title.as_ref()));
        Self { releases: by_name(releases), teams: by_name(teams) }
    }

    /// The release that is called so.
    pub fn release(&self, name: &str) -> Option<String> {
        self.releases.get(&name.to_lowercase()).cloned()
    }

    /// The team that is called so.
    pub fn team(&self, name: &str) -> Option<String> {
        self.teams.get(&name.to_lowercase()).cloned()
    }
}

/// Ids by themselves and by their titles; what is called like an id is that id.
fn by_name<'a>(named: impl Iterator<Item = (&'a str, Option<&'a Text>)>) -> HashMap<String, String> {
    let (mut ids, mut titles) = (HashMap::new(), HashMap::new());
    for (id, title) in named {
        ids.insert(id.to_lowercase(), id.to_owned());
        let words = title.into_iter().flat_map(Text::all);
        titles.extend(words.map(|title| (title.to_lowercase(), id.to_owned())));
    }
    titles.extend(ids);
    titles
}

/// Which column holds what: as `own` says, else as the portal does.
pub fn options(portal: &Portal, own: Option<&TicketImport>) -> Options {
    let shared = portal.tickets.iter().flat_map(|system| &system.columns);
    let own_columns = own.into_iter().flat_map(|import| &import.columns);
    let columns = shared.chain(own_columns).map(|(field, header)| (field.value, header.clone())).collect();
    let encoding = own.and_then(|import| import.encoding.clone());
    Options { columns, order: own.and_then(|import| import.dates), encoding }
}

/// The snapshot with the tickets of its tables, and what is wrong with them; nothing if it has no import that
/// counts, or no table is there.
pub fn filled(
    snapshot: &Record<Snapshot>,
    files: &[(String, &Foreign)],
    portal: &Portal,
    names: &Names,
) -> Option<(Record<Snapshot>, Vec<Diagnostic>)> {
    let import = import_of(snapshot)?;
    let place = import.file.place()?;
    // A table that is not there is told by the rule on missing files.
    files.first()?;
    let read = unpacked(files).and_then(|files| {
        let tables: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_ref()).collect();
        tickets::read(&tables, &options(portal, Some(import)))
    });
    let mut filled = snapshot.clone();
    let faults = match read {
        Ok(imported) => {
            let imported = imported.fit(&|name| names.release(name), &|name| names.team(name));
            filled.value.tickets = imported.tickets.into_iter().map(|ticket| made(ticket, place)).collect();
            notes(place, &imported.notes).into_iter().chain(told_masked(place, &imported.masked)).collect()
        }
        Err(unreadable) => vec![fault(place, &named(files), import.format.word(), &unreadable)],
    };
    Some((filled, faults))
}

fn made(ticket: ImportedTicket, place: Place) -> Ticket {
    Ticket {
        key: Placed::new(ticket.key, place),
        title: ticket.title.map(Text::Plain),
        status: Placed::new(ticket.status, place),
        since: ticket.since,
        updated: ticket.updated,
        test_due: ticket.test_due.map(|day| Placed::new(day, place)),
        release: ticket.releases.first().map(|id| Ref::new(id.as_str(), place)),
        team: ticket.team.map(|id| Ref::new(id.as_str(), place)),
        next_step: ticket.next_step.map(Text::Plain),
        note: ticket.note.map(Text::Plain),
    }
}
