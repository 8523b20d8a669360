//! Names of things, each a type of its own, so that a seat is never taken for a line.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(String);

        impl $type {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// A seat: the id of the person who sits there.
    SeatId
}
name! {
    /// An item of the agenda.
    ItemId
}
name! {
    /// A line of a ballot paper.
    LineId
}
name! {
    /// A reporting official.
    OfficialId
}
name! {
    /// A department of a joint meeting.
    DepartmentId
}
name! {
    /// A ballot: `<item>[-<subject>][-<group>][-r<round>]`, with the parts that apply.
    BallotId
}
name! {
    /// The session: 32 hex digits, drawn when the console starts a plan for the first time.
    SessionId
}

impl BallotId {
    /// The ballot of a round: `<item>[-<subject>][-<group>][-r<round>]`, with the parts that apply. The first round
    /// says nothing of rounds.
    pub fn of_round(item: &ItemId, subject: Option<&OfficialId>, group: Option<&str>, round: u32) -> Self {
        let mut id = item.0.clone();
        for part in [subject.map(OfficialId::as_str), group].into_iter().flatten() {
            id.push('-');
            id.push_str(part);
        }
        if round > 1 {
            id.push_str(&format!("-r{round}"));
        }
        Self(id)
    }
}

/// A question's number in its item, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub u32);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The machine that runs the meeting: what follows from a rule, and nothing else.
    Hub,
    /// The machine that stands by for the hub's.
    Standby,
    /// The presiding officer's console at the front.
    Console,
    /// A display of the room; it only looks.
    Display(u32),
    /// A person at a terminal.
    Seat(SeatId),
}

impl Actor {
    /// The seat, if a person acts.
    pub fn seat(&self) -> Option<&SeatId> {
        if let Self::Seat(seat) = self { Some(seat) } else { None }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hub => f.write_str("hub"),
            Self::Standby => f.write_str("standby"),
            Self::Console => f.write_str("console"),
            Self::Display(1) => f.write_str("display"),
            Self::Display(number) => write!(f, "display-{number}"),
            Self::Seat(seat) => f.write_str(seat.as_str()),
        }
    }
}

impl From<&str> for Actor {
    /// The plan reserves `hub`, `standby`, `console` and `display…`, so every other name is a seat's.
    fn from(text: &str) -> Self {
        match text {
            "hub" => Self::Hub,
            "standby" => Self::Standby,
            "console" => Self::Console,
            "display" => Self::Display(1),
            _ => match text.strip_prefix("display-").and_then(|number| number.parse().ok()) {
                Some(number) => Self::Display(number),
                None => Self::Seat(SeatId::from(text)),
            },
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
