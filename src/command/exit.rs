//! How the program ends.

use std::process::{ExitCode, Termination};

/// What the program tells whoever started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// Wrong usage, or a file or folder that cannot be read or written.
    CouldNotRun,
    /// The content has faults, or a gate fails.
    Findings,
    /// Nobody can say whether a gate passes.
    Unknown,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fine => 0,
            Self::CouldNotRun => 1,
            Self::Findings => 2,
            Self::Unknown => 3,
        })
    }
}

/// Why a command could not run, in a sentence, with a hint where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}
