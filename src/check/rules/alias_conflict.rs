//! A former address is taken.

use std::collections::HashMap;

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Placed, Rule};
use crate::model::Site;

static RULE: Rule = Rule {
    name: "alias-conflict",
    level: Level::Error,
    what: "An alias is the address of a page, or the alias of another page, or no address within the portal.",
    why: "Readers who follow the old address can be led to one page only.",
    example: "aliases: [/guides/]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut first: HashMap<String, Place> = HashMap::new();
    let aliases = context
        .site
        .documents
        .iter()
        .flat_map(|document| &document.texts)
        .flat_map(|text| &text.front.aliases);
    aliases.filter_map(|alias| taken(context, alias).or_else(|| named_before(alias, &mut first))).collect()
}

fn taken(context: &Context<'_>, alias: &Placed<String>) -> Option<Diagnostic> {
    let path = alias.trim_matches('/');
    if path.is_empty() || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        let message = format!("the alias `{}` is no address of an old page", alias.value);
        return Some(Diagnostic::new(&RULE, alias.place, message).hint("write it as `/guides/old-name/`"));
    }
    let has_page = context.routes.at(path).is_some()
        || context.routes.at(without_language(context.site, path)).is_some();
    has_page.then(|| {
        Diagnostic::new(&RULE, alias.place, format!("the alias `{}` is the address of a page", alias.value))
    })
}

/// `en/guides` is `guides` where English is a language of the portal but not the default one.
fn without_language<'a>(site: &Site, path: &'a str) -> &'a str {
    match path.split_once('/') {
        Some((tag, rest)) if site.languages.iter().skip(1).any(|language| language == tag) => rest,
        _ => path,
    }
}

fn named_before(alias: &Placed<String>, first: &mut HashMap<String, Place>) -> Option<Diagnostic> {
    // Some servers and file systems do not tell upper case from lower.
    let address = alias.trim_matches('/').to_lowercase();
    let Some(earlier) = first.get(&address) else {
        first.insert(address, alias.place);
        return None;
    };
    let message = format!("the alias `{}` is named twice", alias.value);
    Some(
        Diagnostic::new(&RULE, alias.place, message)
            .related(*earlier, "first named here")
            .hint("keep it at one page, in one language"),
    )
}
