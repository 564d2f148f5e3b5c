//! Live blocks: the YAML of a fenced block that names records.

use super::yaml::Yaml;
use crate::diagnostic::{Diagnostic, Placed};
use crate::model::body::{Embed, EmbedKind};
use crate::model::defect::Severity;
use crate::record::decode::Decode;
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

/// What `embed` shows, and what is wrong with its lines; nothing if it cannot be drawn.
pub fn read(embed: &Embed) -> (Option<EmbedSource>, Vec<Diagnostic>) {
    let yaml = Yaml { text: &embed.source, start: embed.place.start as usize, file: embed.place.file };
    let node = match yaml.read() {
        Ok(node) => node,
        Err(fault) => return (None, vec![fault]),
    };
    let mut faults = Vec::new();
    let source = match embed.kind {
        EmbedKind::Results => Decode::decode(&node, &mut faults).map(EmbedSource::Results),
        EmbedKind::Release => Decode::decode(&node, &mut faults).map(EmbedSource::Release),
        EmbedKind::Schedule => Decode::decode(&node, &mut faults).map(EmbedSource::Schedule),
        EmbedKind::Trend => Decode::decode(&node, &mut faults).map(EmbedSource::Trend),
        EmbedKind::Defects => Decode::decode(&node, &mut faults).map(EmbedSource::Defects),
        EmbedKind::Environments => Decode::decode(&node, &mut faults).map(EmbedSource::Environments),
        EmbedKind::Gate => Decode::decode(&node, &mut faults).map(EmbedSource::Gate),
    };
    (source, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Place};

    fn read_as(kind: EmbedKind, source: &str) -> (Option<EmbedSource>, Vec<(&'static str, u32)>) {
        let place = Place::new(FileId::of("page.md"), 100, 100 + source.len());
        let (read, faults) = read(&Embed { kind, source: source.to_owned(), place });
        (read, faults.into_iter().map(|fault| (fault.rule.name, fault.place.start)).collect())
    }

    #[test]
    fn a_version_stays_text() {
        let (read, faults) = read_as(EmbedKind::Release, "release: 2026.10\n");
        let Some(EmbedSource::Release(embed)) = read else { panic!("a release was expected") };
        assert_eq!((embed.release.id(), faults), ("2026.10", Vec::new()));
    }

    #[test]
    fn faults_know_their_place_in_the_page() {
        assert_eq!(
            read_as(EmbedKind::Release, "relase: 2026.10\n").1,
            [("unknown-key", 100), ("missing-key", 100)]
        );
        assert_eq!(read_as(EmbedKind::Trend, "benefits-sit\n").1, [("wrong-type", 100)]);
        assert_eq!(
            read_as(EmbedKind::Defects, "release: a\nseverity: [grave]\n").1,
            [("unknown-value", 122)]
        );
    }

    #[test]
    fn environments_may_be_all() {
        let (read, faults) = read_as(EmbedKind::Environments, "");
        let all = EmbedSource::Environments(EnvironmentsEmbed { environments: Vec::new() });
        assert_eq!((read, faults), (Some(all), Vec::new()));
    }
}
