//! An exam on the law of integrity as the plan has it: what is drawn from which bank, how long it takes, who sits it,
//! when it is passed and how results are declared.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rules::{ExamOutcome, QuestionKind, exam_outcome};

/// An exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exam {
    /// The bank of questions: a path below `exam/`.
    pub bank: String,
    /// What is drawn of each kind, in the order of the paper; kinds of which nothing is drawn are left out.
    pub sections: Vec<Section>,
    /// How many marks are needed.
    pub pass_mark: u32,
    /// How long it takes, in seconds.
    pub seconds: u32,
    /// How long before its end everybody is warned, in seconds.
    pub warning_seconds: u32,
    /// Whether texts may be looked into.
    pub book: Book,
    /// The texts that candidates can read: paths below `materials/`.
    pub texts: Vec<ExamText>,
    /// To whom results are declared.
    pub declare: DeclareTo,
    /// Who sits it, in the order of the plan.
    pub candidates: Vec<Candidate>,
}

/// What is drawn of one kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The kind.
    pub kind: QuestionKind,
    /// How many are drawn for each seat.
    pub draw: u32,
    /// What a right answer is worth.
    pub marks: u32,
    /// What an answer is worth in which nothing is wrong and something is missing.
    #[serde(default, skip_serializing_if = "is_none")]
    pub partial: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_none(marks: &u32) -> bool {
    *marks == 0
}

/// Whether texts may be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Book {
    /// They may.
    Open,
    /// They may not.
    Closed,
}

/// A text of an open book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamText {
    /// What it is called.
    pub title: String,
    /// Its path below `materials/`.
    pub path: String,
}

/// To whom results are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclareTo {
    /// To the room, by name.
    ByName,
    /// To each candidate alone; the room sees figures.
    Alone,
}

/// Somebody who sits an exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The seat: a person's id.
    pub person: String,
    /// The post for which it is; empty where the plan does not say.
    pub post: String,
    /// 1, or 2 for the make-up.
    pub attempt: u32,
    /// Of a make-up: the day on which the first attempt failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_failed: Option<Date>,
}

impl Exam {
    /// All the marks there are.
    pub fn full_marks(&self) -> u32 {
        self.sections.iter().map(|section| section.draw.saturating_mul(section.marks)).sum()
    }

    /// How many questions a paper has.
    pub fn questions(&self) -> u32 {
        self.sections.iter().map(|section| section.draw).sum()
    }

    /// The candidate on this seat.
    pub fn candidate(&self, person: &str) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.person == person)
    }

    /// What is drawn of a kind, if anything is.
    pub fn section(&self, kind: QuestionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// What follows from so many marks for a candidate, on the day of the exam.
    pub fn outcome(&self, candidate: &Candidate, marks: u32, held_on: Date) -> ExamOutcome {
        exam_outcome(marks, self.pass_mark, candidate.attempt, held_on)
    }
}
