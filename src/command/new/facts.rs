//! What the portal knows already that a new file can begin with.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::super::days::{is_weekend, workdays_after};
use crate::derive::schedule::occupation::clonings;
use crate::model::Site;
use crate::model::environment::{Environment, EnvironmentKind};
use crate::model::portal::Weekday;
use crate::model::records::{Record, natural};
use crate::model::release::{Release, ReleaseStatus};
use crate::model::run::Level;
use crate::record::reference::Ref;
use crate::record::time::Moment;
use crate::words::Words;

/// What the portal knows.
pub struct Facts<'a> {
    /// The portal.
    pub site: &'a Site,
    /// The words of its default language.
    pub words: &'a Words,
    /// The day.
    pub as_of: Date,
}

impl<'a> Facts<'a> {
    /// The first product of `portal.yaml`.
    pub fn product(&self) -> Option<&'a str> {
        self.site.portal.products.keys().next()
    }

    /// The first team of `portal.yaml`.
    pub fn team(&self) -> Option<&'a str> {
        self.site.portal.teams.keys().next()
    }

    /// The first role of `portal.yaml`.
    pub fn role(&self) -> Option<&'a str> {
        self.site.portal.roles.keys().next()
    }

    /// The first gate of `portal.yaml`.
    pub fn gate(&self) -> Option<&'a str> {
        self.site.portal.gates.keys().next()
    }

    /// An interface text in the default language.
    pub fn say(&self, key: &'a str) -> &'a str {
        self.words.text(key)
    }

    /// The release that `id` begins with (`2026.10/sit-04`, `2026.10-completion`), else the newest in
    /// test, else the newest.
    pub fn release(&self, id: &str) -> Option<&'a Record<Release>> {
        let in_test = |release: &&Record<Release>| {
            release.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::InTest)
        };
        let begins = |release: &&Record<Release>| {
            release.schedule.test_start.as_ref().map(|start| start.civil(&self.site.zone))
        };
        let newest = || self.site.releases.iter().filter(in_test).max_by_key(begins);
        self.named_release(id).or_else(newest).or_else(|| self.site.releases.iter().max_by_key(begins))
    }

    /// The release with whose id `id` begins.
    pub fn named_release(&self, id: &str) -> Option<&'a Record<Release>> {
        let is_named = |release: &&Record<Release>| {
            id.strip_prefix(release.id.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '-']))
        };
        self.site.releases.iter().filter(is_named).max_by_key(|release| release.id.len())
    }

    /// Where `release` is tested at `level`.
    pub fn environment(&self, release: Option<&'a Record<Release>>, level: Level) -> Option<&'a str> {
        let wanted = if level == Level::Acceptance { "acceptance" } else { "system-test" };
        let named = release.into_iter().flat_map(|release| &release.environments);
        let is_for = |word: &str| {
            let mut named = named.clone();
            named
                .find(|each| each.r#use.as_ref().is_some_and(|r#use| r#use.value == word))
                .map(|each| each.env.id())
        };
        is_for(wanted).or_else(|| self.test_environment())
    }

    /// The first environment that is not production.
    pub fn test_environment(&self) -> Option<&'a str> {
        let is_test =
            |environment: &&Record<Environment>| environment.kind.value != EnvironmentKind::Production;
        self.site.environments.iter().find(is_test).map(|environment| environment.id.as_str())
    }

    /// The environments that a release goes through and what for.
    pub fn way(&self) -> Vec<(&'a str, &'static str)> {
        let each = |environment: &'a Record<Environment>| {
            let r#use = match environment.kind.value {
                EnvironmentKind::Test | EnvironmentKind::Preproduction => "system-test",
                EnvironmentKind::Acceptance => "acceptance",
                EnvironmentKind::Production => "target",
                EnvironmentKind::Development | EnvironmentKind::Training => return None,
            };
            Some((environment.id.as_str(), r#use))
        };
        let mut environments: Vec<&Record<Environment>> = self.site.environments.iter().collect();
        environments.sort_by_key(|environment| environment.kind.value);
        environments.into_iter().filter_map(each).collect()
    }

    /// Roles whose word a release needs.
    pub fn sign_off(&self, release: Option<&'a Record<Release>>) -> Vec<&'a str> {
        let named: Vec<&str> =
            release.into_iter().flat_map(|release| &release.sign_off).map(Ref::id).collect();
        if named.is_empty() { self.role().into_iter().collect() } else { named }
    }

    /// The id after the last defect's: `D-331` is followed by `D-332`.
    pub fn next_defect(&self) -> String {
        let numbered = |id: &'a str| {
            let digits = id.len() - id.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (letters, number) = id.split_at(digits);
            Some((letters, number.len(), number.parse::<u64>().ok()?))
        };
        let last =
            self.site.defects.ids().filter_map(numbered).max_by(|a, b| a.2.cmp(&b.2).then(natural(a.0, b.0)));
        last.map_or_else(
            || "D-1".to_owned(),
            |(letters, width, number)| format!("{letters}{:0width$}", number.saturating_add(1)),
        )
    }

    /// By how many workdays a release is put off that is usually tested and installed so many workdays from today: whole
    /// weeks, so that no cloning overwrites what it is tested in and no other release is installed on its day. By none
    /// if a year has no such week.
    pub fn put_off(&self, test: &RangeInclusive<i32>, install: i32) -> i32 {
        const WEEK: usize = 5;
        let (installs, clonings) = (self.installs(), self.clonings());
        let is_free = |later: &i32| {
            let day = |workdays: &i32| self.workday(workdays + later);
            let (first, last, install) = (day(test.start()), day(test.end()), day(&install));
            !installs.iter().any(|taken| taken.contains(&install))
                && !clonings.iter().any(|taken| *taken.start() <= last && first <= *taken.end())
        };
        (0..260).step_by(WEEK).find(is_free).unwrap_or_default()
    }

    /// The days on which releases are installed.
    fn installs(&self) -> Vec<RangeInclusive<Date>> {
        let windows = self.site.releases.iter().filter_map(|release| release.schedule.install.as_ref());
        windows.map(|window| self.days(&window.from, window.until.as_ref())).collect()
    }

    /// The days on which environments are overwritten in which releases are tested.
    fn clonings(&self) -> Vec<RangeInclusive<Date>> {
        let tested = self.way().into_iter().filter(|(_, r#use)| *r#use != "target");
        let environments = tested.filter_map(|(id, _)| self.site.environments.get(id));
        let clonings = environments.flat_map(|environment| clonings(environment));
        clonings.map(|cloning| self.days(&cloning.from, cloning.until.as_deref())).collect()
    }

    fn days(&self, from: &Moment, until: Option<&Moment>) -> RangeInclusive<Date> {
        from.date(&self.site.zone)..=until.unwrap_or(from).date(&self.site.zone)
    }

    /// The day `workdays` after today, by the portal's calendar.
    pub fn workday(&self, workdays: i32) -> Date {
        let calendar = self.site.portal.workdays.as_ref();
        workdays_after(self.as_of, workdays, |day| match calendar {
            Some(calendar) => {
                let is_named =
                    calendar.days.is_empty() && !is_weekend(day) || calendar.days.contains(&weekday(day));
                !is_named || calendar.holidays.contains(&day)
            }
            None => is_weekend(day),
        })
    }
}

/// The build of a release that is under test.
pub fn build(release: Option<&Record<Release>>) -> Option<&str> {
    release?.build.as_ref().map(|build| build.value.as_str())
}

fn weekday(day: Date) -> Weekday {
    match day.weekday() {
        jiff::civil::Weekday::Monday => Weekday::Monday,
        jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
        jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
        jiff::civil::Weekday::Thursday => Weekday::Thursday,
        jiff::civil::Weekday::Friday => Weekday::Friday,
        jiff::civil::Weekday::Saturday => Weekday::Saturday,
        jiff::civil::Weekday::Sunday => Weekday::Sunday,
    }
}
