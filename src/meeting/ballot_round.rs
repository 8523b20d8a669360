//! One round of a secret ballot, phase by phase: see `ballot.md`. Each phase is a barrier. What the hub does here
//! follows from a rule, and every terminal recomputes it.

use super::command::CommandKind;
use super::event::{Event, Issue, OpenedBox, Setup, VoidReason};
use super::floor::{quorum, text};
use super::ids::{Actor, BallotId, ItemId, LineId, OfficialId, SeatId};
use super::refusal::Refusal;
use super::review_state::OfficialStage;
use super::rights;
use super::state::{ItemState, Round, RoundPhase, Stage, State, seat};
use crate::ballot::{BallotHash, BlindRequest, IssuerPublic};
use crate::plan::{Item, Person};
use crate::rules::{Choice, LineCount};

/// Fewer than so many present are not counted apart.
const GROUP_MIN: usize = 5;

type Decision = Result<Vec<Event>, Refusal>;

/// The round on the floor that a command is about, in a phase in which the command has a meaning.
fn on_floor<'a>(
    state: &'a State,
    ballot: &BallotId,
    command: CommandKind,
) -> Result<(&'a ItemState, &'a Round), Refusal> {
    let item = state.current_item().ok_or(Refusal::UnknownBallot)?;
    let mut rounds = item.rounds_together();
    let round = rounds.find(|round| round.issue.ballot == *ballot).ok_or(Refusal::UnknownBallot)?;
    if rights::in_phase(command, round.phase) { Ok((item, round)) } else { Err(Refusal::NotNow { command }) }
}

/// What the presiding officer decides, is decided for all rounds that are under way together: none is ahead.
fn together<'a>(
    state: &'a State,
    ballot: &BallotId,
    command: CommandKind,
) -> Result<(&'a ItemState, Vec<&'a Round>), Refusal> {
    let (item, _) = on_floor(state, ballot, command)?;
    let rounds: Vec<&Round> = item.rounds_together().collect();
    if rounds.iter().all(|round| rights::in_phase(command, round.phase)) {
        Ok((item, rounds))
    } else {
        Err(Refusal::NotNow { command })
    }
}

/// The seat of a terminal that holds a paper of this round.
fn holder<'a>(actor: &'a Actor, round: &Round) -> Result<&'a SeatId, Refusal> {
    actor.seat().filter(|seat| round.issued.contains_key(seat)).ok_or(Refusal::NoPaperForSeat)
}

/// Papers are issued to the electors in the room. A nomination has one ballot on the lines that are not deferred; an
/// evaluation one on the plan's dimensions for each group that is counted apart.
pub(super) fn open_issue(state: &State, id: &ItemId) -> Decision {
    let command = CommandKind::OpenIssue;
    let planned = state.item(id).ok_or(Refusal::UnknownItem)?;
    let item = state.current_item().filter(|item| item.id == *id).ok_or(Refusal::AnotherItemOpen)?;
    let again = item.round().is_some_and(|round| round.phase == RoundPhase::Void);
    if item.stage == Stage::Balloting && !again {
        return Err(Refusal::NotNow { command });
    }
    if !state.scrutineers_approved() {
        return Err(Refusal::ScrutineersNotApproved);
    }
    let subject = evaluated(state, item)?;
    let (deferred, lines) = lines(planned, item);
    if lines.is_empty() {
        return Err(Refusal::NothingToVoteOn);
    }
    let entitled: Vec<&Person> =
        state.plan().electors(planned).filter(|person| !is_recused(item, subject.as_ref(), person)).collect();
    let present: Vec<&Person> =
        entitled.iter().copied().filter(|person| state.is_present(&seat(person))).collect();
    let missed = quorum(state, Some(id), planned.quorum(), number(present.len()), number(entitled.len()))?;
    if let Some(missed) = missed {
        return Ok(vec![missed]);
    }
    let round = item
        .rounds
        .iter()
        .filter(|round| round.issue.subject == subject)
        .map(|round| round.issue.round)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let apart = planned.review().filter(|review| review.apart).map(|review| review.reviewers.as_slice());
    let counted_apart = apart.map_or_else(|| vec![Vec::new()], |groups| merge_small(groups, &present));
    let several = counted_apart.len() > 1;
    Ok(counted_apart
        .into_iter()
        .map(|groups| {
            let on_this = |person: &&&Person| !several || groups.contains(&person.group);
            let group = several.then(|| groups.join("_"));
            Event::IssueOpened(Box::new(Issue {
                ballot: BallotId::of_round(id, subject.as_ref(), group.as_deref(), round),
                item: id.clone(),
                subject: subject.clone(),
                due: number(entitled.iter().filter(on_this).count()),
                electorate: present.iter().filter(on_this).map(|person| seat(person)).collect(),
                groups,
                round,
                lines: lines.clone(),
                deferred: deferred.clone(),
            }))
        })
        .collect())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The official whose evaluation is due; none for a nomination.
fn evaluated(state: &State, item: &ItemState) -> Result<Option<OfficialId>, Refusal> {
    match state.current_review().filter(|(current, ..)| current.id == item.id) {
        None if item.stage == Stage::Reviewing => Err(Refusal::NotTheTurn),
        None => Ok(None),
        Some((_, _, review)) => match review.current() {
            Some((id, official)) if official.stage == OfficialStage::Evaluating => Ok(Some(id.clone())),
            _ => Err(Refusal::NotTheTurn),
        },
    }
}

/// The lines deferred and those voted on.
fn lines(planned: &Item, item: &ItemState) -> (Vec<LineId>, Vec<LineId>) {
    match planned.review() {
        Some(review) => {
            let dimensions = review.dimensions.iter().map(|dimension| LineId::from(dimension.id.as_str()));
            (Vec::new(), dimensions.collect())
        }
        None => planned
            .lines()
            .iter()
            .map(|line| LineId::from(line.id.as_str()))
            .partition(|line| item.deferred.contains_key(line)),
    }
}

fn is_recused(item: &ItemState, subject: Option<&OfficialId>, person: &Person) -> bool {
    let official = subject.and_then(|id| item.review.as_ref()?.officials.get(id));
    official.is_some_and(|official| official.recused.contains(&seat(person)))
}

/// Groups of fewer than five present are counted with the smallest other one, so that no total gives anybody away.
pub fn merge_small(groups: &[String], present: &[&Person]) -> Vec<Vec<String>> {
    let size = |groups: &Vec<String>| present.iter().filter(|person| groups.contains(&person.group)).count();
    let mut apart: Vec<Vec<String>> = groups.iter().map(|group| vec![group.clone()]).collect();
    while apart.len() > 1 {
        apart.sort_by_key(size);
        let Some(smallest) = apart.first().filter(|groups| size(groups) < GROUP_MIN).cloned() else { break };
        apart.remove(0);
        if let Some(next) = apart.first_mut() {
            next.extend(smallest);
            next.sort_by_key(|group| groups.iter().position(|planned| planned == group));
        }
    }
    apart.sort_by_key(|merged| groups.iter().position(|planned| merged.first() == Some(planned)));
    apart
}

pub(super) fn publish_issuer(state: &State, ballot: &BallotId, issuer: &IssuerPublic) -> Decision {
    let (_, round) = on_floor(state, ballot, CommandKind::PublishIssuer)?;
    match &round.issuer {
        Some(published) if published == issuer => Ok(Vec::new()),
        Some(_) => Err(Refusal::NotNow { command: CommandKind::PublishIssuer }),
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
    let (_, round) = on_floor(state, ballot, CommandKind::RequestPaper)?;
    let seat =
        actor.seat().filter(|seat| round.issue.electorate.contains(seat)).ok_or(Refusal::NoPaperForSeat)?;
    match round.issued.get(seat) {
        Some(issued) if issued == request => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::PaperAlreadyIssued),
        None => {}
    }
    if round.phase != RoundPhase::Issuing {
        return Err(Refusal::NotNow { command: CommandKind::RequestPaper });
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
    let (_, round) = on_floor(state, ballot, CommandKind::DeclinePaper)?;
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
    let command = CommandKind::CloseIssue;
    if *actor == Actor::Hub {
        let (_, round) = on_floor(state, ballot, command)?;
        if round.issued.is_empty() {
            return Err(Refusal::NoPaperIssued);
        }
        if round.without_paper().next().is_some() {
            return Err(Refusal::NotNow { command });
        }
        return Ok(vec![Event::IssueClosed { ballot: ballot.clone() }]);
    }
    let (item, _) = on_floor(state, ballot, command)?;
    let open: Vec<&Round> =
        item.rounds_together().filter(|round| round.phase == RoundPhase::Issuing).collect();
    if open.iter().any(|round| round.issued.is_empty()) {
        return Err(Refusal::NoPaperIssued);
    }
    Ok(open.iter().map(|round| Event::IssueClosed { ballot: round.issue.ballot.clone() }).collect())
}

pub(super) fn fix_list(state: &State, ballot: &BallotId, setup: &Setup) -> Decision {
    let (_, round) = on_floor(state, ballot, CommandKind::FixList)?;
    let registered = u32::try_from(setup.admitted.len()).unwrap_or(u32::MAX);
    let sorted = setup.admitted.windows(2).all(|pair| matches!(pair, [a, b] if a.credential < b.credential));
    if registered != round.issued() || !sorted || setup.trustees != state.frozen.trustees {
        return Err(Refusal::MalformedSetup);
    }
    Ok(vec![Event::ListFixed { ballot: ballot.clone(), setup: Box::new(setup.clone()) }])
}

pub(super) fn confirm_list(state: &State, actor: &Actor, ballot: &BallotId, hash: &str) -> Decision {
    let (_, round) = on_floor(state, ballot, CommandKind::ConfirmList)?;
    let seat = holder(actor, round)?;
    if round.setup.as_ref().is_none_or(|setup| setup.hash != hash) {
        return Err(Refusal::WrongSetup);
    }
    if round.confirmed.contains(seat) {
        return Ok(Vec::new());
    }
    if round.phase != RoundPhase::Confirming {
        return Err(Refusal::NotNow { command: CommandKind::ConfirmList });
    }
    Ok(vec![Event::ListConfirmed { ballot: ballot.clone(), seat: seat.clone() }])
}

pub(super) fn object(state: &State, actor: &Actor, ballot: &BallotId, reason: &str) -> Decision {
    state.round(ballot).ok_or(Refusal::UnknownBallot)?;
    Ok(vec![Event::Objected { ballot: ballot.clone(), by: actor.clone(), reason: text(reason)? }])
}

/// A list is never edited: what went wrong before the opening voids the round for everyone.
pub(super) fn new_round(state: &State, ballot: &BallotId, reason: &str) -> Decision {
    let (_, rounds) = together(state, ballot, CommandKind::NewRound)?;
    let reason = VoidReason::Decided { reason: text(reason)? };
    Ok(rounds.iter().map(|round| voided(&round.issue.ballot, round, reason.clone())).collect())
}

fn voided(ballot: &BallotId, round: &Round, reason: VoidReason) -> Event {
    let unconfirmed = round.unconfirmed().cloned().collect();
    Event::RoundVoided { ballot: ballot.clone(), reason, unconfirmed }
}

/// Voting opens only when issued = registered = confirmed and the quorum holds again.
pub(super) fn open_voting(state: &State, ballot: &BallotId) -> Decision {
    let (item, rounds) = together(state, ballot, CommandKind::OpenVoting)?;
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
    let planned = state.item(&item.id).ok_or(Refusal::UnknownItem)?;
    let still_here =
        rounds.iter().flat_map(|round| &round.issue.electorate).filter(|seat| state.is_present(seat)).count();
    let due = rounds.iter().map(|round| round.issue.due).sum();
    let missed = quorum(state, Some(&item.id), planned.quorum(), number(still_here), due)?;
    Ok(match missed {
        Some(missed) => vec![missed],
        None => for_all(&rounds, |ballot| Event::VotingOpened { ballot }),
    })
}

fn for_all(rounds: &[&Round], event: impl Fn(BallotId) -> Event) -> Vec<Event> {
    rounds.iter().map(|round| event(round.issue.ballot.clone())).collect()
}

pub(super) fn close_voting(state: &State, ballot: &BallotId) -> Decision {
    let (_, rounds) = together(state, ballot, CommandKind::CloseVoting)?;
    Ok(for_all(&rounds, |ballot| Event::VotingClosed { ballot }))
}

/// Returned ≤ issued, always: more ballots than papers void the round, and nothing is opened. Those that are under way
/// together are void together: none is ahead.
pub(super) fn fix_box(state: &State, ballot: &BallotId, ballots: &[BallotHash]) -> Decision {
    let (item, round) = on_floor(state, ballot, CommandKind::FixBox)?;
    if !ballots.windows(2).all(|pair| matches!(pair, [a, b] if a < b)) {
        return Err(Refusal::WrongBox);
    }
    let returned = u32::try_from(ballots.len()).unwrap_or(u32::MAX);
    if returned > round.issued() {
        let reason = VoidReason::TooMany { issued: round.issued(), returned };
        let rounds = item.rounds_together();
        return Ok(rounds.map(|round| voided(&round.issue.ballot, round, reason.clone())).collect());
    }
    Ok(vec![Event::BoxFixed {
        ballot: ballot.clone(),
        ballots: ballots.to_vec(),
        box_hash: super::box_hash(ballot, ballots),
    }])
}

pub(super) fn confirm_box(state: &State, actor: &Actor, ballot: &BallotId, hash: &str) -> Decision {
    let (_, round) = on_floor(state, ballot, CommandKind::ConfirmBox)?;
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
    let (_, rounds) = together(state, ballot, CommandKind::OpenBox)?;
    Ok(for_all(&rounds, |ballot| Event::BoxOpened { ballot }))
}

/// The sums become outcomes by the plan's rule, here and nowhere else. Those of an evaluation become a verdict when it
/// is declared.
pub(super) fn publish_count(state: &State, ballot: &BallotId, opened: &OpenedBox) -> Decision {
    let (item, round) = on_floor(state, ballot, CommandKind::PublishCount)?;
    let planned = state.item(&item.id).ok_or(Refusal::UnknownItem)?;
    let returned = round.returned().unwrap_or(0);
    let answers = planned.review().map_or(Choice::ALL.len(), |review| review.scale.len());
    let adds_up = |sums: &Vec<u32>| {
        let total: u64 = sums.iter().copied().map(u64::from).sum();
        sums.len() == answers && total == u64::from(returned)
    };
    if opened.sums.len() != round.issue.lines.len() || !opened.sums.iter().all(adds_up) {
        return Err(Refusal::SumsDoNotAddUp);
    }
    let outcomes = match planned.nomination() {
        None => Vec::new(),
        Some(nomination) => opened
            .sums
            .iter()
            .filter_map(|sums| match sums.as_slice() {
                [agree, disagree, abstain] => {
                    let count = LineCount { agree: *agree, disagree: *disagree, abstain: *abstain };
                    Some(count.outcome(&nomination.carried, round.issue.due, round.present(), returned))
                }
                _ => None,
            })
            .collect(),
    };
    Ok(vec![Event::Counted { ballot: ballot.clone(), opened: Box::new(opened.clone()), outcomes }])
}
