//! Who may give which command, and when: the one table. `decide` asks it first; the documentation prints it.

use super::command::CommandKind as Kind;
use super::ids::Actor;
use super::refusal::Refusal;
use super::round::RoundPhase;
use super::state::{Phase, Stage, State};
use crate::plan::Duty;

/// In what capacity somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The hub, for what follows from a rule.
    Hub,
    /// The machine that stands by for the hub's.
    Standby,
    /// The presiding officer at the console.
    Presiding,
    /// The recorder.
    Recorder,
    /// A scrutineer.
    Scrutineer,
    /// Anyone with a seat, for the own seat.
    Seat,
}

/// When a command has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// At any time, also after the end.
    Always,
    /// Until the meeting ends.
    UntilEnd,
    /// While people sign in, before the meeting opens.
    SigningIn,
    /// While the meeting is open.
    Open,
    /// Until the meeting ends, but not between two sittings.
    Sitting,
    /// Between two sittings.
    Recess,
    /// While an item is at one of these stages.
    Stages(&'static [Stage]),
    /// While the round on the floor is in one of these phases.
    Rounds(&'static [RoundPhase]),
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// The command.
    pub command: Kind,
    /// Who may give it.
    pub who: &'static [Role],
    /// When.
    pub when: When,
    /// Whether it is also accepted while the meeting is suspended.
    pub suspended: bool,
}

const fn right(command: Kind, who: &'static [Role], when: When) -> Right {
    Right { command, who, when, suspended: false }
}

const fn even_suspended(command: Kind, who: &'static [Role], when: When) -> Right {
    Right { command, who, when, suspended: true }
}

use Role::{Hub, Presiding, Recorder, Scrutineer, Seat, Standby};
use RoundPhase::{Confirming, Counted, Issuing, OnPaper, Opening, Registering, Sealed, Sealing, Voting};
use Stage::{
    Balloting, Consulting, Deliberated, Deliberating, Examining, Introducing, NamedVote, OpenVoting,
    Recusing, Reviewing, Stating,
};

/// Every command has exactly one row.
pub const TABLE: &[Right] = &[
    // After the end only the console of a hub that has taken over, so that the record can be sealed.
    even_suspended(Kind::Enrol, &[Hub], When::Always),
    even_suspended(Kind::EnrolStandby, &[Hub], When::UntilEnd),
    // A machine can die, and another take its place, until the record is sealed.
    even_suspended(Kind::AttachStandby, &[Hub], When::Always),
    even_suspended(Kind::DetachStandby, &[Hub], When::Always),
    even_suspended(Kind::TakeOver, &[Standby, Hub], When::Always),
    even_suspended(Kind::ReissueCode, &[Presiding], When::UntilEnd),
    even_suspended(Kind::SignIn, &[Presiding, Recorder, Seat], When::Sitting),
    even_suspended(Kind::SignOut, &[Presiding, Recorder, Seat], When::Sitting),
    right(Kind::OpenMeeting, &[Presiding], When::SigningIn),
    right(Kind::ApproveScrutineers, &[Presiding], When::Open),
    right(Kind::MakeKey, &[Presiding], When::Open),
    right(Kind::CertifyKey, &[Seat], When::Open),
    right(Kind::CommitDealing, &[Seat], When::Open),
    even_suspended(Kind::FixTrustees, &[Hub], When::Open),
    right(Kind::ConfirmTrustees, &[Seat], When::Open),
    right(Kind::OpenItem, &[Presiding], When::Open),
    right(Kind::Introduce, &[Presiding], When::Stages(&[Introducing])),
    right(Kind::BeginRecusal, &[Presiding], When::Stages(&[Introducing])),
    right(Kind::Recuse, &[Presiding, Recorder, Seat], When::Stages(&[Recusing, Deliberating, Reviewing])),
    right(Kind::Return, &[Presiding, Recorder], When::Stages(&[Recusing, Deliberating])),
    right(Kind::BeginDeliberation, &[Presiding], When::Stages(&[Recusing])),
    right(Kind::EndDeliberation, &[Presiding], When::Stages(&[Deliberating])),
    right(Kind::Defer, &[Presiding], When::Stages(&[Introducing, Recusing, Deliberating, Deliberated])),
    right(Kind::Undefer, &[Presiding], When::Stages(&[Introducing, Recusing, Deliberating, Deliberated])),
    even_suspended(Kind::Note, &[Presiding, Recorder], When::UntilEnd),
    right(Kind::CountHeads, &[Scrutineer], When::Stages(&[Deliberated, Balloting, Reviewing])),
    right(Kind::OpenIssue, &[Presiding], When::Stages(&[Deliberated, Balloting, Reviewing])),
    even_suspended(Kind::PublishIssuer, &[Hub], When::Rounds(&[Issuing])),
    right(Kind::RequestPapers, &[Seat], When::Rounds(&[Issuing, Registering])),
    right(Kind::DeclinePaper, &[Seat], When::Rounds(&[Issuing])),
    right(Kind::CloseIssue, &[Hub, Presiding], When::Rounds(&[Issuing])),
    even_suspended(Kind::FixList, &[Hub], When::Rounds(&[Registering])),
    even_suspended(Kind::ConfirmLists, &[Seat], When::Rounds(&[Confirming, Voting])),
    even_suspended(
        Kind::ConfirmRoom,
        &[Scrutineer],
        When::Rounds(&[Issuing, Registering, Confirming, Voting, Sealing, Sealed, Opening, Counted]),
    ),
    even_suspended(Kind::Object, &[Seat, Scrutineer, Presiding], When::UntilEnd),
    right(
        Kind::NewRound,
        &[Presiding],
        When::Rounds(&[Issuing, Registering, Confirming, Voting, Sealing, Sealed, OnPaper]),
    ),
    right(Kind::OpenVoting, &[Presiding], When::Rounds(&[Confirming])),
    right(Kind::CloseVoting, &[Presiding], When::Rounds(&[Voting])),
    even_suspended(Kind::FixBox, &[Hub], When::Rounds(&[Sealing, Sealed])),
    even_suspended(Kind::EndBoxCheck, &[Hub], When::Rounds(&[Sealed])),
    even_suspended(Kind::ConfirmBox, &[Seat], When::Rounds(&[Sealed, Opening, Counted])),
    right(Kind::AcceptMissing, &[Scrutineer], When::Rounds(&[Sealed])),
    right(Kind::KeepClosed, &[Presiding], When::Rounds(&[Sealed])),
    right(Kind::OpenBox, &[Presiding], When::Rounds(&[Sealed])),
    even_suspended(Kind::ReleaseFactors, &[Seat], When::Rounds(&[Opening, Counted])),
    even_suspended(Kind::ShowFalseFactors, &[Hub], When::Rounds(&[Opening])),
    right(Kind::NameSilent, &[Presiding], When::Rounds(&[Opening])),
    right(Kind::DeclareUnopenable, &[Presiding], When::Rounds(&[Opening])),
    even_suspended(Kind::PublishCount, &[Hub], When::Rounds(&[Opening])),
    right(Kind::SignResult, &[Scrutineer], When::Rounds(&[Counted])),
    right(Kind::RefuseResult, &[Scrutineer], When::Rounds(&[Counted])),
    right(Kind::CallFurtherRound, &[Presiding], When::Stages(&[Balloting])),
    right(
        Kind::Declare,
        &[Presiding],
        When::Stages(&[Deliberated, Balloting, Reviewing, OpenVoting, NamedVote, Examining, Consulting]),
    ),
    right(Kind::DrawOrder, &[Presiding], When::Stages(&[Reviewing])),
    even_suspended(Kind::FixOrder, &[Hub], When::Stages(&[Reviewing])),
    right(Kind::CallOfficial, &[Presiding], When::Stages(&[Reviewing])),
    // One whose box stayed closed, too.
    right(Kind::PutOff, &[Presiding], When::Stages(&[Reviewing, Balloting])),
    right(Kind::BeginReport, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::ReportInWriting, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::BeginQuestions, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::PauseClock, &[Presiding], When::Open),
    right(Kind::ResumeClock, &[Presiding], When::Open),
    right(Kind::ExtendClock, &[Presiding], When::Open),
    right(Kind::Ask, &[Seat], When::Stages(&[Reviewing])),
    right(Kind::EnterQuestion, &[Recorder, Presiding], When::Stages(&[Reviewing])),
    even_suspended(Kind::PublishSlips, &[Hub], When::Stages(&[Reviewing, Balloting])),
    // The meeting may have ended by the order that ends the slips.
    even_suspended(Kind::PublishSlipKey, &[Hub], When::Always),
    even_suspended(Kind::PublishSlipIssuer, &[Hub], When::Stages(&[Reviewing, Balloting])),
    even_suspended(Kind::RequestSlips, &[Seat], When::Stages(&[Reviewing, Balloting])),
    right(Kind::OrderQueue, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::MergeQuestion, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::ReturnQuestion, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::CallQuestion, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::TakeAnswer, &[Recorder, Presiding], When::Stages(&[Reviewing, Balloting])),
    right(Kind::EndQuestion, &[Presiding, Seat], When::Stages(&[Reviewing])),
    right(Kind::SayIfSatisfied, &[Seat], When::Stages(&[Reviewing, Balloting])),
    right(Kind::Inquire, &[Seat], When::Stages(&[Reviewing, Balloting])),
    right(Kind::EndQuestions, &[Presiding], When::Stages(&[Reviewing])),
    right(Kind::GiveOpinion, &[Seat], When::Stages(&[Reviewing, Balloting])),
    right(Kind::DeclareOfficial, &[Presiding], When::Stages(&[Balloting])),
    right(Kind::GiveStance, &[Seat], When::Stages(&[Consulting])),
    right(Kind::EnterStance, &[Presiding], When::Stages(&[Consulting])),
    right(Kind::CloseOpinions, &[Presiding], When::Stages(&[Consulting])),
    right(Kind::CloseAllOpinions, &[Presiding], When::Stages(&[Consulting])),
    right(Kind::SayInside, &[Seat], When::Stages(&[Deliberating])),
    right(Kind::TakeDownSaid, &[Recorder], When::Stages(&[Deliberating])),
    right(Kind::PutQuestion, &[Seat], When::Stages(&[Deliberating])),
    right(Kind::TakeDownQuestion, &[Recorder], When::Stages(&[Deliberating])),
    right(Kind::Reply, &[Recorder, Seat], When::Stages(&[Deliberating])),
    right(Kind::JudgeReply, &[Presiding], When::Stages(&[Deliberating])),
    right(Kind::RecordNotice, &[Presiding, Recorder], When::UntilEnd),
    right(Kind::BeginStatements, &[Presiding], When::Stages(&[Stating])),
    even_suspended(Kind::FixSpeakers, &[Hub], When::Stages(&[Stating])),
    right(Kind::AskMember, &[Presiding], When::Stages(&[Stating])),
    right(Kind::GiveStatement, &[Presiding, Recorder, Seat], When::Stages(&[Stating])),
    right(Kind::PassStatement, &[Presiding, Recorder, Seat], When::Stages(&[Stating])),
    right(Kind::SumUp, &[Presiding, Recorder, Seat], When::Stages(&[Stating])),
    right(Kind::PutToVote, &[Presiding], When::Stages(&[Stating, OpenVoting])),
    // One that cannot be called, too.
    right(Kind::DeferMatter, &[Presiding], When::Open),
    right(Kind::VoteByName, &[Seat], When::Stages(&[NamedVote])),
    right(Kind::EnterVote, &[Presiding, Recorder], When::Stages(&[NamedVote])),
    right(Kind::CloseNamedVote, &[Presiding], When::Stages(&[NamedVote])),
    right(Kind::SignMatter, &[Seat], When::Stages(&[NamedVote, Balloting])),
    right(Kind::LeaveUnsigned, &[Presiding], When::Stages(&[NamedVote, Balloting])),
    right(Kind::CountHands, &[Presiding], When::Stages(&[OpenVoting])),
    right(Kind::ObjectToVote, &[Presiding, Recorder, Seat], When::Stages(&[OpenVoting])),
    right(Kind::TakeWithoutObjection, &[Presiding], When::Stages(&[OpenVoting])),
    right(Kind::TakePlace, &[Seat], When::Stages(&[Examining])),
    right(Kind::BeginExam, &[Presiding], When::Stages(&[Examining])),
    right(Kind::HandIn, &[Seat], When::Stages(&[Examining])),
    right(Kind::EndExam, &[Hub, Presiding], When::Stages(&[Examining])),
    even_suspended(Kind::OpenBank, &[Hub], When::Stages(&[Examining])),
    even_suspended(Kind::OpenSheet, &[Hub], When::Stages(&[Examining])),
    even_suspended(Kind::FinishMarking, &[Hub], When::Stages(&[Examining])),
    right(Kind::AskFloor, &[Seat], When::Open),
    right(Kind::LeaveFloor, &[Seat], When::Open),
    right(Kind::CallSpeaker, &[Presiding], When::Open),
    right(Kind::EndSpeech, &[Presiding], When::Open),
    right(Kind::RefuseSpeaker, &[Presiding], When::Open),
    right(Kind::Suspend, &[Presiding], When::Open),
    even_suspended(Kind::Resume, &[Presiding], When::Open),
    even_suspended(Kind::Adjourn, &[Presiding], When::UntilEnd),
    right(Kind::OpenPaperVote, &[Presiding], When::Stages(&[Deliberated, Balloting, Reviewing])),
    right(Kind::EnterCount, &[Scrutineer], When::Rounds(&[OnPaper])),
    right(Kind::EnterCountFor, &[Presiding], When::Rounds(&[OnPaper])),
    right(Kind::RecordSheet, &[Presiding], When::Rounds(&[Counted])),
    right(Kind::ChangeAgenda, &[Presiding], When::Open),
    right(Kind::PutAgenda, &[Presiding], When::Open),
    right(Kind::ObjectToAgenda, &[Seat], When::Open),
    right(Kind::WithdrawAgenda, &[Presiding], When::Open),
    // One that cannot be opened today, and one that cannot go on at the time that was said, too.
    even_suspended(Kind::AdjournTo, &[Presiding], When::UntilEnd),
    right(Kind::Reconvene, &[Presiding], When::Recess),
    even_suspended(Kind::ObjectToResult, &[Presiding, Recorder, Seat], When::Open),
    right(Kind::SettleObjection, &[Presiding], When::Open),
    right(Kind::Reconsider, &[Presiding], When::Open),
    right(Kind::CloseMeeting, &[Presiding], When::Open),
];

/// Whether a command about a round has a meaning in this phase of it.
pub fn in_phase(command: Kind, phase: RoundPhase) -> bool {
    matches!(of(command).map(|right| right.when), Some(When::Rounds(phases)) if phases.contains(&phase))
}

/// The row of a command.
pub fn of(command: Kind) -> Option<&'static Right> {
    TABLE.iter().find(|right| right.command == command)
}

/// The capacities in which somebody can act.
pub fn roles(state: &State, actor: &Actor) -> Vec<Role> {
    match actor {
        Actor::Hub => vec![Role::Hub],
        Actor::Standby => vec![Role::Standby],
        Actor::Console => vec![Role::Presiding],
        Actor::Display(_) => Vec::new(),
        Actor::Seat(seat) => {
            let Some(person) = state.plan().person(seat.as_str()) else { return Vec::new() };
            let mut roles = vec![Role::Seat];
            if person.duties.contains(&Duty::Recorder) {
                roles.push(Role::Recorder);
            }
            if person.duties.contains(&Duty::Scrutineer) && state.scrutineers_approved() {
                roles.push(Role::Scrutineer);
            }
            roles
        }
    }
}

/// Whether `actor` may give a command of this kind now. The procedures ask for the rest.
pub fn check(state: &State, actor: &Actor, command: Kind) -> Result<(), Refusal> {
    let Some(right) = of(command) else { return Err(Refusal::NoRight { command }) };
    if !roles(state, actor).iter().any(|role| right.who.contains(role)) {
        return Err(Refusal::NoRight { command });
    }
    if state.phase == Phase::Ended && right.when != When::Always {
        return Err(Refusal::Ended);
    }
    if let Some(sitting) = state.recess().filter(|_| !in_recess(right.when)) {
        return Err(Refusal::Recess { until: sitting.until });
    }
    if state.suspended.is_some() && !right.suspended {
        return Err(Refusal::Suspended);
    }
    if when(state, right.when) { Ok(()) } else { Err(Refusal::NotNow { command }) }
}

/// Whether something can be done between two sittings.
const fn in_recess(when: When) -> bool {
    matches!(when, When::Always | When::UntilEnd | When::Recess)
}

fn when(state: &State, when: When) -> bool {
    match when {
        When::Always | When::UntilEnd => true,
        When::Sitting => state.phase != Phase::Recess,
        When::Recess => state.phase == Phase::Recess,
        When::SigningIn => state.phase == Phase::SigningIn,
        When::Open => state.phase == Phase::Open,
        When::Stages(stages) => state.current_item().is_some_and(|item| stages.contains(&item.stage)),
        When::Rounds(phases) => {
            let mut rounds = state.rounds_on_floor().chain(state.rounds_under_way());
            rounds.any(|round| phases.contains(&round.phase))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_exactly_one_row() {
        let mut kinds: Vec<Kind> = TABLE.iter().map(|right| right.command).collect();
        let rows = kinds.len();
        kinds.sort();
        kinds.dedup();
        assert_eq!(kinds.len(), rows, "a command has two rows");
        assert_eq!(rows, Kind::CloseMeeting as usize + 1, "a command has no row");
    }
}
