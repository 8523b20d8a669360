//! The keys of what is decided in the open: a major matter, a vote by name, an open vote.

use super::Console;
use super::cover::Cover;
use super::cover::confirm::{Confirm, What};
use super::cover::pick::{For, Pick};
use super::cover::text::{Purpose, Text};
use crate::meeting::rights;
use crate::meeting::{Actor, CommandKind, ItemId, Stage, State, Step, next_step};
use crate::plan::VoteHow;
use crate::words::key::Key;

/// The item that could be deferred as a whole: the major matter on the floor, or the next one while nothing is.
fn deferrable(state: &State) -> Option<&ItemId> {
    let item = state.current_item().or_else(|| state.next_item())?;
    state.item(&item.id)?.matter()?;
    matches!(item.stage, Stage::ToCome | Stage::Stating | Stage::Deliberated).then_some(&item.id)
}

/// Whether this item can be deferred as a whole.
pub fn can_be_deferred(state: &State, id: &ItemId) -> bool {
    deferrable(state) == Some(id)
}

/// The keys, and whether each works.
pub fn keys(state: &State) -> [(Key, bool); 6] {
    let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
    let step = next_step(state);
    let next = state.next_item().filter(|_| state.current_item().is_none());
    let without = state.current_item().and_then(|item| {
        let planned = state.item(&item.id)?.open_vote()?;
        Some(planned.how == VoteHow::WithoutObjection && item.open_vote()?.taken.is_none())
    });
    [
        (Key::PassFor, matches!(step, Some(Step::AwaitStatement(..))) && may(CommandKind::PassStatement)),
        (Key::EnterVote, matches!(step, Some(Step::AwaitVotes(_))) && may(CommandKind::EnterVote)),
        (Key::Unsigned, matches!(step, Some(Step::AwaitSignature(_))) && may(CommandKind::LeaveUnsigned)),
        (Key::Objects, without == Some(true) && may(CommandKind::ObjectToVote)),
        (
            Key::Notice,
            next.is_some_and(|item| !state.not_notified(item).is_empty()) && may(CommandKind::RecordNotice),
        ),
        (Key::DeferItem, deferrable(state).is_some() && may(CommandKind::DeferMatter)),
    ]
}

impl Console {
    /// A key of what is decided in the open was pressed; whether it is one.
    pub(super) fn press_open(&mut self, key: Key, state: &State) -> bool {
        let item = state.current_item().map(|item| item.id.clone());
        let text = |purpose: Purpose| Cover::Text(Text::new(purpose));
        let pick = |purpose: For| Cover::Pick(Pick::new(purpose));
        let cover = match key {
            Key::PassFor => match next_step(state) {
                Some(Step::AwaitStatement(item, seat)) => {
                    Some(Cover::Confirm(Confirm::new(What::Pass(item, seat))))
                }
                _ => None,
            },
            Key::DeferItem => deferrable(state).cloned().map(|item| text(Purpose::DeferItem(item))),
            Key::Unsigned => item.map(|item| text(Purpose::Unsigned(item))),
            Key::EnterVote => item.map(|item| pick(For::Voter(item))),
            Key::Objects => item.map(|item| pick(For::Objector(item))),
            Key::Notice => state.next_item().map(|item| pick(For::Notified(item.id.clone()))),
            _ => return false,
        };
        if cover.is_some() {
            self.cover = cover;
        }
        true
    }
}
