//! What is told of a release: its times and how they moved, where it is tested, what it changes.

use super::super::{Block, Line, Message, Piece, plain, titled};
use super::Teller;
use crate::derive::page::links;
use crate::derive::page::routes::Subject;
use crate::derive::schedule::occupation::{is_cancelled, is_target};
use crate::derive::schedule::times;
use crate::derive::week::uat;
use crate::model::records::Record;
use crate::model::release::{
    Content, Release, ReleaseEnvironment, ReleaseType, ScheduleChange, ScheduleEvent,
};
use crate::words::Spoken;

pub fn message(teller: &Teller<'_>, release: &Record<Release>) -> Message {
    let (subject, lead) = if is_cancelled(release) {
        ("announcement.release_cancelled_subject", "announcement.release_cancelled_lead")
    } else {
        ("announcement.release_subject", "announcement.release_lead")
    };
    let title =
        release.title.as_ref().map_or_else(|| release.id.clone(), |title| teller.read(title).into_text());
    let subject = teller.words.fill(subject, &[("id", &release.id), ("title", &title)]);
    let mut blocks = vec![Block::paragraph(teller.say(lead)), Block::List(facts(teller, release))];
    blocks.extend(teller.section_if_any("announcement.changes", changes(teller, release)));
    if !is_cancelled(release) {
        blocks.extend(teller.section("field.schedule", schedule(teller, release)));
        blocks.extend(teller.section_if_any("announcement.test_window", test_window(teller, release)));
        blocks.extend(teller.section("release.contents", contents(teller, release)));
        blocks.extend(teller.section_if_any("announcement.flags", flags(teller, release)));
    }
    blocks.extend(release.note.as_ref().map(|note| Block::paragraph(teller.read(note))));
    blocks.extend(teller.more(&Subject::Release(release.id.clone())));
    teller.message(subject, blocks)
}

fn facts(teller: &Teller<'_>, release: &Record<Release>) -> Vec<Line> {
    let site = &teller.portal.site;
    let default = site.default_language();
    let product = titled(&site.portal.products, release.product.id(), teller.language, default);
    let kind = release.r#type.unwrap_or(ReleaseType::Planned).word();
    let mut facts = vec![
        teller.labelled("field.product", product),
        teller.labelled("field.type", teller.words.text(&format!("release_type.{kind}"))),
    ];
    facts.extend(release.status.as_ref().map(|status| {
        teller.labelled("field.status", teller.words.text(&format!("release_status.{}", status.word())))
    }));
    facts.extend(release.build.as_ref().map(|build| teller.labelled("field.build", build.value.as_str())));
    let notified: Vec<Spoken> = release.notify.iter().map(|party| teller.party(party.id())).collect();
    if !notified.is_empty() {
        facts.push(teller.labelled("field.notify", teller.words.list_spoken(&notified)));
    }
    facts
}

/// Every move, by its event and the time it was told, each with the time that came after it.
fn changes(teller: &Teller<'_>, release: &Release) -> Vec<Line> {
    let zone = &teller.portal.site.zone;
    let mut changes: Vec<&ScheduleChange> = release.schedule_changes.iter().collect();
    changes.sort_by_key(|change| (change.event.value, change.at.civil(zone)));
    let line = |(at, change): (usize, &&ScheduleChange)| {
        let event = change.event.value;
        let next = changes.get(at + 1).filter(|next| next.event.value == event).map(|next| next.was.value);
        let now = next.or_else(|| times::of(&release.schedule, event));
        teller.change(&format!("event.{}", event.word()), &change.was, now.as_ref(), change.reason.as_ref())
    };
    changes.iter().enumerate().map(line).collect()
}

fn schedule(teller: &Teller<'_>, release: &Release) -> Vec<Line> {
    let line = |event: &ScheduleEvent| {
        let at = times::of(&release.schedule, *event)?;
        let install = release.schedule.install.as_ref().filter(|_| *event == ScheduleEvent::Install);
        let until = install.and_then(|window| window.until);
        let mut shown = teller.window(&at, until.as_ref());
        if install.is_some_and(|window| window.tentative) {
            shown = format!("{shown} ({})", teller.words.text("announcement.tentative"));
        }
        Some(teller.labelled(&format!("event.{}", event.word()), shown))
    };
    ScheduleEvent::ALL.iter().filter_map(line).collect()
}

/// When and where it is tested.
fn test_window(teller: &Teller<'_>, release: &Release) -> Vec<Line> {
    let of = |event| times::of(&release.schedule, event);
    let window = of(ScheduleEvent::TestStart).map(|start| {
        let end = of(ScheduleEvent::TestDeadline);
        plain(teller.window(&start, end.as_ref()))
    });
    let tested = release.environments.iter().filter(|entry| !is_target(&teller.portal.site, entry));
    let environments = tested.map(|entry| environment(teller, entry));
    window.into_iter().chain(environments).collect()
}

fn environment(teller: &Teller<'_>, entry: &ReleaseEnvironment) -> Line {
    let name = teller.environment(entry.env.id());
    let purpose = entry.r#use.as_ref().map(|purpose| {
        let key = format!("environment_use.{}", purpose.value.replace('-', "_"));
        if teller.words.has(&key) { teller.say(&key).into() } else { teller.authored(&purpose.value) }
    });
    plain(purpose.map_or_else(|| name.clone(), |purpose| teller.pair(&name, &purpose)))
}

fn contents(teller: &Teller<'_>, release: &Release) -> Vec<Line> {
    release.contents.iter().map(|content| ticket(teller, content)).collect()
}

/// "BEN-2210 Child supplement: new feature; risk: high".
fn ticket(teller: &Teller<'_>, content: &Content) -> Line {
    let system = teller.portal.site.portal.tickets.as_ref();
    let href = system.and_then(|system| links::filled(&system.url, &[("key", &content.ticket)]));
    let title = content.title.as_ref().map(|title| Spoken::from(" ").and(teller.read(title)));
    let title = title.unwrap_or_default();
    let change = content.change.map(|change| teller.say(&format!("change.{}", change.word())).to_lowercase());
    let risk = content.risk.as_ref().map(|risk| {
        let risk = teller.say(&format!("risk.{}", risk.word())).to_lowercase();
        let label = teller.say("field.risk").to_lowercase();
        teller.words.fill("value.label", &[("label", &label), ("value", &risk)])
    });
    let facts: Vec<String> = [change, risk].into_iter().flatten().collect();
    let rest = if facts.is_empty() { title } else { title.and(format!(": {}", facts.join("; "))) };
    vec![Piece::link(content.ticket.value.clone(), href), Piece::Text(rest)]
}

/// The flags that its tickets hide behind, with the state that acceptance wants where it is written.
fn flags(teller: &Teller<'_>, release: &Release) -> Vec<Line> {
    let wanted = release.uat.iter().filter_map(|(ticket, parameters)| {
        let flag = parameters.feature_flag.as_ref().filter(|flag| uat::is_needed(flag))?;
        let state = flag.state.as_deref().map_or_else(
            || teller.say("value.unknown"),
            |state| {
                let key = format!("flag_state.{state}");
                if teller.words.has(&key) { teller.say(&key) } else { state.to_owned() }
            },
        );
        let place = flag.env.as_ref().map(|env| Spoken::from("; ").and(teller.environment(env.id())));
        let state = Spoken::from(state.to_lowercase()).and(place.unwrap_or_default());
        Some((ticket.value.as_str(), flag.name.as_str(), state))
    });
    let is_named = |ticket: &str| {
        release.uat.iter().any(|(of, parameters)| of.value == ticket && parameters.feature_flag.is_some())
    };
    let others = release.contents.iter().filter(|content| !is_named(&content.ticket)).filter_map(|content| {
        let flag = content.flag.as_deref()?;
        Some((content.ticket.as_str(), flag, teller.say("value.unknown").to_lowercase().into()))
    });
    wanted
        .chain(others)
        .map(|(ticket, flag, state)| {
            let values = [("flag", &flag.into()), ("ticket", &ticket.into()), ("state", &state)];
            plain(teller.words.fill_spoken("announcement.flag_of", &values))
        })
        .collect()
}
