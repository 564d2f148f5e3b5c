//! What a reader reads, as plain text: for summaries, search and the count of words.

/// The plain text of a page, collected while it is drawn.
#[derive(Debug, Default)]
pub struct Reading {
    /// The text of the section at hand.
    section: String,
    /// All text but code blocks.
    prose: String,
    /// Where in `prose` the paragraph at hand began, while the first one is still wanted.
    paragraph: Option<usize>,
    summary: Option<String>,
}

impl Reading {
    /// A stretch of running text.
    pub fn text(&mut self, text: &str) {
        self.section.push_str(text);
        self.prose.push_str(text);
    }

    /// Words before and after this do not run together.
    pub fn gap(&mut self) {
        for text in [&mut self.section, &mut self.prose] {
            if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                text.push(' ');
            }
        }
    }

    /// A code block: found by search, but no prose.
    pub fn code(&mut self, code: &str) {
        self.gap();
        self.section.push_str(code);
        self.gap();
    }

    /// The title of the page: read, but in no section.
    pub fn title(&mut self, text: &str) {
        self.prose.push_str(text);
        self.prose.push(' ');
    }

    /// The text since the last heading, which begins a new section.
    pub fn section(&mut self) -> String {
        tidy(&std::mem::take(&mut self.section))
    }

    /// A paragraph that stands by itself begins.
    pub fn open_paragraph(&mut self) {
        self.gap();
        self.paragraph = Some(self.prose.len());
    }

    /// The paragraph ends; the first that has text is the summary.
    pub fn close_paragraph(&mut self) {
        let start = self.paragraph.take();
        if let (None, Some(start)) = (&self.summary, start) {
            self.summary = Some(tidy(&self.prose[start..])).filter(|text| !text.is_empty());
        }
        self.gap();
    }

    /// The first paragraph.
    pub fn summary(&self) -> Option<String> {
        self.summary.clone()
    }

    /// How many words were read.
    pub fn words(&self) -> usize {
        self.prose.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
    }
}

/// One space between words, none around them.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
