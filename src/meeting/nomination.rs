//! A nomination before and after its ballot: introduction, recusal, deliberation, deferral, declaration.
//! Source: `domain.md` section 1. Those whom a line concerns leave for the deliberation *only* and come back to
//! vote on every line, their own too; they count as present throughout.

use super::contest;
use super::event::{Event, VoidReason};
use super::floor::{own_or_officer, quorum, text};
use super::ids::{Actor, ItemId, LineId, SeatId};
use super::refusal::Refusal;
use super::round::RoundPhase;
use super::state::{ItemState, Stage, State, count};
use crate::plan::Nomination;

type Decision = Result<Vec<Event>, Refusal>;

/// An item and its nomination, or the refusal that names the fault.
pub(super) fn find<'a>(state: &'a State, id: &ItemId) -> Result<(&'a ItemState, &'a Nomination), Refusal> {
    let item = state.item(id).ok_or(Refusal::UnknownItem)?;
    let progress = state.item_state(id).ok_or(Refusal::UnknownItem)?;
    Ok((progress, item.nomination().ok_or(Refusal::UnknownItem)?))
}

/// The item on the floor; refused where the command names another.
fn on_floor<'a>(state: &'a State, id: &ItemId) -> Result<(&'a ItemState, &'a Nomination), Refusal> {
    let found = find(state, id)?;
    if state.current_item().is_some_and(|item| item.id == *id) {
        Ok(found)
    } else {
        Err(Refusal::AnotherItemOpen)
    }
}

pub(super) fn open(state: &State, id: &ItemId) -> Decision {
    let item = state.item_state(id).ok_or(Refusal::UnknownItem)?;
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    if planned.is_secret() && !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    if state.current_item().is_some() {
        return Err(Refusal::AnotherItemOpen);
    }
    if item.stage != Stage::ToCome || state.next_item().is_some_and(|next| next.id != *id) {
        return Err(Refusal::NotNextItem);
    }
    super::matter::may_open(state, item)?;
    let (present, due) = (state.present_for(planned), state.due_for(planned));
    let missed = quorum(state, Some(id), planned.quorum(), present, due)?;
    if let Some(missed) = missed {
        return Ok(vec![missed]);
    }
    let barred = super::barred::lines(state, planned).into_iter().map(|(line, bar)| bar.event(id, line));
    Ok(std::iter::once(Event::ItemOpened { item: id.clone() }).chain(barred).collect())
}

pub(super) fn introduce(state: &State, id: &ItemId, line: &LineId) -> Decision {
    let (item, nomination) = on_floor(state, id)?;
    nomination.line(line.as_str()).ok_or(Refusal::UnknownLine)?;
    if item.introduced.last() == Some(line) {
        return Err(Refusal::AlreadyIntroduced);
    }
    Ok(vec![Event::Introduced { item: id.clone(), line: line.clone() }])
}

pub(super) fn begin_recusal(state: &State, id: &ItemId) -> Decision {
    let (item, nomination) = on_floor(state, id)?;
    let left = count(item.to_introduce(nomination));
    if left > 0 {
        return Err(Refusal::NotAllIntroduced { left });
    }
    let leaving = state.concerned(item, nomination).map(|seat| Event::Recused { item: id.clone(), seat });
    Ok(std::iter::once(Event::RecusalBegan { item: id.clone() }).chain(leaving).collect())
}

pub(super) fn recuse(state: &State, actor: &Actor, id: &ItemId, seat: &SeatId) -> Decision {
    own_or_officer(state, actor, seat)?;
    if state.item(id).is_some_and(|item| item.review().is_some()) {
        return super::review::recuse(state, id, seat);
    }
    let (item, _) = on_floor(state, id)?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if item.recused.contains(seat) {
        return Err(Refusal::AlreadyRecused { seat: seat.clone() });
    }
    Ok(vec![Event::Recused { item: id.clone(), seat: seat.clone() }])
}

pub(super) fn return_one(state: &State, id: &ItemId, seat: &SeatId) -> Decision {
    let (item, nomination) = on_floor(state, id)?;
    if !item.recused.contains(seat) {
        return Err(Refusal::NotRecused { seat: seat.clone() });
    }
    let concerned = nomination.lines.iter().any(|line| line.concerns(seat.as_str()));
    if item.stage == Stage::Deliberating && concerned {
        return Err(Refusal::StillInRoom { seats: vec![seat.clone()] });
    }
    Ok(vec![Event::Returned { item: id.clone(), seat: seat.clone() }])
}

pub(super) fn begin_deliberation(state: &State, id: &ItemId) -> Decision {
    let (item, nomination) = on_floor(state, id)?;
    let seats: Vec<SeatId> =
        state.concerned(item, nomination).filter(|seat| !item.recused.contains(seat)).collect();
    if seats.is_empty() {
        Ok(vec![Event::DeliberationBegan { item: id.clone() }])
    } else {
        Err(Refusal::StillInRoom { seats })
    }
}

pub(super) fn end_deliberation(state: &State, id: &ItemId) -> Decision {
    let (item, _) = on_floor(state, id)?;
    let deferred = super::term::end(state, id)?;
    let back = item.recused.iter().map(|seat| Event::Returned { item: id.clone(), seat: seat.clone() });
    let ended = std::iter::once(Event::DeliberationEnded { item: id.clone() });
    Ok(ended.chain(back).chain(deferred).collect())
}

pub(super) fn defer(state: &State, id: &ItemId, line: &LineId, reason: &str) -> Decision {
    let (item, nomination) = on_floor(state, id)?;
    // A major matter is deferred as a whole.
    if item.matter().is_some() {
        return Err(Refusal::NotNow { command: super::CommandKind::Defer });
    }
    nomination.line(line.as_str()).ok_or(Refusal::UnknownLine)?;
    if !item.is_at_stake(line) {
        return Err(Refusal::LineNotAtStake);
    }
    if item.deferred.contains_key(line) {
        return Err(Refusal::AlreadyDeferred);
    }
    Ok(vec![Event::Deferred { item: id.clone(), line: line.clone(), reason: text(reason)? }])
}

pub(super) fn undefer(state: &State, id: &ItemId, line: &LineId) -> Decision {
    let (item, _) = on_floor(state, id)?;
    super::term::may_undefer(state, id)?;
    if !item.is_at_stake(line) {
        return Err(Refusal::LineNotAtStake);
    }
    if !item.deferred.contains_key(line) {
        return Err(Refusal::NotDeferred);
    }
    Ok(vec![Event::Undeferred { item: id.clone(), line: line.clone() }])
}

/// A counted ballot is declared, once the scrutineers have answered to the result sheet; an item whose lines are all
/// deferred or barred is declared without one, and so is one whose box was not to be opened: then nothing was decided.
pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (item, _) = on_floor(state, id)?;
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let counted = item.round().is_some_and(|round| round.phase == RoundPhase::Counted);
    let all_deferred = item.stage == Stage::Deliberated && item.lines_to_vote(planned).next().is_none();
    let undecided = item.rounds_together().any(|round| {
        let why = round.void.as_ref();
        why.is_some_and(|why| matches!(why, VoidReason::TooFew { .. } | VoidReason::Unopenable { .. }))
    });
    if counted {
        contest::is_over(state, item)?;
        sheet_answered(state, item)?;
        if item.matter().is_some() {
            super::matter::signed(state, id)?;
        }
    }
    if counted || all_deferred || undecided {
        Ok(vec![Event::Declared { item: id.clone() }])
    } else {
        Err(Refusal::NotNow { command: super::CommandKind::Declare })
    }
}

/// Nothing is declared before enough scrutineers have signed the result sheet, or said why they do not.
pub(super) fn sheet_answered(state: &State, item: &ItemState) -> Result<(), Refusal> {
    if super::sheet_is_answered(state, item.rounds_together()) {
        return Ok(());
    }
    let answered = item.rounds_together().map(|round| count(round.sheet.iter())).min().unwrap_or(0);
    Err(Refusal::SheetNotSigned { answered, needed: state.scrutineers_needed() })
}
