//! Where the time of a build went: by stage, by template and by page.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde::Serialize;

use crate::render::{Content, Page, RunFile};

/// How the times are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs; every time in microseconds
    Json,
}

/// Takes the time of drawing, on all threads of a pool at once.
pub struct Stopwatch {
    /// One for each thread, so that none waits for another.
    threads: Vec<Mutex<Thread>>,
}

/// What a thread drew.
#[derive(Default)]
struct Thread {
    /// How long what was begun and ended within the file that is being drawn took. A thread that waits for others to do
    /// parts of its file draws further files meanwhile.
    within: Duration,
    drawn: Vec<Drawing>,
}

/// A file and how long drawing it took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Drawing {
    address: String,
    /// The template, or what there is instead of one.
    template: &'static str,
    time: u64,
}

impl Stopwatch {
    /// One for the threads of the pool in which the caller runs.
    pub fn new() -> Self {
        Self { threads: (0..rayon::current_num_threads()).map(|_| Mutex::default()).collect() }
    }

    /// What `draw` makes of `page`, having noted how long that took, under the name of the `template`.
    fn time<T, E>(
        &self,
        page: &Page,
        template: impl FnOnce(&T) -> Option<&'static str>,
        draw: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let thread = rayon::current_thread_index().and_then(|index| self.threads.get(index));
        let Some(thread) = thread.or(self.threads.first()) else { return draw() };
        let around = std::mem::take(&mut lock(thread).within);
        let started = Instant::now();
        let drawn = draw();
        let took = started.elapsed();
        let mut thread = lock(thread);
        let own = took.saturating_sub(std::mem::replace(&mut thread.within, around + took));
        if let Ok(drawn) = &drawn {
            thread.drawn.push(Drawing {
                address: page.address.clone(),
                template: template(drawn).unwrap_or_else(|| name(&page.content)),
                time: micros(own),
            });
        }
        drop(thread);
        drawn
    }

    fn drawings(self) -> (usize, Vec<Drawing>) {
        let threads = self.threads.len();
        let own = |thread: Mutex<Thread>| thread.into_inner().unwrap_or_else(PoisonError::into_inner).drawn;
        (threads, self.threads.into_iter().flat_map(own).collect())
    }
}

fn lock(thread: &Mutex<Thread>) -> MutexGuard<'_, Thread> {
    // What a thread notes is whole between any two statements.
    thread.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What `draw` makes of `page`, timed where somebody wants to know; `template` tells which template it took, if any.
///
/// # Errors
/// Those of `draw`.
pub fn timed<T, E>(
    stopwatch: Option<&Stopwatch>,
    page: &Page,
    template: impl FnOnce(&T) -> Option<&'static str>,
    draw: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    match stopwatch {
        Some(stopwatch) => stopwatch.time(page, template, draw),
        None => draw(),
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// A kind of file that no template draws.
fn name(content: &Content) -> &'static str {
    match content {
        Content::Html { .. } => "page",
        Content::Redirect { .. } => "redirect",
        Content::Asset(_) => "asset",
        Content::Media(_) => "image or attachment",
        Content::Narrower(..) => "photograph in fewer dots",
        Content::Addresses => "list of addresses",
        Content::Redirects(_) => "redirects for servers",
        Content::Headers(_) => "headers for servers",
        Content::Security => "security.txt",
        Content::Sitemap => "sitemap.xml",
        Content::Robots => "robots.txt",
        Content::Run(_, RunFile::Csv(_)) => "run as CSV",
        Content::Run(_, RunFile::Json) => "run as JSON",
        Content::Run(_, RunFile::Ctrf) => "run as CTRF",
        Content::Api(_) => "API",
        Content::Schema(_) => "schema",
        Content::Manifest(_) => "web manifest",
        Content::Calendar(..) => "calendar",
        Content::Feed(..) => "feed",
        Content::Search(_) => "index of search",
    }
}

/// Where the time of a build went. Every time is in microseconds.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Timings {
    /// From the first moment of the build to the last.
    elapsed: u64,
    /// On how many threads files were drawn.
    threads: usize,
    /// The stages in their order; together they took as long as the build.
    stages: Vec<Stage>,
    /// The time for drawing, on all threads together.
    drawing: u64,
    /// The templates, the dearest first; together they took as long as the drawing.
    templates: Vec<Template>,
    /// The files that took longest.
    slowest: Vec<Drawing>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Stage {
    name: &'static str,
    time: u64,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Template {
    name: &'static str,
    files: usize,
    time: u64,
    mean: u64,
    slowest: u64,
}

/// What belongs to no stage.
const REST: &str = "the rest";

/// How many of the slowest files are named.
const NAMED: usize = 10;

impl Timings {
    /// The times of a build that took `elapsed` in all; without a stopwatch, nothing was drawn.
    pub fn new(stages: &[(&'static str, Duration)], stopwatch: Option<Stopwatch>, elapsed: Duration) -> Self {
        let (threads, drawings) = stopwatch.map(Stopwatch::drawings).unwrap_or_default();
        Self::of(stages, (threads, drawings), elapsed)
    }

    fn of(
        stages: &[(&'static str, Duration)],
        (threads, mut drawings): (usize, Vec<Drawing>),
        elapsed: Duration,
    ) -> Self {
        let stage = |&(name, took): &(&'static str, Duration)| Stage { name, time: micros(took) };
        let mut stages: Vec<Stage> = stages.iter().map(stage).collect();
        let known: u64 = stages.iter().map(|stage| stage.time).sum();
        stages.push(Stage { name: REST, time: micros(elapsed).saturating_sub(known) });
        drawings.sort_by(|a, b| (Reverse(a.time), &a.address).cmp(&(Reverse(b.time), &b.address)));
        let templates = templates(&drawings);
        Self {
            elapsed: stages.iter().map(|stage| stage.time).sum(),
            threads,
            stages,
            drawing: drawings.iter().map(|drawing| drawing.time).sum(),
            templates,
            slowest: drawings.into_iter().take(NAMED).collect(),
        }
    }

    /// The times as `format` has them, with a line break at the end.
    pub fn told(&self, format: Format) -> String {
        match format {
            Format::Table => self.table(),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default()),
        }
    }

    fn table(&self) -> String {
        let stages = self
            .stages
            .iter()
            .map(|stage| vec![stage.name.to_owned(), ms(stage.time), share(stage.time, self.elapsed)]);
        let stages = headed(&["stage", "ms", "share"], stages);
        let all = ["together".to_owned(), ms(self.elapsed), share(self.elapsed, self.elapsed)];
        let mut table = aligned(1, &stages.chain([all.to_vec()]).collect::<Vec<_>>());
        if self.templates.is_empty() {
            table.push_str("\nnothing was drawn\n");
            return table;
        }
        let templates = self.templates.iter().map(|template| {
            let times = [ms(template.time), share(template.time, self.drawing)];
            let each = [ms(template.mean), ms(template.slowest)];
            let named = [template.name.to_owned(), template.files.to_string()];
            named.into_iter().chain(times).chain(each).collect()
        });
        let templates = headed(&["template", "files", "ms", "share", "mean", "slowest"], templates);
        let files: usize = self.templates.iter().map(|template| template.files).sum();
        let mean = self.drawing / (files as u64).max(1);
        let slowest = self.slowest.first().map_or(0, |drawing| drawing.time);
        let times = [ms(self.drawing), share(self.drawing, self.drawing), ms(mean), ms(slowest)];
        let all = ["together".to_owned(), files.to_string()].into_iter().chain(times).collect();
        table.push('\n');
        table.push_str(&aligned(1, &templates.chain([all]).collect::<Vec<_>>()));
        let slowest = self
            .slowest
            .iter()
            .map(|drawing| vec![drawing.address.clone(), drawing.template.to_owned(), ms(drawing.time)]);
        table.push('\n');
        table.push_str(&aligned(
            2,
            &headed(&["the slowest files", "template", "ms"], slowest).collect::<Vec<_>>(),
        ));
        let threads = self.threads;
        let noun = if threads == 1 { "thread" } else { "threads" };
        table.push_str(&format!(
            "\nfiles were drawn on {threads} {noun}; their times are those of all threads\n"
        ));
        table
    }
}

/// The templates of `drawings`, the dearest first.
fn templates(drawings: &[Drawing]) -> Vec<Template> {
    let mut by_name: BTreeMap<&'static str, Vec<u64>> = BTreeMap::new();
    for drawing in drawings {
        by_name.entry(drawing.template).or_default().push(drawing.time);
    }
    let template = |(name, times): (&'static str, Vec<u64>)| {
        let time: u64 = times.iter().sum();
        let slowest = times.iter().max().copied().unwrap_or_default();
        Template { name, files: times.len(), time, mean: time / (times.len() as u64).max(1), slowest }
    };
    let mut templates: Vec<Template> = by_name.into_iter().map(template).collect();
    templates.sort_by_key(|template| Reverse(template.time));
    templates
}

/// Milliseconds to a hundredth.
fn ms(micros: u64) -> String {
    format!("{}.{:02}", micros / 1000, micros % 1000 / 10)
}

/// A share of `all` to a tenth of a hundredth: `12.5 %`.
fn share(part: u64, all: u64) -> String {
    let tenths =
        (u128::from(part) * 1000 + u128::from(all) / 2).checked_div(u128::from(all)).unwrap_or_default();
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn headed(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> impl Iterator<Item = Vec<String>> {
    let heads = heads.iter().map(|&head| head.to_owned()).collect();
    std::iter::once(heads).chain(rows)
}

/// Rows with their columns below each other: the first ones, `texts`, from the left, numbers from the right.
fn aligned(texts: usize, rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column < texts { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(address: &str, template: &'static str, time: u64) -> Drawing {
        Drawing { address: address.to_owned(), template, time }
    }

    #[test]
    fn the_table_tells_stages_templates_and_the_slowest_files() {
        let stages = [("read", Duration::from_micros(2_500)), ("draw", Duration::from_millis(6))];
        let drawings = vec![
            drawing("/guides/a/", "guide.html", 3_000),
            drawing("/guides/b/", "guide.html", 5_000),
            drawing("/calendar.ics", "calendar", 2_000),
        ];
        let timings = Timings::of(&stages, (2, drawings), Duration::from_millis(10));
        let expected = "\
stage        ms    share
read       2.50   25.0 %
draw       6.00   60.0 %
the rest   1.50   15.0 %
together  10.00  100.0 %

template    files     ms    share  mean  slowest
guide.html      2   8.00   80.0 %  4.00     5.00
calendar        1   2.00   20.0 %  2.00     2.00
together        3  10.00  100.0 %  3.33     5.00

the slowest files  template      ms
/guides/b/         guide.html  5.00
/guides/a/         guide.html  3.00
/calendar.ics      calendar    2.00

files were drawn on 2 threads; their times are those of all threads
";
        assert_eq!(timings.told(Format::Table), expected);
    }

    #[test]
    fn a_build_that_drew_nothing_says_so() {
        let stages = [("compare", Duration::from_micros(900))];
        let told = Timings::new(&stages, None, Duration::from_millis(1)).told(Format::Table);
        assert_eq!(
            told,
            "stage       ms    share\ncompare   0.90   90.0 %\nthe rest  0.10   10.0 %\ntogether  1.00  100.0 %\n\n\
             nothing was drawn\n"
        );
    }

    #[test]
    fn what_a_thread_draws_while_it_waits_is_counted_once() {
        let page = |address: &str| Page { address: address.to_owned(), content: Content::Robots };
        let nap = || std::thread::sleep(Duration::from_millis(20));
        let time = |watch: &Stopwatch, address: &str, draw: &dyn Fn()| {
            let drawn: Result<(), ()> = watch.time(
                &page(address),
                |()| None,
                || {
                    draw();
                    Ok(())
                },
            );
            assert_eq!(drawn, Ok(()));
        };
        let watch = Stopwatch { threads: vec![Mutex::default()] };
        let started = Instant::now();
        time(&watch, "/outer", &|| {
            nap();
            time(&watch, "/inner", &nap);
        });
        let elapsed = micros(started.elapsed());
        let (_, drawings) = watch.drawings();
        let addresses: Vec<&str> = drawings.iter().map(|drawing| drawing.address.as_str()).collect();
        assert_eq!(addresses, ["/inner", "/outer"]);
        assert!(drawings.iter().all(|drawing| drawing.time >= 20_000), "{drawings:?}");
        assert!(drawings.iter().map(|drawing| drawing.time).sum::<u64>() <= elapsed, "{drawings:?}");
    }
}
