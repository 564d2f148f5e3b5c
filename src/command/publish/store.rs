//! A store of objects: what publishing wants of it, whoever keeps it.

use std::fmt;

use super::super::exit::Failure;
use crate::command::external::client::Load;
use crate::digest::Digest;

/// A store of objects, each whole or not there. Objects are named by their paths in the portal.
pub trait Store: Sync {
    /// The object at `path`, nothing where there is none.
    ///
    /// # Errors
    /// The store cannot say.
    fn get(&self, path: &str) -> Result<Option<Stored>, Refusal>;

    /// What the store says of the object at `path`, nothing where there is none.
    ///
    /// # Errors
    /// The store cannot say.
    fn held(&self, path: &str) -> Result<Option<Held>, Refusal>;

    /// Writes the object at `path`, or leaves it as it was.
    ///
    /// # Errors
    /// The store does not take it.
    fn put(&self, path: &str, object: &Object<'_>) -> Result<(), Refusal>;

    /// Deletes the object at `path`, if there is one.
    ///
    /// # Errors
    /// The store does not let it go.
    fn delete(&self, path: &str) -> Result<(), Refusal>;
}

/// An object that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What names this state of it, in the store's own words.
    pub tag: Option<String>,
}

/// The head of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The hash that whoever published it said it has.
    pub sha256: Option<Digest>,
    /// How many bytes it has, where the store says so.
    pub bytes: Option<u64>,
}

/// An object to write.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    /// What is in it.
    pub load: Load<'a>,
    /// How many bytes that are.
    pub bytes: u64,
    /// Their hash.
    pub sha256: Digest,
    /// When it is written.
    pub condition: Condition<'a>,
}

/// When an object is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition<'a> {
    /// Always.
    Always,
    /// If there is none.
    Absent,
    /// If the one that is there has this tag.
    Tagged(&'a str),
}

/// Why a store did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The condition does not hold.
    Condition,
    /// It says no, and will say so again: the status, and its own word for the reason.
    Refused {
        /// The status (RFC 9110, section 15).
        status: u16,
        /// The store's word, as `AccessDenied`.
        code: Option<String>,
        /// In which region the bucket is, where the store says so.
        region: Option<String>,
    },
    /// What it holds is longer than anything that was published.
    TooLong,
    /// It did not answer well, however often it was asked; what came last.
    Tired(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition => f.write_str("was written by somebody else meanwhile"),
            Self::Refused { status, code: Some(code), .. } => write!(f, "is refused: {status} {code}"),
            Self::Refused { status, code: None, .. } => write!(f, "is refused: {status}"),
            Self::TooLong => f.write_str("is longer than anything that was published"),
            Self::Tired(last) => write!(f, "could not be had in many attempts: {last}"),
        }
    }
}

impl Refusal {
    /// The failure that `what` met, as "cannot write `index.html`".
    pub fn failure(&self, what: &str) -> Failure {
        let failure = Failure::new(format!("{what}: it {self}"));
        match self.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }

    fn hint(&self) -> Option<String> {
        let Self::Refused { status, code, region } = self else {
            return matches!(self, Self::Tired(_)).then(|| {
                "publish again when the store can be reached: what was uploaded stays, and is not uploaded again"
                    .to_owned()
            });
        };
        let said = match code.as_deref() {
            Some("NoSuchBucket") => {
                "make the bucket first, or look at its name and at AWS_ENDPOINT_URL".to_owned()
            }
            Some("InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken") => {
                "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN".to_owned()
            }
            Some("ExpiredToken" | "TokenRefreshRequired") => {
                "get a new session token: this one is too old".to_owned()
            }
            Some("RequestTimeTooSkewed") => "set the clock of this machine".to_owned(),
            Some("EntityTooLarge") => "a file can have 5 GB at most".to_owned(),
            _ => match (status, region) {
                (301 | 307 | 400, Some(region)) => {
                    format!("the bucket is in another region: set AWS_REGION={region}")
                }
                (301 | 307, None) => "set AWS_REGION to the region of the bucket".to_owned(),
                (401 | 403, _) => {
                    "the key must be allowed to s3:ListBucket the bucket, and to s3:GetObject, s3:PutObject \
                                   and s3:DeleteObject below the prefix"
                        .to_owned()
                }
                _ => return None,
            },
        };
        Some(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_refused_learns_what_to_do() {
        let refused = |status, code: &str, region: Option<&str>| Refusal::Refused {
            status,
            code: (!code.is_empty()).then(|| code.to_owned()),
            region: region.map(str::to_owned),
        };
        for (refusal, message, hint) in [
            (
                refused(404, "NoSuchBucket", None),
                "cannot read `a`: it is refused: 404 NoSuchBucket",
                "make the bucket",
            ),
            (refused(403, "", None), "cannot read `a`: it is refused: 403", "s3:PutObject"),
            (
                refused(301, "PermanentRedirect", Some("eu-north-1")),
                "301 PermanentRedirect",
                "AWS_REGION=eu-north-1",
            ),
            (refused(403, "RequestTimeTooSkewed", None), "403 RequestTimeTooSkewed", "clock"),
            (Refusal::Tired("answers 503".to_owned()), "many attempts: answers 503", "publish again"),
        ] {
            let failure = refusal.failure("cannot read `a`");
            assert!(failure.message.contains(message), "{}", failure.message);
            assert!(failure.hint.as_deref().is_some_and(|said| said.contains(hint)), "{:?}", failure.hint);
        }
    }
}
