//! What happened to declared results: objections, reconsiderations, items that were taken up again, lines that are barred.
//! Computed from the figures alone, beside what the record's rules have allowed.

use super::fault::FaultKind;
use super::open;
use super::report::{Report, What};
use crate::journal::FILE_NAME;
use crate::meeting::barred::is_same;
use crate::meeting::{ItemState, Phase, State};

/// Checks objections and reconsiderations of the whole meeting.
pub(super) fn check(state: &State, report: &mut Report) {
    for objection in &state.result_objections {
        let before = report.faults.len();
        let closed = state.phase == Phase::Ended && state.adjourned.is_none();
        if closed && objection.settled.is_none() {
            report.fault(FILE_NAME, FaultKind::ObjectionOpen { number: objection.number });
        }
        let what = What::ResultObjection {
            number: objection.number,
            item: objection.item.to_string(),
            by: state.name(&objection.by).to_owned(),
            outcome: objection.settled.as_ref().map(|settled| settled.outcome),
        };
        report.check(before, what);
    }
    for (_, asked) in &state.reconsiderations {
        let before = report.faults.len();
        let hands = u64::from(asked.agree) + u64::from(asked.disagree) + u64::from(asked.abstain);
        let consented = 2 * u64::from(asked.agree) > u64::from(asked.due);
        if hands != u64::from(asked.present) || consented != asked.consented {
            report.fault(FILE_NAME, FaultKind::Consent { item: asked.item.to_string() });
        }
        let what = What::Reconsidered {
            item: asked.item.to_string(),
            agree: asked.agree,
            due: asked.due,
            needed: asked.needed,
            consented: asked.consented,
        };
        report.check(before, what);
    }
}

/// Checks what was decided of an item before it was taken up again, and the lines that are barred.
pub(super) fn check_item(state: &State, item: &ItemState, report: &mut Report) {
    for (number, reopening) in (1..).zip(&item.reopenings) {
        open::check(state, &reopening.before, report);
        let ballots = reopening.before.rounds_now().filter(|round| round.count.is_some());
        let what = What::SetAside {
            item: item.id.to_string(),
            number,
            ballots: ballots.map(|round| round.issue.ballot.to_string()).collect(),
            lines: reopening.lines.iter().map(ToString::to_string).collect(),
            ground: reopening.ground,
        };
        report.check(report.faults.len(), what);
    }
    let planned = state.item(&item.id);
    for (line, bar) in &item.barred {
        let before = report.faults.len();
        let nominee = planned.and_then(|planned| planned.lines().iter().find(|one| one.id == line.as_str()));
        let name = nominee.map_or_else(|| line.to_string(), |nominee| nominee.name.clone());
        // The ballot that bars has the same person for the same post, and did not carry that line.
        let holds = nominee.is_some_and(|nominee| {
            let (Some((other, round)), Some(planned)) = (state.round(&bar.ballot), state.item(&bar.item))
            else {
                return false;
            };
            let same = planned.lines().iter().filter(|one| is_same(one, nominee));
            let lost = |place: usize| {
                let count = round.count.as_ref()?;
                Some(match &count.contest {
                    Some(contest) => contest.candidates.get(place)?.votes < contest.needed,
                    None => !count.outcomes.get(place)?.carried,
                })
            };
            let place = |id: &str| round.issue.lines.iter().position(|line| line.as_str() == id);
            other.id == bar.item && same.filter_map(|one| lost(place(&one.id)?)).any(|lost| lost)
        });
        if !holds {
            report.fault(FILE_NAME, FaultKind::NotBarred { item: item.id.to_string(), name: name.clone() });
        }
        let what = What::Barred { item: item.id.to_string(), name, by: bar.ballot.to_string() };
        report.check(before, what);
    }
}
