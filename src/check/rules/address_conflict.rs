//! Two pages want one address.

use crate::check::{Check, Context};
use crate::derive::page::routes::Subject;
use crate::diagnostic::{Diagnostic, FileId, Level, Place, Rule};
use crate::model::Site;

/// Two pages want one address.
pub static RULE: Rule = Rule {
    name: "address-conflict",
    level: Level::Error,
    what: "Two files want to be the same page.",
    why: "Only one of them could be read; which one would be chance.",
    example: "# guides/10-intro.md and guides/20-intro.md both want /guides/intro/",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .routes
        .conflicts()
        .iter()
        .filter_map(|conflict| {
            let (refused, path) = source(context.site, &conflict.refused)?;
            let kept = source(context.site, &conflict.kept);
            let other = kept
                .as_ref()
                .map_or_else(|| "a page of the generator".to_owned(), |(_, path)| format!("`{path}`"));
            let message = format!("`{path}` and {other} want the address `{}`", conflict.address);
            let fault = Diagnostic::new(&RULE, Place::whole(refused), message).hint("rename one of the two");
            Some(match kept {
                Some((file, _)) => fault.related(Place::whole(file), "the other one"),
                None => fault,
            })
        })
        .collect()
}

/// The file that a page is made from.
fn source(site: &Site, subject: &Subject) -> Option<(FileId, String)> {
    macro_rules! record {
        ($records:ident, $id:expr) => {
            site.$records.get($id).map(|record| (record.file, record.path.clone()))
        };
    }
    match subject {
        Subject::Document(key) | Subject::Slides(key) => {
            site.document(key).map(|document| (document.main().file, document.main().path.clone()))
        }
        Subject::Release(id) => record!(releases, id),
        Subject::Run(id) => record!(runs, id),
        Subject::Case(id) => record!(cases, id),
        Subject::Plan(id) => record!(plans, id),
        Subject::Defect(id) => record!(defects, id),
        Subject::Environment(id) | Subject::Cloning(id, _) => record!(environments, id),
        Subject::DataSet(id) => record!(data, id),
        Subject::Tickets(id) => record!(tickets, id),
        Subject::Decision(id) => record!(decisions, id),
        Subject::Partner(id) => record!(partners, id),
        Subject::Part(of, _) => source(site, of),
        Subject::Home
        | Subject::NamedCase(..)
        | Subject::Series(_)
        | Subject::Folder(_)
        | Subject::List(_)
        | Subject::Rules
        | Subject::Counting
        | Subject::Accessibility
        | Subject::Difference(_)
        | Subject::PageDifference(..)
        | Subject::Reference
        | Subject::KindReference(_)
        | Subject::Search
        | Subject::NotFound => None,
    }
}
