//! What an import tells the one who started it.

use std::collections::HashMap;

use super::attachments::Attached;
use super::target::Verdict;
use crate::import::mask::{self, Masked};
use crate::import::{Imported, Note};
use crate::model::run::Status;

/// The most notes that are told unless the user asks for all.
const MOST_NOTES: usize = 12;

/// The most places of one note.
const MOST_PLACES: usize = 3;

/// What is told.
pub struct Summary<'a> {
    /// The id of the run.
    pub id: &'a str,
    /// Its file, as the user knows it.
    pub shown: &'a str,
    /// What became of the file.
    pub verdict: &'a Verdict,
    /// The results.
    pub imported: &'a Imported,
    /// How many of them came with an id that the catalogue does not have.
    pub unknown_ids: usize,
    /// What was masked in them.
    pub masked: &'a Masked,
    /// What was to be copied.
    pub attached: &'a Attached,
    /// How many files were copied.
    pub copied: usize,
}

impl Summary<'_> {
    /// All of it, a line each; every note if `all`.
    pub fn text(&self, all: bool) -> String {
        let mut lines = vec![self.done(), format!("  {}", counts(self.imported))];
        if let Some(masked) = mask::phrase(self.masked) {
            lines.push(format!("  masked: {masked}"));
        }
        if self.copied > 0 {
            let name = self.id.rsplit('/').next().unwrap_or(self.id);
            lines.push(format!(
                "  copied {} into `{name}/` beside the run; nobody has looked through them",
                count(self.copied, "attachment")
            ));
        }
        let notes: Vec<&Note> = self.imported.notes.iter().chain(&self.attached.notes).collect();
        if !notes.is_empty() {
            lines.push("  notes:".to_owned());
            lines.extend(told(&notes, all));
        }
        lines.extend(uncatalogued(self.imported, self.unknown_ids));
        lines.extend(unidentified(self.imported, self.unknown_ids));
        lines.extend(self.next());
        lines.join("\n")
    }

    fn done(&self) -> String {
        let shown = self.shown;
        match self.verdict {
            Verdict::Same => format!("`{shown}` has these results already; nothing was written"),
            Verdict::New { .. } => format!("wrote `{shown}`"),
            Verdict::Merged { merged, .. } => {
                let kept = match merged.kept {
                    0 => String::new(),
                    kept => format!(", {kept} kept their result, as they were not executed this time"),
                };
                format!(
                    "merged into `{shown}`: {} new, {} updated{kept}",
                    count(merged.added, "case"),
                    merged.updated
                )
            }
        }
    }

    /// What to do now.
    fn next(&self) -> Option<String> {
        let bad = number(self.imported, &[Status::Failed, Status::Error]);
        match self.verdict {
            Verdict::Same => None,
            _ if bad == 0 => Some("  next: `juhend check`".to_owned()),
            _ => Some(format!(
                "  next: give the {} a `triage` or `defects` in the file, then `juhend check`",
                count(bad, "failure")
            )),
        }
    }
}

/// `412 cases: 398 passed, 9 failed; 4 with several attempts`.
fn counts(imported: &Imported) -> String {
    let each = Status::ALL.iter().filter_map(|status| match number(imported, &[*status]) {
        0 => None,
        number => Some(format!("{number} {}", status.word().replace('_', " "))),
    });
    let each: Vec<String> = each.collect();
    let repeated = imported.cases.iter().filter(|case| !case.attempts.is_empty()).count();
    let repeated = if repeated > 0 { format!("; {repeated} with several attempts") } else { String::new() };
    format!("{}: {}{repeated}", count(imported.cases.len(), "case"), each.join(", "))
}

/// How many results have an id that the catalogue does not have, and what follows from it.
fn uncatalogued(imported: &Imported, unknown_ids: usize) -> Option<String> {
    let all = imported.cases.len();
    (unknown_ids > 0).then(|| {
        let (have, them, their) =
            if unknown_ids == 1 { ("has", "it", "its id") } else { ("have", "them", "their ids") };
        format!(
            "  {unknown_ids} of {} {have} an id that the catalogue lacks: plans, priorities and risks of the catalogue \
             do not reach {them}\n    add the cases to `cases/` or correct {their}, and import anew",
            count(all, "result")
        )
    })
}

/// How many results came without an id, and what follows from it.
fn unidentified(imported: &Imported, unknown_ids: usize) -> Option<String> {
    let without = imported.cases.iter().filter(|case| case.id.is_none()).count().saturating_sub(unknown_ids);
    let all = imported.cases.len();
    (without > 0).then(|| {
        let (have, their) = if without == 1 { ("has", "its") } else { ("have", "their") };
        format!(
            "  {without} of {} {have} no id: known by {their} suite and title, a renamed test begins anew, and plans, \
             priorities and risks of the catalogue do not reach it\n    give each its id: a tag `id:BEN-142`, the \
             property `test_id` of JUnit, the column `case` of a table",
            count(all, "result")
        )
    })
}

fn number(imported: &Imported, statuses: &[Status]) -> usize {
    imported.cases.iter().filter(|case| statuses.contains(&case.status)).count()
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Notes with the same text together, in the order of their first ones.
fn told(notes: &[&Note], all: bool) -> Vec<String> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for note in notes {
        let place = *places.entry(&note.text).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, at)) => at.push(&note.at),
            None => groups.push((&note.text, vec![&note.at])),
        }
    }
    let (limit, most) = if all { (usize::MAX, usize::MAX) } else { (MOST_NOTES, MOST_PLACES) };
    let line = |(text, at): &(&str, Vec<&str>)| {
        let listed = at.iter().take(most).copied().collect::<Vec<_>>().join(", ");
        let more = match at.len().saturating_sub(most) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("    {listed}{more}: {text}")
    };
    let mut lines: Vec<String> = groups.iter().take(limit).map(line).collect();
    if groups.len() > limit {
        lines.push(format!("    and {}; `--verbose` tells all", count(groups.len() - limit, "other note")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportedCase;

    #[test]
    fn results_without_an_id_are_told_with_what_follows() {
        let case = |id: Option<&str>| ImportedCase {
            id: id.map(str::to_owned),
            ..ImportedCase::of("Sum".to_owned(), Status::Passed, "ok")
        };
        let of = |ids: &[Option<&str>], unknown_ids: usize| {
            let cases = ids.iter().map(|id| case(*id)).collect();
            let imported = Imported { started: None, ended: None, cases, notes: Vec::new(), missing: 0 };
            (unidentified(&imported, unknown_ids), uncatalogued(&imported, unknown_ids))
        };
        assert_eq!(of(&[Some("A")], 0), (None, None));
        let (told, uncatalogued) = of(&[Some("A"), None, None], 0);
        let told = told.expect("told");
        assert_eq!(uncatalogued, None);
        assert!(told.starts_with("  2 of 3 results have no id: known by their suite and title"), "{told}");
        assert!(told.contains("`test_id`"), "{told}");
        // The remedy for an id that the catalogue lacks is the catalogue.
        let (told, uncatalogued) = of(&[None, None], 2);
        assert_eq!(told, None);
        let uncatalogued = uncatalogued.expect("told");
        assert!(
            uncatalogued.starts_with("  2 of 2 results have an id that the catalogue lacks"),
            "{uncatalogued}"
        );
        assert!(uncatalogued.contains("add the cases to `cases/`"), "{uncatalogued}");
        let (told, uncatalogued) = of(&[None, None], 1);
        assert!(told.is_some_and(|told| told.starts_with("  1 of 2 results has no id")));
        assert!(uncatalogued.is_some_and(|told| told.starts_with("  1 of 2 results has an id")));
    }

    #[test]
    fn notes_of_one_text_stand_together() {
        let note = |at: &str, text: &str| Note { at: at.into(), text: text.into() };
        let notes: Vec<Note> = ["a", "b", "c", "d", "e"]
            .map(|at| note(at, "stands 2 times"))
            .into_iter()
            .chain([note("f", "x")])
            .collect();
        let notes: Vec<&Note> = notes.iter().collect();
        assert_eq!(told(&notes, false), ["    a, b, c and 2 more: stands 2 times", "    f: x"]);
        assert_eq!(told(&notes, true)[0], "    a, b, c, d, e: stands 2 times");
        let many: Vec<Note> = (0..20).map(|number| note("a", &number.to_string())).collect();
        let many: Vec<&Note> = many.iter().collect();
        assert_eq!(
            told(&many, false).last().map(String::as_str),
            Some("    and 8 other notes; `--verbose` tells all")
        );
        assert_eq!(told(&many, true).len(), 20);
    }
}
