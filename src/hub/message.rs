//! What the desk is told, and by whom it wants to be answered.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::majority::Pulse;
use super::sealing::OfSeal;
use super::standby::LetIn;
use crate::ballot::{BallotHash, CheckedBallot, Dealing, PublicCredential, ShareProof, Token};
use crate::meeting::{Actor, AnswerSheet, BallotId, ItemId, Machine, Order, SlipAct};
use crate::wire::proof::Exporter;
use crate::wire::{Answer, Reached, Receipt, ToScreen, TurnedAway};

/// What connections send to the desk.
pub(super) enum Message {
    /// A hello with a code.
    Enrol {
        key: String,
        proof: String,
        exporter: Exporter,
        reply: oneshot::Sender<Result<Welcome, TurnedAway>>,
    },
    /// A hello with a key; the newest connection of a screen is the one that counts.
    Connect {
        actor: Actor,
        signature: String,
        exporter: Exporter,
        have: u64,
        pulse: Arc<Pulse>,
        kick: oneshot::Sender<TurnedAway>,
        reply: oneshot::Sender<Result<Connected, TurnedAway>>,
    },
    /// A connection has ended.
    Disconnect { actor: Actor, connection: u64 },
    /// A second machine with the standby's code.
    EnrolStandby {
        machine: Machine,
        proof: String,
        exporter: Exporter,
        reply: oneshot::Sender<Result<Welcome, TurnedAway>>,
    },
    /// The standby comes back.
    ConnectStandby {
        addresses: Vec<String>,
        signature: String,
        exporter: Exporter,
        kick: oneshot::Sender<TurnedAway>,
        reply: oneshot::Sender<Result<LetIn, TurnedAway>>,
    },
    /// The standby has the whole folder as it was a moment ago.
    StandbyInStep { connection: u64 },
    /// The standby is not followed on any more.
    StandbyGone { connection: u64 },
    /// Somebody shows a line with which a standby has taken over from this hub.
    TakenOver { line: String },
    /// A signed command.
    Order { from: Actor, order: Order, reply: oneshot::Sender<Answer> },
    /// An anonymous registration.
    Register {
        ballot: BallotId,
        credential: PublicCredential,
        token: Token,
        reply: oneshot::Sender<ToScreen>,
    },
    /// Whether a ballot came back under this credential, asked by whoever holds it before its proofs are checked.
    Returned {
        ballot: BallotId,
        credential: PublicCredential,
        hash: BallotHash,
        reply: oneshot::Sender<Option<ToScreen>>,
    },
    /// An anonymous ballot, checked in full.
    Cast {
        ballot: BallotId,
        checked: Box<CheckedBallot>,
        bytes: Vec<u8>,
        receipt: Option<Receipt>,
        reply: oneshot::Sender<ToScreen>,
    },
    /// What a scrutineer deals; answered when all have.
    Dealing { from: Actor, ceremony: u32, dealing: Box<Dealing>, reply: oneshot::Sender<Answer> },
    /// The public part of a share.
    Share { from: Actor, ceremony: u32, proof: Box<ShareProof>, reply: oneshot::Sender<Answer> },
    /// A scrutineer's terminal wants to see a fixed box.
    Ballots { from: Actor, ballot: BallotId, first: u32, reply: oneshot::Sender<Answer> },
    /// A scrutineer's factors.
    Factors { from: Actor, ballot: BallotId, factors: String, reply: oneshot::Sender<Answer> },
    /// A candidate's terminal wants its paper.
    ExamPaper { from: Actor, item: ItemId, reply: oneshot::Sender<Answer> },
    /// A version of a candidate's sheet.
    ExamSheet { from: Actor, item: ItemId, sheet: Box<AnswerSheet>, reply: oneshot::Sender<Answer> },
    /// An act of an anonymous slip.
    Slip { item: ItemId, act: Box<SlipAct>, reply: oneshot::Sender<ToScreen> },
    /// The moment at which slips are published.
    Tick,
    /// Something about the seal.
    Seal { from: Actor, said: OfSeal, reply: oneshot::Sender<Answer> },
    /// The random pause after the last ballot is over.
    AnnounceAll { ballot: BallotId },
    /// What could not be made durable, or done by rule, is tried again.
    Again,
    /// The hub is to end.
    Stop,
}

/// An enrolment that was accepted.
pub(super) struct Welcome {
    pub actor: Actor,
    pub proof: String,
}

/// A screen that came back.
pub(super) struct Connected {
    /// Which of its connections this is.
    pub number: u64,
    /// How far the record is.
    pub reached: Option<Reached>,
}
