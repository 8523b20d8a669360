//! The opening of a box: the scrutineers' terminals give factors of its sum. Who is left to give them, what becomes of
//! false ones and of a terminal that does not answer, and when a box cannot be opened any more.

use jiff::Timestamp;

use super::ballot_round::{all_void, left, seconds, together, under_way};
use super::command::CommandKind;
use super::event::{Event, OpenedBox, VoidReason};
use super::ids::{Actor, BallotId, SeatId};
use super::refusal::Refusal;
use super::round::{Released, Round, RoundPhase};
use super::sha256_hex;
use super::state::{State, number};
use crate::ballot::check_factors;
use crate::plan::TrusteesPlan;

/// How long scrutineers' terminals have to check a box and to give their factors, in seconds: then one that sits there
/// and does not answer can be named.
const OPENING_SECONDS: i64 = 120;

type Decision = Result<Vec<Event>, Refusal>;

/// One sum for each election: whoever gives factors gives them once. Only those who gave them of the same sum open it
/// together, so that nobody who names another one first is in the way.
pub(super) fn release(state: &State, actor: &Actor, ballot: &BallotId, sum: &str, factors: &str) -> Decision {
    let command = CommandKind::ReleaseFactors;
    let (_, round) = under_way(state, ballot, command)?;
    let key = state.key.as_ref().ok_or(Refusal::ConsoleHoldsKey)?;
    let seat = actor.seat().filter(|seat| key.holders().any(|holder| holder == *seat));
    let seat = seat.ok_or(Refusal::NoRight { command })?;
    match round.released.get(seat) {
        Some(there) if there.sum == sum && there.factors == factors => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::OtherSum),
        None => {}
    }
    if round.phase != RoundPhase::Opening {
        return Err(Refusal::NotNow { command });
    }
    let (ballot, seat, sum, factors) = (ballot.clone(), seat.clone(), sum.to_owned(), factors.to_owned());
    Ok(vec![Event::FactorsReleased { ballot, seat, sum, factors }])
}

/// What scrutineers gave and nobody has shown to be false.
fn counting(round: &Round) -> impl Iterator<Item = &Released> {
    round.released.iter().filter(|(seat, _)| round.has_given(seat)).map(|(_, there)| there)
}

/// How many scrutineers have given factors of the sum that most gave them of.
fn agreeing(round: &Round) -> usize {
    let same = |sum: &str| counting(round).filter(|there| there.sum == sum).count();
    counting(round).map(|there| same(&there.sum)).max().unwrap_or(0)
}

/// Whether a scrutineer who holds a share is here and has given nothing yet.
fn is_awaited(state: &State, round: &Round, seat: &SeatId) -> bool {
    !round.released.contains_key(seat) && state.is_present(seat)
}

/// How many scrutineers can open a box together, having given factors that nobody has shown to be false, or being here to
/// give them and not named as silent; and how many are needed. None where the console holds the key.
pub fn openers_left(state: &State, round: &Round) -> Option<(u32, u32)> {
    let key = state.key.as_ref()?;
    let can = |seat: &&SeatId| is_awaited(state, round, seat) && !round.silent.contains(*seat);
    Some((number(agreeing(round) + key.holders().filter(can).count()), key.threshold))
}

/// The hub shows that factors do not hold. Every reader checks it: the bytes are those whose hashes the scrutineer's own
/// terminal has signed, sum and factors, so that nobody can be charged with what somebody else made up. From then on that
/// seat is not counted among those who open the box; another's factors take its place, or too few are left.
pub(super) fn show_false(
    state: &State,
    ballot: &BallotId,
    seat: &SeatId,
    tally: &str,
    factors: &str,
) -> Decision {
    let (_, round) = under_way(state, ballot, CommandKind::ShowFalseFactors)?;
    let key = state.key.as_ref().ok_or(Refusal::ConsoleHoldsKey)?;
    let signed = Released { sum: sha256_hex(tally.as_bytes()), factors: sha256_hex(factors.as_bytes()) };
    if round.released.get(seat) != Some(&signed) {
        return Err(Refusal::OtherSum);
    }
    if round.false_factors.contains(seat) {
        return Ok(Vec::new());
    }
    let (trustee, setup) = key.trustee(seat).zip(round.election()).ok_or(Refusal::MalformedSetup)?;
    match check_factors(&setup, round.ballots.len(), tally.as_bytes(), trustee, factors.as_bytes()) {
        Err(_) => Ok(vec![Event::FalseFactorsShown { ballot: ballot.clone(), seat: seat.clone() }]),
        Ok(()) => Err(Refusal::FactorsHold),
    }
}

/// How many seconds the scrutineers' terminals still have to check a box and to give their factors, before somebody can be
/// named as silent; none when they are over.
pub fn opening_left(state: &State, round: &Round, now: Timestamp) -> Option<u32> {
    left(round.opening_at, seconds(state, OPENING_SECONDS), now)
}

/// The scrutineers who are here, hold a share, have given nothing, and are not named yet: of all boxes that are being opened.
pub fn silent(state: &State) -> Vec<SeatId> {
    let Some(key) = &state.key else { return Vec::new() };
    let opening = || state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Opening);
    let is_silent = |seat: &&SeatId| {
        opening().any(|round| is_awaited(state, round, seat) && !round.silent.contains(*seat))
    };
    key.holders().filter(is_silent).cloned().collect()
}

/// The presiding officer names scrutineers who sit here while their terminals do not answer: not before these had time to.
/// Nobody is silenced by it: a terminal that answers after all is counted again. Who has answered cannot be named, so that
/// nothing voids a round that enough have opened.
pub(super) fn name_silent(state: &State, ballot: &BallotId, seats: &[SeatId], now: Timestamp) -> Decision {
    let (_, rounds) = together(state, ballot, CommandKind::NameSilent)?;
    let key = state.key.as_ref().ok_or(Refusal::ConsoleHoldsKey)?;
    if let Some(seconds) = rounds.iter().filter_map(|round| opening_left(state, round, now)).max() {
        return Err(Refusal::BoxStillChecked { seconds });
    }
    let named = |round: &Round| -> Vec<SeatId> {
        let awaited = |seat: &&SeatId| is_awaited(state, round, seat) && !round.silent.contains(*seat);
        key.holders().filter(awaited).filter(|seat| seats.contains(seat)).cloned().collect()
    };
    let events = rounds.iter().map(|round| (round.issue.ballot.clone(), named(round)));
    let events = events.filter(|(_, seats)| !seats.is_empty());
    Ok(events.map(|(ballot, seats)| Event::SilentNamed { ballot, seats }).collect())
}

/// Only when too few are left: otherwise nothing voids a round whose opening was decided.
pub(super) fn declare_unopenable(state: &State, ballot: &BallotId) -> Decision {
    let command = CommandKind::DeclareUnopenable;
    let (item, round) = under_way(state, ballot, command)?;
    let (left, needed) = openers_left(state, round).ok_or(Refusal::ConsoleHoldsKey)?;
    if left >= needed {
        return Err(Refusal::StillOpenable { left, needed });
    }
    // Papers that wait are of the same key: they could not be opened
    // either, and the next key cannot be made before they are void.
    Ok(all_void(item.rounds_under_way(), &VoidReason::Unopenable { left, needed }))
}

/// Whether enough scrutineers have given their factors of a round, or it is counted. What is opened together becomes
/// known together: no group's result before another's.
pub fn enough_released(state: &State, round: &Round) -> bool {
    match (&state.plan().meeting.trustees, &state.key) {
        (TrusteesPlan::Console, _) => true,
        (_, Some(key)) => round.phase == RoundPhase::Counted || number(agreeing(round)) >= key.threshold,
        (_, None) => false,
    }
}

/// The factors are those that scrutineers gave, of the sum they gave them of, and enough of them; nobody's that
/// were shown to be false.
pub(super) fn check_openers(state: &State, round: &Round, opened: &OpenedBox) -> Result<(), Refusal> {
    if state.plan().meeting.trustees == TrusteesPlan::Console {
        return Ok(());
    }
    let key = state.key.as_ref().ok_or(Refusal::ConsoleHoldsKey)?;
    let sum = sha256_hex(opened.tally.as_bytes());
    let given = |trustee: u32| {
        let seat = key.scrutineers.get(usize::try_from(trustee).ok()?.checked_sub(1)?)?;
        round.released.get(seat).filter(|_| round.has_given(seat))
    };
    let by_scrutineers = opened.factors.iter().all(|factors| {
        let hash = sha256_hex(factors.factors.as_bytes());
        given(factors.trustee).is_some_and(|released| released.sum == sum && released.factors == hash)
    });
    let in_order = opened.factors.windows(2).all(|pair| matches!(pair, [a, b] if a.trustee < b.trustee));
    if by_scrutineers && in_order && number(opened.factors.len()) >= key.threshold {
        Ok(())
    } else {
        Err(Refusal::OtherSum)
    }
}
