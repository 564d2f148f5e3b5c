//! What a report lacks, as its readers and the checks are told.

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::defects::{open_of, status_on};
use crate::derive::page::links::{self, Destination};
use crate::derive::page::routes::{Routes, Subject};
use crate::derive::report::sections::{self, Part, Templates, Writing};
use crate::derive::report::timeliness;
use crate::diagnostic::Place;
use crate::model::decision::{Decision, Evidence};
use crate::model::defect::{Defect, Severity};
use crate::model::document::{Article, Document, Extra};
use crate::model::page::{Report, ReportType};
use crate::model::records::Record;
use crate::model::site::EvidenceFile;
use crate::record::time::Moment;

/// Something that a report lacks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding<'a> {
    /// A standard section.
    SectionMissing(Part),
    /// The text of a section, whose heading stands at the place.
    SectionEmpty(Part, Place),
    /// The author's own text of a section, whose heading stands at the place.
    SectionTemplate(Part, Place),
    /// The name of an open critical or major defect of its release.
    DefectOmitted(&'a Record<Defect>),
    /// The line of its revision in the change history.
    RevisionUntold(u32),
    /// The revision that its change history has already.
    RevisionBehind(u32),
    /// A revision for what changed on a day after it was issued.
    ChangedSilently(Date),
    /// A revision for what changed after a decision that rests on it.
    EvidenceChanged(&'a Record<Decision>),
}

/// What findings are looked for with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The site and the day.
    pub basis: Basis<'a>,
    /// The addresses, by which links are known.
    pub routes: &'a Routes,
    /// What the standard sections are called.
    pub templates: &'a Templates,
}

/// A report with its document.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// The page.
    pub document: &'a Document,
    /// What it says of itself.
    pub report: &'a Report,
}

/// The document as a report; nothing, if it is none.
pub fn read(document: &Document) -> Option<Read<'_>> {
    match &document.main().extra {
        Extra::Report(report) if !document.is_index => Some(Read { document, report }),
        _ => None,
    }
}

/// Everything that a report lacks, in a text of it and in what it says of itself.
pub fn of<'a>(reading: Reading<'a>, read: Read<'a>, article: &Article) -> Vec<Finding<'a>> {
    let mut findings = of_sections(reading.templates, read.report, article);
    findings.extend(omitted(reading, read).into_iter().map(Finding::DefectOmitted));
    findings.extend(of_revisions(reading.basis, read));
    findings
}

/// Sections of a text that are missing or that nobody wrote.
pub fn of_sections<'a>(templates: &Templates, report: &Report, article: &Article) -> Vec<Finding<'a>> {
    let Some(kind) = report.r#type.as_ref().map(|kind| kind.value) else { return Vec::new() };
    let sections = sections::of(&article.body, kind, templates);
    let missing = sections.missing.iter().map(|part| Finding::SectionMissing(*part));
    let unwritten = sections.found.iter().filter(|found| !is_drawn(found.part, report)).filter_map(|found| {
        let place = article.body.headings.get(found.heading)?.place;
        match found.writing {
            Writing::Empty => Some(Finding::SectionEmpty(found.part, place)),
            Writing::Template => Some(Finding::SectionTemplate(found.part, place)),
            Writing::Written => None,
        }
    });
    missing.chain(unwritten).collect()
}

/// Whether the generator fills the section by itself: measures speak without an author, if there is
/// something to measure. All other sections want somebody's word.
fn is_drawn(part: Part, report: &Report) -> bool {
    part == Part::Measures && !report.runs.is_empty()
}

/// The open critical and major defects of the release that the report does not name. Defects that were
/// put off are open too. A progress report tells its own days: it need not name what was found later.
pub fn omitted<'a>(reading: Reading<'a>, read: Read<'_>) -> Vec<&'a Record<Defect>> {
    let Basis { site, as_of, .. } = reading.basis;
    let Some(release) = read.report.release.as_ref().filter(|_| read.document.main().is_read) else {
        return Vec::new();
    };
    let is_progress = read.report.r#type.as_ref().is_some_and(|kind| kind.value == ReportType::Progress);
    let last = if is_progress { timeliness::day(site, read.report, as_of) } else { as_of };
    let open = open_of(&reading.basis, release.id());
    let is_told = |defect: &Record<Defect>| {
        !matches!(defect.severity.value, Severity::Critical | Severity::Major)
            || status_on(defect, &site.zone, last).is_none()
            || names(reading, read.document.main(), &defect.id)
    };
    open.all().filter(|defect| !is_told(defect)).collect()
}

/// Whether a text names the defect `id`, in words or by a link.
fn names(reading: Reading<'_>, article: &Article, id: &str) -> bool {
    let links = &article.body.links;
    let mut linked =
        links.iter().map(|link| links::resolve(reading.basis.site, reading.routes, article, link));
    has_word(article, id)
        || linked.any(|to| matches!(to, Destination::Page(Subject::Defect(defect), _) if defect == id))
}

/// Whether the text has `word`, not as a part of a longer one: `D-31` is not in `D-317`.
fn has_word(article: &Article, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let stands_in = |text: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    };
    article.body.text().any(stands_in)
}

/// What the change history lacks, as far as the file itself tells.
pub fn of_revisions<'a>(basis: Basis<'a>, read: Read<'_>) -> Vec<Finding<'a>> {
    let report = read.report;
    let revision = report.revision.unwrap_or(1);
    let mut findings = Vec::new();
    if revision > 1 && report.changes.iter().all(|change| change.revision != revision) {
        findings.push(Finding::RevisionUntold(revision));
    }
    let latest = report.changes.iter().map(|change| change.revision).max().unwrap_or(revision);
    if latest > revision {
        findings.push(Finding::RevisionBehind(latest));
    }
    findings.extend(silent_changes(basis, read).into_iter().map(Finding::ChangedSilently));
    findings.extend(changed_evidence(basis, read).map(Finding::EvidenceChanged));
    findings
}

/// Days after the issue on which the report changed without a revision of its own: a second line for
/// one revision, a line for the first revision, or a day under `updated:` that no line tells.
fn silent_changes(basis: Basis<'_>, read: Read<'_>) -> Vec<Date> {
    let zone = &basis.site.zone;
    let report = read.report;
    let Some(issued) = timeliness::issued(basis.site, report, basis.as_of) else { return Vec::new() };
    let issued = issued.date(zone);
    let day = |at: &Moment| at.date(zone);
    let lines = report.changes.iter().enumerate().filter(|(index, change)| {
        let earlier = report.changes.iter().take(*index);
        let is_told_before = change.revision <= 1 || earlier.clone().any(|of| of.revision == change.revision);
        day(&change.at) > issued && is_told_before
    });
    let mut days: Vec<Date> = lines.map(|(_, change)| day(&change.at)).collect();
    let updated = read.document.main().front.updated.filter(|updated| {
        let last = report.changes.iter().map(|change| day(&change.at)).fold(issued, Ord::max);
        *updated > last && *updated <= basis.as_of
    });
    days.extend(updated);
    days.extend(committed_changes(basis, read, issued));
    days.sort_unstable();
    days.dedup();
    days
}

/// Days on which a commit changed the report after what its change history tells last, and left its revision
/// as it was.
fn committed_changes(basis: Basis<'_>, read: Read<'_>, issued: Date) -> impl Iterator<Item = Date> {
    let zone = &basis.site.zone;
    let last = read.report.changes.iter().map(|change| change.at.date(zone)).fold(issued, Ord::max);
    let history = basis.site.history.get(&read.document.main().path);
    let untold = history.map_or(&[][..], |file| file.changes.get(..file.untold).unwrap_or_default());
    untold.iter().map(|at| at.date()).filter(move |day| *day > last && *day <= basis.as_of)
}

/// Decisions that rest on another text of the report than the present one, and after which no line of
/// the change history tells of a change.
fn changed_evidence<'a>(
    basis: Basis<'a>,
    read: Read<'_>,
) -> impl Iterator<Item = &'a Record<Decision>> + use<'a> {
    let site = basis.site;
    let paths: Vec<String> = read.document.texts.iter().map(|text| text.path.clone()).collect();
    let last = read.report.changes.iter().map(|change| change.at.date(&site.zone)).max();
    let is_changed = move |evidence: &Evidence| {
        let is_own = paths.contains(&evidence.file.value);
        let now = site.evidence.get(&evidence.file.value);
        is_own
            && matches!(now, Some(EvidenceFile::Read(hash)) if !hash.eq_ignore_ascii_case(&evidence.sha256))
    };
    site.decisions.iter().filter(move |decision| {
        let decided = decision.decided.date(&site.zone);
        decided <= basis.as_of
            && last.is_none_or(|last| last < decided)
            && decision.evidence.iter().any(&is_changed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::run::results::Results;
    use crate::model::Site;
    use crate::parse::sample::tree;

    /// The days and revisions that the change history of a report lacks.
    fn revisions(keys: &str) -> Vec<String> {
        let site = tree(&[("reports/r.md", &format!("---\ntype: completion\n{keys}\n---\ntext\n"))]);
        let basis = Basis { site: &site, results: &Results::default(), as_of: Date::constant(2026, 10, 16) };
        let report = read(site.document("reports/r").expect("the report")).expect("a report");
        of_revisions(basis, report).iter().map(|finding| format!("{finding:?}")).collect()
    }

    #[test]
    fn a_revision_is_told_in_the_change_history() {
        let first = "{revision: 1, at: 2026-10-12, text: First}";
        let second = "{revision: 2, at: 2026-10-14, text: Second}";
        for (keys, wanted) in [
            ("issued: 2026-10-12".to_owned(), vec![]),
            (format!("issued: 2026-10-12\nrevision: 2\nchanges: [{first}, {second}]"), vec![]),
            (format!("issued: 2026-10-12\nrevision: 2\nchanges: [{first}]"), vec!["RevisionUntold(2)"]),
            (
                format!("issued: 2026-10-12\nrevision: 1\nchanges: [{first}, {second}]"),
                vec!["RevisionBehind(2)"],
            ),
            (
                format!(
                    "issued: 2026-10-12\nrevision: 1\nchanges: [{first}, {}]",
                    second.replace("revision: 2", "revision: 1")
                ),
                vec!["ChangedSilently(2026-10-14)"],
            ),
            (
                format!("issued: 2026-10-12\nrevision: 1\nupdated: 2026-10-14\nchanges: [{first}]"),
                vec!["ChangedSilently(2026-10-14)"],
            ),
            // Before it is issued a report may change as it likes.
            (format!("revision: 1\nupdated: 2026-10-14\nchanges: [{first}]"), vec![]),
        ] {
            assert_eq!(revisions(&keys), wanted, "{keys}");
        }
    }

    #[test]
    fn a_decision_keeps_the_text_it_rests_on() {
        let report =
            |changes: &str| format!("---\ntype: completion\nissued: 2026-10-12\n{changes}---\ntext\n");
        let decided = |text: &str| {
            let hash = crate::digest::sha256(&[text.as_bytes()]);
            format!(
                "release: r\noutcome: confirmed\ndecided: 2026-10-13T10:00\nbuild: b\nby: {{}}\n\
                 evidence: [{{file: reports/r.md, sha256: {hash}}}]"
            )
        };
        let found = |report: &str, decision: &str| {
            let site = tree(&[("reports/r.md", report), ("decisions/d.yaml", decision)]);
            let basis =
                Basis { site: &site, results: &Results::default(), as_of: Date::constant(2026, 10, 16) };
            let report = read(site.document("reports/r").expect("the report")).expect("a report");
            of_revisions(basis, report).len()
        };
        let (first, told) =
            (report(""), report("revision: 2\nchanges: [{revision: 2, at: 2026-10-14, text: More}]\n"));
        assert_eq!(found(&first, &decided(&first)), 0, "the same text");
        assert_eq!(found(&first, &decided("another text")), 1);
        assert_eq!(found(&told, &decided(&first)), 0, "the change is told");
    }

    fn omitted_by(site: &Site, key: &str) -> Vec<String> {
        let routes = Routes::of(site);
        let reading = Reading {
            basis: Basis { site, results: &Results::default(), as_of: Date::constant(2026, 10, 16) },
            routes: &routes,
            templates: &Templates::default(),
        };
        let read = read(site.document(key).expect("the report")).expect("a report");
        omitted(reading, read).into_iter().map(|defect| defect.id.clone()).collect()
    }

    #[test]
    fn grave_open_defects_of_the_release_are_named() {
        let defect = |severity: &str, status: &str| {
            format!("title: A\nseverity: {severity}\nstatus: {status}\nreported: 2026-10-15\naffects: [r]")
        };
        let (major, deferred, minor, closed) = (
            defect("major", "retest"),
            defect("critical", "deferred"),
            defect("minor", "open"),
            defect("critical", "closed"),
        );
        let report = |kind: &str, keys: &str, text: &str| {
            format!("---\ntype: {kind}\nrelease: r\n{keys}---\n## Risks\n\n{text}\n")
        };
        let texts = [
            report("completion", "", "D-1 and [the other](../defects/D-2.yaml)."),
            report("completion", "", "D-11, D-1a and AD-1."),
            report("progress", "issued: 2026-10-14T11:00\n", "Nothing."),
        ];
        let mut files = vec![
            ("releases/r.yaml", "product: a\ncontents: []\nschedule: {}\n"),
            ("defects/D-1.yaml", major.as_str()),
            ("defects/D-2.yaml", deferred.as_str()),
            ("defects/D-3.yaml", minor.as_str()),
            ("defects/D-4.yaml", closed.as_str()),
        ];
        let names = ["reports/a.md", "reports/b.md", "reports/c.md"];
        files.extend(names.iter().zip(&texts).map(|(name, text)| (*name, text.as_str())));
        let site = tree(&files);
        assert_eq!(omitted_by(&site, "reports/a"), [""; 0]);
        assert_eq!(omitted_by(&site, "reports/b"), ["D-1", "D-2"]);
        assert_eq!(omitted_by(&site, "reports/c"), [""; 0], "both were reported after its day");
    }
}
