//! A vote by name: one mechanism for a major matter and for an open vote. Each vote is signed by the voter's own key; for
//! somebody whose terminal does not work an officer enters it, and the record says so. Where the head votes last, nobody
//! who is present comes after.

use jiff::Timestamp;

use super::command::CommandKind;
use super::event::Event;
use super::floor::text;
use super::ids::{Actor, ItemId, SeatId};
use super::matter::vote_quorum;
use super::matter_state::{MatterPhase, NamedVote, Vote};
use super::refusal::Refusal;
use super::state::{ItemState, Stage, State, seat};
use crate::plan::{Item, ItemKind, Matter, OpenVote};
use crate::rules::{NamedChoice, OpenOutcome, Threshold};

type Decision = Result<Vec<Event>, Refusal>;

/// What can be said in the vote by name of an item, and when it is carried; none where an item has no such vote.
fn ruled(item: &Item) -> Option<([NamedChoice; 3], Threshold)> {
    match &item.kind {
        ItemKind::MajorMatter(matter) => Some((Matter::CHOICES, matter.carried)),
        ItemKind::OpenVote(vote) => Some((OpenVote::CHOICES, vote.carried)),
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Review(_)
        | ItemKind::Exam(_)
        | ItemKind::JointMeeting(_)
        | ItemKind::Deliberation(_) => None,
    }
}

/// What can be said in the vote by name of an item.
pub fn named_choices(item: &Item) -> &'static [NamedChoice] {
    match &item.kind {
        ItemKind::MajorMatter(_) => &Matter::CHOICES,
        ItemKind::OpenVote(_) => &OpenVote::CHOICES,
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Review(_)
        | ItemKind::Exam(_)
        | ItemKind::JointMeeting(_)
        | ItemKind::Deliberation(_) => &[],
    }
}

/// Opens the vote for the voters in the room. Whoever comes later does not vote, as with papers.
pub(super) fn open(state: &State, id: &ItemId, last: Option<SeatId>) -> Decision {
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    if let Some(missed) = vote_quorum(state, id)? {
        return Ok(vec![missed]);
    }
    let electorate = state.present_electors(planned).map(seat).collect();
    Ok(vec![Event::NamedVoteOpened { item: id.clone(), due: state.due_for(planned), electorate, last }])
}

/// The vote on the floor that is open, of this item.
fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
    command: CommandKind,
) -> Result<(&'a ItemState, &'a NamedVote), Refusal> {
    state.item(id).and_then(ruled).ok_or(Refusal::UnknownItem)?;
    if state.current_item().is_none_or(|item| item.id != *id) {
        return Err(Refusal::AnotherItemOpen);
    }
    state.current_named_vote().ok_or(Refusal::NotNow { command })
}

/// Whether somebody may vote now.
fn may_vote(state: &State, vote: &NamedVote, seat: &SeatId) -> Result<(), Refusal> {
    if !vote.electorate.contains(seat) {
        return Err(Refusal::NoVoteHere { seat: seat.clone() });
    }
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    match &vote.last {
        Some(last) if last == seat => {
            let waiting: Vec<SeatId> = state.unvoted(vote).cloned().collect();
            if waiting.is_empty() {
                Ok(())
            } else {
                Err(Refusal::HeadVotesLast { head: last.clone(), waiting })
            }
        }
        Some(last) if vote.vote(last).is_some() => Err(Refusal::HeadHasVoted { head: last.clone() }),
        _ => Ok(()),
    }
}

fn allowed(state: &State, id: &ItemId, choice: NamedChoice) -> Result<(), Refusal> {
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    if named_choices(planned).contains(&choice) { Ok(()) } else { Err(Refusal::NoSuchChoice) }
}

pub(super) fn vote(state: &State, actor: &Actor, id: &ItemId, choice: NamedChoice) -> Decision {
    let command = CommandKind::VoteByName;
    let (_, named) = on_floor(state, id, command)?;
    let seat = actor.seat().ok_or(Refusal::NoRight { command })?;
    allowed(state, id, choice)?;
    match named.vote(seat) {
        Some(there) if there.choice == Some(choice) && there.entered.is_none() => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::AlreadyVoted { seat: seat.clone() }),
        None => {}
    }
    may_vote(state, named, seat)?;
    Ok(vec![Event::VotedByName { item: id.clone(), seat: seat.clone(), choice: Some(choice), entered: None }])
}

/// For somebody whose terminal does not work, or who does not vote: with the reason.
pub(super) fn enter(
    state: &State,
    id: &ItemId,
    seat: &SeatId,
    choice: Option<NamedChoice>,
    reason: &str,
) -> Decision {
    let (_, named) = on_floor(state, id, CommandKind::EnterVote)?;
    state.plan().person(seat.as_str()).ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })?;
    if let Some(choice) = choice {
        allowed(state, id, choice)?;
    }
    if named.vote(seat).is_some() {
        return Err(Refusal::AlreadyVoted { seat: seat.clone() });
    }
    may_vote(state, named, seat)?;
    let entered = Some(text(reason)?);
    Ok(vec![Event::VotedByName { item: id.clone(), seat: seat.clone(), choice, entered }])
}

/// Everybody present has voted, the head last. Who left without voting stands in the record without a vote.
pub(super) fn close(state: &State, id: &ItemId) -> Decision {
    let (_, named) = on_floor(state, id, CommandKind::CloseNamedVote)?;
    let last = named.last.iter().filter(|last| state.is_present(last) && named.vote(last).is_none());
    let waiting: Vec<SeatId> = state.unvoted(named).chain(last).cloned().collect();
    if !waiting.is_empty() {
        return Err(Refusal::VotesMissing { waiting });
    }
    let (_, rule) = state.item(id).and_then(ruled).ok_or(Refusal::UnknownItem)?;
    Ok(vec![Event::NamedVoteClosed { item: id.clone(), outcome: outcome(named, &rule) }])
}

/// The outcome of a vote by its rule.
fn outcome(named: &NamedVote, rule: &Threshold) -> OpenOutcome {
    named.count().outcome(rule, named.due, named.present())
}

/// Folds an event of a vote by name. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::NamedVoteOpened { item, due, electorate, last } => {
            state.quorum_missed = None;
            if let Some(item) = state.item_mut(item) {
                item.stage = Stage::NamedVote;
                if let Some(matter) = item.matter_mut() {
                    matter.phase = MatterPhase::Over;
                }
                item.named = Some(NamedVote {
                    due: *due,
                    electorate: electorate.clone(),
                    last: last.clone(),
                    votes: Vec::new(),
                    outcome: None,
                });
            }
        }
        Event::VotedByName { item, seat, choice, entered } => {
            let vote = Vote { seat: seat.clone(), choice: *choice, entered: entered.clone(), time };
            with(state, item, |named| named.votes.push(vote));
        }
        Event::NamedVoteClosed { item, outcome } => {
            with(state, item, |named| named.outcome = Some(*outcome));
        }
        _ => return false,
    }
    true
}

fn with(state: &mut State, item: &ItemId, change: impl FnOnce(&mut NamedVote)) {
    if let Some(named) = state.item_mut(item).and_then(|item| item.named.as_mut()) {
        change(named);
    }
}
