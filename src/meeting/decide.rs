//! The one entrance: a command comes in, events or a refusal go out. Each procedure has its own file.

use jiff::Timestamp;

use super::command::Command;
use super::event::Event;
use super::ids::{Actor, ItemId};
use super::refusal::Refusal;
use super::standby::Machine;
use super::state::State;
use super::{
    agenda, ballot_round, by_paper, contest, exam, floor, issue, joint, key, matter, named_vote, nomination,
    open_vote, opening, proposal, questions, reopening, result_objection, review, rights, room, sittings,
    slips, speaking, standby, term,
};
use crate::plan::ItemKind;

/// What follows from a command. No events and no refusal means: this has been done already, and is answered as before.
///
/// `now` is the time of the line: terminals have a minute to answer to a fixed box before others may go on without them.
///
/// # Errors
/// A [`Refusal`] with the reason; then nothing has changed.
pub fn decide(
    state: &State,
    actor: &Actor,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    rights::check(state, actor, command.kind())?;
    proposal::allows(state, command)?;
    match command {
        Command::Enrol { who, key } => floor::enrol(state, who, key),
        Command::EnrolStandby { key, pin, addresses } => {
            let (key, pin, addresses) = (key.clone(), pin.clone(), addresses.clone());
            standby::enrol(state, &Machine { key, pin, addresses })
        }
        Command::AttachStandby => standby::attach(state),
        Command::DetachStandby { reason } => standby::detach(state, *reason),
        Command::TakeOver { epoch, last, forced } => standby::take_over(state, actor, *epoch, last, *forced),
        Command::ReissueCode { who } => floor::reissue_code(state, who),
        Command::SignIn { seat } => floor::sign_in(state, actor, seat),
        Command::SignOut { seat } => floor::sign_out(state, actor, seat),
        Command::OpenMeeting => floor::open_meeting(state),
        Command::ApproveScrutineers { agree, disagree, abstain } => {
            floor::approve_scrutineers(state, *agree, *disagree, *abstain)
        }
        Command::MakeKey => key::make(state),
        Command::CertifyKey { ceremony, certificate } => key::certify(state, actor, *ceremony, certificate),
        Command::CommitDealing { ceremony, dealing } => key::commit(state, actor, *ceremony, dealing),
        Command::FixTrustees { ceremony, trustees } => key::fix(state, *ceremony, trustees),
        Command::ConfirmTrustees { ceremony, trustees } => key::confirm(state, actor, *ceremony, trustees),
        Command::CountHeads { item, heads } => room::count_heads(state, actor, item, *heads),
        Command::ConfirmRoom { head } => room::confirm(state, actor, head),
        Command::Note { text } => floor::note(text),
        Command::Suspend { reason } => floor::suspend(state, reason),
        Command::Resume => floor::resume(state),
        Command::Adjourn { ground } => floor::adjourn(state, ground),
        Command::AdjournTo { until, reason } => sittings::adjourn_to(state, until, reason, now),
        Command::Reconvene => sittings::reconvene(state),
        Command::CloseMeeting => floor::close(state),
        Command::OpenItem { item } => nomination::open(state, item),
        Command::Introduce { item, line } => nomination::introduce(state, item, line),
        Command::BeginRecusal { item } => nomination::begin_recusal(state, item),
        Command::Recuse { item, seat } => nomination::recuse(state, actor, item, seat),
        Command::Return { item, seat } => nomination::return_one(state, item, seat),
        Command::BeginDeliberation { item } => nomination::begin_deliberation(state, item),
        Command::EndDeliberation { item } => nomination::end_deliberation(state, item),
        Command::Defer { item, line, reason } => nomination::defer(state, item, line, reason),
        Command::Undefer { item, line } => nomination::undefer(state, item, line),
        Command::CallFurtherRound { item } => contest::call_further(state, item),
        Command::Declare { item } => declare(state, item),
        Command::DrawOrder { item } => review::draw_order(state, item),
        Command::FixOrder { item, order } => review::fix_order(state, item, order),
        Command::CallOfficial { item, official } => review::call(state, item, official),
        Command::PutOff { item, official, reason } => review::put_off(state, item, official, reason),
        Command::BeginReport { item } => review::begin_report(state, item),
        Command::ReportInWriting { item, reason } => review::report_in_writing(state, item, reason),
        Command::BeginQuestions { item } => review::begin_questions(state, item),
        Command::EndQuestions { item, left } => review::end_questions(state, item, left.as_ref()),
        Command::GiveOpinion { item, official, text } => {
            review::give_opinion(state, actor, item, official, text)
        }
        Command::DeclareOfficial { item } => review::declare_official(state, item),
        Command::PublishSlipIssuer { item, issuer } => slips::publish_issuer(state, item, issuer),
        Command::RequestSlips { item, requests } => slips::request(state, actor, item, requests),
        Command::PublishSlips { item, slips } => slips::publish(state, item, slips),
        Command::PublishSlipKey { item, secret } => slips::publish_key(state, item, secret),
        Command::Ask { item, follows, text } => questions::ask(state, actor, item, *follows, text),
        Command::EnterQuestion { item, asker, follows, text } => {
            questions::enter(state, item, asker, *follows, text)
        }
        Command::OrderQueue { item, queue } => questions::order_queue(state, item, queue),
        Command::MergeQuestion { item, question, into } => questions::merge(state, item, *question, *into),
        Command::ReturnQuestion { item, question, reason } => {
            questions::give_back(state, item, *question, reason)
        }
        Command::CallQuestion { item, question } => questions::call(state, item, *question),
        Command::TakeAnswer { item, question, text } => questions::take_answer(state, item, *question, text),
        Command::EndQuestion { item, question, ended } => {
            questions::end(state, actor, item, *question, ended)
        }
        Command::SayIfSatisfied { item, question, satisfied } => {
            questions::say_if_satisfied(state, actor, item, *question, *satisfied)
        }
        Command::Inquire { item, question, text } => questions::inquire(state, actor, item, *question, text),
        Command::GiveStance { item, official, stance } => joint::give(state, actor, item, official, stance),
        Command::EnterStance { item, official, department, stance } => {
            joint::enter(state, item, official, department, stance)
        }
        Command::CloseOpinions { item, official } => joint::close(state, item, official),
        Command::CloseAllOpinions { item } => joint::close_all(state, item),
        Command::SayInside { item, text } => term::say(state, actor, item, text),
        Command::TakeDownSaid { item, seat, text } => term::take_down_said(state, item, seat, text),
        Command::PutQuestion { item, text } => term::put(state, actor, item, text),
        Command::TakeDownQuestion { item, asker, text } => term::take_down_question(state, item, asker, text),
        Command::Reply { item, question, text } => term::reply(state, actor, item, *question, text),
        Command::JudgeReply { item, question, judged } => term::judge(state, item, *question, judged),
        Command::RecordNotice { item, seats, on } => matter::record_notice(state, item, seats, *on),
        Command::BeginStatements { item } => matter::begin_statements(state, item),
        Command::FixSpeakers { item, order } => matter::fix_speakers(state, item, order),
        Command::AskMember { item, seat } => matter::ask(state, item, seat),
        Command::GiveStatement { item, seat, text } => matter::state_view(state, actor, item, seat, text),
        Command::PassStatement { item, seat } => matter::pass(state, actor, item, seat),
        Command::SumUp { item, text } => matter::sum_up(state, actor, item, text),
        Command::PutToVote { item } => put_to_vote(state, item),
        Command::DeferMatter { item, reason } => matter::defer(state, item, reason),
        Command::VoteByName { item, choice } => named_vote::vote(state, actor, item, *choice),
        Command::EnterVote { item, seat, choice, reason } => {
            named_vote::enter(state, item, seat, *choice, reason)
        }
        Command::CloseNamedVote { item } => named_vote::close(state, item),
        Command::SignMatter { item, record } => matter::sign(state, actor, item, record),
        Command::LeaveUnsigned { item, reason } => matter::leave_unsigned(state, item, reason),
        Command::CountHands { item, agree, disagree, abstain } => {
            open_vote::count_hands(state, item, (*agree, *disagree, *abstain))
        }
        Command::ObjectToVote { item, seat } => open_vote::object(state, actor, item, seat),
        Command::TakeWithoutObjection { item } => open_vote::take_without_objection(state, item),
        Command::TakePlace { item, lot } => exam::take_place(state, actor, item, lot, now),
        Command::BeginExam { item } => exam::begin(state, item),
        Command::HandIn { item, number, sheet } => exam::hand_in(state, actor, item, (*number, sheet), now),
        Command::EndExam { item } => exam::end(state, actor, item, now),
        Command::OpenBank { item, opened } => exam::open_bank(state, item, opened),
        Command::OpenSheet { item, seat, sheet } => exam::open_sheet(state, item, seat, sheet.as_deref()),
        Command::FinishMarking { item, figures } => exam::finish(state, item, figures),
        Command::AskFloor => speaking::ask(state, actor),
        Command::LeaveFloor => speaking::leave(state, actor),
        Command::CallSpeaker { seat, seconds } => speaking::call(state, seat, *seconds),
        Command::EndSpeech => speaking::end(state),
        Command::RefuseSpeaker { seat, reason } => speaking::refuse(state, seat, reason),
        Command::PauseClock => speaking::pause_clock(state),
        Command::ResumeClock => speaking::resume_clock(state),
        Command::ExtendClock { seconds } => speaking::extend_clock(state, *seconds),
        Command::OpenIssue { item } => issue::open(state, item),
        Command::PublishIssuer { ballot, issuer } => issue::publish_issuer(state, ballot, issuer),
        Command::RequestPapers { papers } => issue::request_papers(state, actor, papers),
        Command::DeclinePaper { ballot } => issue::decline_paper(state, actor, ballot),
        Command::CloseIssue { ballot } => issue::close(state, actor, ballot),
        Command::FixList { ballot, setup } => issue::fix_list(state, ballot, setup),
        Command::ConfirmLists { lists } => issue::confirm_lists(state, actor, lists),
        Command::Object { ballot, reason } => ballot_round::object(state, actor, ballot, reason),
        Command::NewRound { ballot, reason } => ballot_round::new_round(state, ballot, reason),
        Command::OpenVoting { ballot } => ballot_round::open_voting(state, ballot),
        Command::CloseVoting { ballot } => ballot_round::close_voting(state, ballot),
        Command::FixBox { ballot, ballots } => ballot_round::fix_box(state, ballot, ballots, now),
        Command::EndBoxCheck { ballot } => ballot_round::end_box_check(state, ballot, now),
        Command::ConfirmBox { ballot, box_hash } => ballot_round::confirm_box(state, actor, ballot, box_hash),
        Command::OpenBox { ballot } => ballot_round::open_box(state, ballot),
        Command::AcceptMissing { ballot, seats } => {
            ballot_round::accept_missing(state, actor, ballot, seats, now)
        }
        Command::KeepClosed { ballot } => ballot_round::keep_closed(state, ballot),
        Command::ReleaseFactors { ballot, sum, factors } => {
            opening::release(state, actor, ballot, sum, factors)
        }
        Command::ShowFalseFactors { ballot, seat, tally, factors } => {
            opening::show_false(state, ballot, seat, tally, factors)
        }
        Command::NameSilent { ballot, seats } => opening::name_silent(state, ballot, seats, now),
        Command::DeclareUnopenable { ballot } => opening::declare_unopenable(state, ballot),
        Command::SignResult { ballot, result } => ballot_round::sign_result(state, actor, ballot, result),
        Command::RefuseResult { ballot, reason } => ballot_round::refuse_result(state, actor, ballot, reason),
        Command::OpenPaperVote { item } => by_paper::open(state, item),
        Command::EnterCount { ballot, count } => by_paper::enter(state, actor, ballot, count),
        Command::EnterCountFor { ballot, scrutineer, count } => {
            by_paper::enter_for(state, ballot, scrutineer, count)
        }
        Command::RecordSheet { ballot, scrutineer, result, refused } => {
            by_paper::record_sheet(state, ballot, scrutineer, result, refused.as_deref())
        }
        Command::ChangeAgenda { change, decided, reason } => agenda::change(state, change, *decided, reason),
        Command::PutAgenda { change, reason } => proposal::put(state, change, reason),
        Command::ObjectToAgenda { number } => proposal::object(state, actor, *number),
        Command::WithdrawAgenda => proposal::withdraw(state),
        Command::ObjectToResult { item, official, by, reason } => {
            result_objection::object(state, actor, item, official.as_ref(), by, reason)
        }
        Command::SettleObjection { number, outcome, reason } => {
            result_objection::settle(state, *number, *outcome, reason)
        }
        Command::Reconsider { item, lines, agree, disagree, abstain, reason } => {
            reopening::reconsider(state, item, lines, [*agree, *disagree, *abstain], reason)
        }
        Command::PublishCount { ballot, opened } => ballot_round::publish_count(state, ballot, opened),
    }
}

/// Declares an item: each kind has its own conditions.
fn declare(state: &State, id: &ItemId) -> Result<Vec<Event>, Refusal> {
    match state.item(id).map(|item| &item.kind) {
        Some(ItemKind::Review(_)) => review::declare(state, id),
        Some(ItemKind::OpenVote(_)) => open_vote::declare(state, id),
        Some(ItemKind::Exam(_)) => exam::declare(state, id),
        Some(ItemKind::JointMeeting(_)) => joint::declare(state, id),
        Some(ItemKind::MajorMatter(matter)) if matter.secret.is_none() => matter::declare(state, id),
        Some(
            ItemKind::Nomination(_)
            | ItemKind::Contested(_)
            | ItemKind::MajorMatter(_)
            | ItemKind::Deliberation(_),
        ) => nomination::declare(state, id),
        None => Err(Refusal::UnknownItem),
    }
}

fn put_to_vote(state: &State, id: &ItemId) -> Result<Vec<Event>, Refusal> {
    match state.item(id).map(|item| &item.kind) {
        Some(ItemKind::OpenVote(_)) => open_vote::put_to_vote(state, id),
        _ => matter::put_to_vote(state, id),
    }
}
