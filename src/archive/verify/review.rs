//! A review: the verdict on each official from the sums that the archived ballots give, and the slips.

use std::collections::BTreeMap;

use super::report::{FaultKind, Report, What};
use crate::archive::bel::bel_path;
use crate::archive::results::in_order;
use crate::journal::FILE_NAME;
use crate::meeting::{BallotId, ItemState, OfficialId, Round, RoundPhase, State};
use crate::plan::{Official, Review};
use crate::rules::Verdict;

/// The sums that the archive of each ballot gives.
pub(super) type Sums = BTreeMap<BallotId, Vec<Vec<u32>>>;

/// Checks an item, if it is a review.
pub(super) fn check(state: &State, item: &ItemState, sums: &Sums, report: &mut Report) {
    let plan = state.item(&item.id).and_then(|item| item.review());
    let Some((plan, review)) = plan.zip(item.review.as_ref()) else { return };
    for official in in_order(plan, review) {
        let known = review.officials.get(&OfficialId::from(official.id.as_str()));
        if let Some(verdict) = known.and_then(|known| known.verdict.as_ref()) {
            check_verdict(state, item, plan, official, verdict, sums, report);
        }
    }
    if plan.slips_max > 0 {
        let before = report.faults.len();
        let people = review.slips_issued.len();
        let issued = review.slips_issued.values().map(Vec::len).sum();
        let spent = review.slips_spent.len();
        if spent > issued {
            report.fault(FILE_NAME, FaultKind::Slips { item: item.id.to_string(), issued, spent });
        }
        report.check(before, What::Slips { item: item.id.to_string(), people, issued, spent });
    }
}

fn check_verdict(
    state: &State,
    item: &ItemState,
    plan: &Review,
    official: &Official,
    recorded: &Verdict,
    sums: &Sums,
    report: &mut Report,
) {
    let before = report.faults.len();
    let id = OfficialId::from(official.id.as_str());
    let rounds: Vec<&Round> = item
        .rounds
        .iter()
        .filter(|round| round.issue.subject.as_ref() == Some(&id) && round.phase == RoundPhase::Counted)
        .collect();
    let mut marks = state.marks_of(&item.id, &id).unwrap_or_default();
    for (group, round) in marks.iter_mut().zip(&rounds) {
        if let Some(archived) = sums.get(&round.issue.ballot) {
            group.counts.clone_from(archived);
        }
    }
    if marks.len() != rounds.len() || plan.verdict.judge(plan.combine, &plan.scale, &marks) != *recorded {
        let place =
            rounds.first().map_or_else(|| FILE_NAME.to_owned(), |round| bel_path(&round.issue.ballot));
        report.fault(&place, FaultKind::Outcome { name: official.name.clone() });
    }
    report.check(
        before,
        What::Verdict {
            item: item.id.to_string(),
            name: official.name.clone(),
            rate: recorded.rate.map(|rate| rate.to_string()),
            score: recorded.score.map(|score| score.to_string()),
            verdict: recorded.judgement.as_ref().map(|judgement| judgement.name.clone()),
        },
    );
}
