//! A translation is in a language that the portal does not have.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;

static RULE: Rule = Rule {
    name: "unknown-language",
    level: Level::Warn,
    what: "A file is named like the translation of the page beside it, into a language of two letters that \
           `portal.yaml` does not list.",
    why: "It is shown as a page of its own, not as the translation that it is.",
    example: "# guides/report-defect.fi.md beside guides/report-defect.md, and languages: [et, en]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    // Which languages a `portal.yaml` names that is broken or missing is not known.
    if !context.site.has_settings() {
        return Vec::new();
    }
    context
        .site
        .documents
        .iter()
        .filter_map(|document| {
            let tag = translation(context.site, &document.key)?;
            let message =
                format!("`{tag}` is not a language of the portal, so this is not shown as a translation");
            Some(
                Diagnostic::new(&RULE, Place::whole(document.main().file), message)
                    .hint(format!("write `{tag}` under `languages:` in `portal.yaml`, or rename the file")),
            )
        })
        .collect()
}

/// The tag of `guides/report-defect.fi`, if there is a page `guides/report-defect`.
fn translation<'a>(site: &Site, key: &'a str) -> Option<&'a str> {
    let (original, tag) = key.rsplit_once('.')?;
    let is_tag = tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_tag && site.document(original).is_some()).then_some(tag)
}
