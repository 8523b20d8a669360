//! One round of a secret ballot, phase by phase: see `ballot.md`. Each phase is a barrier. What the hub does here
//! follows from a rule, and every terminal recomputes it.

use super::event::{Event, Issue, OpenedBox, Setup, VoidReason};
use super::floor::{quorum, text};
use super::ids::{Actor, BallotId, ItemId, LineId, SeatId};
use super::nomination::find;
use super::refusal::Refusal;
use super::state::{ItemState, Round, RoundPhase, Stage, State, seat};
use crate::ballot::{BallotHash, BlindRequest, IssuerPublic};
use crate::plan::Nomination;
use crate::rules::LineCount;

type Decision = Result<Vec<Event>, Refusal>;

/// The round on the floor; refused where the command names another ballot.
fn on_floor<'a>(state: &'a State, ballot: &BallotId) -> Result<(&'a ItemState, &'a Round), Refusal> {
    state.current_round().filter(|(_, round)| round.issue.ballot == *ballot).ok_or(Refusal::UnknownBallot)
}

fn nomination<'a>(state: &'a State, item: &ItemState) -> Result<&'a Nomination, Refusal> {
    find(state, &item.id).map(|(_, nomination)| nomination)
}

/// The seat of a terminal that holds a paper of this round.
fn holder<'a>(actor: &'a Actor, round: &Round) -> Result<&'a SeatId, Refusal> {
    actor.seat().filter(|seat| round.issued.contains_key(seat)).ok_or(Refusal::NoPaperForSeat)
}

pub(super) fn open_issue(state: &State, id: &ItemId) -> Decision {
    let (item, nomination) = find(state, id)?;
    if state.current_item().is_none_or(|current| current.id != *id) {
        return Err(Refusal::AnotherItemOpen);
    }
    let again = item.round().is_some_and(|round| round.phase == RoundPhase::Void);
    if item.stage == Stage::Balloting && !again {
        return Err(Refusal::NotNow { command: super::CommandKind::OpenIssue });
    }
    if !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    let (deferred, lines): (Vec<LineId>, Vec<LineId>) = nomination
        .lines
        .iter()
        .map(|line| LineId::from(line.id.as_str()))
        .partition(|line| item.deferred.contains_key(line));
    if lines.is_empty() {
        return Err(Refusal::NothingToVoteOn);
    }
    let (present, due) = (state.present_for(nomination), state.due_for(nomination));
    if let Some(missed) = quorum(state, Some(id), &nomination.quorum, present, due)? {
        return Ok(vec![missed]);
    }
    let round = u32::try_from(item.rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
    let electorate = state.present_voters(nomination).map(seat).collect();
    let ballot = BallotId::of_item(id, round);
    let issue = Issue { ballot, item: id.clone(), round, due, electorate, lines, deferred };
    Ok(vec![Event::IssueOpened(Box::new(issue))])
}

pub(super) fn publish_issuer(state: &State, ballot: &BallotId, issuer: &IssuerPublic) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    match &round.issuer {
        Some(published) if published == issuer => Ok(Vec::new()),
        Some(_) => Err(Refusal::NotNow { command: super::CommandKind::PublishIssuer }),
        None => Ok(vec![Event::IssuerPublished { ballot: ballot.clone(), issuer: issuer.clone() }]),
    }
}

/// One paper a seat. The same request again is answered again; another one is refused.
pub(super) fn request_paper(
    state: &State,
    actor: &Actor,
    ballot: &BallotId,
    request: &BlindRequest,
) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let seat =
        actor.seat().filter(|seat| round.issue.electorate.contains(seat)).ok_or(Refusal::NoPaperForSeat)?;
    match round.issued.get(seat) {
        Some(issued) if issued == request => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::PaperAlreadyIssued),
        None => {}
    }
    if round.phase != RoundPhase::Issuing {
        return Err(Refusal::NotNow { command: super::CommandKind::RequestPaper });
    }
    if round.declined.contains(seat) {
        return Err(Refusal::PaperDeclined);
    }
    if round.issuer.is_none() {
        return Err(Refusal::IssuerNotPublished);
    }
    let (ballot, seat, request) = (ballot.clone(), seat.clone(), request.clone());
    Ok(vec![Event::PaperIssued { ballot, seat, request }])
}

pub(super) fn decline_paper(state: &State, actor: &Actor, ballot: &BallotId) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let seat =
        actor.seat().filter(|seat| round.issue.electorate.contains(seat)).ok_or(Refusal::NoPaperForSeat)?;
    if round.issued.contains_key(seat) {
        return Err(Refusal::PaperAlreadyIssued);
    }
    if round.declined.contains(seat) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::PaperDeclined { ballot: ballot.clone(), seat: seat.clone() }])
}

/// The hub closes the issue when all have taken or declined a paper; the presiding officer may close it before.
pub(super) fn close_issue(state: &State, actor: &Actor, ballot: &BallotId) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    if round.issued.is_empty() {
        return Err(Refusal::NoPaperIssued);
    }
    if *actor == Actor::Hub && round.without_paper().next().is_some() {
        return Err(Refusal::NotNow { command: super::CommandKind::CloseIssue });
    }
    Ok(vec![Event::IssueClosed { ballot: ballot.clone() }])
}

pub(super) fn fix_list(state: &State, ballot: &BallotId, setup: &Setup) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let registered = u32::try_from(setup.admitted.len()).unwrap_or(u32::MAX);
    let sorted = setup.admitted.windows(2).all(|pair| matches!(pair, [a, b] if a.credential < b.credential));
    if registered != round.issued() || !sorted || setup.trustees != state.frozen.trustees {
        return Err(Refusal::MalformedSetup);
    }
    Ok(vec![Event::ListFixed { ballot: ballot.clone(), setup: Box::new(setup.clone()) }])
}

pub(super) fn confirm_list(state: &State, actor: &Actor, ballot: &BallotId, hash: &str) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let seat = holder(actor, round)?;
    if round.setup.as_ref().is_none_or(|setup| setup.hash != hash) {
        return Err(Refusal::WrongSetup);
    }
    if round.confirmed.contains(seat) {
        return Ok(Vec::new());
    }
    if round.phase != RoundPhase::Confirming {
        return Err(Refusal::NotNow { command: super::CommandKind::ConfirmList });
    }
    Ok(vec![Event::ListConfirmed { ballot: ballot.clone(), seat: seat.clone() }])
}

pub(super) fn object(state: &State, actor: &Actor, ballot: &BallotId, reason: &str) -> Decision {
    state.round(ballot).ok_or(Refusal::UnknownBallot)?;
    Ok(vec![Event::Objected { ballot: ballot.clone(), by: actor.clone(), reason: text(reason)? }])
}

/// A list is never edited: what went wrong before the opening voids the round for everyone.
pub(super) fn new_round(state: &State, ballot: &BallotId, reason: &str) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let reason = VoidReason::Decided { reason: text(reason)? };
    Ok(vec![voided(ballot, round, reason)])
}

fn voided(ballot: &BallotId, round: &Round, reason: VoidReason) -> Event {
    let unconfirmed = round.unconfirmed().cloned().collect();
    Event::RoundVoided { ballot: ballot.clone(), reason, unconfirmed }
}

/// Voting opens only when issued = registered = confirmed and the quorum holds again.
pub(super) fn open_voting(state: &State, ballot: &BallotId) -> Decision {
    let (item, round) = on_floor(state, ballot)?;
    let missing: Vec<SeatId> = round.unconfirmed().cloned().collect();
    if !missing.is_empty() {
        let registered = round.setup.as_ref().map_or(0, |setup| setup.admitted.len());
        return Err(Refusal::ListNotConfirmed {
            issued: round.issued(),
            registered: u32::try_from(registered).unwrap_or(u32::MAX),
            confirmed: u32::try_from(round.confirmed.len()).unwrap_or(u32::MAX),
            missing,
        });
    }
    let nomination = nomination(state, item)?;
    let still_here = round.issue.electorate.iter().filter(|seat| state.is_present(seat)).count();
    let present = u32::try_from(still_here).unwrap_or(u32::MAX);
    let missed = quorum(state, Some(&item.id), &nomination.quorum, present, round.issue.due)?;
    Ok(vec![missed.unwrap_or_else(|| Event::VotingOpened { ballot: ballot.clone() })])
}

pub(super) fn close_voting(state: &State, ballot: &BallotId) -> Decision {
    on_floor(state, ballot)?;
    Ok(vec![Event::VotingClosed { ballot: ballot.clone() }])
}

/// Returned ≤ issued, always: more ballots than papers void the round, and nothing is opened.
pub(super) fn fix_box(state: &State, ballot: &BallotId, ballots: &[BallotHash]) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    if !ballots.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
        return Err(Refusal::WrongBox);
    }
    let returned = u32::try_from(ballots.len()).unwrap_or(u32::MAX);
    if returned > round.issued() {
        let reason = VoidReason::TooMany { issued: round.issued(), returned };
        return Ok(vec![voided(ballot, round, reason)]);
    }
    Ok(vec![Event::BoxFixed {
        ballot: ballot.clone(),
        ballots: ballots.to_vec(),
        box_hash: super::box_hash(ballot, ballots),
    }])
}

pub(super) fn confirm_box(state: &State, actor: &Actor, ballot: &BallotId, hash: &str) -> Decision {
    let (_, round) = on_floor(state, ballot)?;
    let seat = holder(actor, round)?;
    if round.box_hash.as_deref() != Some(hash) {
        return Err(Refusal::WrongBox);
    }
    if round.box_confirmed.contains(seat) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::BoxConfirmed { ballot: ballot.clone(), seat: seat.clone() }])
}

pub(super) fn open_box(state: &State, ballot: &BallotId) -> Decision {
    on_floor(state, ballot)?;
    Ok(vec![Event::BoxOpened { ballot: ballot.clone() }])
}

/// The sums become outcomes by the plan's rule, here and nowhere else.
pub(super) fn publish_count(state: &State, ballot: &BallotId, opened: &OpenedBox) -> Decision {
    let (item, round) = on_floor(state, ballot)?;
    let nomination = nomination(state, item)?;
    let returned = round.returned().unwrap_or(0);
    if opened.sums.len() != round.issue.lines.len() {
        return Err(Refusal::SumsDoNotAddUp);
    }
    let outcomes = opened
        .sums
        .iter()
        .map(|sums| match sums.as_slice() {
            [agree, disagree, abstain] => {
                let count = LineCount { agree: *agree, disagree: *disagree, abstain: *abstain };
                let total = u64::from(*agree) + u64::from(*disagree) + u64::from(*abstain);
                if total != u64::from(returned) {
                    return Err(Refusal::SumsDoNotAddUp);
                }
                Ok(count.outcome(&nomination.carried, round.issue.due, round.present(), returned))
            }
            _ => Err(Refusal::SumsDoNotAddUp),
        })
        .collect::<Result<_, _>>()?;
    Ok(vec![Event::Counted { ballot: ballot.clone(), opened: Box::new(opened.clone()), outcomes }])
}
