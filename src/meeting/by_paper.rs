//! A vote on paper, when nothing electronic works: papers are printed, marked, put into a box of wood and counted by hand.
//! The rules, the figures and their checks are those of every ballot; what is missing is the proof, and the record says so.
//! What figures can be true is in `paper_sums`.
//!
//! ```text
//! OpenPaperVote ─► OnPaper ─► two equal counts ─► Counted
//!                     │  └──► two that differ: both stay in the record, and both count again
//!                     └─────► more returned than issued, or too few to be opened: Void
//! ```
//!
//! Scrutineers enter the figures each for themselves: at their terminals under their own keys, or, where those do not work,
//! at the console in their names. That is signed by the console's key alone, and is told apart for ever.

use super::ballot_round::{all_void, is_few, outcomes, together};
use super::command::CommandKind;
use super::contest::contest_by_paper;
use super::event::{Event, VoidReason};
use super::floor::{self, text};
use super::ids::{Actor, BallotId, ItemId, SeatId};
use super::issue::{Electorate, evaluated, lines};
use super::opening::openers_left;
use super::paper_sums::{differences, mistakes};
use super::paper_vote::PaperCount;
use super::refusal::Refusal;
use super::round::{Round, RoundPhase, Sheet};
use super::state::{ItemState, Stage, State};
use super::{quorum, result_hash};
use crate::plan::{Duty, SMALL};

type Decision = Result<Vec<Event>, Refusal>;

/// Whether the item on the floor can be voted on by paper now: it has come to its ballot, nothing of that is counted, and
/// no box is being opened that still can be. Each round of an election is a ballot of its own.
///
/// # Errors
/// Why not.
pub fn can_go_to_paper(state: &State, item: &ItemState) -> Result<(), Refusal> {
    let command = CommandKind::OpenPaperVote;
    super::rights::check(state, &Actor::Console, command)?;
    if !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    evaluated(state, item)?;
    if item.awaits_further_round() {
        return Ok(());
    }
    if item.stage == Stage::Deliberated {
        let any = state.item(&item.id).is_some_and(|planned| item.lines_to_vote(planned).next().is_some());
        return if any { Ok(()) } else { Err(Refusal::NothingToVoteOn) };
    }
    let phases = || item.rounds_together().map(|round| round.phase);
    if phases().any(|phase| matches!(phase, RoundPhase::OnPaper | RoundPhase::Counted)) {
        return Err(Refusal::NotNow { command });
    }
    // What was decided to be opened may be known to somebody already: only what cannot be opened is left. Groups that are
    // counted apart open together, or not at all.
    let opening = || item.rounds_together().filter(|round| round.phase == RoundPhase::Opening);
    let left = opening().map(|round| openers_left(state, round)).min();
    match left {
        None => {}
        Some(Some((left, needed))) if left < needed => {}
        Some(Some((left, needed))) => return Err(Refusal::StillOpenable { left, needed }),
        Some(None) => return Err(Refusal::NotNow { command }),
    }
    Ok(())
}

/// The electronic round under way is void, and with it all papers that wait, as in a new round; the electors in the room
/// get papers to write on. The quorum is tested again.
pub(super) fn open(state: &State, id: &ItemId) -> Decision {
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let item = state.current_item().filter(|item| item.id == *id).ok_or(Refusal::AnotherItemOpen)?;
    can_go_to_paper(state, item)?;
    let subject = evaluated(state, item)?;
    let (deferred, lines) = lines(planned, item);
    if lines.is_empty() {
        return Err(Refusal::NothingToVoteOn);
    }
    let electorate = Electorate::of(state, planned, item, subject.as_ref());
    let (rule, present, due) = quorum::at_issue(state, item).ok_or(Refusal::UnknownItem)?;
    if let Some(missed) = floor::quorum(state, Some(id), &rule, present, due)? {
        return Ok(vec![missed]);
    }
    let issues = electorate.issues(planned, item, subject, (&lines, &deferred));
    let opened = issues.into_iter().map(|issue| Event::PaperVoteOpened(Box::new(issue)));
    Ok(all_void(item.rounds_under_way(), &VoidReason::ByPaper).into_iter().chain(opened).collect())
}

/// A scrutineer's own count, under the own key.
pub(super) fn enter(state: &State, actor: &Actor, ballot: &BallotId, count: &PaperCount) -> Decision {
    let command = CommandKind::EnterCount;
    let seat = actor.seat().ok_or(Refusal::NoRight { command })?;
    entered(state, command, ballot, seat, count, false)
}

/// The same at the console, in a scrutineer's name.
pub(super) fn enter_for(state: &State, ballot: &BallotId, seat: &SeatId, count: &PaperCount) -> Decision {
    is_scrutineer(state, seat)?;
    entered(state, CommandKind::EnterCountFor, ballot, seat, count, true)
}

fn is_scrutineer(state: &State, seat: &SeatId) -> Result<(), Refusal> {
    let person = state.plan().person(seat.as_str());
    let person = person.ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })?;
    if !person.duties.contains(&Duty::Scrutineer) {
        return Err(Refusal::NotAScrutineer { seat: seat.clone() });
    }
    if state.is_present(seat) { Ok(()) } else { Err(Refusal::NotPresent { seat: seat.clone() }) }
}

fn entered(
    state: &State,
    command: CommandKind,
    ballot: &BallotId,
    seat: &SeatId,
    count: &PaperCount,
    at_console: bool,
) -> Decision {
    let (_, rounds) = together(state, ballot, command)?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    let round = rounds.iter().find(|round| round.issue.ballot == *ballot).ok_or(Refusal::UnknownBallot)?;
    let vote = round.by_paper.as_ref().ok_or(Refusal::NotNow { command })?;
    match vote.entered.get(seat) {
        Some(own) if !own.at_console && at_console => {
            return Err(Refusal::EnteredByOwnKey { seat: seat.clone() });
        }
        Some(same) if same.count == *count && same.at_console == at_console => return Ok(Vec::new()),
        _ => {}
    }
    if vote.agreed().is_some() {
        return Err(Refusal::NotNow { command });
    }
    if let Some(mistake) = mistakes(state, round, count).into_iter().next() {
        return Err(Refusal::CountWrong { mistake });
    }
    let mut events = vec![Event::CountEntered {
        ballot: ballot.clone(),
        seat: seat.clone(),
        count: Box::new(count.clone()),
        at_console,
    }];
    let other = vote.entered.iter().find(|(who, _)| *who != seat).map(|(_, other)| &other.count);
    let Some(other) = other else { return Ok(events) };
    let figures = differences(state, round, other, count);
    if !figures.is_empty() {
        events.push(Event::CountsDiffer { ballot: ballot.clone(), figures });
    } else if let Some(reason) = void_by(state, count) {
        events.extend(all_void(rounds.into_iter(), &reason));
    } else {
        events.extend(all_counted(state, &rounds, ballot, count)?);
    }
    Ok(events)
}

/// What was counted together becomes known together: no group's result before another's.
fn all_counted(
    state: &State,
    rounds: &[&Round],
    last: &BallotId,
    count: &PaperCount,
) -> Result<Vec<Event>, Refusal> {
    let of = |round: &&Round| {
        if round.issue.ballot == *last {
            return Some(count.clone());
        }
        round.by_paper.as_ref().and_then(|vote| vote.agreed().cloned())
    };
    let Some(counts) = rounds.iter().map(of).collect::<Option<Vec<_>>>() else { return Ok(Vec::new()) };
    let counted = |(round, count): (&&Round, PaperCount)| {
        let planned = state.item(&round.issue.item).ok_or(Refusal::UnknownItem)?;
        let contest = planned.contested().and_then(|contested| contest_by_paper(contested, round, &count));
        let outcomes = match contest {
            Some(_) => Vec::new(),
            None => outcomes(planned, round, &count.marks, count.returned),
        };
        let (ballot, count, contest) = (round.issue.ballot.clone(), Box::new(count), contest.map(Box::new));
        Ok(Event::CountedByPaper { ballot, count, outcomes, contest })
    };
    rounds.iter().zip(counts).map(counted).collect()
}

/// Why nothing of these papers counts: more came back than were issued, or too few to be opened by the plan.
pub fn void_by(state: &State, count: &PaperCount) -> Option<VoidReason> {
    let (issued, returned) = (count.issued, count.returned);
    if returned > issued {
        Some(VoidReason::TooMany { issued, returned })
    } else if is_few(state, returned) {
        Some(VoidReason::TooFew { returned, needed: SMALL })
    } else {
        None
    }
}

/// What a scrutineer without a terminal wrote below the result sheet by hand, recorded at the console.
pub(super) fn record_sheet(
    state: &State,
    ballot: &BallotId,
    seat: &SeatId,
    result: &str,
    refused: Option<&str>,
) -> Decision {
    let command = CommandKind::RecordSheet;
    let (_, rounds) = together(state, ballot, command)?;
    if rounds.iter().any(|round| round.by_paper.is_none()) {
        return Err(Refusal::NotNow { command });
    }
    is_scrutineer(state, seat)?;
    if result_hash(rounds.iter().copied()) != result {
        return Err(Refusal::OtherResult);
    }
    let refused = refused.map(text).transpose()?;
    let recorded = Sheet::ByHand { refused: refused.clone() };
    for round in &rounds {
        match round.sheet.get(seat) {
            Some(Sheet::Signed | Sheet::Refused { .. }) => {
                return Err(Refusal::AnsweredByOwnKey { seat: seat.clone() });
            }
            Some(there) if *there == recorded => return Ok(Vec::new()),
            _ => {}
        }
    }
    let event = |round: &&Round| Event::SheetRecorded {
        ballot: round.issue.ballot.clone(),
        seat: seat.clone(),
        refused: refused.clone(),
    };
    Ok(rounds.iter().map(event).collect())
}
