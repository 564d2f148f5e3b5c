//! The front matter of Markdown pages.

use super::date_change::DateChange;
use crate::diagnostic::{Diagnostic, Placed};
use crate::record::decode::Decode;
use crate::record::entries::Entries;
use crate::record::node::Node;
use crate::record::reference::{Pointer, Ref, References, to};
use crate::record::shape::{Shape, Shaped};
use crate::record::text::Text;
use crate::record::time::{Day, Moment, Period, Seconds};
use crate::record::{choice, record};

record! {
    /// What any page may say of itself.
    pub struct Front {
        /// The title; else the first heading, else the file's name.
        pub title: Option<Text>,
        /// One sentence about it.
        pub description: Option<Text>,
        /// The team or role that keeps it.
        pub owner: Option<Ref<to::Owner>>,
        /// When it was last reviewed.
        pub reviewed: Option<Placed<Day>>,
        /// How often it is reviewed.
        pub review_every: Option<Period>,
        /// When it was first published.
        pub published: Option<Day>,
        /// When it was last changed.
        pub updated: Option<Day>,
        /// Products it is about.
        pub applies_to: Vec<Ref<to::Product>>,
        /// Addresses it had before.
        pub aliases: Vec<Placed<String>>,
        /// A name that stays when the page moves.
        pub id: Option<Placed<String>>,
        /// Its place among its neighbours.
        pub order: Option<i32>,
        /// Words to find it by.
        pub tags: Vec<String>,
        /// Whether it is shown only on request.
        pub draft: Option<bool>,
        /// What it was translated from: the SHA-256 of that file, its first seven digits at least.
        pub translated_from: Option<Placed<String>>,
        /// Whether search engines and lists leave it out.
        pub hidden: Option<bool>,
    }

    /// What a training page says besides.
    pub struct Training {
        /// How long it takes.
        pub duration: Option<Seconds>,
        /// For whom it is.
        pub level: Option<TrainingLevel>,
        /// What one can do afterwards.
        pub objectives: Vec<Text>,
        /// Modules to take before.
        pub requires: Vec<Ref<to::Page>>,
        /// Teams it is meant for.
        pub audience_teams: Vec<Ref<to::Team>>,
        /// When it is held.
        pub sessions: Vec<Session>,
    }

    /// A session of a training module.
    pub struct Session {
        /// When it begins.
        pub at: Placed<Moment>,
        /// When it ends.
        pub until: Option<Placed<Moment>>,
        /// Where.
        pub place: Option<Text>,
        /// The team or role that holds it.
        pub trainer: Option<Ref<to::Owner>>,
        /// How many can take part.
        pub seats: Option<u32>,
        /// Teams that are invited.
        pub teams: Vec<Ref<to::Team>>,
        /// Whether it will not be held.
        pub cancelled: Option<bool>,
        /// How its beginning moved, and why.
        pub schedule_changes: Vec<DateChange>,
        /// How many of each team came.
        pub attended: Entries<Ref<to::Team>, u32>,
    }

    /// What a test report says besides.
    pub struct Report {
        /// Progress or completion (ISO/IEC/IEEE 29119-3).
        pub r#type: Option<Placed<ReportType>>,
        /// The release it is about.
        pub release: Option<Ref<to::Release>>,
        /// The runs it sums up.
        pub runs: Vec<Ref<to::Run>>,
        /// When it is due.
        pub due: Option<Placed<ReportDue>>,
        /// When it was issued.
        pub issued: Option<Placed<Moment>>,
        /// Its revision.
        pub revision: Option<u32>,
        /// The role that approved it.
        pub approved_by: Option<Ref<to::Role>>,
        /// Who gets it.
        pub distribution: Vec<Ref<to::Party>>,
        /// What changed.
        pub changes: Vec<ReportChange>,
    }

    /// A line of a report's change history.
    pub struct ReportChange {
        /// The revision.
        pub revision: u32,
        /// When.
        pub at: Moment,
        /// What changed.
        pub text: Text,
    }

    /// What a question says besides.
    pub struct Advice {
        /// When it was asked.
        pub asked: Option<Placed<Day>>,
        /// The team that asked.
        pub team: Option<Ref<to::Team>>,
        /// When it was answered.
        pub answered: Option<Placed<Day>>,
        /// Products it is about.
        pub products: Vec<Ref<to::Product>>,
        /// Guides that say more.
        pub guides: Vec<Ref<to::Page>>,
    }

    /// What an improvement proposal says besides.
    pub struct Proposal {
        /// How far it is.
        pub status: Option<Placed<ProposalStatus>>,
        /// The team that proposed it.
        pub team: Option<Ref<to::Owner>>,
        /// The page it came from.
        pub from: Option<Ref<to::Page>>,
        /// When it is looked at again.
        pub review: Option<Placed<Day>>,
    }
}

choice! {
    /// For whom a training module is.
    pub enum TrainingLevel {
        /// Beginners.
        Beginner = "beginner",
        /// Those with some experience.
        Intermediate = "intermediate",
        /// Those with much.
        Advanced = "advanced",
    }

    /// What a report reports.
    pub enum ReportType {
        /// How testing goes.
        Progress = "progress",
        /// How testing went.
        Completion = "completion",
    }

    /// How far a proposal is.
    pub enum ProposalStatus {
        /// Proposed.
        Proposed = "proposed",
        /// Accepted.
        Accepted = "accepted",
        /// Under way.
        InProgress = "in_progress",
        /// Done.
        Done = "done",
        /// Rejected.
        Rejected = "rejected",
    }
}

/// When a report is due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReportDue {
    /// When the release's schedule says.
    Release,
    /// Then.
    At(Moment),
}

impl Decode for ReportDue {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        if node.as_scalar() == Some("release") {
            return Some(Self::Release);
        }
        Moment::decode(node, faults).map(Self::At)
    }
}

impl References for ReportDue {
    fn references<'a>(&'a self, _visit: &mut dyn FnMut(&'a Pointer)) {}
}

impl Shaped for ReportDue {
    fn shape() -> Shape {
        Shape::Either(vec![
            Shape::Choice(&[("release", "When the release's schedule says.")]),
            Moment::shape(),
        ])
    }
}

impl Front {
    /// The front matter of a page that says nothing.
    pub fn empty() -> Self {
        Self {
            title: None,
            description: None,
            owner: None,
            reviewed: None,
            review_every: None,
            published: None,
            updated: None,
            applies_to: Vec::new(),
            aliases: Vec::new(),
            id: None,
            order: None,
            tags: Vec::new(),
            draft: None,
            translated_from: None,
            hidden: None,
        }
    }
}
