//! A cloning from production is done, and nobody verified that personal data is masked.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{is_production, status};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::Site;
use crate::model::environment::{Cloning, CloningStatus, Environment, EnvironmentKind, MaskingMethod};

static RULE: Rule = Rule {
    name: "unmasked-cloning",
    level: Level::Error,
    what: "A cloning from a production environment is `done`, and it says no masking method or no role under `masking: verified_by`.",
    why: "Until masking is verified, people's data may lie open in a test environment.",
    example: "{id: 2026-11, source: prod, status: done, from: 2026-11-06T18:00, masking: {method: pseudonymised}}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let environments = context.site.environments.iter();
    let tests = environments.filter(|environment| environment.kind.value != EnvironmentKind::Production);
    tests.flat_map(|environment| breaches(context.site, environment)).collect()
}

fn breaches(site: &Site, environment: &Environment) -> Vec<Diagnostic> {
    let from_production =
        |cloning: &&Cloning| cloning.source.as_ref().is_some_and(|source| is_production(site, source.id()));
    let done = environment.clonings.iter().filter(|cloning| status(cloning) == CloningStatus::Done);
    done.filter(from_production).filter_map(breach).collect()
}

fn breach(cloning: &Cloning) -> Option<Diagnostic> {
    let masking = cloning.masking.as_ref();
    let method = masking.and_then(|masking| masking.method);
    let missing = match method {
        None => "no method of masking is written",
        Some(MaskingMethod::None) => "personal data is not masked",
        Some(_) if masking.is_some_and(|masking| masking.verified_by.is_none()) => {
            "nobody verified the masking"
        }
        Some(_) => return None,
    };
    let place = cloning.status.as_ref().map_or(cloning.id.place, |status| status.place);
    let message = format!("the cloning `{}` from production is done, and {missing}", cloning.id.value);
    let hint = "write `masking: {method: pseudonymised, verified_by: ROLE}` once it is verified; until then `status: follow_up`";
    Some(Diagnostic::new(&RULE, place, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_cloning_from_production_is_done_once_masking_is_verified() {
        let messages = |cloning: &str| {
            let text = format!("kind: test\nclonings: [{{id: c, from: 2026-10-09, {cloning}}}]");
            messages_of(
                "unmasked-cloning",
                &tree(&[
                    ("environments/prod.yaml", "kind: production"),
                    ("environments/pre.yaml", "kind: preproduction"),
                    ("environments/sit.yaml", &text),
                ]),
            )
        };
        let told = |what: &str| [format!("the cloning `c` from production is done, and {what}")];
        assert_eq!(messages("source: prod, status: done"), told("no method of masking is written"));
        assert_eq!(
            messages("source: prod, status: done, masking: {method: pseudonymised}"),
            told("nobody verified the masking")
        );
        assert_eq!(
            messages("source: prod, status: done, masking: {method: none, verified_by: dpo}"),
            told("personal data is not masked")
        );
        let verified = "masking: {method: pseudonymised, verified_by: dpo}";
        assert_eq!(messages(&format!("source: prod, status: done, {verified}")), [""; 0]);
        assert_eq!(messages("source: prod, status: follow_up"), [""; 0], "it is not done yet");
        assert_eq!(messages("source: pre, status: done"), [""; 0], "there is nothing to mask");
    }
}
