//! The sittings of a meeting that was adjourned to another day and continued.

use jiff::Timestamp;
use serde::Serialize;

use crate::meeting::{Opening, RoomTime, SeatId, State};

/// A sitting.
#[derive(Debug, Clone, Serialize)]
pub struct SittingResult {
    /// Which, from 1.
    pub number: usize,
    /// When it was opened; none where it never was.
    pub opened_at: Option<Timestamp>,
    /// Members entitled when it was opened.
    pub due: Option<u32>,
    /// Members present when it was opened.
    pub present: Option<u32>,
    /// Who had signed in for it, whether they stayed or left.
    pub signed_in: Vec<SeatId>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// To when the meeting was adjourned; none at the last one.
    pub until: Option<RoomTime>,
    /// Why.
    pub reason: Option<String>,
}

/// Whether a meeting was adjourned to another day: then it is told by its sittings.
pub(super) fn was_continued(sittings: &[SittingResult]) -> bool {
    sittings.iter().any(|sitting| sitting.until.is_some())
}

/// The sittings of a meeting, in their order.
pub(super) fn sittings(state: &State) -> Vec<SittingResult> {
    let over = (1..).zip(&state.sittings).map(|(number, sitting)| SittingResult {
        signed_in: sitting.attendance.keys().cloned().collect(),
        ended_at: Some(sitting.ended_at),
        until: Some(sitting.until),
        reason: Some(sitting.reason.clone()),
        ..opened(number, sitting.opening)
    });
    let last = SittingResult {
        signed_in: state.attendance.keys().cloned().collect(),
        ended_at: state.ended_at,
        ..opened(state.sitting(), state.opening)
    };
    over.chain(state.recess().is_none().then_some(last)).collect()
}

fn opened(number: usize, opening: Option<Opening>) -> SittingResult {
    SittingResult {
        number,
        opened_at: opening.map(|opening| opening.at),
        due: opening.map(|opening| opening.due),
        present: opening.map(|opening| opening.present),
        signed_in: Vec::new(),
        ended_at: None,
        until: None,
        reason: None,
    }
}
