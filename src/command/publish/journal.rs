//! What a publish that is under way leaves in the store, so that the next one knows where it stopped.
//!
//! The published manifest tells what the last whole publish left. Between it and the end of the next, nobody can say
//! of the files that are being changed whether they are the old ones or the new ones: the journal names these. It is
//! written before the first of them is touched and deleted after the last.
//!
//! Nobody can tell a publish that was stopped from one that is slow. So the journal also says what it deletes: of such
//! a file it means nothing that it is still there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::write::{MARKER, OutputPath};

/// Where it stands: no file of a portal can have this name.
pub const JOURNAL: &str = MARKER;

/// The form of the journal; another number says that its keys mean something else.
const SCHEMA: u32 = 1;

/// Files that may be old, new or gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// By what a publish knows its own.
    pub publish: String,
    /// For whom the portal is whose files these may be; nothing where the journal does not say.
    pub audience: Option<String>,
    /// The files.
    pub unsure: BTreeSet<OutputPath>,
    /// Those of them that are deleted.
    pub gone: BTreeSet<OutputPath>,
}

#[derive(Serialize, Deserialize)]
struct Written<'a> {
    schema: u32,
    publish: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    unsure: Vec<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gone: Vec<Cow<'a, str>>,
}

impl Journal {
    /// The journal as it is written.
    pub fn to_text(&self) -> String {
        let names = |paths: &BTreeSet<OutputPath>| paths.iter().map(|path| path.to_string().into()).collect();
        let (unsure, gone) = (names(&self.unsure), names(&self.gone));
        let (publish, audience) = (self.publish.clone(), self.audience.clone());
        let written = Written { schema: SCHEMA, publish, audience, unsure, gone };
        format!("{}\n", serde_json::to_string(&written).unwrap_or_default())
    }

    /// The journal that `text` writes down.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let written: Written<'_> =
            serde_json::from_slice(text).map_err(|error| format!("is no journal of juhend: {error}"))?;
        if written.schema != SCHEMA {
            return Err("is of another version of juhend".to_owned());
        }
        let paths = |names: &[Cow<'_, str>]| {
            let paths = names.iter().map(|path| OutputPath::new(path.as_ref()));
            paths.collect::<Result<_, _>>().map_err(|error| format!("is wrong: {error}"))
        };
        let (unsure, gone) = (paths(&written.unsure)?, paths(&written.gone)?);
        Ok(Self { publish: written.publish, audience: written.audience, unsure, gone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let path = |text: &str| OutputPath::new(text).expect("a path");
        let unsure = [path("a b/õ.html"), path("c")].into();
        let mut journal = Journal { publish: "1".to_owned(), unsure, ..Journal::default() };
        let text = journal.to_text();
        assert_eq!(text, "{\"schema\":1,\"publish\":\"1\",\"unsure\":[\"a b/õ.html\",\"c\"]}\n");
        assert_eq!(Journal::parse(text.as_bytes()), Ok(journal.clone()));
        (journal.audience, journal.gone) = (Some("public".to_owned()), [path("c")].into());
        let text = journal.to_text();
        assert_eq!(Journal::parse(text.as_bytes()), Ok(journal));
        for (text, said) in [
            ("", "no journal"),
            ("{\"schema\":2,\"publish\":\"1\",\"unsure\":[]}", "another version"),
            ("{\"schema\":1,\"publish\":\"1\",\"unsure\":[\"../a\"]}", "`..`"),
        ] {
            assert!(Journal::parse(text.as_bytes()).expect_err("refused").contains(said), "{text}");
        }
    }
}
