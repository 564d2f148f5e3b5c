//! Whom to tell of a weakness of the portal, as `security.txt` says it (RFC 9116).

use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::time::Day;

record! {
    /// What `security.txt` says.
    pub struct Security {
        /// Whom to tell of a weakness: service mailboxes or addresses of the web, the best first; never a person.
        #[example = "security@example.ee"]
        pub contact: Vec<Placed<String>>,
        /// The last day on which all of it holds; at most a year ahead.
        #[example = "2027-10-01"]
        pub expires: Placed<Day>,
        /// The languages in which reports are read; those of the portal where nothing is said.
        #[example = "et"]
        pub languages: Vec<Placed<String>>,
        /// The address of a page that tells how reports are dealt with.
        #[example = "https://example.ee/security"]
        pub policy: Option<Placed<String>>,
        /// The address of a key with which reports can be encrypted.
        #[example = "https://example.ee/security.asc"]
        pub encryption: Option<Placed<String>>,
        /// The address of a page that thanks those who reported.
        #[example = "https://example.ee/security/thanks"]
        pub acknowledgments: Option<Placed<String>>,
        /// The address of a page of open posts.
        #[example = "https://example.ee/jobs"]
        pub hiring: Option<Placed<String>>,
    }
}

impl Security {
    /// The addresses of pages that it names.
    pub fn pages(&self) -> impl Iterator<Item = &Placed<String>> {
        [&self.policy, &self.encryption, &self.acknowledgments, &self.hiring].into_iter().flatten()
    }
}
