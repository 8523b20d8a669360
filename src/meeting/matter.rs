//! A major matter, on which the head speaks last (末位表态): introduction → members asked in turn → the head → summing up
//! → put to the vote or deferred. Source: `domain.md` section 3. What was not notified to every member in advance does
//! not open; nobody who is present and has not been heard comes after the head.

use jiff::Timestamp;
use jiff::civil::Date;

use super::business::Business;
use super::command::CommandKind;
use super::event::Event;
use super::floor::{own_or_officer, quorum, text};
use super::ids::{Actor, ItemId, SeatId};
use super::matter_state::{MatterPhase, MatterState, Signed, Statement, with_head};
use super::named_vote;
use super::refusal::Refusal;
use super::round::RoundPhase;
use super::state::{ItemState, Stage, State};
use crate::plan::{Matter, SpeakingOrder};

type Decision = Result<Vec<Event>, Refusal>;

/// The matter on the floor; refused where the command names another item.
fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
) -> Result<(&'a ItemState, &'a Matter, &'a MatterState), Refusal> {
    planned(state, id)?;
    state.current_matter().filter(|(item, ..)| item.id == *id).ok_or(Refusal::AnotherItemOpen)
}

fn planned<'a>(state: &'a State, id: &ItemId) -> Result<&'a Matter, Refusal> {
    state.item(id).and_then(|item| item.matter()).ok_or(Refusal::UnknownItem)
}

/// The matter on the floor in this phase.
fn at<'a>(
    state: &'a State,
    id: &ItemId,
    phase: MatterPhase,
    command: CommandKind,
) -> Result<(&'a Matter, &'a MatterState), Refusal> {
    let (_, plan, matter) = on_floor(state, id)?;
    if matter.phase == phase { Ok((plan, matter)) } else { Err(Refusal::NotNow { command }) }
}

fn head(plan: &Matter) -> SeatId {
    SeatId::from(plan.head.as_str())
}

fn head_is_here(state: &State, plan: &Matter) -> Result<SeatId, Refusal> {
    let head = head(plan);
    if state.is_present(&head) { Ok(head) } else { Err(Refusal::HeadAbsent { head }) }
}

/// What holds a matter back from being called: nothing that was not notified is tabled, and nobody speaks last who is not
/// there.
pub(super) fn may_open(state: &State, item: &ItemState) -> Result<(), Refusal> {
    let Some(plan) = state.item(&item.id).and_then(|item| item.matter()) else { return Ok(()) };
    let missing = state.not_notified(item);
    if !missing.is_empty() {
        return Err(Refusal::NotNotified { missing });
    }
    head_is_here(state, plan).map(|_| ())
}

/// Notices that were given before the meeting and do not stand in the plan.
pub(super) fn record_notice(state: &State, id: &ItemId, seats: &[SeatId], on: Date) -> Decision {
    planned(state, id)?;
    let item = state.item_state(id).filter(|item| item.stage == Stage::ToCome);
    let item = item.ok_or(Refusal::NotNow { command: CommandKind::RecordNotice })?;
    let meeting = state.plan().meeting.date;
    if on >= meeting {
        return Err(Refusal::NoticeTooLate { on, meeting });
    }
    let voters = state.item(id).map(|item| item.electors()).unwrap_or_default();
    for seat in seats {
        let person = state.plan().person(seat.as_str());
        let person = person.ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })?;
        if !voters.contains(&person.group) {
            return Err(Refusal::NoVoteHere { seat: seat.clone() });
        }
    }
    let missing = state.not_notified(item);
    let seats: Vec<SeatId> = missing.into_iter().filter(|seat| seats.contains(seat)).collect();
    if seats.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::NoticeRecorded { item: id.clone(), seats, on }])
}

/// The introduction is over. Where the order is drawn, the hub draws next.
pub(super) fn begin_statements(state: &State, id: &ItemId) -> Decision {
    let (plan, _) = at(state, id, MatterPhase::Introducing, CommandKind::BeginStatements)?;
    Ok(vec![match plan.order {
        SpeakingOrder::Plan => Event::StatementsBegan { item: id.clone() },
        SpeakingOrder::Lot => Event::SpeakersAsked { item: id.clone() },
    }])
}

pub(super) fn fix_speakers(state: &State, id: &ItemId, order: &[SeatId]) -> Decision {
    let (plan, _) = at(state, id, MatterPhase::Drawing, CommandKind::FixSpeakers)?;
    let mut drawn: Vec<&str> = order.iter().map(SeatId::as_str).collect();
    let mut planned: Vec<&str> = plan.speakers.iter().map(String::as_str).collect();
    drawn.sort_unstable();
    planned.sort_unstable();
    // The lot is of those before the head: the head's place is not drawn.
    if drawn != planned {
        return Err(Refusal::WrongSpeakers);
    }
    Ok(vec![
        Event::SpeakersDrawn { item: id.clone(), order: order.to_vec() },
        Event::StatementsBegan { item: id.clone() },
    ])
}

/// Members are asked in turn. Whoever comes late is asked when they are here, and before the head.
pub(super) fn ask(state: &State, id: &ItemId, seat: &SeatId) -> Decision {
    let command = CommandKind::AskMember;
    let (_, matter) = at(state, id, MatterPhase::Stating, command)?;
    let is_head = matter.order.last() == Some(seat);
    let waiting: Vec<SeatId> = state.unheard(matter).cloned().collect();
    if is_head && !waiting.is_empty() {
        return Err(Refusal::HeadSpeaksLast { head: seat.clone(), waiting });
    }
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if matter.statement(seat).is_some() {
        return Err(Refusal::AlreadyHeard { seat: seat.clone() });
    }
    if let Some(head) = matter.order.last().filter(|head| matter.statement(head).is_some()) {
        return Err(Refusal::HeadHasSpoken { head: head.clone() });
    }
    match state.being_heard(matter) {
        Some(asked) if asked == seat => return Ok(Vec::new()),
        // The head gives way to somebody who has just come.
        Some(asked) if matter.order.last() != Some(asked) => {
            return Err(Refusal::StillAsked { seat: asked.clone() });
        }
        _ => {}
    }
    let next = state.next_speaker(matter).ok_or(Refusal::NotNow { command })?;
    if next != seat {
        return Err(Refusal::NotNextToSpeak { next: next.clone() });
    }
    Ok(vec![Event::MemberAsked { item: id.clone(), seat: seat.clone() }])
}

/// Whether what somebody says may go into the record now: the member has been asked, and nobody present comes after the
/// head. The same for what the console takes down and for what a terminal sends.
fn may_be_heard(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    seat: &SeatId,
    command: CommandKind,
) -> Result<(), Refusal> {
    own_or_officer(state, actor, seat)?;
    let (_, matter) = at(state, id, MatterPhase::Stating, command)?;
    if !matter.order.contains(seat) {
        return Err(Refusal::NoVoteHere { seat: seat.clone() });
    }
    if matter.statement(seat).is_some() {
        return Err(Refusal::AlreadyHeard { seat: seat.clone() });
    }
    let head = matter.order.last();
    if head == Some(seat) {
        let waiting: Vec<SeatId> = state.unheard(matter).cloned().collect();
        if !waiting.is_empty() {
            return Err(Refusal::HeadSpeaksLast { head: seat.clone(), waiting });
        }
    } else if let Some(head) = head.filter(|head| matter.statement(head).is_some()) {
        return Err(Refusal::HeadHasSpoken { head: head.clone() });
    }
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if state.being_heard(matter) == Some(seat) {
        Ok(())
    } else {
        Err(Refusal::NotAsked { seat: seat.clone() })
    }
}

pub(super) fn state_view(state: &State, actor: &Actor, id: &ItemId, seat: &SeatId, words: &str) -> Decision {
    may_be_heard(state, actor, id, seat, CommandKind::GiveStatement)?;
    Ok(vec![Event::StatementGiven { item: id.clone(), seat: seat.clone(), text: text(words)? }])
}

pub(super) fn pass(state: &State, actor: &Actor, id: &ItemId, seat: &SeatId) -> Decision {
    may_be_heard(state, actor, id, seat, CommandKind::PassStatement)?;
    Ok(vec![Event::StatementPassed { item: id.clone(), seat: seat.clone() }])
}

/// The head sums up, after having been heard last; said again, the last version stands.
pub(super) fn sum_up(state: &State, actor: &Actor, id: &ItemId, words: &str) -> Decision {
    let command = CommandKind::SumUp;
    let (_, plan, matter) = on_floor(state, id)?;
    own_or_officer(state, actor, &head(plan))?;
    if !matches!(matter.phase, MatterPhase::Stating | MatterPhase::SummedUp) {
        return Err(Refusal::NotNow { command });
    }
    let head = head_is_here(state, plan)?;
    if matter.statement(&head).is_none() {
        let waiting: Vec<SeatId> = state.unheard(matter).cloned().chain([head]).collect();
        return Err(Refusal::NotAllHeard { waiting });
    }
    Ok(vec![Event::SummedUp { item: id.clone(), text: text(words)? }])
}

/// The head puts it to the vote, by name or, where the plan wants that, by secret ballot.
pub(super) fn put_to_vote(state: &State, id: &ItemId) -> Decision {
    let (plan, _) = at(state, id, MatterPhase::SummedUp, CommandKind::PutToVote)?;
    let head = head_is_here(state, plan)?;
    if plan.secret.is_some() {
        return Ok(vec![Event::PutToVote { item: id.clone() }]);
    }
    named_vote::open(state, id, Some(head))
}

/// Views differ, or something is unclear: it is deferred, with the reason; also where it cannot be called. Nothing that
/// has been put to the vote by name or by papers is.
pub(super) fn defer(state: &State, id: &ItemId, reason: &str) -> Decision {
    let command = CommandKind::DeferMatter;
    planned(state, id)?;
    let item = state.item_state(id).ok_or(Refusal::UnknownItem)?;
    match item.stage {
        Stage::ToCome if state.current_item().is_some() => return Err(Refusal::AnotherItemOpen),
        Stage::ToCome if state.next_item().is_some_and(|next| next.id != *id) => {
            return Err(Refusal::NotNextItem);
        }
        Stage::ToCome | Stage::Stating | Stage::Deliberated => {}
        _ => return Err(Refusal::NotNow { command }),
    }
    Ok(vec![Event::MatterDeferred { item: id.clone(), reason: text(reason)? }])
}

/// Whether the vote on the floor is over, so that the head can sign.
fn is_decided(item: &ItemState) -> bool {
    let counted = item.round().is_some_and(|round| round.phase == RoundPhase::Counted);
    counted || item.named.as_ref().is_some_and(|vote| vote.outcome.is_some())
}

pub(super) fn sign(state: &State, actor: &Actor, id: &ItemId, record: &str) -> Decision {
    let command = CommandKind::SignMatter;
    let (item, plan, matter) = on_floor(state, id)?;
    if actor.seat() != Some(&head(plan)) {
        return Err(Refusal::OnlyTheHead { head: head(plan) });
    }
    if !is_decided(item) {
        return Err(Refusal::NotNow { command });
    }
    if state.matter_hash(item) != record {
        return Err(Refusal::OtherResult);
    }
    match &matter.signed {
        Some(Signed::ByKey { .. }) => Ok(Vec::new()),
        _ => Ok(vec![Event::MatterSigned { item: id.clone(), record: record.to_owned() }]),
    }
}

/// The head does not sign with the own key; the record says why.
pub(super) fn leave_unsigned(state: &State, id: &ItemId, reason: &str) -> Decision {
    let (item, _, matter) = on_floor(state, id)?;
    if !is_decided(item) || matter.signed.is_some() {
        return Err(Refusal::NotNow { command: CommandKind::LeaveUnsigned });
    }
    Ok(vec![Event::LeftUnsigned { item: id.clone(), reason: text(reason)? }])
}

/// Nothing is declared before the head has signed, or the record says why not.
pub(super) fn signed(state: &State, id: &ItemId) -> Result<(), Refusal> {
    let (_, plan, matter) = on_floor(state, id)?;
    if matter.signed.is_some() { Ok(()) } else { Err(Refusal::HeadNotSigned { head: head(plan) }) }
}

/// A matter that was voted on by name.
pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (item, ..) = on_floor(state, id)?;
    if !is_decided(item) {
        return Err(Refusal::NotNow { command: CommandKind::Declare });
    }
    signed(state, id)?;
    Ok(vec![Event::Declared { item: id.clone() }])
}

/// The quorum of an item, tested when it is put to the vote in the open.
pub(super) fn vote_quorum(state: &State, id: &ItemId) -> Result<Option<Event>, Refusal> {
    let item = state.item(id).ok_or(Refusal::UnknownItem)?;
    quorum(state, Some(id), item.quorum(), state.present_for(item), state.due_for(item))
}

// ---- folding ----------------------------------------------------------------------------------------------------

/// Folds an event of a major matter. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, by: &Actor, time: Timestamp) -> bool {
    match event {
        Event::NoticeRecorded { item, seats, on } => {
            if let Some(item) = state.item_mut(item) {
                item.notices.extend(seats.iter().map(|seat| (seat.clone(), *on)));
            }
        }
        Event::StatementsBegan { item } => with(state, item, |matter| matter.phase = MatterPhase::Stating),
        Event::SpeakersAsked { item } => with(state, item, |matter| matter.phase = MatterPhase::Drawing),
        Event::SpeakersDrawn { item, order } => {
            let drawn = state
                .item(item)
                .and_then(|item| item.matter())
                .map(|plan| with_head(plan, order.iter().cloned()));
            with(state, item, |matter| matter.order = drawn.unwrap_or_default());
        }
        Event::MemberAsked { item, seat } => {
            with(state, item, |matter| matter.asked = Some(seat.clone()));
        }
        Event::StatementGiven { item, seat, text } => {
            heard(
                state,
                item,
                Statement { seat: seat.clone(), text: Some(text.clone()), by: by.clone(), time },
            );
        }
        Event::StatementPassed { item, seat } => {
            heard(state, item, Statement { seat: seat.clone(), text: None, by: by.clone(), time });
        }
        Event::SummedUp { item, text } => with(state, item, |matter| {
            matter.phase = MatterPhase::SummedUp;
            matter.summing_up = Some(text.clone());
        }),
        Event::PutToVote { item } => {
            with(state, item, |matter| matter.phase = MatterPhase::Over);
            if let Some(item) = state.item_mut(item) {
                item.stage = Stage::Deliberated;
            }
        }
        Event::MatterDeferred { item, reason } => {
            let Some(opened) = state.item(item).map(Business::opened) else { return true };
            if let Some(item) = state.item_mut(item) {
                item.stage = Stage::Declared;
                // One that could not be called has nothing yet.
                if item.matter().is_none() {
                    item.business = opened;
                }
            }
            with(state, item, |matter| {
                matter.phase = MatterPhase::Over;
                matter.deferred = Some(reason.clone());
            });
        }
        Event::MatterSigned { item, record } => with(state, item, |matter| {
            matter.signed = Some(Signed::ByKey { record: record.clone() });
        }),
        Event::LeftUnsigned { item, reason } => with(state, item, |matter| {
            matter.signed = Some(Signed::Not { reason: reason.clone() });
        }),
        _ => return false,
    }
    true
}

fn heard(state: &mut State, item: &ItemId, statement: Statement) {
    with(state, item, |matter| matter.statements.push(statement));
}

fn with(state: &mut State, item: &ItemId, change: impl FnOnce(&mut MatterState)) {
    if let Some(matter) = state.item_mut(item).and_then(|item| item.matter_mut()) {
        change(matter);
    }
}
