//! Makes the files of a portal. Each is drawn, looked through and handed over before the thread takes the next, so that
//! no more pages are in memory than there are threads.

use std::borrow::Cow;
use std::collections::HashSet;

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::disclosure::{self, Disclosing, Lookout};
use super::project::Assembly;
use super::timings::{Stopwatch, timed};
use crate::check::BROKEN_TEMPLATE;
use crate::derive::page::routes::output_path;
use crate::diagnostic::Diagnostic;
use crate::render::{Content, Page, Portal, RenderFault, Theme};
use crate::write::{self, Draft, Output};

/// Where finished files go.
pub trait Tray: Sync {
    /// Whether files are of any use still.
    fn is_open(&self) -> bool;
    /// Takes in the bytes of the file at `path`; what stands for them in the list of files.
    fn put(&self, path: &str, bytes: Cow<'static, [u8]>) -> write::Content;
}

impl Tray for Draft<'_> {
    fn is_open(&self) -> bool {
        !self.has_failed()
    }

    fn put(&self, path: &str, bytes: Cow<'static, [u8]>) -> write::Content {
        Self::put(self, path, bytes)
    }
}

/// Where nobody wants the files.
pub struct Nowhere;

impl Tray for Nowhere {
    fn is_open(&self) -> bool {
        true
    }

    fn put(&self, _path: &str, _bytes: Cow<'static, [u8]>) -> write::Content {
        write::Content::Bytes(Cow::Borrowed(&[]))
    }
}

/// What was made.
pub struct Made {
    /// The files.
    pub output: Output,
    /// Every fault of making them.
    pub faults: Vec<Diagnostic>,
    /// What they would disclose.
    pub disclosing: Vec<Disclosing>,
}

/// What looks on while files are made.
#[derive(Default)]
pub struct Watch<'a> {
    /// The bar that counts them.
    pub progress: Option<ProgressBar>,
    /// What takes the time of each.
    pub stopwatch: Option<&'a Stopwatch>,
}

/// The files that come of a page.
#[derive(Default)]
struct Files {
    own: Vec<(String, write::Content)>,
    disclosing: Vec<Disclosing>,
    /// The template that drew the page; nothing where none did.
    template: Option<&'static str>,
}

/// Makes the files of all `pages` and puts them into `tray`.
pub fn draw(
    assembly: &Assembly,
    theme: &Theme,
    pages: &[(&Portal, Page)],
    tray: &dyn Tray,
    watch: &Watch<'_>,
) -> Made {
    let lookout = Lookout::of(assembly);
    let drawing = Drawing { assembly, theme, lookout: &lookout, tray };
    let drawn: Vec<Result<Files, RenderFault>> = pages
        .par_iter()
        .map(|(portal, page)| {
            let template = |files: &Files| files.template;
            let draw = || if tray.is_open() { drawing.page(portal, page) } else { Ok(Files::default()) };
            let files = timed(watch.stopwatch, page, template, draw);
            if let Some(progress) = &watch.progress {
                progress.inc(1);
            }
            files
        })
        .collect();
    if let Some(progress) = &watch.progress {
        progress.finish_and_clear();
    }
    gathered(assembly, drawn)
}

/// What the files at the disposal of `assembly` that are not drawn would disclose.
pub fn look_through(assembly: &Assembly, files: &[(String, write::Content)]) -> Vec<Disclosing> {
    let lookout = Lookout::of(assembly);
    files.par_iter().filter_map(|(path, content)| lookout.look(None, path, content)).collect()
}

fn gathered(assembly: &Assembly, drawn: Vec<Result<Files, RenderFault>>) -> Made {
    let mut made = Made { output: Output::new(), faults: Vec::new(), disclosing: Vec::new() };
    for drawn in drawn {
        match drawn {
            Ok(Files { own, disclosing, .. }) => {
                for (path, content) in own {
                    let fault = |error: write::OutputError| assembly.output_fault(&error.to_string());
                    made.faults.extend(made.output.insert(path, content).err().map(fault));
                }
                made.disclosing.extend(disclosing);
            }
            Err(fault) => made.faults.push(assembly.texts.template_fault(&fault)),
        }
    }
    made.faults = each_template_once(made.faults);
    made
}

/// What pages are drawn with.
struct Drawing<'a> {
    assembly: &'a Assembly,
    theme: &'a Theme,
    lookout: &'a Lookout<'a>,
    tray: &'a dyn Tray,
}

impl Drawing<'_> {
    fn page(&self, portal: &Portal, page: &Page) -> Result<Files, RenderFault> {
        let drawn = page.render(portal, self.theme)?;
        let template = drawn.as_ref().and_then(|drawn| drawn.template);
        let contents = match (drawn, &page.content) {
            (Some(drawn), _) => {
                let own = (page.address.clone(), drawn.bytes);
                let all = std::iter::once(own).chain(drawn.beside);
                all.map(|(address, bytes)| (address, bytes.into())).collect()
            }
            (None, content) => {
                let medium = self.medium(portal, content);
                medium.map(|medium| (page.address.clone(), medium)).into_iter().collect::<Vec<_>>()
            }
        };
        let finished = contents.into_par_iter().map(|(address, content)| {
            let path = output_path(&address);
            let disclosing = self.lookout.look(Some(&page.content), &path, &content);
            let content = match content {
                write::Content::Bytes(bytes) => self.tray.put(&path, bytes),
                other => other,
            };
            ((path, content), disclosing)
        });
        let (own, disclosing): (Vec<_>, Vec<_>) = finished.unzip();
        Ok(Files { own, disclosing: disclosing.into_iter().flatten().collect(), template })
    }

    /// An image or attachment as it is published.
    fn medium(&self, portal: &Portal, content: &Content) -> Option<write::Content> {
        match content {
            Content::Media(path) => Some(disclosure::medium(path, self.assembly.medium(portal, path)?)),
            Content::Narrower(path, width) => {
                Some(disclosure::narrower(path, self.assembly.medium(portal, path)?, *width))
            }
            _ => None,
        }
    }
}

/// One broken template breaks many pages; the first of them says enough.
fn each_template_once(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    faults.into_iter().filter(|fault| *fault.rule != BROKEN_TEMPLATE || told.insert(fault.place)).collect()
}
