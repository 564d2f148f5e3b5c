//! A question with answers, asked inside a training page.

/// A quiz as its author wrote it; question, answers and reason are inline Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quiz {
    /// What is asked.
    pub question: String,
    /// The answers to choose from, in order.
    pub answers: Vec<String>,
    /// Which answers are right, counted from 1.
    pub right: Vec<usize>,
    /// Why they are right.
    pub why: Option<String>,
}
