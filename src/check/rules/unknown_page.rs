//! A key names a page that is not there.

use crate::check::{Check, Context, reach, reference};
use crate::derive::page::links::{self, Wanted};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-page",
    level: Level::Error,
    what: "A key of a record or of a page's front matter names a page that is not there, as seen from the file.",
    why: "Readers who need the guide or the module before would not find it.",
    example: "rollback: {guide: ../guides/rolback.md}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    reference::each(context.site, Kind::Page, &mut |from, pointer| {
        let Err(broken) = links::page_at(context.routes, from, &pointer.id) else { return };
        if reach::withheld(context.site, &broken).is_some() {
            return;
        }
        let hint = links::hint(context.site, context.routes, Wanted::Page, from, &broken);
        let message = format!("unknown page `{}`", pointer.id);
        faults.push(Diagnostic::new(&RULE, pointer.place, message).maybe_hint(hint));
    });
    faults
}
