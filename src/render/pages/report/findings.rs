//! What a report lacks, for those who read or write it.
//!
//! Everybody who may see a report sees it: who decides by a report must know what it leaves out. A
//! defect that is kept from an audience is not in its portal and is not told.

use super::super::super::blocks::{Bit, Line, Section, text};
use super::super::super::names::View;
use super::super::downloads::first_points;
use crate::derive::page::routes::Subject;
use crate::derive::report::findings::{self, Finding, Reading};
use crate::derive::report::sections::Part;
use crate::derive::report::timeliness;
use crate::model::document::{Article, Document};
use crate::model::page::Report;

/// What is to be done before the report is issued, or to be corrected since; nothing for a report that
/// lacks nothing.
pub fn section(view: &View<'_>, document: &Document, article: &Article) -> Option<Section> {
    let read = findings::read(document)?;
    let portal = view.portal;
    let reading = Reading { basis: portal.basis(), routes: &portal.routes, templates: &portal.templates };
    let found = findings::of(reading, read, article);
    let items: Vec<Line> = found.iter().map(|finding| line(view, read.report, finding)).collect();
    if items.is_empty() {
        return None;
    }
    let is_issued = timeliness::issued(&portal.site, read.report, portal.as_of).is_some();
    let title = view.say(if is_issued { "report.to_correct" } else { "report.to_do" });
    Some(Section::new("findings", title, first_points(view, items)))
}

fn line(view: &View<'_>, report: &Report, finding: &Finding<'_>) -> Line {
    let say = |key: &str| format!("report.finding.{key}");
    let section =
        |key: &str, part: Part| text(view.fill(&say(key), &[("section", &heading(view, report, part))]));
    let revision = |key: &str, revision: u32| {
        text(view.fill(&say(key), &[("n", &view.words().number(revision as usize))]))
    };
    match finding {
        Finding::SectionMissing(part) => section("section_missing", *part),
        Finding::SectionEmpty(part, _) => section("section_empty", *part),
        Finding::SectionTemplate(part, _) => section("section_template", *part),
        Finding::DefectOmitted(defect) => {
            let mut line = text(format!("{}: ", view.say(&say("omits"))));
            line.extend(super::super::defects::name(view, defect));
            line.push(Bit::Text { text: " ".to_owned() });
            line.extend(super::super::states::severity(view, defect.severity.value));
            line
        }
        Finding::RevisionUntold(number) => revision("revision_untold", *number),
        Finding::RevisionBehind(number) => revision("revision_behind", *number),
        Finding::EvidenceChanged(decision) => {
            let mut line = text(format!("{} ", view.say(&say("evidence_changed"))));
            line.extend(view.link(&Subject::Decision(decision.id.clone())));
            line
        }
        Finding::ChangedSilently(day) => {
            text(view.fill(&say("changed_silently"), &[("date", &view.words().date_table(*day))]))
        }
    }
}

/// What a section is called in the page's language.
pub fn heading(view: &View<'_>, report: &Report, part: Part) -> String {
    report.r#type.as_ref().map_or_else(String::new, |kind| view.say(&part.heading_key(kind.value)))
}
