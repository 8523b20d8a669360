//! An objection to a declared result. It is recorded with a number, stands on every screen beside the result, and is settled
//! by the presiding body: the result stands, or it is set aside and voted on again. Nothing is ever deleted: what was
//! declared stays in the record beside what comes after it.
//!
//! Not to be taken for [`super::Command::Object`], which objects to a ballot while it is under way, nor for
//! [`super::Command::ObjectToVote`], which asks for a count in an open vote.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::floor::{own_or_officer, text};
use super::ids::{Actor, ItemId, OfficialId, SeatId};
use super::refusal::Refusal;
use super::reopening::{self, ReopenGround};
use super::review_state::OfficialStage;
use super::state::{ItemState, Stage, State, number};

type Decision = Result<Vec<Event>, Refusal>;

/// An objection to a declared result.
///
/// Invariants: numbers run from 1 without a gap; what is settled stays settled; one person objects to one result once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultObjection {
    /// Its number in the record, from 1.
    pub number: u32,
    /// When it was raised.
    pub time: Timestamp,
    /// The item whose result it is about.
    pub item: ItemId,
    /// The official, where the item is a review.
    pub official: Option<OfficialId>,
    /// Which result of the item, from 1: one more with each time that the item was reopened.
    pub result: u32,
    /// Who objects.
    pub by: SeatId,
    /// Whether an officer took it down for somebody who spoke up.
    pub taken_down: bool,
    /// Why.
    pub reason: String,
    /// How it was settled; none while it is open.
    pub settled: Option<Settlement>,
}

/// How the presiding body settled an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// What becomes of the result.
    pub outcome: SettledHow,
    /// Why.
    pub reason: String,
    /// When.
    pub time: Timestamp,
}

/// What becomes of a result that was objected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettledHow {
    /// It stands: the objection is dismissed.
    Stands,
    /// It is set aside, and the item is voted on again.
    VoteAgain,
}

impl SettledHow {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::VoteAgain => "vote_again",
        }
    }
}

impl State {
    /// The objections to declared results that are not settled, in the order of their numbers.
    pub fn open_result_objections(&self) -> impl Iterator<Item = &ResultObjection> {
        self.result_objections.iter().filter(|objection| objection.settled.is_none())
    }

    /// The objections to the result of an item, or of an official, that is in force now.
    pub fn result_objections_to<'a>(
        &'a self,
        item: &'a ItemState,
        official: Option<&'a OfficialId>,
    ) -> impl Iterator<Item = &'a ResultObjection> {
        self.result_objections.iter().filter(move |objection| {
            objection.item == item.id
                && objection.result == item.result_number()
                && (official.is_none() || objection.official.as_ref() == official)
        })
    }

    /// The results that can be objected to now: each declared item, and each declared official of a review.
    pub fn declared_results(&self) -> impl Iterator<Item = (&ItemState, Option<&OfficialId>)> {
        self.items.iter().flat_map(|item| {
            let review = item.review();
            let officials = review.into_iter().flat_map(|review| {
                let over = |id: &&OfficialId| {
                    review.officials.get(*id).is_some_and(|one| one.stage == OfficialStage::Declared)
                };
                review.order.iter().filter(over).map(Some)
            });
            let whole = (review.is_none() && item.stage == Stage::Declared).then_some(None);
            officials.chain(whole).map(move |official| (item, official))
        })
    }
}

/// The result that is named was declared.
fn declared(state: &State, id: &ItemId, official: Option<&OfficialId>) -> Result<(), Refusal> {
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    match (planned.review(), official) {
        (Some(_), None) => return Err(Refusal::WhichOfficial),
        (Some(review), Some(one)) => {
            review.official(one.as_str()).ok_or(Refusal::UnknownOfficial)?;
        }
        (None, Some(_)) => return Err(Refusal::UnknownOfficial),
        (None, None) => {}
    }
    let found = state.declared_results().any(|(item, one)| item.id == *id && one == official);
    if found { Ok(()) } else { Err(Refusal::NotDeclared) }
}

/// Somebody in the room objects to a declared result, at the own terminal or aloud: then an officer takes it down.
pub(super) fn object(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    official: Option<&OfficialId>,
    by: &SeatId,
    reason: &str,
) -> Decision {
    own_or_officer(state, actor, by)?;
    if !state.is_present(by) {
        return Err(Refusal::NotPresent { seat: by.clone() });
    }
    declared(state, id, official)?;
    let item = state.item_state(id).ok_or(Refusal::UnknownItem)?;
    if let Some(there) = state.result_objections_to(item, official).find(|there| there.by == *by) {
        return Err(Refusal::ObjectedAlready { number: there.number });
    }
    Ok(vec![Event::ResultObjected {
        number: number(state.result_objections.len()).saturating_add(1),
        item: id.clone(),
        official: official.cloned(),
        by: by.clone(),
        taken_down: actor.seat() != Some(by),
        reason: text(reason)?,
    }])
}

/// The presiding officer says how the presiding body has settled an objection. A result that is set aside takes the other
/// objections to it along: they are about what is not in force any more.
pub(super) fn settle(state: &State, objection: u32, outcome: SettledHow, reason: &str) -> Decision {
    let found = state.result_objections.iter().find(|one| one.number == objection);
    let found = found.ok_or(Refusal::UnknownObjection)?;
    if found.settled.is_some() {
        return Err(Refusal::ObjectionSettled { number: objection });
    }
    let reason = text(reason)?;
    let settled = |number| Event::ObjectionSettled { number, outcome, reason: reason.clone() };
    match outcome {
        SettledHow::Stands => Ok(vec![settled(objection)]),
        SettledHow::VoteAgain => {
            let ground = ReopenGround::Objection { number: objection };
            let reopened = reopening::set_aside(state, &found.item, ground)?;
            let others = state
                .open_result_objections()
                .filter(|one| one.item == found.item && one.number != objection)
                .map(|one| one.number);
            let all = std::iter::once(objection).chain(others).map(settled);
            Ok(all.chain(reopened).collect())
        }
    }
}

/// A meeting is not closed while somebody waits for an answer.
pub(super) fn none_open(state: &State) -> Result<(), Refusal> {
    let numbers: Vec<u32> = state.open_result_objections().map(|one| one.number).collect();
    if numbers.is_empty() { Ok(()) } else { Err(Refusal::ObjectionsOpen { numbers }) }
}

/// Folds an event of an objection. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::ResultObjected { number, item, official, by, taken_down, reason } => {
            let result = state.item_state(item).map_or(1, ItemState::result_number);
            state.result_objections.push(ResultObjection {
                number: *number,
                time,
                item: item.clone(),
                official: official.clone(),
                result,
                by: by.clone(),
                taken_down: *taken_down,
                reason: reason.clone(),
                settled: None,
            });
        }
        Event::ObjectionSettled { number, outcome, reason } => {
            let found = state.result_objections.iter_mut().find(|one| one.number == *number);
            if let Some(found) = found {
                found.settled.get_or_insert(Settlement { outcome: *outcome, reason: reason.clone(), time });
            }
        }
        _ => return false,
    }
    true
}
