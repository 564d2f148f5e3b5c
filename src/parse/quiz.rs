//! Quizzes: the YAML of a fenced block `quiz`.

use super::yaml::Yaml;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::quiz::Quiz;
use crate::record::decode::{Decode, wrong_type};
use crate::record::fault::BAD_QUIZ;
use crate::record::node::{Node, Value};
use crate::record::shape::{Shape, Shaped};
use crate::record::{record, reference::holds_no_reference};

record! {
    /// A quiz as written.
    pub struct QuizSource {
        /// The question.
        pub question: String,
        /// The answers to choose from.
        pub answers: Vec<String>,
        /// The right one, or the right ones, counted from 1.
        pub right: RightAnswers,
        /// Why.
        pub why: Option<String>,
    }
}

/// One number or a list of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct RightAnswers(Vec<u32>);

impl Decode for RightAnswers {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) => u32::decode(node, faults).map(|one| Self(vec![one])),
            Value::List(_) => Vec::decode(node, faults).map(Self),
            _ => {
                faults.push(wrong_type(node, "the number of the right answer"));
                None
            }
        }
    }
}

holds_no_reference!(RightAnswers);

impl Shaped for RightAnswers {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Count, Shape::List(Box::new(Shape::Count))])
    }
}

/// Reads a quiz whose source stands at `place`.
///
/// # Errors
/// All faults of the source.
pub fn read(source: &str, place: Place) -> Result<Quiz, Vec<Diagnostic>> {
    let yaml = Yaml { text: source, start: place.start as usize, file: place.file };
    let node = yaml.read().map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let quiz = QuizSource::decode(&node, &mut faults);
    match quiz {
        Some(quiz) if faults.is_empty() => checked(quiz, place),
        _ => Err(faults),
    }
}

fn checked(quiz: QuizSource, place: Place) -> Result<Quiz, Vec<Diagnostic>> {
    let fault = |message: String| Err(vec![Diagnostic::new(&BAD_QUIZ, place, message)]);
    let right: Vec<usize> = quiz.right.0.iter().map(|number| *number as usize).collect();
    if quiz.answers.len() < 2 {
        return fault("a quiz needs at least two answers".to_owned());
    }
    if let Some(wrong) = right.iter().find(|number| !(1..=quiz.answers.len()).contains(*number)) {
        return fault(format!("there is no answer {wrong}: the quiz has {}", quiz.answers.len()));
    }
    if right.is_empty() {
        return fault("the quiz has no right answer".to_owned());
    }
    Ok(Quiz { question: quiz.question, answers: quiz.answers, right, why: quiz.why })
}
