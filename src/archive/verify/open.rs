//! What was decided in the open: that the head spoke and voted last, that nobody is counted twice, and that the outcome is
//! what the votes give by the rule of the plan. Computed from the votes alone, beside what the record's rules have allowed.

use std::collections::BTreeSet;

use super::fault::FaultKind;
use super::report::{Report, What};
use crate::journal::FILE_NAME;
use crate::meeting::{ItemState, NamedVote, SeatId, Signed, State, Taken};
use crate::plan::Item;
use crate::rules::{Decided, NamedCount};

/// Checks an item, if it is decided in the open.
pub(super) fn check(state: &State, item: &ItemState, report: &mut Report) {
    let Some(planned) = state.item(&item.id) else { return };
    check_views(state, planned, item, report);
    if let Some(named) = &item.named {
        check_votes(planned, item, named, report);
    }
    if let Some(taken) = item.open_vote().and_then(|vote| vote.taken) {
        check_taken(planned, item, taken, report);
    }
}

/// Whether nobody stands in a list twice, and who must be last is, if there at all.
fn in_order<'a>(seats: impl Iterator<Item = &'a SeatId>, last: Option<&SeatId>) -> bool {
    let seats: Vec<&SeatId> = seats.collect();
    let once = seats.iter().collect::<BTreeSet<_>>().len() == seats.len();
    let place = seats.iter().position(|seat| Some(*seat) == last);
    once && place.is_none_or(|place| place + 1 == seats.len())
}

fn check_views(state: &State, planned: &Item, item: &ItemState, report: &mut Report) {
    let Some((plan, progress)) = planned.matter().zip(item.matter()) else { return };
    // One that was deferred before anybody spoke.
    if progress.statements.is_empty() {
        return;
    }
    let before = report.faults.len();
    let name = || item.id.to_string();
    let head = SeatId::from(plan.head.as_str());
    if !in_order(progress.statements.iter().map(|said| &said.seat), Some(&head)) {
        report.fault(FILE_NAME, FaultKind::HeadNotLast { item: name() });
    }
    if let Some(Signed::ByKey { record }) = &progress.signed
        && *record != state.matter_hash(item)
    {
        report.fault(FILE_NAME, FaultKind::MatterHash { item: name() });
    }
    let heard = progress.statements.iter().filter(|said| said.text.is_some()).count();
    report.check(
        before,
        What::Views {
            item: name(),
            heard,
            passed: progress.statements.len() - heard,
            head_last: progress.statement(&head).is_some(),
            signed: matches!(progress.signed, Some(Signed::ByKey { .. })),
        },
    );
}

fn check_votes(planned: &Item, item: &ItemState, named: &NamedVote, report: &mut Report) {
    let before = report.faults.len();
    let name = || item.id.to_string();
    let head = planned.matter().map(|matter| SeatId::from(matter.head.as_str()));
    if named.last != head || !in_order(named.votes.iter().map(|vote| &vote.seat), head.as_ref()) {
        report.fault(FILE_NAME, FaultKind::HeadNotLast { item: name() });
    }
    let said = named.votes.iter().map(|vote| vote.choice);
    let given = NamedCount::of(said);
    let silent = named.electorate.iter().filter(|seat| named.vote(seat).is_none()).count();
    let without = given.without.saturating_add(u32::try_from(silent).unwrap_or(u32::MAX));
    let count = NamedCount { without, ..given };
    let computed = planned.carried().map(|rule| count.outcome(rule, named.due, named.present()));
    if named.outcome.is_some() && named.outcome != computed {
        report.fault(FILE_NAME, FaultKind::Outcome { name: name() });
    }
    let entered = named.votes.iter().filter(|vote| vote.entered.is_some()).count();
    report.check(
        before,
        What::NamedVote {
            item: name(),
            by_key: named.votes.len() - entered,
            entered,
            count,
            decided: named.outcome.map(|outcome| outcome.decided),
        },
    );
}

fn check_taken(planned: &Item, item: &ItemState, taken: Taken, report: &mut Report) {
    let before = report.faults.len();
    let name = || item.id.to_string();
    let (present, count, decided) = match taken {
        Taken::Hands { due, present, outcome } => {
            let computed = planned.carried().map(|rule| outcome.count.outcome(rule, due, present));
            if computed != Some(outcome) || outcome.count.voted() != present {
                report.fault(FILE_NAME, FaultKind::Outcome { name: name() });
            }
            (present, Some(outcome.count), outcome.decided)
        }
        Taken::WithoutObjection { present, .. } => {
            if item.open_vote().is_some_and(|vote| !vote.objected.is_empty()) {
                report.fault(FILE_NAME, FaultKind::Outcome { name: name() });
            }
            (present, None, Decided::Carried)
        }
    };
    report.check(before, What::OpenVote { item: name(), present, count, decided });
}
