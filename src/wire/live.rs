//! What a hub tells its screens beside the record: none of it is an event, none of it is kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::meeting::{Actor, BallotId};

/// What is no part of the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// How many seats are connected.
    pub connected: u32,
    /// Which screens are connected. Only the console is told.
    pub connections: Option<BTreeSet<Actor>>,
    /// How many ballots have come back, in steps.
    pub turnout: Option<Turnout>,
    /// What the disk says, while nothing can be written.
    pub disk_trouble: Option<String>,
    /// Too few are connected to go on, while that matters.
    #[serde(default)]
    pub majority_missing: Option<Majority>,
    /// Who knocks without being let in. Only the console is told, and only while there is something to tell.
    pub strangers: Option<Strangers>,
}

/// How many of the seats signed in are connected, where more than half are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Majority {
    /// So many are connected.
    pub connected: u32,
    /// So many are signed in.
    pub of: u32,
}

impl Majority {
    /// Whether they are enough: more than half, or nobody is signed in yet.
    pub fn is_enough(self) -> bool {
        self.of == 0 || u64::from(self.connected) * 2 > u64::from(self.of)
    }
}

/// Who knocks without being let in. Nothing of it says what an enrolled or an anonymous connection does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strangers {
    /// Connections refused within the last minute: too many, too fast, too slow, or no message of this protocol.
    pub refused: u32,
    /// Wrong codes that are not forgotten yet.
    pub wrong_codes: u32,
    /// Addresses that have sent so many wrong codes that they are not listened to.
    pub shut_out: u32,
    /// Some of the addresses, the worst first.
    pub addresses: Vec<String>,
}

/// Turnout in steps of five, so that a counter never tells who has just voted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// The ballot.
    pub ballot: BallotId,
    /// At least so many have come back: a multiple of five.
    pub at_least: u32,
    /// All have come back.
    pub all: bool,
}

/// Why a hub, or a machine that stands by for it, turns a screen away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnedAway {
    /// The code is wrong or was replaced, or the hub is not the one that the code was made for.
    WrongCode,
    /// The code was used before.
    UsedCode,
    /// Another terminal holds this seat now.
    SeatTaken,
    /// The key counts no more: the seat's code was reissued.
    KeyRevoked,
    /// This terminal belongs to another meeting.
    OtherMeeting,
    /// Too many wrong codes from this address: the console can issue a new one.
    TooManyTries,
    /// The hub cannot write to its disk; the code is as good as before.
    Disk,
    /// The hub speaks another version.
    Version,
    /// A standby has taken over from this machine: the meeting goes on there.
    TakenOver,
    /// This machine stands by; the hub is another one.
    StandingBy,
}

impl TurnedAway {
    /// Whether another machine may be the hub, so that it is looked for.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self, Self::TakenOver | Self::StandingBy)
    }
}
