//! The few words that rendered Markdown carries by itself.

/// Words in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Title of a note.
    pub note: String,
    /// Title of a tip.
    pub tip: String,
    /// Title of an important alert.
    pub important: String,
    /// Title of a warning.
    pub warning: String,
    /// Title of a caution.
    pub caution: String,
    /// Name of the footnotes' section.
    pub footnotes: String,
    /// Name of the way back from a footnote; `{n}` is the number of the reference.
    pub footnote_back: String,
    /// Name of a heading's own link; `{title}` is the heading.
    pub heading_link: String,
    /// Word before a question, for those who listen.
    pub quiz_label: String,
    /// What discloses the answer of a quiz.
    pub quiz_show: String,
    /// Name of the region in which a wide table scrolls; the table's number follows.
    pub scroll: String,
    /// Name of a ticked box.
    pub task_done: String,
    /// Name of an empty box.
    pub task_open: String,
    /// Name of a diagram that has none of its own; its number follows.
    pub diagram: String,
    /// What discloses the text of a diagram.
    pub diagram_text: String,
    /// What stands above a block for the internal audience.
    pub internal: String,
    /// What stands above a block for the restricted audience.
    pub restricted: String,
}

impl Labels {
    /// The name of the way back to reference `n`.
    pub fn back(&self, n: &str) -> String {
        self.footnote_back.replace("{n}", n)
    }

    /// The name of the link to the section `title`.
    pub fn heading(&self, title: &str) -> String {
        self.heading_link.replace("{title}", title)
    }

    /// The name of the region around table `number`.
    pub fn table(&self, number: usize) -> String {
        format!("{} {number}", self.scroll)
    }
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            warning: "Warning".into(),
            caution: "Caution".into(),
            footnotes: "Footnotes".into(),
            footnote_back: "Back to reference {n}".into(),
            heading_link: "Link to section “{title}”".into(),
            quiz_label: "Quiz".into(),
            quiz_show: "Show answer".into(),
            scroll: "Table".into(),
            task_done: "Done".into(),
            task_open: "To do".into(),
            diagram: "Diagram".into(),
            diagram_text: "Diagram as text".into(),
            internal: "Internal".into(),
            restricted: "Restricted".into(),
        }
    }
}
