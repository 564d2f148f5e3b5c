//! The only file that names the template engine.

use serde::Serialize;
use serde_json::Value;
use tera::{Context, Tera};

/// A template that could not be read, or a page that it could not be used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFault {
    /// The address of the page, where one was being made.
    pub page: Option<String>,
    /// The engine's words: template, line, column, what was wrong.
    pub message: String,
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
}

impl Engine {
    /// Templates by name, with the texts of one language as the global `w`.
    ///
    /// # Errors
    /// A template that cannot be read, with its name and line.
    pub fn new(templates: &[(String, String)], texts: &Value) -> Result<Self, RenderFault> {
        let mut tera = Tera::new();
        let named = templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        tera.add_raw_templates(named.collect::<Vec<_>>()).map_err(|error| fault(&error, None))?;
        tera.global_context().insert("w", texts);
        Ok(Self { tera })
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
        self.tera.render(template, &context).map_err(|error| fault(&error, Some(address)))
    }
}

fn fault(error: &tera::Error, page: Option<&str>) -> RenderFault {
    RenderFault { page: page.map(str::to_owned), message: error.to_string().trim_end().to_owned() }
}
