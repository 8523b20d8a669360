//! The agenda as the body changed it: every decision is counted again, every carried one applied again to the order of the plan,
//! beside what the record's rules have allowed. What was decided on is never off the agenda, and nothing of the plan is missing.

use super::fault::FaultKind;
use super::report::{Report, What};
use crate::journal::FILE_NAME;
use crate::meeting::{Amendment, ItemId, Stage, State};

/// Checks the agenda, if it was ever put to a decision.
pub(super) fn check(state: &State, report: &mut Report) {
    let decisions = &state.agenda.decisions;
    if decisions.is_empty() {
        return;
    }
    let before = report.faults.len();
    let mut on: Vec<ItemId> =
        state.frozen.plan.items.iter().map(|item| ItemId::from(item.id.as_str())).collect();
    let mut off: Vec<ItemId> = Vec::new();
    let mut added = 0;
    for (number, (_, decision)) in (1..).zip(decisions) {
        let adds_up = decision
            .decided
            .hands()
            .is_none_or(|hands| hands.into_iter().map(u64::from).sum::<u64>() == u64::from(decision.present));
        let more_than_half = decision
            .decided
            .hands()
            .is_none_or(|[agree, ..]| u64::from(agree) * 2 > u64::from(decision.present));
        if !adds_up || more_than_half != decision.approved || decision.present > decision.due {
            report.fault(FILE_NAME, FaultKind::AgendaDecision { number });
        }
        if decision.approved {
            added += usize::from(matches!(decision.amendment, Amendment::Added { .. }));
            if !amend(&mut on, &mut off, &decision.amendment) {
                report.fault(FILE_NAME, FaultKind::AgendaDecision { number });
            }
        }
    }
    let now: Vec<&ItemId> = state.items.iter().map(|item| &item.id).collect();
    let untouched = state
        .items
        .iter()
        .filter(|item| off.contains(&item.id))
        .all(|item| item.stage == Stage::TakenOff && item.rounds.is_empty() && item.named.is_none());
    if !on.iter().chain(&off).eq(now) || !untouched {
        report.fault(FILE_NAME, FaultKind::AgendaOrder);
    }
    let carried = decisions.iter().filter(|(_, decision)| decision.approved).count();
    report.check(before, What::Agenda { decisions: decisions.len(), carried, added, taken_off: off.len() });
}

/// Applies a carried change. False: it is about an item that is not where it would have to be.
fn amend(on: &mut Vec<ItemId>, off: &mut Vec<ItemId>, amendment: &Amendment) -> bool {
    let id = amendment.item();
    let take = |from: &mut Vec<ItemId>| {
        let place = from.iter().position(|item| *item == id);
        place.map(|place| from.remove(place)).is_some()
    };
    let was_there = match amendment {
        Amendment::Added { .. } => !on.contains(&id) && !off.contains(&id),
        Amendment::TakenOff { .. } | Amendment::Moved { .. } => take(on),
        Amendment::PutBack { .. } => take(off),
    };
    if matches!(amendment, Amendment::TakenOff { .. }) {
        off.push(id);
        return was_there;
    }
    match amendment.before() {
        None => on.push(id),
        Some(before) => {
            let Some(place) = on.iter().position(|item| item == before) else { return false };
            on.insert(place, id);
        }
    }
    was_there
}
