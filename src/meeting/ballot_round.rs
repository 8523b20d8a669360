//! One round of a secret ballot, phase by phase: see `ballot.md`. Each phase is a barrier. What the hub does here
//! follows from a rule, and every terminal recomputes it.

use super::command::CommandKind;
use super::contest::contest_outcome;
use jiff::{SignedDuration, Timestamp};

use super::event::{Event, OpenedBox, VoidReason};
use super::floor::{self, text};
use super::ids::{Actor, BallotId, SeatId};
use super::refusal::Refusal;
use super::review_state::OfficialStage;
use super::rights;
use super::round::{Counted, Round, RoundPhase, Sheet};
use super::state::{ItemState, State, number};
use super::{opening, quorum, sha256_hex};
use crate::ballot::{BallotHash, Question};
use crate::plan::{Item, SMALL, SmallPlan};
use crate::rules::{LineCount, LineOutcome};

/// How long a fixed box can still grow by ballots that were acknowledged and are missing from it, in seconds.
const BOX_CHECK_SECONDS: i64 = 60;

/// How long terminals have after that to confirm it, in seconds: then scrutineers can accept that one does not.
const BOX_ANSWER_SECONDS: i64 = 20;

/// The same in a rehearsal, where nobody runs after a terminal.
const REHEARSED_SECONDS: i64 = 1;

type Decision = Result<Vec<Event>, Refusal>;

/// The round that a command is about, in a phase in which the command has a meaning: on the floor, or waiting for its
/// official's turn.
pub(super) fn under_way<'a>(
    state: &'a State,
    ballot: &BallotId,
    command: CommandKind,
) -> Result<(&'a ItemState, &'a Round), Refusal> {
    let item = state.current_item().ok_or(Refusal::UnknownBallot)?;
    let round = item.rounds.iter().find(|round| round.issue.ballot == *ballot);
    let round = round.ok_or(Refusal::UnknownBallot)?;
    if rights::in_phase(command, round.phase) { Ok((item, round)) } else { Err(Refusal::NotNow { command }) }
}

/// What the presiding officer decides, is decided for all rounds that are under way together: none is ahead.
pub(super) fn together<'a>(
    state: &'a State,
    ballot: &BallotId,
    command: CommandKind,
) -> Result<(&'a ItemState, Vec<&'a Round>), Refusal> {
    let (item, round) = under_way(state, ballot, command)?;
    let rounds: Vec<&Round> = item.rounds_together().collect();
    if !rounds.iter().any(|one| one.issue.ballot == round.issue.ballot) {
        return Err(Refusal::NotTheTurn);
    }
    if rounds.iter().all(|round| rights::in_phase(command, round.phase)) {
        Ok((item, rounds))
    } else {
        Err(Refusal::NotNow { command })
    }
}

/// The seat of a terminal that holds a paper of this round.
pub(super) fn holder<'a>(actor: &'a Actor, round: &Round) -> Result<&'a SeatId, Refusal> {
    actor.seat().filter(|seat| round.issued.contains_key(seat)).ok_or(Refusal::NoPaperForSeat)
}

pub(super) fn object(state: &State, actor: &Actor, ballot: &BallotId, reason: &str) -> Decision {
    state.round(ballot).ok_or(Refusal::UnknownBallot)?;
    Ok(vec![Event::Objected { ballot: ballot.clone(), by: actor.clone(), reason: text(reason)? }])
}

/// A list is never edited: what went wrong before the opening voids the round for everyone, and with it all of the bundle
/// that is not counted: the terminal that was lost holds papers of all of them.
pub(super) fn new_round(state: &State, ballot: &BallotId, reason: &str) -> Decision {
    let command = CommandKind::NewRound;
    let (item, _) = under_way(state, ballot, command)?;
    if !item.rounds_under_way().all(|round| rights::in_phase(command, round.phase)) {
        return Err(Refusal::NotNow { command });
    }
    let reason = VoidReason::Decided { reason: text(reason)? };
    Ok(all_void(item.rounds_under_way(), &reason))
}

pub(super) fn all_void<'a>(rounds: impl Iterator<Item = &'a Round>, reason: &VoidReason) -> Vec<Event> {
    rounds.map(|round| voided(&round.issue.ballot, round, reason.clone())).collect()
}

fn voided(ballot: &BallotId, round: &Round, reason: VoidReason) -> Event {
    let unconfirmed = round.unconfirmed().cloned().collect();
    Event::RoundVoided { ballot: ballot.clone(), reason, unconfirmed }
}

/// Who holds a paper of what is voted on and has left: the list is never edited, so that it stays issued, and is not
/// returned unless they come back. Before voting opens the presiding officer is told, and can issue papers again instead.
pub fn left_with_paper(state: &State, item: &ItemState) -> Vec<SeatId> {
    let holders = item.rounds_together().flat_map(|round| round.issued.keys());
    holders.filter(|seat| !state.is_present(seat)).cloned().collect()
}

/// Voting opens only when issued = registered = confirmed and the quorum holds again, of those who are still here.
pub(super) fn open_voting(state: &State, ballot: &BallotId) -> Decision {
    let (item, rounds) = together(state, ballot, CommandKind::OpenVoting)?;
    // Papers may wait; the vote is after the report and the questions.
    let stage = item.review().and_then(|review| review.current()).map(|(_, official)| &official.stage);
    if stage.is_some_and(|stage| *stage != OfficialStage::Evaluating) {
        return Err(Refusal::NotTheTurn);
    }
    let missing: Vec<SeatId> = rounds.iter().flat_map(|round| round.unconfirmed().cloned()).collect();
    if !missing.is_empty() {
        let registered = |round: &&Round| round.setup.as_ref().map_or(0, |setup| setup.admitted.len());
        return Err(Refusal::ListNotConfirmed {
            issued: rounds.iter().map(|round| round.issued()).sum(),
            registered: number(rounds.iter().map(registered).sum()),
            confirmed: number(rounds.iter().map(|round| round.confirmed.len()).sum()),
            missing,
        });
    }
    if state.room.due {
        let (confirmed, needed) = (number(state.room.confirmed.len()), state.scrutineers_needed());
        return Err(Refusal::RoomNotCompared { confirmed, needed });
    }
    let (rule, present, due) = quorum::at_vote(state, item).ok_or(Refusal::UnknownItem)?;
    let missed = floor::quorum(state, Some(&item.id), &rule, present, due)?;
    Ok(match missed {
        Some(missed) => vec![missed],
        None => for_all(&rounds, |ballot| Event::VotingOpened { ballot }),
    })
}

pub(super) fn for_all(rounds: &[&Round], event: impl Fn(BallotId) -> Event) -> Vec<Event> {
    rounds.iter().map(|round| event(round.issue.ballot.clone())).collect()
}

pub(super) fn close_voting(state: &State, ballot: &BallotId) -> Decision {
    let (_, rounds) = together(state, ballot, CommandKind::CloseVoting)?;
    Ok(for_all(&rounds, |ballot| Event::VotingClosed { ballot }))
}

/// Returned ≤ issued, always: more ballots than papers void the round, and nothing is opened. Those that are under way
/// together are void together: none is ahead. While terminals check the box it can grow by ballots that were
/// acknowledged and are missing from it; nothing ever leaves it.
pub(super) fn fix_box(state: &State, ballot: &BallotId, ballots: &[BallotHash], now: Timestamp) -> Decision {
    let (item, round) = under_way(state, ballot, CommandKind::FixBox)?;
    if !ballots.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
        return Err(Refusal::WrongBox);
    }
    if round.phase == RoundPhase::Sealed {
        let kept = round.ballots.iter().all(|hash| ballots.binary_search(hash).is_ok());
        if !kept {
            return Err(Refusal::WrongBox);
        }
        if ballots.len() == round.ballots.len() {
            return Ok(Vec::new());
        }
        if !can_grow(state, round, now) {
            return Err(Refusal::NotNow { command: CommandKind::FixBox });
        }
    }
    let returned = number(ballots.len());
    if returned > round.issued() {
        let reason = VoidReason::TooMany { issued: round.issued(), returned };
        return Ok(all_void(item.rounds_together().filter(|round| round.is_under_way()), &reason));
    }
    Ok(vec![Event::BoxFixed {
        ballot: ballot.clone(),
        ballots: ballots.to_vec(),
        box_hash: super::box_hash(ballot, ballots),
    }])
}

pub(super) fn confirm_box(state: &State, actor: &Actor, ballot: &BallotId, hash: &str) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::ConfirmBox)?;
    let seat = holder(actor, round)?;
    if round.box_hash.as_deref() != Some(hash) {
        return Err(Refusal::WrongBox);
    }
    if round.box_confirmed.contains(seat) {
        return Ok(Vec::new());
    }
    if round.box_closed_at.is_none() {
        return Err(Refusal::NotNow { command: CommandKind::ConfirmBox });
    }
    Ok(vec![Event::BoxConfirmed { ballot: ballot.clone(), seat: seat.clone() }])
}

/// Whether a fixed box can still grow: it is not full, and its time is not over.
pub fn can_grow(state: &State, round: &Round, now: Timestamp) -> bool {
    round.phase == RoundPhase::Sealed
        && round.box_closed_at.is_none()
        && left(round.box_fixed_at, seconds(state, BOX_CHECK_SECONDS), now).is_some()
}

/// The hub says that the time is over: not before it is.
pub(super) fn end_box_check(state: &State, ballot: &BallotId, now: Timestamp) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::EndBoxCheck)?;
    if round.box_closed_at.is_some() {
        return Ok(Vec::new());
    }
    if can_grow(state, round, now) {
        return Err(Refusal::NotNow { command: CommandKind::EndBoxCheck });
    }
    Ok(vec![Event::BoxCheckEnded { ballot: ballot.clone() }])
}

/// How many seconds terminals still have to answer to a fixed box; none when they are over.
pub fn box_check_left(state: &State, round: &Round, now: Timestamp) -> Option<u32> {
    match round.box_closed_at {
        Some(closed) => left(Some(closed), seconds(state, BOX_ANSWER_SECONDS), now),
        None => Some(left(round.box_fixed_at, seconds(state, BOX_CHECK_SECONDS), now).unwrap_or(1)),
    }
}

pub(super) fn seconds(state: &State, seconds: i64) -> i64 {
    if state.frozen.rehearsal { REHEARSED_SECONDS } else { seconds }
}

/// Whole seconds, rounded up: whoever waits so long has waited long enough.
pub(super) fn left(since: Option<Timestamp>, seconds: i64, now: Timestamp) -> Option<u32> {
    let left = (since? + SignedDuration::from_secs(seconds)).duration_since(now);
    u32::try_from((left.as_millis() + 999) / 1000).ok().filter(|seconds| *seconds > 0)
}

/// A scrutineer accepts, with the own key, that these terminals do not confirm the box: not before they had time to.
pub(super) fn accept_missing(
    state: &State,
    actor: &Actor,
    ballot: &BallotId,
    seats: &[SeatId],
    now: Timestamp,
) -> Decision {
    let command = CommandKind::AcceptMissing;
    let (_, round) = under_way(state, ballot, command)?;
    let seat = actor.seat().ok_or(Refusal::NoRight { command })?;
    if let Some(seconds) = box_check_left(state, round, now) {
        return Err(Refusal::BoxStillChecked { seconds });
    }
    let missing: Vec<SeatId> = round
        .box_unconfirmed()
        .filter(|one| seats.contains(one))
        .filter(|one| !round.accepted.get(one).is_some_and(|by| by.contains(seat)))
        .cloned()
        .collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::MissingAccepted { ballot: ballot.clone(), seat: seat.clone(), missing }])
}

/// Whether a box holds too few ballots to be opened, by the plan.
pub fn is_too_few(state: &State, round: &Round) -> bool {
    round.returned().is_some_and(|returned| is_few(state, returned))
}

/// Whether so many are too few to be looked at, by the plan.
pub(super) fn is_few(state: &State, returned: u32) -> bool {
    state.plan().meeting.small == SmallPlan::Closed && returned < SMALL
}

/// The last decision before the result: every terminal with a paper has confirmed the box, or enough scrutineers have
/// accepted that it does not.
pub(super) fn open_box(state: &State, ballot: &BallotId) -> Decision {
    let (_, rounds) = together(state, ballot, CommandKind::OpenBox)?;
    if let Some(round) = rounds.iter().find(|round| is_too_few(state, round)) {
        return Err(Refusal::TooFewToOpen { returned: round.returned().unwrap_or(0), needed: SMALL });
    }
    let needed = state.scrutineers_needed();
    let missing: Vec<SeatId> = rounds.iter().flat_map(|round| round.box_missing(needed).cloned()).collect();
    if !missing.is_empty() {
        return Err(Refusal::BoxNotConfirmed { missing });
    }
    Ok(for_all(&rounds, |ballot| Event::BoxOpened { ballot }))
}

pub(super) fn keep_closed(state: &State, ballot: &BallotId) -> Decision {
    let command = CommandKind::KeepClosed;
    let (_, rounds) = together(state, ballot, command)?;
    // Ballots that were acknowledged may still come back in.
    if rounds.iter().any(|round| round.box_closed_at.is_none()) {
        return Err(Refusal::NotNow { command });
    }
    let Some(few) = rounds.iter().find(|round| is_too_few(state, round)) else {
        return Err(Refusal::NotNow { command });
    };
    let reason = VoidReason::TooFew { returned: few.returned().unwrap_or(0), needed: SMALL };
    Ok(all_void(rounds.into_iter(), &reason))
}

/// The sums become outcomes by the plan's rule, here and nowhere else: lines that are carried, or who is elected. Those of
/// an evaluation become a verdict when it is declared.
pub(super) fn publish_count(state: &State, ballot: &BallotId, opened: &OpenedBox) -> Decision {
    let (item, round) = under_way(state, ballot, CommandKind::PublishCount)?;
    let planned = state.item(&item.id).ok_or(Refusal::UnknownItem)?;
    let returned = round.returned().unwrap_or(0);
    let questions = super::paper_questions(state, &round.issue);
    opening::check_openers(state, round, opened)?;
    if item.rounds_together().any(|other| !opening::enough_released(state, other)) {
        return Err(Refusal::NotNow { command: CommandKind::PublishCount });
    }
    let add_up = |(question, sums): (&Question, &Vec<u32>)| question.can_add_up(sums, returned);
    if opened.sums.len() != questions.len() || !questions.iter().zip(&opened.sums).all(add_up) {
        return Err(Refusal::SumsDoNotAddUp);
    }
    let contest = planned.contested().and_then(|contested| contest_outcome(contested, round, &opened.sums));
    let outcomes = match contest {
        Some(_) => Vec::new(),
        None => outcomes(planned, round, &opened.sums, returned),
    };
    let (ballot, opened) = (ballot.clone(), Box::new(opened.clone()));
    Ok(vec![Event::Counted { ballot, opened, outcomes, contest: contest.map(Box::new) }])
}

/// The outcome of each line by the plan's rule; an evaluation has none, and gets its verdict when it is declared.
pub(super) fn outcomes(planned: &Item, round: &Round, sums: &[Vec<u32>], returned: u32) -> Vec<LineOutcome> {
    let Some(nomination) = planned.nomination() else { return Vec::new() };
    let outcome = |sums: &Vec<u32>| match sums.as_slice() {
        [agree, disagree, abstain] => {
            let count = LineCount { agree: *agree, disagree: *disagree, abstain: *abstain };
            Some(count.outcome(&nomination.carried, round.issue.due, round.present(), returned))
        }
        _ => None,
    };
    sums.iter().filter_map(outcome).collect()
}

/// What scrutineers sign: the figures of all ballots that were opened together.
pub fn result_hash<'a>(rounds: impl Iterator<Item = &'a Round>) -> String {
    let mut text = "plenum/v1/result".to_owned();
    for round in rounds {
        let result = match round.count.as_ref().map(|count| &count.counted) {
            Some(Counted::Opened(opened)) => opened.result.clone(),
            Some(Counted::ByPaper(count)) => count.signed_text(),
            None => String::new(),
        };
        let box_hash = round.box_hash.as_deref().unwrap_or_default();
        text.push_str(&format!("|{}|{box_hash}|{result}", round.issue.ballot));
    }
    sha256_hex(text.as_bytes())
}

/// A scrutineer signs the result sheet. Whoever refused can still sign; whoever signed has signed.
pub(super) fn sign_result(state: &State, actor: &Actor, ballot: &BallotId, result: &str) -> Decision {
    let command = CommandKind::SignResult;
    let (seat, rounds) = sheet(state, actor, ballot, command)?;
    if result_hash(rounds.iter().copied()) != result {
        return Err(Refusal::OtherResult);
    }
    let signed = |round: &&&Round| matches!(round.sheet.get(seat), Some(Sheet::Signed));
    if rounds.iter().all(|round| signed(&round)) {
        return Ok(Vec::new());
    }
    Ok(for_all(&rounds, |ballot| Event::ResultSigned { ballot, seat: seat.clone() }))
}

pub(super) fn refuse_result(state: &State, actor: &Actor, ballot: &BallotId, reason: &str) -> Decision {
    let command = CommandKind::RefuseResult;
    let (seat, rounds) = sheet(state, actor, ballot, command)?;
    // What the console recorded of a sheet of paper, the own key can correct.
    let by_own_key =
        |round: &&Round| round.sheet.get(seat).is_some_and(|sheet| !matches!(sheet, Sheet::ByHand { .. }));
    if rounds.iter().any(by_own_key) {
        return Err(Refusal::NotNow { command });
    }
    let reason = text(reason)?;
    Ok(for_all(&rounds, |ballot| Event::ResultRefused { ballot, seat: seat.clone(), reason: reason.clone() }))
}

fn sheet<'a>(
    state: &'a State,
    actor: &'a Actor,
    ballot: &BallotId,
    command: CommandKind,
) -> Result<(&'a SeatId, Vec<&'a Round>), Refusal> {
    let (_, rounds) = together(state, ballot, command)?;
    Ok((actor.seat().ok_or(Refusal::NoRight { command })?, rounds))
}

/// Whether enough scrutineers have answered to the result sheet: then the result can be declared.
pub fn sheet_is_answered<'a>(state: &State, mut rounds: impl Iterator<Item = &'a Round>) -> bool {
    rounds.all(|round| number(round.sheet.len()) >= state.scrutineers_needed())
}
