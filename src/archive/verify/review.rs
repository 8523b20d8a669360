//! A review: the verdict on each official from the sums that the archived ballots give, and the slips.

use std::collections::BTreeMap;

use super::fault::FaultKind;
use super::report::{Report, What};
use crate::archive::bel::bel_path;
use crate::archive::results::in_order;
use crate::ballot::{TokenInput, check_token};
use crate::journal::FILE_NAME;
use crate::meeting::slip_act::key_bytes;
use crate::meeting::{BallotId, ItemState, OfficialId, Phase, ReviewState, Round, RoundPhase, Stage, State};
use crate::plan::{Official, Review};
use crate::rules::Verdict;

/// The sums that the archive of each ballot gives.
pub(super) type Sums = BTreeMap<BallotId, Vec<Vec<u32>>>;

/// Checks an item, if it is a review.
pub(super) fn check(state: &State, item: &ItemState, sums: &Sums, report: &mut Report) {
    let plan = state.item(&item.id).and_then(|item| item.review());
    let Some((plan, review)) = plan.zip(item.review()) else { return };
    for official in in_order(plan, review) {
        let known = review.officials.get(&OfficialId::from(official.id.as_str()));
        if let Some(verdict) = known.and_then(|known| known.verdict.as_ref()) {
            check_verdict(state, item, plan, official, verdict, sums, report);
        }
    }
    if plan.slips_max > 0 {
        check_slips(state, item, review, report);
    }
}

/// No more slips than were issued, each with a token of its own under the key that was published at the end. That each
/// act is signed by its slip's key, the record's rules have checked.
fn check_slips(state: &State, item: &ItemState, review: &ReviewState, report: &mut Report) {
    let before = report.faults.len();
    let people = review.slips_issued.len();
    let issued = review.issued_slips();
    let spent = review.slips_spent.len();
    let name = || item.id.to_string();
    if spent > issued {
        report.fault(FILE_NAME, FaultKind::Slips { item: name(), issued, spent });
    }
    let mut tokens = 0;
    match (&review.slip_issuer, &review.slip_secret) {
        (Some(issuer), Some(secret)) if secret.is_of(issuer) => {
            for (key, slip) in &review.slips_spent {
                let input = key_bytes(key).map(|bytes| TokenInput::slip(&bytes));
                if input.is_some_and(|input| check_token(secret, input, &slip.token)) {
                    tokens += 1;
                } else {
                    report.fault(FILE_NAME, FaultKind::SlipToken { item: name(), key: key.clone() });
                }
            }
        }
        (_, Some(_)) => report.fault(FILE_NAME, FaultKind::SlipKey { item: name() }),
        // The hub publishes the key when the review or the meeting is over, and seals nothing before.
        (Some(_), None) if state.phase == Phase::Ended || item.stage == Stage::Declared => {
            report.fault(FILE_NAME, FaultKind::SlipKeyMissing { item: name() });
        }
        _ => {}
    }
    let acts = review.slips_spent.values().map(|slip| slip.acts.len()).sum();
    report.check(before, What::Slips { item: name(), people, issued, spent, acts, tokens });
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
