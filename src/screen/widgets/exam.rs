//! An exam as several screens show it: who is seated, who has handed in, the clock, and, once it is declared, the results.

use ratatui::text::Line;

use super::clock::{self, Reading};
use super::table::{Cell, Column, Table};
use crate::meeting::{ExamPhase, ExamState, ItemId, ItemState, SeatId, Stage, State};
use crate::plan::{Candidate, DeclareTo, Exam};
use crate::rules::ExamOutcome;
use crate::screen::{Mark, Scene};
use crate::words::common::Common;
use crate::words::exam::{self as words, ExamText};

/// An exam: its item, its plan, and how far it is.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The item.
    pub item: &'a ItemState,
    /// The plan.
    pub plan: &'a Exam,
    /// How far it is.
    pub exam: &'a ExamState,
}

impl<'a> Shown<'a> {
    /// The exam of an item that was called.
    pub fn of(state: &'a State, id: &ItemId) -> Option<Self> {
        let (plan, exam) = state.exam(id)?;
        Some(Self { item: state.item_state(id)?, plan, exam })
    }

    /// The exam on the floor.
    pub fn on_floor(state: &'a State) -> Option<Self> {
        let (item, plan, exam) = state.current_exam()?;
        Some(Self { item, plan, exam })
    }

    /// The exam whose results were declared last, with nothing called since.
    pub fn declared(state: &'a State) -> Option<Self> {
        if state.current_item().is_some() {
            return None;
        }
        let last = state.items.iter().rev().find(|item| item.stage == Stage::Declared)?;
        Self::of(state, &last.id)
    }

    /// How many of the seated have handed in.
    pub fn handed_in(&self) -> usize {
        self.exam.handed_in.len()
    }

    /// The clock, once it runs.
    pub fn reading(&self, scene: &Scene<'_>) -> Option<Reading> {
        let timer = self.exam.clock.as_ref().filter(|_| self.exam.phase == ExamPhase::Running)?;
        Some(clock::read(timer, self.plan.warning_seconds, scene.now))
    }

    /// Whether names stand beside marks for everybody.
    pub fn is_by_name(&self) -> bool {
        self.plan.declare == DeclareTo::ByName
    }
}

fn seat(candidate: &Candidate) -> SeatId {
    SeatId::from(candidate.person.as_str())
}

/// All candidates and how far each is: nothing of what they answer.
pub fn seats(scene: &Scene<'_>, state: &State, shown: Shown<'_>, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let rows = shown.plan.candidates.iter().enumerate().map(|(place, candidate)| {
        let seat = seat(candidate);
        let (mark, word) = match () {
            () if shown.exam.handed_in.contains_key(&seat) => (Mark::Done, ExamText::HandedIn),
            () if !shown.exam.seated.contains_key(&seat) && shown.exam.phase >= ExamPhase::Marking => {
                (Mark::No, ExamText::Absent)
            }
            () if !shown.exam.seated.contains_key(&seat) => (Mark::ToCome, ExamText::NotSeated),
            () if shown.exam.phase == ExamPhase::Running => (Mark::Now, ExamText::Answering),
            () => (Mark::Now, ExamText::Seated),
        };
        vec![
            Cell::from((place + 1).to_string()),
            Cell::new(state.name(&seat), theme.strong()),
            Cell::from(candidate.post.as_str()),
            Cell::from(ExamText::attempt(candidate).text(lang)),
            Cell::new(&format!("{} {}", theme.mark(mark), word.text(lang)), theme.mark_style(mark)),
        ]
    });
    let columns = vec![
        Column::figures("#"),
        Column::text(ExamText::Candidate.text(lang)),
        Column::aside(Common::Post.text(lang)),
        Column::fixed(ExamText::Attempt.text(lang)),
        Column::fixed(Common::State.text(lang)),
    ];
    lines(scene, &Table { columns, rows: rows.collect() }, cells)
}

/// All candidates with their marks and what follows. Only where it may be seen: see [`Shown::is_by_name`].
pub fn results(scene: &Scene<'_>, state: &State, shown: Shown<'_>, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let rows = shown.plan.candidates.iter().enumerate().map(|(place, candidate)| {
        let seat = seat(candidate);
        let mut row = vec![
            Cell::from((place + 1).to_string()),
            Cell::new(state.name(&seat), theme.strong()),
            Cell::from(candidate.post.as_str()),
            Cell::from(ExamText::attempt(candidate).text(lang)),
        ];
        match state.exam_result(&shown.item.id, &seat) {
            Some(result) => {
                let mark = if result.outcome == ExamOutcome::Passed { Mark::Done } else { Mark::No };
                let word = words::outcome_word(lang, result.outcome);
                row.push(Cell::new(&result.marked.marks.total.to_string(), theme.strong()));
                row.push(Cell::new(&format!("{} {word}", theme.mark(mark)), theme.mark_style(mark)));
            }
            None => {
                row.push(Cell::new(theme.none(), theme.dim()));
                row.push(Cell::new(ExamText::Absent.text(lang), theme.dim()));
            }
        }
        row
    });
    let columns = vec![
        Column::figures("#"),
        Column::text(ExamText::Candidate.text(lang)),
        Column::aside(Common::Post.text(lang)),
        Column::fixed(ExamText::Attempt.text(lang)),
        Column::figures(ExamText::Marks.text(lang)),
        Column::fixed(Common::Outcome.text(lang)),
    ];
    lines(scene, &Table { columns, rows: rows.collect() }, cells)
}

fn lines(scene: &Scene<'_>, table: &Table, cells: usize) -> Vec<Line<'static>> {
    let widths = table.widths(cells);
    let mut lines = vec![table.head(&widths, scene.theme)];
    lines.extend((0..table.rows.len()).map(|row| table.line(row, &widths, scene.theme)));
    lines
}

/// The figures of the results.
pub fn figures(scene: &Scene<'_>, shown: Shown<'_>) -> String {
    words::figures(scene.lang, shown.plan.candidates.len(), shown.exam.figures.unwrap_or_default())
}

/// The figures while it is on.
pub fn seated(scene: &Scene<'_>, shown: Shown<'_>) -> String {
    words::seated(scene.lang, shown.plan.candidates.len(), shown.exam.seated.len(), shown.handed_in())
}
