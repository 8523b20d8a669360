//! Everything that hub and client say to each other.
//!
//! The kinds are the outer name (`{"order":{…}}`), not a field inside: an order's command must come through byte for
//! byte, and serde keeps raw text only where nothing has to be buffered to find a tag.

use serde::{Deserialize, Serialize};

use super::live::{Live, Majority, TurnedAway};
use super::sealing::SealRefused;
use crate::ballot::{BallotHash, Dealing, PublicCredential, ShareProof, SignedRequest, Token};
use crate::meeting::{
    Actor, AnswerSheet, BallotId, ExamPaper, ItemId, Order, Refusal, Seen, SessionId, SlipAct,
};

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
    /// A second machine registers with the standby's code.
    EnrolStandby {
        /// The protocol's version.
        version: u32,
        /// Its identity key, in hex.
        key: String,
        /// Proof that the code is known here, bound to key and connection, in hex.
        proof: String,
        /// SHA-256 of the certificate that it will show as a hub, in hex.
        pin: String,
        /// Where it will be reached as a hub, `host:port`, the best first.
        addresses: Vec<String>,
    },
    /// The standby comes back, to follow the hub's disk.
    Standby {
        /// The protocol's version.
        version: u32,
        /// The session.
        session: SessionId,
        /// Signature by the standby's key over this connection, in hex.
        signature: String,
        /// Where it will be reached as a hub now.
        addresses: Vec<String>,
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
        /// The receipt that was given for it, when it is missing from the fixed box.
        receipt: Option<Receipt>,
        /// Spaces that make every ballot of this election as long as the longest.
        pad: String,
    },
}

/// Room for a receipt in the length of a cast.
const RECEIPT_BYTES: usize = 256;

/// Every act of a slip is as long as this on the wire: 8 kB for what it says, and what surrounds it.
pub const SLIP_BYTES: usize = 9 * 1024;

impl Anonymous {
    /// The act that returns a ballot, as long as every other one of its election.
    pub fn cast(ballot: BallotId, bytes: String, receipt: Option<Receipt>, ballot_bytes_max: usize) -> Self {
        let written = |text: &str| serde_json::to_string(text).map_or(0, |text| text.len());
        let receipt_bytes = serde_json::to_string(&receipt).map_or(0, |text| text.len());
        // A ballot is hex, digits and JSON's own signs; each quotation mark takes two bytes here.
        let length = 2 * ballot_bytes_max + RECEIPT_BYTES;
        let pad = " ".repeat(length.saturating_sub(written(&bytes) + receipt_bytes));
        Self::Cast { ballot, bytes, receipt, pad }
    }

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
    /// What a scrutineer deals to the others, when all have committed to theirs. The answer is everybody's, once all are
    /// there.
    Dealing {
        /// The answer will bear this number.
        ask: u64,
        /// Which making of the key.
        ceremony: u32,
        /// The dealing.
        dealing: Box<Dealing>,
    },
    /// The public part of a scrutineer's share.
    Share {
        /// The answer will bear this number.
        ask: u64,
        /// Which making of the key.
        ceremony: u32,
        /// The public part.
        proof: Box<ShareProof>,
    },
    /// A scrutineer's terminal asks for the ballots of a fixed box, to check them and add them up itself.
    Ballots {
        /// The answer will bear this number.
        ask: u64,
        /// The ballot.
        ballot: BallotId,
        /// From this place in the sorted list.
        from: u32,
    },
    /// The factors to which a scrutineer's terminal has committed in the record.
    Factors {
        /// The answer will bear this number.
        ask: u64,
        /// The ballot.
        ballot: BallotId,
        /// The factors with their proofs, as the format writes them.
        factors: String,
    },
    /// A candidate's terminal asks for its own paper, and for what it has answered so far.
    ExamPaper {
        /// The answer will bear this number.
        ask: u64,
        /// The exam's item.
        item: ItemId,
    },
    /// A version of a candidate's sheet, to be kept.
    ExamSheet {
        /// The answer will bear this number.
        ask: u64,
        /// The exam's item.
        item: ItemId,
        /// The sheet.
        sheet: Box<AnswerSheet>,
    },
    /// A signature under the seal.
    SealSignature {
        /// The answer will bear this number.
        ask: u64,
        /// The signature, in hex.
        signature: String,
    },
    /// Somebody entitled to sign the seal refuses to.
    SealRefusal {
        /// The answer will bear this number.
        ask: u64,
        /// Why, in words.
        reason: String,
        /// The signature under the refusal, in hex.
        signature: String,
    },
    /// The presiding officer goes on without somebody's signature.
    SealWithout {
        /// The answer will bear this number.
        ask: u64,
        /// Without whose.
        who: Actor,
        /// Why, in words.
        reason: String,
    },
    /// This terminal has followed the record to its end.
    Witness {
        /// The answer will bear this number.
        ask: u64,
        /// The signature, in hex.
        signature: String,
    },
    /// A standby has taken over from this hub: the line of the record that says so, signed with the standby's key.
    TakenOver {
        /// As written.
        line: String,
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
        /// To a screen that comes back: how far the hub's record is.
        reached: Option<Reached>,
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
    /// The meeting has ended; this is to be sealed, and so far it is signed.
    SealReady {
        /// The transcript so far; seats are not told the witnesses.
        transcript: String,
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

/// How far a hub's record is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// How often a standby has taken over in it.
    pub epoch: u64,
    /// Its end.
    pub end: Seen,
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
    /// The own paper of an exam; nothing in it says what is right.
    ExamPaper {
        /// The paper.
        paper: ExamPaper,
        /// The last version of the own sheet, where one was kept.
        sheet: Option<Box<AnswerSheet>>,
    },
    /// What all scrutineers dealt, in the order of the trustees.
    Dealings {
        /// Their dealings.
        dealings: Vec<Dealing>,
    },
    /// Ballots of a fixed box, in the order of their hashes, as many as fit.
    Ballots {
        /// As the format writes them.
        ballots: Vec<String>,
    },
    /// It could not be done.
    Wrong(WrongAnswer),
}

impl Answer {
    /// Done, and nothing to say of it.
    pub const DONE: Self = Self::Done { line: None, code: None, issued: Vec::new() };
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
    /// Too few are connected to this hub to go on with.
    #[error("waiting until more than half are connected: {} of {}", .majority.connected, .majority.of)]
    TooFew {
        /// How many.
        majority: Majority,
    },
    /// The order's signature or counter does not hold.
    #[error("the order does not hold: {says}")]
    Order {
        /// What does not hold.
        says: String,
    },
    /// The signer of the order has followed another record than this hub's.
    #[error("this hub's record is another than the one that this terminal has followed")]
    OtherRecord,
    /// A standby has taken over from this hub: it acknowledges nothing any more.
    #[error("a standby has taken over from this hub")]
    TakenOver,
    /// There is no such material.
    #[error("there is no such material")]
    NoMaterial,
    /// What was said about the seal is not taken.
    #[error("{0}")]
    Seal(SealRefused),
    /// No such ballot takes this now: registration or voting is not open, or is over.
    #[error("not open for this now")]
    NotOpen,
    /// The rules refuse what a slip would do.
    #[error("the rules refuse it")]
    Rule {
        /// Why.
        refusal: Refusal,
    },
    /// A later version of this sheet is kept.
    #[error("a later version of this sheet is kept")]
    OlderSheet,
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

impl WrongAnswer {
    /// Whether it passes by itself, so that the same may be tried again: nothing is wrong with what was asked.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Disk { .. } | Self::TooFew { .. })
    }
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
