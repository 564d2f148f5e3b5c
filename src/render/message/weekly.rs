//! The weekly overview as a message.

use std::collections::BTreeMap;

use super::{Block, Line, Message, Piece, Table, plain, read, titled};
use crate::derive::page::links;
use crate::derive::page::routes::Subject;
use crate::derive::week::weekly::{self, AtLeast, Clearing, Counts, Group, History, Item, Stall, Weekly};
use crate::render::portal::Portal;
use crate::words::{Spoken, Words};

/// The overview of the snapshot `id` in `language`; nothing if there is no such snapshot, or its tickets are
/// not known.
pub fn of(portal: &Portal, language: &str, id: &str) -> Option<Message> {
    let weekly = History::of(&portal.site).weekly(id)?;
    let teller = Teller { portal, language, words: &portal.tongue(language).words };
    Some(teller.message(&weekly))
}

/// A number that may be the least of what it could be, in words: `at least 5 workdays`.
pub fn at_least(words: &Words, key: &str, least: AtLeast) -> String {
    let value = words.count(key, least.count);
    if least.or_more { words.fill("weekly.at_least", &[("value", &value)]) } else { value }
}

/// How a ticket ceased to be overdue, in words.
pub fn clearing(words: &Words, clearing: Clearing) -> String {
    match clearing {
        Clearing::Done => words.text("weekly.cleared_done").to_owned(),
        Clearing::Moved(_, day) => words.fill("weekly.cleared_moved", &[("date", &words.date_table(day))]),
        Clearing::Dropped(_) => words.text("weekly.cleared_dropped").to_owned(),
    }
}

/// The statuses of a week that the status map does not name, in a sentence.
pub fn unknown_statuses(words: &Words, weekly: &Weekly<'_>) -> Option<String> {
    let told = |(status, count): (&str, usize)| format!("{status} ({})", words.number(count));
    let statuses: Vec<String> = weekly.unknown_statuses().into_iter().map(told).collect();
    (!statuses.is_empty())
        .then(|| words.fill("weekly.unknown_statuses", &[("statuses", &words.row(&statuses))]))
}

/// What is said in one language.
struct Teller<'a> {
    portal: &'a Portal,
    language: &'a str,
    words: &'a Words,
}

impl Teller<'_> {
    fn say(&self, key: &str) -> String {
        self.words.text(key).to_owned()
    }

    fn message(&self, weekly: &Weekly<'_>) -> Message {
        let week = self.words.week(weekly.day);
        let mut blocks = vec![
            Block::paragraph(self.say("weekly.mail_greeting")),
            Block::paragraph(self.introduction(weekly)),
        ];
        let groups: Vec<Group> =
            Group::ALL.into_iter().filter(|group| !weekly.of(*group).is_empty()).collect();
        if groups.iter().any(|group| group.needs_attention()) {
            blocks.push(Block::Paragraph(vec![Piece::Strong(self.counts(weekly))]));
        } else {
            blocks.push(Block::paragraph(self.say("weekly.mail_nothing")));
        }
        blocks.extend(groups.iter().flat_map(|group| self.group(weekly, *group)));
        let site = &self.portal.site;
        let team = |id: Option<&str>| {
            id.map_or_else(|| self.say("weekly.no_team").into(), |id| self.titled_team(id))
        };
        let release =
            |id: Option<&str>| id.map_or_else(|| self.say("weekly.no_release").into(), Spoken::from);
        let counts = weekly.counts_by(weekly::team);
        blocks.extend(self.table("weekly.teams", "field.team", &groups, &counts, &team));
        if !site.releases.is_empty() {
            let counts = weekly.counts_by(weekly::release);
            blocks.extend(self.table("weekly.releases", "field.release", &groups, &counts, &release));
        }
        blocks.extend(self.remarks(weekly).into_iter().map(Block::paragraph));
        blocks.extend(self.more(weekly));
        let subject = self.words.fill("weekly.mail_subject", &[("week", &week)]);
        Message { subject, language: self.language.to_owned(), blocks }
    }

    fn introduction(&self, weekly: &Weekly<'_>) -> String {
        let until = self.words.date(weekly.day);
        let compared = match weekly.before {
            Some((_, from)) => {
                self.words.fill("weekly.compared", &[("from", &self.words.date(from)), ("until", &until)])
            }
            None => self.say("weekly.not_known_new"),
        };
        let compared = if compared.ends_with('.') { compared } else { format!("{compared}.") };
        format!("{} {compared}", self.say("weekly.mail_intro"))
    }

    /// Both counts of the week.
    fn counts(&self, weekly: &Weekly<'_>) -> String {
        let all = weekly.standings.len();
        let of = |key: &str, count: usize| {
            let of = self.words.of(count, all);
            self.words.fill("value.label", &[("label", self.words.text(key)), ("value", &of)])
        };
        format!(
            "{}; {}",
            of("snapshot.overdue", weekly.overdue()),
            of("snapshot.stalled", weekly.stalled()).to_lowercase()
        )
    }

    fn group(&self, weekly: &Weekly<'_>, group: Group) -> [Block; 2] {
        let items = weekly.of(group);
        let name = self.say(&format!("snapshot.{}", group.word()));
        let heading = format!("{name} ({})", self.words.number(items.len()));
        [Block::Heading(heading), Block::List(items.iter().map(|item| self.item(group, item)).collect())]
    }

    /// `BEN-2210 Child supplement: 2 workdays overdue; System test team; 2026.10; Fix on Monday`.
    fn item(&self, group: Group, item: &Item<'_>) -> Line {
        let ticket = item.ticket();
        let system = self.portal.site.portal.tickets.as_ref();
        let href = system.and_then(|system| links::filled(&system.url, &[("key", &ticket.key)]));
        let text =
            |text: &crate::record::text::Text| read(text, self.language, self.portal.site.default_language());
        let title = ticket.title.as_ref().map(|title| Spoken::from(" ").and(text(title))).unwrap_or_default();
        let mut facts: Vec<Spoken> = self.facts(group, item).into_iter().map(Spoken::from).collect();
        facts.extend(weekly::team(ticket).map(|id| self.titled_team(id)));
        facts.extend(weekly::release(ticket).map(Spoken::from));
        facts.extend(ticket.next_step.as_ref().map(text));
        let rest = if facts.is_empty() { title } else { title.and(": ").and(Spoken::join(facts, "; ")) };
        vec![Piece::link(ticket.key.value.clone(), href), Piece::Text(rest)]
    }

    /// Why the ticket is in its group.
    fn facts(&self, group: Group, item: &Item<'_>) -> Vec<String> {
        let words = self.words;
        let late = item.standing.overdue.filter(|_| group.is_overdue());
        let late = late.map(|late| words.count("time.overdue_by_workdays", late.workdays));
        let rest = match item.standing.stall {
            Stall::Yes(days) if group.is_stalled() => {
                let days = at_least(words, "count.workdays", days);
                let label = words.text("weekly.rested");
                Some(words.fill("value.label", &[("label", label), ("value", &days)]))
            }
            _ => None,
        };
        let weeks = item.weeks.map(|weeks| at_least(words, "count.weeks", weeks));
        let cleared = item.clearing.map(|how| clearing(words, how));
        let status = (group == Group::MovedOn).then(|| item.ticket().status.value.clone());
        [late, rest, weeks, cleared, status].into_iter().flatten().collect()
    }

    /// The groups by a key of their tickets.
    fn table(
        &self,
        title: &str,
        key: &str,
        groups: &[Group],
        counts: &Counts<'_>,
        name: &dyn Fn(Option<&str>) -> Spoken,
    ) -> Vec<Block> {
        if counts.is_empty() {
            return Vec::new();
        }
        let columns = [self.say(key)]
            .into_iter()
            .chain(groups.iter().map(|group| self.say(&format!("snapshot.{}", group.word()))))
            .collect();
        let row = |(id, found): (Option<&str>, &BTreeMap<Group, usize>)| {
            let count = |group: &Group| plain(self.words.number(found.get(group).copied().unwrap_or(0)));
            [plain(name(id))].into_iter().chain(groups.iter().map(count)).collect()
        };
        let mut ordered: Vec<_> = counts.iter().map(|(id, found)| (*id, found)).collect();
        ordered.sort_by_key(|(id, _)| id.is_none());
        let rows = ordered.into_iter().map(row).collect();
        vec![Block::Heading(self.say(title)), Block::Table(Table { columns, rows })]
    }

    /// What is not known, and what left.
    fn remarks(&self, weekly: &Weekly<'_>) -> Vec<String> {
        let words = self.words;
        let counted = |key: &str, count: usize| (count > 0).then(|| words.count(key, count));
        [
            counted("weekly.left_done", weekly.left_done),
            counted("weekly.perhaps_stalled", weekly.perhaps_stalled()),
            unknown_statuses(words, weekly),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Where the page is, if the portal has an address.
    fn more(&self, weekly: &Weekly<'_>) -> Option<Block> {
        let base = self.portal.base_url.as_ref()?;
        let subject = Subject::Tickets(weekly.snapshot.id.clone());
        let url = format!("{base}{}", self.portal.routes.address(&subject, self.language));
        Some(Block::paragraph(self.words.fill("weekly.mail_more", &[("url", &url)])))
    }

    fn titled_team(&self, id: &str) -> Spoken {
        let site = &self.portal.site;
        titled(&site.portal.teams, id, self.language, site.default_language())
    }
}
