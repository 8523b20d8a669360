//! What is known of an address, and of a seat.

use std::net::IpAddr;
use std::time::Duration;

use super::TRIES_FORGOTTEN_AFTER;
use super::pace::Pace;

/// How long a refusal is counted.
pub const REFUSALS_FORGOTTEN_AFTER: Duration = Duration::from_secs(60);

/// An address is told from so many refusals on; one at which a seat is known from more than a terminal on a bad network
/// ever has: nobody is to learn when it tried to return a ballot.
const REFUSALS_TOLD_FROM: u32 = 10;
const REFUSALS_TOLD_FROM_KNOWN: u32 = 300;

/// What is known of an address.
#[derive(Debug)]
pub struct Address {
    /// Connections there are.
    pub held: usize,
    pub anonymous: usize,
    /// Seats whose newest connection came from here.
    pub seats: usize,
    pub handshakes: Pace,
    pub wrong: u32,
    pub trying: u32,
    pub last_wrong: Duration,
    pub refused: u32,
    pub last_refused: Duration,
}

impl Address {
    pub fn new() -> Self {
        Self {
            held: 0,
            anonymous: 0,
            seats: 0,
            handshakes: Pace::new(Duration::from_millis(100), 32),
            wrong: 0,
            trying: 0,
            last_wrong: Duration::ZERO,
            refused: 0,
            last_refused: Duration::ZERO,
        }
    }

    /// Places that cannot be taken from this address: for its seats, and for what they say without a name.
    pub fn guaranteed(&self) -> usize {
        if self.seats == 0 { 0 } else { 8 + 8 * self.seats }
    }

    pub fn forget(&mut self, now: Duration) {
        if self.wrong > 0 && now.saturating_sub(self.last_wrong) >= TRIES_FORGOTTEN_AFTER {
            self.wrong = 0;
        }
        if self.refused > 0 && now.saturating_sub(self.last_refused) >= REFUSALS_FORGOTTEN_AFTER {
            self.refused = 0;
        }
    }

    pub fn is_worth_telling(&self) -> bool {
        let from = if self.seats == 0 { REFUSALS_TOLD_FROM } else { REFUSALS_TOLD_FROM_KNOWN };
        self.wrong > 0 || self.refused >= from
    }

    pub fn is_calm(&self, now: Duration) -> bool {
        self.held == 0
            && self.seats == 0
            && self.trying == 0
            && self.wrong == 0
            && self.refused == 0
            && self.handshakes.is_rested(now)
    }
}

/// What is known of a seat that has shown its key.
#[derive(Debug)]
pub struct Seat {
    pub address: IpAddr,
    pub held: usize,
    pub asks: Pace,
}
