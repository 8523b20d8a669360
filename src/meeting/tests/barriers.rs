//! What is refused, and what is not, at each moment of a random meeting, whether or not somebody asks for it then.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::common::{hex, read};
use super::scrutiny::{opened, tally};
use crate::meeting::{
    Actor, Command, CommandKind, Event, Phase, Refusal, Round, RoundPhase, State, decide, sha256_hex,
};

/// While a box can grow nobody confirms it, for nobody knows yet what would be confirmed; when it cannot, it does not.
pub fn nobody_is_ahead_of_a_box(state: &State, now: Timestamp) {
    if state.phase == Phase::Ended {
        return;
    }
    for round in state.rounds_on_floor().filter(|round| round.phase == RoundPhase::Sealed) {
        let ballot = round.issue.ballot.clone();
        let not_now = |command| Err(Refusal::NotNow { command });
        let over = round.box_fixed_at.unwrap() + SignedDuration::from_secs(60) <= now;
        let closed = round.box_closed_at.is_some();
        assert!(closed || round.ballots.len() < round.issued.len(), "a full box is closed");
        assert!(closed || (round.box_confirmed.is_empty() && round.accepted.is_empty()));
        if let Some(one) = round.box_unconfirmed().next() {
            let box_hash = round.box_hash.clone().unwrap();
            let confirm = Command::ConfirmBox { ballot: ballot.clone(), box_hash };
            let answer = decide(state, &Actor::Seat(one.clone()), &confirm, now);
            let confirmed = Event::BoxConfirmed { ballot: ballot.clone(), seat: one.clone() };
            let expected = if closed { Ok(vec![confirmed]) } else { not_now(CommandKind::ConfirmBox) };
            assert_eq!(answer, expected, "{one} answers to a box");
        }
        let end = Command::EndBoxCheck { ballot: ballot.clone() };
        let expected = match (closed, over) {
            (true, _) => Ok(Vec::new()),
            (false, true) => Ok(vec![Event::BoxCheckEnded { ballot: ballot.clone() }]),
            (false, false) => not_now(CommandKind::EndBoxCheck),
        };
        assert_eq!(decide(state, &Actor::Hub, &end, now), expected);
        let mut ballots = (*round.ballots).clone();
        ballots.push(read(&hex(u64::MAX)));
        let grown = decide(state, &Actor::Hub, &Command::FixBox { ballot, ballots }, now);
        let expected = not_now(CommandKind::FixBox);
        assert_eq!(grown == expected, closed || over, "a box grows while it can, and then not: {grown:?}");
    }
}

/// Whatever others gave, a scrutineer who is to open a box can give the own sum; and enough of the same can be counted.
pub fn no_sum_is_in_the_way(state: &State, now: Timestamp) {
    let Some(key) = state.key.as_ref().filter(|_| state.phase != Phase::Ended) else { return };
    let rounds: Vec<&Round> = state.rounds_on_floor().filter(|round| round.is_under_way()).collect();
    for round in rounds.iter().filter(|round| round.phase == RoundPhase::Opening) {
        let ballot = &round.issue.ballot;
        let sum = sha256_hex(tally(ballot).as_bytes());
        let give = |sum: &str| {
            let (ballot, sum, factors) = (ballot.clone(), sum.to_owned(), hex(1));
            Command::ReleaseFactors { ballot, sum, factors }
        };
        for one in key.holders().filter(|seat| !round.released.contains_key(*seat)) {
            let answer = decide(state, &Actor::Seat(one.clone()), &give(&sum), now);
            assert!(answer.is_ok_and(|events| events.len() == 1), "{one} cannot give the sum of {ballot}");
        }
        // Who gave one, gives no other.
        for (one, _) in round.released.iter().filter(|(seat, _)| key.holders().any(|one| one == *seat)) {
            let answer = decide(state, &Actor::Seat(one.clone()), &give(&hex(2)), now);
            assert_eq!(answer, Err(Refusal::OtherSum), "{one} gives a second sum");
        }
        let answers = state.current_item().and_then(|item| state.item(&item.id)?.review());
        let answers = answers.map_or(3, |review| review.scale.len());
        let mut line = vec![0; answers];
        line[0] = round.returned().unwrap();
        let opened = opened(state, round, vec![line; round.issue.lines.len()]);
        let factors = opened.factors.len();
        let publish = Command::PublishCount { ballot: ballot.clone(), opened };
        let enough = |round: &Round| {
            let mut sums: BTreeMap<&String, u32> = BTreeMap::new();
            round.released.values().for_each(|there| *sums.entry(&there.sum).or_default() += 1);
            sums.into_values().any(|same| same >= key.threshold)
        };
        let can = factors >= key.threshold as usize && rounds.iter().all(|round| enough(round));
        let answer = decide(state, &Actor::Hub, &publish, now);
        assert_eq!(answer.is_ok(), can, "{answer:?}, with {:?}", round.released);
    }
}
