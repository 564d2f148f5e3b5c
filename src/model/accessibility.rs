//! The accessibility statement of a portal, part by part as the model statement of Implementing Decision (EU)
//! 2018/1523 has it.

use crate::diagnostic::Placed;
use crate::record::text::Text;
use crate::record::time::Day;
use crate::record::{choice, record};

record! {
    /// What the accessibility statement says.
    pub struct Accessibility {
        /// Who publishes the portal and answers for it.
        #[example = "Benefits Agency"]
        pub body: Text,
        /// What the statement covers; the portal where nothing is said.
        #[example = "This portal and the files in it"]
        pub scope: Option<Text>,
        /// The law that asks for it; the directive of the European Union where nothing is said.
        #[example = "Public Information Act, § 32"]
        pub law: Option<Text>,
        /// The standard that was assessed against; EN 301 549 and WCAG 2.2, level AA, where nothing is said.
        #[example = "EN 301 549 V3.2.1"]
        pub standard: Option<Text>,
        /// How far the portal conforms.
        pub status: Placed<Conformance>,
        /// What cannot be used by everybody, and why.
        pub limitations: Vec<Limitation>,
        /// When the statement was written.
        pub prepared: Placed<Day>,
        /// When it was last looked through; when it was written where nothing is said.
        pub reviewed: Option<Placed<Day>>,
        /// How the portal was assessed.
        pub method: AssessmentMethod,
        /// The address of the report of the assessment.
        #[example = "https://testing.example.ee/reports/accessibility/"]
        pub report: Option<String>,
        /// Whom readers tell of a barrier: a service mailbox or the address of a form; never a person.
        #[example = "https://example.ee/contact"]
        pub contact: String,
        /// In how long they are answered.
        #[example = "We answer within five workdays."]
        pub answer: Option<Text>,
        /// Whom readers turn to when the answer does not satisfy.
        pub enforcement: Enforcement,
    }

    /// Something that cannot be used by everybody.
    pub struct Limitation {
        /// What it is, and for whom.
        #[example = "Older diagrams have no description in words"]
        pub what: Text,
        /// Why it is so.
        pub because: LimitationReason,
        /// How the same can be had otherwise.
        #[example = "The text below each diagram says the same"]
        pub instead: Option<Text>,
        /// The day by which it will be mended.
        #[example = "2027-03-31"]
        pub until: Option<Day>,
    }

    /// Who enforces the law.
    pub struct Enforcement {
        /// The authority.
        #[example = "Consumer Protection and Technical Regulatory Authority"]
        pub body: Text,
        /// The address of its page.
        #[example = "https://ttja.ee/"]
        pub url: Option<String>,
    }
}

choice! {
    /// How far a portal conforms.
    pub enum Conformance {
        /// In full.
        Full = "full",
        /// In most of it.
        Partial = "partial",
        /// It does not.
        None = "none",
    }

    /// Why something cannot be used by everybody.
    pub enum LimitationReason {
        /// It breaks the requirements.
        Breach = "breach",
        /// To mend it would be a disproportionate burden.
        Burden = "burden",
        /// The requirements do not apply to it.
        OutOfScope = "out_of_scope",
    }

    /// How a portal was assessed.
    pub enum AssessmentMethod {
        /// By its publisher.
        Own = "self",
        /// By somebody else.
        ThirdParty = "third_party",
    }
}
