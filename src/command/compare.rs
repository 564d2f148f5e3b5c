//! `juhend compare`: what became of each case from one run to another.

use clap::ValueEnum;
use serde::Serialize;

use super::build::PurposeArgs;
use super::exit::{Exit, Failure};
use super::project::{Memory, Project};
use super::{Global, report};
use crate::derive::basis::Basis;
use crate::derive::run::comparison::{self, Compared, Comparison, NoBaseline, Transition};
use crate::derive::run::results::RunCase;
use crate::diagnostic::did_you_mean;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::model::records::Record;
use crate::model::run::Run;
use crate::record::reference::Ref;

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The run to compare with and the run to look at; of one run alone, its own baseline is the other
    #[arg(value_name = "RUN", num_args = 1..=2, required = true)]
    runs: Vec<String>,
    /// How the comparison is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// End with exit code 2 when a case has regressed
    #[arg(long)]
    fail_on_regression: bool,
    #[command(flatten)]
    purpose: PurposeArgs,
}

const EXAMPLES: &str = "Examples:
  juhend compare 2026.10/sit-02 2026.10/sit-03      what became of each case from the second cycle to the third
  juhend compare 2026.10/sit-03                     the same as on the run's page: with its own baseline
  juhend compare 2026.10/sit-03 --format json       for other programs

Exit codes: 0 the runs were compared; 1 they could not be; 2 a case has regressed, with `--fail-on-regression`.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: counts, then the cases that changed
    Human,
    /// For programs: every case
    Json,
}

/// Compares the runs.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose = args.purpose.purpose(global, Audience::Restricted);
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let basis = assembly.portal.basis();
    let runs = args.runs.iter().map(|name| find(basis, name)).collect::<Result<Vec<_>, _>>()?;
    let (run, comparison) = match runs[..] {
        [baseline, run] if baseline.id == run.id => {
            return Err(Failure::new(format!("`{}` cannot be compared with itself", run.id)));
        }
        [baseline, run] => (run, comparison::between(basis, baseline, run)),
        [run, ..] => (run, comparison::of(basis, run)),
        [] => return Err(Failure::new("name a run")),
    };
    let comparison = comparison.map_err(|reason| no_baseline(run, reason))?;
    if let Some(note) = other_series(basis, comparison.baseline, run) {
        report::say(global, &note);
    }
    report::answer(&match args.format {
        Format::Human => human(basis, run, &comparison, report::answers_in_color(global)),
        Format::Json => json(basis.site, run, &comparison),
    });
    let has_regressed = comparison.count(Transition::Regressed) > 0;
    Ok(if args.fail_on_regression && has_regressed { Exit::Findings } else { Exit::Fine })
}

/// The run that a user means: by its id, or by the path of its file.
fn find<'a>(basis: Basis<'a>, name: &str) -> Result<&'a Record<Run>, Failure> {
    let (site, id) = (basis.site, id_of(name));
    if let Some(run) = site.runs.get(id) {
        return Ok(run);
    }
    if site.runs.is_known(id) {
        let failure = Failure::new(format!("the run `{id}` cannot be read"));
        return Err(failure.hint("`juhend check` lists its faults"));
    }
    let ending = format!("/{id}");
    let whole = basis.results.runs().find(|other| other.ends_with(&ending));
    let hint = whole.map(|whole| format!("did you mean `{whole}`?"));
    let failure = Failure::new(format!("there is no run `{id}`"));
    Err(match hint.or_else(|| did_you_mean(id, site.runs.ids())) {
        Some(hint) => failure.hint(hint),
        None => failure.hint("a run's id is its path below `runs`, as `2026.10/sit-03`"),
    })
}

/// `content/runs/2026.10/sit-03.yaml` is the run `2026.10/sit-03`, for shells complete paths.
fn id_of(name: &str) -> &str {
    match name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) {
        Some(path) => path.rsplit_once("runs/").map_or(path, |(_, id)| id),
        None => name,
    }
}

fn no_baseline(run: &Record<Run>, reason: NoBaseline<'_>) -> Failure {
    match reason {
        NoBaseline::First => Failure::new(format!("`{}` is the first run of its series", run.id))
            .hint("name the run to compare it with: `juhend compare RUN RUN`"),
        NoBaseline::NotFound => {
            Failure::new(format!("the baseline that `{}` names is not comparable with it", run.id))
                .hint("name the run to compare it with: `juhend compare RUN RUN`")
        }
        NoBaseline::NoCases(silent) => {
            Failure::new(format!("of the run `{}` no case is known: it gives sums at most", silent.id))
        }
    }
}

/// A word of caution about runs that are not of one series.
fn other_series(basis: Basis<'_>, baseline: &Run, run: &Run) -> Option<String> {
    let series = |run: &Run| crate::derive::run::series::series_of(basis.site, run);
    let (first, second) = (series(baseline), series(run));
    (first != second).then(|| format!("note: the runs are of different series: `{first}` and `{second}`"))
}

/// The transitions whose cases are listed for people, with their headings.
const LISTED: [(Transition, &str); 5] = [
    (Transition::Regressed, "Regressed"),
    (Transition::NewFailure, "New failures"),
    (Transition::StillFailing, "Still failing"),
    (Transition::Fixed, "Fixed"),
    (Transition::Removed, "Removed"),
];

/// Counts that add up to the planned cases, then the cases that a reader asks for next.
fn human(basis: Basis<'_>, run: &Record<Run>, comparison: &Comparison<'_>, color: bool) -> String {
    let mut out = format!("{} against {}\n\n", run.id, comparison.baseline.id);
    let kept = Transition::ALL.into_iter().filter(|transition| *transition != Transition::Removed);
    let counts: Vec<(Transition, usize)> =
        kept.map(|transition| (transition, comparison.count(transition))).collect();
    let planned: usize = counts.iter().map(|(_, count)| count).sum();
    let mut count = |name: &str, count: &str, style: Option<&str>| {
        let line = format!("{name:<14}{count:>7}");
        out.push_str(&format!("  {}\n", painted(&line, style.filter(|_| color))));
    };
    for (transition, number) in counts {
        let style = (number > 0).then(|| style(transition)).flatten();
        count(&transition.word().replace('_', " "), &number.to_string(), style);
    }
    count("planned", &format!("= {planned}"), None);
    let removed = comparison.removed.as_ref();
    count("removed", &removed.map_or("unknown".to_owned(), |removed| removed.len().to_string()), None);
    for (transition, heading) in LISTED {
        out.push_str(&list(basis.site, comparison, transition, heading, color));
    }
    out
}

fn list(
    site: &Site,
    comparison: &Comparison<'_>,
    transition: Transition,
    heading: &str,
    color: bool,
) -> String {
    let cases: Vec<RunCase<'_>> = match transition {
        Transition::Removed => comparison.removed.clone().unwrap_or_default(),
        _ => comparison.of(transition).map(|compared| compared.case).collect(),
    };
    if cases.is_empty() {
        return String::new();
    }
    let names: Vec<(String, String)> = cases.iter().map(|case| name(site, case)).collect();
    let width = names.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
    let style = style(transition).filter(|_| color);
    let mut out = format!("\n{}\n", painted(&format!("{heading} ({})", cases.len()), style));
    for (case, (id, title)) in cases.iter().zip(&names) {
        let defects: Vec<&str> = case.result.iter().flat_map(|result| &result.defects).map(Ref::id).collect();
        let line = [format!("{id:<width$}"), title.clone(), defects.join(", ")];
        let line: Vec<&str> = line.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        out.push_str(&format!("  {}\n", line.join("  ").trim_end()));
    }
    out
}

/// A case's id and title; of one without an id its suite and name.
fn name(site: &Site, case: &RunCase<'_>) -> (String, String) {
    let title = title(site, case).unwrap_or_default();
    match case.id {
        Some(id) => (id.to_owned(), title),
        None => {
            let group = case.result.and_then(|result| result.suite.as_deref());
            (group.map_or(title.clone(), |group| format!("{group} › {title}")), String::new())
        }
    }
}

/// A case's title in the portal's default language: as its result says, else as the catalogue does.
fn title(site: &Site, case: &RunCase<'_>) -> Option<String> {
    let language = site.default_language();
    let own = case.result.and_then(|result| result.title.as_ref());
    let catalogued = || site.cases.get(case.id?)?.value.title.as_ref();
    own.or_else(catalogued).map(|title| title.get(language, language).to_owned())
}

/// How a terminal shows a transition that readers look for.
fn style(transition: Transition) -> Option<&'static str> {
    match transition {
        Transition::Regressed | Transition::NewFailure => Some("1;31"),
        Transition::StillFailing => Some("31"),
        Transition::Fixed => Some("32"),
        _ => None,
    }
}

fn painted(text: &str, style: Option<&str>) -> String {
    style.map_or_else(|| text.to_owned(), |style| format!("\u{1b}[{style}m{text}\u{1b}[0m"))
}

/// A comparison for programs.
#[derive(Serialize)]
struct Answer<'a> {
    run: &'a str,
    baseline: &'a str,
    planned: usize,
    counts: serde_json::Map<String, serde_json::Value>,
    /// Planned cases of which only the number is known: among those not compared.
    unnamed: usize,
    cases: Vec<AnswerCase<'a>>,
    /// Null while it is not known.
    removed: Option<Vec<AnswerName<'a>>>,
}

#[derive(Serialize)]
struct AnswerCase<'a> {
    #[serde(flatten)]
    name: AnswerName<'a>,
    transition: &'static str,
    status: &'static str,
    before: Option<AnswerBefore<'a>>,
}

#[derive(Serialize)]
struct AnswerName<'a> {
    id: Option<&'a str>,
    suite: Option<&'a str>,
    title: Option<String>,
}

#[derive(Serialize)]
struct AnswerBefore<'a> {
    run: &'a str,
    status: &'static str,
}

fn json(site: &Site, run: &Record<Run>, comparison: &Comparison<'_>) -> String {
    let is_known = |transition| transition != Transition::Removed || comparison.removed.is_some();
    let count = |transition| is_known(transition).then(|| comparison.count(transition));
    let counts: Vec<(Transition, Option<usize>)> =
        Transition::ALL.into_iter().map(|transition| (transition, count(transition))).collect();
    let answer = Answer {
        run: &run.id,
        baseline: &comparison.baseline.id,
        planned: comparison.cases.len() + comparison.unnamed,
        counts: counts
            .into_iter()
            .map(|(transition, count)| (transition.word().to_owned(), count.into()))
            .collect(),
        unnamed: comparison.unnamed,
        cases: comparison.cases.iter().map(|compared| answer_case(site, compared)).collect(),
        removed: comparison
            .removed
            .as_ref()
            .map(|removed| removed.iter().map(|case| answer_name(site, case)).collect()),
    };
    format!("{}\n", serde_json::to_string_pretty(&answer).unwrap_or_default())
}

fn answer_case<'a>(site: &Site, compared: &Compared<'a>) -> AnswerCase<'a> {
    AnswerCase {
        name: answer_name(site, &compared.case),
        transition: compared.transition.word(),
        status: compared.case.status().word(),
        before: compared
            .before
            .map(|before| AnswerBefore { run: &before.run.id, status: before.result.status.value.word() }),
    }
}

fn answer_name<'a>(site: &Site, case: &RunCase<'a>) -> AnswerName<'a> {
    AnswerName {
        id: case.id,
        suite: case.result.and_then(|result| result.suite.as_deref()),
        title: title(site, case),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_run() {
        for (name, wanted) in [
            ("2026.10/sit-03", "2026.10/sit-03"),
            ("content/runs/2026.10/sit-03.yaml", "2026.10/sit-03"),
            ("runs/sit.yml", "sit"),
        ] {
            assert_eq!(id_of(name), wanted);
        }
    }
}
