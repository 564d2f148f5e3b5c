//! What search finds of records: what people wrote in them, each below the heading where the page shows it.

use super::super::names::View;
use super::entry::Passage;
use crate::derive::page::routes::{List, Subject};
use crate::model::audience::Restriction;
use crate::model::case::Case;
use crate::model::decision::Decision;
use crate::model::defect::Defect;
use crate::model::environment::{Cloning, Environment};
use crate::model::plan::Plan;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::{Run, Status};
use crate::model::tickets::Snapshot;
use crate::record::reference::Ref;
use crate::record::text::Text;

/// How many results of a run that went wrong are found by their names: a run in which nothing works says little more
/// with each.
const MOST_FAILURES: usize = 60;

/// The codes of the page that `view` looks at, and its texts; nothing for pages that are no records.
pub fn told(view: &View<'_>) -> (Vec<String>, Vec<Passage<'static>>) {
    let site = &view.portal.site;
    let codes = |id: &str| {
        let last = id.rsplit('/').next().unwrap_or(id);
        let all = [id, last];
        all[..if last == id { 1 } else { 2 }].iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()
    };
    let passages = match view.subject {
        Subject::Release(id) => site.releases.get(id).map(|record| release(view, record)),
        Subject::Run(id) => site.runs.get(id).map(|record| run(view, record)),
        Subject::Case(id) => {
            let case = site.cases.get(id).map(|record| case(view, record));
            Some(case.unwrap_or_default())
        }
        Subject::NamedCase(named, _) => {
            return (Vec::new(), named.iter().cloned().map(Passage::lead).collect());
        }
        Subject::Plan(id) => site.plans.get(id).map(|record| plan(view, record)),
        Subject::Defect(id) => site.defects.get(id).map(|record| defect(view, record)),
        Subject::Environment(id) => site.environments.get(id).map(|record| environment(view, record)),
        Subject::Cloning(environment, id) => {
            let clonings = site.environments.get(environment).map(|environment| &environment.clonings);
            let found = clonings.into_iter().flatten().find(|cloning| cloning.id.value == *id);
            found.map(|found| cloning(view, found))
        }
        Subject::DataSet(id) => site.data.get(id).map(|set| {
            let needs = texts(view, set.needs.iter().map(|need| &need.text));
            let location = set.location.clone().unwrap_or_default();
            vec![
                lead([pointed(view, &set.environment), location, read(view, set.note.as_ref())]),
                below(view, "needs", "data.needs", needs),
            ]
        }),
        Subject::Tickets(id) => {
            return (Vec::new(), site.tickets.get(id).map(|week| week_of(view, week)).unwrap_or_default());
        }
        Subject::Decision(id) => site.decisions.get(id).map(|record| decision(view, record)),
        Subject::List(List::Partners) => return (Vec::new(), partners(view)),
        _ => return (Vec::new(), Vec::new()),
    };
    let id = id_of(view.subject);
    let former = match view.subject {
        Subject::Case(id) => site.cases.get(id).map(|case| case.renamed_from.as_slice()),
        _ => None,
    };
    let former = former.unwrap_or_default().iter().map(|former| former.value.clone());
    (
        codes(id).into_iter().chain(former).collect(),
        passages.unwrap_or_default().into_iter().filter(|passage| !passage.text.is_empty()).collect(),
    )
}

fn id_of(subject: &Subject) -> &str {
    match subject {
        Subject::Release(id)
        | Subject::Run(id)
        | Subject::Case(id)
        | Subject::Plan(id)
        | Subject::Environment(id)
        | Subject::Decision(id)
        | Subject::Defect(id)
        | Subject::DataSet(id)
        | Subject::Cloning(_, id) => id,
        _ => "",
    }
}

/// The marking of the record that the page shows.
pub fn restriction<'a>(view: &View<'a>) -> Option<&'a Restriction> {
    let site = &view.portal.site;
    macro_rules! of {
        ($records:ident, $id:expr) => {
            site.$records.get($id)?.restriction.as_ref()
        };
    }
    match view.subject {
        Subject::Release(id) => of!(releases, id),
        Subject::Run(id) => of!(runs, id),
        Subject::Case(id) => of!(cases, id),
        Subject::Plan(id) => of!(plans, id),
        Subject::Environment(id) | Subject::Cloning(id, _) => of!(environments, id),
        Subject::Decision(id) => of!(decisions, id),
        Subject::Defect(id) => of!(defects, id),
        Subject::DataSet(id) => of!(data, id),
        Subject::Tickets(id) => of!(tickets, id),
        _ => None,
    }
}

fn read(view: &View<'_>, text: Option<&Text>) -> String {
    text.map_or_else(String::new, |text| view.read(text).into_text())
}

fn texts<'t>(view: &View<'_>, all: impl IntoIterator<Item = &'t Text>) -> String {
    all.into_iter().map(|text| view.read(text).into_text()).collect::<Vec<_>>().join(" · ")
}

/// What a reference leads to: its id, and its name where it has another.
fn pointed<K>(view: &View<'_>, to: &Ref<K>) -> String {
    let name = super::super::export::tables::line(&view.pointer(to.pointer()));
    if name == to.id() { name } else { format!("{} {name}", to.id()) }
}

fn lead(parts: impl IntoIterator<Item = String>) -> Passage<'static> {
    Passage::lead(listed(parts))
}

/// Several things, told apart.
fn listed(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn spaced(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn below(view: &View<'_>, anchor: &str, key: &str, text: String) -> Passage<'static> {
    Passage { anchor: anchor.to_owned().into(), heading: view.say(key).into(), text: text.into() }
}

fn release(view: &View<'_>, release: &Record<Release>) -> Vec<Passage<'static>> {
    let contents = release.contents.iter().map(|content| {
        spaced([
            content.ticket.value.clone(),
            read(view, content.title.as_ref()),
            read(view, content.note.as_ref()),
        ])
    });
    let waivers = release
        .waivers
        .iter()
        .map(|waiver| spaced([waiver.id.value.clone(), read(view, waiver.reason.as_ref())]));
    let changes = texts(view, release.schedule_changes.iter().filter_map(|change| change.reason.as_ref()));
    let undone = release.rollback.iter().flat_map(|rollback| &rollback.cannot_undo);
    vec![
        lead([
            pointed(view, &release.product),
            release.build.iter().map(|build| build.value.clone()).collect(),
            read(view, release.note.as_ref()),
        ]),
        below(view, "uat", "field.contents", listed(contents)),
        below(view, "waivers", "field.waivers", listed(waivers)),
        below(view, "schedule", "schedule.title", changes),
        below(view, "rollback", "field.cannot_undo", texts(view, undone)),
    ]
}

fn run(view: &View<'_>, run: &Record<Run>) -> Vec<Passage<'static>> {
    let wrong = run
        .results
        .iter()
        .filter(|result| matches!(result.status.value, Status::Failed | Status::Error | Status::Blocked));
    let failures = wrong.take(MOST_FAILURES).map(|result| {
        let case = result.case.as_ref().map_or_else(String::new, |case| case.id().to_owned());
        spaced([case, read(view, result.title.as_ref()), read(view, result.reason.as_ref())])
    });
    let level = run.level.map_or_else(String::new, |level| view.say(&format!("test_level.{}", level.word())));
    vec![
        lead([
            pointed(view, &run.release),
            pointed(view, &run.environment),
            run.build.iter().map(|build| build.value.clone()).collect(),
            level,
            run.types.join(" "),
            read(view, run.note.as_ref()),
        ]),
        below(view, "failures", "run.failures", listed(failures)),
    ]
}

fn case(view: &View<'_>, case: &Case) -> Vec<Passage<'static>> {
    let named = case.requirements.iter().chain(&case.tags).cloned();
    vec![
        lead(named),
        below(view, "preconditions", "field.preconditions", texts(view, &case.preconditions)),
        below(view, "steps", "field.steps", texts(view, &case.steps)),
        below(view, "expected", "field.expected", read(view, case.expected.as_ref())),
    ]
}

fn plan(view: &View<'_>, plan: &Plan) -> Vec<Passage<'static>> {
    let risks =
        plan.risks.iter().map(|risk| spaced([risk.id.value.clone(), view.read(&risk.text).into_text()]));
    let outside = plan
        .out_of_scope
        .iter()
        .map(|left| spaced([view.read(&left.item).into_text(), read(view, left.reason.as_ref())]));
    vec![
        lead([
            plan.release.as_ref().map_or_else(String::new, |of| pointed(view, of)),
            read(view, plan.note.as_ref()),
        ]),
        below(view, "risks", "field.risks", listed(risks)),
        below(view, "out-of-scope", "field.out_of_scope", listed(outside)),
    ]
}

fn defect(view: &View<'_>, defect: &Defect) -> Vec<Passage<'static>> {
    let notes = texts(view, defect.history.iter().filter_map(|change| change.note.as_ref()));
    let found = defect.found_in.as_ref();
    let place = found.and_then(|found| found.environment.as_ref());
    let case = found.and_then(|found| found.case.as_ref());
    vec![
        lead([
            defect.ticket.iter().map(|ticket| ticket.value.clone()).collect(),
            listed(defect.affects.iter().map(|release| release.id().to_owned())),
            place.map_or_else(String::new, |place| pointed(view, place)),
            case.map_or_else(String::new, |case| case.id().to_owned()),
            read(view, defect.note.as_ref()),
        ]),
        below(view, "steps", "field.steps", texts(view, &defect.steps)),
        below(view, "expected", "field.expected", read(view, defect.expected.as_ref())),
        below(view, "actual", "field.actual", read(view, defect.actual.as_ref())),
        below(view, "workaround", "defect.workaround", read(view, defect.workaround.as_ref())),
        below(view, "history", "defect.history", notes),
    ]
}

fn environment(view: &View<'_>, environment: &Environment) -> Vec<Passage<'static>> {
    let checks = environment
        .readiness
        .iter()
        .map(|check| spaced([view.read(&check.check).into_text(), read(view, check.note.as_ref())]));
    vec![
        lead([
            environment.product.as_ref().map_or_else(String::new, |of| pointed(view, of)),
            environment.url.clone().unwrap_or_default(),
            read(view, environment.note.as_ref()),
        ]),
        below(view, "checks", "environment.checks", listed(checks)),
    ]
}

fn cloning(view: &View<'_>, cloning: &Cloning) -> Vec<Passage<'static>> {
    vec![
        lead([read(view, cloning.note.as_ref())]),
        below(view, "lost", "field.lost", texts(view, &cloning.lost)),
        below(
            view,
            "follow-ups",
            "field.follow_ups",
            texts(view, cloning.follow_ups.iter().map(|follow_up| &follow_up.task)),
        ),
    ]
}

fn week_of(view: &View<'_>, week: &Snapshot) -> Vec<Passage<'static>> {
    let tickets = week.tickets.iter().map(|ticket| {
        let next = ticket.next_step.as_ref().or(ticket.note.as_ref());
        spaced([ticket.key.value.clone(), read(view, ticket.title.as_ref()), read(view, next)])
    });
    vec![lead([week.as_of.date(&view.portal.site.zone).to_string(), listed(tickets)])]
}

fn decision(view: &View<'_>, decision: &Decision) -> Vec<Passage<'static>> {
    vec![
        lead([
            pointed(view, &decision.release),
            decision.build.value.clone(),
            read(view, decision.reason.as_ref()),
            decision
                .r#override
                .as_ref()
                .map_or_else(String::new, |other| view.read(&other.reason).into_text()),
        ]),
        below(
            view,
            "conditions",
            "field.conditions",
            texts(view, decision.conditions.iter().map(|condition| &condition.text)),
        ),
    ]
}

fn partners(view: &View<'_>) -> Vec<Passage<'static>> {
    let each = |partner: &Record<crate::model::partner::Partner>| Passage {
        anchor: "partners".into(),
        heading: view.name(&Subject::Partner(partner.id.clone())).into_text().into(),
        text: spaced([
            partner.id.clone(),
            partner.interest.join(" "),
            read(view, partner.channel.as_ref()),
            read(view, partner.note.as_ref()),
        ])
        .into(),
    };
    view.portal.site.partners.iter().map(each).collect()
}
