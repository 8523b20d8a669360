//! A review, official by official: findings read → report → questions → evaluation → result. Source: `domain.md`
//! section 2. An absent official reports in writing or is put off, with the reason; who is the official or related to
//! one gets no paper for that one.

use jiff::Timestamp;

use super::ballot_round::all_void;
use super::event::{Event, VoidReason};
use super::floor::text;
use super::ids::{Actor, ItemId, OfficialId, SeatId};
use super::questions::{due_day, reviewer_here};
use super::refusal::Refusal;
use super::review_state::{
    Asker, Ended, Left, OfficialStage, OfficialState, Opinion, Question, ReviewState, SpentSlip, Standing,
};
use super::round::{Round, RoundPhase};
use super::state::{ItemState, Stage, State, number};
use super::{Timer, clock};
use crate::plan::{OfficialOrder, Review};

type Decision = Result<Vec<Event>, Refusal>;

/// The review on the floor; refused where the command names another item.
pub(super) fn on_floor<'a>(
    state: &'a State,
    id: &ItemId,
) -> Result<(&'a ItemState, &'a Review, &'a ReviewState), Refusal> {
    state.item(id).and_then(|item| item.review()).ok_or(Refusal::UnknownItem)?;
    state.current_review().filter(|(item, ..)| item.id == *id).ok_or(Refusal::AnotherItemOpen)
}

/// The official whose turn it is, at this stage.
fn at(review: &ReviewState, stage: &OfficialStage) -> Result<OfficialId, Refusal> {
    match review.current() {
        Some((id, official)) if official.stage == *stage => Ok(id.clone()),
        _ => Err(Refusal::NotTheTurn),
    }
}

pub(super) fn draw_order(state: &State, id: &ItemId) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    if plan.order != OfficialOrder::Lot || !review.order.is_empty() {
        return Err(Refusal::OrderIsFixed);
    }
    if review.drawing { Ok(Vec::new()) } else { Ok(vec![Event::OrderAsked { item: id.clone() }]) }
}

pub(super) fn fix_order(state: &State, id: &ItemId, order: &[OfficialId]) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    if !review.drawing || !review.order.is_empty() {
        return Err(Refusal::OrderIsFixed);
    }
    let mut drawn: Vec<&str> = order.iter().map(OfficialId::as_str).collect();
    let mut planned: Vec<&str> = plan.officials.iter().map(|official| official.id.as_str()).collect();
    drawn.sort_unstable();
    planned.sort_unstable();
    if drawn != planned {
        return Err(Refusal::UnknownOfficial);
    }
    Ok(vec![Event::OrderDrawn { item: id.clone(), order: order.to_vec() }])
}

/// Whose turn may begin: nobody else's has, and this one is to come. The order is a default that the chair can depart
/// from, one official at a time, as the record then shows.
pub(super) fn call(state: &State, id: &ItemId, official: &OfficialId) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    if review.order.is_empty() {
        return Err(Refusal::OrderNotDrawn);
    }
    let called = review.officials.get(official).ok_or(Refusal::UnknownOfficial)?;
    let busy = review.current().is_some_and(|(_, current)| !current.stage.is_over());
    if busy || called.stage != OfficialStage::ToCome {
        return Err(Refusal::NotTheTurn);
    }
    Ok(vec![Event::OfficialCalled { item: id.clone(), official: official.clone() }])
}

/// An official who is still to come, or has been called and has not reported. Questions that came already do not wait
/// for somebody who is not there: they are declined for the same reason.
pub(super) fn put_off(state: &State, id: &ItemId, official: &OfficialId, reason: &str) -> Decision {
    let (item, _, review) = on_floor(state, id)?;
    let called = review.officials.get(official).ok_or(Refusal::UnknownOfficial)?;
    // One whose box was not to be opened has no result: voted again, or put off.
    let is_void = |round: &Round| round.phase == RoundPhase::Void;
    let undecided = called.stage == OfficialStage::Evaluating
        && item.last_rounds(Some(official)).any(is_void)
        && !item.last_rounds(Some(official)).any(Round::is_under_way);
    // While papers are out for one, nobody else is put off.
    let may = matches!(called.stage, OfficialStage::ToCome | OfficialStage::Findings)
        && item.stage == Stage::Reviewing;
    if !may && !undecided {
        return Err(Refusal::NotTheTurn);
    }
    let waiting_papers = item.last_rounds(Some(official)).filter(|round| round.is_under_way());
    let voided = all_void(waiting_papers, &VoidReason::PutOff);
    let (official, reason) = (official.clone(), text(reason)?);
    let waiting = review.questions_to(&official).filter(|question| question.standing == Standing::Waiting);
    let declined = waiting.map(|question| Event::QuestionEnded {
        item: id.clone(),
        question: question.id,
        ended: Ended::Declined { reason: reason.clone() },
    });
    let mut events: Vec<Event> = declined.chain(voided).collect();
    events.push(Event::OfficialPutOff { item: id.clone(), official, reason });
    Ok(events)
}

pub(super) fn begin_report(state: &State, id: &ItemId) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    let official = at(review, &OfficialStage::Findings)?;
    Ok(vec![Event::ReportBegan { item: id.clone(), official, seconds: plan.report_seconds }])
}

pub(super) fn report_in_writing(state: &State, id: &ItemId, reason: &str) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let official = at(review, &OfficialStage::Findings)?;
    Ok(vec![Event::ReportedInWriting { item: id.clone(), official, reason: text(reason)? }])
}

pub(super) fn begin_questions(state: &State, id: &ItemId) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let official = at(review, &OfficialStage::Reporting)?;
    Ok(vec![Event::QuestionsBegan { item: id.clone(), official }])
}

/// Questions that still wait do not disappear: it is said what becomes of them.
pub(super) fn end_questions(state: &State, id: &ItemId, left: Option<&Left>) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let official = at(review, &OfficialStage::Questioning)?;
    if review.on_floor.is_some() {
        return Err(Refusal::QuestionOnFloor);
    }
    let waiting = review.queue.len();
    let ended = match left {
        None if waiting > 0 => {
            return Err(Refusal::QuestionsWaiting { waiting: number(waiting) });
        }
        None => None,
        Some(Left::InWriting { due_on }) => {
            due_day(state, *due_on)?;
            Some(Ended::Promised { due_on: *due_on })
        }
        Some(Left::Declined { reason }) => Some(Ended::Declined { reason: text(reason)? }),
    };
    let mut events: Vec<Event> = Vec::new();
    if let Some(ended) = ended {
        events.extend(review.queue.iter().map(|question| Event::QuestionEnded {
            item: id.clone(),
            question: *question,
            ended: ended.clone(),
        }));
    }
    events.push(Event::QuestionsEnded { item: id.clone(), official });
    Ok(events)
}

pub(super) fn give_opinion(
    state: &State,
    actor: &Actor,
    id: &ItemId,
    official: &OfficialId,
    words: &str,
) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    let seat = reviewer_here(state, plan, actor)?;
    if !review.officials.contains_key(official) {
        return Err(Refusal::UnknownOfficial);
    }
    if review.opinions_by(seat) >= plan.opinions_max {
        return Err(Refusal::OpinionsUsedUp { opinions_max: plan.opinions_max });
    }
    let by = Asker::Seat { seat: seat.clone(), oral: false };
    Ok(vec![Event::OpinionGiven { item: id.clone(), official: official.clone(), by, text: text(words)? }])
}

/// Somebody related declares it: no paper for the official whose turn it is. Who holds one already, from an issue for
/// several officials, makes it void for all: a list is never edited.
pub(super) fn recuse(state: &State, id: &ItemId, seat: &SeatId) -> Decision {
    let (item, _, review) = on_floor(state, id)?;
    let (subject, official) = review.current().ok_or(Refusal::NotTheTurn)?;
    if official.recused.contains(seat) {
        return Err(Refusal::AlreadyRecused { seat: seat.clone() });
    }
    if official.stage.is_over() {
        return Err(Refusal::NotTheTurn);
    }
    let waiting = || item.last_rounds(Some(subject)).filter(|round| round.is_under_way());
    let mut events = vec![Event::Recused { item: id.clone(), seat: seat.clone() }];
    if waiting().any(|round| round.issue.electorate.contains(seat)) {
        events.extend(all_void(waiting(), &VoidReason::Recused));
    }
    Ok(events)
}

pub(super) fn declare_official(state: &State, id: &ItemId) -> Decision {
    let (item, _, review) = on_floor(state, id)?;
    let official = at(review, &OfficialStage::Evaluating)?;
    let counted = item.rounds_together().all(|round| round.phase == RoundPhase::Counted);
    if counted {
        super::nomination::sheet_answered(state, item)?;
    }
    let verdict = state.verdict_of(id, &official).filter(|_| counted);
    let verdict = verdict.ok_or(Refusal::NotNow { command: super::CommandKind::DeclareOfficial })?;
    Ok(vec![Event::OfficialDeclared { item: id.clone(), official, verdict }])
}

/// A review is over when every official is declared or put off.
pub(super) fn declare(state: &State, id: &ItemId) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let left = review.officials.values().filter(|official| !official.stage.is_over()).count();
    if left > 0 {
        return Err(Refusal::OfficialsLeft { left: number(left) });
    }
    Ok(vec![Event::Declared { item: id.clone() }])
}

// ---- folding ----------------------------------------------------------------------------------------------------

/// Folds an event of a review. False: it is none.
pub(super) fn apply(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::OrderAsked { item } => with(state, item, |review| review.drawing = true),
        Event::OrderDrawn { item, order } => with(state, item, |review| {
            review.drawing = false;
            review.order.clone_from(order);
        }),
        Event::OfficialCalled { item, official } => with(state, item, |review| {
            review.current = Some(official.clone());
            stage(review, official, OfficialStage::Findings);
        }),
        Event::OfficialPutOff { item, official, reason } => {
            let mut on_floor = false;
            with(state, item, |review| {
                stage(review, official, OfficialStage::PutOff { reason: reason.clone() });
                on_floor = review.current.as_ref() == Some(official);
            });
            // Another one may be voted on meanwhile.
            if let Some(item) = state.item_mut(item).filter(|_| on_floor) {
                item.stage = Stage::Reviewing;
            }
        }
        Event::ReportBegan { item, official, seconds } => with(state, item, |review| {
            stage(review, official, OfficialStage::Reporting);
            change(review, official, |official| official.report_began = Some(time));
            review.clock = Some(clock::Timer::start(*seconds, time));
        }),
        Event::ReportedInWriting { item, official, reason } => with(state, item, |review| {
            stage(review, official, OfficialStage::Questioning);
            change(review, official, |official| official.in_writing = Some(reason.clone()));
        }),
        Event::QuestionsBegan { item, official } => with(state, item, |review| {
            let ran = review.clock.take().map(|clock| clock.ran(time));
            stage(review, official, OfficialStage::Questioning);
            change(review, official, |official| official.report_millis = ran);
        }),
        Event::QuestionsEnded { item, official } => with(state, item, |review| {
            review.clock = None;
            stage(review, official, OfficialStage::Evaluating);
        }),
        Event::OpinionGiven { item, official, by, text } => with(state, item, |review| {
            let (official, by, text) = (official.clone(), by.clone(), text.clone());
            review.opinions.push(Opinion { official, by, text, time });
        }),
        Event::SlipIssuerPublished { item, issuer } => {
            with(state, item, |review| review.slip_issuer = Some(issuer.clone()));
        }
        Event::SlipsIssued { item, seat, requests } => with(state, item, |review| {
            review.slips_issued.insert(seat.clone(), requests.clone());
        }),
        Event::SlipActed { item, key, token, signature } => with(state, item, |review| {
            // The first act has the token.
            if let Some(token) = token {
                let spent = SpentSlip { token: token.clone(), acts: Vec::new() };
                review.slips_spent.entry(key.clone()).or_insert(spent);
            }
            if let Some(spent) = review.slips_spent.get_mut(key) {
                spent.acts.push(signature.clone());
            }
        }),
        Event::SlipKeyPublished { item, secret, unfounded } => with(state, item, |review| {
            review.slip_secret = Some(secret.clone());
            review.slips_unfounded.clone_from(unfounded);
        }),
        Event::OfficialDeclared { item, official, verdict } => {
            with(state, item, |review| {
                stage(review, official, OfficialStage::Declared);
                change(review, official, |official| official.verdict = Some(verdict.clone()));
            });
            if let Some(item) = state.item_mut(item) {
                item.stage = Stage::Reviewing;
            }
        }
        _ => return apply_question(state, event, time),
    }
    true
}

fn apply_question(state: &mut State, event: &Event, time: Timestamp) -> bool {
    match event {
        Event::Asked { item, question, official, asker, follows, text } => with(state, item, |review| {
            review.queue.push(*question);
            review.questions.push(Question {
                id: *question,
                official: official.clone(),
                asker: asker.clone(),
                follows: *follows,
                text: text.clone(),
                time,
                called: None,
                merged: Vec::new(),
                answer: String::new(),
                standing: Standing::Waiting,
                satisfied: None,
                inquiry: None,
            });
        }),
        Event::QueueOrdered { item, queue } => with(state, item, |review| review.queue.clone_from(queue)),
        Event::QuestionMerged { item, question, into } => with(state, item, |review| {
            leave_queue(review, *question);
            question_mut(review, *question, |one| one.standing = Standing::Merged { into: *into });
            question_mut(review, *into, |other| other.merged.push(*question));
        }),
        Event::QuestionReturned { item, question, reason } => with(state, item, |review| {
            leave_queue(review, *question);
            question_mut(review, *question, |one| {
                one.standing = Standing::Returned { reason: reason.clone() };
            });
        }),
        Event::QuestionCalled { item, question, seconds } => with(state, item, |review| {
            leave_queue(review, *question);
            review.on_floor = Some(*question);
            review.clock = Some(Timer::start(*seconds, time));
            question_mut(review, *question, |one| {
                one.standing = Standing::OnFloor;
                one.called = Some(time);
            });
        }),
        Event::AnswerTaken { item, question, text } => with(state, item, |review| {
            question_mut(review, *question, |one| one.answer.clone_from(text));
        }),
        Event::QuestionEnded { item, question, ended } => with(state, item, |review| {
            leave_queue(review, *question);
            if review.on_floor == Some(*question) {
                review.on_floor = None;
                review.clock = None;
            }
            question_mut(review, *question, |one| one.standing = Standing::Ended(ended.clone()));
        }),
        Event::SatisfactionSaid { item, question, satisfied } => with(state, item, |review| {
            question_mut(review, *question, |one| one.satisfied = Some(*satisfied));
        }),
        Event::InquiryFiled { item, question, text } => with(state, item, |review| {
            question_mut(review, *question, |one| one.inquiry = Some(text.clone()));
        }),
        _ => return false,
    }
    true
}

fn with(state: &mut State, item: &ItemId, change: impl FnOnce(&mut ReviewState)) {
    if let Some(review) = state.item_mut(item).and_then(|item| item.review_mut()) {
        change(review);
    }
}

fn change(review: &mut ReviewState, official: &OfficialId, change: impl FnOnce(&mut OfficialState)) {
    if let Some(official) = review.officials.get_mut(official) {
        change(official);
    }
}

fn stage(review: &mut ReviewState, official: &OfficialId, stage: OfficialStage) {
    change(review, official, |official| official.stage = stage);
}

fn question_mut(review: &mut ReviewState, id: super::QuestionId, change: impl FnOnce(&mut Question)) {
    if let Some(question) = review.questions.iter_mut().find(|question| question.id == id) {
        change(question);
    }
}

fn leave_queue(review: &mut ReviewState, id: super::QuestionId) {
    review.queue.retain(|waiting| *waiting != id);
}
