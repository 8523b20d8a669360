//! How far an exam is, and the questions that screens and rules ask of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clock::Timer;
use super::exam_paper::{AnswerSheet, Drawn, ExamMarks, OpenedBank, draw};
use super::ids::{ItemId, SeatId};
use super::state::{ItemState, Stage, State, number};
use crate::plan::{Bank, DeclareTo, Exam};
use crate::rules::ExamOutcome;

/// How far an exam is.
#[derive(Debug, Clone)]
pub struct ExamState {
    /// The phase.
    pub phase: ExamPhase,
    /// The clock, from the beginning on.
    pub clock: Option<Timer>,
    /// When it began and ended.
    pub began_at: Option<Timestamp>,
    /// When nothing was accepted any more.
    pub ended_at: Option<Timestamp>,
    /// Who has taken a place, with the terminal's lot.
    pub seated: BTreeMap<SeatId, String>,
    /// Who has handed in.
    pub handed_in: BTreeMap<SeatId, HandedIn>,
    /// The bank, once it is opened, and as it was read.
    pub bank: Option<Arc<(OpenedBank, Bank)>>,
    /// The sheets that were opened, with their marks.
    pub marked: BTreeMap<SeatId, Marked>,
    /// How many were opened that this screen is not shown.
    pub hidden: u32,
    /// What all came to.
    pub figures: Option<ExamFigures>,
}

/// The phases of an exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExamPhase {
    /// Candidates take their places.
    Seating,
    /// They answer; the clock runs.
    Running,
    /// It is over; bank and sheets are opened, and marked.
    Marking,
    /// All are marked.
    Marked,
}

/// A sheet that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The number of its version.
    pub number: u32,
    /// Its hash: see [`AnswerSheet::seal`].
    pub sheet: String,
    /// When.
    pub at: Timestamp,
}

/// A sheet that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The sheet; none where the candidate never saved one.
    pub sheet: Option<AnswerSheet>,
    /// What it is worth.
    pub marks: ExamMarks,
}

/// What an exam came to, without names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamFigures {
    /// Who sat it.
    pub sat: u32,
    /// Who reached the pass mark.
    pub passed: u32,
    /// Who did not, at the first attempt.
    pub deferred: u32,
    /// Who did not, at the make-up.
    pub failed_again: u32,
}

/// The result of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamResult<'a> {
    /// What was answered and what it is worth.
    pub marked: &'a Marked,
    /// What follows.
    pub outcome: ExamOutcome,
}

impl ExamState {
    /// One that has just been called.
    pub fn opened() -> Self {
        Self {
            phase: ExamPhase::Seating,
            clock: None,
            began_at: None,
            ended_at: None,
            seated: BTreeMap::new(),
            handed_in: BTreeMap::new(),
            bank: None,
            marked: BTreeMap::new(),
            hidden: 0,
            figures: None,
        }
    }

    /// Whether everybody who has taken a place has handed in. The clock alone ends one that nobody sits.
    pub fn all_handed_in(&self) -> bool {
        !self.seated.is_empty() && self.seated.keys().all(|seat| self.handed_in.contains_key(seat))
    }

    /// Whether answers are taken: it runs, and there is time left.
    pub fn takes_answers(&self, now: Timestamp) -> bool {
        self.phase == ExamPhase::Running && self.clock.as_ref().is_some_and(|clock| clock.left(now) > 0)
    }

    /// Who has taken a place and whose sheet is not opened.
    pub fn unmarked(&self) -> impl Iterator<Item = &SeatId> {
        self.seated.keys().filter(|seat| !self.marked.contains_key(*seat))
    }

    /// How many sheets are opened, seen here or not.
    pub fn opened_count(&self) -> u32 {
        number(self.marked.len()) + self.hidden
    }
}

impl State {
    /// The exam on the floor: its item, its plan, and how far it is.
    pub fn current_exam(&self) -> Option<(&ItemState, &Exam, &ExamState)> {
        let item = self.current_item()?;
        Some((item, self.item(&item.id)?.exam()?, item.exam()?))
    }

    /// An exam that was called: its plan and how far it is.
    pub fn exam(&self, item: &ItemId) -> Option<(&Exam, &ExamState)> {
        Some((self.item(item)?.exam()?, self.item_state(item)?.exam()?))
    }

    /// The candidates of an exam without a place, in the order of the plan: those who are here, and those who are not.
    pub fn without_place(&self, item: &ItemId) -> (Vec<SeatId>, Vec<SeatId>) {
        let Some((plan, exam)) = self.exam(item) else { return (Vec::new(), Vec::new()) };
        let seats = plan.candidates.iter().map(|candidate| SeatId::from(candidate.person.as_str()));
        seats.filter(|seat| !exam.seated.contains_key(seat)).partition(|seat| self.is_present(seat))
    }

    /// The paper of a seat, once the bank is opened.
    pub fn drawn(&self, item: &ItemId, seat: &SeatId) -> Option<Drawn> {
        let (plan, exam) = self.exam(item)?;
        let (opened, bank) = exam.bank.as_deref()?;
        let lot = exam.seated.get(seat)?;
        Some(draw((self.session(), item, seat), &opened.seed, lot, bank, plan))
    }

    /// The result of a candidate, once marked.
    pub fn exam_result(&self, item: &ItemId, seat: &SeatId) -> Option<ExamResult<'_>> {
        let (plan, exam) = self.exam(item)?;
        let marked = exam.marked.get(seat)?;
        let candidate = plan.candidate(seat.as_str())?;
        let outcome = plan.outcome(candidate, marked.marks.total, self.plan().meeting.date);
        Some(ExamResult { marked, outcome })
    }

    /// What all results come to, as far as they are seen here.
    pub fn exam_figures(&self, item: &ItemId) -> ExamFigures {
        let Some((_, exam)) = self.exam(item) else { return ExamFigures::default() };
        let mut figures = ExamFigures { sat: number(exam.seated.len()), ..ExamFigures::default() };
        for seat in exam.seated.keys() {
            match self.exam_result(item, seat).map(|result| result.outcome) {
                Some(ExamOutcome::Passed) => figures.passed += 1,
                Some(ExamOutcome::Deferred { .. }) => figures.deferred += 1,
                Some(ExamOutcome::FailedAgain) => figures.failed_again += 1,
                None => {}
            }
        }
        figures
    }

    /// Whether sheets of the exam on the floor are shown to their candidates alone.
    pub fn sheets_are_private(&self) -> bool {
        self.current_exam().is_some_and(|(_, plan, _)| plan.declare == DeclareTo::Alone)
    }

    /// Every key that has spoken for a seat: a sheet may have been signed before its terminal was replaced.
    pub fn keys_of(&self, seat: &SeatId) -> Vec<&String> {
        let now = self.keys.get(&super::Actor::Seat(seat.clone()));
        now.into_iter().chain(self.former_keys.get(seat).into_iter().flatten()).collect()
    }
}

impl ItemState {
    /// Whether an exam is under way that must come to its end: answers wait to be opened.
    pub fn is_being_examined(&self) -> bool {
        let phase = self.exam().map(|exam| exam.phase);
        self.stage == Stage::Examining && matches!(phase, Some(ExamPhase::Running | ExamPhase::Marking))
    }
}
