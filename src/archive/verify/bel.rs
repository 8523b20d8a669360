//! The archive of a ballot: by itself, and against the record.

use std::collections::BTreeSet;

use super::fault::FaultKind;
use super::files::Folder;
use super::record::Journal;
use super::report::{BallotName, Report, What};
use super::scrutiny::Scrutiny;
use crate::archive::bel::{bel_path, credentials_text};
use crate::ballot::{BallotHash, BelContents, BelReport, open_bel, verify_bel};
use crate::meeting::{Count, Round, RoundPhase, State, contest_outcome, sha256_hex};
use crate::plan::Contested;
use crate::rules::{ContestOutcome, LineCount};

/// An archive that no round of the record explains.
pub(super) fn check_alone(folder: &Folder<'_>, path: &str, report: &mut Report) {
    let before = report.faults.len();
    let Some(bytes) = folder.bytes(path, report) else { return };
    let found = verify_bel(&bytes);
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = BallotName::of_file(name.strip_suffix(".bel").unwrap_or(name));
    note(path, name, &found, before, report);
}

fn note(path: &str, ballot: BallotName, found: &BelReport, before: usize, report: &mut Report) {
    for fault in &found.faults {
        report.fault(path, FaultKind::Bel { detail: fault.to_string() });
    }
    let (ballots, proofs) = (found.ballots, found.proofs);
    report.check(before, What::Ballots { ballot, ballots, proofs });
}

/// The archive of a round whose box was fixed. Returns the sums that its ballots give, as far as it was opened.
pub(super) fn check(
    folder: &Folder<'_>,
    state: &State,
    round: &Round,
    journal: &Journal,
    report: &mut Report,
) -> Option<Vec<Vec<u32>>> {
    let before = report.faults.len();
    let path = bel_path(&round.issue.ballot);
    let bytes = folder.bytes(&path, report)?;
    let found = verify_bel(&bytes);
    let contents = open_bel(&bytes).ok();
    if let Some(contents) = &contents {
        compare(&path, round, contents, &found, report);
        compare_opening(&path, round, contents, journal.whole, report);
        compare_released(&path, (state, round), contents, &journal.scrutiny, report);
    }
    note(&path, BallotName::of(state, round), &found, before, report);
    let sums = found.result.as_ref().and_then(|result| numbers(result));
    if let Some(count) = round.count.as_ref().filter(|_| round.phase == RoundPhase::Counted) {
        check_opening(&path, state, round, count, &found, report);
        if sums.as_ref().is_some_and(|sums| sums.as_slice() != count.sums()) {
            report.fault(&path, FaultKind::BelSums);
        }
    }
    sums
}

/// Sums as the record has them; none where one is larger than any room.
fn numbers(result: &[Vec<u64>]) -> Option<Vec<Vec<u32>>> {
    result.iter().map(|sums| sums.iter().map(|sum| u32::try_from(*sum).ok()).collect()).collect()
}

/// Setup, time, ballots: those of the record.
fn compare(path: &str, round: &Round, contents: &BelContents, found: &BelReport, report: &mut Report) {
    if let Some(setup) = &round.setup {
        let same = contents.setup.election().bytes() == setup.election.as_bytes()
            && contents.setup.trustees().bytes() == setup.trustees.as_bytes()
            && contents.setup.credentials_bytes() == credentials_text(setup).as_bytes();
        if !same {
            report.fault(path, FaultKind::BelSetup);
        }
    }
    let recorded = round.closed_at.and_then(|at| u64::try_from(at.as_second()).ok()).unwrap_or(0);
    if contents.timestamp_seconds != recorded {
        report.fault(path, FaultKind::BelTime { found: contents.timestamp_seconds, recorded });
    }
    if found.hashes != *round.ballots {
        let archived: BTreeSet<&BallotHash> = found.hashes.iter().collect();
        let fixed: BTreeSet<&BallotHash> = round.ballots.iter().collect();
        for hash in fixed.difference(&archived) {
            report.fault(path, FaultKind::BelBallotMissing { hash: hash.to_string() });
        }
        for hash in archived.difference(&fixed) {
            report.fault(path, FaultKind::BelBallotExtra { hash: hash.to_string() });
        }
        if archived == fixed {
            report.fault(path, FaultKind::BelOrder);
        }
    }
}

/// Sum, factors, result: those of the record.
fn compare_opening(path: &str, round: &Round, contents: &BelContents, whole: bool, report: &mut Report) {
    let (opening, opened) = match (&contents.opening, &round.count) {
        (Some(opening), Some(count)) => match count.opened() {
            Some(opened) => (opening, opened),
            None => return report.fault(path, FaultKind::BelOpenedNever),
        },
        // What came after the line up to which the record could be followed is not known.
        (Some(_), None) if whole => return report.fault(path, FaultKind::BelOpenedNever),
        (None, Some(_)) => return report.fault(path, FaultKind::BelNotOpened),
        (_, None) => return,
    };
    if opening.tally != opened.tally.as_bytes() {
        report.fault(path, FaultKind::BelTally);
    }
    let recorded = opened.factors.iter().map(|factors| (Some(factors.trustee), factors.factors.as_bytes()));
    let archived = opening.partials.iter().map(|(factors, owned)| (owner(owned), factors.as_slice()));
    if !recorded.eq(archived) {
        report.fault(path, FaultKind::BelFactors);
    }
    if opening.result != opened.result.as_bytes() {
        report.fault(path, FaultKind::BelResult);
    }
}

/// Factors are those that scrutineers' terminals said they give, of the sum that they said.
fn compare_released(
    path: &str,
    (state, round): (&State, &Round),
    contents: &BelContents,
    scrutiny: &Scrutiny,
    report: &mut Report,
) {
    let Some(opening) = &contents.opening else { return };
    let sum = sha256_hex(&opening.tally);
    for (factors, owned) in &opening.partials {
        let Some(seat) = owner(owned).and_then(|trustee| scrutiny.trustee(round, trustee)) else { continue };
        let by = || state.name(seat).to_owned();
        match round.released.get(seat) {
            Some(released) if released.factors != sha256_hex(factors) => {
                report.fault(path, FaultKind::BelReleased { by: by() });
            }
            Some(released) if released.sum != sum => {
                report.fault(path, FaultKind::BelReleasedSum { by: by() });
            }
            Some(_) => {}
            None if round.count.is_some() => report.fault(path, FaultKind::BelReleased { by: by() }),
            None => {}
        }
    }
}

/// The trustee that a record of factors names.
fn owner(owned: &[u8]) -> Option<u32> {
    let owned: serde_json::Value = serde_json::from_slice(owned).ok()?;
    owned.get("owner")?.as_u64().and_then(|owner| u32::try_from(owner).ok())
}

/// The sums that the ballots give, and by the plan's rule the outcomes.
fn check_opening(
    path: &str,
    state: &State,
    round: &Round,
    count: &Count,
    found: &BelReport,
    report: &mut Report,
) {
    let ballot = round.issue.ballot.to_string();
    let trustees = found.setup.as_ref().map_or(0, |setup| setup.trustees().len());
    let openers = found.openers.len();
    let before = report.faults.len();
    report.check(before, What::Opened { ballot: BallotName::of(state, round), openers, trustees });
    let Some(item) = state.item(&round.issue.item) else { return };
    let Some(nomination) = item.nomination() else { return };
    if let Some(contested) = item.contested() {
        return check_election(path, contested, round, found, report);
    }
    for (place, (id, outcome)) in round.issue.lines.iter().zip(&count.outcomes).enumerate() {
        let before = report.faults.len();
        let name = nomination.line(id.as_str()).map_or(id.as_str(), |line| &line.name).to_owned();
        let sums = found.result.as_ref().and_then(|result| result.get(place));
        let counted = match sums
            .map(|sums| sums.iter().filter_map(|sum| u32::try_from(*sum).ok()).collect::<Vec<_>>())
            .as_deref()
        {
            Some([agree, disagree, abstain]) => {
                let count = LineCount { agree: *agree, disagree: *disagree, abstain: *abstain };
                let returned = round.returned().unwrap_or(0);
                Some(count.outcome(&nomination.carried, round.issue.due, round.present(), returned))
            }
            _ => None,
        };
        if counted.as_ref() != Some(outcome) {
            report.fault(path, FaultKind::Outcome { name: name.clone() });
        }
        let LineCount { agree, disagree, abstain } = outcome.count;
        let (base, needed, carried) = (outcome.base, outcome.needed, outcome.carried);
        let ballot = ballot.clone();
        report.check(before, What::Outcome { ballot, name, agree, disagree, abstain, base, needed, carried });
    }
}

/// Who is elected in a round, from the sums that its ballots give.
fn check_election(path: &str, contested: &Contested, round: &Round, found: &BelReport, report: &mut Report) {
    let sums = found.result.as_ref().and_then(|result| numbers(result));
    let counted = sums.and_then(|sums| contest_outcome(contested, round, &sums));
    compare_elected(path, contested, round, counted.as_ref(), report);
}

/// Who is elected in a round by the record, and by what was counted again.
pub(super) fn compare_elected(
    path: &str,
    contested: &Contested,
    round: &Round,
    counted: Option<&ContestOutcome>,
    report: &mut Report,
) {
    let ballot = round.issue.ballot.to_string();
    let recorded = round.contest();
    for (place, id) in round.issue.lines.iter().enumerate() {
        let before = report.faults.len();
        let name = contested.slate.line(id.as_str()).map_or(id.as_str(), |line| &line.name).to_owned();
        let own = |outcome: &ContestOutcome| {
            let frame = (outcome.seats, outcome.base, outcome.needed, outcome.blank);
            Some((frame, outcome.candidates.get(place).copied()?))
        };
        let (again, from_record) = (counted.and_then(own), recorded.and_then(own));
        if from_record.is_none() || again != from_record {
            report.fault(path, FaultKind::Outcome { name: name.clone() });
        }
        let Some(((_, base, needed, _), candidate)) = from_record else { continue };
        let (votes, fate) = (candidate.votes, candidate.fate);
        report.check(before, What::Election { ballot: ballot.clone(), name, votes, base, needed, fate });
    }
}
