//! An exam: places are taken → it begins → sheets are handed in → it ends, by itself at the latest → bank and sheets are
//! opened and marked → results are declared. Source: `domain.md` section 5.
//!
//! The record is followed by every screen, so neither the bank nor a sheet stands in it before the exam is over. Answers are
//! kept by the hub, durably, version by version; what is handed in stands in the record as a salted hash at once. Opened are
//! they by commands of the hub, which every reader decides again: that the bank is the one committed to, that the paper is
//! the one drawn, that the sheet is signed by its seat, and what it is worth.

use std::sync::Arc;

use jiff::Timestamp;

use super::clock;
use super::command::CommandKind;
use super::event::Event;
use super::exam_paper::{AnswerSheet, OpenedBank, grade, is_lot};
use super::exam_state::{ExamFigures, ExamPhase, ExamState, HandedIn, Marked};
use super::ids::{Actor, ItemId, SeatId};
use super::refusal::Refusal;
use super::rights::{self, Role};
use super::state::{ItemState, Stage, State};
use crate::plan::{Bank, Exam};

type Decision = Result<Vec<Event>, Refusal>;

/// The exam on the floor; refused where the command names another item.
fn on_floor<'a>(state: &'a State, id: &ItemId) -> Result<(&'a ItemState, &'a Exam, &'a ExamState), Refusal> {
    state.item(id).and_then(|item| item.exam()).ok_or(Refusal::UnknownItem)?;
    state.current_exam().filter(|(item, ..)| item.id == *id).ok_or(Refusal::AnotherItemOpen)
}

/// The candidate who acts.
fn candidate(exam: &Exam, actor: &Actor) -> Result<SeatId, Refusal> {
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    exam.candidate(seat.as_str()).map(|_| seat.clone()).ok_or(Refusal::NotACandidate)
}

/// Takes a place: before the beginning, or late, with the time that is left.
pub(super) fn take_place(state: &State, actor: &Actor, id: &ItemId, lot: &str, now: Timestamp) -> Decision {
    let (_, plan, exam) = on_floor(state, id)?;
    let seat = candidate(plan, actor)?;
    if !state.is_present(&seat) {
        return Err(Refusal::NotPresent { seat });
    }
    // The same place again, its answer having been lost.
    if exam.seated.contains_key(&seat) {
        return Ok(Vec::new());
    }
    if exam.phase != ExamPhase::Seating && !exam.takes_answers(now) {
        return Err(Refusal::ExamOver);
    }
    if !is_lot(lot) {
        return Err(Refusal::MalformedKey);
    }
    Ok(vec![Event::PlaceTaken { item: id.clone(), seat, lot: lot.to_owned() }])
}

pub(super) fn begin(state: &State, id: &ItemId) -> Decision {
    let (_, plan, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Seating {
        return Err(Refusal::NotNow { command: CommandKind::BeginExam });
    }
    if exam.seated.is_empty() {
        return Err(Refusal::NobodySeated);
    }
    Ok(vec![Event::ExamBegan { item: id.clone(), seconds: plan.seconds }])
}

/// What is handed in cannot be changed any more.
pub(super) fn hand_in(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    (number, sheet): (u32, &str),
    now: Timestamp,
) -> Decision {
    let (_, plan, exam) = on_floor(state, id)?;
    let seat = candidate(plan, actor)?;
    if !exam.seated.contains_key(&seat) {
        return Err(Refusal::NotSeated);
    }
    if exam.handed_in.contains_key(&seat) {
        return Err(Refusal::HandedInAlready);
    }
    if exam.phase == ExamPhase::Seating {
        return Err(Refusal::NotNow { command: CommandKind::HandIn });
    }
    if !exam.takes_answers(now) {
        return Err(Refusal::ExamOver);
    }
    if !is_lot(sheet) || number == 0 {
        return Err(Refusal::OtherSheet);
    }
    Ok(vec![Event::HandedIn { item: id.clone(), seat, number, sheet: sheet.to_owned() }])
}

/// The presiding officer ends it at any time; by itself it ends when its time is up, or all have handed in.
pub(super) fn end(state: &State, actor: &Actor, id: &ItemId, now: Timestamp) -> Decision {
    let (_, _, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Running {
        return Err(Refusal::NotNow { command: CommandKind::EndExam });
    }
    let presiding = rights::roles(state, actor).contains(&Role::Presiding);
    if presiding || exam.all_handed_in() || !exam.takes_answers(now) {
        Ok(vec![Event::ExamEnded { item: id.clone() }])
    } else {
        Err(Refusal::ExamRuns)
    }
}

/// The hub opens what it has committed to, and nothing else.
pub(super) fn open_bank(state: &State, id: &ItemId, opened: &OpenedBank) -> Decision {
    let (_, plan, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Marking || exam.bank.is_some() {
        return Err(Refusal::NotNow { command: CommandKind::OpenBank });
    }
    let sealed = state.frozen.exams.iter().find(|sealed| sealed.item == *id).ok_or(Refusal::OtherBank)?;
    let bank = Bank::read(&opened.text, opened.form, "").map_err(|_| Refusal::OtherBank)?;
    if !sealed.is_opened_by(state.session(), opened) || !bank.too_few_for(plan).is_empty() {
        return Err(Refusal::OtherBank);
    }
    Ok(vec![Event::BankOpened { item: id.clone(), opened: Box::new(opened.clone()) }])
}

/// The last sheet of a seat: the one that was handed in, or else the last that the hub has kept; none where there is none.
pub(super) fn open_sheet(state: &State, id: &ItemId, seat: &SeatId, sheet: Option<&AnswerSheet>) -> Decision {
    let (_, plan, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Marking || exam.bank.is_none() || exam.marked.contains_key(seat) {
        return Err(Refusal::NotNow { command: CommandKind::OpenSheet });
    }
    let drawn = state.drawn(id, seat).ok_or(Refusal::NotSeated)?;
    let place = (state.session(), id, seat);
    let handed_in = exam.handed_in.get(seat);
    let marks = match sheet {
        None if handed_in.is_some() => return Err(Refusal::OtherSheet),
        None => grade(plan, &drawn, &[]),
        Some(sheet) => {
            let other = |handed_in: &HandedIn| {
                handed_in.number != sheet.number || handed_in.sheet != sheet.seal(place)
            };
            if handed_in.is_some_and(other)
                || !sheet.answers_paper(&drawn.paper)
                || !sheet.is_by(place, state.keys_of(seat))
            {
                return Err(Refusal::OtherSheet);
            }
            grade(plan, &drawn, &sheet.answers)
        }
    };
    Ok(vec![Event::SheetOpened {
        item: id.clone(),
        seat: seat.clone(),
        sheet: sheet.cloned().map(Box::new),
        marks,
    }])
}

/// All sheets are opened. Who sees all of them counts again; who does not, what can be.
pub(super) fn finish(state: &State, id: &ItemId, figures: &ExamFigures) -> Decision {
    let (_, _, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Marking || exam.bank.is_none() {
        return Err(Refusal::NotNow { command: CommandKind::FinishMarking });
    }
    let own = state.exam_figures(id);
    if exam.opened_count() != own.sat {
        return Err(Refusal::NotAllMarked);
    }
    let ExamFigures { sat, passed, deferred, failed_again } = *figures;
    let adds_up = u64::from(passed) + u64::from(deferred) + u64::from(failed_again) == u64::from(sat);
    let holds = if exam.hidden == 0 {
        *figures == own
    } else {
        sat == own.sat && passed >= own.passed && deferred >= own.deferred && failed_again >= own.failed_again
    };
    if !adds_up || !holds {
        return Err(Refusal::OtherFigures);
    }
    Ok(vec![Event::MarkingFinished { item: id.clone(), figures: *figures }])
}

pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (_, _, exam) = on_floor(state, id)?;
    if exam.phase != ExamPhase::Marked {
        return Err(Refusal::NotNow { command: CommandKind::Declare });
    }
    Ok(vec![Event::Declared { item: id.clone() }])
}

/// An exam that runs comes to its end before the meeting does: answers that were given are not lost.
pub(super) fn none_runs(state: &State) -> Result<(), Refusal> {
    let runs = state.current_item().is_some_and(ItemState::is_being_examined);
    if runs { Err(Refusal::ExamRuns) } else { Ok(()) }
}

// ---- folding ----------------------------------------------------------------------------------------------------

/// Folds an event of an exam. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::PlaceTaken { item, seat, lot } => with(state, item, |exam| {
            exam.seated.insert(seat.clone(), lot.clone());
        }),
        Event::ExamBegan { item, seconds } => with(state, item, |exam| {
            exam.phase = ExamPhase::Running;
            exam.began_at = Some(time);
            exam.clock = Some(clock::Timer::start(*seconds, time));
        }),
        Event::HandedIn { item, seat, number, sheet } => with(state, item, |exam| {
            let handed_in = HandedIn { number: *number, sheet: sheet.clone(), at: time };
            exam.handed_in.insert(seat.clone(), handed_in);
        }),
        Event::ExamEnded { item } => with(state, item, |exam| {
            exam.phase = ExamPhase::Marking;
            exam.ended_at = Some(time);
            if let Some(clock) = &mut exam.clock {
                clock.pause(time);
            }
        }),
        Event::BankOpened { item, opened } => with(state, item, |exam| {
            if let Ok(bank) = Bank::read(&opened.text, opened.form, "") {
                exam.bank = Some(Arc::new(((**opened).clone(), bank)));
            }
        }),
        Event::SheetOpened { item, seat, sheet, marks } => with(state, item, |exam| {
            let marked = Marked { sheet: sheet.as_deref().cloned(), marks: marks.clone() };
            exam.marked.insert(seat.clone(), marked);
        }),
        Event::MarkingFinished { item, figures } => with(state, item, |exam| {
            exam.phase = ExamPhase::Marked;
            exam.figures = Some(*figures);
        }),
        _ => return false,
    }
    true
}

/// A sheet was opened that this screen is not shown.
pub(super) fn apply_hidden(state: &mut State) {
    let open = state.items.iter_mut().find(|item| item.stage == Stage::Examining);
    if let Some(exam) = open.and_then(|item| item.exam_mut()) {
        exam.hidden += 1;
    }
}

fn with(state: &mut State, item: &ItemId, change: impl FnOnce(&mut ExamState)) {
    if let Some(exam) = state.item_mut(item).and_then(|item| item.exam_mut()) {
        change(exam);
    }
}
