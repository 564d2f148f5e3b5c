//! `juhend gate`: whether a release may be installed.

use clap::ValueEnum;

use super::build::AudienceArg;
use super::exit::{Exit, Failure};
use super::project::{Assembly, Memory, Project, Purpose};
use super::{Global, report};
use crate::derive::gate::{self, Gate, GateResult};
use crate::diagnostic::{Level, did_you_mean};
use crate::model::audience::Audience;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::render::export::gate::GateExport;
use crate::render::export::{gate_junit, gate_text, json};

/// Arguments of `gate`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The release's id, such as `2026.10`
    #[arg(value_name = "RELEASE")]
    release: Option<String>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Judge by what these readers may see [default: restricted, which is everything]
    #[arg(long, value_enum)]
    audience: Option<AudienceArg>,
}

const EXAMPLES: &str = "Examples:
  juhend gate 2026.10                              each rule with what was found, and the decision
  juhend gate 2026.10 --as-of 2026-10-14           as it was on that day
  juhend gate 2026.10 --format junit > gate.xml    for a pipeline that shows test reports

Exit codes: 0 the gate passes, also by waivers; 1 the command could not run; 2 it fails; 3 nobody can say.
While the content has an error the gate does not pass: what is wrong there may be what would stop it.
Everything in the tree is judged, whatever its audience, unless `--audience` says otherwise. Of a release that is installed, taken back or given
up the gate is judged for the day of the decision.

With `--format junit` each rule is a test case: a rule that fails is a failure, one of which nobody can say
an error. A waived rule passes, with its waivers as a property; a warning never fails.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs, as in `api/gate.json`
    Json,
    /// For pipelines
    Junit,
}

/// Prints the gate's rules with what was found.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let audience = args.audience.map_or(Audience::Restricted, AudienceArg::audience);
    let assembly = seen_by(global, audience)?;
    let basis = assembly.portal.basis();
    let release = find(&assembly, args.release.as_deref().ok_or_else(|| unnamed(&assembly))?)?;
    let found = gate::of(basis, release);
    let errors = errors(&assembly);
    let result = hindered(&found, errors);
    let export = GateExport::of(basis, release, &found, result);
    match args.format {
        Format::Human => report::answer(&gate_text::gate(&export)),
        Format::Json => report::answer(&json::text(basis.as_of, Output { errors, gate: export })),
        Format::Junit => report::answer(&gate_junit::gate(&export, errors)),
    }
    if errors > 0 {
        let are = if errors == 1 { "is 1 error" } else { &format!("are {errors} errors") };
        report::warning(
            global,
            &format!("there {are} in the content, so the gate cannot pass; `juhend check` tells"),
        );
    }
    Ok(match result {
        GateResult::Pass | GateResult::PassWithWaivers => Exit::Fine,
        GateResult::Fail => Exit::Findings,
        GateResult::Unknown => Exit::Unknown,
    })
}

/// The failure of one who names no release.
fn unnamed(assembly: &Assembly) -> Failure {
    const NAMED: usize = 12;
    let ids: Vec<String> = assembly.portal.site.releases.ids().map(|id| format!("`{id}`")).collect();
    let failure = Failure::new("no release is named");
    match ids.last() {
        Some(last) => {
            let known = ids.get(ids.len().saturating_sub(NAMED)..).unwrap_or_default().join(", ");
            failure.hint(format!(
                "write it after the command, as {}; known here: {known}",
                last.replacen('`', "`juhend gate ", 1)
            ))
        }
        None => failure.hint("there is none yet: `juhend new release 2026.10` makes its file"),
    }
}

#[derive(serde::Serialize)]
struct Output<'a> {
    /// Errors in the content that keep the gate from passing.
    errors: usize,
    gate: GateExport<'a>,
}

/// The portal with all that any audience may see.
///
/// # Errors
/// A folder that cannot be read.
pub fn everything(global: &Global) -> Result<Assembly, Failure> {
    seen_by(global, Audience::Restricted)
}

fn seen_by(global: &Global, audience: Audience) -> Result<Assembly, Failure> {
    let purpose = Purpose { audience, drafts: false, base_url: None, as_of: global.as_of };
    Project::find(global)?.assemble(&purpose, &mut Memory::default())
}

/// The release called `id`.
///
/// # Errors
/// A release that is not there or cannot be read.
pub fn find<'a>(assembly: &'a Assembly, id: &str) -> Result<&'a Record<Release>, Failure> {
    let releases = &assembly.portal.site.releases;
    releases.get(id).ok_or_else(|| {
        if releases.is_known(id) {
            return Failure::new(format!("the file of the release `{id}` cannot be read"))
                .hint("`juhend check` tells why");
        }
        let failure = Failure::new(format!("there is no release `{id}`"));
        match did_you_mean(id, releases.ids()) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })
}

/// How many errors the content has.
pub fn errors(assembly: &Assembly) -> usize {
    assembly.faults.iter().filter(|fault| fault.level == Level::Error).count()
}

/// The result of `gate` in a tree with so many errors: what cannot be read may be what would stop it.
pub fn hindered(gate: &Gate<'_>, errors: usize) -> GateResult {
    match gate.result() {
        result if errors > 0 && result.is_pass() => GateResult::Unknown,
        result => result,
    }
}
