//! Everything that hub and client say to each other.
//!
//! The kinds are the outer name (`{"order":{…}}`), not a field inside: an order's command must come through byte for
//! byte, and serde keeps raw text only where nothing has to be buffered to find a tag.

use serde::{Deserialize, Serialize};

use super::live::{Live, TurnedAway};
use crate::ballot::{BallotHash, PublicCredential, SignedRequest, Token};
use crate::meeting::{Actor, BallotId, ItemId, Order, Refusal, SessionId, SlipAct};

/// What a peer says first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Hello {
    /// Somebody with a one-time code registers a key.
    Enrol {
        /// The protocol's version.
        version: u32,
        /// The identity key, in hex.
        key: String,
        /// Proof that the code is known here, bound to key and connection, in hex.
        proof: String,
    },
    /// An enrolled screen comes back.
    Enrolled {
        /// The protocol's version.
        version: u32,
        /// The session.
        session: SessionId,
        /// Whose screen.
        actor: Actor,
        /// Signature by the identity key over this connection, in hex.
        signature: String,
        /// The last line that the screen has; 0 for none.
        have: u64,
    },
    /// One anonymous act, then the connection ends. It says nothing of who.
    Anonymous {
        /// The protocol's version.
        version: u32,
        /// The session.
        session: SessionId,
    },
}

/// The one act of an anonymous connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Anonymous {
    /// Register a credential with a token.
    Register {
        /// The ballot.
        ballot: BallotId,
        /// The credential.
        credential: PublicCredential,
        /// The token.
        token: Token,
    },
    /// Send an anonymous slip, or what it does further: all of them are as long as each other.
    Slip {
        /// The review's item.
        item: ItemId,
        /// What it says, with the token that its one-time key was issued.
        act: Box<SlipAct>,
        /// Spaces that make every act as long as the longest: see [`Anonymous::slip`].
        pad: String,
    },
    /// Return a ballot under a listed credential.
    Cast {
        /// The ballot.
        ballot: BallotId,
        /// The encrypted ballot, as the format writes it.
        bytes: String,
    },
}

/// Every act of a slip is as long as this on the wire: 8 kB for what it says, and what surrounds it.
pub const SLIP_BYTES: usize = 9 * 1024;

impl Anonymous {
    /// An act of a slip, padded: what it is, and how long its text, cannot be told from its length.
    ///
    /// # Errors
    /// By how many bytes its text is too long to be hidden in.
    pub fn slip(item: ItemId, act: SlipAct) -> Result<Self, usize> {
        let bare = Self::Slip { item: item.clone(), act: Box::new(act.clone()), pad: String::new() };
        let bytes = serde_json::to_string(&bare).map_or(usize::MAX, |text| text.len());
        let pad = SLIP_BYTES.checked_sub(bytes).ok_or_else(|| bytes.saturating_sub(SLIP_BYTES))?;
        Ok(Self::Slip { item, act: Box::new(act), pad: " ".repeat(pad) })
    }
}

/// What an enrolled screen says after its hello.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ToHub {
    /// A signed command.
    Order {
        /// The answer will bear this number.
        ask: u64,
        /// The order.
        order: Order,
    },
    /// A material is asked for.
    Material {
        /// The answer will bear this number.
        ask: u64,
        /// Its path below `materials/`.
        path: String,
    },
    /// A signature under the seal.
    SealSignature {
        /// The answer will bear this number.
        ask: u64,
        /// The signature, in hex.
        signature: String,
    },
    /// Still there.
    Ping,
}

/// What a hub says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ToScreen {
    /// The hello is accepted.
    Welcome {
        /// The session.
        session: SessionId,
        /// Whose screen this is.
        actor: Actor,
        /// After an enrolment: the hub's proof that it knows the code, in hex.
        proof: Option<String>,
    },
    /// The hello is not accepted; the connection ends.
    TurnedAway(TurnedAway),
    /// Journal lines, in order.
    Lines {
        /// As written, or without a body where it is withheld from this screen.
        lines: Vec<String>,
    },
    /// What is no part of the record.
    Live(Live),
    /// The answer to an ask.
    Answer {
        /// Its number.
        ask: u64,
        /// The answer.
        answer: Answer,
    },
    /// The meeting has ended; this is to be sealed.
    SealReady {
        /// The seal's bytes.
        seal: String,
    },
    /// The record is sealed; there is nothing more to come.
    Sealed,
    /// A credential is registered.
    Registered,
    /// A slip has been taken, and will be published at the next tick.
    SlipTaken,
    /// A ballot is in the box.
    Receipt(Receipt),
    /// An anonymous act was refused.
    ActRefused(WrongAnswer),
    /// The answer to a ping.
    Pong,
}

/// The answer to an ask.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Carried out, and durable.
    Done {
        /// The line; none where it had been done before.
        line: Option<u64>,
        /// A new one-time code, where one was made.
        code: Option<String>,
        /// The answers to a request for a paper or for slips, in the order of the requests.
        issued: Vec<SignedRequest>,
    },
    /// The rules refuse it.
    Refused(Refusal),
    /// A material.
    Material {
        /// Its text.
        text: String,
    },
    /// It could not be done.
    Wrong(WrongAnswer),
}

/// Why something could not be done, where no rule of the meeting refuses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WrongAnswer {
    /// The hub cannot write to its disk.
    #[error("the hub cannot write: {says}")]
    Disk {
        /// What the system says.
        says: String,
    },
    /// The order's signature or counter does not hold.
    #[error("the order does not hold: {says}")]
    Order {
        /// What does not hold.
        says: String,
    },
    /// There is no such material.
    #[error("there is no such material")]
    NoMaterial,
    /// There is nothing to seal yet, or it is sealed.
    #[error("there is nothing to seal")]
    NothingToSeal,
    /// The signature under the seal does not hold.
    #[error("the signature under the seal does not hold")]
    SealSignature,
    /// No such ballot takes this now: registration or voting is not open, or is over.
    #[error("not open for this now")]
    NotOpen,
    /// The rules refuse what a slip would do.
    #[error("the rules refuse it")]
    Rule {
        /// Why.
        refusal: Refusal,
    },
    /// The token was not issued for this round.
    #[error("the token was not issued for this round")]
    Token,
    /// The ballot is not valid.
    #[error("the ballot is not valid: {says}")]
    Ballot {
        /// What does not hold.
        says: String,
    },
    /// Another ballot was returned under this credential.
    #[error("another ballot was returned under this credential")]
    SecondBallot,
}

/// What a hub signs for a returned ballot: it is in the box, durably. It bears no time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The ballot's hash.
    pub ballot: BallotHash,
    /// The hub's signature, in hex: see [`super::proof::receipt_text`].
    pub signature: String,
}
