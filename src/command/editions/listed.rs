//! Which versions a portal lists, and where each stands among its addresses.

use std::collections::HashSet;
use std::path::Path;

use crate::check::{self, VERSION_MISSING};
use crate::derive::guidance::versions::{FOLDER, NEXT};
use crate::diagnostic::Diagnostic;
use crate::model::audience::Audience;
use crate::model::portal::{Version, VersionState};
use crate::model::records::natural;
use crate::parse::Settings;
use crate::record::text::Text;
use crate::source::Tree;

/// A version with its place among the addresses.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What readers see in its place.
    pub title: Option<Text>,
    /// Whether it is in force.
    pub state: VersionState,
    /// What stands before its addresses.
    pub root: String,
    /// Its files; nothing for the content folder.
    pub tree: Option<Tree>,
}

impl Listed {
    /// The versions of a portal for `audience`, in order, with every fault of their list; none where it lists none.
    /// `root` is the project's root, `content` its content folder. Where the settings are those of a Git revision, the
    /// folders are seen as they were `at` it.
    pub fn of(
        settings: &Settings,
        (root, content): (&Path, &Path),
        audience: Audience,
        at: Option<&str>,
    ) -> (Vec<Self>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let versions = &settings.portal.versions;
        let mut all: Vec<Self> = Vec::new();
        let named: HashSet<String> = versions.iter().map(|version| version.id.to_lowercase()).collect();
        for version in versions {
            match found(version, (root, content), at) {
                Ok(found) => all.extend(found.into_iter().filter(|one| {
                    may_see(version, one.tree.as_ref(), settings, audience)
                        // A version that is listed by itself is not repeated by a pattern.
                        && (one.id == version.id.value || !named.contains(&one.id.to_lowercase()))
                })),
                Err(fault) => faults.push(fault),
            }
        }
        let mut ids = HashSet::new();
        all.retain(|one| check::rules::is_version_id(&one.id, false) && ids.insert(one.id.to_lowercase()));
        if !versions.is_empty() {
            place(&mut all);
        }
        (all, faults)
    }

    fn is_current(&self) -> bool {
        self.state == VersionState::Current
    }
}

/// The versions that an entry of `portal.yaml` names: one, or as many as its pattern finds.
fn found(version: &Version, folders: (&Path, &Path), at: Option<&str>) -> Result<Vec<Listed>, Diagnostic> {
    let state = version.state.as_ref().map_or(VersionState::Archived, |state| state.value);
    let listed =
        |id: String, tree| Listed { id, title: version.title.clone(), state, root: String::new(), tree };
    let Some(from) = &version.from else {
        let state = version.state.as_ref().map_or(VersionState::Preview, |state| state.value);
        return Ok(vec![Listed { state, ..listed(version.id.value.clone(), None) }]);
    };
    let missing = |message: String, hint: Option<String>| {
        let message = format!("the version `{}`: {message}", version.id.value);
        Diagnostic::new(&VERSION_MISSING, from.place, message).maybe_hint(hint)
    };
    let mut trees = Tree::find(folders, from, at).map_err(|fault| missing(fault.message, fault.hint))?;
    // As in a list that people write: the newest first.
    trees.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => natural(b, a),
        _ => std::cmp::Ordering::Equal,
    });
    let each = |(part, tree): (Option<String>, Tree)| {
        if tree.is_frozen() && tree.files().is_empty() {
            return Err(missing(format!("there is no file in `{}`", from.value), None));
        }
        let id = part.map_or_else(|| version.id.value.clone(), |part| version.id.replace('*', &part));
        Ok(listed(id, Some(tree)))
    };
    trees.into_iter().map(each).collect()
}

/// Whether `audience` may see a version. Finished HTML says of no page for whom it is, so it is for those for whom the
/// portal is by default.
fn may_see(version: &Version, tree: Option<&Tree>, settings: &Settings, audience: Audience) -> bool {
    let by_default = || tree.is_some_and(Tree::is_frozen).then(|| settings.portal.audience_of(""));
    version.audience.or_else(by_default).is_none_or(|for_whom| for_whom <= audience)
}

/// Gives each version its place in addresses. The content folder is one of them, named or not; of several that are
/// current the first counts, and where none is, the content folder is.
fn place(all: &mut Vec<Listed>) {
    if all.iter().all(|one| one.tree.is_some()) {
        let content = Listed {
            id: NEXT.to_owned(),
            title: None,
            state: VersionState::Preview,
            root: String::new(),
            tree: None,
        };
        all.insert(0, content);
    }
    let can_be_current = |one: &Listed| one.is_current() && !one.tree.as_ref().is_some_and(Tree::is_frozen);
    let current = all.iter().position(can_be_current);
    let current = current.or_else(|| all.iter().position(|one| one.tree.is_none())).unwrap_or(0);
    for (at, one) in all.iter_mut().enumerate() {
        one.root = match &one.tree {
            _ if at == current => String::new(),
            None => format!("/{NEXT}"),
            Some(_) => format!("/{FOLDER}/{}", one.id),
        };
        one.state = match one.state {
            _ if at == current => VersionState::Current,
            VersionState::Current if one.tree.is_none() => VersionState::Preview,
            VersionState::Current => VersionState::Supported,
            other => other,
        };
    }
}
