//! The front matter of Markdown pages.

use super::date_change::DateChange;
use crate::diagnostic::{Diagnostic, Placed};
use crate::record::decode::Decode;
use crate::record::entries::Entries;
use crate::record::node::Node;
use crate::record::reference::{Pointer, Ref, References, to};
use crate::record::shape::{ChoiceShape, Shape, Shaped};
use crate::record::text::Text;
use crate::record::time::{Day, Moment, Period, Seconds};
use crate::record::{choice, record};

record! {
    /// A guide or any other page: what its front matter may say.
    pub struct Front {
        /// The title; else the first heading, else the file's name.
        #[example = "How to report a defect"]
        pub title: Option<Text>,
        /// One sentence about it, shown in lists and below the title.
        #[example = "What a defect report has to say"]
        pub description: Option<Text>,
        /// The team or role that keeps it.
        pub owner: Option<Ref<to::Owner>>,
        /// When it was last reviewed.
        #[example = "2026-03-01"]
        pub reviewed: Option<Placed<Day>>,
        /// How often it is reviewed; without it, as the portal says.
        pub review_every: Option<Period>,
        /// When it was first published.
        #[example = "2025-09-01"]
        pub published: Option<Day>,
        /// When it was last changed.
        #[example = "2026-03-01"]
        pub updated: Option<Day>,
        /// Products it is about.
        pub applies_to: Vec<Ref<to::Product>>,
        /// Addresses it had before; they lead here.
        #[example = "/old/path/"]
        pub aliases: Vec<Placed<String>>,
        /// A name that stays when the page moves.
        #[example = "report-defect"]
        pub id: Option<Placed<String>>,
        /// Its place among its neighbours.
        #[example = "10"]
        pub order: Option<i32>,
        /// Words to find it by.
        #[example = "defects"]
        pub tags: Vec<String>,
        /// Whether it is a draft, which is built only on request.
        pub draft: Option<bool>,
        /// Of a translation: the SHA-256 of the file it was made from, its first seven digits at least.
        #[example = "5f4dcc3b5aa7"]
        pub translated_from: Option<Placed<String>>,
        /// Whether search engines and lists leave it out.
        pub hidden: Option<bool>,
    }

    /// A training module: the keys of any page, and these.
    pub struct Training {
        /// How long it takes.
        #[example = "2h"]
        pub duration: Option<Seconds>,
        /// For whom it is.
        pub level: Option<TrainingLevel>,
        /// What one can do after it.
        #[example = "Report a defect so that it can be repeated"]
        pub objectives: Vec<Text>,
        /// Modules to take before, as paths relative to this file.
        #[example = "10-basics.md"]
        pub requires: Vec<Ref<to::Page>>,
        /// Teams it is meant for.
        pub audience_teams: Vec<Ref<to::Team>>,
        /// When it is held.
        pub sessions: Vec<Session>,
    }

    /// A session of a training module.
    pub struct Session {
        /// When it begins.
        #[example = "2026-10-21T10:00"]
        pub at: Placed<Moment>,
        /// When it ends.
        #[example = "2026-10-21T12:00"]
        pub until: Option<Placed<Moment>>,
        /// Where it is held.
        #[example = "Online"]
        pub place: Option<Text>,
        /// The team or role that holds it.
        pub trainer: Option<Ref<to::Owner>>,
        /// How many can take part.
        #[example = "20"]
        pub seats: Option<u32>,
        /// Teams that are invited.
        pub teams: Vec<Ref<to::Team>>,
        /// Whether it will not be held.
        pub cancelled: Option<bool>,
        /// How its beginning moved, and why.
        pub schedule_changes: Vec<DateChange>,
        /// How many people of each team came; never names.
        #[example = "uat: 14"]
        pub attended: Entries<Ref<to::Team>, u32>,
    }

    /// A test report: the keys of any page, and these.
    pub struct Report {
        /// Progress or completion (ISO/IEC/IEEE 29119-3).
        pub r#type: Option<Placed<ReportType>>,
        /// The release it is about.
        pub release: Option<Ref<to::Release>>,
        /// The runs it sums up.
        pub runs: Vec<Ref<to::Run>>,
        /// When it is due.
        pub due: Option<Placed<ReportDue>>,
        /// When it was issued; without it, it is still being written.
        #[example = "2026-10-16T10:30"]
        pub issued: Option<Placed<Moment>>,
        /// Its revision, from 1.
        #[example = "1"]
        pub revision: Option<u32>,
        /// The role that approved it.
        pub approved_by: Option<Ref<to::Role>>,
        /// The teams, roles and partners that get it.
        pub distribution: Vec<Ref<to::Party>>,
        /// What changed from one revision to the next.
        pub changes: Vec<ReportChange>,
    }

    /// A line of a report's change history.
    pub struct ReportChange {
        /// The revision.
        #[example = "2"]
        pub revision: u32,
        /// When it was issued.
        #[example = "2026-10-17"]
        pub at: Moment,
        /// What changed.
        #[example = "Results of the last run added"]
        pub text: Text,
    }

    /// A question of a test team: the keys of any page, and these.
    pub struct Advice {
        /// When it was asked.
        pub asked: Option<Placed<Day>>,
        /// The team that asked.
        pub team: Option<Ref<to::Team>>,
        /// When it was answered; without it, it is open.
        #[example = "2026-10-14"]
        pub answered: Option<Placed<Day>>,
        /// Products it is about.
        pub products: Vec<Ref<to::Product>>,
        /// Guides that say more, as paths relative to this file.
        #[example = "../guides/report-defect.md"]
        pub guides: Vec<Ref<to::Page>>,
    }

    /// An improvement proposal: the keys of any page, and these.
    pub struct Proposal {
        /// How far it is.
        pub status: Option<Placed<ProposalStatus>>,
        /// The team or role that proposed it.
        pub team: Option<Ref<to::Owner>>,
        /// The report or other page it came from, as a path relative to this file.
        #[example = "../reports/2026.10-completion.md"]
        pub from: Option<Ref<to::Page>>,
        /// When it is looked at again.
        #[example = "2026-12-01"]
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
            Shape::Choice(ChoiceShape {
                name: "ReportDue",
                words: &[("release", "When the release's schedule says.")],
            }),
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
