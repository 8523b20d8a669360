//! An open vote: hands that are counted and add up to those present, votes by name, or no objection. For the agenda, the
//! scrutineers, the rules of an election.

use super::command::CommandKind;
use super::event::Event;
use super::floor::{hands_add_up, own_or_officer};
use super::ids::{Actor, ItemId, SeatId};
use super::matter::vote_quorum;
use super::matter_state::{OpenVoteState, Taken};
use super::named_vote;
use super::refusal::Refusal;
use super::state::{ItemState, State, seat};
use crate::plan::{OpenVote, VoteAbout, VoteHow};
use crate::rules::{Decided, NamedCount};

type Decision = Result<Vec<Event>, Refusal>;

fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
) -> Result<(&'a ItemState, &'a OpenVote, &'a OpenVoteState), Refusal> {
    let plan = state.item(id).and_then(|item| item.open_vote()).ok_or(Refusal::UnknownItem)?;
    let item = state.current_item().filter(|item| item.id == *id).ok_or(Refusal::AnotherItemOpen)?;
    Ok((item, plan, item.open_vote().ok_or(Refusal::UnknownItem)?))
}

/// Puts the question to a vote by name, where the plan wants that.
pub(super) fn put_to_vote(state: &State, id: &ItemId) -> Decision {
    let (_, plan, _) = on_floor(state, id)?;
    if plan.how != VoteHow::ByName {
        return Err(Refusal::OtherWay { how: plan.how });
    }
    named_vote::open(state, id, None)
}

/// Hands are counted where the plan wants that, or where somebody objected to going without. Until the result is
/// declared they can be counted again: the last count stands.
pub(super) fn count_hands(state: &State, id: &ItemId, counts: (u32, u32, u32)) -> Decision {
    let (_, plan, vote) = on_floor(state, id)?;
    let counted = match plan.how {
        VoteHow::Hands => true,
        VoteHow::WithoutObjection => !vote.objected.is_empty(),
        VoteHow::ByName => false,
    };
    if !counted {
        return Err(Refusal::OtherWay { how: plan.how });
    }
    if let Some(missed) = vote_quorum(state, id)? {
        return Ok(vec![missed]);
    }
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let (due, present) = (state.due_for(planned), state.present_for(planned));
    let (agree, disagree, abstain) = counts;
    hands_add_up([agree, disagree, abstain], present)?;
    let count = NamedCount { agree, disagree, abstain, ..NamedCount::default() };
    let outcome = count.outcome(&plan.carried, due, present);
    Ok(vec![Event::HandsCounted { item: id.clone(), due, present, outcome }])
}

/// Somebody does not want it taken without a count.
pub(super) fn object(state: &State, actor: &Actor, id: &ItemId, who: &SeatId) -> Decision {
    own_or_officer(state, actor, who)?;
    let (_, plan, vote) = on_floor(state, id)?;
    if plan.how != VoteHow::WithoutObjection {
        return Err(Refusal::OtherWay { how: plan.how });
    }
    if vote.taken.is_some() {
        return Err(Refusal::NotNow { command: CommandKind::ObjectToVote });
    }
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    if !state.is_present(who) {
        return Err(Refusal::NotPresent { seat: who.clone() });
    }
    if !state.plan().electors(planned).any(|person| seat(person) == *who) {
        return Err(Refusal::NoVoteHere { seat: who.clone() });
    }
    if vote.objected.contains(who) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ObjectedToVote { item: id.clone(), seat: who.clone() }])
}

/// Nobody objected.
pub(super) fn take_without_objection(state: &State, id: &ItemId) -> Decision {
    let (_, plan, vote) = on_floor(state, id)?;
    if plan.how != VoteHow::WithoutObjection {
        return Err(Refusal::OtherWay { how: plan.how });
    }
    if !vote.objected.is_empty() {
        return Err(Refusal::SomebodyObjected { seats: vote.objected.clone() });
    }
    if vote.taken.is_some() {
        return Ok(Vec::new());
    }
    if let Some(missed) = vote_quorum(state, id)? {
        return Ok(vec![missed]);
    }
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let (due, present) = (state.due_for(planned), state.present_for(planned));
    Ok(vec![Event::TakenWithoutObjection { item: id.clone(), due, present }])
}

/// The result is declared; a vote on the scrutineers is the vote by which they are approved, or not.
pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (item, plan, vote) = on_floor(state, id)?;
    let outcome = state.open_outcome(item);
    if outcome.is_none() && vote.taken.is_none() {
        return Err(Refusal::NotNow { command: CommandKind::Declare });
    }
    let declared = Event::Declared { item: id.clone() };
    let scrutineers = outcome.filter(|_| plan.about == VoteAbout::Scrutineers).map(|outcome| {
        let NamedCount { agree, disagree, abstain, .. } = outcome.count;
        Event::ScrutineersVoted { agree, disagree, abstain, approved: outcome.decided == Decided::Carried }
    });
    Ok([declared].into_iter().chain(scrutineers).collect())
}

/// Folds an event of an open vote. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event) -> bool {
    match event {
        Event::HandsCounted { item, due, present, outcome } => {
            state.quorum_missed = None;
            let taken = Taken::Hands { due: *due, present: *present, outcome: *outcome };
            with(state, item, |vote| vote.taken = Some(taken));
        }
        Event::ObjectedToVote { item, seat } => {
            with(state, item, |vote| vote.objected.push(seat.clone()));
        }
        Event::TakenWithoutObjection { item, due, present } => {
            state.quorum_missed = None;
            let taken = Taken::WithoutObjection { due: *due, present: *present };
            with(state, item, |vote| vote.taken = Some(taken));
        }
        _ => return false,
    }
    true
}

fn with(state: &mut State, item: &ItemId, change: impl FnOnce(&mut OpenVoteState)) {
    if let Some(vote) = state.item_mut(item).and_then(|item| item.open_vote_mut()) {
        change(vote);
    }
}
