//! Which duty a scrutineer's terminal has on just now.

use super::page;
use crate::client::View;
use crate::meeting::{BallotId, ItemId, RoundPhase, State, Step, next_step};
use crate::plan::Duty;

/// Something that a scrutineer does, or watches, at the own terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The share that the terminal keeps is opened with the code on the slip.
    Unlock,
    /// The key is being made.
    MakeKey,
    /// Heads are counted.
    Heads(ItemId),
    /// The room code is compared.
    Room,
    /// Terminals that have not confirmed the box.
    Missing,
    /// The box is being opened.
    Opening,
    /// Papers are counted: of this ballot, after so many counts that differed.
    Papers {
        /// The ballot.
        ballot: BallotId,
        /// How often two counts differed before.
        attempt: usize,
    },
    /// The result sheet.
    Sheet(ItemId),
}

/// The duty that is on; none for who is no scrutineer.
pub fn task(view: &View, state: &State) -> Option<Task> {
    let seat = page::my_seat(view)?;
    if view.locked {
        return Some(Task::Unlock);
    }
    if !page::has_duty(view, state, Duty::Scrutineer) || !state.scrutineers_approved() {
        return None;
    }
    if state.ceremony.as_ref().is_some_and(|ceremony| ceremony.scrutineers.contains(seat)) {
        return Some(Task::MakeKey);
    }
    let item = state.current_item()?;
    let counted = || item.rounds_together().any(|round| round.phase == RoundPhase::Counted);
    match next_step(state)? {
        Step::CountHeads(item) => Some(Task::Heads(item)),
        // Whoever has counted sees how it stands until papers are issued, and can correct it.
        Step::OpenIssue(id) if item.heads.contains_key(seat) => Some(Task::Heads(id)),
        Step::ConfirmList(_) | Step::CompareRoom(_) if state.room.due && state.room.head.is_some() => {
            Some(Task::Room)
        }
        Step::CheckBox(_) => Some(Task::Missing),
        Step::AwaitCount(_) | Step::DeclareUnopenable(_) => {
            let key = state.key.as_ref()?;
            key.holders().any(|holder| holder == seat).then_some(Task::Opening)
        }
        Step::CountPapers(_) => super::papers::task(state, seat),
        Step::SignResult(_) => Some(Task::Sheet(item.id.clone())),
        Step::DeclareOfficial(id) if counted() => Some(Task::Sheet(id)),
        Step::CallFurtherRound(id) => Some(Task::Sheet(id)),
        Step::Declare(id) if item.review().is_none() && counted() => Some(Task::Sheet(id)),
        _ => None,
    }
}

/// The room code as it stands in the corner of every page; not before a scrutineer who has to read it from another screen
/// has typed it.
pub fn room_code<'a>(view: &'a View, state: &State) -> Option<&'a str> {
    let code = view.room.as_ref()?.code.as_deref()?;
    let typed = || page::my_seat(view).is_some_and(|seat| state.room.confirmed.contains(seat));
    let hidden = task(view, state) == Some(Task::Room) && !typed();
    (!hidden).then_some(code)
}
