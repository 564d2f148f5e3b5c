//! The rules on personal data and secrets.

use crate::diagnostic::{Level, Rule};
use crate::scan::Kind;

static PERSONAL_CODE: Rule = Rule {
    name: "personal-code",
    level: Level::Warn,
    what: "A text holds a personal code with a true date and check digit that is not of a published test person.",
    why: "A code names a person for life. Tests have no need of it: there are published identities of nobody.",
    example: "steps: [Log in as 3**********]   # a code in full",
};

static BANK_ACCOUNT: Rule = Rule {
    name: "bank-account",
    level: Level::Warn,
    what: "A text holds the number of a bank account with true check digits.",
    why: "It belongs to somebody. Books have examples that belong to nobody.",
    example: "The sum goes to EE64****************.   # a number in full",
};

static PHONE_NUMBER: Rule = Rule {
    name: "phone-number",
    level: Level::Warn,
    what: "A text holds a telephone number.",
    why: "Most numbers are those of persons. Numbers that begin with +372 0 belong to nobody.",
    example: "Call +372 5*** ****.   # a number in full",
};

static EMAIL_ADDRESS: Rule = Rule {
    name: "email-address",
    level: Level::Warn,
    what: "A text holds an e-mail address outside the domains that are kept for examples.",
    why: "Most addresses name a person. Those of services may be allowed in `portal.yaml`.",
    example: "channel: m***@agency.ee   # an address in full",
};

static SECRET: Rule = Rule {
    name: "secret",
    level: Level::Warn,
    what: "A text holds a password, token or key.",
    why: "Whoever reads it can use it. It stays in the history of the repository, so it has to be made invalid, too.",
    example: "curl -H 'Authorization: Bearer ***'   # a token in full",
};

/// An image that cannot be read to its end.
pub static BROKEN_IMAGE: Rule = Rule {
    name: "broken-image",
    level: Level::Warn,
    what: "An image file cannot be read to its end, so that its metadata cannot be taken out.",
    why: "Metadata tell where and when a picture was taken, and by whom.",
    example: "![](shots/form.jpg)   # form.jpg ends in the middle",
};

/// A document that tells who made it.
pub static DOCUMENT_METADATA: Rule = Rule {
    name: "document-metadata",
    level: Level::Warn,
    what: "A PDF, TIFF or SVG file tells who made it, on which computer or where.",
    why: "Metadata are taken out of pictures. These files are copied as they are, and readers see their properties.",
    example: "[Protocol](files/protocol.pdf)   # its properties name an author",
};

/// All of them.
pub static ALL: &[&Rule] = &[
    &PERSONAL_CODE,
    &BANK_ACCOUNT,
    &PHONE_NUMBER,
    &EMAIL_ADDRESS,
    &SECRET,
    &BROKEN_IMAGE,
    &DOCUMENT_METADATA,
];

/// The rule on a kind.
pub fn of(kind: Kind) -> &'static Rule {
    match kind {
        Kind::PersonalCode => &PERSONAL_CODE,
        Kind::Account => &BANK_ACCOUNT,
        Kind::Phone => &PHONE_NUMBER,
        Kind::Email => &EMAIL_ADDRESS,
        Kind::Password | Kind::Authorization | Kind::Token | Kind::PrivateKey => &SECRET,
    }
}
