//! An exam in figures: each candidate with the marks and what follows. Dossiers read these.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::stage_name;
use crate::meeting::{ExamFigures, ItemState, SeatId, State};
use crate::plan::{Book, Candidate, DeclareTo, Exam, Item};
use crate::rules::{ExamOutcome, QuestionKind};

/// An exam.
#[derive(Debug, Clone, Serialize)]
pub struct ExamReport {
    /// Its name in the plan.
    pub id: String,
    /// `exam`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// Whether texts could be looked into.
    pub book: Book,
    /// To whom results were declared.
    pub declare: DeclareTo,
    /// How long it was to take, in seconds.
    pub seconds: u32,
    /// All the marks there were.
    pub full_marks: u32,
    /// How many were needed.
    pub pass_mark: u32,
    /// When it began.
    pub began_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What all came to; none where it was not marked.
    pub figures: Option<ExamFigures>,
    /// The candidates, in the order of the plan.
    pub candidates: Vec<ExamineeResult>,
}

/// A candidate.
#[derive(Debug, Clone, Serialize)]
pub struct ExamineeResult {
    /// The person's id in the plan.
    pub person: String,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The post for which it is.
    pub post: String,
    /// 1, or 2 for the make-up.
    pub attempt: u32,
    /// Of a make-up: when the first attempt failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_failed: Option<Date>,
    /// `passed`, `deferral_advised`, `failed_again`, `absent`, or `withheld` where this copy does not show the sheet; none
    /// where it was not marked.
    pub outcome: Option<&'static str>,
    /// The marks.
    pub marks: Option<u32>,
    /// The marks of each kind of question.
    pub sections: Vec<SectionResult>,
    /// When the paper was handed in; none where it was marked as last saved.
    pub handed_in_at: Option<Timestamp>,
    /// Until when there can be a make-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub make_up_until: Option<Date>,
}

/// The marks of one kind of question.
#[derive(Debug, Clone, Serialize)]
pub struct SectionResult {
    /// The kind.
    pub kind: QuestionKind,
    /// How many were asked.
    pub asked: u32,
    /// How many answers were right.
    pub right: u32,
    /// How many had something missing and nothing wrong.
    pub partly: u32,
    /// What they are worth.
    pub marks: u32,
}

impl ExamReport {
    pub(super) fn new(state: &State, planned: &Item, plan: &Exam, item: &ItemState) -> Self {
        let exam = item.exam();
        Self {
            id: item.id.to_string(),
            kind: "exam",
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            book: plan.book,
            declare: plan.declare,
            seconds: plan.seconds,
            full_marks: plan.full_marks(),
            pass_mark: plan.pass_mark,
            began_at: exam.and_then(|exam| exam.began_at),
            ended_at: exam.and_then(|exam| exam.ended_at),
            figures: exam.and_then(|exam| exam.figures),
            candidates: plan
                .candidates
                .iter()
                .map(|candidate| ExamineeResult::new(state, plan, candidate, item))
                .collect(),
        }
    }
}

impl ExamineeResult {
    fn new(state: &State, plan: &Exam, candidate: &Candidate, item: &ItemState) -> Self {
        let seat = SeatId::from(candidate.person.as_str());
        let person = state.plan().person(&candidate.person);
        let exam = item.exam();
        let result = state.exam_result(&item.id, &seat);
        let marks = result.as_ref().map(|result| &result.marked.marks);
        let outcome = match result.as_ref().map(|result| result.outcome) {
            Some(ExamOutcome::Passed) => Some("passed"),
            Some(ExamOutcome::Deferred { .. }) => Some("deferral_advised"),
            Some(ExamOutcome::FailedAgain) => Some("failed_again"),
            None => exam
                .filter(|exam| exam.figures.is_some())
                .map(|exam| if exam.seated.contains_key(&seat) { "withheld" } else { "absent" }),
        };
        let make_up_until = match result.as_ref().map(|result| result.outcome) {
            Some(ExamOutcome::Deferred { make_up_until }) => Some(make_up_until),
            _ => None,
        };
        Self {
            person: candidate.person.clone(),
            name: person.map_or_else(String::new, |person| person.name.clone()),
            unit: person.map_or_else(String::new, |person| person.unit.clone()),
            post: candidate.post.clone(),
            attempt: candidate.attempt,
            first_failed: candidate.first_failed,
            outcome,
            marks: marks.map(|marks| marks.total),
            sections: marks.map_or_else(Vec::new, |marks| {
                let sections = plan.sections.iter().zip(&marks.sections);
                sections
                    .map(|(section, got)| SectionResult {
                        kind: section.kind,
                        asked: section.draw,
                        right: got.right,
                        partly: got.partly,
                        marks: got.marks,
                    })
                    .collect()
            }),
            handed_in_at: exam.and_then(|exam| exam.handed_in.get(&seat)).map(|handed_in| handed_in.at),
            make_up_until,
        }
    }
}
