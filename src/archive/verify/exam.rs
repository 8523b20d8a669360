//! An exam: the bank and the seed are those to which the first line commits; every paper is drawn again, every sheet compared
//! with what was handed in, its signature checked, and marked again.

use super::fault::FaultKind;
use super::files::Folder;
use super::report::{Report, What};
use crate::journal::FILE_NAME;
use crate::meeting::exam_paper::{draw, grade};
use crate::meeting::{ItemState, State};
use crate::plan::folder::BANKS;

/// Checks an item, if it is an exam that was marked.
pub(super) fn check(folder: &Folder<'_>, state: &State, item: &ItemState, report: &mut Report) {
    let Some((plan, exam)) = state.exam(&item.id) else { return };
    let Some((opened, bank)) = exam.bank.as_deref() else { return };
    let before = report.faults.len();
    let name = || item.id.to_string();
    let sealed = state.frozen.exams.iter().find(|sealed| sealed.item == item.id);
    if !sealed.is_some_and(|sealed| sealed.is_opened_by(state.session(), opened)) {
        report.fault(FILE_NAME, FaultKind::ExamBank { item: name() });
    }
    let file = format!("{BANKS}/{}", plan.bank);
    let same = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(&text) == opened.text
    };
    if folder.bytes(&file, report).is_some_and(|bytes| !same(bytes)) {
        report.fault(&file, FaultKind::ExamBankFile);
    }
    for (seat, marked) in &exam.marked {
        let who = || state.name(seat).to_owned();
        let Some(lot) = exam.seated.get(seat) else {
            report.fault(FILE_NAME, FaultKind::ExamSheet { item: name(), name: who() });
            continue;
        };
        let place = (state.session(), &item.id, seat);
        let drawn = draw(place, &opened.seed, lot, bank, plan);
        let handed_in = exam.handed_in.get(seat);
        let holds = match &marked.sheet {
            None => handed_in.is_none(),
            Some(sheet) => {
                sheet.answers_paper(&drawn.paper)
                    && sheet.is_by(place, state.keys_of(seat))
                    && handed_in.is_none_or(|handed_in| handed_in.sheet == sheet.seal(place))
            }
        };
        if !holds {
            report.fault(FILE_NAME, FaultKind::ExamSheet { item: name(), name: who() });
        }
        let answers = marked.sheet.as_ref().map_or(&[][..], |sheet| sheet.answers.as_slice());
        if grade(plan, &drawn, answers) != marked.marks {
            report.fault(FILE_NAME, FaultKind::ExamMarks { item: name(), name: who() });
        }
    }
    if exam.hidden == 0 && exam.figures.is_some_and(|figures| figures != state.exam_figures(&item.id)) {
        report.fault(FILE_NAME, FaultKind::ExamFigures { item: name() });
    }
    let (seated, marked, questions) = (exam.seated.len(), exam.marked.len(), bank.questions.len());
    report.check(before, What::Exam { item: name(), seated, marked, questions });
}
