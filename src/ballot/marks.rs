//! What a member marked, before it is encrypted.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::election::{Election, Question};
use super::error::BallotError;

/// For each question, for each choice (the blank first, where there is one), 1 if marked, else 0.
/// Leaves memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Marks(pub Vec<Vec<u32>>);

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marks(..)")
    }
}

impl Marks {
    /// Whether these marks may be cast.
    ///
    /// # Errors
    /// An error that names the first question that they do not fit.
    pub fn check(&self, election: &Election) -> Result<(), BallotError> {
        let questions = election.questions();
        if questions.len() != self.0.len() {
            return Err(BallotError::MarksCount { expected: questions.len(), found: self.0.len() });
        }
        for (index, (question, marks)) in questions.iter().zip(&self.0).enumerate() {
            check_question(question, marks).map_err(|why| BallotError::Marks { question: index + 1, why })?;
        }
        Ok(())
    }
}

/// Takes the same steps whatever is marked, as long as it is permitted.
fn check_question(question: &Question, marks: &[u32]) -> Result<(), &'static str> {
    if marks.len() != question.choices() {
        return Err("there are not as many marks as choices");
    }
    if marks.iter().fold(0, |all, mark| all | mark) > 1 {
        return Err("a choice can be marked once or not at all");
    }
    let (blank, answers) = split_blank(question, marks);
    let sum: u32 = answers.iter().sum();
    let permitted = u32::from(question.range().contains(&sum));
    let empty = u32::from(sum == 0);
    if (blank & empty) | ((1 - blank) & permitted) == 1 {
        Ok(())
    } else {
        Err("this number of marks is not permitted")
    }
}

/// The mark of the blank (0 where none is offered) and those of the answers.
pub(super) fn split_blank<'a>(question: &Question, marks: &'a [u32]) -> (u32, &'a [u32]) {
    match marks.split_first() {
        Some((blank, answers)) if question.blank => (*blank, answers),
        _ => (0, marks),
    }
}
