//! Whether a build would come out as the last one did, told before anything is made.
//!
//! A portal depends on its content and on what stands around it: the program, the arguments, the day, the theme, what
//! commits tell and the versions of the guidance. If all of that is as it was, and the output too, nothing is left to
//! do. All is looked at before it is read, so that a change while a build is at work is seen by the next one.

use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::editions::{Listed, Warnings};
use super::exit::Failure;
use super::notes::{Again, Told};
use super::origin::origin;
use super::project::{Assembly, Project, Purpose, day, program_key};
use crate::parse;
use crate::source::{Standings, Survey, git};
use crate::write;

/// What a build is about to be made from.
pub struct Before {
    surroundings: String,
    survey: Survey,
}

/// What a build was made from, and what it told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Last {
    surroundings: String,
    content: Standings,
    told: Told,
}

/// A build that would come out as the last one did.
pub struct Unchanged {
    /// How many files there are.
    pub files: usize,
    /// What the last build told.
    pub told: Told,
    /// What was wrong.
    pub again: Again,
    /// What to note instead, where the notes say less than is known now.
    pub noted: Option<Last>,
}

impl Last {
    /// What the build told.
    pub fn told(&self) -> &Told {
        &self.told
    }
}

impl Before {
    /// What there is now; `asked` differs when other files are asked for. Nothing where something of it cannot be read:
    /// the build says what.
    pub fn of(project: &Project, purpose: &Purpose, asked: &str) -> Option<Self> {
        let survey = Survey::of(project.base(), &project.content, SystemTime::now()).ok()?;
        Some(Self { surroundings: surroundings(project, purpose, asked)?, survey })
    }

    /// The build, if it would come out as the `last` one did, whose files are in the folder `target`.
    ///
    /// # Errors
    /// Another build is at work, or the folder cannot be read.
    pub fn unchanged(&self, last: &Last, target: &Path) -> Result<Option<Unchanged>, Failure> {
        if self.surroundings != last.surroundings {
            return Ok(None);
        }
        let Some(content) = self.survey.as_before(&last.content) else { return Ok(None) };
        let Some(files) = write::untouched(target)? else { return Ok(None) };
        let noted = (content != last.content).then(|| Last { content, ..last.clone() });
        let told = last.told.clone();
        Ok(Some(Unchanged { files, again: Again::of(&told.warnings), told, noted }))
    }

    /// The same for a build that is made after all.
    #[must_use]
    pub fn before_reading(self) -> Self {
        Self { survey: self.survey.before_reading(), ..self }
    }

    /// What to note once a build was made from this.
    pub fn last(&self, assembly: &Assembly, told: Told) -> Last {
        let content = self.survey.standings(assembly.texts.sources());
        Last { surroundings: self.surroundings.clone(), content, told }
    }
}

/// What was wrong with a portal that could be built.
pub fn warnings(assembly: &Assembly) -> Warnings {
    Warnings::of(&assembly.faults, &assembly.texts)
}

/// Differs when anything does on which a build depends besides the files of the content.
fn surroundings(project: &Project, purpose: &Purpose, asked: &str) -> Option<String> {
    let settings = project.settings_alone();
    let day = day(purpose.as_of, settings.portal.as_of, &parse::zone(&settings, &mut Vec::new()));
    let folders = (&*project.root, &*project.content);
    let (listed, faults) = Listed::of(&settings, folders, purpose.audience, None);
    let faults: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    let parts = [
        program_key(),
        asked.to_owned(),
        format!("{purpose:?} {day}"),
        format!("{} {project:?}", project.root.canonicalize().ok()?.display()),
        project.theme_key(&settings)?,
        git::standing(&project.root, &project.content),
        format!("{:?}", origin(project, day, purpose.audience)),
        format!("{listed:?} {faults:?}"),
    ];
    let mut hasher = blake3::Hasher::new();
    for part in &parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    Some(hasher.finalize().to_string())
}
