//! The key of the ballot box as the scrutineers make it together, and what is known of it afterwards. See `ballot.md`,
//! "The scrutineers' key".

use std::collections::{BTreeMap, BTreeSet};

use super::ids::SeatId;
use crate::ballot::Certificate;

/// A key that is being made.
#[derive(Debug, Clone)]
pub struct Ceremony {
    /// Which making of it, from 1. Each has fresh keys.
    pub number: u32,
    /// Those who take part: trustee 1, 2, ….
    pub scrutineers: Vec<SeatId>,
    /// How many of them suffice to open.
    pub threshold: u32,
    /// The certificates so far.
    pub certificates: BTreeMap<SeatId, Certificate>,
    /// The hashes of the dealings so far: all are in before any dealing is shown.
    pub dealings: BTreeMap<SeatId, String>,
    /// `trustees.json`, once it is put together.
    pub trustees: Option<String>,
    /// Whose terminals have checked it.
    pub confirmed: BTreeSet<SeatId>,
}

impl Ceremony {
    /// One that has just begun.
    pub fn begun(number: u32, scrutineers: Vec<SeatId>, threshold: u32) -> Self {
        Self {
            number,
            scrutineers,
            threshold,
            certificates: BTreeMap::new(),
            dealings: BTreeMap::new(),
            trustees: None,
            confirmed: BTreeSet::new(),
        }
    }

    /// The certificates in the order of the trustees, once all are there.
    pub fn all_certificates(&self) -> Option<Vec<Certificate>> {
        self.scrutineers.iter().map(|seat| self.certificates.get(seat).cloned()).collect()
    }

    /// The hashes of the dealings in the order of the trustees, once all are there.
    pub fn all_dealings(&self) -> Option<Vec<&String>> {
        self.scrutineers.iter().map(|seat| self.dealings.get(seat)).collect()
    }

    /// The place of a scrutineer, from 1.
    pub fn place_of(&self, seat: &SeatId) -> Option<u32> {
        place_of(&self.scrutineers, seat)
    }

    /// How many of its steps a scrutineer has done, of three: certified, dealt, confirmed.
    pub fn steps_of(&self, seat: &SeatId) -> u32 {
        u32::from(self.certificates.contains_key(seat))
            + u32::from(self.dealings.contains_key(seat))
            + u32::from(self.confirmed.contains(seat))
    }
}

/// A key in force.
#[derive(Debug, Clone)]
pub struct Key {
    /// Which making of it.
    pub number: u32,
    /// Those who made it: trustee 1, 2, ….
    pub scrutineers: Vec<SeatId>,
    /// How many of them suffice to open.
    pub threshold: u32,
    /// `trustees.json` of the format, as text.
    pub trustees: String,
    /// Those whose share is lost: their code was made anew.
    pub lost: BTreeSet<SeatId>,
}

impl Key {
    /// Those who still hold their share.
    pub fn holders(&self) -> impl Iterator<Item = &SeatId> {
        self.scrutineers.iter().filter(|seat| !self.lost.contains(seat))
    }

    /// The trustee that a scrutineer is, from 1.
    pub fn trustee(&self, seat: &SeatId) -> Option<u32> {
        place_of(&self.scrutineers, seat)
    }

    /// Whether fewer than a majority could open: every screen warns.
    pub fn is_weak(&self) -> bool {
        let half = u32::try_from(self.scrutineers.len() / 2).unwrap_or(u32::MAX);
        self.threshold <= half || self.scrutineers.len() < 2
    }
}

fn place_of(seats: &[SeatId], seat: &SeatId) -> Option<u32> {
    let place = seats.iter().position(|one| one == seat)?;
    u32::try_from(place + 1).ok()
}
