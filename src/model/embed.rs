//! Live blocks: what the YAML of a fenced block asks for.

use crate::diagnostic::Placed;
use crate::model::defect::Severity;
use crate::record::record;
use crate::record::reference::{Pointer, Ref, References, to};

record! {
    /// Counts of one run.
    pub struct ResultsEmbed {
        /// The run.
        pub run: Ref<to::Run>,
    }

    /// One release in short.
    pub struct ReleaseEmbed {
        /// The release.
        pub release: Ref<to::Release>,
    }

    /// Events of a release or of all releases of a product.
    pub struct ScheduleEmbed {
        /// The release.
        pub release: Option<Ref<to::Release>>,
        /// The product.
        pub product: Option<Ref<to::Product>>,
        /// How many days ahead are shown; all, if nothing is written.
        pub days: Option<u32>,
    }

    /// The runs of a series.
    pub struct TrendEmbed {
        /// The series.
        pub series: Placed<String>,
    }

    /// Open defects of a release.
    pub struct DefectsEmbed {
        /// The release.
        pub release: Ref<to::Release>,
        /// Which severities are shown; all, if nothing is written.
        pub severity: Vec<Severity>,
    }

    /// Environments and their state.
    pub struct EnvironmentsEmbed {
        /// Which; all, if nothing is written.
        pub environments: Vec<Ref<to::Environment>>,
    }

    /// The gate of a release.
    pub struct GateEmbed {
        /// The release.
        pub release: Ref<to::Release>,
    }
}

/// What a live block shows.
#[derive(Debug, Clone, PartialEq)]
pub enum EmbedSource {
    /// Counts of one run.
    Results(ResultsEmbed),
    /// One release in short.
    Release(ReleaseEmbed),
    /// Events.
    Schedule(ScheduleEmbed),
    /// The runs of a series.
    Trend(TrendEmbed),
    /// Open defects.
    Defects(DefectsEmbed),
    /// Environments.
    Environments(EnvironmentsEmbed),
    /// A gate.
    Gate(GateEmbed),
}

impl References for EmbedSource {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        match self {
            Self::Results(embed) => embed.references(visit),
            Self::Release(embed) => embed.references(visit),
            Self::Schedule(embed) => embed.references(visit),
            Self::Trend(embed) => embed.references(visit),
            Self::Defects(embed) => embed.references(visit),
            Self::Environments(embed) => embed.references(visit),
            Self::Gate(embed) => embed.references(visit),
        }
    }
}
