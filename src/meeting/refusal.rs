//! Why a command is refused. Typed, with the figures; only `words` turns one into a sentence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::command::CommandKind;
use super::ids::{Actor, LineId, QuestionId, SeatId};
use super::paper_vote::CountMistake;
use super::reopening::NotReopened;
use super::sittings::{HalfDone, RoomTime};
use crate::plan::VoteHow;

/// Why a command is refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case", deny_unknown_fields)]
#[error("refused: {self:?}")]
pub enum Refusal {
    /// This actor may not give this command, at any time.
    NoRight {
        /// The command.
        command: CommandKind,
    },
    /// Not now: the meeting is not where this command has a meaning.
    NotNow {
        /// The command.
        command: CommandKind,
    },
    /// The meeting is suspended.
    Suspended,
    /// The meeting has ended.
    Ended,
    /// A quorum is missing, and the record already says so with the same figures.
    QuorumNotReached {
        /// Members present.
        present: u32,
        /// Members entitled.
        due: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The hands do not add up to those present.
    HandsDoNotAddUp {
        /// Hands counted.
        hands: u32,
        /// Members present.
        present: u32,
    },
    /// The scrutineers have not been approved.
    ScrutineersNotApproved,
    /// There is no such person in the plan.
    UnknownSeat {
        /// The name given.
        seat: SeatId,
    },
    /// There is no such item in the plan.
    UnknownItem,
    /// There is no such line on the paper.
    UnknownLine,
    /// There is no such ballot.
    UnknownBallot,
    /// Another item is on the floor.
    AnotherItemOpen,
    /// An earlier item has not been called.
    NotNextItem,
    /// The person is signed in already.
    AlreadyPresent {
        /// Who.
        seat: SeatId,
    },
    /// The person is not signed in.
    NotPresent {
        /// Who.
        seat: SeatId,
    },
    /// A seat can only speak for itself here.
    NotYourSeat,
    /// The nominee has been introduced already.
    AlreadyIntroduced,
    /// Nominees have not been introduced.
    NotAllIntroduced {
        /// How many are left.
        left: u32,
    },
    /// The person is outside for the recusal already.
    AlreadyRecused {
        /// Who.
        seat: SeatId,
    },
    /// The person is not outside.
    NotRecused {
        /// Who.
        seat: SeatId,
    },
    /// Somebody whom the lines concern is still in the room.
    StillInRoom {
        /// Who.
        seats: Vec<SeatId>,
    },
    /// The line is deferred already.
    AlreadyDeferred,
    /// The line is not deferred.
    NotDeferred,
    /// Every line is deferred: there is nothing to vote on.
    NothingToVoteOn,
    /// A reason or a note is missing.
    TextMissing,
    /// A text is too long.
    TextTooLong {
        /// Its length in characters.
        chars: u32,
        /// The limit.
        chars_max: u32,
    },
    /// This seat has no vote on this item, or was not in the room when the issue opened.
    NoPaperForSeat,
    /// This seat was issued a paper on another request.
    PaperAlreadyIssued,
    /// This seat has declined a paper.
    PaperDeclined,
    /// The key of this round's papers is not published yet.
    IssuerNotPublished,
    /// The setup named is not the one in the record.
    WrongSetup,
    /// The box named is not the one in the record.
    WrongBox,
    /// The figures of issued, registered and confirmed papers differ.
    ListNotConfirmed {
        /// Papers issued.
        issued: u32,
        /// Credentials on the list.
        registered: u32,
        /// Terminals that confirmed it.
        confirmed: u32,
        /// The seats that have not.
        missing: Vec<SeatId>,
    },
    /// The plan leaves the key of the ballot box to the console.
    ConsoleHoldsKey,
    /// Too few scrutineers are here with their terminals, or with their shares of the key.
    KeyNotReady {
        /// How many are.
        ready: u32,
        /// How many are needed.
        needed: u32,
    },
    /// Not enough scrutineers have counted as many heads as there are voters signed in.
    HeadsNotCounted {
        /// How many have.
        equal: u32,
        /// How many are needed.
        needed: u32,
        /// Voters signed in.
        present: u32,
    },
    /// Not enough scrutineers have compared the room code with another screen's.
    RoomNotCompared {
        /// How many have.
        confirmed: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The room code is not that of this record.
    OtherRoomCode,
    /// Terminals still have time to answer to the fixed box.
    BoxStillChecked {
        /// Seconds left.
        seconds: u32,
    },
    /// Terminals have not confirmed the box, and not enough scrutineers have accepted it.
    BoxNotConfirmed {
        /// Whose.
        missing: Vec<SeatId>,
    },
    /// Fewer ballots came back than the plan lets be opened.
    TooFewToOpen {
        /// Ballots in the box.
        returned: u32,
        /// How many there must be.
        needed: u32,
    },
    /// Enough scrutineers are left to open the box.
    StillOpenable {
        /// How many are left.
        left: u32,
        /// How many are needed.
        needed: u32,
    },
    /// Factors of another sum than the one that is being opened.
    OtherSum,
    /// The factors that are said to be false hold.
    FactorsHold,
    /// The result sheet is another one.
    OtherResult,
    /// Not enough scrutineers have signed the result sheet, or said why not.
    SheetNotSigned {
        /// How many have answered.
        answered: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The rule of the election asks for a further round before it can be declared.
    FurtherRoundDue,
    /// No further round follows from the rule of the election, or not yet.
    NoFurtherRound,
    /// No paper has been issued.
    NoPaperIssued,
    /// A sum that does not add up to the ballots in the box.
    SumsDoNotAddUp,
    /// The setup is not an election on the lines of this ballot.
    MalformedSetup,
    /// An item on the floor is not finished.
    ItemNotFinished,
    /// The record shows no missed quorum to adjourn for.
    QuorumNotMissed,
    /// There is no such official in the plan.
    UnknownOfficial,
    /// There is no such question.
    UnknownQuestion,
    /// It is not this official's turn, or the official is over.
    NotTheTurn,
    /// Officials are still to come.
    OfficialsLeft {
        /// How many.
        left: u32,
    },
    /// The order has been drawn, or is the plan's.
    OrderIsFixed,
    /// The order has not been drawn.
    OrderNotDrawn,
    /// Only reviewers question and give opinions.
    NotAReviewer,
    /// This person has used up the questions that the plan allows.
    QuestionsUsedUp {
        /// How many the plan allows.
        questions_max: u32,
    },
    /// Only the asker can do this.
    NotYourQuestion,
    /// A question is on the floor; it is ended first.
    QuestionOnFloor,
    /// This question does not wait for its turn, or is not on the floor, or has not ended.
    QuestionNotThere,
    /// Questions wait: say what becomes of them.
    QuestionsWaiting {
        /// How many.
        waiting: u32,
    },
    /// The due day is not a day after today.
    DueDay,
    /// No clock runs, or it runs already.
    NoClock,
    /// The plan allows no slips.
    NoSlips,
    /// Slips were issued to this seat on other requests.
    SlipsAlreadyIssued,
    /// This person has given as many opinions as the plan allows.
    OpinionsUsedUp {
        /// How many the plan allows.
        opinions_max: u32,
    },
    /// An act of a slip is not signed by the slip's key for this review.
    SlipSignature,
    /// An act of a slip has been taken already, or is not the next of its key, or has no place there.
    SlipActUsed,
    /// The first act of a slip comes without its token, or a later one with it.
    SlipToken,
    /// A slip follows up its question once.
    SlipFollowedUp,
    /// More slips came than were issued.
    MoreSlipsThanIssued {
        /// How many were issued.
        issued: u32,
        /// How many came.
        spent: u32,
    },
    /// The review is not over: slips may still come.
    SlipsStillCome,
    /// This is not the secret part of the key under which slips were issued.
    SlipKey,
    /// This person is outside while something about them is deliberated.
    Outside {
        /// Who.
        seat: SeatId,
    },
    /// Only the proposing body replies, and the recorder takes its replies down.
    NotProposing,
    /// Of some questions it was not said whether they were answered clearly.
    QuestionsUnjudged {
        /// How many.
        open: u32,
    },
    /// A question was not answered clearly: the vote is deferred by rule.
    AnsweredUnclearly {
        /// Which.
        question: QuestionId,
    },
    /// This seat speaks for no department.
    NotADepartment,
    /// There is no such department in the plan.
    UnknownDepartment,
    /// Nobody who speaks for the department is here.
    DepartmentAbsent {
        /// Its name.
        department: String,
    },
    /// The official and relatives do not speak for a department about that official.
    AboutOneself,
    /// The opinions on this official are closed.
    OpinionsClosed,
    /// Officials are not closed.
    OpinionsOpen {
        /// How many.
        left: u32,
    },
    /// Somebody has the floor.
    FloorTaken {
        /// Who.
        seat: SeatId,
    },
    /// This person has asked already, or not asked.
    FloorNotAsked,
    /// Members without a notification on record: a matter that was not notified is not tabled.
    NotNotified {
        /// Who.
        missing: Vec<SeatId>,
    },
    /// A notice on the day of the meeting, or after it.
    NoticeTooLate {
        /// The day given.
        on: Date,
        /// The day of the meeting.
        meeting: Date,
    },
    /// The head is not in the room.
    HeadAbsent {
        /// The head.
        head: SeatId,
    },
    /// The order drawn is not one of all members before the head.
    WrongSpeakers,
    /// The head speaks last: others who are present have neither stated nor passed.
    HeadSpeaksLast {
        /// The head.
        head: SeatId,
        /// Who comes before.
        waiting: Vec<SeatId>,
    },
    /// The head has spoken: nobody comes after.
    HeadHasSpoken {
        /// The head.
        head: SeatId,
    },
    /// This person has stated or passed already.
    AlreadyHeard {
        /// Who.
        seat: SeatId,
    },
    /// Somebody else has been asked and has not answered.
    StillAsked {
        /// Who.
        seat: SeatId,
    },
    /// Another person is next in the order.
    NotNextToSpeak {
        /// Who is next.
        next: SeatId,
    },
    /// This person has not been asked yet.
    NotAsked {
        /// Who.
        seat: SeatId,
    },
    /// Not everybody has been heard.
    NotAllHeard {
        /// Who is still to be.
        waiting: Vec<SeatId>,
    },
    /// This person has no vote here: not a voter of the item, or not in the room when the vote opened.
    NoVoteHere {
        /// Who.
        seat: SeatId,
    },
    /// This cannot be said in this vote.
    NoSuchChoice,
    /// This person's vote stands in the record.
    AlreadyVoted {
        /// Whose.
        seat: SeatId,
    },
    /// The head votes last: others who are present have not voted.
    HeadVotesLast {
        /// The head.
        head: SeatId,
        /// Who comes before.
        waiting: Vec<SeatId>,
    },
    /// The head has voted: nobody comes after.
    HeadHasVoted {
        /// The head.
        head: SeatId,
    },
    /// Not everybody present has voted.
    VotesMissing {
        /// Who has not.
        waiting: Vec<SeatId>,
    },
    /// Only the head signs the record of a major matter.
    OnlyTheHead {
        /// The head.
        head: SeatId,
    },
    /// The head has not signed the record.
    HeadNotSigned {
        /// The head.
        head: SeatId,
    },
    /// The plan wants this vote taken in another way.
    OtherWay {
        /// Which.
        how: VoteHow,
    },
    /// Somebody objected: hands are counted.
    SomebodyObjected {
        /// Who.
        seats: Vec<SeatId>,
    },
    /// A change of the agenda is put to the body: it is decided or withdrawn first.
    ProposalStands,
    /// This change of the agenda does not wait for a decision any more.
    NoProposal,
    /// This person does not sit the exam.
    NotACandidate,
    /// Nobody has taken a place.
    NobodySeated,
    /// This candidate has taken no place.
    NotSeated,
    /// This candidate has handed in.
    HandedInAlready,
    /// The exam is over.
    ExamOver,
    /// The exam runs: it is ended, and marked, first.
    ExamRuns,
    /// This is not the bank or the seed to which the first line commits.
    OtherBank,
    /// This is not the sheet that was handed in, or it does not answer the paper of its seat, or is not signed by it.
    OtherSheet,
    /// Not every sheet is opened.
    NotAllMarked,
    /// The figures do not follow from the sheets.
    OtherFigures,
    /// A session of exams decides nothing: its agenda stays as it is.
    AgendaOfExams,
    /// Only what is still to come is moved or taken off, and other items are put in front of such ones only.
    ItemNotToCome,
    /// Only what was taken off is put back.
    ItemNotTakenOff,
    /// It stands there already.
    AgendaUnchanged,
    /// The text of the item that is to be added has mistakes.
    ItemMistaken {
        /// How many.
        mistakes: u32,
        /// Where the first is: its line, from 1.
        line: u32,
        /// Its column, from 1.
        column: u32,
    },
    /// A key is malformed.
    MalformedKey,
    /// This seat has an identity already; the presiding officer can reissue its code.
    AlreadyEnrolled {
        /// Whose seat.
        who: Actor,
    },
    /// No address at which a machine can be reached.
    MalformedAddress,
    /// No machine stands by.
    NoStandby,
    /// The hub has not taken over from another, or has said already that it did so by force.
    NothingToForce,
    /// The takeover would begin another epoch than the next.
    OtherEpoch {
        /// The next.
        expected: u64,
    },
    /// The takeover names another end of the record.
    OtherEnd {
        /// The last line of this record.
        line: u64,
    },
    /// The standby is not in step: it takes over only by a forced act that names its last line.
    StandbyDetached {
        /// The last line that it has.
        line: u64,
    },
    /// This person is no scrutineer.
    NotAScrutineer {
        /// Who.
        seat: SeatId,
    },
    /// The figures of a count by hand do not fit each other or the record.
    CountWrong {
        /// How.
        mistake: CountMistake,
    },
    /// This scrutineer entered the count with the own key: nobody else speaks for them.
    EnteredByOwnKey {
        /// Who.
        seat: SeatId,
    },
    /// This scrutineer answered to the result sheet with the own key.
    AnsweredByOwnKey {
        /// Who.
        seat: SeatId,
    },
    /// The meeting is adjourned to another day: people sign in first.
    Recess {
        /// When it goes on.
        until: RoomTime,
    },
    /// Something is finished, or broken off, before the meeting is adjourned to another day.
    HalfDone {
        /// What.
        what: HalfDone,
    },
    /// There is no such date or time.
    NoSuchTime,
    /// A meeting is adjourned to a time that is ahead.
    NotAhead {
        /// The time given.
        until: RoomTime,
    },
    /// No result of this was declared, or it has been taken up again.
    NotDeclared,
    /// A review has a result for each official: say whose.
    WhichOfficial,
    /// This person's objection to this result stands in the record.
    ObjectedAlready {
        /// Its number.
        number: u32,
    },
    /// There is no objection with this number.
    UnknownObjection,
    /// This objection is settled.
    ObjectionSettled {
        /// Its number.
        number: u32,
    },
    /// Objections to declared results are not settled.
    ObjectionsOpen {
        /// Their numbers.
        numbers: Vec<u32>,
    },
    /// An item of this kind is not voted on again in this way.
    CannotReopen {
        /// Why, and so what can be done instead.
        why: NotReopened,
    },
    /// These lines were not carried: the same person for the same post is not put to the vote again at this meeting.
    LinesNotCarried {
        /// Which.
        lines: Vec<LineId>,
    },
    /// Nothing of this item can be reconsidered: none of its lines was carried or deferred.
    NothingToReconsider,
    /// Candidates stand against each other: an election is reconsidered as a whole.
    ReconsideredWhole,
    /// The line is not put to the vote: barred by rule, or not taken up again.
    LineNotAtStake,
    /// A code is not reissued between the issue of papers and the confirmed box, except through a new round.
    ReissueDuringBallot,
}
