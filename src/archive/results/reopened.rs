//! What happened to declared results, in figures: objections and how they were settled, reconsiderations, and every result
//! that is not in force any more, whole.

use jiff::Timestamp;
use serde::Serialize;

use super::ItemResult;
use crate::meeting::{ItemState, LineId, Reconsideration, SettledHow, State};

/// An objection to a declared result.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectionResult {
    /// Its number.
    pub number: u32,
    /// The item.
    pub item: String,
    /// The official, where the item is a review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// Which result of the item, from 1.
    pub result: u32,
    /// Who objected.
    pub by: String,
    /// Whether an officer took it down.
    pub taken_down: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub time: Timestamp,
    /// `stands` or `vote_again`; none where it was never settled.
    pub outcome: Option<&'static str>,
    /// Why.
    pub settled_because: Option<String>,
}

/// A question to the voters whether a decision be reconsidered.
#[derive(Debug, Clone, Serialize)]
pub struct ReconsiderationResult {
    /// What was asked, and what came of it.
    #[serde(flatten)]
    pub asked: Reconsideration,
    /// When.
    pub time: Timestamp,
}

/// A result that was declared and is not in force any more.
#[derive(Debug, Clone, Serialize)]
pub struct SetAsideResult {
    /// Which result of its item it was, from 1.
    pub number: u32,
    /// `objection` or `consent`.
    pub ground: &'static str,
    /// The objection that was upheld, if one was.
    pub objection: Option<u32>,
    /// Of which lines it is not in force; empty where the item has none.
    pub lines: Vec<String>,
    /// The item as it was declared.
    pub result: ItemResult,
}

/// The ids of lines.
pub(super) fn names(lines: &[LineId]) -> Vec<String> {
    lines.iter().map(LineId::to_string).collect()
}

/// The objections, in the order of their numbers.
pub(super) fn objections(state: &State) -> Vec<ObjectionResult> {
    let objection = |one: &crate::meeting::ResultObjection| ObjectionResult {
        number: one.number,
        item: one.item.to_string(),
        official: one.official.as_ref().map(ToString::to_string),
        result: one.result,
        by: state.name(&one.by).to_owned(),
        taken_down: one.taken_down,
        reason: one.reason.clone(),
        time: one.time,
        outcome: one.settled.as_ref().map(|settled| SettledHow::name(settled.outcome)),
        settled_because: one.settled.as_ref().map(|settled| settled.reason.clone()),
    };
    state.result_objections.iter().map(objection).collect()
}

/// The reconsiderations that were asked for, in their order.
pub(super) fn reconsiderations(state: &State) -> Vec<ReconsiderationResult> {
    let asked = |(time, asked): &(Timestamp, Reconsideration)| ReconsiderationResult {
        asked: asked.clone(),
        time: *time,
    };
    state.reconsiderations.iter().map(asked).collect()
}

/// The results of an item that are not in force any more, in their order.
pub(super) fn set_aside(state: &State, item: &ItemState) -> Vec<SetAsideResult> {
    let results = (1..).zip(&item.reopenings).filter_map(|(number, reopening)| {
        Some(SetAsideResult {
            number,
            ground: reopening.ground.name(),
            objection: reopening.ground.objection(),
            lines: names(&reopening.lines),
            result: ItemResult::new(state, &reopening.before)?,
        })
    });
    results.collect()
}
