//! A key names a file that is not there.

use crate::check::{Check, Context, reach, reference};
use crate::derive::page::links::{self, Wanted};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "missing-file",
    level: Level::Error,
    what: "A record names an attachment or result file that is not in the content folder, as seen from the record.",
    why: "Evidence that nobody can open is no evidence.",
    example: "attachments: [shots/ben-142.png]   # the folder shots/ is empty",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    reference::each(context.site, Kind::File, &mut |from, pointer| {
        let Err(broken) = links::file_at(context.site, from, &pointer.id) else { return };
        if reach::withheld(context.site, &broken).is_some() {
            return;
        }
        let hint = links::hint(context.site, context.routes, Wanted::File, from, &broken);
        let message = format!("the file `{}` is not there", pointer.id);
        faults.push(Diagnostic::new(&RULE, pointer.place, message).maybe_hint(hint));
    });
    reference::each(context.site, Kind::ResultFile, &mut |from, pointer| {
        let Err(broken) = links::results_at(context.site, from, &pointer.id) else { return };
        if reach::withheld(context.site, &broken).is_some() {
            return;
        }
        let hint = links::hint(context.site, context.routes, Wanted::File, from, &broken);
        let message = format!("the file `{}` is not there", pointer.id);
        faults.push(Diagnostic::new(&RULE, pointer.place, message).maybe_hint(hint));
    });
    faults
}
