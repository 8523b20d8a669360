//! The results of an exam: each candidate with the marks and what follows, or figures alone where results were declared to each
//! candidate alone.

use super::compose::Composer;
use super::doc::{Bar, Block, Row, Table};
use crate::meeting::{ItemId, SeatId};
use crate::plan::{Candidate, DeclareTo, Exam};
use crate::rules::ExamOutcome;
use crate::words::exam::{self as words, ExamText};
use crate::words::minutes::Label;

impl Composer<'_> {
    /// What was declared.
    pub(super) fn exam_result(&mut self, id: &ItemId) {
        let Some((plan, exam)) = self.state.exam(id) else { return };
        let total = words::figures(self.lang, plan.candidates.len(), exam.figures.unwrap_or_default());
        let mut blocks = vec![Block::Text { text: format!("{total}{}", self.lang.pick("。", ".")) }];
        if plan.declare == DeclareTo::Alone {
            blocks.push(Block::Text { text: ExamText::AloneWhy.text(self.lang).to_owned() });
        } else {
            let rows = (1..).zip(&plan.candidates);
            let rows =
                rows.map(|(number, candidate)| self.candidate_row(id, plan, number, candidate)).collect();
            blocks.push(Block::Table(Table { caption: None, head: self.exam_head(), rows }));
        }
        for block in blocks {
            self.block(block);
        }
    }

    fn exam_head(&self) -> Vec<String> {
        let lang = self.lang;
        let head = [
            Label::Number.text(lang),
            ExamText::Candidate.text(lang),
            Label::Post.text(lang),
            ExamText::Attempt.text(lang),
            ExamText::Marks.text(lang),
            Label::Outcome.text(lang),
        ];
        head.map(str::to_owned).to_vec()
    }

    fn candidate_row(&self, id: &ItemId, plan: &Exam, number: usize, candidate: &Candidate) -> Row {
        let lang = self.lang;
        let seat = SeatId::from(candidate.person.as_str());
        let mut attempt = ExamText::attempt(candidate).text(lang).to_owned();
        if let Some(failed_on) = candidate.first_failed {
            let failed = words::first_failed(lang, failed_on);
            attempt = lang.pick(format!("{attempt}（{failed}）"), format!("{attempt} ({failed})"));
        }
        let mut cells =
            vec![number.to_string(), self.state.name(&seat).to_owned(), candidate.post.clone(), attempt];
        let Some(result) = self.state.exam_result(id, &seat) else {
            cells.extend([String::new(), ExamText::Absent.text(lang).to_owned()]);
            return Row { cells, tone: "deferred", bars: Vec::new() };
        };
        let marks = result.marked.marks.total;
        cells.extend([marks.to_string(), words::outcome(lang, result.outcome)]);
        let passed = result.outcome == ExamOutcome::Passed;
        let (tone, of) = if passed { ("carried", "agree") } else { ("not_carried", "disagree") };
        Row { cells, tone, bars: vec![Bar::new(marks, plan.full_marks(), of)] }
    }
}
