//! A file names what some of its readers may not see.

use crate::check::reach::Reach;
use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "narrower-reference",
    level: Level::Error,
    what: "A key of a record or of a page's front matter names a record, page or file for a narrower audience.",
    why: "In the portal of the wider audience the key would lead nowhere, and the id tells that there is such a thing.",
    example: "affects: [\"2026.10\"]   # the defect is `public`, the release `internal`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let reach = Reach::of(context);
    let mut faults = Vec::new();
    reference::all(context.site, &mut |from, pointer| {
        let audiences = (reach.file(pointer.place.file), reach.pointer(from, pointer));
        let (Some(readers), Some(target)) = audiences else { return };
        if target > readers {
            let message = format!(
                "the {} `{}` is for the audience `{}`, this file for `{}`",
                reference::noun(pointer.kind),
                pointer.id,
                target.word(),
                readers.word()
            );
            let hint =
                format!("leave the reference out, or write `audience: {}` in this file too", target.word());
            faults.push(Diagnostic::new(&RULE, pointer.place, message).hint(hint));
        }
    });
    faults
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree_for};
    use crate::model::audience::Audience;

    #[test]
    fn a_reference_to_what_some_readers_may_not_see_says_why() {
        let defect = "title: A\nstatus: open\nseverity: minor\naffects: [2026.10]\n";
        let told = |audience, own: &str| {
            let defect = format!("audience: {own}\n{defect}");
            let release = "audience: internal\nproduct: a\ncontents: []\nschedule: {}\n";
            let files = [("defects/D-1.yaml", defect.as_str()), ("releases/2026.10.yaml", release)];
            messages_of("narrower-reference", &tree_for(audience, &files))
        };
        for audience in [Audience::Public, Audience::Internal, Audience::Restricted] {
            assert_eq!(
                told(audience, "public"),
                ["the release `2026.10` is for the audience `internal`, this file for `public`"]
            );
            assert_eq!(told(audience, "internal"), [""; 0]);
            assert_eq!(told(audience, "restricted"), [""; 0]);
        }
    }

    #[test]
    fn a_case_is_for_the_readers_of_its_catalogue_under_its_former_id_too() {
        let run = "audience: public\nrelease: 1\nenvironment: e\nstarted: 2026-10-12\nresults: [{case: A-1, status: passed}]\n";
        let cases = "audience: restricted\ncases: [{id: A-2, renamed_from: [A-1]}]\n";
        for audience in [Audience::Public, Audience::Restricted] {
            let site = tree_for(audience, &[("runs/r.yaml", run), ("cases/a.yaml", cases)]);
            assert_eq!(
                messages_of("narrower-reference", &site),
                ["the case `A-1` is for the audience `restricted`, this file for `public`"]
            );
        }
    }
}
