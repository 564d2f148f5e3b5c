//! The addresses that a portal makes, for comparing with those that it made before.

/// An address of a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// From the portal's root: `/guides/report-defect/`, `/feed.xml`.
    pub address: String,
    /// Where it leads, if it is a former address.
    pub leads_to: Option<String>,
    /// The text that stands there, if it is that of a Markdown page.
    pub text: Option<Text>,
}

/// What is known of a text wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The language of the page, which may show a text in another.
    pub language: String,
    /// Its title.
    pub title: String,
    /// The name that stays when it moves, if it has one.
    pub id: Option<String>,
    /// A hash of what it says; nothing for an empty text.
    pub digest: Option<String>,
    /// The path of its file in the content folder.
    pub source: String,
    /// The parts of it that links may lead to.
    pub anchors: Vec<String>,
}

/// What a portal made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which one, as a phrase: "the portal in `public`".
    pub by: String,
    /// Its addresses.
    pub list: Vec<Address>,
    /// Files of the content that have another path since then, as far as that is known: before and after.
    pub renames: Vec<(String, String)>,
}
