//! A change of the agenda that is put to the body before it is decided: every screen shows what is proposed, and whoever has a
//! vote can object from the own terminal to its being taken without a count. While it stands nothing else is called: it is
//! decided or withdrawn. A decision that was never put is lawful too: hands can be counted at once.

use super::agenda::{AgendaChange, AgendaVote, amendment};
use super::command::{Command, CommandKind};
use super::event::Event;
use super::floor::{quorum, text};
use super::ids::{Actor, SeatId};
use super::refusal::Refusal;
use super::state::{State, seat};

type Decision = Result<Vec<Event>, Refusal>;

/// A change of the agenda that waits for its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The how manieth of this meeting, from 1: an objection names it, so that it is never taken for one to the next.
    pub number: u32,
    /// What is proposed.
    pub change: AgendaChange,
    /// Why.
    pub reason: String,
    /// Who does not want it taken without a count.
    pub objected: Vec<SeatId>,
}

impl State {
    /// The change of the agenda that waits for its decision.
    pub fn proposal(&self) -> Option<&Proposal> {
        self.agenda.put.as_ref()
    }

    /// Whether somebody can object to the proposal's being taken without a count: has a vote, is here, and has not yet.
    pub fn may_object_to_proposal(&self, who: &SeatId) -> bool {
        let free = self.proposal().is_some_and(|proposal| !proposal.objected.contains(who));
        free && self.is_present(who) && has_vote(self, who)
    }
}

fn has_vote(state: &State, who: &SeatId) -> bool {
    state.plan().members().any(|person| seat(person) == *who)
}

/// The presiding officer puts a change to the body.
pub(super) fn put(state: &State, change: &AgendaChange, reason: &str) -> Decision {
    state.agenda_may_change()?;
    if state.proposal().is_some() {
        return Err(Refusal::ProposalStands);
    }
    amendment(state, change)?;
    let reason = text(reason)?;
    if let Some(missed) = quorum(state, None, &state.plan().meeting.quorum, state.present(), state.due())? {
        return Ok(vec![missed]);
    }
    let number = state.agenda.proposals.saturating_add(1);
    Ok(vec![Event::AgendaPut { number, change: change.clone(), reason }])
}

/// A member does not want it taken without a count.
pub(super) fn object(state: &State, actor: &Actor, number: u32) -> Decision {
    let Actor::Seat(who) = actor else {
        return Err(Refusal::NoRight { command: CommandKind::ObjectToAgenda });
    };
    let proposal = state.proposal().filter(|proposal| proposal.number == number);
    let proposal = proposal.ok_or(Refusal::NoProposal)?;
    if !state.is_present(who) {
        return Err(Refusal::NotPresent { seat: who.clone() });
    }
    if !has_vote(state, who) {
        return Err(Refusal::NoVoteHere { seat: who.clone() });
    }
    if proposal.objected.contains(who) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::AgendaObjected { number, seat: who.clone() }])
}

/// The presiding officer withdraws it.
pub(super) fn withdraw(state: &State) -> Decision {
    let number = state.proposal().ok_or(Refusal::NoProposal)?.number;
    Ok(vec![Event::AgendaWithdrawn { number }])
}

/// Whether a command can be given while a proposal stands.
pub(super) fn allows(state: &State, command: &Command) -> Result<(), Refusal> {
    let Some(proposal) = state.proposal() else { return Ok(()) };
    match command {
        Command::ChangeAgenda { change, decided, reason } => {
            if *change != proposal.change || reason.trim() != proposal.reason {
                return Err(Refusal::ProposalStands);
            }
            if *decided == AgendaVote::WithoutObjection && !proposal.objected.is_empty() {
                return Err(Refusal::SomebodyObjected { seats: proposal.objected.clone() });
            }
            Ok(())
        }
        Command::ApproveScrutineers { .. }
        | Command::MakeKey
        | Command::OpenItem { .. }
        | Command::DeferMatter { .. }
        | Command::Reconsider { .. }
        | Command::SettleObjection { .. }
        | Command::CloseMeeting => Err(Refusal::ProposalStands),
        _ => Ok(()),
    }
}

/// Folds what happens to a proposal.
pub(super) fn apply(state: &mut State, event: &Event) {
    match event {
        Event::AgendaPut { number, change, reason } => {
            state.quorum_missed = None;
            let (change, reason) = (change.clone(), reason.clone());
            state.agenda.put = Some(Proposal { number: *number, change, reason, objected: Vec::new() });
            state.agenda.proposals = *number;
            // What was decided before is no news any more.
            state.agenda.is_news = false;
        }
        Event::AgendaObjected { seat, .. } => {
            if let Some(proposal) = &mut state.agenda.put {
                proposal.objected.push(seat.clone());
            }
        }
        // Who adjourns leaves it undecided.
        Event::AgendaWithdrawn { .. }
        | Event::AgendaDecided(_)
        | Event::Adjourned { .. }
        | Event::AdjournedTo { .. } => state.agenda.put = None,
        _ => {}
    }
}
