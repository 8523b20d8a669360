//! The floor: anyone may ask for it, attendees without vote too; the presiding officer calls, or refuses with a reason.
//! And the clocks that run on it.

use super::event::Event;
use super::exam_state::ExamPhase;
use super::floor::text;
use super::ids::{Actor, SeatId};
use super::refusal::Refusal;
use super::state::State;

type Decision = Result<Vec<Event>, Refusal>;

/// The longest time a clock is given at once, in seconds.
const SECONDS_MAX: u32 = 4 * 60 * 60;

fn present(state: &State, actor: &Actor) -> Result<SeatId, Refusal> {
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    if state.is_present(seat) { Ok(seat.clone()) } else { Err(Refusal::NotPresent { seat: seat.clone() }) }
}

pub(super) fn ask(state: &State, actor: &Actor) -> Decision {
    let seat = present(state, actor)?;
    let speaking = state.floor.speaking.as_ref().is_some_and(|(speaking, _)| *speaking == seat);
    if speaking || state.floor.waiting.contains(&seat) {
        return Err(Refusal::FloorNotAsked);
    }
    Ok(vec![Event::FloorAsked { seat }])
}

/// Takes a request back, or ends the own speech.
pub(super) fn leave(state: &State, actor: &Actor) -> Decision {
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    left_by(state, seat).map(|event| vec![event]).ok_or(Refusal::FloorNotAsked)
}

/// Whoever leaves the room neither waits for the floor nor has it.
pub(super) fn left_by(state: &State, seat: &SeatId) -> Option<Event> {
    let seat = seat.clone();
    if state.floor.speaking.as_ref().is_some_and(|(speaking, _)| *speaking == seat) {
        Some(Event::SpeechEnded { seat })
    } else {
        state.floor.waiting.contains(&seat).then_some(Event::FloorLeft { seat })
    }
}

pub(super) fn call(state: &State, seat: &SeatId, seconds: u32) -> Decision {
    if let Some((speaking, _)) = &state.floor.speaking {
        return Err(Refusal::FloorTaken { seat: speaking.clone() });
    }
    state.plan().person(seat.as_str()).ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if seconds == 0 || seconds > SECONDS_MAX {
        return Err(Refusal::NoClock);
    }
    Ok(vec![Event::SpeakerCalled { seat: seat.clone(), seconds }])
}

pub(super) fn end(state: &State) -> Decision {
    let (seat, _) = state.floor.speaking.as_ref().ok_or(Refusal::FloorNotAsked)?;
    Ok(vec![Event::SpeechEnded { seat: seat.clone() }])
}

pub(super) fn refuse(state: &State, seat: &SeatId, reason: &str) -> Decision {
    if !state.floor.waiting.contains(seat) {
        return Err(Refusal::FloorNotAsked);
    }
    Ok(vec![Event::SpeakerRefused { seat: seat.clone(), reason: text(reason)? }])
}

/// Whether a clock on the floor runs; none where there is no clock.
fn clock_runs(state: &State) -> Option<bool> {
    let speech = state.floor.speaking.as_ref().map(|(_, clock)| clock);
    let review = state.current_review().and_then(|(_, _, review)| review.clock.as_ref());
    let running = state.current_exam().filter(|(_, _, exam)| exam.phase == ExamPhase::Running);
    let exam = running.and_then(|(_, _, exam)| exam.clock.as_ref());
    let mut clocks = speech.into_iter().chain(review).chain(exam).peekable();
    clocks.peek()?;
    Some(clocks.any(super::Timer::runs))
}

pub(super) fn pause_clock(state: &State) -> Decision {
    if clock_runs(state) == Some(true) { Ok(vec![Event::ClockPaused]) } else { Err(Refusal::NoClock) }
}

pub(super) fn resume_clock(state: &State) -> Decision {
    if clock_runs(state) == Some(false) { Ok(vec![Event::ClockResumed]) } else { Err(Refusal::NoClock) }
}

pub(super) fn extend_clock(state: &State, seconds: u32) -> Decision {
    if clock_runs(state).is_none() || seconds == 0 || seconds > SECONDS_MAX {
        return Err(Refusal::NoClock);
    }
    Ok(vec![Event::ClockExtended { seconds }])
}
