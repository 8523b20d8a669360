//! Questions: asked by name or as slips, queued, merged, returned, called, answered, ended. Nothing disappears: whatever
//! becomes of a question, it stays in the record with how it ended.

use jiff::civil::Date;

use super::event::Event;
use super::floor::text;
use super::ids::{Actor, ItemId, OfficialId, QuestionId, SeatId};
use super::refusal::Refusal;
use super::review::on_floor;
use super::review_state::{Asker, Ended, OfficialStage, Question, ReviewState, Standing};
use super::rights::{self, Role};
use super::state::{State, number};
use crate::plan::Review;

type Decision = Result<Vec<Event>, Refusal>;

/// How many questions one review holds, at most.
pub const QUESTIONS_MAX: u32 = 2_000;

/// The official who is being questioned, or may already be asked: from the reading of the findings on.
fn questioned(review: &ReviewState) -> Result<&OfficialId, Refusal> {
    let (id, official) = review.current().ok_or(Refusal::NotTheTurn)?;
    if official.stage.may_be_asked() { Ok(id) } else { Err(Refusal::NotTheTurn) }
}

fn is_reviewer(state: &State, plan: &Review, seat: &SeatId) -> bool {
    state.plan().person(seat.as_str()).is_some_and(|person| plan.reviewers.contains(&person.group))
}

/// The seat of somebody who questions and evaluates in this review, and is here.
pub(super) fn reviewer_here<'a>(
    state: &State,
    plan: &Review,
    actor: &'a Actor,
) -> Result<&'a SeatId, Refusal> {
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    if !is_reviewer(state, plan, seat) {
        return Err(Refusal::NotAReviewer);
    }
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
    Ok(seat)
}

/// A question that follows another follows one to the same official.
fn follows(review: &ReviewState, official: &OfficialId, id: Option<QuestionId>) -> Result<(), Refusal> {
    match id {
        None => Ok(()),
        Some(id) => {
            let question = review.question(id).ok_or(Refusal::UnknownQuestion)?;
            if question.official == *official { Ok(()) } else { Err(Refusal::UnknownQuestion) }
        }
    }
}

/// The number of the next question.
pub(super) fn next_id(review: &ReviewState) -> Result<QuestionId, Refusal> {
    let asked = number(review.questions.len());
    if asked >= QUESTIONS_MAX {
        return Err(Refusal::QuestionsUsedUp { questions_max: QUESTIONS_MAX });
    }
    Ok(QuestionId(asked.saturating_add(1)))
}

pub(super) fn ask(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    after: Option<QuestionId>,
    words: &str,
) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    let seat = reviewer_here(state, plan, actor)?;
    if review.asked_by(seat) >= plan.questions_max {
        return Err(Refusal::QuestionsUsedUp { questions_max: plan.questions_max });
    }
    let official = questioned(review)?;
    follows(review, official, after)?;
    Ok(vec![Event::Asked {
        item: id.clone(),
        question: next_id(review)?,
        official: official.clone(),
        asker: Asker::Seat { seat: seat.clone(), oral: false },
        follows: after,
        text: text(words)?,
    }])
}

pub(super) fn enter(
    state: &State,
    id: &ItemId,
    asker: &SeatId,
    after: Option<QuestionId>,
    words: &str,
) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    state.plan().person(asker.as_str()).ok_or_else(|| Refusal::UnknownSeat { seat: asker.clone() })?;
    if !is_reviewer(state, plan, asker) {
        return Err(Refusal::NotAReviewer);
    }
    let official = questioned(review)?;
    follows(review, official, after)?;
    Ok(vec![Event::Asked {
        item: id.clone(),
        question: next_id(review)?,
        official: official.clone(),
        asker: Asker::Seat { seat: asker.clone(), oral: true },
        follows: after,
        text: text(words)?,
    }])
}

fn waiting(review: &ReviewState, id: QuestionId) -> Result<&Question, Refusal> {
    let question = review.question(id).ok_or(Refusal::UnknownQuestion)?;
    if question.standing == Standing::Waiting { Ok(question) } else { Err(Refusal::QuestionNotThere) }
}

pub(super) fn order_queue(state: &State, id: &ItemId, queue: &[QuestionId]) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let sorted = |queue: &[QuestionId]| {
        let mut sorted = queue.to_vec();
        sorted.sort();
        sorted
    };
    if sorted(queue) != sorted(&review.queue) {
        return Err(Refusal::UnknownQuestion);
    }
    if queue == review.queue.as_slice() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::QueueOrdered { item: id.clone(), queue: queue.to_vec() }])
}

pub(super) fn merge(state: &State, id: &ItemId, question: QuestionId, into: QuestionId) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let one = waiting(review, question)?;
    let other = waiting(review, into)?;
    if question == into || one.official != other.official {
        return Err(Refusal::UnknownQuestion);
    }
    Ok(vec![Event::QuestionMerged { item: id.clone(), question, into }])
}

pub(super) fn give_back(state: &State, id: &ItemId, question: QuestionId, reason: &str) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    waiting(review, question)?;
    Ok(vec![Event::QuestionReturned { item: id.clone(), question, reason: text(reason)? }])
}

pub(super) fn call(state: &State, id: &ItemId, question: QuestionId) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    if review.on_floor.is_some() {
        return Err(Refusal::QuestionOnFloor);
    }
    let asked = waiting(review, question)?;
    let (current, official) = review.current().ok_or(Refusal::NotTheTurn)?;
    if asked.official != *current || official.stage != OfficialStage::Questioning {
        return Err(Refusal::NotTheTurn);
    }
    Ok(vec![Event::QuestionCalled { item: id.clone(), question, seconds: plan.answer_seconds }])
}

pub(super) fn take_answer(state: &State, id: &ItemId, question: QuestionId, words: &str) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let asked = review.question(question).ok_or(Refusal::UnknownQuestion)?;
    let answerable = matches!(
        asked.standing,
        Standing::OnFloor | Standing::Ended(Ended::Answered | Ended::Promised { .. })
    );
    if !answerable {
        return Err(Refusal::QuestionNotThere);
    }
    let words = text(words)?;
    if asked.answer == words {
        return Ok(Vec::new());
    }
    Ok(vec![Event::AnswerTaken { item: id.clone(), question, text: words }])
}

/// A due day lies after the day of the meeting.
pub(super) fn due_day(state: &State, due_on: Date) -> Result<(), Refusal> {
    if due_on > state.plan().meeting.date { Ok(()) } else { Err(Refusal::DueDay) }
}

pub(super) fn end(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    question: QuestionId,
    ended: &Ended,
) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let asked = review.question(question).ok_or(Refusal::UnknownQuestion)?;
    let presiding = rights::roles(state, actor).contains(&Role::Presiding);
    let withdraws = *ended == Ended::Withdrawn && is_asker(actor, asked);
    if !presiding && !withdraws {
        return Err(Refusal::NotYourQuestion);
    }
    // Other people's questions were merged into it: only the chair ends those, with a reason.
    if !presiding && !asked.merged.is_empty() {
        return Err(Refusal::QuestionNotThere);
    }
    let ended = match ended {
        Ended::Answered => Ended::Answered,
        Ended::Promised { due_on } => {
            due_day(state, *due_on)?;
            Ended::Promised { due_on: *due_on }
        }
        Ended::Declined { reason } => Ended::Declined { reason: text(reason)? },
        Ended::Withdrawn => Ended::Withdrawn,
    };
    let there = match asked.standing {
        Standing::OnFloor => true,
        Standing::Waiting => matches!(ended, Ended::Declined { .. } | Ended::Withdrawn),
        _ => false,
    };
    if !there {
        return Err(Refusal::QuestionNotThere);
    }
    Ok(vec![Event::QuestionEnded { item: id.clone(), question, ended }])
}

fn is_asker(actor: &Actor, question: &Question) -> bool {
    matches!(&question.asker, Asker::Seat { seat, .. } if actor.seat() == Some(seat))
}

/// An answered question of the actor's own.
fn own_answered<'a>(review: &'a ReviewState, actor: &Actor, id: QuestionId) -> Result<&'a Question, Refusal> {
    let question = review.question(id).ok_or(Refusal::UnknownQuestion)?;
    if !is_asker(actor, question) {
        return Err(Refusal::NotYourQuestion);
    }
    match question.standing {
        Standing::Ended(Ended::Answered | Ended::Promised { .. } | Ended::Declined { .. }) => Ok(question),
        _ => Err(Refusal::QuestionNotThere),
    }
}

pub(super) fn say_if_satisfied(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    question: QuestionId,
    satisfied: bool,
) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let asked = own_answered(review, actor, question)?;
    if asked.satisfied == Some(satisfied) {
        return Ok(Vec::new());
    }
    if asked.inquiry.is_some() {
        return Err(Refusal::QuestionNotThere);
    }
    Ok(vec![Event::SatisfactionSaid { item: id.clone(), question, satisfied }])
}

pub(super) fn inquire(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    question: QuestionId,
    words: &str,
) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let asked = own_answered(review, actor, question)?;
    if asked.satisfied != Some(false) || asked.inquiry.is_some() {
        return Err(Refusal::QuestionNotThere);
    }
    Ok(vec![Event::InquiryFiled { item: id.clone(), question, text: text(words)? }])
}
