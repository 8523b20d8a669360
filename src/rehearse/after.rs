//! What is done about declared results in a rehearsal: objections, how they are settled, reconsiderations. They stand in the
//! script's file, under the item's id, and are done one after the other while nothing is on the floor and the item is
//! declared; what is voted on again is declared again before the next of them.
//!
//! ```json
//! {"posts": [
//!   {"objects": "m08", "reason": "…", "outcome": "stands", "because": "…"},
//!   {"objects": "m09", "reason": "…", "outcome": "vote_again", "because": "…"},
//!   {"reconsider": ["gower"], "against": 2, "reason": "…"}
//! ]}
//! ```
//!
//! `objects` is a person's id: a simulated one objects at the own terminal, for any other the console takes it down.
//! `against` is how many hands are not for it; all others present are.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;

use super::member::Members;
use super::presiding::give;
use crate::client::{AskError, Client};
use crate::meeting::{
    Command, ItemId, LineId, SeatId, SettledHow, Stage, State, TEXT_CHARS_MAX, can_be_reopened,
};
use crate::plan::Plan;

/// One thing that is done about a declared result.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Act {
    /// Somebody objects, and it is settled.
    Objection {
        /// Who.
        objects: String,
        /// Why.
        reason: String,
        /// How it is settled.
        outcome: SettledHow,
        /// Why.
        because: String,
    },
    /// The voters are asked whether it be reconsidered.
    Reconsideration {
        /// Which lines; all that may be, where none is named.
        reconsider: Vec<String>,
        /// How many hands are not for it.
        #[serde(default)]
        against: u32,
        /// Why.
        reason: String,
    },
}

impl Act {
    /// Whether the item is voted on again after it.
    pub fn votes_again(&self) -> bool {
        match self {
            Self::Objection { outcome, .. } => *outcome == SettledHow::VoteAgain,
            Self::Reconsideration { .. } => true,
        }
    }
}

/// What is done, by items; and how much of it has been.
#[derive(Debug, Clone, Default)]
pub struct After {
    items: BTreeMap<String, Vec<Act>>,
    done: BTreeMap<String, usize>,
}

impl After {
    /// What a script has for items.
    pub(super) fn new(items: BTreeMap<String, Vec<Act>>) -> Self {
        Self { items, done: BTreeMap::new() }
    }

    /// The next thing to do now, with its item.
    fn next(&self, state: &State) -> Option<(ItemId, Act)> {
        if state.current_item().is_some() {
            return None;
        }
        state.items.iter().filter(|item| item.stage == Stage::Declared).find_map(|item| {
            let done = self.done.get(item.id.as_str()).copied().unwrap_or(0);
            let act = self.items.get(item.id.as_str())?.get(done)?;
            Some((item.id.clone(), act.clone()))
        })
    }

    /// Does the next thing that is due. Whether there was one.
    ///
    /// # Errors
    /// When it is refused.
    pub(super) async fn play(
        &mut self,
        console: &Client,
        members: &Members,
        state: &State,
    ) -> Result<bool, AskError> {
        let Some((item, act)) = self.next(state) else { return Ok(false) };
        *self.done.entry(item.to_string()).or_default() += 1;
        match act {
            Act::Objection { objects, reason, outcome, because } => {
                let by = SeatId::from(objects);
                let number = u32::try_from(state.result_objections.len()).unwrap_or(u32::MAX) + 1;
                let command = Command::ObjectToResult { item, official: None, by: by.clone(), reason };
                match members.client(&by) {
                    Some(own) => {
                        own.order(command).await?;
                    }
                    None => give(console, command).await?,
                }
                let stands = |view: &crate::client::View| {
                    let state = view.state.as_ref();
                    state.is_some_and(|state| state.result_objections.iter().any(|one| one.number == number))
                };
                console.until(stands).await?;
                give(console, Command::SettleObjection { number, outcome, reason: because }).await?;
            }
            Act::Reconsideration { reconsider, against, reason } => {
                let present = state.item(&item).map_or(0, |planned| state.present_for(planned));
                let lines = reconsider.into_iter().map(LineId::from).collect();
                let (agree, disagree) = (present.saturating_sub(against), against.min(present));
                give(console, Command::Reconsider { item, lines, agree, disagree, abstain: 0, reason })
                    .await?;
            }
        }
        Ok(true)
    }
}

/// What does not fit the plan, if anything.
pub(super) fn wrong(plan: &Plan, item: &str, act: &Act, absent: &BTreeSet<SeatId>) -> Option<&'static str> {
    let Some(planned) = plan.item(item) else { return Some("no such item") };
    let blank = |text: &String| text.trim().is_empty();
    let too_long = |text: &String| text.trim().chars().count() > TEXT_CHARS_MAX as usize;
    let texts: Vec<&String> = match act {
        Act::Objection { reason, because, .. } => vec![reason, because],
        Act::Reconsideration { reason, .. } => vec![reason],
    };
    if texts.iter().any(|text| blank(text)) {
        return Some("a reason is missing");
    }
    if texts.iter().any(|text| too_long(text)) {
        return Some("a text is too long");
    }
    match act {
        Act::Objection { objects, .. } if plan.person(objects).is_none() => {
            return Some("nobody of that id is in the plan");
        }
        Act::Objection { objects, .. } if absent.contains(&SeatId::from(objects.as_str())) => {
            return Some("who objects is absent");
        }
        Act::Objection { .. } if planned.review().is_some() => {
            return Some("a review has a result for each official, which a script does not object to");
        }
        Act::Reconsideration { reconsider, .. }
            if reconsider.iter().any(|line| !planned.lines().iter().any(|one| one.id == *line)) =>
        {
            return Some("no such line on the paper");
        }
        Act::Objection { .. } | Act::Reconsideration { .. } => {}
    }
    (act.votes_again() && can_be_reopened(planned).is_err())
        .then_some("this kind of item is not voted on again")
}
