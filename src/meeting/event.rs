//! Events: what has happened. The state of a meeting is a fold over them, and [`super::apply`] cannot fail.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::agenda::{AgendaChange, AgendaDecision};
use super::exam_paper::{AnswerSheet, ExamMarks, OpenedBank};
use super::exam_state::ExamFigures;
pub use super::facts::{
    AdjournGround, Admitted, ContestRound, Factors, Frozen, FurtherRound, Issue, ListSeen, Material,
    OpenedBox, PaperAsked, QuorumMissed, Setup, VoidReason,
};
use super::ids::{Actor, BallotId, DepartmentId, ItemId, LineId, OfficialId, QuestionId, SeatId};
use super::joint_state::Stance;
use super::order::Seen;
use super::paper_vote::{CountFigure, PaperCount};
use super::reopening::{Reconsideration, ReopenGround};
use super::result_objection::SettledHow;
use super::review_state::{Asker, Ended};
use super::sittings::RoomTime;
use super::standby::DetachReason;
use super::term_state::Judged;
use crate::ballot::{BallotHash, BlindRequest, Certificate, IssuerPublic, IssuerSecret, Token};
use crate::rules::{ContestOutcome, LineOutcome, NamedChoice, OpenOutcome, Verdict};

/// Everything that can happen in a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The plan is frozen: the first line of every journal.
    Frozen(Box<Frozen>),
    /// A key speaks for somebody.
    Enrolled {
        /// For whom.
        who: Actor,
        /// The Ed25519 key, in hex.
        key: String,
    },
    /// A code was made anew; the old key counts no more.
    CodeReissued {
        /// Whose.
        who: Actor,
    },
    /// A second machine stands by for the hub's.
    StandbyEnrolled {
        /// The Ed25519 key, in hex.
        key: String,
        /// SHA-256 of its certificate, in hex.
        pin: String,
        /// Where it is reached, `host:port`, the best first.
        addresses: Vec<String>,
    },
    /// The standby is in step.
    StandbyAttached,
    /// The standby is not waited for any more.
    StandbyDetached {
        /// Why.
        reason: DetachReason,
    },
    /// The standby has become the hub; the console is enrolled anew there.
    TakenOver {
        /// The epoch that begins with this line.
        epoch: u64,
        /// The end of the record that it had.
        last: Seen,
        /// Whether it was detached, and there may have been lines after that one.
        forced: bool,
    },
    /// A person is present.
    SignedIn {
        /// Who.
        seat: SeatId,
    },
    /// A person left.
    SignedOut {
        /// Who.
        seat: SeatId,
    },
    /// The meeting is open.
    MeetingOpened {
        /// Members entitled.
        due: u32,
        /// Members present.
        present: u32,
    },
    /// A quorum was asked for and not there. The refusal is part of the record.
    QuorumMissed(QuorumMissed),
    /// The scrutineers were put to a show of hands.
    ScrutineersVoted {
        /// Hands for.
        agree: u32,
        /// Hands against.
        disagree: u32,
        /// Hands of those who abstain.
        abstain: u32,
        /// Whether more than half of those present agreed.
        approved: bool,
    },
    /// The scrutineers began to make the key of the ballot box.
    KeyBegun {
        /// Which making of it, from 1.
        ceremony: u32,
        /// Those who take part: trustee 1, 2, ….
        scrutineers: Vec<SeatId>,
        /// How many of them suffice to open.
        threshold: u32,
    },
    /// A scrutineer's terminal certified its keys.
    KeyCertified {
        /// Which making of the key.
        ceremony: u32,
        /// Whose.
        seat: SeatId,
        /// The certificate.
        certificate: Box<Certificate>,
    },
    /// A scrutineer's terminal committed to its dealing.
    DealingCommitted {
        /// Which making of the key.
        ceremony: u32,
        /// Whose.
        seat: SeatId,
        /// The hash of the dealing, in hex.
        dealing: String,
    },
    /// The public parts of the key were put together.
    TrusteesFixed {
        /// Which making of the key.
        ceremony: u32,
        /// `trustees.json` of the format, as text.
        trustees: String,
    },
    /// A scrutineer's terminal checked all of it. When all have, the key is in force.
    TrusteesConfirmed {
        /// Which making of the key.
        ceremony: u32,
        /// Whose.
        seat: SeatId,
    },
    /// An item was called.
    ItemOpened {
        /// Which.
        item: ItemId,
    },
    /// A nominee was introduced.
    Introduced {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
    },
    /// Those concerned were asked to leave.
    RecusalBegan {
        /// The item.
        item: ItemId,
    },
    /// A person left for the deliberation.
    Recused {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// A person who had left for the deliberation is back.
    Returned {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// Deliberation began.
    DeliberationBegan {
        /// The item.
        item: ItemId,
    },
    /// Deliberation ended.
    DeliberationEnded {
        /// The item.
        item: ItemId,
    },
    /// A line was deferred.
    Deferred {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
        /// Why.
        reason: String,
    },
    /// A deferral was taken back.
    Undeferred {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
    },
    /// A note for the record.
    Noted {
        /// What it says.
        text: String,
    },
    /// A scrutineer counted heads.
    HeadsCounted {
        /// The item.
        item: ItemId,
        /// Who counted.
        seat: SeatId,
        /// How many voters are in the room.
        heads: u32,
    },
    /// Papers are being issued; electorate, lines and the number present are fixed.
    IssueOpened(Box<Issue>),
    /// The key of this round's papers.
    IssuerPublished {
        /// The ballot.
        ballot: BallotId,
        /// The VOPRF key.
        issuer: IssuerPublic,
    },
    /// A paper was issued.
    PaperIssued {
        /// The ballot.
        ballot: BallotId,
        /// To whom.
        seat: SeatId,
        /// The blinded request, so that the same request gets the same answer.
        request: BlindRequest,
    },
    /// A member present wanted no paper.
    PaperDeclined {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seat: SeatId,
    },
    /// No more papers are issued.
    IssueClosed {
        /// The ballot.
        ballot: BallotId,
    },
    /// The list of credentials is fixed.
    ListFixed {
        /// The ballot.
        ballot: BallotId,
        /// The election.
        setup: Box<Setup>,
    },
    /// A terminal found its own credential on the list.
    ListConfirmed {
        /// The ballot.
        ballot: BallotId,
        /// Whose terminal.
        seat: SeatId,
    },
    /// A scrutineer compared the room code with another screen.
    RoomConfirmed {
        /// Who.
        seat: SeatId,
        /// The head of the record over which the code was computed.
        head: String,
    },
    /// Somebody objects.
    Objected {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        by: Actor,
        /// Why.
        reason: String,
    },
    /// A round is void; nothing of it is ever opened.
    RoundVoided {
        /// The ballot.
        ballot: BallotId,
        /// Why.
        reason: VoidReason,
        /// The seats that held a paper and had not confirmed the list.
        unconfirmed: Vec<SeatId>,
    },
    /// Voting began.
    VotingOpened {
        /// The ballot.
        ballot: BallotId,
    },
    /// Voting ended.
    VotingClosed {
        /// The ballot.
        ballot: BallotId,
    },
    /// The box is fixed.
    BoxFixed {
        /// The ballot.
        ballot: BallotId,
        /// The ballots, sorted.
        ballots: Vec<BallotHash>,
        /// SHA-256 over the list, in hex.
        box_hash: String,
    },
    /// The box does not grow any more: terminals confirm it from now on, and not before, so that nobody can read from the
    /// order of their answers whose ballot came when.
    BoxCheckEnded {
        /// The ballot.
        ballot: BallotId,
    },
    /// A terminal confirms the box.
    BoxConfirmed {
        /// The ballot.
        ballot: BallotId,
        /// Whose.
        seat: SeatId,
    },
    /// A scrutineer accepted that terminals do not confirm the box.
    MissingAccepted {
        /// The ballot.
        ballot: BallotId,
        /// Who accepted it.
        seat: SeatId,
        /// Whose confirmations are missing.
        missing: Vec<SeatId>,
    },
    /// The box is being opened.
    BoxOpened {
        /// The ballot.
        ballot: BallotId,
    },
    /// A scrutineer's terminal gave its factors.
    FactorsReleased {
        /// The ballot.
        ballot: BallotId,
        /// Whose.
        seat: SeatId,
        /// SHA-256 of the encrypted sum, in hex.
        sum: String,
        /// SHA-256 of the factors, in hex.
        factors: String,
    },
    /// What a scrutineer's terminal gave was shown not to hold; the bytes are in the command.
    FalseFactorsShown {
        /// The ballot.
        ballot: BallotId,
        /// Whose.
        seat: SeatId,
    },
    /// Scrutineers were named whose terminals do not answer to the opening.
    SilentNamed {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seats: Vec<SeatId>,
    },
    /// The result.
    Counted {
        /// The ballot.
        ballot: BallotId,
        /// What the box held.
        opened: Box<OpenedBox>,
        /// The outcome of each line that was voted on, in ballot order.
        outcomes: Vec<LineOutcome>,
        /// Who is elected, where the item is a contested election.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contest: Option<Box<ContestOutcome>>,
    },
    /// The result of a round of a contested election was declared, and a further round called.
    FurtherRoundCalled {
        /// The item.
        item: ItemId,
        /// Among whom, for how many seats.
        further: FurtherRound,
    },
    /// A scrutineer signed the result sheet.
    ResultSigned {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seat: SeatId,
    },
    /// A scrutineer did not sign the result sheet.
    ResultRefused {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seat: SeatId,
        /// Why.
        reason: String,
    },
    /// The result was declared.
    Declared {
        /// The item.
        item: ItemId,
    },
    /// The order of the officials is to be drawn by lot.
    OrderAsked {
        /// The item.
        item: ItemId,
    },
    /// The order was drawn.
    OrderDrawn {
        /// The item.
        item: ItemId,
        /// The order.
        order: Vec<OfficialId>,
    },
    /// An official was called.
    OfficialCalled {
        /// The item.
        item: ItemId,
        /// Who.
        official: OfficialId,
    },
    /// An official was put off.
    OfficialPutOff {
        /// The item.
        item: ItemId,
        /// Who.
        official: OfficialId,
        /// Why.
        reason: String,
    },
    /// A report began.
    ReportBegan {
        /// The item.
        item: ItemId,
        /// Whose.
        official: OfficialId,
        /// How long it may take.
        seconds: u32,
    },
    /// An official reported in writing.
    ReportedInWriting {
        /// The item.
        item: ItemId,
        /// Who.
        official: OfficialId,
        /// Why.
        reason: String,
    },
    /// Questions began.
    QuestionsBegan {
        /// The item.
        item: ItemId,
        /// To whom.
        official: OfficialId,
    },
    /// The clock on the floor was paused.
    ClockPaused,
    /// The clock on the floor went on.
    ClockResumed,
    /// The clock on the floor got more time.
    ClockExtended {
        /// How much more.
        seconds: u32,
    },
    /// A question came.
    Asked {
        /// The item.
        item: ItemId,
        /// Its number.
        question: QuestionId,
        /// To whom.
        official: OfficialId,
        /// Who asks.
        asker: Asker,
        /// The question that it follows up.
        follows: Option<QuestionId>,
        /// What it says.
        text: String,
    },
    /// An opinion or a suggestion came.
    OpinionGiven {
        /// The item.
        item: ItemId,
        /// About whom.
        official: OfficialId,
        /// Who gave it.
        by: Asker,
        /// What it says.
        text: String,
    },
    /// The key of the slips.
    SlipIssuerPublished {
        /// The item.
        item: ItemId,
        /// The VOPRF key.
        issuer: IssuerPublic,
    },
    /// Slips were issued.
    SlipsIssued {
        /// The item.
        item: ItemId,
        /// To whom.
        seat: SeatId,
        /// The blinded requests.
        requests: Vec<BlindRequest>,
    },
    /// A slip came, or did something further. What follows from it stands in the events after this one.
    SlipActed {
        /// The item.
        item: ItemId,
        /// The slip's one-time key, in hex.
        key: String,
        /// The token that the key was issued; with the first act only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<Token>,
        /// The signature under the act, in hex.
        signature: String,
    },
    /// The secret key of the slips.
    SlipKeyPublished {
        /// The item.
        item: ItemId,
        /// The VOPRF key's secret part.
        secret: IssuerSecret,
        /// The one-time keys of slips whose token was not issued under this key, sorted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unfounded: Vec<String>,
    },
    /// The queue was put in another order.
    QueueOrdered {
        /// The item.
        item: ItemId,
        /// The new order.
        queue: Vec<QuestionId>,
    },
    /// A question was merged into another one.
    QuestionMerged {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Into which.
        into: QuestionId,
    },
    /// A question was returned to its asker.
    QuestionReturned {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Why.
        reason: String,
    },
    /// A question was called to the floor.
    QuestionCalled {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// How long the answer may take.
        seconds: u32,
    },
    /// The answer was taken down.
    AnswerTaken {
        /// The item.
        item: ItemId,
        /// To which.
        question: QuestionId,
        /// What it says.
        text: String,
    },
    /// A question is over.
    QuestionEnded {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// How.
        ended: Ended,
    },
    /// The asker said whether the answer satisfied.
    SatisfactionSaid {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Whether.
        satisfied: bool,
    },
    /// A written inquiry was filed.
    InquiryFiled {
        /// The item.
        item: ItemId,
        /// About which.
        question: QuestionId,
        /// What it says.
        text: String,
    },
    /// The questions to an official are over.
    QuestionsEnded {
        /// The item.
        item: ItemId,
        /// To whom.
        official: OfficialId,
    },
    /// The result of one official was declared.
    OfficialDeclared {
        /// The item.
        item: ItemId,
        /// Whose.
        official: OfficialId,
        /// The verdict with its arithmetic.
        verdict: Verdict,
    },
    /// A department gave its opinion on an official, or another one than before.
    OpinionStated {
        /// The item.
        item: ItemId,
        /// On whom.
        official: OfficialId,
        /// Whose opinion.
        department: DepartmentId,
        /// What it says.
        stance: Stance,
        /// Who gave it from the own terminal; none where it was entered at the console.
        by: Option<SeatId>,
    },
    /// The opinions on an official were closed.
    OpinionsClosed {
        /// The item.
        item: ItemId,
        /// On whom.
        official: OfficialId,
    },
    /// Somebody said something in a deliberation during the term.
    SaidInside {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
        /// Whether the recorder took it down.
        taken_down: bool,
        /// What it says.
        text: String,
    },
    /// A question was put to the proposing body.
    QuestionPut {
        /// The item.
        item: ItemId,
        /// Its number, from 1.
        question: QuestionId,
        /// Who asked.
        asker: SeatId,
        /// Whether the recorder took it down.
        taken_down: bool,
        /// What it says.
        text: String,
    },
    /// The proposing body replied.
    Replied {
        /// The item.
        item: ItemId,
        /// To which question.
        question: QuestionId,
        /// Who replied from the own terminal; none where the recorder took it down.
        seat: Option<SeatId>,
        /// What it says.
        text: String,
    },
    /// It was said whether a question was answered clearly.
    ReplyJudged {
        /// The item.
        item: ItemId,
        /// Which.
        question: QuestionId,
        /// Whether it was.
        judged: Judged,
    },
    /// Notices that were given before the meeting were entered.
    NoticeRecorded {
        /// The item.
        item: ItemId,
        /// Who was notified.
        seats: Vec<SeatId>,
        /// When.
        on: Date,
    },
    /// Members are asked for their views.
    StatementsBegan {
        /// The item.
        item: ItemId,
    },
    /// The order in which members are asked is to be drawn.
    SpeakersAsked {
        /// The item.
        item: ItemId,
    },
    /// The order in which members are asked was drawn; the head comes after all of them.
    SpeakersDrawn {
        /// The item.
        item: ItemId,
        /// The order.
        order: Vec<SeatId>,
    },
    /// A member was asked for a view.
    MemberAsked {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// A member gave a view.
    StatementGiven {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
        /// What was said.
        text: String,
    },
    /// A member passed.
    StatementPassed {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// The head summed up.
    SummedUp {
        /// The item.
        item: ItemId,
        /// What was said.
        text: String,
    },
    /// A major matter was put to a secret ballot.
    PutToVote {
        /// The item.
        item: ItemId,
    },
    /// A major matter was deferred.
    MatterDeferred {
        /// The item.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// A vote by name is open.
    NamedVoteOpened {
        /// The item.
        item: ItemId,
        /// Voters entitled.
        due: u32,
        /// Those of them who are present, by name.
        electorate: Vec<SeatId>,
        /// Who votes last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<SeatId>,
    },
    /// Somebody voted by name.
    VotedByName {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
        /// What they said; none where somebody present did not vote.
        choice: Option<NamedChoice>,
        /// Why an officer entered it; none where the voter's own key signed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entered: Option<String>,
    },
    /// A vote by name is closed.
    NamedVoteClosed {
        /// The item.
        item: ItemId,
        /// The outcome with its arithmetic.
        outcome: OpenOutcome,
    },
    /// The head signed the record of a major matter.
    MatterSigned {
        /// The item.
        item: ItemId,
        /// The hash of what was signed.
        record: String,
    },
    /// The head did not sign with the own key.
    LeftUnsigned {
        /// The item.
        item: ItemId,
        /// Why.
        reason: String,
    },
    /// Hands were counted in an open vote.
    HandsCounted {
        /// The item.
        item: ItemId,
        /// Voters entitled.
        due: u32,
        /// Voters present.
        present: u32,
        /// The outcome with its arithmetic.
        outcome: OpenOutcome,
    },
    /// Somebody objected to deciding an open vote without a count.
    ObjectedToVote {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
    },
    /// An open vote was carried, nobody having objected.
    TakenWithoutObjection {
        /// The item.
        item: ItemId,
        /// Voters entitled.
        due: u32,
        /// Voters present.
        present: u32,
    },
    /// A candidate took a place.
    PlaceTaken {
        /// The item.
        item: ItemId,
        /// Who.
        seat: SeatId,
        /// The terminal's lot.
        lot: String,
    },
    /// The exam began.
    ExamBegan {
        /// The item.
        item: ItemId,
        /// How long it takes.
        seconds: u32,
    },
    /// A sheet was handed in.
    HandedIn {
        /// The item.
        item: ItemId,
        /// Whose.
        seat: SeatId,
        /// The number of its version.
        number: u32,
        /// Its hash, in hex.
        sheet: String,
    },
    /// Nothing is accepted any more.
    ExamEnded {
        /// The item.
        item: ItemId,
    },
    /// Bank and seed.
    BankOpened {
        /// The item.
        item: ItemId,
        /// What was opened.
        opened: Box<OpenedBank>,
    },
    /// A sheet with its marks.
    SheetOpened {
        /// The item.
        item: ItemId,
        /// Whose.
        seat: SeatId,
        /// The sheet; none where the candidate never saved one.
        sheet: Option<Box<AnswerSheet>>,
        /// What it is worth.
        marks: ExamMarks,
    },
    /// All sheets are opened and marked.
    MarkingFinished {
        /// The item.
        item: ItemId,
        /// What they came to.
        figures: ExamFigures,
    },
    /// Somebody asked for the floor.
    FloorAsked {
        /// Who.
        seat: SeatId,
    },
    /// Somebody took the request back.
    FloorLeft {
        /// Who.
        seat: SeatId,
    },
    /// Somebody was called to speak.
    SpeakerCalled {
        /// Who.
        seat: SeatId,
        /// For how long.
        seconds: u32,
    },
    /// A speech is over.
    SpeechEnded {
        /// Whose.
        seat: SeatId,
    },
    /// A request for the floor was refused.
    SpeakerRefused {
        /// Whose.
        seat: SeatId,
        /// Why.
        reason: String,
    },
    /// The meeting pauses.
    Suspended {
        /// Why.
        reason: String,
    },
    /// The meeting goes on.
    Resumed,
    /// The meeting ended early.
    Adjourned {
        /// Why.
        ground: AdjournGround,
    },
    /// Papers to write on are handed out; electorate, lines and the number printed are fixed.
    PaperVoteOpened(Box<Issue>),
    /// What was counted by hand was entered.
    CountEntered {
        /// The ballot.
        ballot: BallotId,
        /// Whose count it is.
        seat: SeatId,
        /// The figures.
        count: Box<PaperCount>,
        /// Whether it was entered at the console in that scrutineer's name.
        at_console: bool,
    },
    /// Two counts were not the same: both stay in the record, and the papers are counted again.
    CountsDiffer {
        /// The ballot.
        ballot: BallotId,
        /// Which figures.
        figures: Vec<CountFigure>,
    },
    /// The result of a vote on paper: two counts are the same.
    CountedByPaper {
        /// The ballot.
        ballot: BallotId,
        /// The figures.
        count: Box<PaperCount>,
        /// The outcome of each line that was voted on, in ballot order; empty where `contest` says who is elected.
        outcomes: Vec<LineOutcome>,
        /// Who is elected, where the item is a contested election.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contest: Option<Box<ContestOutcome>>,
    },
    /// A scrutineer signed the result sheet by hand, or refused to.
    SheetRecorded {
        /// The ballot.
        ballot: BallotId,
        /// Who.
        seat: SeatId,
        /// Why not; none where it was signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<String>,
    },
    /// The body decided on a change of its agenda; also where it was not carried.
    AgendaDecided(Box<AgendaDecision>),
    /// A change of the agenda was put to the body.
    AgendaPut {
        /// The how manieth, from 1.
        number: u32,
        /// What is proposed.
        change: AgendaChange,
        /// Why.
        reason: String,
    },
    /// Somebody objected to its being taken without a count.
    AgendaObjected {
        /// Which.
        number: u32,
        /// Who.
        seat: SeatId,
    },
    /// It was withdrawn.
    AgendaWithdrawn {
        /// Which.
        number: u32,
    },
    /// The meeting was adjourned to another day: all who were here have left.
    AdjournedTo {
        /// When it goes on.
        until: RoomTime,
        /// Why.
        reason: String,
    },
    /// People sign in for the next sitting.
    Reconvened,
    /// Somebody objected to a declared result.
    ResultObjected {
        /// The number of the objection, from 1.
        number: u32,
        /// The item.
        item: ItemId,
        /// The official, where the item is a review.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<OfficialId>,
        /// Who objects.
        by: SeatId,
        /// Whether an officer took it down for somebody who spoke up.
        taken_down: bool,
        /// Why.
        reason: String,
    },
    /// An objection to a declared result was settled.
    ObjectionSettled {
        /// Its number.
        number: u32,
        /// What becomes of the result.
        outcome: SettledHow,
        /// Why.
        reason: String,
    },
    /// The voters were asked whether a decision be reconsidered.
    ReconsiderationVoted(Box<Reconsideration>),
    /// A declared item was taken up again.
    ItemReopened {
        /// The item.
        item: ItemId,
        /// On what ground.
        ground: ReopenGround,
        /// The lines that go back to the vote; empty where it has none.
        lines: Vec<LineId>,
    },
    /// A line is not put to the vote: the same person was not carried for the same post at this meeting.
    LineBarred {
        /// The item.
        item: ItemId,
        /// The line.
        line: LineId,
        /// The item in which it was not carried.
        by: ItemId,
        /// The ballot.
        ballot: BallotId,
    },
    /// The meeting is closed.
    Closed,
}
