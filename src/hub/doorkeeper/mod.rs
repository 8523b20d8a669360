//! Who is let in, and how fast. Before a peer has said who it is, its address is all that is known of it, and every
//! limit is per address; a seat that has shown its key has limits of its own, and places that no stranger can take.
//!
//! Pure: the moment is an argument, counted from the start of the hub. Nothing of it is kept, and nothing here knows
//! what an anonymous connection was for: it is counted while it lasts, and its address is never told.

mod address;
mod pace;

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use address::{Address, REFUSALS_FORGOTTEN_AFTER, Seat};
use pace::Pace;

use crate::meeting::Actor;
use crate::wire::live::Strangers;

/// Wrong codes that an address may send before it is not listened to any more.
pub const TRIES_MAX: u32 = 5;

/// How long after its last wrong code an address may try again, unless the console has issued a code before.
pub const TRIES_FORGOTTEN_AFTER: Duration = Duration::from_secs(600);

/// Connections of one address before any of them has said who it is. The hub's own machine is not bound by it.
pub const ADDRESS_CONNECTIONS_MAX: usize = 64;

/// Connections of one seat that may be there at once: the newest counts, older ones are on their way out.
pub const SEAT_CONNECTIONS_MAX: usize = 8;

/// Anonymous connections of one address at once; as many again for each seat that is known to be there.
pub const ANONYMOUS_AT_ADDRESS_MAX: usize = 4;

/// Anonymous connections at once of all addresses at which no seat is known.
pub const ANONYMOUS_UNKNOWN_MAX: usize = 32;

/// Anonymous connections at once, of all.
pub const ANONYMOUS_MAX: usize = 1_024;

/// Addresses that are remembered at once. One that is nothing but calm is forgotten.
const ADDRESSES_MAX: usize = 16_384;

/// The share of all places that is kept for addresses at which a seat is known: one in so many.
const RESERVED_SHARE: usize = 6;

/// How long a peer may take to say hello, and the same when the places for strangers are half taken.
const PATIENCE: Duration = Duration::from_secs(10);
const PATIENCE_WHEN_CROWDED: Duration = Duration::from_secs(4);

/// A handshake that would have to wait longer is refused.
const HANDSHAKE_WAIT_MAX: Duration = Duration::from_secs(3);

/// How many addresses the console is told.
const ADDRESSES_TOLD: usize = 3;

/// Where a connection comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The address.
    pub address: IpAddr,
    /// Whether it is the hub's own machine, which has other means to disturb a meeting.
    pub own: bool,
}

impl Caller {
    /// The caller between these two addresses. An IPv4 address is the same in either way of writing it.
    pub fn between(peer: IpAddr, local: IpAddr) -> Self {
        Self { address: peer.to_canonical(), own: peer.to_canonical() == local.to_canonical() }
    }
}

/// A connection's place, from its arrival until it leaves.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    caller: Caller,
    reserved: bool,
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// It has not said who it is.
    Stranger,
    /// It acts without a name, from an address at which a seat was known at that moment, or not.
    Anonymous {
        known: bool,
    },
    Seat(Actor),
}

/// Whether a code may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// Now; what became of it has to be told to [`Doorkeeper::tried`].
    Now,
    /// Not before this has passed.
    After(Duration),
    /// Not at all: there were too many wrong ones.
    No,
}

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It opened its seat.
    Right,
    /// It opens nothing.
    Wrong,
    /// Neither: it was used before, or nobody could tell.
    Undecided,
}

/// Counts, and decides.
#[derive(Debug)]
pub struct Doorkeeper {
    common_max: usize,
    reserved_max: usize,
    common: usize,
    reserved: usize,
    anonymous: usize,
    anonymous_unknown: usize,
    addresses: BTreeMap<IpAddr, Address>,
    seats: BTreeMap<Actor, Seat>,
    handshakes: Pace,
    codes: Pace,
    /// Refusals by the second.
    refusals: VecDeque<(u64, u32)>,
}

impl Doorkeeper {
    /// A doorkeeper of so many places.
    pub fn new(places: usize) -> Self {
        let reserved_max = places / RESERVED_SHARE;
        Self {
            common_max: places - reserved_max,
            reserved_max,
            common: 0,
            reserved: 0,
            anonymous: 0,
            anonymous_unknown: 0,
            addresses: BTreeMap::new(),
            seats: BTreeMap::new(),
            handshakes: Pace::new(Duration::from_millis(5), 1_024),
            codes: Pace::new(Duration::from_millis(50), 64),
            refusals: VecDeque::new(),
        }
    }

    // ---- places -------------------------------------------------------------------------------------------------

    /// A connection has arrived. None: it is refused, before it has cost anything.
    pub fn arrive(&mut self, caller: Caller, now: Duration) -> Option<Place> {
        let (common, reserved) = (self.common < self.common_max, self.reserved < self.reserved_max);
        let Some(address) = self.address(caller.address, now) else {
            self.refuse(None, now);
            return None;
        };
        let guaranteed = address.guaranteed();
        let within = caller.own || address.held < ADDRESS_CONNECTIONS_MAX + guaranteed;
        let reserved = address.held < guaranteed && reserved;
        if !(reserved || common && within) {
            self.refuse(Some(caller), now);
            return None;
        }
        address.held += 1;
        *if reserved { &mut self.reserved } else { &mut self.common } += 1;
        Some(Place { caller, reserved, stage: Stage::Stranger })
    }

    /// A connection has ended.
    pub fn leave(&mut self, place: Place) {
        *if place.reserved { &mut self.reserved } else { &mut self.common } -= 1;
        if let Some(address) = self.addresses.get_mut(&place.caller.address) {
            address.held = address.held.saturating_sub(1);
        }
        match &place.stage {
            Stage::Stranger => {}
            Stage::Anonymous { known } => {
                self.anonymous -= 1;
                self.anonymous_unknown -= usize::from(!known);
                if let Some(address) = self.addresses.get_mut(&place.caller.address) {
                    address.anonymous = address.anonymous.saturating_sub(1);
                }
            }
            Stage::Seat(actor) => {
                if let Some(seat) = self.seats.get_mut(actor) {
                    seat.held = seat.held.saturating_sub(1);
                }
            }
        }
    }

    /// How long a peer may take to say hello: the less, the more are waiting.
    pub fn patience(&self) -> Duration {
        if self.common > self.common_max / 2 { PATIENCE_WHEN_CROWDED } else { PATIENCE }
    }

    /// A peer begins to speak: how long it waits until the hub shakes hands, which is what costs. None: it is refused.
    pub fn shake_hands(&mut self, caller: Caller, now: Duration) -> Option<Duration> {
        if caller.own {
            return Some(Duration::ZERO);
        }
        let address = self.addresses.get_mut(&caller.address)?;
        let known = address.seats > 0;
        let times = u32::try_from(address.seats).unwrap_or(u32::MAX).saturating_add(1);
        let wait = address.handshakes.wait_times(now, times);
        let wait = if known { wait } else { wait.max(self.handshakes.wait(now)) };
        if wait > HANDSHAKE_WAIT_MAX {
            self.refuse(Some(caller), now);
            return None;
        }
        address.handshakes.take_times(now, times);
        if !known {
            self.handshakes.take(now);
        }
        Some(wait)
    }

    /// A connection has shown a seat's key. False: there are too many of this seat; it ends.
    pub fn sit_down(&mut self, place: &mut Place, actor: &Actor, now: Duration) -> bool {
        let address = place.caller.address;
        let seat = self.seats.entry(actor.clone()).or_insert_with(|| Seat {
            address,
            held: 0,
            asks: match actor {
                // Whoever presides gives one order after the other, and in a rehearsal very fast.
                Actor::Console => Pace::new(Duration::from_millis(2), 512),
                _ => Pace::new(Duration::from_millis(50), 128),
            },
        });
        if seat.held >= SEAT_CONNECTIONS_MAX {
            self.refuse(Some(place.caller), now);
            return false;
        }
        let is_new = seat.held == 0 && seat.address == address;
        seat.held += 1;
        let before = std::mem::replace(&mut seat.address, address);
        place.stage = Stage::Seat(actor.clone());
        if is_new || before != address {
            self.count_seats(before);
            self.count_seats(address);
        }
        if !place.reserved && self.reserved < self.reserved_max {
            self.common -= 1;
            self.reserved += 1;
            place.reserved = true;
        }
        true
    }

    fn count_seats(&mut self, address: IpAddr) {
        let seats = self.seats.values().filter(|seat| seat.address == address).count();
        if let Some(known) = self.addresses.get_mut(&address) {
            known.seats = seats;
        }
    }

    /// How long an enrolled seat's next message waits.
    pub fn ask(&mut self, actor: &Actor, now: Duration) -> Duration {
        self.seats.get_mut(actor).map_or(Duration::ZERO, |seat| {
            let wait = seat.asks.wait(now);
            seat.asks.take(now);
            wait
        })
    }

    /// A connection wants to act without a name. False: there are too many at once; it ends, and may come again.
    pub fn act(&mut self, place: &mut Place, now: Duration) -> bool {
        let Some(address) = self.addresses.get_mut(&place.caller.address) else { return false };
        let known = address.seats > 0 || place.caller.own;
        let own = if place.caller.own { ADDRESS_CONNECTIONS_MAX } else { 0 };
        let here = address.anonymous < ANONYMOUS_AT_ADDRESS_MAX * (1 + address.seats) + own;
        let all = self.anonymous < ANONYMOUS_MAX && (known || self.anonymous_unknown < ANONYMOUS_UNKNOWN_MAX);
        if !here || !all {
            self.refuse(None, now);
            return false;
        }
        address.anonymous += 1;
        self.anonymous += 1;
        self.anonymous_unknown += usize::from(!known);
        place.stage = Stage::Anonymous { known };
        true
    }

    // ---- codes --------------------------------------------------------------------------------------------------

    /// Somebody sends a proof that they know a code. A wrong proof does not say for which seat it was: what is counted
    /// is the address, and all of them together are slowed.
    pub fn try_code(&mut self, caller: Caller, now: Duration) -> Try {
        let wait = self.codes.wait(now);
        let Some(address) = self.address(caller.address, now) else { return Try::No };
        if address.wrong >= TRIES_MAX {
            self.refuse(Some(caller), now);
            return Try::No;
        }
        // As many as could all be wrong: the limit holds for those sent together as well.
        if address.wrong + address.trying >= TRIES_MAX {
            return Try::After(Duration::from_millis(10));
        }
        if wait > Duration::ZERO {
            return Try::After(wait);
        }
        address.trying += 1;
        self.codes.take(now);
        Try::Now
    }

    /// What became of a code that was tried.
    pub fn tried(&mut self, caller: Caller, tried: Tried, now: Duration) {
        if tried != Tried::Wrong {
            self.codes.give_back();
        }
        let Some(address) = self.addresses.get_mut(&caller.address) else { return };
        address.trying = address.trying.saturating_sub(1);
        match tried {
            Tried::Right => address.wrong = 0,
            Tried::Wrong => {
                address.wrong += 1;
                address.last_wrong = now;
            }
            Tried::Undecided => {}
        }
    }

    /// The console has issued a code: whoever was told to ask there may try it, from wherever they sit.
    pub fn forgive(&mut self) {
        self.addresses.values_mut().for_each(|address| address.wrong = 0);
    }

    // ---- what is told -------------------------------------------------------------------------------------------

    /// A peer said what is no message, or nothing in time. Without a caller where it had asked not to be known.
    pub fn refuse(&mut self, caller: Option<Caller>, now: Duration) {
        let second = now.as_secs();
        match self.refusals.back_mut() {
            Some((last, count)) if *last == second => *count = count.saturating_add(1),
            _ => self.refusals.push_back((second, 1)),
        }
        if let Some(address) = caller.and_then(|caller| self.addresses.get_mut(&caller.address)) {
            address.refused = address.refused.saturating_add(1);
            address.last_refused = now;
        }
    }

    /// What the console is told; none while there is nothing to tell. What is over is forgotten here.
    pub fn strangers(&mut self, now: Duration) -> Option<Strangers> {
        self.forget(now);
        let refused = self.refusals.iter().fold(0u32, |sum, (_, count)| sum.saturating_add(*count));
        let wrong_codes =
            self.addresses.values().fold(0u32, |sum, address| sum.saturating_add(address.wrong));
        if refused == 0 && wrong_codes == 0 {
            return None;
        }
        let mut worst: Vec<(u32, u32, IpAddr)> = self
            .addresses
            .iter()
            .filter(|(_, known)| known.is_worth_telling())
            .map(|(address, known)| (known.wrong, known.refused, *address))
            .collect();
        worst.sort_by(|a, b| b.cmp(a));
        let shut_out = self.addresses.values().filter(|address| address.wrong >= TRIES_MAX).count();
        Some(Strangers {
            refused,
            wrong_codes,
            shut_out: u32::try_from(shut_out).unwrap_or(u32::MAX),
            addresses: worst.iter().take(ADDRESSES_TOLD).map(|(.., address)| address.to_string()).collect(),
        })
    }

    fn forget(&mut self, now: Duration) {
        let since = now.saturating_sub(REFUSALS_FORGOTTEN_AFTER).as_secs();
        while self
            .refusals
            .front()
            .is_some_and(|(second, _)| now >= REFUSALS_FORGOTTEN_AFTER && *second <= since)
        {
            self.refusals.pop_front();
        }
        self.addresses.values_mut().for_each(|address| address.forget(now));
        self.addresses.retain(|_, address| !address.is_calm(now));
    }

    /// What is known of an address, from now on. None: too many are.
    fn address(&mut self, address: IpAddr, now: Duration) -> Option<&mut Address> {
        if !self.addresses.contains_key(&address) && self.addresses.len() >= ADDRESSES_MAX {
            return None;
        }
        let known = self.addresses.entry(address).or_insert_with(Address::new);
        known.forget(now);
        Some(known)
    }
}

#[cfg(test)]
mod tests;
