//! What the whole log says of ballots and keys.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Watch;
use crate::meeting::{Actor, BallotId, Event, ItemId, Key, Round, RoundPhase, SeatId, State};

impl Watch {
    /// How many of a ceremony did this, each once.
    pub(super) fn of_ceremony(&self, number: u32, is: impl Fn(&Event) -> bool) -> usize {
        let begun = |event: &Event| matches!(event, Event::KeyBegun { ceremony, .. } if *ceremony == number);
        self.since(begun).iter().filter(|line| is(&line.event)).count()
    }

    /// The last count of each scrutineer since papers were issued last.
    pub(super) fn heads(&self, item: &ItemId) -> BTreeMap<SeatId, u32> {
        let issued = |event: &Event| matches!(event, Event::IssueOpened(issue) if issue.item == *item);
        // Of a bundle, several issues are opened by one line.
        let together = self.log.iter().rev().take_while(|line| issued(&line.event)).count();
        let earlier = &self.log[..self.log.len() - together];
        let last = earlier.iter().rposition(|line| issued(&line.event)).map_or(0, |place| place + 1);
        let counts = earlier[last..].iter().filter_map(|line| match &line.event {
            Event::HeadsCounted { item: of, seat, heads } if of == item => Some((seat.clone(), *heads)),
            _ => None,
        });
        counts.collect()
    }

    /// Since a key changed last, enough scrutineers have typed the code of one and the same record.
    pub(super) fn room_compared(&self, needed: u32) {
        let key = |event: &Event| match event {
            Event::Enrolled { who, .. } => matches!(who, Actor::Seat(_) | Actor::Console),
            Event::CodeReissued { who } => matches!(who, Actor::Seat(_)),
            Event::TrusteesConfirmed { .. } => true,
            _ => false,
        };
        let mut heads: BTreeMap<&String, BTreeSet<&SeatId>> = BTreeMap::new();
        for line in self.since(key) {
            if let Event::RoomConfirmed { head, seat } = &line.event {
                heads.entry(head).or_default().insert(seat);
            }
        }
        assert!(
            heads.values().any(|seats| seats.len() >= needed as usize),
            "the room was not compared: {heads:?}"
        );
    }

    /// Every paper's terminal has confirmed the box as it is now, or enough scrutineers went on without it.
    pub(super) fn box_is_checked(&self, round: &Round, needed: u32) {
        let ballot = &round.issue.ballot;
        let since = self.since(|event| matches!(event, Event::BoxFixed { ballot: of, .. } if of == ballot));
        for one in round.issued.keys() {
            let confirmed = since.iter().any(|line| {
                matches!(&line.event, Event::BoxConfirmed { ballot: of, seat } if of == ballot && seat == one)
            });
            let accepted: BTreeSet<&SeatId> = since
                .iter()
                .filter_map(|line| match &line.event {
                    Event::MissingAccepted { ballot: of, seat, missing }
                        if of == ballot && missing.contains(one) =>
                    {
                        Some(seat)
                    }
                    _ => None,
                })
                .collect();
            assert!(confirmed || accepted.len() >= needed as usize, "opened without the terminal of {one}");
        }
    }

    /// When a box could not grow any more: it was full, or the hub said that its time was over.
    pub(super) fn box_closed(&self, round: &Round) -> Option<Timestamp> {
        let ballot = &round.issue.ballot;
        let closes = |event: &Event| match event {
            Event::BoxFixed { ballot: of, ballots, .. } => {
                of == ballot && ballots.len() == round.issued.len()
            }
            Event::BoxCheckEnded { ballot: of } => of == ballot,
            _ => false,
        };
        self.log.iter().find(|line| closes(&line.event)).map(|line| line.written)
    }

    /// How many gave factors of the sum that most gave them of.
    pub(super) fn agreeing(&self, ballot: &BallotId) -> usize {
        let mut sums: BTreeMap<&String, usize> = BTreeMap::new();
        for (_, sum) in self.released(ballot) {
            *sums.entry(sum).or_default() += 1;
        }
        sums.into_values().max().unwrap_or(0)
    }

    pub(super) fn released<'a>(
        &'a self,
        ballot: &'a BallotId,
    ) -> impl Iterator<Item = (&'a SeatId, &'a String)> {
        self.log.iter().filter_map(move |line| match &line.event {
            Event::FactorsReleased { ballot: of, seat, sum, .. } if of == ballot => Some((seat, sum)),
            _ => None,
        })
    }

    /// Who was named as silent.
    pub(super) fn named(&self, ballot: &BallotId) -> BTreeSet<SeatId> {
        let named = self.log.iter().filter_map(|line| match &line.event {
            Event::SilentNamed { ballot: of, seats } if of == ballot => Some(seats),
            _ => None,
        });
        named.flatten().cloned().collect()
    }

    /// How many can open a box together, reckoned from the log.
    pub(super) fn left(&self, state: &State, key: &Key, ballot: &BallotId) -> usize {
        let given: BTreeSet<&SeatId> = self.released(ballot).map(|(by, _)| by).collect();
        let named = self.named(ballot);
        let can = |one: &&SeatId| {
            !given.contains(*one)
                && state.is_present(one)
                && !key.lost.contains(*one)
                && !named.contains(*one)
        };
        self.agreeing(ballot) + key.scrutineers.iter().filter(can).count()
    }

    pub(super) fn answered(&self, ballot: &BallotId) -> BTreeSet<&SeatId> {
        let answers = self.log.iter().filter_map(|line| match &line.event {
            Event::ResultSigned { ballot: of, seat } | Event::ResultRefused { ballot: of, seat, .. } => {
                (of == ballot).then_some(seat)
            }
            _ => None,
        });
        answers.collect()
    }

    pub(super) fn sheet_answered<'a>(&self, rounds: impl Iterator<Item = &'a Round>, needed: u32) {
        for round in rounds.filter(|round| round.phase == RoundPhase::Counted) {
            let ballot = &round.issue.ballot;
            let answered = self.answered(ballot).union(&self.recorded(ballot)).count();
            assert!(answered >= needed as usize, "declared before the sheet is answered");
        }
    }
}
