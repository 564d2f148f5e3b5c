//! `juhend diff`: what changed in the guidance from one state to another.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::ValueEnum;
use serde::Serialize;

use super::build::{PurposeArgs, has_error};
use super::editions::finished::{self, Named};
use super::editions::{Listed, is_page};
use super::exit::{Exit, Failure};
use super::project::{Project, Purpose};
use super::{Global, report};
use crate::derive::guidance::comparison::{Comparison, Stand, Version};
use crate::derive::guidance::difference::text::Kind;
use crate::derive::guidance::difference::{Change, Pair, Run};
use crate::derive::guidance::versions::{Edition, Editions, Places};
use crate::derive::page::routes::Routes;
use crate::derive::page::title;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::model::portal::VersionState;
use crate::parse::{self, Cache, Options, Settings};
use crate::source::tree::TreeFault;
use crate::source::{self, Sources, Tree, git};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What it was: the id of a version, a revision of Git, or a folder
    #[arg(value_name = "BEFORE")]
    before: String,
    /// What it is [default: the content folder]
    #[arg(value_name = "AFTER")]
    after: Option<String>,
    /// List the pages alone, without what changed in their text
    #[arg(long)]
    pages: bool,
    /// How the changes are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    purpose: PurposeArgs,
}

const EXAMPLES: &str = "Examples:
  juhend diff 2026.1 2026.2        what changed from one version of the guidance to the next
  juhend diff origin/main          from a branch to the content folder as it is
  juhend diff v1.0 HEAD --pages    which pages changed between two revisions of Git
  juhend diff archive/2025         from a folder to the content folder

Exit codes: 0 the states were compared, changed or not; 1 they could not be.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the pages, and their text with [-removed-] and {+added+} words
    Human,
    /// For programs
    Json,
}

/// Tells what changed.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose = args.purpose.purpose(global, Audience::Restricted);
    let (sources, settings, faults) = project.content()?;
    if has_error(&faults) {
        // What is meant by the name of a version cannot be known.
        report::faults(global, &faults, &sources);
        return Ok(Exit::CouldNotRun);
    }
    let reader = Reader { global, project: &project, purpose: &purpose, sources, settings };
    let before = reader.state(&args.before)?;
    let after = match &args.after {
        Some(named) => reader.state(named)?,
        None => State::Content,
    };
    let moves = reader.moves(&before, &after);
    let before = reader.version(&before, &args.before)?;
    let after = reader.version(&after, args.after.as_deref().unwrap_or(CONTENT))?;
    let comparison = compared(before, after, &moves);
    report::answer(&match args.format {
        Format::Human => human(&comparison, !args.pages, report::answers_in_color(global)),
        Format::Json => json(&comparison, !args.pages),
    });
    Ok(Exit::Fine)
}

/// What the content folder is called where nobody named it.
const CONTENT: &str = "content";

/// A state of the guidance, found and not yet read.
enum State {
    /// The content folder as it is.
    Content,
    /// Another one.
    Tree(Tree),
}

/// Files that moved: the path of each before and after, in the content folder.
type Moves = BTreeMap<String, String>;

/// What states are read with: the languages and audiences are those of today, as in the portal.
struct Reader<'a> {
    global: &'a Global,
    project: &'a Project,
    purpose: &'a Purpose,
    sources: Sources,
    settings: Settings,
}

impl Reader<'_> {
    /// The state that the user means: by the id of a version, else by its folder, else by a revision.
    fn state(&self, named: &str) -> Result<State, Failure> {
        let (root, content) = (&self.project.root, &self.project.content);
        let (listed, _) = Listed::of(&self.settings, (root, content), self.purpose.audience, None);
        if let Some(version) = listed.into_iter().find(|version| version.id == named) {
            return match version.tree {
                None => Ok(State::Content),
                Some(tree) => Ok(State::Tree(tree)),
            };
        }
        let folder = self.project.beside(self.global)?.join(named);
        if folder.is_dir() {
            let inside = Some(folder.join(CONTENT)).filter(|inside| inside.is_dir()).unwrap_or(folder);
            return tree(Tree::find((root, content), &format!("dir:{}", inside.display()), None));
        }
        let found = git::at(content, named);
        found.map(|tree| State::Tree(Tree::Git(tree))).map_err(|fault| {
            let failure = Failure::new(format!("`{named}` is no version and no folder, and {fault}"));
            match fault.hint() {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        })
    }

    /// Which files Git knows to have moved from one state to the other.
    fn moves(&self, before: &State, after: &State) -> Moves {
        let head = Tree::head(&self.project.root, &self.project.content);
        let [before, after] = [before, after].map(|state| match state {
            State::Content => head.as_ref(),
            State::Tree(tree) => Some(tree),
        });
        before.zip(after).and_then(|(before, after)| before.renames(after)).unwrap_or_default()
    }

    fn version(&self, state: &State, named: &str) -> Result<Version, Failure> {
        let read = match state {
            State::Content => return Ok(version(named, self.site(&self.sources, self.project.prefix()))),
            State::Tree(tree) if tree.is_frozen() => {
                let (settings, options) = (&self.settings, self.options(String::new()));
                let name = Named { id: named, title: None, root: "" };
                return Ok(finished::version(name, &tree.files(), settings, &options));
            }
            State::Tree(tree) => (tree.read(&is_page, source::TEXT_LIMIT), tree.prefix()),
        };
        let (sources, _) = read.0.map_err(failure)?;
        Ok(version(named, self.site(&sources, read.1)))
    }

    fn site(&self, sources: &Sources, content: String) -> Site {
        parse::site(sources, &self.settings, &self.options(content), &mut Cache::default()).0
    }

    fn options(&self, content: String) -> Options {
        Options {
            content,
            audience: self.purpose.audience,
            drafts: self.purpose.drafts,
            labels: BTreeMap::new(),
            is_lenient: true,
        }
    }
}

/// The first tree that was found.
fn tree(found: Result<Vec<(Option<String>, Tree)>, TreeFault>) -> Result<State, Failure> {
    let tree = found.map_err(failure)?.into_iter().next();
    tree.map(|(_, tree)| State::Tree(tree)).ok_or_else(|| Failure::new("there is nothing to compare"))
}

fn failure(fault: TreeFault) -> Failure {
    let failure = Failure::new(fault.message);
    match fault.hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn version(id: &str, site: Site) -> Version {
    let stand = Stand::Made(Arc::new(Routes::of(&site)));
    Version { id: id.to_owned(), title: None, site: Arc::new(site), stand }
}

fn compared(before: Version, after: Version, moves: &Moves) -> Comparison {
    let edition = |version: &Version| Edition {
        id: version.id.clone(),
        title: None,
        state: VersionState::Supported,
        root: String::new(),
        places: Arc::new(match &version.stand {
            Stand::Made(routes) => Places::of(&version.site, routes),
            Stand::Finished(finished) => Places::Frozen(finished.paths()),
        }),
    };
    let language = after.site.default_language();
    let editions = Editions::new(vec![edition(&before), edition(&after)], 1, language).moved(0, 1, moves);
    Comparison::of(before, after, |path| editions.became(0, path, 1))
}

fn human(comparison: &Comparison, has_text: bool, color: bool) -> String {
    let difference = &comparison.step.difference;
    let mut out = format!("{} → {}\n", comparison.before.id, comparison.after.id);
    if difference.is_empty() {
        return out + "nothing changed\n";
    }
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{heading} ({})\n", lines.len()));
            for line in lines {
                out.push_str(&format!("  {line}\n"));
            }
        }
    };
    let page = |version: &Version, key: &str| format!("{key}  {}", page_title(version, key));
    list("Added", difference.added.iter().map(|key| page(&comparison.after, key)).collect());
    list("Removed", difference.removed.iter().map(|key| page(&comparison.before, key)).collect());
    list("Moved", difference.moved().map(|pair| format!("{} → {}", pair.before, pair.after)).collect());
    list("Changed", difference.changed().map(|pair| page(&comparison.after, &pair.after)).collect());
    if has_text {
        for pair in difference.changed() {
            for language in &pair.changed_in {
                out.push_str(&text(comparison, pair, language, color));
            }
        }
    }
    out
}

/// The blocks of a page that changed, below its name.
fn text(comparison: &Comparison, pair: &Pair, language: &str, color: bool) -> String {
    let mut out = format!("\n{} ({language})\n", pair.after);
    let mut heading = None;
    for change in comparison.text(pair, language) {
        let line = match &change {
            Change::Same(block) => {
                if matches!(block.kind, Kind::Heading(level) if level > 1) {
                    heading = Some(block.text.clone());
                }
                continue;
            }
            Change::Added(block) => marked(&[Run::Added(block.text.clone())], color),
            Change::Removed(block) => marked(&[Run::Removed(block.text.clone())], color),
            Change::Changed(_, runs) => marked(runs, color),
        };
        if let Some(heading) = heading.take() {
            out.push_str(&format!("  § {heading}\n"));
        }
        out.push_str(&format!("    {}\n", line.replace('\n', "\n    ")));
    }
    out
}

/// Words with what is gone and new marked as `git diff --word-diff` marks it.
fn marked(runs: &[Run], color: bool) -> String {
    let painted = |style: &str, text: String| {
        if color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text }
    };
    runs.iter()
        .map(|run| match run {
            Run::Same(text) => text.clone(),
            Run::Removed(text) => painted("31", format!("[-{text}-]")),
            Run::Added(text) => painted("32", format!("{{+{text}+}}")),
        })
        .collect()
}

fn page_title(version: &Version, key: &str) -> String {
    let default = version.site.default_language();
    version
        .site
        .document(key)
        .map_or_else(String::new, |document| title::of_article(document.main(), default))
}

/// A comparison for programs.
#[derive(Serialize)]
struct Answer<'a> {
    before: &'a str,
    after: &'a str,
    added: Vec<AnswerPage<'a>>,
    removed: Vec<AnswerPage<'a>>,
    kept: Vec<AnswerPair<'a>>,
    same: usize,
}

#[derive(Serialize)]
struct AnswerPage<'a> {
    key: &'a str,
    title: String,
}

#[derive(Serialize)]
struct AnswerPair<'a> {
    before: &'a str,
    after: &'a str,
    title: String,
    moved: bool,
    changed: bool,
    /// What changed, by language; left out where the list alone is wanted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    text: BTreeMap<&'a str, Vec<AnswerBlock>>,
}

#[derive(Serialize)]
struct AnswerBlock {
    kind: &'static str,
    /// Pairs of `same`, `added` or `removed` and the words.
    runs: Vec<(&'static str, String)>,
}

fn json(comparison: &Comparison, has_text: bool) -> String {
    let difference = &comparison.step.difference;
    let answer = Answer {
        before: &comparison.before.id,
        after: &comparison.after.id,
        added: answer_pages(&comparison.after, &difference.added),
        removed: answer_pages(&comparison.before, &difference.removed),
        kept: difference.kept.iter().map(|pair| answer_pair(comparison, pair, has_text)).collect(),
        same: difference.same,
    };
    format!("{}\n", serde_json::to_string_pretty(&answer).unwrap_or_default())
}

fn answer_pages<'a>(version: &Version, keys: &'a [String]) -> Vec<AnswerPage<'a>> {
    keys.iter().map(|key| AnswerPage { key, title: page_title(version, key) }).collect()
}

fn answer_pair<'a>(comparison: &Comparison, pair: &'a Pair, has_text: bool) -> AnswerPair<'a> {
    let languages = pair.changed_in.iter().filter(|_| has_text);
    let text = |language: &'a String| {
        let changes = comparison.text(pair, language);
        (language.as_str(), changes.iter().filter_map(answer_block).collect())
    };
    AnswerPair {
        before: &pair.before,
        after: &pair.after,
        title: page_title(&comparison.after, &pair.after),
        moved: pair.is_moved(),
        changed: pair.is_changed(),
        text: languages.map(text).collect(),
    }
}

fn answer_block(change: &Change) -> Option<AnswerBlock> {
    let run = |run: &Run| match run {
        Run::Same(text) => ("same", text.clone()),
        Run::Added(text) => ("added", text.clone()),
        Run::Removed(text) => ("removed", text.clone()),
    };
    let (kind, runs) = match change {
        Change::Same(_) => return None,
        Change::Added(block) => (block.kind, vec![("added", block.text.clone())]),
        Change::Removed(block) => (block.kind, vec![("removed", block.text.clone())]),
        Change::Changed(kind, runs) => (*kind, runs.iter().map(run).collect()),
    };
    Some(AnswerBlock { kind: kind.word(), runs })
}
