//! What the body decided on its agenda in the meeting.

use jiff::Timestamp;
use serde::Serialize;

use crate::meeting::{AgendaDecision, Amendment, State};

/// A decision on the agenda.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaResult {
    /// Its number, from 1.
    pub number: usize,
    /// When.
    pub time: Timestamp,
    /// `added`, `taken_off`, `moved` or `put_back`.
    pub change: &'static str,
    /// The item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// In front of which item it goes; none at the end, or where it goes off.
    pub before: Option<String>,
    /// `hands` or `without_objection`.
    pub how: &'static str,
    /// Members entitled.
    pub due: u32,
    /// Members present.
    pub present: u32,
    /// Hands for; none where nobody objected.
    pub agree: Option<u32>,
    /// Hands against.
    pub disagree: Option<u32>,
    /// Hands of those who abstain.
    pub abstain: Option<u32>,
    /// `carried` or `not_carried`.
    pub outcome: &'static str,
    /// Why it was proposed.
    pub reason: String,
}

impl AgendaResult {
    pub(super) fn all(state: &State) -> Vec<Self> {
        let decisions = (1..).zip(&state.agenda.decisions);
        decisions.map(|(number, (time, decision))| Self::new(state, number, *time, decision)).collect()
    }

    fn new(state: &State, number: usize, time: Timestamp, decision: &AgendaDecision) -> Self {
        let (amendment, item) = (&decision.amendment, decision.amendment.item());
        let (change, title) = match amendment {
            Amendment::Added { item, .. } => ("added", Some(&item.title)),
            Amendment::TakenOff { .. } => ("taken_off", None),
            Amendment::Moved { .. } => ("moved", None),
            Amendment::PutBack { .. } => ("put_back", None),
        };
        let title = title.or_else(|| state.item(&item).map(|item| &item.title)).cloned().unwrap_or_default();
        let hands = decision.decided.hands();
        let hand = |place: usize| hands.and_then(|hands| hands.get(place).copied());
        Self {
            number,
            time,
            change,
            item: item.to_string(),
            title,
            before: amendment.before().map(ToString::to_string),
            how: if hands.is_some() { "hands" } else { "without_objection" },
            due: decision.due,
            present: decision.present,
            agree: hand(0),
            disagree: hand(1),
            abstain: hand(2),
            outcome: if decision.approved { "carried" } else { "not_carried" },
            reason: decision.reason.clone(),
        }
    }
}
