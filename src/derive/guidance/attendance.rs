//! How many came to training sessions. Only counts are known, never names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::derive::schedule;
use crate::model::Site;
use crate::model::document::DocumentKind;
use crate::model::page::Session;

/// The sessions of every training module.
pub fn sessions(site: &Site) -> impl Iterator<Item = &Session> {
    site.documents_of(DocumentKind::Training).flat_map(schedule::sessions)
}

/// Whether the session's last day is before `as_of`.
pub fn is_over(site: &Site, session: &Session, as_of: Date) -> bool {
    session.until.as_ref().unwrap_or(&session.at).date(&site.zone) < as_of
}

/// Whether the session is or was held: it was not called off.
pub fn is_held(session: &Session) -> bool {
    session.cancelled != Some(true)
}

/// How many came to the session, of all teams; nothing where nobody counted.
pub fn came(session: &Session) -> Option<usize> {
    let counts = session.attended.iter().map(|(_, count)| *count as usize);
    (!session.attended.is_empty()).then(|| counts.sum())
}

/// The attendance of several sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// How many sessions there were.
    pub sessions: usize,
    /// How many of them were counted.
    pub counted: usize,
    /// How many came to those.
    pub came: usize,
}

impl Attendance {
    fn add(&mut self, came: Option<usize>) {
        self.sessions += 1;
        self.counted += usize::from(came.is_some());
        self.came += came.unwrap_or(0);
    }
}

/// The attendance of those of `sessions` that were held, together.
pub fn of<'a>(sessions: impl Iterator<Item = &'a Session>) -> Attendance {
    sessions.filter(|session| is_held(session)).fold(Attendance::default(), |mut sum, session| {
        sum.add(came(session));
        sum
    })
}

/// The attendance of every team that was invited to one of `sessions` or came to one, by id; those that
/// were called off do not count. A team that
/// was invited and has no count is not known to have stayed away.
pub fn by_team<'a>(sessions: impl Iterator<Item = &'a Session>) -> BTreeMap<&'a str, Attendance> {
    let mut teams: BTreeMap<&str, Attendance> = BTreeMap::new();
    for session in sessions.filter(|session| is_held(session)) {
        for (team, count) in of_session(session) {
            teams.entry(team).or_default().add(count);
        }
    }
    teams
}

/// How many of each team came, the invited teams first in the order written; nothing of a team that
/// nobody counted.
pub fn of_session(session: &Session) -> Vec<(&str, Option<usize>)> {
    let count = |team: &str| {
        let found = session.attended.iter().find(|(of, _)| of.id() == team);
        found.map(|(_, count)| *count as usize)
    };
    let invited = session.teams.iter().map(|team| (team.id(), count(team.id())));
    let is_invited = |team: &str| session.teams.iter().any(|invited| invited.id() == team);
    let others = session.attended.iter().filter(|(team, _)| !is_invited(team.id()));
    invited.chain(others.map(|(team, count)| (team.id(), Some(*count as usize)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{DocumentKind, Extra};
    use crate::parse::sample::tree;

    const MODULE: &str = "---
sessions:
  - {at: 2026-09-08T10:00, seats: 25, teams: [uat, support], attended: {uat: 11, support: 6}}
  - {at: 2026-10-15T10:00, until: 2026-10-16T12:00, teams: [uat]}
  - {at: 2026-10-06T10:00, teams: [uat, sit], attended: {uat: 3, automation: 2}}
  - {at: 2026-10-07T10:00, attended: {uat: 0}}
  - {at: 2026-10-08T10:00, teams: [uat, sit], cancelled: true}
---
";

    #[test]
    fn what_nobody_counted_is_not_known() {
        let site = tree(&[("training/a.md", MODULE)]);
        let Some(Extra::Training(module)) =
            site.documents_of(DocumentKind::Training).next().map(|document| &document.main().extra)
        else {
            panic!("a module");
        };
        let sessions = &module.sessions;
        let day = Date::constant(2026, 10, 16);
        let found: Vec<_> =
            sessions.iter().map(|session| (is_over(&site, session, day), came(session))).collect();
        // The second goes on to the end of the day.
        assert_eq!(found, [(true, Some(17)), (false, None), (true, Some(5)), (true, Some(0)), (true, None)]);
        // The last was called off.
        assert_eq!(of(sessions.iter()), Attendance { sessions: 4, counted: 3, came: 22 });
        assert_eq!(of_session(&sessions[2]), [("uat", Some(3)), ("sit", None), ("automation", Some(2))]);
        let teams = by_team(sessions.iter());
        assert_eq!(teams["uat"], Attendance { sessions: 4, counted: 3, came: 14 });
        assert_eq!(teams["sit"], Attendance { sessions: 1, counted: 0, came: 0 });
        assert_eq!(teams["automation"], Attendance { sessions: 1, counted: 1, came: 2 });
    }
}
