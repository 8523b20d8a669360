//! A deliberation during the term. Source: `domain.md` sections 1 and 4: the proposing body reports, the appointee
//! withdraws, members say what they think and question the proposing body; a question that was not answered clearly
//! defers the vote by rule. The rest is a nomination of one line: the appointee comes back and votes as all do.
//!
//! What is said inside is withheld from those outside, who replay the record without it. So nothing here may depend on
//! the words, and on who said them only where it is said: what a withheld line changes for later ones, the kind of its
//! command tells.

use jiff::Timestamp;

use super::command::CommandKind;
use super::event::Event;
use super::floor::text;
use super::ids::{Actor, ItemId, LineId, QuestionId, SeatId};
use super::refusal::Refusal;
use super::state::{ItemState, Stage, State, number};
use super::term_state::{Judged, Said, TermState};
use crate::plan::Deliberation;

type Decision = Result<Vec<Event>, Refusal>;

/// As many statements and questions one person may send: who has more to say is heard.
const SAID_MAX: u32 = 100;

/// The deliberation on the floor; refused where the command names another item.
fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
    kind: CommandKind,
) -> Result<(&'a ItemState, &'a Deliberation, &'a TermState), Refusal> {
    let item = state.item(id).ok_or(Refusal::UnknownItem)?;
    // A nomination is deliberated too, without a record of what was said.
    item.term().ok_or(Refusal::NotNow { command: kind })?;
    state.current_term().filter(|(item, ..)| item.id == *id).ok_or(Refusal::AnotherItemOpen)
}

/// Somebody who is in the room, and not outside.
fn inside(state: &State, item: &ItemState, seat: &SeatId) -> Result<(), Refusal> {
    state.plan().person(seat.as_str()).ok_or_else(|| Refusal::UnknownSeat { seat: seat.clone() })?;
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    if item.recused.contains(seat) {
        return Err(Refusal::Outside { seat: seat.clone() });
    }
    Ok(())
}

/// The own seat of somebody inside who has not used up what one person may send.
fn own<'a>(
    state: &State,
    item: &ItemState,
    term: &TermState,
    actor: &'a Actor,
) -> Result<&'a SeatId, Refusal> {
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    inside(state, item, seat)?;
    if term.by(seat) >= SAID_MAX {
        return Err(Refusal::QuestionsUsedUp { questions_max: SAID_MAX });
    }
    Ok(seat)
}

pub(super) fn say(state: &State, actor: &Actor, id: &ItemId, words: &str) -> Decision {
    let (item, _, term) = on_floor(state, id, CommandKind::SayInside)?;
    let seat = own(state, item, term, actor)?.clone();
    Ok(vec![Event::SaidInside { item: id.clone(), seat, taken_down: false, text: text(words)? }])
}

pub(super) fn take_down_said(state: &State, id: &ItemId, seat: &SeatId, words: &str) -> Decision {
    let (item, ..) = on_floor(state, id, CommandKind::TakeDownSaid)?;
    inside(state, item, seat)?;
    let (item, seat) = (id.clone(), seat.clone());
    Ok(vec![Event::SaidInside { item, seat, taken_down: true, text: text(words)? }])
}

pub(super) fn put(state: &State, actor: &Actor, id: &ItemId, words: &str) -> Decision {
    let (item, _, term) = on_floor(state, id, CommandKind::PutQuestion)?;
    let seat = own(state, item, term, actor)?.clone();
    put_by(id, term, (seat, false), words)
}

pub(super) fn take_down_question(state: &State, id: &ItemId, asker: &SeatId, words: &str) -> Decision {
    let (item, _, term) = on_floor(state, id, CommandKind::TakeDownQuestion)?;
    inside(state, item, asker)?;
    put_by(id, term, (asker.clone(), true), words)
}

fn put_by(id: &ItemId, term: &TermState, (asker, taken_down): (SeatId, bool), words: &str) -> Decision {
    let (item, question) = (id.clone(), term.next_question());
    Ok(vec![Event::QuestionPut { item, question, asker, taken_down, text: text(words)? }])
}

/// The recorder takes a reply down, or somebody of the proposing body gives it.
pub(super) fn reply(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    question: QuestionId,
    words: &str,
) -> Decision {
    let (item, plan, term) = on_floor(state, id, CommandKind::Reply)?;
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    inside(state, item, seat)?;
    let recorder = super::rights::roles(state, actor).contains(&super::rights::Role::Recorder);
    if !plan.answers(seat.as_str()) && !recorder {
        return Err(Refusal::NotProposing);
    }
    term.question(question).ok_or(Refusal::UnknownQuestion)?;
    let seat = plan.answers(seat.as_str()).then(|| seat.clone());
    Ok(vec![Event::Replied { item: id.clone(), question, seat, text: text(words)? }])
}

/// Said anew as often as it takes, until the deliberation ends.
pub(super) fn judge(state: &State, id: &ItemId, question: QuestionId, judged: &Judged) -> Decision {
    let (_, _, term) = on_floor(state, id, CommandKind::JudgeReply)?;
    let put = term.question(question).ok_or(Refusal::UnknownQuestion)?;
    let judged = match judged {
        Judged::Clearly => Judged::Clearly,
        Judged::Unclearly { reason } => Judged::Unclearly { reason: text(reason)? },
    };
    if put.judged.as_ref() == Some(&judged) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ReplyJudged { item: id.clone(), question, judged }])
}

/// Of every question it must have been said whether it was answered clearly; one that was not defers the vote.
pub(super) fn end(state: &State, id: &ItemId) -> Decision {
    let Some((_, plan, term)) = state.current_term().filter(|(item, ..)| item.id == *id) else {
        return Ok(Vec::new());
    };
    let open = number(term.unjudged().count());
    if open > 0 {
        return Err(Refusal::QuestionsUnjudged { open });
    }
    let reasons: Vec<&str> = term.unclear().map(|(_, reason)| reason).collect();
    let line = plan.appointee().map(|appointee| LineId::from(appointee.id.as_str()));
    let deferred = line.filter(|_| !reasons.is_empty()).map(|line| Event::Deferred {
        item: id.clone(),
        line,
        reason: reasons.join(" / "),
    });
    Ok(deferred.into_iter().collect())
}

/// What the rule deferred is not put to the vote after all.
pub(super) fn may_undefer(state: &State, id: &ItemId) -> Result<(), Refusal> {
    let term = state.item_state(id).and_then(|item| item.term());
    match term.and_then(|term| term.unclear().next()) {
        Some((question, _)) => Err(Refusal::AnsweredUnclearly { question }),
        None => Ok(()),
    }
}

/// Whoever it concerns and comes while it is deliberated waits outside.
pub(super) fn comes_late(state: &State, seat: &SeatId) -> Option<Event> {
    let (item, plan, _) = state.current_term()?;
    let concerned = plan.appointee().is_some_and(|appointee| appointee.concerns(seat.as_str()));
    let waits = item.stage == Stage::Deliberating && concerned && !item.recused.contains(seat);
    waits.then(|| Event::Recused { item: item.id.clone(), seat: seat.clone() })
}

/// Folds an event of a deliberation. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    let item = match event {
        Event::SaidInside { item, .. }
        | Event::QuestionPut { item, .. }
        | Event::Replied { item, .. }
        | Event::ReplyJudged { item, .. } => item,
        _ => return false,
    };
    let Some(term) = state.item_mut(item).and_then(|item| item.term_mut()) else { return true };
    let said = |by: Option<&SeatId>, taken_down: bool, text: &String| Said {
        by: by.cloned(),
        taken_down,
        text: Some(text.clone()),
        time,
    };
    match event {
        Event::SaidInside { seat, taken_down, text, .. } => term.say(said(Some(seat), *taken_down, text)),
        Event::QuestionPut { asker, taken_down, text, .. } => term.put(said(Some(asker), *taken_down, text)),
        Event::Replied { question, seat, text, .. } => {
            if let Some(put) = term.question_mut(*question) {
                put.replies.push(said(seat.as_ref(), seat.is_none(), text));
            }
        }
        Event::ReplyJudged { question, judged, .. } => {
            if let Some(put) = term.question_mut(*question) {
                put.judged = Some(judged.clone());
            }
        }
        _ => {}
    }
    true
}
