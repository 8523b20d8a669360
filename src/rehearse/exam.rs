//! How the simulated candidates answer. They know the bank, as nobody in a real room does: the folder is theirs. Each is as good
//! as its place in the plan and the seed say, so that some pass and some do not.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand::{Rng, RngExt};

use crate::meeting::exam_paper::letters;
use crate::meeting::{ExamPaper, ItemId, PaperQuestion};
use crate::plan::{Bank, BankQuestion, Plan, SessionFolder};
use crate::rules::QuestionKind;

/// Of so many questions the worst candidate knows four, and the best nearly all.
const KNOWN_OF: u32 = 16;

/// What there is to know.
#[derive(Debug, Clone, Default)]
pub struct ExamBook {
    banks: Arc<BTreeMap<ItemId, Bank>>,
}

impl ExamBook {
    /// Reads the banks of a plan.
    pub fn read(folder: &SessionFolder, plan: &Plan) -> Self {
        let banks = plan.items.iter().filter_map(|item| {
            let (text, form) = folder.read_bank(&item.exam()?.bank).ok()?;
            Some((ItemId::from(item.id.as_str()), Bank::read(&text, form, "").ok()?))
        });
        Self { banks: Arc::new(banks.collect()) }
    }

    /// The answers of the candidate at this place, of so many: the last but one knows little.
    pub fn answers<R: Rng>(
        &self,
        item: &ItemId,
        paper: &ExamPaper,
        (place, of): (usize, usize),
        rng: &mut R,
    ) -> Vec<String> {
        let known = if of > 1 && place + 2 == of { 4 } else { KNOWN_OF - 1 };
        let bank = self.banks.get(item);
        let answer = |question: &PaperQuestion, rng: &mut R| {
            let in_bank = bank.and_then(|bank| bank.questions.iter().find(|one| one.id == question.id));
            match in_bank.filter(|_| rng.random_range(0..KNOWN_OF) < known) {
                Some(found) => letters(&right(question, found)),
                None => letters(&[rng.random_range(0..question.choices().max(1))]),
            }
        };
        paper.questions.iter().map(|question| answer(question, rng)).collect()
    }
}

/// The places of the right options on a paper.
fn right(asked: &PaperQuestion, known: &BankQuestion) -> Vec<usize> {
    if asked.kind == QuestionKind::TrueFalse {
        return known.right.clone();
    }
    let is_right = |option: &String| {
        known.options.iter().position(|one| one == option).is_some_and(|place| known.right.contains(&place))
    };
    asked.options.iter().enumerate().filter(|(_, option)| is_right(option)).map(|(place, _)| place).collect()
}
