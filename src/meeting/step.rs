//! The one next lawful step: what Enter does at the console, and what the sentence to read aloud belongs to.

use super::command::Command;
use super::exam_state::ExamPhase;
use super::ids::{BallotId, ItemId, LineId, OfficialId, QuestionId, SeatId};
use super::matter_state::MatterPhase;
use super::review_state::{Ended, OfficialStage};
use super::room::heads_agree;
use super::round::{Round, RoundPhase};
use super::state::{Phase, Stage, State};
use super::{is_too_few, openers_left, sheet_is_answered};
use crate::plan::VoteHow;

/// The next step of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// People sign in for the next sitting.
    Reconvene,
    /// The presiding officer opens the meeting, or its next sitting.
    OpenMeeting,
    /// The scrutineers are put to a show of hands; the console asks for the counts.
    ApproveScrutineers,
    /// The scrutineers make the key of the ballot box.
    MakeKey,
    /// Their terminals do.
    AwaitKey(u32),
    /// An item is called.
    OpenItem(ItemId),
    /// The next nominee is introduced.
    Introduce(ItemId, LineId),
    /// Those concerned are asked to leave.
    BeginRecusal(ItemId),
    /// Deliberation begins.
    BeginDeliberation(ItemId),
    /// It is said whether the proposing body answered a question clearly; the console asks.
    JudgeReply(ItemId, QuestionId),
    /// Deliberation ends and those outside return.
    EndDeliberation(ItemId),
    /// The scrutineers count heads.
    CountHeads(ItemId),
    /// Papers are issued.
    OpenIssue(ItemId),
    /// Papers are being taken; the issue closes by itself when all have one, or by decision.
    TakePapers(BallotId),
    /// The hub fixes the list, or terminals confirm it.
    ConfirmList(BallotId),
    /// The scrutineers compare the room code with other screens.
    CompareRoom(BallotId),
    /// Voting begins.
    OpenVoting(BallotId),
    /// Voting ends.
    CloseVoting(BallotId),
    /// The hub fixes the box.
    SealBox(BallotId),
    /// Terminals check the box, or scrutineers accept that one does not.
    CheckBox(BallotId),
    /// The box has too few ballots and stays closed.
    KeepClosed(BallotId),
    /// The box is opened.
    OpenBox(BallotId),
    /// The scrutineers' terminals, or the hub, open the sum.
    AwaitCount(BallotId),
    /// Too few scrutineers are left to open the box.
    DeclareUnopenable(BallotId),
    /// Papers are marked, returned, and counted by hand; two scrutineers enter the figures.
    CountPapers(BallotId),
    /// The scrutineers sign the result sheet.
    SignResult(BallotId),
    /// The order of the officials is drawn.
    DrawOrder(ItemId),
    /// The hub draws.
    AwaitOrder(ItemId),
    /// The next official is called: findings are read.
    CallOfficial(ItemId, OfficialId),
    /// The official reports.
    BeginReport(ItemId),
    /// The report is over; questions begin.
    BeginQuestions(ItemId),
    /// The next question of the queue is called.
    CallQuestion(ItemId, QuestionId),
    /// The question on the floor is ended; the console asks how.
    EndQuestion(ItemId, QuestionId),
    /// The questions are over.
    EndQuestions(ItemId),
    /// The result of one official is declared.
    DeclareOfficial(ItemId),
    /// The opinions on the next official are closed.
    CloseOpinions(ItemId, OfficialId),
    /// Candidates have taken their places; the exam begins.
    BeginExam(ItemId),
    /// The exam is ended before its time is up.
    EndExam(ItemId),
    /// The hub opens bank and sheets, and marks them.
    AwaitMarks(ItemId),
    /// A round of a contested election is declared, and a further one called.
    CallFurtherRound(ItemId),
    /// The introduction of a major matter is over: members are asked.
    BeginStatements(ItemId),
    /// The hub draws the order in which members are asked.
    AwaitSpeakers(ItemId),
    /// The next member is asked for a view.
    AskMember(ItemId, SeatId),
    /// Who was asked states a view or passes; the console takes it down where it is spoken.
    AwaitStatement(ItemId, SeatId),
    /// The head sums up; the console asks for the words.
    SumUp(ItemId),
    /// It is put to the vote.
    PutToVote(ItemId),
    /// Members vote by name.
    AwaitVotes(ItemId),
    /// The vote by name is closed.
    CloseNamedVote(ItemId),
    /// The head signs the record.
    AwaitSignature(ItemId),
    /// Hands are counted; the console asks for the counts.
    CountHands(ItemId),
    /// A change of the agenda that was put is decided; the console asks how.
    DecideAgenda,
    /// It is carried, nobody objecting.
    TakeWithoutObjection(ItemId),
    /// The result is declared.
    Declare(ItemId),
    /// The next objection to a declared result is settled before the meeting is closed; the console asks how.
    SettleObjection(u32),
    /// The meeting is closed.
    CloseMeeting,
    /// The record is sealed.
    Seal,
}

impl Step {
    /// The command that takes this step; none where it needs figures, or where it happens by itself.
    pub fn command(&self) -> Option<Command> {
        Some(match self.clone() {
            Self::Reconvene => Command::Reconvene,
            Self::OpenMeeting => Command::OpenMeeting,
            Self::MakeKey => Command::MakeKey,
            Self::KeepClosed(ballot) => Command::KeepClosed { ballot },
            Self::DeclareUnopenable(ballot) => Command::DeclareUnopenable { ballot },
            Self::OpenItem(item) => Command::OpenItem { item },
            Self::Introduce(item, line) => Command::Introduce { item, line },
            Self::BeginRecusal(item) => Command::BeginRecusal { item },
            Self::BeginDeliberation(item) => Command::BeginDeliberation { item },
            Self::EndDeliberation(item) => Command::EndDeliberation { item },
            Self::OpenIssue(item) => Command::OpenIssue { item },
            Self::OpenVoting(ballot) => Command::OpenVoting { ballot },
            Self::CloseVoting(ballot) => Command::CloseVoting { ballot },
            Self::OpenBox(ballot) => Command::OpenBox { ballot },
            Self::CallFurtherRound(item) => Command::CallFurtherRound { item },
            Self::Declare(item) => Command::Declare { item },
            Self::CloseMeeting => Command::CloseMeeting,
            Self::TakePapers(ballot) => Command::CloseIssue { ballot },
            Self::DrawOrder(item) => Command::DrawOrder { item },
            Self::CallOfficial(item, official) => Command::CallOfficial { item, official },
            Self::BeginReport(item) => Command::BeginReport { item },
            Self::BeginQuestions(item) => Command::BeginQuestions { item },
            Self::CallQuestion(item, question) => Command::CallQuestion { item, question },
            Self::EndQuestion(item, question) => {
                Command::EndQuestion { item, question, ended: Ended::Answered }
            }
            Self::EndQuestions(item) => Command::EndQuestions { item, left: None },
            Self::DeclareOfficial(item) => Command::DeclareOfficial { item },
            Self::CloseOpinions(item, official) => Command::CloseOpinions { item, official },
            Self::BeginStatements(item) => Command::BeginStatements { item },
            Self::AskMember(item, seat) => Command::AskMember { item, seat },
            Self::PutToVote(item) => Command::PutToVote { item },
            Self::CloseNamedVote(item) => Command::CloseNamedVote { item },
            Self::TakeWithoutObjection(item) => Command::TakeWithoutObjection { item },
            Self::BeginExam(item) => Command::BeginExam { item },
            Self::EndExam(item) => Command::EndExam { item },
            Self::ApproveScrutineers
            | Self::JudgeReply(..)
            | Self::AwaitSpeakers(_)
            | Self::AwaitStatement(..)
            | Self::SumUp(_)
            | Self::AwaitVotes(_)
            | Self::AwaitSignature(_)
            | Self::CountHands(_)
            | Self::DecideAgenda
            | Self::AwaitKey(_)
            | Self::CountHeads(_)
            | Self::CompareRoom(_)
            | Self::CheckBox(_)
            | Self::CountPapers(_)
            | Self::SignResult(_)
            | Self::ConfirmList(_)
            | Self::AwaitOrder(_)
            | Self::SealBox(_)
            | Self::AwaitCount(_)
            | Self::AwaitMarks(_)
            | Self::SettleObjection(_)
            | Self::Seal => return None,
        })
    }

    /// Whether the step cannot be undone: then the console asks for a second, different key.
    pub fn is_irreversible(&self) -> bool {
        matches!(
            self,
            Self::OpenIssue(_)
                | Self::TakePapers(_)
                | Self::CloseVoting(_)
                | Self::KeepClosed(_)
                | Self::OpenBox(_)
                | Self::DeclareUnopenable(_)
                | Self::CloseOpinions(..)
                | Self::PutToVote(_)
                | Self::CloseNamedVote(_)
                | Self::TakeWithoutObjection(_)
                | Self::EndExam(_)
                | Self::CloseMeeting
                | Self::Seal
        )
    }
}

/// The next step, or none: the meeting is suspended.
pub fn next_step(state: &State) -> Option<Step> {
    if state.suspended.is_some() {
        return None;
    }
    Some(match state.phase {
        Phase::Ended => Step::Seal,
        Phase::Recess => Step::Reconvene,
        Phase::SigningIn => Step::OpenMeeting,
        Phase::Open if state.proposal().is_some() => Step::DecideAgenda,
        Phase::Open if state.awaits_scrutineers() => Step::ApproveScrutineers,
        // An item that was called without waiting for the key goes on until it needs one.
        Phase::Open if state.ceremony.is_some() && state.current_item().is_none() => {
            Step::AwaitKey(state.ceremonies)
        }
        Phase::Open
            if state.current_item().is_none()
                && state.key.is_none()
                && !state.key_is_ready()
                && state.next_item().is_some()
                && state.ballot_is_ahead() =>
        {
            Step::MakeKey
        }
        Phase::Open => match (state.current_item(), state.next_item()) {
            (Some(item), _) => in_item(state, item),
            (None, Some(next)) => Step::OpenItem(next.id.clone()),
            (None, None) => match state.open_result_objections().next() {
                Some(objection) => Step::SettleObjection(objection.number),
                None => Step::CloseMeeting,
            },
        },
    })
}

fn in_item(state: &State, item: &super::ItemState) -> Step {
    let id = item.id.clone();
    match item.stage {
        Stage::ToCome => Step::OpenItem(id),
        Stage::Introducing => {
            let nomination = state.item(&id).and_then(crate::plan::Item::nomination);
            match nomination.and_then(|nomination| item.to_introduce(nomination).next()) {
                Some(next) => Step::Introduce(id, LineId::from(next.id.as_str())),
                None => Step::BeginRecusal(id),
            }
        }
        Stage::Recusing => Step::BeginDeliberation(id),
        Stage::Deliberating => {
            let open = item.term().and_then(|term| term.unjudged().next()).map(|put| put.id);
            open.map_or(Step::EndDeliberation(id.clone()), |question| Step::JudgeReply(id, question))
        }
        Stage::Deliberated => {
            let any = state.item(&id).is_some_and(|planned| item.lines_to_vote(planned).next().is_some());
            if any { issue(state, id) } else { Step::Declare(id) }
        }
        Stage::Reviewing => in_review(state, item, id),
        Stage::Consulting => match state.current_joint().and_then(|(_, plan, joint)| joint.open(plan).next())
        {
            Some(official) => Step::CloseOpinions(id, official),
            None => Step::Declare(id),
        },
        Stage::Stating => in_matter(state, item, id),
        Stage::OpenVoting => in_open_vote(state, item, id),
        Stage::NamedVote => match &item.named {
            Some(vote) if vote.outcome.is_some() => declare(item, id),
            Some(vote) => {
                let last =
                    vote.last.iter().filter(|last| state.is_present(last) && vote.vote(last).is_none());
                match state.unvoted(vote).chain(last).next() {
                    Some(_) => Step::AwaitVotes(id),
                    None => Step::CloseNamedVote(id),
                }
            }
            None => Step::PutToVote(id),
        },
        Stage::Examining => match item.exam().map(|exam| exam.phase) {
            Some(ExamPhase::Running) => Step::EndExam(id),
            Some(ExamPhase::Marking) => Step::AwaitMarks(id),
            Some(ExamPhase::Marked) => Step::Declare(id),
            Some(ExamPhase::Seating) | None => Step::BeginExam(id),
        },
        Stage::Declared | Stage::TakenOff => Step::CloseMeeting,
        Stage::Balloting => in_ballot(state, item, id),
    }
}

/// What comes next between the issue of papers and the declaration; all rounds under way together go together.
fn in_ballot(state: &State, item: &super::ItemState, id: ItemId) -> Step {
    match item.round() {
        None => issue(state, id),
        Some(round) => {
            let ballot = round.issue.ballot.clone();
            match round.phase {
                RoundPhase::Issuing => Step::TakePapers(ballot),
                RoundPhase::Registering => Step::ConfirmList(ballot),
                RoundPhase::Confirming
                    if item.rounds_together().any(|round| round.unconfirmed().next().is_some()) =>
                {
                    Step::ConfirmList(ballot)
                }
                RoundPhase::Confirming if state.room.due => Step::CompareRoom(ballot),
                RoundPhase::Confirming => Step::OpenVoting(ballot),
                RoundPhase::Voting => Step::CloseVoting(ballot),
                RoundPhase::Sealing => Step::SealBox(ballot),
                RoundPhase::Sealed if item.rounds_together().any(|round| round.box_closed_at.is_none()) => {
                    Step::CheckBox(ballot)
                }
                RoundPhase::Sealed if item.rounds_together().any(|round| is_too_few(state, round)) => {
                    Step::KeepClosed(ballot)
                }
                RoundPhase::Sealed => {
                    let needed = state.scrutineers_needed();
                    let missing = |round: &Round| round.box_missing(needed).next().is_some();
                    if item.rounds_together().any(missing) {
                        Step::CheckBox(ballot)
                    } else {
                        Step::OpenBox(ballot)
                    }
                }
                RoundPhase::Opening => {
                    // Groups that are counted apart open together, or not at all.
                    let lost = |round: &&Round| {
                        round.phase == RoundPhase::Opening
                            && openers_left(state, round).is_some_and(|(left, needed)| left < needed)
                    };
                    match item.rounds_together().find(lost) {
                        Some(lost) => Step::DeclareUnopenable(lost.issue.ballot.clone()),
                        None => Step::AwaitCount(ballot),
                    }
                }
                RoundPhase::OnPaper => Step::CountPapers(ballot),
                RoundPhase::Counted if !sheet_is_answered(state, item.rounds_together()) => {
                    Step::SignResult(ballot)
                }
                RoundPhase::Counted if item.awaits_further_round() => issue(state, id),
                RoundPhase::Counted if state.further_round_due(item).is_some() => Step::CallFurtherRound(id),
                RoundPhase::Counted if round.issue.subject.is_some() => Step::DeclareOfficial(id),
                RoundPhase::Counted => declare(item, id),
                RoundPhase::Void => issue(state, id),
            }
        }
    }
}

/// Papers are issued when the key is there and the heads are counted. While papers of a bundle still wait there is no
/// other key to be made: who is missing is said when papers are asked for.
fn issue(state: &State, id: ItemId) -> Step {
    if state.ceremony.is_some() {
        Step::AwaitKey(state.ceremonies)
    } else if !state.key_is_ready() && state.rounds_under_way().next().is_none() {
        Step::MakeKey
    } else if heads_agree(state, &id).is_err() {
        Step::CountHeads(id)
    } else {
        Step::OpenIssue(id)
    }
}

/// A major matter is declared when its head has signed, or the record says why not.
fn declare(item: &super::ItemState, id: ItemId) -> Step {
    match item.matter() {
        Some(matter) if matter.signed.is_none() => Step::AwaitSignature(id),
        _ => Step::Declare(id),
    }
}

fn in_matter(state: &State, item: &super::ItemState, id: ItemId) -> Step {
    let Some(matter) = item.matter() else { return Step::BeginStatements(id) };
    match matter.phase {
        MatterPhase::Introducing => Step::BeginStatements(id),
        MatterPhase::Drawing => Step::AwaitSpeakers(id),
        MatterPhase::Stating => {
            let head_gives_way = matter.asked.as_ref() == matter.order.last();
            let asked = state.being_heard(matter);
            match (asked, state.next_speaker(matter)) {
                (Some(asked), Some(next)) if asked == next || !head_gives_way => {
                    Step::AwaitStatement(id, asked.clone())
                }
                (_, Some(next)) => Step::AskMember(id, next.clone()),
                (_, None) => Step::SumUp(id),
            }
        }
        MatterPhase::SummedUp | MatterPhase::Over => Step::PutToVote(id),
    }
}

fn in_open_vote(state: &State, item: &super::ItemState, id: ItemId) -> Step {
    let vote = state.item(&id).and_then(crate::plan::Item::open_vote);
    let (Some(plan), Some(vote)) = (vote, item.open_vote()) else { return Step::Declare(id) };
    match plan.how {
        _ if vote.taken.is_some() => Step::Declare(id),
        VoteHow::ByName => Step::PutToVote(id),
        VoteHow::WithoutObjection if vote.objected.is_empty() => Step::TakeWithoutObjection(id),
        VoteHow::Hands | VoteHow::WithoutObjection => Step::CountHands(id),
    }
}

fn in_review(state: &State, item: &super::ItemState, id: ItemId) -> Step {
    let Some(review) = item.review() else { return Step::Declare(id) };
    if review.order.is_empty() {
        return if review.drawing { Step::AwaitOrder(id) } else { Step::DrawOrder(id) };
    }
    match review.current().map(|(_, official)| &official.stage) {
        Some(OfficialStage::Findings) => Step::BeginReport(id),
        Some(OfficialStage::Reporting) => Step::BeginQuestions(id),
        Some(OfficialStage::Questioning) => match (review.on_floor, review.queue.first()) {
            (Some(question), _) => Step::EndQuestion(id, question),
            (None, Some(next)) => Step::CallQuestion(id, *next),
            (None, None) => Step::EndQuestions(id),
        },
        // Papers of a bundle may wait for this official's turn.
        Some(OfficialStage::Evaluating) => in_ballot(state, item, id),
        _ => match review.next() {
            Some(next) => Step::CallOfficial(id, next.clone()),
            None => Step::Declare(id),
        },
    }
}
