//! How a series of numbers is told from the others: never by colour alone.

use serde::Serialize;

use crate::model::defect::Severity;
use crate::model::run::Status;

/// A series of numbers: a name, a colour, and a texture or a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// What readers call it.
    pub name: String,
    /// The colour of its areas and marks: `fill-…` in the theme.
    pub fill: &'static str,
    /// The texture of its areas.
    pub texture: Texture,
    /// The line that it is drawn as: `line-…` in the theme; nothing for areas.
    pub line: Option<&'static str>,
    /// What stands on each of the line's days.
    pub mark: Mark,
}

/// The texture of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Texture {
    /// None.
    Plain,
    /// Slanting stripes.
    Slanted,
    /// Upright stripes.
    Upright,
    /// Level stripes.
    Level,
    /// Stripes both ways.
    Crossed,
}

/// What stands on each of a line's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nothing.
    None,
    /// A disc.
    Disc,
    /// A square.
    Square,
}

impl Series {
    /// An area.
    pub fn area(name: impl Into<String>, fill: &'static str, texture: Texture) -> Self {
        Self { name: name.into(), fill, texture, line: None, mark: Mark::None }
    }

    /// A line.
    pub fn line(name: impl Into<String>, line: &'static str, fill: &'static str, mark: Mark) -> Self {
        Self { name: name.into(), fill, texture: Texture::Plain, line: Some(line), mark }
    }

    /// Cases that ended as `status`.
    pub fn status(name: impl Into<String>, status: Status) -> Self {
        let (fill, texture) = match status {
            Status::Passed => ("fill-passed", Texture::Plain),
            Status::Failed => ("fill-failed", Texture::Slanted),
            Status::Error => ("fill-error", Texture::Upright),
            Status::Blocked => ("fill-blocked", Texture::Level),
            Status::Skipped => ("fill-skipped", Texture::Plain),
            Status::InProgress => ("fill-in_progress", Texture::Crossed),
            Status::NotRun => ("fill-not_run", Texture::Plain),
        };
        Self::area(name, fill, texture)
    }

    /// Defects of a severity.
    pub fn severity(name: impl Into<String>, severity: Severity) -> Self {
        let (fill, texture) = match severity {
            Severity::Critical => ("fill-failed", Texture::Plain),
            Severity::Major => ("fill-failed", Texture::Slanted),
            Severity::Minor => ("fill-skipped", Texture::Level),
            Severity::Cosmetic => ("fill-not_run", Texture::Plain),
        };
        Self::area(name, fill, texture)
    }
}
