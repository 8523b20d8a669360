//! Where the hub is. A screen is enrolled with one machine; the record names those that stand by for it, each with its
//! addresses and its certificate. When the connection is lost they are tried in turn, and one that another has taken over
//! from is shown the line of the record that says so.

use serde::{Deserialize, Serialize};

use super::store::Enrolled;
use crate::journal::{Line, Replay};
use crate::meeting::{Event, Machine, Seen, State};
use crate::wire::Reached;
use crate::wire::tls::Pin;

/// So many addresses are tried in turn, at most.
const HUBS_MAX: usize = 24;

/// A machine as it is reached: at one address, and known by its certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubAt {
    /// Host and port.
    pub address: String,
    /// Its certificate.
    pub pin: Pin,
}

impl HubAt {
    /// The machine with which a screen is enrolled.
    pub fn first(enrolled: &Enrolled) -> Self {
        Self { address: enrolled.hub.clone(), pin: enrolled.pin.clone() }
    }

    fn all(machine: &Machine) -> impl Iterator<Item = Self> {
        machine.addresses.iter().map(|address| Self { address: address.clone(), pin: machine.pin.clone() })
    }
}

/// What is kept of it, so that a screen that is started again looks in the same places and believes no earlier hub.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptHubs {
    /// The machines, that which is the hub first.
    pub hubs: Vec<HubAt>,
    /// The lines of the record with which standbys took over, as written, in order.
    pub takeovers: Vec<String>,
}

/// The machines, and which of them it is now.
#[derive(Debug)]
pub struct Hubs {
    kept: KeptHubs,
    first: HubAt,
    /// The place of the one that is connected, or tried next.
    place: usize,
    /// How many have been tried in vain, one after the other.
    tried: usize,
}

impl Hubs {
    /// The machines known to an enrolled screen.
    pub fn new(enrolled: &Enrolled, kept: Option<KeptHubs>) -> Self {
        let first = HubAt::first(enrolled);
        let mut kept = kept.unwrap_or_default();
        if kept.hubs.is_empty() {
            kept.hubs.push(first.clone());
        }
        Self { kept, first, place: 0, tried: 0 }
    }

    /// What is to be kept.
    pub fn kept(&self) -> &KeptHubs {
        &self.kept
    }

    /// The one that is connected, or to be tried.
    pub fn now(&self) -> &HubAt {
        self.kept.hubs.get(self.place).unwrap_or(&self.first)
    }

    /// The highest epoch that this screen has seen.
    pub fn epoch(&self) -> u64 {
        self.kept.takeovers.len() as u64
    }

    /// It is connected.
    pub fn reached(&mut self) {
        self.tried = 0;
    }

    /// It is not there, or not the hub: the next is tried. Whether there is one that was not tried yet.
    pub fn turn(&mut self) -> bool {
        self.tried += 1;
        self.place = (self.place + 1) % self.kept.hubs.len().max(1);
        let more = self.tried < self.kept.hubs.len();
        if !more {
            self.tried = 0;
        }
        more
    }

    /// Whether there is but one machine to look for.
    pub fn is_only_one(&self) -> bool {
        self.kept.hubs.len() < 2
    }

    /// Takes a followed line down if a standby took over by it.
    pub fn note(&mut self, line: &Line) -> bool {
        let events = line.body.as_ref().map_or(&[][..], |body| &body.events);
        let new = events.iter().any(|event| {
            matches!(event, Event::TakenOver { epoch, .. } if *epoch == self.epoch().saturating_add(1))
        });
        if new {
            self.kept.takeovers.push(line.text.clone());
        }
        new
    }

    /// Learns from the record which machines there are: the hub, that with which this screen was enrolled, the standby, and
    /// those that were the hub. Whether there is something new.
    pub fn learn(&mut self, state: &State) -> bool {
        let now = self.now().clone();
        let mut takeovers = state.takeovers.iter().rev().map(|takeover| &takeover.hub);
        let mut hubs: Vec<HubAt> = takeovers.next().into_iter().flat_map(HubAt::all).collect();
        hubs.push(self.first.clone());
        hubs.extend(state.standby.iter().flat_map(|standby| HubAt::all(&standby.machine)));
        hubs.extend(takeovers.flat_map(HubAt::all));
        // What was known stays known: while a record is followed again from its beginning, most of it is still to come.
        hubs.extend(self.kept.hubs.iter().cloned());
        let mut distinct: Vec<HubAt> = Vec::with_capacity(hubs.len());
        for hub in hubs {
            if !distinct.contains(&hub) {
                distinct.push(hub);
            }
        }
        distinct.truncate(HUBS_MAX);
        if distinct == self.kept.hubs || state.epoch() < self.epoch() {
            return false;
        }
        self.place = distinct.iter().position(|hub| *hub == now).unwrap_or(0);
        self.kept.hubs = distinct;
        true
    }

    /// The proof for a hub of an earlier epoch that another has taken over from it.
    pub fn proof_for(&self, epoch: u64) -> Option<&str> {
        self.kept.takeovers.get(usize::try_from(epoch).ok()?).map(String::as_str)
    }
}

/// What a screen makes of how far a hub's record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It goes on from where this screen is, as far as can be told.
    Follow,
    /// Another machine has taken over from it.
    Old,
    /// Another machine has taken over, and lacks lines that this screen has: its record is read from the beginning.
    Afresh,
}

impl Standing {
    /// What `own` record and the highest epoch seen make of what a hub says.
    pub fn of(own: &Replay, epoch: u64, reached: &Reached) -> Self {
        let Seen { line, head } = &reached.end;
        let has = *line >= own.number() && (*line > own.number() || head == own.hash());
        let own_epoch = own.state().map_or(0, State::epoch);
        match (reached.epoch < epoch, reached.epoch > own_epoch && !has) {
            (true, _) => Self::Old,
            (false, true) => Self::Afresh,
            (false, false) => Self::Follow,
        }
    }
}

/// What another record, followed from its beginning, is to the own one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// It holds all lines of the own one.
    Whole,
    /// It lacks those after this one, and says that a standby took over by force.
    Forced(u64),
    /// It lacks those after this one, and does not say so.
    Lacking(u64),
}

impl Compared {
    /// Compares `other` with the `own` record.
    pub fn of(own: &Replay, other: &Replay) -> Self {
        let common = own.common_with(other);
        let before = own.state().map_or(0, |state| state.takeovers.len());
        let later = other.state().map_or(&[][..], |state| state.takeovers.get(before..).unwrap_or_default());
        if common == own.number() {
            Self::Whole
        } else if later.iter().any(|takeover| takeover.forced && takeover.last.line >= common) {
            Self::Forced(common)
        } else {
            Self::Lacking(common)
        }
    }
}
