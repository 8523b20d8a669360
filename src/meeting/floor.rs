//! What is not part of an item: enrolment, signing in and out, opening, scrutineers, notes, pausing, closing.

use super::event::{AdjournGround, Event, QuorumMissed};
use super::exam;
use super::ids::{Actor, ItemId, SeatId};
use super::refusal::Refusal;
use super::result_objection;
use super::rights::{self, Role};
use super::round::RoundPhase;
use super::sittings;
use super::speaking;
use super::state::{Phase, Stage, State};
use crate::rules::Threshold;

/// The longest reason or note, in characters.
pub const TEXT_CHARS_MAX: u32 = 2_000;

type Decision = Result<Vec<Event>, Refusal>;

/// A text that somebody wrote: not empty, not endless.
pub(super) fn text(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if chars == 0 {
        return Err(Refusal::TextMissing);
    }
    if chars > TEXT_CHARS_MAX {
        return Err(Refusal::TextTooLong { chars, chars_max: TEXT_CHARS_MAX });
    }
    Ok(text.to_owned())
}

/// Tests a quorum. `Ok(None)`: it is there. `Ok(Some(event))`: it is not, and the record shall say so.
///
/// # Errors
/// [`Refusal::QuorumNotReached`] when the record already says so with the same figures.
pub(super) fn quorum(
    state: &State,
    item: Option<&ItemId>,
    rule: &Threshold,
    present: u32,
    due: u32,
) -> Result<Option<Event>, Refusal> {
    if rule.holds(present, due) {
        return Ok(None);
    }
    let missed = QuorumMissed { item: item.cloned(), present, due, needed: rule.least(due) };
    if state.quorum_missed.as_ref() == Some(&missed) {
        return Err(Refusal::QuorumNotReached { present, due, needed: missed.needed });
    }
    Ok(Some(Event::QuorumMissed(missed)))
}

fn known(state: &State, seat: &SeatId) -> Result<(), Refusal> {
    state.plan().person(seat.as_str()).map(|_| ()).ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })
}

/// Someone who is neither presiding nor recorder speaks for the own seat only.
pub(super) fn own_or_officer(state: &State, actor: &Actor, seat: &SeatId) -> Result<(), Refusal> {
    known(state, seat)?;
    let officer =
        rights::roles(state, actor).iter().any(|role| matches!(role, Role::Presiding | Role::Recorder));
    if officer || actor.seat() == Some(seat) { Ok(()) } else { Err(Refusal::NotYourSeat) }
}

pub(super) fn enrol(state: &State, who: &Actor, key: &str) -> Decision {
    match who {
        Actor::Hub | Actor::Standby => return Err(Refusal::NotYourSeat),
        Actor::Console | Actor::Display(_) => {}
        Actor::Seat(seat) => known(state, seat)?,
    }
    if key.len() != 64 || !key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(Refusal::MalformedKey);
    }
    match state.keys.get(who) {
        Some(enrolled) if enrolled == key => Ok(Vec::new()),
        Some(_) => Err(Refusal::AlreadyEnrolled { who: who.clone() }),
        None if state.phase == Phase::Ended && *who != Actor::Console => Err(Refusal::Ended),
        None => Ok(vec![Event::Enrolled { who: who.clone(), key: key.to_owned() }]),
    }
}

pub(super) fn reissue_code(state: &State, who: &Actor) -> Decision {
    match who {
        Actor::Hub | Actor::Console => return Err(Refusal::NotYourSeat),
        Actor::Display(_) | Actor::Standby => {}
        Actor::Seat(seat) => known(state, seat)?,
    }
    let in_ballot = state.rounds_under_way().any(|round| {
        let holds_paper = who.seat().is_some_and(|seat| round.issued.contains_key(seat));
        round.phase < RoundPhase::Opening && holds_paper
    });
    if in_ballot {
        return Err(Refusal::ReissueDuringBallot);
    }
    Ok(vec![Event::CodeReissued { who: who.clone() }])
}

pub(super) fn sign_in(state: &State, actor: &Actor, seat: &SeatId) -> Decision {
    own_or_officer(state, actor, seat)?;
    if state.is_present(seat) {
        return Err(Refusal::AlreadyPresent { seat: seat.clone() });
    }
    let waits_outside = super::term::comes_late(state, seat);
    Ok(std::iter::once(Event::SignedIn { seat: seat.clone() }).chain(waits_outside).collect())
}

pub(super) fn sign_out(state: &State, actor: &Actor, seat: &SeatId) -> Decision {
    own_or_officer(state, actor, seat)?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    let left_floor = speaking::left_by(state, seat);
    Ok(left_floor.into_iter().chain([Event::SignedOut { seat: seat.clone() }]).collect())
}

pub(super) fn open_meeting(state: &State) -> Decision {
    let (due, present) = (state.due(), state.present());
    // Where nothing is decided there is no quorum.
    if !state.plan().decides_anything() {
        return Ok(vec![Event::MeetingOpened { due, present }]);
    }
    match quorum(state, None, &state.plan().meeting.quorum, present, due)? {
        Some(missed) => Ok(vec![missed]),
        None => {
            let outside = sittings::outside_from_opening(state);
            Ok(std::iter::once(Event::MeetingOpened { due, present }).chain(outside).collect())
        }
    }
}

/// Everybody present has raised a hand once: for, against, or to abstain.
pub(super) fn hands_add_up(hands: [u32; 3], present: u32) -> Result<(), Refusal> {
    let hands: u64 = hands.into_iter().map(u64::from).sum();
    if hands == u64::from(present) {
        return Ok(());
    }
    Err(Refusal::HandsDoNotAddUp { hands: u32::try_from(hands).unwrap_or(u32::MAX), present })
}

pub(super) fn approve_scrutineers(state: &State, agree: u32, disagree: u32, abstain: u32) -> Decision {
    let present = state.present();
    hands_add_up([agree, disagree, abstain], present)?;
    if state.current_item().is_some_and(|item| item.stage == Stage::Balloting) {
        return Err(Refusal::ItemNotFinished);
    }
    let approved = Threshold::MAJORITY.holds(agree, present);
    Ok(vec![Event::ScrutineersVoted { agree, disagree, abstain, approved }])
}

pub(super) fn note(words: &str) -> Decision {
    Ok(vec![Event::Noted { text: text(words)? }])
}

pub(super) fn suspend(state: &State, reason: &str) -> Decision {
    if state.suspended.is_some() {
        return Err(Refusal::Suspended);
    }
    // Nobody's time runs out during a pause.
    let paused = speaking::pause_clock(state).unwrap_or_default();
    Ok(paused.into_iter().chain([Event::Suspended { reason: text(reason)? }]).collect())
}

pub(super) fn resume(state: &State) -> Decision {
    if state.suspended.is_none() {
        return Err(Refusal::NotNow { command: super::CommandKind::Resume });
    }
    Ok(vec![Event::Resumed])
}

/// A box whose opening has been decided is counted before anything ends.
fn nothing_half_open(state: &State) -> Result<(), Refusal> {
    let opening = state.rounds_on_floor().any(|round| round.phase == RoundPhase::Opening);
    if opening { Err(Refusal::ItemNotFinished) } else { Ok(()) }
}

pub(super) fn adjourn(state: &State, ground: &AdjournGround) -> Decision {
    nothing_half_open(state)?;
    exam::none_runs(state)?;
    let ground = match ground {
        AdjournGround::NoQuorum if state.quorum_missed.is_none() => return Err(Refusal::QuorumNotMissed),
        AdjournGround::NoQuorum => AdjournGround::NoQuorum,
        AdjournGround::Decided { reason } => AdjournGround::Decided { reason: text(reason)? },
    };
    Ok(vec![Event::Adjourned { ground }])
}

pub(super) fn close(state: &State) -> Decision {
    debug_assert_eq!(state.phase, Phase::Open);
    if state.current_item().is_some() || state.next_item().is_some() {
        return Err(Refusal::ItemNotFinished);
    }
    result_objection::none_open(state)?;
    Ok(vec![Event::Closed])
}
