//! Commands: what somebody asks for. [`super::decide()`] answers with events or a refusal.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr};

use super::agenda::{AgendaChange, AgendaVote};
use super::event::{AdjournGround, ListSeen, OpenedBox, PaperAsked, Setup};
use super::exam_paper::{AnswerSheet, OpenedBank};
use super::exam_state::ExamFigures;
use super::ids::{Actor, BallotId, DepartmentId, ItemId, LineId, OfficialId, QuestionId, SeatId};
use super::joint_state::Stance;
use super::order::Seen;
use super::paper_vote::PaperCount;
use super::result_objection::SettledHow;
use super::review_state::{Ended, Left};
use super::sittings::RoomTime;
use super::slip_act::SlipAct;
use super::standby::DetachReason;
use super::term_state::Judged;
use crate::ballot::{BallotHash, BlindRequest, Certificate, IssuerPublic, IssuerSecret};
use crate::rules::NamedChoice;

/// Everything that can be asked of a meeting.
///
/// Its kinds without what they carry are a type of their own, [`CommandKind`]: the first column of the rights table, and
/// the name that a signature covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[strum_discriminants(
    name(CommandKind),
    doc = "The kinds of command, by name: what the rights table, the journal's heads and signatures speak of.",
    derive(PartialOrd, Ord, Hash, Serialize, Deserialize, IntoStaticStr),
    serde(rename_all = "snake_case"),
    strum(serialize_all = "snake_case")
)]
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
    /// A second machine has proved that it knows the standby's code; from now on it stands by for the hub's.
    EnrolStandby {
        /// Its identity key, Ed25519, in hex.
        key: String,
        /// SHA-256 of its certificate, in hex.
        pin: String,
        /// Where it is reached, `host:port`, the best first.
        addresses: Vec<String>,
    },
    /// The standby has all that the hub has: from now on nothing is acknowledged before it is durable on both.
    AttachStandby,
    /// The standby is not waited for any more.
    DetachStandby {
        /// Why.
        reason: DetachReason,
    },
    /// The standby becomes the hub; or, when it has taken over and terminals turn out to have lines that it lacks, the hub that
    /// it is says that it goes on without them by force.
    TakeOver {
        /// The epoch that begins: one more than the record's.
        epoch: u64,
        /// The end of the record that the standby has.
        last: Seen,
        /// Whether it does so although it was detached, and may lack lines.
        forced: bool,
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
    /// The hub shows that what a scrutineer gave does not hold: the factors of that sum, whose hashes are released.
    ShowFalseFactors {
        /// The ballot.
        ballot: BallotId,
        /// Who gave them.
        seat: SeatId,
        /// The encrypted sum, as the format writes it.
        tally: String,
        /// What was handed in as its factors.
        factors: String,
    },
    /// Scrutineers sit here and their terminals do not answer to the opening: they are named, and not waited for.
    NameSilent {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seats: Vec<SeatId>,
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
    /// The presiding officer declares a round of a contested election and calls the further one that follows by rule.
    CallFurtherRound {
        /// The item.
        item: ItemId,
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
    /// Somebody gives the opinion of the own department on an official.
    GiveStance {
        /// The item.
        item: ItemId,
        /// On whom.
        official: OfficialId,
        /// What it says.
        stance: Stance,
    },
    /// The opinion of a department whose terminal does not work is entered at the console.
    EnterStance {
        /// The item.
        item: ItemId,
        /// On whom.
        official: OfficialId,
        /// Whose opinion.
        department: DepartmentId,
        /// What it says.
        stance: Stance,
    },
    /// The opinions on one official are closed.
    CloseOpinions {
        /// The item.
        item: ItemId,
        /// On whom.
        official: OfficialId,
    },
    /// The opinions on all officials are closed.
    CloseAllOpinions {
        /// The item.
        item: ItemId,
    },
    /// Somebody says something in a deliberation during the term, from the own terminal.
    SayInside {
        /// The item.
        item: ItemId,
        /// What it says.
        text: String,
    },
    /// The recorder takes down what somebody said.
    TakeDownSaid {
        /// The item.
        item: ItemId,
        /// Who said it.
        seat: SeatId,
        /// What it says.
        text: String,
    },
    /// Somebody puts a question to the proposing body, from the own terminal.
    PutQuestion {
        /// The item.
        item: ItemId,
        /// What it says.
        text: String,
    },
    /// The recorder takes down a question to the proposing body.
    TakeDownQuestion {
        /// The item.
        item: ItemId,
        /// Who asked.
        asker: SeatId,
        /// What it says.
        text: String,
    },
    /// The proposing body replies, or the recorder takes its reply down.
    Reply {
        /// The item.
        item: ItemId,
        /// To which question.
        question: QuestionId,
        /// What it says.
        text: String,
    },
    /// It is said whether a question was answered clearly.
    JudgeReply {
        /// The item.
        item: ItemId,
        /// Which question.
        question: QuestionId,
        /// Whether it was.
        judged: Judged,
    },
    /// Notices of a major matter that were given before the meeting are entered.
    RecordNotice {
        /// The item.
        item: ItemId,
        /// Who was notified.
        seats: Vec<SeatId>,
        /// When.
        on: Date,
    },
    /// The introduction of a major matter is over: members are asked for their views.
    BeginStatements {
        /// The item.
        item: ItemId,
    },
    /// The hub has drawn the order in which members are asked.
    FixSpeakers {
        /// The item.
        item: ItemId,
        /// All voters but the head, in the order drawn.
        order: Vec<SeatId>,
    },
    /// A member is asked for a view.
    AskMember {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// A member's view: from the own terminal, or taken down as it was spoken.
    GiveStatement {
        /// The item.
        item: ItemId,
        /// Whose.
        seat: SeatId,
        /// What was said.
        text: String,
    },
    /// A member who was asked passes.
    PassStatement {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// The head sums up.
    SumUp {
        /// The item.
        item: ItemId,
        /// What was said.
        text: String,
    },
    /// It is put to the vote: by name, or by secret ballot.
    PutToVote {
        /// The item.
        item: ItemId,
    },
    /// A major matter is deferred.
    DeferMatter {
        /// The item.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Somebody votes by name.
    VoteByName {
        /// The item.
        item: ItemId,
        /// What they say.
        choice: NamedChoice,
    },
    /// An officer enters the vote of somebody whose terminal does not work, or that somebody does not vote.
    EnterVote {
        /// The item.
        item: ItemId,
        /// Whose.
        seat: SeatId,
        /// What they say; none where they do not vote.
        choice: Option<NamedChoice>,
        /// Why it is entered.
        reason: String,
    },
    /// The vote by name is closed, everybody present having voted.
    CloseNamedVote {
        /// The item.
        item: ItemId,
    },
    /// The head signs the record of a major matter.
    SignMatter {
        /// The item.
        item: ItemId,
        /// The hash of what is signed.
        record: String,
    },
    /// The head does not sign with the own key.
    LeaveUnsigned {
        /// The item.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Hands are counted in an open vote.
    CountHands {
        /// The item.
        item: ItemId,
        /// Hands for.
        agree: u32,
        /// Hands against.
        disagree: u32,
        /// Hands of those who abstain.
        abstain: u32,
    },
    /// Somebody objects to deciding an open vote without a count.
    ObjectToVote {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// Nobody objects: the open vote is carried.
    TakeWithoutObjection {
        /// The item.
        item: ItemId,
    },
    /// A candidate takes a place, and the terminal adds its lot.
    TakePlace {
        /// The item.
        item: ItemId,
        /// 64 random hex digits.
        lot: String,
    },
    /// The exam begins: the hub hands out the papers, and the clock runs.
    BeginExam {
        /// The item.
        item: ItemId,
    },
    /// A candidate hands in the last version of the own sheet, which the hub has.
    HandIn {
        /// The item.
        item: ItemId,
        /// The number of the version.
        number: u32,
        /// Its hash, in hex.
        sheet: String,
    },
    /// Nothing is accepted any more.
    EndExam {
        /// The item.
        item: ItemId,
    },
    /// The hub opens the bank and the seed to which it has committed.
    OpenBank {
        /// The item.
        item: ItemId,
        /// What is opened.
        opened: Box<OpenedBank>,
    },
    /// The hub opens the last sheet of a seat.
    OpenSheet {
        /// The item.
        item: ItemId,
        /// Whose.
        seat: SeatId,
        /// The sheet; none where the candidate never saved one.
        sheet: Option<Box<AnswerSheet>>,
    },
    /// All sheets are opened and marked.
    FinishMarking {
        /// The item.
        item: ItemId,
        /// What they came to.
        figures: ExamFigures,
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
    /// The item is voted on by paper: nothing electronic works.
    OpenPaperVote {
        /// The item.
        item: ItemId,
    },
    /// A scrutineer enters what was counted by hand.
    EnterCount {
        /// The ballot.
        ballot: BallotId,
        /// The figures.
        count: Box<PaperCount>,
    },
    /// The same at the console, in the name of a scrutineer whose terminal does not work.
    EnterCountFor {
        /// The ballot.
        ballot: BallotId,
        /// In whose name.
        scrutineer: SeatId,
        /// The figures.
        count: Box<PaperCount>,
    },
    /// A scrutineer without a terminal signed the result sheet by hand, or refused; the console records it.
    RecordSheet {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        scrutineer: SeatId,
        /// The hash of the sheet.
        result: String,
        /// Why not; none where it was signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<String>,
    },
    /// The body has decided on a change of its agenda.
    ChangeAgenda {
        /// What was proposed.
        change: AgendaChange,
        /// How it was decided.
        decided: AgendaVote,
        /// Why it was proposed.
        reason: String,
    },
    /// A change of the agenda is put to the body: every screen shows it.
    PutAgenda {
        /// What is proposed.
        change: AgendaChange,
        /// Why.
        reason: String,
    },
    /// A member does not want the change that was put taken without a count.
    ObjectToAgenda {
        /// Which change, counted from 1.
        number: u32,
    },
    /// The change that was put is withdrawn.
    WithdrawAgenda,
    /// The meeting is adjourned to another day, and goes on there.
    AdjournTo {
        /// When it goes on.
        until: RoomTime,
        /// Why.
        reason: String,
    },
    /// People sign in for the next sitting of a meeting that was adjourned.
    Reconvene,
    /// Somebody objects to a declared result.
    ObjectToResult {
        /// The item.
        item: ItemId,
        /// The official, where the item is a review.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<OfficialId>,
        /// Who objects: the own seat, or whom an officer speaks for.
        by: SeatId,
        /// Why.
        reason: String,
    },
    /// The presiding body has settled an objection to a declared result.
    SettleObjection {
        /// Its number.
        number: u32,
        /// What becomes of the result.
        outcome: SettledHow,
        /// Why.
        reason: String,
    },
    /// The voters were asked, by hands, whether a decision be reconsidered.
    Reconsider {
        /// The item.
        item: ItemId,
        /// Which of its lines; all that may be, where none is named.
        lines: Vec<LineId>,
        /// Hands for.
        agree: u32,
        /// Hands against.
        disagree: u32,
        /// Hands of those who abstain.
        abstain: u32,
        /// Why.
        reason: String,
    },
    /// The meeting is closed; after this only the seal follows.
    CloseMeeting,
}

impl Command {
    /// What kind of command this is.
    pub fn kind(&self) -> CommandKind {
        self.into()
    }
}

impl CommandKind {
    /// The kind's name, as the journal writes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
