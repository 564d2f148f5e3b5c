//! What all parts of a portal are made from, so that parts of two portals are told apart.

use super::editions::Files;
use super::project::{Assembly, Project};
use crate::source::git;

/// Differs when the portal does of which a part is made: its content, its theme, what commits tell of it, and how it is
/// built, `asked` for. The same on every machine.
pub fn whole(project: &Project, assembly: &Assembly, asked: &str) -> String {
    let portal = &assembly.portal;
    let mut hasher = blake3::Hasher::new();
    let mut take = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    take(asked.as_bytes());
    take(format!("{:?} {}", portal.base_url, portal.as_of).as_bytes());
    take(git::standing(&project.root, &project.content).as_bytes());
    take(project.theme_key(&assembly.grounds.0).unwrap_or_default().as_bytes());
    let sources = assembly.texts.sources();
    for file in sources.files() {
        take(file.path.as_bytes());
        take(&file.hash);
    }
    for media in sources.media() {
        take(media.path.as_bytes());
        take(&media.len.to_le_bytes());
    }
    // Drafts and audiences show here: what is not shown has no address.
    for portal in assembly.portals() {
        let root = portal.routes.root();
        take(root.as_bytes());
        portal.routes.subjects().for_each(|subject| take(format!("{subject:?}").as_bytes()));
    }
    for side in &assembly.sides {
        if let Files::Frozen(files) = &side.files {
            for (path, _) in files {
                take(format!("{}/{path}", side.root).as_bytes());
            }
        }
    }
    hasher.finalize().to_string()
}
