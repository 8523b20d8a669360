//! An exam in the minutes.

use super::super::exam::{composition, figures, terms};
use super::{Lang, State};
use crate::meeting::Event;

/// The sentence for an event of an exam.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    match event {
        Event::ExamBegan { item, .. } => {
            let (plan, exam) = state.exam(item)?;
            let (seated, composition) = (exam.seated.len(), composition(lang, plan));
            let terms = terms(lang, plan);
            Some(lang.pick(
                format!("{seated}名考生就座，考试开始（{terms}）。{composition}。"),
                format!("{seated} candidates being seated, the exam began ({terms}). {composition}."),
            ))
        }
        Event::ExamEnded { item } => {
            let (_, exam) = state.exam(item)?;
            let (seated, handed_in) = (exam.seated.len(), exam.handed_in.len());
            let zh = format!("考试结束：就座{seated}名，交卷{handed_in}名");
            let en = format!("The exam ended: of {seated} seated, {handed_in} had handed in");
            Some(if handed_in == seated {
                lang.pick(format!("{zh}。"), format!("{en}."))
            } else {
                lang.pick(
                    format!("{zh}；没有交卷的按最后保存的答案阅卷。"),
                    format!("{en}; the others are marked by the answers saved last."),
                )
            })
        }
        Event::BankOpened { item, .. } => {
            let (_, exam) = state.exam(item)?;
            let questions = exam.bank.as_deref().map_or(0, |(_, bank)| bank.questions.len());
            Some(lang.pick(
                format!("公开题库（{questions}题）和抽题种子，与记录第一行的承诺相符。"),
                format!("The bank of {questions} questions and the seed of the draw were opened; they are those committed to in the first line."),
            ))
        }
        Event::MarkingFinished { item, figures: found } => {
            let (plan, _) = state.exam(item)?;
            let found = figures(lang, plan.candidates.len(), *found);
            Some(lang.pick(format!("阅卷完毕：{found}。"), format!("All papers were marked: {found}.")))
        }
        _ => None,
    }
}
