//! What an exam's parts must be to each other, and to the people of the plan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Spanned;

use super::bank::BankForm;
use super::check::{Material, Roster, check_material};
use super::exam_draft::{CandidateDraft, ExamDraft};
use super::exam_model::Book;
use super::mistake::{ExamMistake as Mistake, Findings, Named, Place};
use super::model::Duty;
use super::spelling::stays_inside;
use crate::rules::make_up_until;

/// The last attempt there is.
const ATTEMPTS_MAX: u32 = 2;

pub(super) fn check_exam(
    roster: &Roster,
    exam: &ExamDraft,
    held_on: Date,
    material: Material,
    findings: &mut Findings,
) {
    if let Some(span) = &exam.quorum {
        findings.add_exam(span, Mistake::Quorum);
    }
    check_bank(&exam.bank, findings);
    check_marks(exam, findings);
    match exam.book.get_ref() {
        Book::Open if exam.texts.is_empty() => {
            findings.add_exam(&exam.book.span(), Mistake::OpenWithoutTexts);
        }
        Book::Closed => {
            if let Some(text) = exam.texts.first() {
                findings.add_exam(&text.path.span(), Mistake::TextsOfClosed);
            }
        }
        Book::Open => {}
    }
    for text in &exam.texts {
        check_material(&text.path, Named::Question, material, findings);
    }
    let mut firsts: BTreeMap<&str, Place> = BTreeMap::new();
    for candidate in &exam.candidates {
        let (id, span) = (candidate.person.get_ref().as_str(), candidate.person.span());
        roster.check_person(&candidate.person, findings);
        if roster.has_duty(id, Duty::Presiding) {
            findings.add_exam(&span, Mistake::CandidatePresides { person: id.to_owned() });
        }
        let here = findings.place(span.start);
        match firsts.get(id) {
            Some(first) if !id.is_empty() => {
                let (person, first) = (id.to_owned(), first.clone());
                findings.add_exam(&span, Mistake::CandidateTwice { person, first });
            }
            Some(_) => {}
            None => {
                firsts.insert(id, here);
            }
        }
        check_attempt(candidate, held_on, findings);
    }
}

fn check_bank(bank: &Spanned<String>, findings: &mut Findings) {
    let (path, span) = (bank.get_ref().clone(), bank.span());
    if path.is_empty() {
        // Noted already.
    } else if !stays_inside(&path) {
        findings.add_exam(&span, Mistake::BankOutside(path));
    } else if BankForm::of(&path).is_none() {
        findings.add_exam(&span, Mistake::BankForm(path));
    }
}

fn check_marks(exam: &ExamDraft, findings: &mut Findings) {
    if exam.sections.is_empty() {
        findings.add_exam(&exam.span, Mistake::NothingDrawn);
        return;
    }
    for draft in &exam.sections {
        let section = draft.section;
        if section.marks == 0 {
            findings.add_exam(&draft.span, Mistake::NoMarks);
        } else if section.partial >= section.marks {
            let (partial, marks) = (section.partial, section.marks);
            findings.add_exam(&draft.span, Mistake::PartialNotLess { partial, marks });
        }
    }
    let full: u32 = exam.sections.iter().map(|draft| draft.section.draw * draft.section.marks).sum();
    let pass_mark = *exam.pass_mark.get_ref();
    if full > 0 && (pass_mark == 0 || pass_mark > full) {
        findings.add_exam(&exam.pass_mark.span(), Mistake::PassMark { pass_mark, full });
    }
}

/// One make-up within half a year, and then never.
fn check_attempt(candidate: &CandidateDraft, held_on: Date, findings: &mut Findings) {
    let (attempt, span) = (*candidate.attempt.get_ref(), candidate.attempt.span());
    match &candidate.first_failed {
        _ if attempt == 0 || attempt > ATTEMPTS_MAX => {
            findings.add_exam(&span, Mistake::NoThird { attempt });
        }
        None if attempt == ATTEMPTS_MAX => findings.add_exam(&span, Mistake::NoFirstFailed),
        None => {}
        Some(failed) if attempt < ATTEMPTS_MAX => {
            findings.add_exam(&failed.span(), Mistake::FirstFailedOfFirst);
        }
        Some(failed) => {
            let (failed_on, until) = (*failed.get_ref(), make_up_until(*failed.get_ref()));
            if held_on == Date::ZERO {
                // The plan does not say when it meets, which is noted already.
            } else if held_on <= failed_on {
                findings.add_exam(&failed.span(), Mistake::BeforeFirst { failed_on, held_on });
            } else if held_on > until {
                findings.add_exam(&failed.span(), Mistake::TooLate { until, held_on });
            }
        }
    }
}
