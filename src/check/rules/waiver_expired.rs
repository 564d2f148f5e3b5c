//! A waiver is past its last day while it is still leaned on.

use crate::check::{Check, Context};
use crate::derive::defects::status_on;
use crate::derive::gate::waiver::{WaiverState, state};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, Waiver};

static RULE: Rule = Rule {
    name: "waiver-expired",
    level: Level::Warn,
    what: "The last day of a waiver is past, and the release is not installed yet or a defect that it covers is still open.",
    why: "What was accepted for a time was not mended in that time: it has to be accepted anew, or mended.",
    example: "waivers: [{id: W1, rule: open_defects, defects: [D-317], approved_by: product-owner, expires: 2026-09-30}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let releases = context.site.releases.iter();
    releases
        .flat_map(|release| release.waivers.iter().filter_map(|waiver| breach(context, release, waiver)))
        .collect()
}

fn breach(context: &Context<'_>, release: &Record<Release>, waiver: &Waiver) -> Option<Diagnostic> {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    let expires = waiver.expires.as_ref()?;
    if state(context.site, waiver, context.as_of) != WaiverState::Expired {
        return None;
    }
    let status = release.status.as_ref().map(|status| status.value);
    let is_coming = !matches!(status, Some(Released | RolledBack | Cancelled));
    let is_open = |id: &str| {
        let defect = context.site.defects.get(id)?;
        status_on(defect, &context.site.zone, context.as_of)
            .filter(|status| status.is_open())
            .map(|_| id.to_owned())
    };
    let open: Vec<String> = waiver.defects.iter().filter_map(|defect| is_open(defect.id())).collect();
    if !is_coming && (open.is_empty() || status == Some(Cancelled)) {
        return None;
    }
    let open = if open.is_empty() { String::new() } else { format!("; still open: `{}`", open.join("`, `")) };
    let message = format!("the waiver `{}` expired on {}{open}", waiver.id.value, expires.value);
    Some(
        Diagnostic::new(&RULE, expires.place, message)
            .hint("have it approved for longer, or mend what it covers"),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_waiver_matters_until_what_it_covers_is_mended() {
        let messages = |status: &str, defect: &str, expires: &str| {
            let release = format!(
                "product: a\ncontents: []\nschedule: {{}}\nstatus: {status}\nwaivers: [{{id: W1, rule: open_defects, \
                 defects: [D-1], approved_by: lead, expires: {expires}}}]\n"
            );
            let defect = format!("title: A\nseverity: major\nstatus: {defect}\n");
            let files = [
                ("portal.yaml", "title: P\nroles: {lead: {}}\n"),
                ("releases/r.yaml", release.as_str()),
                ("defects/D-1.yaml", &defect),
            ];
            messages_of("waiver-expired", &tree(&files))
        };
        let open = "the waiver `W1` expired on 2026-10-15; still open: `D-1`";
        assert_eq!(messages("in_test", "open", "2026-10-15"), [open]);
        assert_eq!(messages("released", "retest", "2026-10-15"), [open]);
        assert_eq!(messages("in_test", "closed", "2026-10-15"), ["the waiver `W1` expired on 2026-10-15"]);
        assert_eq!(messages("released", "closed", "2026-10-15"), [""; 0]);
        // Its last day is a whole one.
        assert_eq!(messages("in_test", "open", "2026-10-16"), [""; 0]);
    }
}
