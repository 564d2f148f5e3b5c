//! The sections that a report is to have, and how far its author has written them.
//!
//! What the sections are called and what `juhend new report` writes under them stands in the
//! catalogues of words and nowhere else: [`Templates`] holds it, so that new reports are written from it
//! and written ones are held against it.

use crate::model::body::{Body, LinkKind, Piece};
use crate::model::page::ReportType;

/// A section that ISO/IEC/IEEE 29119-3 and the ISTQB syllabus ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Summary of testing performed.
    Summary,
    /// Deviations from the plan.
    Deviations,
    /// Evaluation against the exit criteria.
    Evaluation,
    /// Factors that blocked progress.
    BlockingFactors,
    /// Test measures.
    Measures,
    /// Residual risks and defects not fixed.
    ResidualRisks,
    /// Deliverables.
    Deliverables,
    /// Lessons learned.
    LessonsLearned,
    /// The period that is reported.
    Period,
    /// Progress against the plan.
    Progress,
    /// Impediments.
    Impediments,
    /// New and changed risks.
    Risks,
    /// The next period.
    NextPeriod,
}

impl Part {
    /// The sections of a report, in the order of the standard. Authors may keep another.
    pub fn of(kind: ReportType) -> &'static [Self] {
        match kind {
            ReportType::Completion => &[
                Self::Summary,
                Self::Deviations,
                Self::Evaluation,
                Self::BlockingFactors,
                Self::Measures,
                Self::ResidualRisks,
                Self::Deliverables,
                Self::LessonsLearned,
            ],
            ReportType::Progress => &[
                Self::Period,
                Self::Progress,
                Self::Impediments,
                Self::Measures,
                Self::Risks,
                Self::NextPeriod,
            ],
        }
    }

    /// The word that names it in catalogues and, with `-` for `_`, as a heading's id.
    pub fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Deviations => "deviations",
            Self::Evaluation => "evaluation",
            Self::BlockingFactors => "blocking_factors",
            Self::Measures => "measures",
            Self::ResidualRisks => "residual_risks",
            Self::Deliverables => "deliverables",
            Self::LessonsLearned => "lessons_learned",
            Self::Period => "period",
            Self::Progress => "progress",
            Self::Impediments => "impediments",
            Self::Risks => "risks",
            Self::NextPeriod => "next_period",
        }
    }

    /// The key of its heading in the catalogues.
    pub fn heading_key(self, kind: ReportType) -> String {
        format!("report_{}.{}", kind.word(), self.word())
    }

    /// The key of what to write under it.
    pub fn hint_key(self, kind: ReportType) -> String {
        format!("report_{}_hint.{}", kind.word(), self.word())
    }

    /// The key of further names by which it is known, with `;` between them.
    fn also_key(self) -> String {
        format!("report_also.{}", self.word())
    }

    fn has_id(self, id: &str) -> bool {
        id.replace('-', "_") == self.word()
    }
}

/// What the sections are called and what new reports say under them, in every language.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    entries: Vec<Template>,
}

#[derive(Debug, Clone)]
struct Template {
    language: String,
    kind: ReportType,
    part: Part,
    name: String,
    headings: Vec<String>,
    hint: String,
}

impl Templates {
    /// The templates of several languages, each with its tag; `text` gives the text of a language under a
    /// key of the catalogues.
    pub fn of<'a, L: Copy>(
        languages: impl IntoIterator<Item = (&'a str, L)>,
        text: impl Fn(L, &str) -> String,
    ) -> Self {
        let mut entries = Vec::new();
        for (tag, language) in languages {
            for kind in [ReportType::Completion, ReportType::Progress] {
                entries.extend(Part::of(kind).iter().map(|part| {
                    let also = text(language, &part.also_key());
                    let heading = text(language, &part.heading_key(kind));
                    Template {
                        language: tag.to_owned(),
                        kind,
                        part: *part,
                        headings: std::iter::once(heading.as_str())
                            .chain(also.split(';'))
                            .map(folded)
                            .collect(),
                        hint: folded(&text(language, &part.hint_key(kind))),
                        name: heading,
                    }
                }));
            }
        }
        Self { entries }
    }

    /// What a section is called in `language`.
    pub fn name(&self, kind: ReportType, part: Part, language: &str) -> Option<&str> {
        let is_wanted = |entry: &&Template| entry.kind == kind && entry.part == part;
        let mut entries = self.entries.iter().filter(is_wanted);
        let found = entries.clone().find(|entry| entry.language == language).or_else(|| entries.next());
        found.map(|entry| entry.name.as_str())
    }

    /// The section of a report of `kind` that a heading opens: one with the section's id, or with its
    /// name in any language, numbered or not.
    fn part(&self, kind: ReportType, id: &str, heading: &str) -> Option<Part> {
        let heading = folded(without_number(heading));
        let by_name = || {
            let mut entries = self.entries.iter();
            let found = entries.find(|entry| entry.kind == kind && entry.headings.contains(&heading));
            found.map(|entry| entry.part)
        };
        Part::of(kind).iter().copied().find(|part| part.has_id(id)).or_else(by_name)
    }

    /// Whether `text` says no more than what new reports say under `part`.
    fn is_template(&self, part: Part, text: &str) -> bool {
        let text = folded(text);
        self.entries.iter().any(|entry| entry.part == part && entry.hint == text)
    }
}

/// `text` as it is compared: in lower case, without marks at its end, one space between words.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_end_matches(['.', ':', ' ']).to_owned()
}

/// `text` without the number of a section: `3. Measures`, `2.1 Summary`, `4) Risks`.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '§' | ' '));
    if rest.is_empty() { text } else { rest }
}

/// How far a section is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Nothing stands under the heading.
    Empty,
    /// What a new report says stands there still.
    Template,
    /// Somebody wrote it.
    Written,
}

/// A section that a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub part: Part,
    /// Its heading: an index into [`Body::headings`].
    pub heading: usize,
    /// The next heading that is not part of it; the number of headings, if there is none.
    pub end: usize,
    /// How far it is written.
    pub writing: Writing,
}

/// The sections of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sections {
    /// Those it has, as they follow each other.
    pub found: Vec<Found>,
    /// Those it lacks, in the order of the standard.
    pub missing: Vec<Part>,
}

/// The sections of a report of `kind` in its text. A section reaches to the next heading of its own or
/// a higher level, or to the next section; of two headings for one section the first counts.
pub fn of(body: &Body, kind: ReportType, templates: &Templates) -> Sections {
    let parts: Vec<Option<Part>> =
        body.headings.iter().map(|heading| templates.part(kind, &heading.id, &heading.text)).collect();
    let mut found: Vec<Found> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(part) = part.filter(|part| found.iter().all(|found| found.part != *part)) else { continue };
        let end = end_of(body, &parts, index);
        found.push(Found { part, heading: index, end, writing: writing(body, part, index..end, templates) });
    }
    let is_missing = |part: &Part| found.iter().all(|found| found.part != *part);
    let missing = Part::of(kind).iter().copied().filter(is_missing).collect();
    Sections { found, missing }
}

fn end_of(body: &Body, parts: &[Option<Part>], index: usize) -> usize {
    let level = body.headings.get(index).map_or(0, |heading| heading.level);
    let after = body.headings.iter().zip(parts).enumerate().skip(index + 1);
    let mut ends = after.filter(|(_, (heading, part))| heading.level <= level || part.is_some());
    ends.next().map_or(body.headings.len(), |(end, _)| end)
}

fn writing(body: &Body, part: Part, headings: std::ops::Range<usize>, templates: &Templates) -> Writing {
    let words: Vec<&str> =
        body.headings.get(headings.clone()).unwrap_or_default().iter().map(|of| of.content.trim()).collect();
    let words = words.join(" ");
    if templates.is_template(part, &words) {
        Writing::Template
    } else if words.trim().is_empty() && !shows_something(body, headings) {
        Writing::Empty
    } else {
        Writing::Written
    }
}

/// Whether there is a picture or a live block under these headings.
fn shows_something(body: &Body, headings: std::ops::Range<usize>) -> bool {
    pieces(body, headings).iter().any(|piece| match piece {
        Piece::Embed(_) => true,
        Piece::Address(link) => body.links.get(*link).is_some_and(|link| link.kind == LinkKind::Image),
        Piece::Html(_) => false,
    })
}

fn pieces(body: &Body, headings: std::ops::Range<usize>) -> &[Piece] {
    let at = |heading: usize| body.headings.get(heading).map_or(body.pieces.len(), |heading| heading.piece);
    body.pieces.get(at(headings.start)..at(headings.end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    /// Headings are the words that name the sections; what new reports say begins with `write`.
    fn templates() -> Templates {
        Templates::of([("et", "et"), ("en", "en")], |language, key| {
            let word = key.rsplit('.').next().unwrap_or_default().replace('_', " ");
            let text = match key.split('.').next() {
                Some("report_completion") => word,
                Some("report_also") => format!("{word} then; {word} now"),
                _ => format!("Write the {word}."),
            };
            if language == "et" { format!("EST {text}") } else { text }
        })
    }

    fn sections(text: &str) -> Sections {
        let site = tree(&[("reports/r.md", &format!("---\ntype: completion\n---\n{text}"))]);
        let report = site.document("reports/r").expect("the report");
        of(&report.main().body, ReportType::Completion, &templates())
    }

    fn found(text: &str) -> Vec<(Part, Writing)> {
        sections(text).found.iter().map(|found| (found.part, found.writing)).collect()
    }

    #[test]
    fn a_section_is_known_by_its_name_or_its_id() {
        for heading in [
            "## Summary",
            "## SUMMARY:",
            "# Report\n\n## 1. Summary",
            "### 2.1) est summary",
            "## **Summary**",
            "## Summary now",
            "## What we did {#summary}",
        ] {
            assert_eq!(
                found(&format!("{heading}\n\nText.\n")),
                [(Part::Summary, Writing::Written)],
                "{heading}"
            );
        }
        assert_eq!(
            found("## Residual things {#residual-risks}\n\nText."),
            [(Part::ResidualRisks, Writing::Written)]
        );
        assert_eq!(found("## Summary of something else\n\nText."), []);
    }

    #[test]
    fn a_section_that_says_nothing_is_told_from_one_that_does() {
        for (text, wanted) in [
            ("## Summary\n", Writing::Empty),
            ("## Summary\n\n<!-- Write the summary. -->\n", Writing::Empty),
            ("## Summary\n\n## Other\n\nText.", Writing::Empty),
            ("## Summary\n\n*Write the  summary.*\n", Writing::Template),
            ("## Summary\n\nEST write the summary.\n", Writing::Template),
            ("## Summary\n\nWrite the summary. It went well.\n", Writing::Written),
            ("## Summary\n\n### Of cycle 1\n\nIt went well.\n", Writing::Written),
            ("## Summary\n\n```results\nrun: a\n```\n", Writing::Written),
            ("## Summary\n\n![](a.png)\n", Writing::Written),
        ] {
            assert_eq!(found(text), [(Part::Summary, wanted)], "{text}");
        }
    }

    #[test]
    fn sections_end_where_the_next_begins() {
        let sections = sections(
            "## Summary\n\n### Measures\n\n1\n\n#### More\n\n2\n\n### Other\n\n3\n\n## Measures\n\n4",
        );
        let ranges: Vec<(Part, usize, usize)> =
            sections.found.iter().map(|found| (found.part, found.heading, found.end)).collect();
        assert_eq!(ranges, [(Part::Summary, 0, 1), (Part::Measures, 1, 3)], "the first of two counts");
        assert_eq!(sections.found.first().map(|found| found.writing), Some(Writing::Empty));
        assert_eq!(
            sections.missing,
            [
                Part::Deviations,
                Part::Evaluation,
                Part::BlockingFactors,
                Part::ResidualRisks,
                Part::Deliverables,
                Part::LessonsLearned
            ]
        );
    }
}
