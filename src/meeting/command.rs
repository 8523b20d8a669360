//! Commands: what somebody asks for. [`super::decide()`] answers with events or a refusal.

use serde::{Deserialize, Serialize};

use super::event::{AdjournGround, OpenedBox, Setup};
use super::ids::{Actor, BallotId, ItemId, LineId, SeatId};
use crate::ballot::{BallotHash, BlindRequest, IssuerPublic};

/// Everything that can be asked of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A terminal, console or display has proved that it knows a code; from now on its key speaks for `who`.
    Enrol {
        /// Whose code it was.
        who: Actor,
        /// The identity key, Ed25519, in hex.
        key: String,
    },
    /// A new code for a seat; the old key is revoked.
    ReissueCode {
        /// Whose code.
        who: Actor,
    },
    /// A person is here.
    SignIn {
        /// Whose presence.
        seat: SeatId,
    },
    /// A person leaves.
    SignOut {
        /// Whose presence.
        seat: SeatId,
    },
    /// The presiding officer opens the meeting, the quorum being reached.
    OpenMeeting,
    /// The scrutineers are approved by a show of hands.
    ApproveScrutineers {
        /// Hands for.
        agree: u32,
        /// Hands against.
        disagree: u32,
        /// Hands of those who abstain.
        abstain: u32,
    },
    /// An item is called.
    OpenItem {
        /// Which.
        item: ItemId,
    },
    /// A nominee is introduced.
    Introduce {
        /// The item.
        item: ItemId,
        /// The nominee's line.
        line: LineId,
    },
    /// Those whom the lines concern are asked to leave.
    BeginRecusal {
        /// The item.
        item: ItemId,
    },
    /// One more person leaves for the deliberation.
    Recuse {
        /// The item.
        item: ItemId,
        /// Who leaves.
        seat: SeatId,
    },
    /// Someone who left for the deliberation is back, or left by mistake.
    Return {
        /// The item.
        item: ItemId,
        /// Who returns.
        seat: SeatId,
    },
    /// Deliberation begins.
    BeginDeliberation {
        /// The item.
        item: ItemId,
    },
    /// Deliberation ends; those who left return.
    EndDeliberation {
        /// The item.
        item: ItemId,
    },
    /// A line is deferred: it stays on the paper and is not voted on.
    Defer {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
        /// Why.
        reason: String,
    },
    /// A deferral is taken back.
    Undefer {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
    },
    /// A note for the record.
    Note {
        /// What it says.
        text: String,
    },
    /// Papers are issued: the electorate and the lines are fixed.
    OpenIssue {
        /// The item.
        item: ItemId,
    },
    /// The hub names the key under which the papers of this round are issued.
    PublishIssuer {
        /// The ballot.
        ballot: BallotId,
        /// The VOPRF key, fresh for this round.
        issuer: IssuerPublic,
    },
    /// A terminal asks for its paper.
    RequestPaper {
        /// The ballot.
        ballot: BallotId,
        /// The blinded request.
        request: BlindRequest,
    },
    /// A member present wants no paper.
    DeclinePaper {
        /// The ballot.
        ballot: BallotId,
    },
    /// No more papers are issued.
    CloseIssue {
        /// The ballot.
        ballot: BallotId,
    },
    /// The hub fixes the list of credentials.
    FixList {
        /// The ballot.
        ballot: BallotId,
        /// The election.
        setup: Box<Setup>,
    },
    /// A terminal has found its own credential on the list and checked the setup.
    ConfirmList {
        /// The ballot.
        ballot: BallotId,
        /// The hash of the setup.
        setup: String,
    },
    /// A terminal or a scrutineer objects; the objection stands in the record.
    Object {
        /// The ballot.
        ballot: BallotId,
        /// Why.
        reason: String,
    },
    /// The round is void and papers are issued again.
    NewRound {
        /// The ballot that is void.
        ballot: BallotId,
        /// Why.
        reason: String,
    },
    /// Voting begins.
    OpenVoting {
        /// The ballot.
        ballot: BallotId,
    },
    /// Voting ends.
    CloseVoting {
        /// The ballot.
        ballot: BallotId,
    },
    /// The hub fixes the box.
    FixBox {
        /// The ballot.
        ballot: BallotId,
        /// The ballots in the box, sorted.
        ballots: Vec<BallotHash>,
    },
    /// "Mine is in the box, or I cast none": the same message either way.
    ConfirmBox {
        /// The ballot.
        ballot: BallotId,
        /// The hash of the box.
        box_hash: String,
    },
    /// The box is to be opened: the last decision before the result.
    OpenBox {
        /// The ballot.
        ballot: BallotId,
    },
    /// The hub publishes the sum.
    PublishCount {
        /// The ballot.
        ballot: BallotId,
        /// What the box held.
        opened: Box<OpenedBox>,
    },
    /// The presiding officer declares the result.
    Declare {
        /// The item.
        item: ItemId,
    },
    /// The meeting pauses.
    Suspend {
        /// Why.
        reason: String,
    },
    /// The meeting goes on.
    Resume,
    /// The meeting ends without having finished.
    Adjourn {
        /// Why.
        ground: AdjournGround,
    },
    /// The meeting is closed; after this only the seal follows.
    CloseMeeting,
}

/// The kinds of command: the first column of the rights table, and the name a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is documented where the command is")]
pub enum CommandKind {
    Enrol,
    ReissueCode,
    SignIn,
    SignOut,
    OpenMeeting,
    ApproveScrutineers,
    OpenItem,
    Introduce,
    BeginRecusal,
    Recuse,
    Return,
    BeginDeliberation,
    EndDeliberation,
    Defer,
    Undefer,
    Note,
    OpenIssue,
    PublishIssuer,
    RequestPaper,
    DeclinePaper,
    CloseIssue,
    FixList,
    ConfirmList,
    Object,
    NewRound,
    OpenVoting,
    CloseVoting,
    FixBox,
    ConfirmBox,
    OpenBox,
    PublishCount,
    Declare,
    Suspend,
    Resume,
    Adjourn,
    CloseMeeting,
}

impl CommandKind {
    /// The kind's name, as the journal writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::ReissueCode => "reissue_code",
            Self::SignIn => "sign_in",
            Self::SignOut => "sign_out",
            Self::OpenMeeting => "open_meeting",
            Self::ApproveScrutineers => "approve_scrutineers",
            Self::OpenItem => "open_item",
            Self::Introduce => "introduce",
            Self::BeginRecusal => "begin_recusal",
            Self::Recuse => "recuse",
            Self::Return => "return",
            Self::BeginDeliberation => "begin_deliberation",
            Self::EndDeliberation => "end_deliberation",
            Self::Defer => "defer",
            Self::Undefer => "undefer",
            Self::Note => "note",
            Self::OpenIssue => "open_issue",
            Self::PublishIssuer => "publish_issuer",
            Self::RequestPaper => "request_paper",
            Self::DeclinePaper => "decline_paper",
            Self::CloseIssue => "close_issue",
            Self::FixList => "fix_list",
            Self::ConfirmList => "confirm_list",
            Self::Object => "object",
            Self::NewRound => "new_round",
            Self::OpenVoting => "open_voting",
            Self::CloseVoting => "close_voting",
            Self::FixBox => "fix_box",
            Self::ConfirmBox => "confirm_box",
            Self::OpenBox => "open_box",
            Self::PublishCount => "publish_count",
            Self::Declare => "declare",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Adjourn => "adjourn",
            Self::CloseMeeting => "close_meeting",
        }
    }
}

impl Command {
    /// What kind of command this is.
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Enrol { .. } => CommandKind::Enrol,
            Self::ReissueCode { .. } => CommandKind::ReissueCode,
            Self::SignIn { .. } => CommandKind::SignIn,
            Self::SignOut { .. } => CommandKind::SignOut,
            Self::OpenMeeting => CommandKind::OpenMeeting,
            Self::ApproveScrutineers { .. } => CommandKind::ApproveScrutineers,
            Self::OpenItem { .. } => CommandKind::OpenItem,
            Self::Introduce { .. } => CommandKind::Introduce,
            Self::BeginRecusal { .. } => CommandKind::BeginRecusal,
            Self::Recuse { .. } => CommandKind::Recuse,
            Self::Return { .. } => CommandKind::Return,
            Self::BeginDeliberation { .. } => CommandKind::BeginDeliberation,
            Self::EndDeliberation { .. } => CommandKind::EndDeliberation,
            Self::Defer { .. } => CommandKind::Defer,
            Self::Undefer { .. } => CommandKind::Undefer,
            Self::Note { .. } => CommandKind::Note,
            Self::OpenIssue { .. } => CommandKind::OpenIssue,
            Self::PublishIssuer { .. } => CommandKind::PublishIssuer,
            Self::RequestPaper { .. } => CommandKind::RequestPaper,
            Self::DeclinePaper { .. } => CommandKind::DeclinePaper,
            Self::CloseIssue { .. } => CommandKind::CloseIssue,
            Self::FixList { .. } => CommandKind::FixList,
            Self::ConfirmList { .. } => CommandKind::ConfirmList,
            Self::Object { .. } => CommandKind::Object,
            Self::NewRound { .. } => CommandKind::NewRound,
            Self::OpenVoting { .. } => CommandKind::OpenVoting,
            Self::CloseVoting { .. } => CommandKind::CloseVoting,
            Self::FixBox { .. } => CommandKind::FixBox,
            Self::ConfirmBox { .. } => CommandKind::ConfirmBox,
            Self::OpenBox { .. } => CommandKind::OpenBox,
            Self::PublishCount { .. } => CommandKind::PublishCount,
            Self::Declare { .. } => CommandKind::Declare,
            Self::Suspend { .. } => CommandKind::Suspend,
            Self::Resume => CommandKind::Resume,
            Self::Adjourn { .. } => CommandKind::Adjourn,
            Self::CloseMeeting => CommandKind::CloseMeeting,
        }
    }

    /// The item a command is about, as far as its words say: part of what a signature covers.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::OpenItem { item }
            | Self::Introduce { item, .. }
            | Self::BeginRecusal { item }
            | Self::Recuse { item, .. }
            | Self::Return { item, .. }
            | Self::BeginDeliberation { item }
            | Self::EndDeliberation { item }
            | Self::Defer { item, .. }
            | Self::Undefer { item, .. }
            | Self::OpenIssue { item }
            | Self::Declare { item } => Some(item),
            _ => None,
        }
    }

    /// The ballot a command is about.
    pub fn ballot(&self) -> Option<&BallotId> {
        match self {
            Self::PublishIssuer { ballot, .. }
            | Self::RequestPaper { ballot, .. }
            | Self::DeclinePaper { ballot }
            | Self::CloseIssue { ballot }
            | Self::FixList { ballot, .. }
            | Self::ConfirmList { ballot, .. }
            | Self::Object { ballot, .. }
            | Self::NewRound { ballot, .. }
            | Self::OpenVoting { ballot }
            | Self::CloseVoting { ballot }
            | Self::FixBox { ballot, .. }
            | Self::ConfirmBox { ballot, .. }
            | Self::OpenBox { ballot }
            | Self::PublishCount { ballot, .. } => Some(ballot),
            _ => None,
        }
    }
}
