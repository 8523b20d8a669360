//! The same person for the same post is not put to the vote again at this meeting, once not carried. Source: `domain.md`
//! section 1. The line stays on the agenda and on the paper, marked, and is not voted on; no decision takes that back.
//!
//! It bars in a nomination, a contested election and a deliberation during the term, and is barred there. In an election
//! only who lacked the majority counts as not carried, and only when the election is over: its further rounds go on. A
//! result that was set aside bars nobody: it does not count.

use super::event::Event;
use super::ids::{BallotId, ItemId, LineId};
use super::reopening::LineStands;
use super::state::{ItemState, Stage, State};
use crate::plan::{Item, ItemKind, Nominee};

/// By which result a line is barred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The item in which the same person was not carried for the same post.
    pub item: ItemId,
    /// The ballot.
    pub ballot: BallotId,
}

impl Bar {
    pub(super) fn event(self, item: &ItemId, line: LineId) -> Event {
        Event::LineBarred { item: item.clone(), line, by: self.item, ballot: self.ballot }
    }
}

/// Whether an item is about people and posts.
pub(super) fn is_of_posts(planned: &Item) -> bool {
    matches!(planned.kind, ItemKind::Nomination(_) | ItemKind::Contested(_) | ItemKind::Deliberation(_))
}

/// The lines of an item that results in force of other items bar, each with the first that does.
pub fn lines(state: &State, planned: &Item) -> Vec<(LineId, Bar)> {
    if !is_of_posts(planned) {
        return Vec::new();
    }
    let barred = |nominee: &Nominee| {
        let bar = not_carried(state)
            .find(|(item, line, _)| item.id != planned.id && is_same(line, nominee))
            .map(|(item, _, ballot)| Bar { item: ItemId::from(item.id.as_str()), ballot });
        Some((LineId::from(nominee.id.as_str()), bar?))
    };
    planned.lines().iter().filter_map(barred).collect()
}

/// An item that is still to come, as results in force would have it open now.
pub fn foreseen(state: &State, planned: &Item) -> ItemState {
    let mut item = ItemState::to_come(ItemId::from(planned.id.as_str()));
    item.barred = lines(state, planned).into_iter().collect();
    item
}

/// Every line whose result in force is that it was not carried.
fn not_carried(state: &State) -> impl Iterator<Item = (&Item, &Nominee, BallotId)> {
    let declared = state.items.iter().filter(|item| item.stage == Stage::Declared);
    let of_posts =
        declared.filter_map(|item| Some((item, state.item(&item.id).filter(|one| is_of_posts(one))?)));
    of_posts.flat_map(|(item, planned)| {
        planned.lines().iter().filter_map(move |nominee| {
            let line = LineId::from(nominee.id.as_str());
            let round = item.round_in_force(&line)?;
            let not = item.line_stands(&line) == Some(LineStands::NotCarried);
            not.then(|| (planned, nominee, round.issue.ballot.clone()))
        })
    })
}

/// Whether two lines are of the same person for the same post. A person with a seat is known by it; else by the name, in
/// which spaces do not count.
pub fn is_same(one: &Nominee, other: &Nominee) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let person = match (&one.person, &other.person) {
        (Some(one), Some(other)) => one == other,
        _ => plain(&one.name) == plain(&other.name),
    };
    person && plain(&one.post) == plain(&other.post)
}
