//! The texts of new files, one function a kind.

use std::fmt::Write;
use std::ops::RangeInclusive;

use super::facts::{Facts, build};
use super::{Kind, ReportKind};
use crate::derive::page::title::from_path;
use crate::derive::report::sections::Part;
use crate::model::data_set::Origin;
use crate::model::defect::{DefectStatus, Severity};
use crate::model::page::ReportType;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Level;
use crate::record::reference::Ref;
use crate::record::text::TO_WRITE;
use crate::record::writing::scalar;

/// A file being written: lines of YAML, perhaps with a text behind them.
#[derive(Default)]
pub struct Draft {
    keys: String,
    body: Option<String>,
}

impl Draft {
    /// One key with a value as YAML spells it.
    fn raw(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        // Writing into a text cannot fail.
        let _ = writeln!(self.keys, "{key}: {value}");
        self
    }

    /// One key with lines below it.
    fn block<'t>(mut self, key: &str, lines: impl IntoIterator<Item = &'t str>) -> Self {
        let _ = writeln!(self.keys, "{key}:");
        for line in lines {
            let _ = writeln!(self.keys, "  {line}");
        }
        self
    }

    /// One key with a text.
    fn text(self, key: &str, value: &str) -> Self {
        self.raw(key, scalar(value))
    }

    /// One key with a text, where it is known.
    fn known(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    /// One key with a list on one line.
    fn list<'t>(self, key: &str, values: impl IntoIterator<Item = &'t str>) -> Self {
        let values: Vec<String> = values.into_iter().map(scalar).collect();
        self.raw(key, format!("[{}]", values.join(", ")))
    }

    /// A remark in the file.
    fn remark(mut self, remark: &str) -> Self {
        let _ = writeln!(self.keys, "# {remark}");
        self
    }

    fn body(mut self, body: String) -> Self {
        self.body = Some(body);
        self
    }

    /// The file, `heading` being the lines above its keys.
    pub fn finish(self, heading: &str) -> String {
        match self.body {
            Some(body) => format!("---\n{heading}{}---\n\n{}\n", self.keys, body.trim_end()),
            None => format!("{heading}{}", self.keys),
        }
    }
}

/// The file of `kind` with this id.
pub fn draft(kind: Kind, facts: &Facts<'_>, id: &str, report: Option<ReportKind>) -> Draft {
    match kind {
        Kind::Guide => guide(facts, id),
        Kind::Training => training(facts, id),
        Kind::Report => report_draft(facts, id, report.map_or_else(|| kind_of(id), ReportKind::of)),
        Kind::Release => release(facts, id),
        Kind::Run => run(facts, id),
        Kind::Environment => environment(facts, id),
        Kind::Data => data(facts, id),
        Kind::Tickets => tickets(facts),
        Kind::Decision => decision(facts, id),
        Kind::Defect => defect(facts),
        Kind::Advice => advice(facts, id),
        Kind::Proposal => proposal(facts, id),
    }
}

fn guide(facts: &Facts<'_>, id: &str) -> Draft {
    Draft::default()
        .text("title", &from_path(id))
        .known("owner", facts.role())
        .list("applies_to", facts.product())
        .raw("published", facts.as_of)
        .raw("reviewed", facts.as_of)
        .body(facts.say("new.page_hint").to_owned())
}

fn training(facts: &Facts<'_>, id: &str) -> Draft {
    Draft::default()
        .text("title", &from_path(id))
        .known("owner", facts.role())
        .raw("duration", "1h")
        .raw("level", "beginner")
        .list("objectives", [facts.say("new.objective")])
        .list("audience_teams", facts.team())
        .raw("reviewed", facts.as_of)
        .body(format!("## {}\n\n{}", facts.say("new.content"), facts.say("new.content_hint")))
}

fn run(facts: &Facts<'_>, id: &str) -> Draft {
    let release = facts.release(id);
    let name = id.rsplit('/').next().unwrap_or(id);
    let level = if name.starts_with("uat") { Level::Acceptance } else { Level::SystemIntegration };
    let plan = release.and_then(|release| {
        let is_for = |plan: &&Record<crate::model::plan::Plan>| {
            plan.release.as_ref().is_some_and(|of| of.id() == release.id)
                && plan.id.ends_with("uat") == (level == Level::Acceptance)
        };
        facts.site.plans.iter().find(is_for).map(|plan| plan.id.as_str())
    });
    let case = facts.site.cases.ids().next().unwrap_or("CASE-1");
    Draft::default()
        .text("title", &from_path(name))
        .text("release", release_id(release, id))
        .known("environment", facts.environment(release, level))
        .raw("started", format!("{}T09:00", facts.as_of))
        .known("build", build(release))
        .raw("level", level.word())
        .raw("types", "[functional]")
        .known("team", facts.team())
        .known("plan", plan)
        .remark(&format!("- {{case: {}, status: passed}}", scalar(case)))
        .raw("results", "[]")
}

/// The release's id, or what the path says of a release that is not there yet.
fn release_id<'t>(release: Option<&'t Record<Release>>, id: &'t str) -> &'t str {
    release.map_or_else(|| id.split('/').next().unwrap_or(id), |release| release.id.as_str())
}

fn release(facts: &Facts<'_>, id: &str) -> Draft {
    /// A release is installed about four weeks after somebody begins to plan it.
    const INSTALL: i32 = 19;
    const TEST: RangeInclusive<i32> = 13..=16;
    let environments: Vec<String> =
        facts.way().iter().map(|(env, r#use)| format!("{{env: {}, use: {}}}", scalar(env), r#use)).collect();
    let put_off = facts.put_off(&TEST, INSTALL);
    let day = |workdays: i32| facts.workday(workdays + put_off);
    let schedule = [
        format!("freeze: {}", day(10)),
        format!("test_start: {}", day(*TEST.start())),
        format!("test_deadline: {}T16:00", day(*TEST.end())),
        format!("report_due: {}T12:00", day(17)),
        format!("decision: {}T10:00", day(18)),
        format!("install: {{from: {0}T20:00, until: {0}T22:00, tentative: true}}", day(INSTALL)),
    ];
    let roles = facts.site.portal.roles.keys();
    Draft::default()
        .text("title", id)
        .known("product", facts.product())
        .raw("type", "planned")
        .raw("status", "planned")
        .known("owner", facts.role())
        .remark("- {ticket: KEY-1, title: …, change: feature, risk: high, cases: []}")
        .raw("contents", "[]")
        .raw("environments", format!("[{}]", environments.join(", ")))
        .block("schedule", schedule.iter().map(String::as_str))
        .known("gate", facts.gate())
        .list("sign_off", roles.take(1))
}

fn environment(facts: &Facts<'_>, id: &str) -> Draft {
    Draft::default()
        .text("title", &from_path(id))
        .raw("kind", "test")
        .known("product", facts.product())
        .known("team", facts.team())
        .remark(&format!("- {{check: …, result: pass, at: {}T08:30, valid_for: 24h}}", facts.as_of))
        .raw("readiness", "[]")
        .raw("clonings", "[]")
}

fn data(facts: &Facts<'_>, id: &str) -> Draft {
    Draft::default()
        .text("title", &from_path(id))
        .known("environment", facts.test_environment())
        .raw("origin", Origin::Synthetic.word())
        .raw("status", "missing")
        .block(
            "needs",
            [format!("- {{text: {}, status: missing}}", scalar(facts.say("new.data_need"))).as_str()],
        )
        .known("team", facts.team())
}

fn tickets(facts: &Facts<'_>) -> Draft {
    let status = facts.site.portal.statuses.as_ref().and_then(|statuses| statuses.testing.first());
    let status = status.map_or("In test", String::as_str);
    Draft::default()
        .raw("as_of", format!("{}T08:00", facts.as_of))
        .remark(&format!("- {{key: KEY-1, title: …, status: {}, since: {}}}", scalar(status), facts.as_of))
        .raw("tickets", "[]")
}

/// A text that only says what to write in its place, which is known by how it begins.
fn to_write(facts: &Facts<'_>, key: &'static str) -> String {
    format!("{TO_WRITE} {}", facts.say(key))
}

fn decision(facts: &Facts<'_>, id: &str) -> Draft {
    let release = facts.release(id);
    // Nobody was asked yet: the file says so until somebody writes what was said, and `check` points there.
    let words: Vec<String> =
        facts.sign_off(release).iter().map(|role| format!("{}: {TO_WRITE}", scalar(role))).collect();
    Draft::default()
        .remark(facts.say("new.decision_hint"))
        .text("release", release_id(release, id))
        .raw("outcome", TO_WRITE)
        .raw("decided", format!("{}T10:00", facts.as_of))
        .text("build", build(release).unwrap_or(release_id(release, id)))
        .raw("by", format!("{{{}}}", words.join(", ")))
        .raw("evidence", "[]")
}

fn defect(facts: &Facts<'_>) -> Draft {
    let release = facts.release("");
    let environment = facts.environment(release, Level::SystemIntegration);
    let found: Vec<String> = [("environment", environment), ("build", build(release))]
        .iter()
        .filter_map(|(key, value)| Some(format!("{key}: {}", scalar((*value)?))))
        .collect();
    Draft::default()
        .text("title", &to_write(facts, "new.defect"))
        .raw("status", DefectStatus::Open.word())
        .raw("severity", Severity::Minor.word())
        .raw("priority", "medium")
        .raw("observed", format!("{}T09:00", facts.as_of))
        .raw("reported", format!("{}T09:00", facts.as_of))
        .raw("found_in", format!("{{{}}}", found.join(", ")))
        .list("affects", release.map(|release| release.id.as_str()))
        .known("team", facts.team())
        .list("steps", [to_write(facts, "new.step").as_str()])
        .text("expected", &to_write(facts, "new.expected"))
        .text("actual", &to_write(facts, "new.actual"))
}

fn advice(facts: &Facts<'_>, id: &str) -> Draft {
    Draft::default()
        .text("title", &from_path(id))
        .raw("asked", facts.as_of)
        .known("team", facts.team())
        .list("products", facts.product())
        .body(format!("## {}\n\n{}", facts.say("new.question"), facts.say("new.question_hint")))
}

fn proposal(facts: &Facts<'_>, id: &str) -> Draft {
    /// A proposal is looked at again after about three months.
    const REVIEW: i32 = 60;
    Draft::default()
        .text("title", &from_path(id))
        .raw("status", "proposed")
        .known("team", facts.team())
        .raw("review", facts.workday(REVIEW))
        .body(facts.say("new.proposal_hint").to_owned())
}

fn report_draft(facts: &Facts<'_>, id: &str, kind: ReportType) -> Draft {
    let release = facts.release(id);
    let runs: Vec<&str> = facts
        .site
        .runs
        .iter()
        .filter(|run| release.is_some_and(|release| run.release.id() == release.id))
        .map(|run| run.id.as_str())
        .collect();
    let told: Vec<&str> = release.into_iter().flat_map(|release| &release.notify).map(Ref::id).collect();
    let named = release_id(release, id);
    let title = facts.words.text(&format!("report_type.{}", kind.word())).to_owned();
    let draft = Draft::default()
        .text("title", &format!("{title} {named}"))
        .raw("type", kind.word())
        .text("release", named)
        .list("runs", runs);
    let draft = match kind {
        ReportType::Completion => draft.raw("due", "release"),
        ReportType::Progress => draft.raw("due", format!("{}T16:00", facts.as_of)),
    };
    let first = facts.say("new.first_issue");
    let draft = draft
        .raw("revision", 1)
        .list("distribution", told)
        .remark(facts.say("new.issue"))
        .remark(&format!("issued: {}T10:00", facts.as_of));
    let draft = match facts.sign_off(release).first() {
        Some(role) => draft.remark(&format!("approved_by: {}", scalar(role))),
        None => draft,
    };
    draft
        .remark(&format!("changes: [{{revision: 1, at: {}, text: {}}}]", facts.as_of, scalar(first)))
        .body(sections(facts, release, id, kind))
}

/// The headings that ISO/IEC/IEEE 29119-3 and the ISTQB syllabus ask for, each with what to write there
/// in a comment: nobody who reads the report sees what its author forgot to take away.
fn sections(facts: &Facts<'_>, release: Option<&Record<Release>>, id: &str, kind: ReportType) -> String {
    let mut body = String::new();
    for part in Part::of(kind) {
        let text = |key: &str| facts.words.text(key).to_owned();
        // Two hyphens would end the comment.
        let hint = text(&part.hint_key(kind)).replace("--", "–");
        let _ = write!(body, "## {}\n\n<!-- {hint} -->\n\n", text(&part.heading_key(kind)));
        if matches!(part, Part::ResidualRisks | Part::Risks) {
            body.push_str(&open_defects(facts, release, id));
        }
    }
    body
}

/// The open defects of the release, each with a link, since a report must name them.
fn open_defects(facts: &Facts<'_>, release: Option<&Record<Release>>, id: &str) -> String {
    let Some(release) = release else { return String::new() };
    let up = "../".repeat(id.matches('/').count() + 1);
    // A link to what the report's readers may not see would lead them nowhere.
    let readers = facts.site.portal.audience_of(&format!("reports/{id}.md"));
    let affects = |defect: &&Record<crate::model::defect::Defect>| {
        let audience = defect.audience.unwrap_or_else(|| facts.site.portal.audience_of(&defect.path));
        audience <= readers
            && defect.status.is_open()
            && defect.affects.iter().any(|of| of.id() == release.id)
    };
    let lines: Vec<String> = facts
        .site
        .defects
        .iter()
        .filter(affects)
        .map(|defect| {
            let title = defect.title.get(facts.words.language().as_str(), facts.site.default_language());
            format!("- [{}]({up}{}): {title}\n", defect.id, defect.path)
        })
        .collect();
    let lines = lines.concat();
    if lines.is_empty() { lines } else { format!("{}\n\n{lines}\n", facts.say("new.open_defects")) }
}

/// What the name of a report says of it.
fn kind_of(id: &str) -> ReportType {
    if id.ends_with("progress") { ReportType::Progress } else { ReportType::Completion }
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_that_yaml_would_misread_stand_in_quotes() {
        for plain in ["sit", "test-lead", "Kirjelda viga ühe reaga", "pensioners-03"] {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in
            [("2026.10", "\"2026.10\""), ("on", "\"on\""), ("a: b", "\"a: b\""), ("", "\"\"")]
        {
            assert_eq!(scalar(text), quoted);
        }
    }
}
