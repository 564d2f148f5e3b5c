//! The file that a page of a record was made from.

use super::routes::Subject;
use crate::model::Site;

/// The file of the record that the page about `subject` shows, below the content folder; nothing for a page of
/// Markdown, which has a text for each language, and for one that is put together from many files.
pub fn file<'s>(site: &'s Site, subject: &Subject) -> Option<&'s str> {
    let path = match subject {
        Subject::Release(id) => &site.releases.get(id)?.path,
        Subject::Run(id) => &site.runs.get(id)?.path,
        Subject::Case(id) => &site.cases.get(id)?.path,
        Subject::Plan(id) => &site.plans.get(id)?.path,
        Subject::Defect(id) => &site.defects.get(id)?.path,
        Subject::Environment(id) | Subject::Cloning(id, _) => &site.environments.get(id)?.path,
        Subject::DataSet(id) => &site.data.get(id)?.path,
        Subject::Tickets(id) => &site.tickets.get(id)?.path,
        Subject::Decision(id) => &site.decisions.get(id)?.path,
        Subject::Part(of, _) => return file(site, of),
        _ => return None,
    };
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::page::routes::List;
    use crate::parse::sample::tree;

    #[test]
    fn a_record_stands_in_a_file_and_a_list_in_many() {
        let site = tree(&[
            ("cases/login.yaml", "cases: [{id: L-1, title: Log in}]\n"),
            ("environments/sit.yaml", "title: SIT\nkind: test\n"),
        ]);
        let cloning = Subject::Cloning("sit".to_owned(), "2026-10".to_owned());
        for (subject, wanted) in [
            (Subject::Environment("sit".to_owned()), Some("environments/sit.yaml")),
            (cloning, Some("environments/sit.yaml")),
            (Subject::Case("L-1".to_owned()), Some("cases/login.yaml")),
            (
                Subject::Part(Box::new(Subject::Environment("sit".to_owned())), 2),
                Some("environments/sit.yaml"),
            ),
            (Subject::Environment("uat".to_owned()), None),
            (Subject::List(List::Environments), None),
        ] {
            assert_eq!(file(&site, &subject), wanted, "{subject:?}");
        }
    }
}
