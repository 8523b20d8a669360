//! The events of an archive: what each is made of, how they are linked, in which order they may come.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// The election, its trustees and credentials are fixed.
    Setup,
    /// A ballot.
    Ballot,
    /// No ballot comes after this.
    EndBallots,
    /// The encrypted sums.
    EncryptedTally,
    /// The factors of one trustee.
    PartialDecryption,
    /// The opened sums.
    Result,
}

impl EventKind {
    /// The records that come before an event of this kind and belong to it.
    pub(super) fn records(self) -> usize {
        match self {
            Self::Setup => 4,
            Self::Ballot | Self::Result => 1,
            Self::EndBallots => 0,
            Self::EncryptedTally | Self::PartialDecryption => 2,
        }
    }

    /// What may come after `before`; `None` stands for the beginning and the end.
    ///
    /// Setup, Ballot\*, EndBallots, and then nothing, or EncryptedTally, PartialDecryption+, Result.
    pub(super) fn may_follow(before: Option<Self>, next: Option<Self>) -> bool {
        use EventKind::{Ballot, EncryptedTally, EndBallots, PartialDecryption, Result, Setup};
        matches!(
            (before, next),
            (None, Some(Setup))
                | (Some(Setup | Ballot), Some(Ballot | EndBallots))
                | (Some(EndBallots), None | Some(EncryptedTally))
                | (Some(EncryptedTally), Some(PartialDecryption))
                | (Some(PartialDecryption), Some(PartialDecryption | Result))
                | (Some(Result), None)
        )
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// An event record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The hash of the event before; the first has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// How many came before.
    pub height: u64,
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// The hash of the last record that belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

/// The first member's body. The time is text in this format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub version: u32,
    pub timestamp: String,
}

/// The name of the first member.
pub(super) const HEADER_NAME: &str = "BELENIOS";
/// The endings of the others' names, after the hash of the body.
pub(super) const DATA_ENDING: &str = ".data.json";
pub(super) const EVENT_ENDING: &str = ".event.json";
