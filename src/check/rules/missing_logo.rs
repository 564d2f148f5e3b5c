//! The logo is not there.

use crate::check::{Check, Context};
use crate::derive::page::links::{self, Wanted};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "missing-logo",
    level: Level::Error,
    what: "`theme: logo:` in `portal.yaml` names a file that is not in the content folder.",
    why: "Every page would show a broken image in its head.",
    example: "theme: {logo: lgoo.svg}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(logo) = context.site.portal.theme.as_ref().and_then(|theme| theme.logo.as_ref()) else {
        return Vec::new();
    };
    let Err(broken) = links::file_at(context.site, "portal.yaml", logo) else { return Vec::new() };
    let hint = links::hint(context.site, context.routes, Wanted::File, "portal.yaml", &broken);
    vec![
        Diagnostic::new(&RULE, logo.place, format!("the logo `{}` is not there", logo.value))
            .maybe_hint(hint),
    ]
}
