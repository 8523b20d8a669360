//! What the desk tells all connections: the durable lines, and beside the record who is connected, turnout in steps,
//! trouble with the disk, how the seal stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::watch;

use super::desk::{Desk, system_rng};
use super::ledger::Ledger;
use super::message::Message;
use super::sealing::Told;
use crate::ballot;
use crate::meeting::{Actor, BallotId, RoundPhase, State};
use crate::wire::live::Strangers;
use crate::wire::{Live, Turnout};

/// What every connection reads.
#[derive(Clone)]
pub(super) struct Notices {
    /// The durable lines.
    pub ledger: Ledger,
    /// What is no part of the record.
    pub live: watch::Sender<Live>,
    /// The elections of the rounds under way: for no other is a ballot looked at.
    pub elections: watch::Sender<BTreeMap<BallotId, Arc<ballot::Setup>>>,
    /// How the seal stands.
    pub seal: watch::Sender<SealState>,
    /// Who knocks without being let in.
    pub strangers: watch::Sender<Option<Strangers>>,
}

/// How the seal stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum SealState {
    /// The meeting has not ended.
    #[default]
    NotYet,
    /// To be signed, and signed so far.
    Ready(Arc<Told>),
    /// Done.
    Sealed,
}

impl Desk {
    /// Tells every screen what is no part of the record.
    pub(super) fn tell(&mut self) {
        self.forget_elections();
        let turnout = self.turnout();
        let live = Live {
            connected: u32::try_from(
                self.connections.keys().filter(|actor| matches!(actor, Actor::Seat(_))).count(),
            )
            .unwrap_or(u32::MAX),
            connections: Some(self.connections.keys().cloned().collect()),
            turnout,
            disk_trouble: self.disk_trouble.clone(),
            majority_missing: self.majority_missing(),
            // The door tells it, to the console alone.
            strangers: None,
        };
        self.notices.live.send_if_modified(|told| {
            let differs = *told != live;
            if differs {
                *told = live;
            }
            differs
        });
    }

    /// Once a round is over nobody's ballot is checked for it, and no stranger may send anything as long as a ballot.
    fn forget_elections(&self) {
        let rounds = self.state().into_iter().flat_map(State::rounds_under_way);
        let under_way: BTreeSet<&BallotId> = rounds.map(|round| &round.issue.ballot).collect();
        self.notices.elections.send_if_modified(|elections| {
            let before = elections.len();
            elections.retain(|ballot, _| under_way.contains(ballot));
            elections.len() != before
        });
    }

    /// Turnout in steps of five; that all are back is said only after a random pause, so that nobody can be told by
    /// the moment.
    pub(super) fn turnout(&mut self) -> Option<Turnout> {
        let voting: Vec<(BallotId, u32)> = self
            .state()?
            .rounds_on_floor()
            .filter(|round| round.phase == RoundPhase::Voting)
            .map(|round| (round.issue.ballot.clone(), round.issued()))
            .collect();
        // Of groups that are counted apart only the total is told: a small group's own would tell too much.
        let ballot = voting.first()?.0.clone();
        let issued: u32 = voting.iter().map(|(_, issued)| issued).sum();
        let mut returned = 0;
        for (ballot, _) in &voting {
            returned += u32::try_from(self.the_box(ballot)?.count()).unwrap_or(u32::MAX);
        }
        let complete = returned == issued;
        let announced = self.all_announced.as_ref() == Some(&ballot);
        if complete && !announced && self.all_pending.as_ref() != Some(&ballot) {
            self.all_pending = Some(ballot.clone());
            self.announce_later(ballot.clone());
        }
        Some(Turnout { ballot, at_least: returned / 5 * 5, all: complete && announced })
    }

    pub(super) fn announce_later(&self, ballot: BallotId) {
        use rand::RngExt;
        let pause = std::time::Duration::from_millis(system_rng().random_range(5_000..20_000));
        self.send_later(pause, Message::AnnounceAll { ballot });
    }
}
