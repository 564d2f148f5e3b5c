//! What those affected are told of a cloning or a release, in one language or in several.

mod cloning;
mod release;

use super::{Block, Line, Message, Piece, plain, read, titled};
use crate::derive::page::routes::Subject;
use crate::model::environment::{Cloning, Environment};
use crate::model::records::Record;
use crate::model::release::Release;
use crate::record::text::Text;
use crate::record::time::Moment;
use crate::render::portal::Portal;
use crate::words::{Spoken, Words};

/// What is announced.
#[derive(Debug, Clone, Copy)]
pub enum Announced<'a> {
    /// A cloning of an environment.
    Cloning(&'a Record<Environment>, &'a Cloning),
    /// A release.
    Release(&'a Record<Release>),
}

/// The announcement in `language`.
pub fn of(portal: &Portal, language: &str, announced: Announced<'_>) -> Message {
    let teller = Teller { portal, language, words: &portal.tongue(language).words };
    match announced {
        Announced::Cloning(environment, cloning) => cloning::message(&teller, environment, cloning),
        Announced::Release(release) => release::message(&teller, release),
    }
}

/// The same announcement in several languages as one message, the first language's subject first;
/// nothing for no language.
pub fn in_languages(portal: &Portal, languages: &[&str], announced: Announced<'_>) -> Option<Message> {
    let mut messages = languages.iter().map(|language| of(portal, language, announced));
    let first = messages.next()?;
    Some(messages.fold(first, |mut all, message| {
        all.subject = format!("{} / {}", all.subject, message.subject);
        let heading = Block::Heading(message.subject);
        let blocks = std::iter::once(heading).chain(message.blocks).collect();
        all.blocks.push(Block::Foreign { language: message.language, blocks });
        all
    }))
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

    fn read(&self, text: &Text) -> Spoken {
        read(text, self.language, self.portal.site.default_language())
    }

    /// `label: value`.
    fn labelled(&self, key: &str, value: impl Into<Spoken>) -> Line {
        plain(self.pair(&self.words.text(key).into(), &value.into()))
    }

    /// `label: value`, both in a language.
    fn pair(&self, label: &Spoken, value: &Spoken) -> Spoken {
        self.words.fill_spoken("value.label", &[("label", label), ("value", value)])
    }

    /// A word of the authors' that they write once for all languages.
    fn authored(&self, word: &str) -> Spoken {
        let default = self.portal.site.default_language();
        if default == self.language { Spoken::from(word) } else { Spoken::foreign(word, default) }
    }

    /// A day or time in words.
    fn moment(&self, moment: &Moment) -> String {
        let at = moment.civil(&self.portal.site.zone);
        if moment.has_time() { self.words.date_time(at) } else { self.words.date(at.date()) }
    }

    /// From one moment until another, in words.
    fn window(&self, from: &Moment, until: Option<&Moment>) -> String {
        let Some(until) = until else { return self.moment(from) };
        let zone = &self.portal.site.zone;
        let (first, last) = (from.civil(zone), until.civil(zone));
        match (from.has_time(), until.has_time()) {
            (true, true) => self.words.date_time_range(first, last),
            (false, false) => self.words.date_range(first.date(), last.date()),
            _ => {
                let (from, until) = (self.moment(from), self.moment(until));
                self.words.fill("range.wide", &[("from", &from), ("until", &until)])
            }
        }
    }

    fn environment(&self, id: &str) -> Spoken {
        let site = &self.portal.site;
        let title = site.environments.get(id).and_then(|environment| environment.title.as_ref());
        title.map_or_else(|| Spoken::from(id), |title| self.read(title))
    }

    /// A team, role or partner.
    fn party(&self, id: &str) -> Spoken {
        let (site, default) = (&self.portal.site, self.portal.site.default_language());
        let partner = || site.partners.get(id)?.title.as_ref();
        if site.portal.teams.get(id).is_some() {
            titled(&site.portal.teams, id, self.language, default)
        } else if site.portal.roles.get(id).is_some() {
            titled(&site.portal.roles, id, self.language, default)
        } else {
            partner().map_or_else(|| Spoken::from(id), |title| self.read(title))
        }
    }

    /// A time that moved, and why.
    fn change(&self, event: &str, was: &Moment, now: Option<&Moment>, reason: Option<&Text>) -> Line {
        let (event, was) = (self.words.text(event), self.moment(was));
        let change = match now {
            Some(now) => {
                let now = self.moment(now);
                self.words.fill("announcement.change", &[("event", event), ("was", &was), ("now", &now)])
            }
            None => self.words.fill("announcement.change_removed", &[("event", event), ("was", &was)]),
        };
        let reason = reason
            .map(|reason| self.words.fill_spoken("announcement.reason", &[("reason", &self.read(reason))]));
        plain(Spoken::join([Some(change.into()), reason].into_iter().flatten(), " "))
    }

    /// A heading with a list, or that nothing is written.
    fn section(&self, key: &str, items: Vec<Line>) -> Vec<Block> {
        let body = if items.is_empty() {
            Block::paragraph(self.say("announcement.none_written"))
        } else {
            Block::List(items)
        };
        vec![Block::Heading(self.say(key)), body]
    }

    /// The same; nothing where there is nothing to list.
    fn section_if_any(&self, key: &str, items: Vec<Line>) -> Vec<Block> {
        if items.is_empty() { Vec::new() } else { self.section(key, items) }
    }

    /// Where the page is, if the portal has an address.
    fn more(&self, subject: &Subject) -> Option<Block> {
        let base = self.portal.base_url.as_ref().filter(|_| self.portal.routes.has(subject))?;
        let address = crate::render::names::encode(&self.portal.routes.address(subject, self.language));
        let url = format!("{base}{address}");
        let words = self.words.fill("announcement.more", &[("url", "")]);
        Some(Block::Paragraph(vec![
            Piece::Text(format!("{} ", words.trim_end()).into()),
            Piece::Link { text: url.clone(), href: url },
        ]))
    }

    fn message(&self, subject: String, blocks: Vec<Block>) -> Message {
        let greeting = Block::paragraph(self.say("weekly.mail_greeting"));
        let blocks = std::iter::once(greeting).chain(blocks).collect();
        Message { subject, language: self.language.to_owned(), blocks }
    }
}
