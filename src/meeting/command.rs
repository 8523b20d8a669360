//! Commands: what somebody asks for. [`super::decide()`] answers with events or a refusal.

use serde::{Deserialize, Serialize};

pub use super::command_kind::CommandKind;
use super::event::{AdjournGround, ListSeen, OpenedBox, PaperAsked, Setup};
use super::ids::{Actor, BallotId, ItemId, LineId, OfficialId, QuestionId, SeatId};
use super::review_state::{Ended, Left};
use super::slip_act::SlipAct;
use crate::ballot::{BallotHash, BlindRequest, Certificate, IssuerPublic, IssuerSecret};

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
    /// The scrutineers make the key of the ballot box, on their terminals.
    MakeKey,
    /// A scrutineer's terminal certifies its fresh keys.
    CertifyKey {
        /// Which making of the key.
        ceremony: u32,
        /// The certificate.
        certificate: Box<Certificate>,
    },
    /// A scrutineer's terminal commits to what it is going to deal, before it sees what any other deals.
    CommitDealing {
        /// Which making of the key.
        ceremony: u32,
        /// The hash of the dealing, in hex.
        dealing: String,
    },
    /// The hub puts the public parts together.
    FixTrustees {
        /// Which making of the key.
        ceremony: u32,
        /// `trustees.json` of the format, as text.
        trustees: String,
    },
    /// A scrutineer's terminal has checked all of it and holds its share.
    ConfirmTrustees {
        /// Which making of the key.
        ceremony: u32,
        /// SHA-256 of `trustees.json`, in hex.
        trustees: String,
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
    /// A scrutineer has counted heads.
    CountHeads {
        /// The item.
        item: ItemId,
        /// How many voters are in the room.
        heads: u32,
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
    /// A terminal asks for its papers: of all ballots of the bundle at once.
    RequestPapers {
        /// For each ballot, the blinded request.
        papers: Vec<PaperAsked>,
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
    /// A terminal has found its own credentials on the lists and checked the setups: of all ballots of the bundle at once.
    ConfirmLists {
        /// For each ballot, the setup.
        lists: Vec<ListSeen>,
    },
    /// A scrutineer has typed the room code as another screen shows it, and it is this terminal's too.
    ConfirmRoom {
        /// The head of the record over which the code was computed.
        head: String,
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
    /// The time in which a fixed box can still grow is over.
    EndBoxCheck {
        /// The ballot.
        ballot: BallotId,
    },
    /// "Mine is in the box, or I cast none": the same message either way.
    ConfirmBox {
        /// The ballot.
        ballot: BallotId,
        /// The hash of the box.
        box_hash: String,
    },
    /// A scrutineer accepts that these terminals do not confirm the box.
    AcceptMissing {
        /// The ballot.
        ballot: BallotId,
        /// Whose confirmations are missing.
        seats: Vec<SeatId>,
    },
    /// A box with too few ballots stays closed: its round is void.
    KeepClosed {
        /// The ballot.
        ballot: BallotId,
    },
    /// The box is to be opened: the last decision before the result.
    OpenBox {
        /// The ballot.
        ballot: BallotId,
    },
    /// A scrutineer's terminal has checked the whole box, and gives its factors of this sum and of no other.
    ReleaseFactors {
        /// The ballot.
        ballot: BallotId,
        /// SHA-256 of the encrypted sum, in hex.
        sum: String,
        /// SHA-256 of the factors, in hex: they themselves are seen with the result.
        factors: String,
    },
    /// Too few scrutineers are left to open the box: its round is void.
    DeclareUnopenable {
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
    /// A scrutineer signs the result sheet.
    SignResult {
        /// The ballot.
        ballot: BallotId,
        /// The hash of the sheet.
        result: String,
    },
    /// A scrutineer does not sign the result sheet.
    RefuseResult {
        /// The ballot.
        ballot: BallotId,
        /// Why.
        reason: String,
    },
    /// The presiding officer declares the result.
    Declare {
        /// The item.
        item: ItemId,
    },
    /// The order of the officials is drawn by lot: the hub does it next.
    DrawOrder {
        /// The item.
        item: ItemId,
    },
    /// The hub has drawn the order.
    FixOrder {
        /// The item.
        item: ItemId,
        /// All officials, in the order drawn.
        order: Vec<OfficialId>,
    },
    /// An official is called: the findings are read.
    CallOfficial {
        /// The item.
        item: ItemId,
        /// Who.
        official: OfficialId,
    },
    /// An official is put off.
    PutOff {
        /// The item.
        item: ItemId,
        /// Who.
        official: OfficialId,
        /// Why.
        reason: String,
    },
    /// The official reports; the clock runs.
    BeginReport {
        /// The item.
        item: ItemId,
    },
    /// The official is absent and has reported in writing.
    ReportInWriting {
        /// The item.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// The report is over; questions begin.
    BeginQuestions {
        /// The item.
        item: ItemId,
    },
    /// The clock on the floor is paused.
    PauseClock,
    /// The clock on the floor goes on.
    ResumeClock,
    /// The clock on the floor gets more time.
    ExtendClock {
        /// How much more.
        seconds: u32,
    },
    /// Somebody asks a question by name.
    Ask {
        /// The item.
        item: ItemId,
        /// The question that it follows up.
        follows: Option<QuestionId>,
        /// What it says.
        text: String,
    },
    /// The recorder enters a question as it was spoken.
    EnterQuestion {
        /// The item.
        item: ItemId,
        /// Who asked it.
        asker: SeatId,
        /// The question that it follows up.
        follows: Option<QuestionId>,
        /// What it says.
        text: String,
    },
    /// The hub publishes the slips that came since the last tick, in no order.
    PublishSlips {
        /// The item.
        item: ItemId,
        /// What they say, sorted by key and number.
        slips: Vec<SlipAct>,
    },
    /// The hub publishes the secret key of the slips of a review that is over: harmless now.
    PublishSlipKey {
        /// The item.
        item: ItemId,
        /// The VOPRF key's secret part.
        secret: IssuerSecret,
    },
    /// The hub names the key under which the slips of this review are issued.
    PublishSlipIssuer {
        /// The item.
        item: ItemId,
        /// The VOPRF key.
        issuer: IssuerPublic,
    },
    /// A terminal asks for all of its slips together.
    RequestSlips {
        /// The item.
        item: ItemId,
        /// The blinded requests, one a slip.
        requests: Vec<BlindRequest>,
    },
    /// The queue is put in another order.
    OrderQueue {
        /// The item.
        item: ItemId,
        /// The questions that wait, in the new order.
        queue: Vec<QuestionId>,
    },
    /// A question is merged into another one that waits.
    MergeQuestion {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Into which.
        into: QuestionId,
    },
    /// A question is returned to its asker.
    ReturnQuestion {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Why.
        reason: String,
    },
    /// A question is called to the floor; the answer clock runs.
    CallQuestion {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
    },
    /// The answer is taken down; the last version stands.
    TakeAnswer {
        /// The item.
        item: ItemId,
        /// To which question.
        question: QuestionId,
        /// What was answered.
        text: String,
    },
    /// A question is over.
    EndQuestion {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// How.
        ended: Ended,
    },
    /// The asker says whether the answer satisfied.
    SayIfSatisfied {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Whether.
        satisfied: bool,
    },
    /// The asker, not satisfied, files a written inquiry.
    Inquire {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// What it says.
        text: String,
    },
    /// The questions are over; what becomes of those that still wait is said.
    EndQuestions {
        /// The item.
        item: ItemId,
        /// What becomes of those that wait; none if nothing waits.
        left: Option<Left>,
    },
    /// Somebody gives an opinion or a suggestion by name.
    GiveOpinion {
        /// The item.
        item: ItemId,
        /// About whom.
        official: OfficialId,
        /// What it says.
        text: String,
    },
    /// The result of one official is declared.
    DeclareOfficial {
        /// The item.
        item: ItemId,
    },
    /// Somebody asks for the floor.
    AskFloor,
    /// Somebody takes the request back, or has finished.
    LeaveFloor,
    /// Somebody is called to speak; the clock runs.
    CallSpeaker {
        /// Who.
        seat: SeatId,
        /// For how long.
        seconds: u32,
    },
    /// The speech is over.
    EndSpeech,
    /// A request for the floor is refused.
    RefuseSpeaker {
        /// Whose.
        seat: SeatId,
        /// Why.
        reason: String,
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
            Self::MakeKey => CommandKind::MakeKey,
            Self::CertifyKey { .. } => CommandKind::CertifyKey,
            Self::CommitDealing { .. } => CommandKind::CommitDealing,
            Self::FixTrustees { .. } => CommandKind::FixTrustees,
            Self::ConfirmTrustees { .. } => CommandKind::ConfirmTrustees,
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
            Self::CountHeads { .. } => CommandKind::CountHeads,
            Self::OpenIssue { .. } => CommandKind::OpenIssue,
            Self::PublishIssuer { .. } => CommandKind::PublishIssuer,
            Self::RequestPapers { .. } => CommandKind::RequestPapers,
            Self::DeclinePaper { .. } => CommandKind::DeclinePaper,
            Self::CloseIssue { .. } => CommandKind::CloseIssue,
            Self::FixList { .. } => CommandKind::FixList,
            Self::ConfirmLists { .. } => CommandKind::ConfirmLists,
            Self::ConfirmRoom { .. } => CommandKind::ConfirmRoom,
            Self::Object { .. } => CommandKind::Object,
            Self::NewRound { .. } => CommandKind::NewRound,
            Self::OpenVoting { .. } => CommandKind::OpenVoting,
            Self::CloseVoting { .. } => CommandKind::CloseVoting,
            Self::FixBox { .. } => CommandKind::FixBox,
            Self::EndBoxCheck { .. } => CommandKind::EndBoxCheck,
            Self::ConfirmBox { .. } => CommandKind::ConfirmBox,
            Self::AcceptMissing { .. } => CommandKind::AcceptMissing,
            Self::KeepClosed { .. } => CommandKind::KeepClosed,
            Self::OpenBox { .. } => CommandKind::OpenBox,
            Self::ReleaseFactors { .. } => CommandKind::ReleaseFactors,
            Self::DeclareUnopenable { .. } => CommandKind::DeclareUnopenable,
            Self::PublishCount { .. } => CommandKind::PublishCount,
            Self::SignResult { .. } => CommandKind::SignResult,
            Self::RefuseResult { .. } => CommandKind::RefuseResult,
            Self::Declare { .. } => CommandKind::Declare,
            Self::DrawOrder { .. } => CommandKind::DrawOrder,
            Self::FixOrder { .. } => CommandKind::FixOrder,
            Self::CallOfficial { .. } => CommandKind::CallOfficial,
            Self::PutOff { .. } => CommandKind::PutOff,
            Self::BeginReport { .. } => CommandKind::BeginReport,
            Self::ReportInWriting { .. } => CommandKind::ReportInWriting,
            Self::BeginQuestions { .. } => CommandKind::BeginQuestions,
            Self::PauseClock => CommandKind::PauseClock,
            Self::ResumeClock => CommandKind::ResumeClock,
            Self::ExtendClock { .. } => CommandKind::ExtendClock,
            Self::Ask { .. } => CommandKind::Ask,
            Self::EnterQuestion { .. } => CommandKind::EnterQuestion,
            Self::PublishSlips { .. } => CommandKind::PublishSlips,
            Self::PublishSlipKey { .. } => CommandKind::PublishSlipKey,
            Self::PublishSlipIssuer { .. } => CommandKind::PublishSlipIssuer,
            Self::RequestSlips { .. } => CommandKind::RequestSlips,
            Self::OrderQueue { .. } => CommandKind::OrderQueue,
            Self::MergeQuestion { .. } => CommandKind::MergeQuestion,
            Self::ReturnQuestion { .. } => CommandKind::ReturnQuestion,
            Self::CallQuestion { .. } => CommandKind::CallQuestion,
            Self::TakeAnswer { .. } => CommandKind::TakeAnswer,
            Self::EndQuestion { .. } => CommandKind::EndQuestion,
            Self::SayIfSatisfied { .. } => CommandKind::SayIfSatisfied,
            Self::Inquire { .. } => CommandKind::Inquire,
            Self::EndQuestions { .. } => CommandKind::EndQuestions,
            Self::GiveOpinion { .. } => CommandKind::GiveOpinion,
            Self::DeclareOfficial { .. } => CommandKind::DeclareOfficial,
            Self::AskFloor => CommandKind::AskFloor,
            Self::LeaveFloor => CommandKind::LeaveFloor,
            Self::CallSpeaker { .. } => CommandKind::CallSpeaker,
            Self::EndSpeech => CommandKind::EndSpeech,
            Self::RefuseSpeaker { .. } => CommandKind::RefuseSpeaker,
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
            | Self::CountHeads { item, .. }
            | Self::Introduce { item, .. }
            | Self::BeginRecusal { item }
            | Self::Recuse { item, .. }
            | Self::Return { item, .. }
            | Self::BeginDeliberation { item }
            | Self::EndDeliberation { item }
            | Self::Defer { item, .. }
            | Self::Undefer { item, .. }
            | Self::OpenIssue { item }
            | Self::DrawOrder { item }
            | Self::FixOrder { item, .. }
            | Self::CallOfficial { item, .. }
            | Self::PutOff { item, .. }
            | Self::BeginReport { item }
            | Self::ReportInWriting { item, .. }
            | Self::BeginQuestions { item }
            | Self::Ask { item, .. }
            | Self::EnterQuestion { item, .. }
            | Self::PublishSlips { item, .. }
            | Self::PublishSlipKey { item, .. }
            | Self::PublishSlipIssuer { item, .. }
            | Self::RequestSlips { item, .. }
            | Self::OrderQueue { item, .. }
            | Self::MergeQuestion { item, .. }
            | Self::ReturnQuestion { item, .. }
            | Self::CallQuestion { item, .. }
            | Self::TakeAnswer { item, .. }
            | Self::EndQuestion { item, .. }
            | Self::SayIfSatisfied { item, .. }
            | Self::Inquire { item, .. }
            | Self::EndQuestions { item, .. }
            | Self::GiveOpinion { item, .. }
            | Self::DeclareOfficial { item }
            | Self::Declare { item } => Some(item),
            _ => None,
        }
    }

    /// The ballot a command is about.
    pub fn ballot(&self) -> Option<&BallotId> {
        match self {
            Self::PublishIssuer { ballot, .. }
            | Self::DeclinePaper { ballot }
            | Self::CloseIssue { ballot }
            | Self::FixList { ballot, .. }
            | Self::Object { ballot, .. }
            | Self::NewRound { ballot, .. }
            | Self::OpenVoting { ballot }
            | Self::CloseVoting { ballot }
            | Self::FixBox { ballot, .. }
            | Self::EndBoxCheck { ballot }
            | Self::ConfirmBox { ballot, .. }
            | Self::AcceptMissing { ballot, .. }
            | Self::KeepClosed { ballot }
            | Self::OpenBox { ballot }
            | Self::ReleaseFactors { ballot, .. }
            | Self::DeclareUnopenable { ballot }
            | Self::SignResult { ballot, .. }
            | Self::RefuseResult { ballot, .. }
            | Self::PublishCount { ballot, .. } => Some(ballot),
            _ => None,
        }
    }
}
