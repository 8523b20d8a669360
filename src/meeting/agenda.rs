//! The agenda, changed by decision of the body: an item added, taken off, moved, put back. Nothing is deleted: an item that is
//! taken off keeps its place in the record, and a change that was voted on and not carried stands there too.
//!
//! The plan that was frozen in the first line stays what it is. Beside it the state has the plan *in force*: the same people and
//! rules, its items in the order that holds now, with what was added.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::floor::{hands_add_up, quorum, text};
use super::ids::ItemId;
use super::proposal::Proposal;
use super::refusal::Refusal;
use super::state::{ItemState, Stage, State};
use crate::plan::{Item, MaterialFault, Mistake, Plan, read_item};
use crate::rules::{NamedCount, Threshold};

type Decision = Result<Vec<Event>, Refusal>;

/// What is proposed to be changed. `before` is the item, still to come, in front of which it goes; none puts it at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgendaChange {
    /// An item more.
    Add {
        /// The item, as the clerk wrote it: a plan's `[[items]]`. The whole text, so that the record explains itself.
        text: String,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// An item less; it stays in the record.
    TakeOff {
        /// Which.
        item: ItemId,
    },
    /// An item at another place.
    Move {
        /// Which.
        item: ItemId,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// An item that was taken off is put back.
    PutBack {
        /// Which.
        item: ItemId,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
}

/// How the body decided on a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgendaVote {
    /// By hands that were counted.
    Hands {
        /// Hands for.
        agree: u32,
        /// Hands against.
        disagree: u32,
        /// Hands of those who abstain.
        abstain: u32,
    },
    /// The presiding officer asked whether anybody objected, and nobody did.
    WithoutObjection,
}

/// What a decision on the agenda is about: a change with what was read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum Amendment {
    /// An item more.
    Added {
        /// The item.
        item: Box<Item>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// An item less.
    TakenOff {
        /// Which.
        item: ItemId,
    },
    /// An item at another place.
    Moved {
        /// Which.
        item: ItemId,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
    /// An item that was taken off is back.
    PutBack {
        /// Which.
        item: ItemId,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ItemId>,
    },
}

/// A decision on the agenda, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaDecision {
    /// On what.
    pub amendment: Amendment,
    /// How.
    pub decided: AgendaVote,
    /// Members entitled.
    pub due: u32,
    /// Members present.
    pub present: u32,
    /// Why it was proposed.
    pub reason: String,
    /// Whether it was carried: more than half of those present agreed, or nobody objected.
    pub approved: bool,
}

/// The agenda in force, where it is another than the plan's, and the decisions about it.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// The plan in force.
    plan: Option<Arc<Plan>>,
    /// All decisions on it, in their order, each with its time.
    pub decisions: Vec<(Timestamp, AgendaDecision)>,
    /// Whether the last one is still news: nothing has been called or voted on since.
    pub(super) is_news: bool,
    /// The change that waits for its decision.
    pub(super) put: Option<Proposal>,
    /// How many changes were put in all.
    pub(super) proposals: u32,
}

impl AgendaVote {
    /// Hands for, against, and of those who abstain; none where nobody objected.
    pub fn hands(&self) -> Option<[u32; 3]> {
        match *self {
            Self::Hands { agree, disagree, abstain } => Some([agree, disagree, abstain]),
            Self::WithoutObjection => None,
        }
    }

    /// The hands as votes are counted; none where nobody objected.
    pub fn count(&self) -> Option<NamedCount> {
        let [agree, disagree, abstain] = self.hands()?;
        Some(NamedCount { agree, disagree, abstain, ..NamedCount::default() })
    }

    /// Whether so many present carried it.
    pub fn carries(&self, present: u32) -> bool {
        match self {
            Self::Hands { agree, .. } => Threshold::MAJORITY.holds(*agree, present),
            Self::WithoutObjection => true,
        }
    }
}

impl Amendment {
    /// The item that it is about.
    pub fn item(&self) -> ItemId {
        match self {
            Self::Added { item, .. } => ItemId::from(item.id.as_str()),
            Self::TakenOff { item } | Self::Moved { item, .. } | Self::PutBack { item, .. } => item.clone(),
        }
    }

    /// In front of which item it goes; none at the end, or where it goes off.
    pub fn before(&self) -> Option<&ItemId> {
        match self {
            Self::Added { before, .. } | Self::Moved { before, .. } | Self::PutBack { before, .. } => {
                before.as_ref()
            }
            Self::TakenOff { .. } => None,
        }
    }
}

impl State {
    /// The plan in force: what the first line says, with the items as the body has changed them since.
    pub fn plan(&self) -> &Plan {
        self.agenda.plan.as_deref().unwrap_or(&self.frozen.plan)
    }

    /// The last decision on the agenda, until the meeting goes on: the room is told.
    pub fn agenda_news(&self) -> Option<&AgendaDecision> {
        self.agenda.decisions.last().filter(|_| self.agenda.is_news).map(|(_, decision)| decision)
    }

    /// Whether an item was added in the meeting.
    pub fn was_added(&self, id: &ItemId) -> bool {
        self.frozen.plan.item(id.as_str()).is_none() && self.item(id).is_some()
    }

    /// The decision by which an item was taken off, and when, as long as it is off.
    pub fn taken_off_by(&self, id: &ItemId) -> Option<(Timestamp, &AgendaDecision)> {
        self.item_state(id).filter(|item| item.stage == Stage::TakenOff)?;
        let carried = self.agenda.decisions.iter().rev().filter(|(_, decision)| decision.approved);
        let off = |decision: &AgendaDecision| matches!(&decision.amendment, Amendment::TakenOff { item } if item == id);
        carried.map(|(time, decision)| (*time, decision)).find(|(_, decision)| off(decision))
    }

    /// The items on the agenda: all but those that were taken off.
    pub fn on_agenda(&self) -> impl DoubleEndedIterator<Item = &ItemState> {
        self.items.iter().filter(|item| item.stage != Stage::TakenOff)
    }

    /// Whether anything on the agenda is decided by secret ballot, or the scrutineers have been approved for something that was.
    pub fn has_ballot(&self) -> bool {
        let secret = |item: &ItemState| self.item(&item.id).is_some_and(Item::is_secret);
        let watched = self.scrutineers.is_some() && self.plan().has_ballot();
        watched || self.on_agenda().any(secret)
    }

    /// The items still to come.
    pub fn to_come(&self) -> impl Iterator<Item = &ItemState> {
        self.items.iter().filter(|item| item.stage == Stage::ToCome)
    }

    /// Reads an item that could be added: what is wrong with it, or the item. Its materials are those that the first line names.
    ///
    /// # Errors
    /// Every mistake; `file` is the name that their places bear.
    pub fn read_item(&self, text: &str, file: &str) -> Result<Item, Vec<Mistake>> {
        let known = |path: &str| match self.frozen.materials.iter().any(|material| material.path == path) {
            true => Ok(()),
            false => Err(MaterialFault::NotInPlan),
        };
        read_item(self.plan(), text, file, &known)
    }

    /// Whether the agenda can be put to a decision now.
    ///
    /// # Errors
    /// Why not.
    pub fn agenda_may_change(&self) -> Result<(), Refusal> {
        if !self.frozen.plan.decides_anything() {
            return Err(Refusal::AgendaOfExams);
        }
        if self.current_item().is_some() { Err(Refusal::AnotherItemOpen) } else { Ok(()) }
    }
}

/// What is asked for, with the item that was read; or why it cannot be.
pub(super) fn amendment(state: &State, change: &AgendaChange) -> Result<Amendment, Refusal> {
    let amendment = match change {
        AgendaChange::Add { text, before } => {
            let item = state.read_item(text, "").map_err(|mistakes| {
                let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let place =
                    mistakes.first().map(|first| (number(first.place.line), number(first.place.column)));
                let (line, column) = place.unwrap_or_default();
                Refusal::ItemMistaken { mistakes: number(mistakes.len()), line, column }
            })?;
            Amendment::Added { item: Box::new(item), before: before.clone() }
        }
        AgendaChange::TakeOff { item } => Amendment::TakenOff { item: item.clone() },
        AgendaChange::Move { item, before } => {
            Amendment::Moved { item: item.clone(), before: before.clone() }
        }
        AgendaChange::PutBack { item, before } => {
            Amendment::PutBack { item: item.clone(), before: before.clone() }
        }
    };
    let stage = |id: &ItemId| state.item_state(id).map(|item| item.stage).ok_or(Refusal::UnknownItem);
    let item = amendment.item();
    match &amendment {
        Amendment::Added { .. } => {}
        Amendment::TakenOff { .. } | Amendment::Moved { .. } if stage(&item)? != Stage::ToCome => {
            return Err(Refusal::ItemNotToCome);
        }
        Amendment::PutBack { .. } if stage(&item)? != Stage::TakenOff => {
            return Err(Refusal::ItemNotTakenOff);
        }
        _ => {}
    }
    if let Some(before) = amendment.before()
        && (stage(before)? != Stage::ToCome || *before == item)
    {
        return Err(Refusal::ItemNotToCome);
    }
    let follows = state.to_come().skip_while(|other| other.id != item).nth(1).map(|other| &other.id);
    if matches!(amendment, Amendment::Moved { .. }) && amendment.before() == follows {
        return Err(Refusal::AgendaUnchanged);
    }
    Ok(amendment)
}

/// The body has decided on a change of its agenda.
pub(super) fn change(state: &State, change: &AgendaChange, decided: AgendaVote, reason: &str) -> Decision {
    state.agenda_may_change()?;
    let amendment = amendment(state, change)?;
    let reason = text(reason)?;
    let (due, present) = (state.due(), state.present());
    if let Some(missed) = quorum(state, None, &state.plan().meeting.quorum, present, due)? {
        return Ok(vec![missed]);
    }
    if let Some(hands) = decided.hands() {
        hands_add_up(hands, present)?;
    }
    let approved = decided.carries(present);
    let decision = AgendaDecision { amendment, decided, due, present, reason, approved };
    Ok(vec![Event::AgendaDecided(Box::new(decision))])
}

// ---- folding ----------------------------------------------------------------------------------------------------

/// Folds what concerns the agenda as a whole.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) {
    match event {
        Event::AgendaDecided(decision) => {
            state.quorum_missed = None;
            if decision.approved {
                amend(state, &decision.amendment);
            }
            state.agenda.decisions.push((time, (**decision).clone()));
            state.agenda.is_news = true;
        }
        Event::ItemOpened { .. }
        | Event::MatterDeferred { .. }
        | Event::ScrutineersVoted { .. }
        | Event::KeyBegun { .. }
        | Event::Closed
        | Event::Adjourned { .. } => {
            state.agenda.is_news = false;
        }
        _ => {}
    }
}

/// Items that were taken off stand behind all others, so that the agenda in force is what comes before.
fn amend(state: &mut State, amendment: &Amendment) {
    let id = amendment.item();
    let found = state.items.iter().position(|item| item.id == id);
    let mut moved = match found {
        Some(place) => state.items.remove(place),
        None => ItemState::to_come(id),
    };
    let mut plan = state.plan().clone();
    if let Amendment::Added { item, .. } = amendment {
        plan.items.push((**item).clone());
    }
    let place = match amendment {
        Amendment::TakenOff { .. } => {
            moved.stage = Stage::TakenOff;
            state.items.len()
        }
        _ => {
            moved.stage = Stage::ToCome;
            let before = amendment.before();
            let place = state.items.iter().position(|item| Some(&item.id) == before);
            place.unwrap_or_else(|| state.on_agenda().count())
        }
    };
    state.items.insert(place, moved);
    // The plan in force tells its items in the order in which the state has them.
    let place = |item: &Item| state.items.iter().position(|state| state.id.as_str() == item.id);
    plan.items.sort_by_key(place);
    state.agenda.plan = Some(Arc::new(plan));
}
