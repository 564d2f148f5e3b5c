//! Two versions want one place.

use std::collections::HashMap;

use crate::check::{Check, Context};
use crate::derive::guidance::versions::{FOLDER, LATEST, NEXT};
use crate::diagnostic::{Diagnostic, Level, Place, Placed, Rule};
use crate::model::portal::{Version, VersionState};

static RULE: Rule = Rule {
    name: "version-conflict",
    level: Level::Error,
    what: "Two versions in `portal.yaml` have one id, are both current or are both the content folder, an id cannot stand in an address, or a folder of the content has the address of the versions.",
    why: "Readers of one of them would be shown the other.",
    example: "versions: [{id: \"2026\", state: current}, {id: \"2026\", from: \"dir:archive/2026\"}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let versions = &context.site.portal.versions;
    let mut faults: Vec<Diagnostic> = versions.iter().filter_map(unusable).collect();
    faults.extend(taken(versions));
    let is_current = |version: &&Version| state(version) == Some(VersionState::Current);
    faults.extend(second(versions.iter().filter(is_current), "is the second that is current"));
    let is_here = |version: &&Version| version.from.is_none();
    faults.extend(second(versions.iter().filter(is_here), "is the second that is the content folder itself"));
    if !versions.is_empty() {
        faults.extend(in_the_way(context));
    }
    faults
}

fn state(version: &Version) -> Option<VersionState> {
    version.state.as_ref().map(|state| state.value)
}

/// An id that is no part of an address, or that the portal uses itself.
fn unusable(version: &Version) -> Option<Diagnostic> {
    let (id, place) = (version.id.value.as_str(), version.id.place);
    if [LATEST, NEXT].contains(&id.to_lowercase().as_str()) {
        let message = format!("`{id}` is a name that the portal gives itself");
        return Some(Diagnostic::new(&RULE, place, message));
    }
    let names_many = version.from.as_ref().is_some_and(|from| from.starts_with("git:") && from.contains('*'));
    (!is_usable(id, names_many)).then(|| {
        Diagnostic::new(&RULE, place, format!("the id `{id}` cannot stand in an address"))
            .hint("use letters, digits, `-`, `_` and `.`")
    })
}

/// Whether `id` can be a folder in addresses; a star stands for what that of a pattern stands for.
pub fn is_usable(id: &str, has_star: bool) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || (has_star && c == '*');
    !id.is_empty() && !id.starts_with('.') && !id.ends_with('.') && id.chars().all(fits)
}

fn taken(versions: &[Version]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut taken = |id: &Placed<String>| {
        // Some servers and file systems do not tell upper case from lower.
        let earlier = first.insert(id.to_lowercase(), id.place)?;
        first.insert(id.to_lowercase(), earlier);
        let message = format!("the version `{}` is listed twice", id.value);
        Some(Diagnostic::new(&RULE, id.place, message).related(earlier, "first listed here"))
    };
    versions.iter().filter_map(|version| taken(&version.id)).collect()
}

fn second<'a>(mut versions: impl Iterator<Item = &'a Version>, what: &str) -> Option<Diagnostic> {
    let (first, second) = (versions.next()?, versions.next()?);
    let message = format!("the version `{}` {what}", second.id.value);
    Some(Diagnostic::new(&RULE, second.id.place, message).related(first.id.place, "the first"))
}

/// Pages of the content folder at the addresses of versions.
fn in_the_way(context: &Context<'_>) -> Option<Diagnostic> {
    let is_version = |path: &str| {
        let folder = path.split('/').next().unwrap_or_default();
        folder == FOLDER || folder == NEXT
    };
    let (_, path) = context.routes.paths().find(|(_, path)| is_version(path))?;
    let place = context.site.portal_file.map_or(context.site.portal.versions.first()?.id.place, Place::whole);
    let message = format!("the page `/{path}/` stands where versions of the guidance stand");
    Some(
        Diagnostic::new(&RULE, place, message)
            .hint("rename its folder: `v` and `next` are those of versions"),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    fn messages(versions: &str) -> Vec<String> {
        let text = format!("title: P\nversions:\n{versions}");
        messages_of("version-conflict", &tree(&[("portal.yaml", &text)]))
    }

    #[test]
    fn versions_have_ids_of_their_own_that_fit_an_address() {
        let versions = "- {id: \"1\", from: \"dir:a\"}\n- {id: \"1\", from: \"dir:b\"}\n\
                        - {id: a/b, from: \"dir:c\"}\n- {id: Latest, from: \"dir:d\"}";
        assert_eq!(
            messages(versions),
            [
                "the id `a/b` cannot stand in an address",
                "`Latest` is a name that the portal gives itself",
                "the version `1` is listed twice",
            ]
        );
        assert_eq!(messages("- {id: \"*\", from: \"git:guides-*\"}"), [""; 0]);
    }

    #[test]
    fn one_version_is_current_and_one_is_the_content_folder() {
        let versions = "- {id: \"2\", state: current}\n- {id: \"1\", state: current}";
        assert_eq!(
            messages(versions),
            [
                "the version `1` is the second that is current",
                "the version `1` is the second that is the content folder itself",
            ]
        );
    }

    #[test]
    fn no_page_stands_where_versions_stand() {
        let portal = "title: P\nversions: [{id: \"2\", state: current}]";
        let site = tree(&[("portal.yaml", portal), ("v/a.md", "A")]);
        assert_eq!(
            messages_of("version-conflict", &site),
            ["the page `/v/a/` stands where versions of the guidance stand"]
        );
        assert_eq!(messages_of("version-conflict", &tree(&[("v/a.md", "A")])), [""; 0]);
    }
}
