//! Publishing into a folder: as a build writes it, all of it at once.

use std::path::Path;

use super::plan::Extent;
use super::work::Portal;
use crate::command::exit::Failure;
use crate::write::{self, Content, Mode, Output, OutputError, Summary};

/// Makes the folder `target` hold `portal`, and what nobody published there stay.
///
/// # Errors
/// The folder cannot be written, or holds what no build and no publish wrote; it is then as it was.
pub fn publish(target: &Path, portal: &Portal<'_>, extent: Extent) -> Result<Summary, Failure> {
    write::check_target(target, &[portal.folder])?;
    write::check_target(portal.folder, &[target])?;
    let mode = match extent {
        Extent::Changes => Mode::Changes,
        Extent::Everything => Mode::Everything,
    };
    Ok(write::write(target, &output(portal)?, mode)?)
}

/// The files of the portal, its manifest among them as it is.
fn output(portal: &Portal<'_>) -> Result<Output, OutputError> {
    let mut output = Output::new();
    for path in portal.manifest.files.keys() {
        output.insert(path.to_string(), Content::File(path.below(portal.folder)))?;
    }
    output.insert(write::MANIFEST, Content::from(portal.text.to_vec()))?;
    Ok(output)
}
