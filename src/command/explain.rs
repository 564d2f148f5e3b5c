//! `juhend explain`: what a rule finds, why that is bad, and an example.

use super::exit::{Exit, Failure};
use super::{Global, report};
use crate::check;
use crate::diagnostic::did_you_mean;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The rule's name; without one, all rules are listed
    rule: Option<String>,
}

const EXAMPLES: &str = "Examples:
  juhend explain                 list all rules
  juhend explain broken-link     what the rule finds, why that is bad, an example";

/// Prints the explanation.
pub fn run(_global: &Global, args: &Args) -> Result<Exit, Failure> {
    let Some(name) = &args.rule else {
        for rule in check::rules() {
            report::answer(&format!("{:<24} {:<8} {}\n", rule.name, rule.level.word(), rule.what));
        }
        return Ok(Exit::Fine);
    };
    let Some(rule) = check::rule(name) else {
        let names: Vec<&str> = check::rules().map(|rule| rule.name).collect();
        let failure = Failure::new(format!("there is no rule `{name}`"));
        return Err(match did_you_mean(name, names) {
            Some(hint) => failure.hint(hint),
            None => failure.hint("`juhend explain` lists all rules"),
        });
    };
    let example: String = rule.example.lines().map(|line| format!("    {line}\n")).collect();
    report::answer(&format!(
        "{} ({})\n\n{}\n{}\n\nExample:\n\n{example}\n",
        rule.name,
        rule.level.word(),
        rule.what,
        rule.why
    ));
    Ok(Exit::Fine)
}
