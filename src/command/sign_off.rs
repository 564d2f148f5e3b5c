//! `juhend sign-off`: writes down what a role says of an install, with what it rests on.
//!
//! 1. The gate is judged for the time of the word. Nobody confirms against it without saying why.
//! 2. A decision about the same build that waits for the role gets its word; what stands in its file stays.
//! 3. Else a new decision is written, with the hashes of the files it rests on. It replaces the one before.

mod draft;
mod evidence;
mod extension;

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::exit::{Exit, Failure};
use super::gate::{errors, everything, find, hindered};
use super::project::{Assembly, Project};
use super::{Global, report, whole};
use crate::derive::basis::Basis;
use crate::derive::decision::{self, GateWord, is_confirmed};
use crate::derive::gate::{self, GateResult};
use crate::diagnostic::did_you_mean;
use crate::model::decision::{Decision, Outcome};
use crate::model::records::Record;
use crate::model::release::Release;
use crate::record::reference::Ref;
use crate::record::time::Moment;
use crate::render::export::gate::GateExport;
use crate::render::export::gate_text;

/// Arguments of `sign-off`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The release's id, such as `2026.10`
    #[arg(value_name = "RELEASE")]
    release: String,
    /// The role whose word it is
    #[arg(long)]
    role: String,
    /// What it says
    #[arg(long, value_enum)]
    outcome: Word,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The build it is about [default: the release's]
    #[arg(long)]
    build: Option<String>,
    /// When it was said, such as `2026-10-19T10:40` [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    decided: Option<Moment>,
    /// What must still be done; may be given more than once
    #[arg(long = "condition", value_name = "TEXT")]
    conditions: Vec<String>,
    /// The report may follow the install
    #[arg(long)]
    expedited: bool,
    /// Confirm although the gate does not pass, and why
    #[arg(long = "override", value_name = "REASON")]
    against: Option<String>,
}

const EXAMPLES: &str = "Examples:
  juhend sign-off 2026.10 --role test-lead --outcome confirmed
  juhend sign-off 2026.10 --role product-owner --outcome refused --reason \"BEN-463 is not explained\"
  juhend sign-off 2026.10 --role product-owner --outcome confirmed_with_conditions \\
      --condition \"Correction script before 1 November\"
  juhend sign-off 2026.10 --role test-lead --outcome confirmed --override \"Payday is on Friday\"

The decision is written to `decisions/`. A decision about the same build that waits for the role gets its
word; else a new one is written, which replaces the one before and begins without the words of that one if
anything it rests on has changed since.

A decision rests on the release's runs with their result files, its completion report, and the defects that
affect it and are settled. What is still open goes on changing: that is for the gate to watch.

Exit codes: 0 written; 1 the command could not run; 2 the gate fails, 3 nobody can say whether it passes,
and there is no `--override`: nothing was written.";

/// What a role says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Word {
    /// Install
    Confirmed,
    /// Install, and do what is listed
    ConfirmedWithConditions,
    /// Do not install
    Refused,
    /// Decide later
    Deferred,
}

impl From<Word> for Outcome {
    fn from(word: Word) -> Self {
        match word {
            Word::Confirmed => Self::Confirmed,
            Word::ConfirmedWithConditions => Self::ConfirmedWithConditions,
            Word::Refused => Self::Refused,
            Word::Deferred => Self::Deferred,
        }
    }
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::read(text).ok_or_else(|| "write `2026-10-19T10:40` or `2026-10-19`".to_owned())
}

/// What a role says, with everything that is written down of it.
struct Statement<'a> {
    role: &'a str,
    outcome: Outcome,
    build: &'a str,
    decided: Moment,
    reason: Option<&'a str>,
    conditions: &'a [String],
    expedited: bool,
    against: Option<&'a str>,
}

/// Writes or extends the decision.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let assembly = everything(global)?;
    let release = find(&assembly, &args.release)?;
    let mut statement = statement(&assembly, release, args)?;
    if is_confirmed(statement.outcome) {
        let result = judge(global, &assembly, release, &statement);
        match (result.is_pass(), statement.against) {
            (true, Some(_)) => {
                report::warning(global, "the gate passes, so `--override` is not written down");
                statement.against = None;
            }
            (false, None) => return Ok(refuse(global, result)),
            _ => {}
        }
    } else if statement.against.is_some() {
        return Err(Failure::new("`--override` goes with a confirmation alone"));
    }
    let current = current(&assembly, release);
    let written = match open(&assembly, release, current, &statement) {
        Some(decision) => extend(&project, &assembly, release, decision, &statement)?,
        None => create(&project, &assembly, release, current, &statement)?,
    };
    tell(global, release, &statement, &written);
    Ok(Exit::Fine)
}

/// What was written, and where.
struct Written {
    path: String,
    outcome: Outcome,
    is_new: bool,
    /// The decision before, if its words do not count any more.
    renewed: Option<String>,
    evidence: usize,
    silent: Vec<String>,
}

fn statement<'a>(
    assembly: &'a Assembly,
    release: &'a Record<Release>,
    args: &'a Args,
) -> Result<Statement<'a>, Failure> {
    let outcome = Outcome::from(args.outcome);
    check_role(assembly, release, &args.role)?;
    let own = release.build.as_ref().map(|build| build.as_str());
    let build = args.build.as_deref().or(own).ok_or_else(|| {
        Failure::new(format!("nothing says which build of `{}` is meant", release.id))
            .hint("name it with `--build`, or write `build:` into the release")
    })?;
    if let Some(own) = own.filter(|own| *own != build && is_confirmed(outcome)) {
        return Err(Failure::new(format!("the build of `{}` is `{own}`, not `{build}`", release.id))
            .hint("a decision about another build would not hold; write the build into the release first"));
    }
    if !args.conditions.is_empty() && outcome != Outcome::ConfirmedWithConditions {
        return Err(Failure::new("`--condition` goes with `--outcome confirmed_with_conditions`"));
    }
    let is_blank = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
    if is_blank(&args.reason) || is_blank(&args.against) {
        return Err(Failure::new("a reason has no words"));
    }
    Ok(Statement {
        role: &args.role,
        outcome,
        build,
        decided: args.decided.unwrap_or_else(|| now(assembly)),
        reason: args.reason.as_deref(),
        conditions: &args.conditions,
        expedited: args.expedited,
        against: args.against.as_deref(),
    })
}

/// Refuses a role that the portal does not have, or whose word the release does not ask for.
fn check_role(assembly: &Assembly, release: &Release, role: &str) -> Result<(), Failure> {
    let roles = &assembly.portal.site.portal.roles;
    if roles.get(role).is_none() {
        let failure = Failure::new(format!("there is no role `{role}`"));
        return Err(match did_you_mean(role, roles.keys()) {
            Some(hint) => failure.hint(hint),
            None => failure,
        });
    }
    let wanted: Vec<&str> = release.sign_off.iter().map(Ref::id).collect();
    if wanted.is_empty() || wanted.contains(&role) {
        return Ok(());
    }
    let wanted: Vec<String> = wanted.iter().map(|role| format!("`{role}`")).collect();
    Err(Failure::new(format!("the release does not ask for the word of `{role}`"))
        .hint(format!("`sign_off:` names {}", wanted.join(", "))))
}

/// The time of the clock, if the portal is of today; else the portal's day.
fn now(assembly: &Assembly) -> Moment {
    let zone: &TimeZone = &assembly.portal.site.zone;
    let now = zone.to_datetime(Timestamp::now());
    if now.date() == assembly.portal.as_of {
        let minute = Time::new(now.hour(), now.minute(), 0, 0).unwrap_or(Time::midnight());
        Moment::Local(now.date().to_datetime(minute))
    } else {
        Moment::Day(assembly.portal.as_of)
    }
}

/// The gate for the time of the word; what keeps it from passing is told.
fn judge(
    global: &Global,
    assembly: &Assembly,
    release: &Record<Release>,
    statement: &Statement<'_>,
) -> GateResult {
    let day = statement.decided.date(&assembly.portal.site.zone);
    let basis = assembly.portal.basis();
    let basis = Basis { as_of: basis.as_of.max(day), ..basis };
    let found = gate::on(basis, release, day);
    let errors = errors(assembly);
    let result = hindered(&found, errors);
    if !result.is_pass() {
        let export = GateExport::of(basis, release, &found, result);
        report::say(global, gate_text::gate(&export).trim_end());
        if errors > 0 {
            report::warning(
                global,
                "there are errors in the content, so the gate cannot pass; `juhend check` tells",
            );
        }
    }
    result
}

fn refuse(global: &Global, result: GateResult) -> Exit {
    let (what, exit) = match result {
        GateResult::Fail => ("the gate fails", Exit::Findings),
        _ => ("nobody can say whether the gate passes", Exit::Unknown),
    };
    report::failure(
        global,
        &Failure::new(format!("{what}; nothing was written"))
            .hint("to confirm all the same, say why with `--override`; that is shown with the decision"),
    );
    exit
}

/// The decision in force, whenever it was or will be taken.
fn current<'a>(assembly: &'a Assembly, release: &Record<Release>) -> Option<&'a Record<Decision>> {
    decision::current(&assembly.portal.site, &release.id, jiff::civil::Date::MAX)
}

/// The decision in force, if it waits for the word of the role: it is about the same build, what it rests
/// on has not changed, and the role has not spoken.
fn open<'a>(
    assembly: &Assembly,
    release: &Record<Release>,
    current: Option<&'a Record<Decision>>,
    statement: &Statement<'_>,
) -> Option<&'a Record<Decision>> {
    let decision = current.filter(|decision| is_alive(assembly, release, decision, statement))?;
    let has_spoken = decision.by.iter().any(|(role, _)| role.id() == statement.role);
    let is_waiting = decision::silent(release, decision).iter().any(|role| role.id() == statement.role);
    (is_waiting && !has_spoken).then_some(decision)
}

/// Whether the words of `decision` still count when `statement` is made: it is about the same build, and rests on
/// all that a new decision would rest on.
fn is_alive(
    assembly: &Assembly,
    release: &Record<Release>,
    decision: &Record<Decision>,
    statement: &Statement<'_>,
) -> bool {
    decision.build.as_str() == statement.build
        && !decision::validity(assembly.portal.basis(), decision).is_stale()
        && evidence_now(assembly, release, statement).iter().all(|file| {
            decision.evidence.iter().any(|listed| {
                listed.file.as_str() == file.path && listed.sha256.trim().eq_ignore_ascii_case(&file.sha256)
            })
        })
}

/// Whether `decision` has to be repaired: it confirms what the gate did not let pass, or of which nobody could say that
/// it does, and nobody answers for that.
fn is_unanswered(assembly: &Assembly, decision: &Record<Decision>) -> bool {
    let basis = assembly.portal.basis();
    let day = decision.decided.date(&assembly.portal.site.zone);
    let found = decision::validity(Basis { as_of: basis.as_of.max(day), ..basis }, decision);
    matches!(found.gate, GateWord::Fails | GateWord::Unknown)
}

/// What a decision of the time of `statement` rests on.
fn evidence_now(
    assembly: &Assembly,
    release: &Record<Release>,
    statement: &Statement<'_>,
) -> Vec<evidence::File> {
    evidence::of(assembly, release, statement.decided.date(&assembly.portal.site.zone))
}

/// What the words add up to: the one that says least.
fn combined(words: impl Iterator<Item = Outcome>) -> Outcome {
    let rank = |outcome: &Outcome| match outcome {
        Outcome::Refused => 3,
        Outcome::Deferred => 2,
        Outcome::ConfirmedWithConditions => 1,
        Outcome::Confirmed => 0,
    };
    words.max_by_key(rank).unwrap_or(Outcome::Deferred)
}

fn extend(
    project: &Project,
    assembly: &Assembly,
    release: &Release,
    decision: &Record<Decision>,
    statement: &Statement<'_>,
) -> Result<Written, Failure> {
    let said = decision.by.iter().map(|(_, word)| word.value);
    let outcome = combined(said.chain([statement.outcome]));
    if outcome == Outcome::ConfirmedWithConditions
        && decision.conditions.is_empty()
        && statement.conditions.is_empty()
    {
        return Err(no_condition());
    }
    let path = project.content.join(&decision.path);
    let source = assembly.texts.sources().file(decision.file).and_then(|source| source.text.clone());
    let text = source.ok_or_else(|| Failure::new(format!("`{}` cannot be read", path.display())))?;
    let extended = extension::extended(&text, decision, statement, outcome)?;
    let unchanged = fs::read(&path).is_ok_and(|bytes| bytes.ends_with(text.as_bytes()));
    if !unchanged {
        return Err(
            Failure::new(format!("`{}` was changed in the meantime", path.display())).hint("try again")
        );
    }
    whole::write(&path, extended.as_bytes())?;
    let silent = decision::silent(release, decision);
    Ok(Written {
        path: shown(project, &path),
        outcome,
        is_new: false,
        renewed: None,
        evidence: decision.evidence.len(),
        silent: silent
            .iter()
            .map(|role| role.id().to_owned())
            .filter(|role| role != statement.role)
            .collect(),
    })
}

fn no_condition() -> Failure {
    Failure::new("a confirmation with conditions names none").hint("name each with `--condition`")
}

fn create(
    project: &Project,
    assembly: &Assembly,
    release: &Record<Release>,
    current: Option<&Record<Decision>>,
    statement: &Statement<'_>,
) -> Result<Written, Failure> {
    let alive = current.filter(|decision| is_alive(assembly, release, decision, statement));
    let carried: Vec<(&str, Outcome)> = alive
        .into_iter()
        .flat_map(|decision| decision.by.iter().map(|(role, word)| (role.id(), word.value)))
        .filter(|(role, _)| *role != statement.role)
        .collect();
    if let Some(decision) = alive
        && !is_unanswered(assembly, decision)
        && decision
            .by
            .iter()
            .any(|(role, word)| role.id() == statement.role && word.value == statement.outcome)
    {
        return Err(Failure::new(format!(
            "`{}` has said so already in the decision `{}`",
            statement.role, decision.id
        )));
    }
    let words: Vec<(&str, Outcome)> =
        carried.into_iter().chain([(statement.role, statement.outcome)]).collect();
    let outcome = combined(words.iter().map(|(_, word)| *word));
    let kept = alive.map_or(&[][..], |decision| &decision.conditions);
    if outcome == Outcome::ConfirmedWithConditions && kept.is_empty() && statement.conditions.is_empty() {
        return Err(no_condition());
    }
    let evidence = evidence_now(assembly, release, statement);
    let file = free_name(project, assembly, &release.id);
    let text = draft::Draft {
        statement,
        release: &release.id,
        outcome,
        words: &words,
        kept,
        language: assembly.portal.site.default_language(),
        evidence: &evidence,
        supersedes: current.map(|decision| decision.id.as_str()),
    }
    .text(&super::new::heading(project, assembly.portal.base_url.as_deref(), &file, "decision"));
    let path = project.content.join(&file);
    whole::write(&path, text.as_bytes())?;
    let has_spoken = |role: &str| words.iter().any(|(spoken, _)| *spoken == role);
    Ok(Written {
        path: shown(project, &path),
        outcome,
        is_new: true,
        renewed: current.filter(|_| alive.is_none()).map(|decision| decision.id.clone()),
        evidence: evidence.len(),
        silent: release
            .sign_off
            .iter()
            .map(|role| role.id().to_owned())
            .filter(|role| !has_spoken(role))
            .collect(),
    })
}

/// A name that no decision has yet: that of the release, else with a number behind it.
fn free_name(project: &Project, assembly: &Assembly, release: &str) -> String {
    let names = std::iter::once(release.to_owned()).chain((2..).map(|n| format!("{release}-{n}")));
    let is_free = |name: &String| {
        !assembly.portal.site.decisions.is_known(name)
            && [".yaml", ".yml"]
                .iter()
                .all(|ending| !project.content.join(format!("decisions/{name}{ending}")).exists())
    };
    let mut free = names.filter(is_free);
    format!("decisions/{}.yaml", free.next().unwrap_or_else(|| release.to_owned()))
}

fn shown(project: &Project, path: &Path) -> String {
    path.strip_prefix(&project.root).unwrap_or(path).display().to_string()
}

fn tell(global: &Global, release: &Release, statement: &Statement<'_>, written: &Written) {
    report::answer(&format!("{}\n", written.path));
    let what = if written.is_new { "a new decision" } else { "the word was added to the decision" };
    let files = if written.evidence == 1 { "file" } else { "files" };
    report::say(
        global,
        &format!(
            "{what}: {} says {}; {} for build `{}`, resting on {} {files}",
            statement.role,
            statement.outcome.word(),
            written.outcome.word(),
            statement.build,
            written.evidence
        ),
    );
    if let Some(before) = &written.renewed {
        let text = format!("it replaces `{before}`: what that rests on, or its build, is not what it was");
        report::say(global, &text);
    }
    if statement.against.is_some() {
        report::say(global, "the gate did not pass; the override is written down");
    }
    if written.silent.is_empty() {
        let is_decided = release.status.as_ref().is_some_and(|status| status.word() == "decided");
        let next = if is_decided { "" } else { "; `status: decided` goes into the release" };
        report::say(global, &format!("every role has spoken{next}"));
    } else {
        report::say(global, &format!("still needed: {}", written.silent.join(", ")));
    }
}
