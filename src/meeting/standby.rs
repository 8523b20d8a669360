//! A second machine stands by for the hub's: it is enrolled, in step or detached, and takes over. The record says which
//! machine is the hub, so that nobody has to be believed about it: each takeover raises the epoch by one, is signed with
//! the standby's key, and from that line on the key before signs nothing any more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::ids::Actor;
use super::order::Seen;
use super::refusal::Refusal;
use super::state::State;

/// At how many addresses a machine may be reached.
pub const ADDRESSES_MAX: usize = 8;

/// The longest address, in characters.
pub const ADDRESS_CHARS_MAX: usize = 255;

/// Where a machine is reached, and how it proves that it is the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The key that signs for it: Ed25519, in hex.
    pub key: String,
    /// SHA-256 of its certificate, in hex.
    pub pin: String,
    /// `host:port`, the best first.
    pub addresses: Vec<String>,
}

/// The machine that stands by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standby {
    /// Which.
    pub machine: Machine,
    /// Whether it is in step, or why it is not.
    pub step: InStep,
    /// Since when.
    pub since: Timestamp,
}

/// Whether a standby is in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InStep {
    /// It is catching up for the first time.
    NotYet,
    /// Nothing is acknowledged before it is durable there as well.
    Attached,
    /// It is not waited for.
    Detached(DetachReason),
}

/// Why a standby is not waited for any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetachReason {
    /// It did not say in time that what it was given is durable there.
    Behind,
    /// The connection to it was lost.
    Lost,
}

/// A standby has become the hub, or has said afterwards that it did so by force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takeover {
    /// The machine that is the hub from here on.
    pub hub: Machine,
    /// When.
    pub time: Timestamp,
    /// The last line of the hub before, as far as the standby had it.
    pub last: Seen,
    /// Whether it was a forced act: the standby was detached, and there may have been lines after that one.
    pub forced: bool,
}

impl Standby {
    /// Whether it is in step.
    pub fn is_attached(&self) -> bool {
        self.step == InStep::Attached
    }
}

impl State {
    /// How often a standby has taken over, or has said afterwards that it did so by force: two hubs of one epoch never run one
    /// meeting.
    pub fn epoch(&self) -> u64 {
        self.takeovers.len() as u64
    }

    /// The key of the machine that is the hub now.
    pub fn hub_key(&self) -> &str {
        self.takeovers.last().map_or(&self.frozen.hub_key, |takeover| &takeover.hub.key)
    }

    /// Whether the last takeover was one before, of which was said afterwards that it was by force.
    pub fn forced_afterwards(&self) -> bool {
        let [.., before, last] = self.takeovers.as_slice() else { return false };
        before.hub.key == last.hub.key
    }

    /// The keys of all machines that were the hub, the first one first.
    pub fn hub_keys(&self) -> impl Iterator<Item = &str> {
        let later = self.takeovers.iter().map(|takeover| takeover.hub.key.as_str());
        std::iter::once(self.frozen.hub_key.as_str()).chain(later)
    }

    /// Whether a hub may acknowledge only while more than half of the seats signed in are connected to it: from the first
    /// standby on, for good. Otherwise two machines that cannot reach each other could each go on with a part of the room.
    pub fn needs_majority(&self) -> bool {
        self.had_standby
    }
}

type Decision = Result<Vec<Event>, Refusal>;

fn is_hex_of_32_bytes(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether an address can be shown and dialled: printable, without blanks, and with a port.
pub fn is_address(text: &str) -> bool {
    let port = text.rsplit_once(':').and_then(|(host, port)| (!host.is_empty()).then_some(port));
    text.len() <= ADDRESS_CHARS_MAX
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port != 0))
}

pub(super) fn enrol(state: &State, machine: &Machine) -> Decision {
    // A machine that was the hub may stand by for its successor, with a key of its own: the old one signs nothing more.
    let was_hub = state.hub_keys().any(|key| key == machine.key);
    if !is_hex_of_32_bytes(&machine.key) || !is_hex_of_32_bytes(&machine.pin) || was_hub {
        return Err(Refusal::MalformedKey);
    }
    let addresses = &machine.addresses;
    if addresses.is_empty()
        || addresses.len() > ADDRESSES_MAX
        || !addresses.iter().all(|address| is_address(address))
    {
        return Err(Refusal::MalformedAddress);
    }
    match &state.standby {
        Some(standby) if standby.machine == *machine => Ok(Vec::new()),
        // The same machine may have moved; another one needs a new code.
        Some(standby) if standby.machine.key != machine.key => {
            Err(Refusal::AlreadyEnrolled { who: Actor::Standby })
        }
        _ => {
            let Machine { key, pin, addresses } = machine.clone();
            Ok(vec![Event::StandbyEnrolled { key, pin, addresses }])
        }
    }
}

pub(super) fn attach(state: &State) -> Decision {
    let standby = state.standby.as_ref().ok_or(Refusal::NoStandby)?;
    Ok(if standby.is_attached() { Vec::new() } else { vec![Event::StandbyAttached] })
}

pub(super) fn detach(state: &State, reason: DetachReason) -> Decision {
    let standby = state.standby.as_ref().ok_or(Refusal::NoStandby)?;
    Ok(if standby.is_attached() { vec![Event::StandbyDetached { reason }] } else { Vec::new() })
}

pub(super) fn take_over(state: &State, actor: &Actor, epoch: u64, last: &Seen, forced: bool) -> Decision {
    let is_in_step = match actor {
        // A standby cannot know that it was detached. Where it took over as if it had not been, and terminals that have more
        // lines do not follow it, it says afterwards that it goes on without them.
        Actor::Hub if forced && state.takeovers.last().is_some_and(|takeover| !takeover.forced) => false,
        Actor::Hub => return Err(Refusal::NothingToForce),
        _ => state.standby.as_ref().ok_or(Refusal::NoStandby)?.is_attached(),
    };
    let expected = state.epoch() + 1;
    if epoch != expected {
        return Err(Refusal::OtherEpoch { expected });
    }
    if last.line != state.line || last.head != state.head {
        return Err(Refusal::OtherEnd { line: state.line });
    }
    if !forced && !is_in_step {
        return Err(Refusal::StandbyDetached { line: state.line });
    }
    Ok(vec![Event::TakenOver { epoch, last: last.clone(), forced }])
}

/// Applies an event of this file.
pub(super) fn apply(state: &mut State, event: &Event, by: &Actor, time: Timestamp) {
    match event {
        Event::StandbyEnrolled { key, pin, addresses } => {
            let machine = Machine { key: key.clone(), pin: pin.clone(), addresses: addresses.clone() };
            state.had_standby = true;
            match &mut state.standby {
                Some(standby) if standby.machine.key == *key => standby.machine = machine,
                standby => {
                    *standby = Some(Standby { machine, step: InStep::NotYet, since: time });
                    // Another machine counts its orders anew.
                    state.orders.remove(&Actor::Standby);
                }
            }
        }
        Event::StandbyAttached => step(state, InStep::Attached, time),
        Event::StandbyDetached { reason } => step(state, InStep::Detached(*reason), time),
        // The same takeover, of which more is said.
        Event::TakenOver { forced, .. } if *by == Actor::Hub => {
            let before = state.takeovers.last().cloned();
            state.takeovers.extend(before.map(|before| Takeover { time, forced: *forced, ..before }));
        }
        Event::TakenOver { last, forced, .. } => {
            if let Some(standby) = state.standby.take() {
                let (last, forced) = (last.clone(), *forced);
                state.takeovers.push(Takeover { hub: standby.machine, time, last, forced });
                // The console was at the machine that is gone: the presiding officer's code enrols it anew.
                state.keys.remove(&Actor::Console);
                state.orders.remove(&Actor::Console);
            }
        }
        _ => {}
    }
}

fn step(state: &mut State, step: InStep, time: Timestamp) {
    if let Some(standby) = &mut state.standby {
        (standby.step, standby.since) = (step, time);
    }
}
