//! The one entrance: a command comes in, events or a refusal go out. Each procedure has its own file.

use jiff::Timestamp;

use super::command::Command;
use super::event::Event;
use super::ids::Actor;
use super::refusal::Refusal;
use super::state::State;
use super::{ballot_round, floor, nomination, rights};

/// What follows from a command. No events and no refusal means: this has been done already, and is answered as before.
///
/// `now` is not used to decide: no rule of a nomination depends on the clock. It is a parameter so that those that
/// will (reports, questions) need no other signature.
///
/// # Errors
/// A [`Refusal`] with the reason; then nothing has changed.
pub fn decide(
    state: &State,
    actor: &Actor,
    command: &Command,
    _now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    rights::check(state, actor, command.kind())?;
    match command {
        Command::Enrol { who, key } => floor::enrol(state, who, key),
        Command::ReissueCode { who } => floor::reissue_code(state, who),
        Command::SignIn { seat } => floor::sign_in(state, actor, seat),
        Command::SignOut { seat } => floor::sign_out(state, actor, seat),
        Command::OpenMeeting => floor::open_meeting(state),
        Command::ApproveScrutineers { agree, disagree, abstain } => {
            floor::approve_scrutineers(state, *agree, *disagree, *abstain)
        }
        Command::Note { text } => floor::note(text),
        Command::Suspend { reason } => floor::suspend(state, reason),
        Command::Resume => floor::resume(state),
        Command::Adjourn { ground } => floor::adjourn(state, ground),
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
        Command::Declare { item } => nomination::declare(state, item),
        Command::OpenIssue { item } => ballot_round::open_issue(state, item),
        Command::PublishIssuer { ballot, issuer } => ballot_round::publish_issuer(state, ballot, issuer),
        Command::RequestPaper { ballot, request } => {
            ballot_round::request_paper(state, actor, ballot, request)
        }
        Command::DeclinePaper { ballot } => ballot_round::decline_paper(state, actor, ballot),
        Command::CloseIssue { ballot } => ballot_round::close_issue(state, actor, ballot),
        Command::FixList { ballot, setup } => ballot_round::fix_list(state, ballot, setup),
        Command::ConfirmList { ballot, setup } => ballot_round::confirm_list(state, actor, ballot, setup),
        Command::Object { ballot, reason } => ballot_round::object(state, actor, ballot, reason),
        Command::NewRound { ballot, reason } => ballot_round::new_round(state, ballot, reason),
        Command::OpenVoting { ballot } => ballot_round::open_voting(state, ballot),
        Command::CloseVoting { ballot } => ballot_round::close_voting(state, ballot),
        Command::FixBox { ballot, ballots } => ballot_round::fix_box(state, ballot, ballots),
        Command::ConfirmBox { ballot, box_hash } => ballot_round::confirm_box(state, actor, ballot, box_hash),
        Command::OpenBox { ballot } => ballot_round::open_box(state, ballot),
        Command::PublishCount { ballot, opened } => ballot_round::publish_count(state, ballot, opened),
    }
}
