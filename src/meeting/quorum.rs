//! The figures against which a quorum is tested: when the meeting opens, when papers are issued, and when voting opens; and
//! whether one that was missed is there by now.

use super::event::QuorumMissed;
use super::ids::ItemId;
use super::round::RoundPhase;
use super::state::{ItemState, Stage, State, number, seat};
use crate::rules::Threshold;

/// Whether the quorum that was missed is there by now.
pub(super) fn holds_again(state: &State, missed: &QuorumMissed) -> bool {
    tested(state, missed.item.as_ref()).is_some_and(|(rule, present, due)| rule.holds(present, due))
}

/// The rule by which the next step of an item, or the opening of the meeting, is tested; who is present, who is due.
fn tested(state: &State, item: Option<&ItemId>) -> Option<(Threshold, u32, u32)> {
    let Some(id) = item else {
        return Some((state.plan().meeting.quorum, state.present(), state.due()));
    };
    let (planned, item) = (state.item(id)?, state.item_state(id)?);
    if let Some(joint) = planned.joint() {
        return Some((joint.quorum, state.present_for(planned), state.due_for(planned)));
    }
    let before_voting = matches!(item.stage, Stage::Balloting | Stage::Reviewing)
        && item.round().is_some_and(|round| is_before_voting(round.phase));
    if before_voting { at_vote(state, item) } else { at_issue(state, item) }
}

/// By which papers are issued: of those entitled, who is here. Who stands aside for the official on the floor is neither.
pub(super) fn at_issue(state: &State, item: &ItemState) -> Option<(Threshold, u32, u32)> {
    let planned = state.item(&item.id)?;
    let official = item.review().and_then(|review| review.current()).map(|(_, official)| official);
    let aside = |who: &_| official.is_some_and(|official| official.recused.contains(who));
    let entitled = || state.plan().electors(planned).map(seat).filter(|who| !aside(who));
    let present = number(entitled().filter(|who| state.is_present(who)).count());
    Some((*planned.quorum(), present, number(entitled().count())))
}

/// By which voting opens, for the electorate: somebody who came late does not stand in for one of them.
pub(super) fn at_vote(state: &State, item: &ItemState) -> Option<(Threshold, u32, u32)> {
    let rounds = || item.rounds_together();
    let here = rounds().flat_map(|round| &round.issue.electorate).filter(|seat| state.is_present(seat));
    let due = rounds().map(|round| round.issue.due).sum();
    Some((*state.item(&item.id)?.quorum(), number(here.count()), due))
}

const fn is_before_voting(phase: RoundPhase) -> bool {
    matches!(phase, RoundPhase::Issuing | RoundPhase::Registering | RoundPhase::Confirming)
}
