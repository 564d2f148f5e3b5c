//! The accent colour is no colour.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::color::Color;

static RULE: Rule = Rule {
    name: "bad-accent",
    level: Level::Error,
    what: "`theme: accent:` in `portal.yaml` is not written as `#rgb` or `#rrggbb`.",
    why: "The portal would keep the colour of the theme without a word.",
    example: "theme: {accent: blue}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let accent = context.site.portal.theme.as_ref().and_then(|theme| theme.accent.as_ref());
    accent
        .filter(|accent| Color::read(accent).is_none())
        .map(|accent| {
            Diagnostic::new(&RULE, accent.place, format!("`{}` is no colour", accent.value))
                .hint("write it as `\"#0f5ea8\"`, in quotes, since `#` begins a comment")
        })
        .into_iter()
        .collect()
}
