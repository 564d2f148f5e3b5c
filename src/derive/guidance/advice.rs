//! Questions of test teams: how long they wait, and which guides the answers are about.

use jiff::civil::Date;

use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::links;
use crate::derive::page::routes::{Routes, Subject};
use crate::derive::schedule::workdays::Workdays;
use crate::model::Site;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::Advice;

/// After how many workdays without an answer a question waits too long: two weeks.
pub const LONG: usize = 10;

/// Whether the question was answered by the day.
pub fn is_answered(advice: &Advice, as_of: Date) -> bool {
    advice.answered.as_ref().is_some_and(|day| day.value <= as_of)
}

/// Whether the question was asked by the day and not answered. One of which nobody wrote when it was asked
/// waits.
pub fn is_waiting(advice: &Advice, as_of: Date) -> bool {
    let is_asked = advice.asked.as_ref().is_none_or(|day| day.value <= as_of);
    is_asked && !is_answered(advice, as_of)
}

/// How many workdays the question has waited by the day, or waited until its answer. Nothing where
/// nobody wrote when it was asked.
pub fn waited(site: &Site, advice: &Advice, as_of: Date) -> Option<usize> {
    let until = advice.answered.as_ref().map_or(as_of, |day| day.value.min(as_of));
    let asked = advice.asked.as_ref()?.value;
    Some(Workdays::of(&site.portal).between(asked, until))
}

/// The questions answered by the day that name the guide `subject`, by key.
pub fn about<'a>(
    site: &'a Site,
    routes: &Routes,
    backlinks: &Backlinks,
    subject: &Subject,
    as_of: Date,
) -> Vec<(&'a Document, &'a Advice)> {
    let referring = backlinks.to(subject).filter_map(|from| match from {
        Subject::Document(key) => site.document(key),
        _ => None,
    });
    let questions = referring
        .filter(|document| document.kind == DocumentKind::Advice && !document.is_hidden())
        .filter_map(|document| match &document.main().extra {
            Extra::Advice(advice) => Some((document, advice)),
            _ => None,
        });
    let names = |document: &Document, advice: &Advice| {
        let path = &document.main().path;
        advice.guides.iter().any(|guide| links::page_at(routes, path, guide.id()).as_ref() == Ok(subject))
    };
    questions.filter(|(document, advice)| is_answered(advice, as_of) && names(document, advice)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    const DAY: Date = Date::constant(2026, 10, 16);

    #[test]
    fn a_question_waits_in_workdays_until_its_answer() {
        for (front, wanted) in [
            ("asked: 2026-10-01", Some(11)),
            ("asked: 2026-10-14", Some(2)),
            ("asked: 2026-10-16", Some(0)),
            ("asked: 2026-10-09\nanswered: 2026-10-12", Some(1)),
            // The answer of next week is not known today.
            ("asked: 2026-10-14\nanswered: 2026-10-19", Some(2)),
            ("team: sit", None),
        ] {
            let site = tree(&[("advice/q.md", &format!("---\n{front}\n---\nWhy?"))]);
            let Some(Extra::Advice(advice)) = site.document("advice/q").map(|q| &q.main().extra) else {
                panic!("a question");
            };
            assert_eq!(waited(&site, advice, DAY), wanted, "{front}");
        }
    }

    #[test]
    fn a_question_waits_from_the_day_on_which_it_is_asked_until_its_answer() {
        for (front, wanted) in [
            ("asked: 2026-10-16", true),
            ("asked: 2026-10-17", false),
            ("asked: 2026-10-14\nanswered: 2026-10-16", false),
            ("asked: 2026-10-14\nanswered: 2026-10-17", true),
            ("team: sit", true),
        ] {
            let site = tree(&[("advice/q.md", &format!("---\n{front}\n---\nWhy?"))]);
            let Some(Extra::Advice(advice)) = site.document("advice/q").map(|q| &q.main().extra) else {
                panic!("a question");
            };
            assert_eq!(is_waiting(advice, DAY), wanted, "{front}");
        }
    }

    #[test]
    fn a_guide_knows_the_answers_that_name_it() {
        let question = |front: &str| format!("---\n{front}\n---\n[G](../guides/g.md)");
        let site = tree(&[
            ("guides/g.md", "# G"),
            ("guides/h.md", "# H"),
            ("advice/named.md", &question("answered: 2026-10-01\nguides: [../guides/g.md, ../guides/h.md]")),
            ("advice/later.md", &question("answered: 2026-10-17\nguides: [../guides/g.md]")),
            ("advice/open.md", &question("guides: [../guides/g.md]")),
            ("advice/linked.md", &question("answered: 2026-10-01")),
            ("advice/hidden.md", &question("answered: 2026-10-01\nhidden: true\nguides: [../guides/g.md]")),
        ]);
        let routes = Routes::of(&site);
        let backlinks = Backlinks::of(&site, &routes);
        let found = about(&site, &routes, &backlinks, &Subject::Document("guides/g".to_owned()), DAY);
        assert_eq!(found.iter().map(|(document, _)| document.id()).collect::<Vec<_>>(), ["named"]);
    }
}
