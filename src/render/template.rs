//! The only file that names the template engine.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use tera::{Context, Tera};

use super::passages;
use super::symbols::Symbols;
use crate::diagnostic::nearest;

/// A template that could not be read, or a page that it could not be used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFault {
    /// The address of the page, where one was being made.
    pub page: Option<String>,
    /// The engine's words: template, line, column, what was wrong.
    pub message: String,
}

/// What the engine writes before the fields that a view has.
const FIELDS: &str = " Available fields:";

impl RenderFault {
    /// What is wrong, on one line: the engine adds drawings that the printers of faults make themselves.
    pub fn phrase(&self) -> String {
        let line = self.message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let line = line.trim_start_matches("error: ");
        let line = line.split(FIELDS).next().unwrap_or(line).trim_end_matches('.');
        let mut letters = line.chars();
        let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
        // Names stand in backticks; the apostrophe of a "doesn't" is none of them.
        let named = letters.as_str().replace("n't", "n\u{2019}t").replace('\'', "`");
        format!("{first}{named}")
    }

    /// The field that was probably meant, where the view has none of that name.
    pub fn hint(&self) -> Option<String> {
        let (before, fields) = self.message.lines().next()?.split_once(FIELDS)?;
        let name = before.split('`').nth(1)?;
        let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
        nearest(name, fields).map(|near| format!("did you mean `{near}`?"))
    }

    /// The templates that the engine names, with line and column; of one that is only named, its start.
    pub fn places(&self) -> Vec<(&str, usize, usize)> {
        let arrows: Vec<_> =
            self.message.lines().filter_map(|line| numbered(line.trim().strip_prefix("--> ")?)).collect();
        if !arrows.is_empty() {
            return arrows;
        }
        self.message
            .split('\'')
            .skip(1)
            .step_by(2)
            .filter(|name| name.strip_suffix(".html").is_some())
            .map(|name| (name, 1, 1))
            .collect()
    }
}

/// `document.html:3:20` in its parts.
fn numbered(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

impl std::fmt::Display for RenderFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.page {
            Some(page) => write!(f, "the page `{page}` cannot be made: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for RenderFault {}

/// Templates ready for use, in one language.
pub struct Engine {
    tera: Tera,
    symbols: Arc<Symbols>,
}

impl Engine {
    /// Templates by name, with the texts of one language as the global `w`, and the symbols for the icons of pages.
    ///
    /// # Errors
    /// A template that cannot be read, with its name and line.
    pub fn new(
        templates: &[(String, String)],
        texts: &Value,
        symbols: Arc<Symbols>,
    ) -> Result<Self, RenderFault> {
        let mut tera = Tera::new();
        let named = templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(named.collect::<Vec<_>>()).map_err(|error| fault(&error, None))?;
        tera.global_context().insert("w", texts);
        Ok(Self { tera, symbols })
    }

    /// The bytes of the page at `address`.
    ///
    /// # Errors
    /// What the template wanted and the view did not have.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        address: &str,
    ) -> Result<String, RenderFault> {
        let context = Context::from_serialize(view).map_err(|error| fault(&error, Some(address)))?;
        let html = self.tera.render(template, &context).map_err(|error| fault(&error, Some(address)))?;
        Ok(self.symbols.put_into(passages::told(html)))
    }
}

fn fault(error: &tera::Error, page: Option<&str>) -> RenderFault {
    RenderFault { page: page.map(str::to_owned), message: error.to_string().trim_end().to_owned() }
}
