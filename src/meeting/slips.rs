//! Anonymous slips: each reviewer's are issued together, under one key for the review; they come back over anonymous
//! connections, and the hub publishes them at ticks, in no order. What a slip says is a question or an opinion like any
//! other; who wrote it, nobody knows. When the review or the meeting is over, the key is published: from then on
//! everybody can check every token.
//!
//! A slip holds one question or one opinion, and a question at most one follow-up: with k slips nobody asks more than
//! 2 k questions, and no slip of somebody else is needed to follow up an answer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::apply::apply;
use super::event::Event;
use super::ids::{Actor, ItemId, OfficialId, QuestionId};
use super::questions::{next_id, reviewer_here};
use super::refusal::Refusal;
use super::review::on_floor;
use super::review_state::{Asker, Ended, Question, ReviewState, SpentSlip, Standing};
use super::slip_act::{SLIP_ACTS_MAX, SlipAct, SlipSays, key_bytes};
use super::state::{Phase, Stage, State, number};
use crate::ballot::{BlindRequest, IssuerPublic, IssuerSecret, TokenInput, check_token};

type Decision = Result<Vec<Event>, Refusal>;

pub(super) fn publish_issuer(state: &State, id: &ItemId, issuer: &IssuerPublic) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    if plan.slips_max == 0 {
        return Err(Refusal::NoSlips);
    }
    match &review.slip_issuer {
        Some(published) if published == issuer => Ok(Vec::new()),
        Some(_) => Err(Refusal::NoSlips),
        None => Ok(vec![Event::SlipIssuerPublished { item: id.clone(), issuer: issuer.clone() }]),
    }
}

/// All slips of a seat at once. The same requests again are answered again; others are refused.
pub(super) fn request(state: &State, actor: &Actor, id: &ItemId, requests: &[BlindRequest]) -> Decision {
    let (_, plan, review) = on_floor(state, id)?;
    let seat = reviewer_here(state, plan, actor)?;
    if review.slip_issuer.is_none() {
        return Err(Refusal::IssuerNotPublished);
    }
    match review.slips_issued.get(seat) {
        Some(issued) if issued == requests => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::SlipsAlreadyIssued),
        None => {}
    }
    if requests.len() != usize::try_from(plan.slips_max).unwrap_or(usize::MAX) || requests.is_empty() {
        return Err(Refusal::NoSlips);
    }
    let (item, seat, requests) = (id.clone(), seat.clone(), requests.to_vec());
    Ok(vec![Event::SlipsIssued { item, seat, requests }])
}

/// What came since the last tick, sorted by key and number: the order says nothing of when. Each act is taken once, with
/// the next number of its key; a token stands beside the first.
///
/// Questions whose official is not questioned now, or for which the list of questions has no room, are opinions; nothing
/// is lost.
pub(super) fn publish(state: &State, id: &ItemId, acts: &[SlipAct]) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let place = |act: &SlipAct| (act.key.clone(), act.number);
    if !acts.is_sorted_by(|one, next| place(one) < place(next)) {
        return Err(Refusal::SlipActUsed);
    }
    let new: BTreeSet<&str> = acts.iter().map(|act| act.key.as_str()).collect();
    let new = new.into_iter().filter(|key| !review.slips_spent.contains_key(*key)).count();
    let (issued, spent) = (review.issued_slips(), review.slips_spent.len().saturating_add(new));
    if spent > issued {
        return Err(Refusal::MoreSlipsThanIssued { issued: number(issued), spent: number(spent) });
    }
    // Each act is decided in the state that those before it leave.
    let mut ahead = state.clone();
    let mut events = Vec::new();
    for act in acts {
        act.check(state.session(), id)?;
        let (_, _, review) = on_floor(&ahead, id)?;
        let followed = decide_act(review, id, act)?;
        for event in &followed {
            apply(&mut ahead, event, &Actor::Hub, Timestamp::UNIX_EPOCH);
        }
        events.extend(followed);
    }
    Ok(events)
}

fn decide_act(review: &ReviewState, id: &ItemId, act: &SlipAct) -> Decision {
    let spent = review.slips_spent.get(&act.key);
    let before = spent.map_or(0, |spent| u32::try_from(spent.acts.len()).unwrap_or(u32::MAX));
    if act.number != before.saturating_add(1) || act.number > SLIP_ACTS_MAX {
        return Err(Refusal::SlipActUsed);
    }
    if act.token.is_some() != spent.is_none() {
        return Err(Refusal::SlipToken);
    }
    if act.says.begins() != spent.is_none() {
        return Err(Refusal::SlipActUsed);
    }
    let (item, key, signature) = (id.clone(), act.key.clone(), act.signature.clone());
    let acted = Event::SlipActed { item, key, token: act.token.clone(), signature };
    let mut events = vec![acted];
    events.extend(what_follows(review, id, &act.key, &act.says)?);
    Ok(events)
}

/// What an act does; nothing where it has been overtaken.
fn what_follows(
    review: &ReviewState,
    id: &ItemId,
    key: &str,
    says: &SlipSays,
) -> Result<Option<Event>, Refusal> {
    let item = id.clone();
    let known = |official: &OfficialId| review.officials.contains_key(official);
    Ok(match says {
        SlipSays::Question { official, text } if known(official) => {
            Some(ask(review, item, key, official, None, text))
        }
        SlipSays::Opinion { official, text } if known(official) => Some(opinion(item, key, official, text)),
        SlipSays::Question { .. } | SlipSays::Opinion { .. } => return Err(Refusal::UnknownOfficial),
        SlipSays::FollowUp { question, text } => {
            let asked = own_over(review, key, *question)?;
            if review.slip_followed_up(key) {
                return Err(Refusal::SlipFollowedUp);
            }
            Some(ask(review, item, key, &asked.official, Some(*question), text))
        }
        SlipSays::Satisfied { question, satisfied } => {
            let asked = own_over(review, key, *question)?;
            let moot = asked.satisfied == Some(*satisfied) || asked.inquiry.is_some();
            let (question, satisfied) = (*question, *satisfied);
            (!moot).then_some(Event::SatisfactionSaid { item, question, satisfied })
        }
        SlipSays::Inquiry { question, text } => {
            let asked = own_over(review, key, *question)?;
            if asked.satisfied != Some(false) || asked.inquiry.is_some() {
                return Err(Refusal::QuestionNotThere);
            }
            Some(Event::InquiryFiled { item, question: *question, text: text.clone() })
        }
    })
}

fn ask(
    review: &ReviewState,
    item: ItemId,
    key: &str,
    official: &OfficialId,
    follows: Option<QuestionId>,
    text: &str,
) -> Event {
    let questioned = review.officials.get(official).is_some_and(|official| official.stage.may_be_asked());
    match next_id(review).ok().filter(|_| questioned) {
        Some(question) => {
            let (official, text) = (official.clone(), text.to_owned());
            Event::Asked { item, question, official, asker: by(key), follows, text }
        }
        None => opinion(item, key, official, text),
    }
}

fn opinion(item: ItemId, key: &str, official: &OfficialId, text: &str) -> Event {
    Event::OpinionGiven { item, official: official.clone(), by: by(key), text: text.to_owned() }
}

fn by(key: &str) -> Asker {
    Asker::Slip { key: key.to_owned() }
}

/// A question of this slip's own that has come to its end.
fn own_over<'a>(review: &'a ReviewState, key: &str, id: QuestionId) -> Result<&'a Question, Refusal> {
    let question = review.question(id).ok_or(Refusal::UnknownQuestion)?;
    if !matches!(&question.asker, Asker::Slip { key: own } if own == key) {
        return Err(Refusal::NotYourQuestion);
    }
    match question.standing {
        Standing::Ended(Ended::Answered | Ended::Promised { .. } | Ended::Declined { .. }) => Ok(question),
        _ => Err(Refusal::QuestionNotThere),
    }
}

/// The key, once no slip can come any more: the review is declared, or the meeting over. It names the slips whose token
/// does not hold; of a hub that keeps to the rules there are none.
pub(super) fn publish_key(state: &State, id: &ItemId, secret: &IssuerSecret) -> Decision {
    let item = state.item_state(id).ok_or(Refusal::UnknownItem)?;
    let review = item.review().ok_or(Refusal::UnknownItem)?;
    if item.stage != Stage::Declared && state.phase != Phase::Ended {
        return Err(Refusal::SlipsStillCome);
    }
    let issuer = review.slip_issuer.as_ref().ok_or(Refusal::IssuerNotPublished)?;
    match &review.slip_secret {
        Some(published) if published == secret => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::SlipKey),
        None if !secret.is_of(issuer) => return Err(Refusal::SlipKey),
        None => {}
    }
    let unfounded = unfounded(&review.slips_spent, secret);
    Ok(vec![Event::SlipKeyPublished { item: id.clone(), secret: secret.clone(), unfounded }])
}

/// The slips whose token was not issued for them.
fn unfounded(spent: &BTreeMap<String, SpentSlip>, secret: &IssuerSecret) -> Vec<String> {
    let holds = |key: &str, slip: &SpentSlip| {
        key_bytes(key).is_some_and(|bytes| check_token(secret, TokenInput::slip(&bytes), &slip.token))
    };
    spent.iter().filter(|(key, slip)| !holds(key, slip)).map(|(key, _)| key.clone()).collect()
}
