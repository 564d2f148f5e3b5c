//! Live blocks: the YAML of a fenced block that names records.

use super::yaml::Yaml;
use crate::diagnostic::Diagnostic;
use crate::model::body::{Embed, EmbedKind};
use crate::model::embed::EmbedSource;
use crate::record::decode::Decode;

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
    use crate::model::embed::EnvironmentsEmbed;

    fn read_as(kind: EmbedKind, source: &str) -> (Option<EmbedSource>, Vec<(&'static str, u32)>) {
        let place = Place::new(FileId::of("page.md"), 100, 100 + source.len());
        let (read, faults) = read(&Embed { kind, source: source.to_owned(), asks: None, place });
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
