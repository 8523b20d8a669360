//! Anonymous slips: each reviewer's are issued together, under one key for the review; they come back over anonymous
//! connections, and the hub publishes them at ticks, in no order. What a slip says is a question or an opinion like any
//! other; who wrote it, nobody knows.

use std::collections::BTreeSet;

use super::event::Event;
use super::floor::text;
use super::ids::{Actor, ItemId};
use super::questions::{following, next_id};
use super::refusal::Refusal;
use super::review::on_floor;
use super::review_state::{Asker, OfficialStage, Slip, SlipKind};
use super::state::State;
use crate::ballot::{BlindRequest, IssuerPublic};

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
    let seat = actor.seat().ok_or(Refusal::NotYourSeat)?;
    let person = state.plan().person(seat.as_str());
    if !person.is_some_and(|person| plan.reviewers.contains(&person.group)) {
        return Err(Refusal::NotAReviewer);
    }
    if !state.is_present(seat) {
        return Err(Refusal::NotPresent { seat: seat.clone() });
    }
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

/// Slips whose official is not questioned now, or for which the list of questions has no room, are opinions; nothing
/// is lost.
pub(super) fn publish(state: &State, id: &ItemId, slips: &[Slip]) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let mut next = next_id(review).ok();
    let mut keys = BTreeSet::new();
    let mut events = Vec::new();
    for slip in slips {
        let fresh = keys.insert(&slip.key) && !review.slips_spent.contains(&slip.key);
        if !fresh {
            return Err(Refusal::SlipsAlreadyIssued);
        }
        let official = review.officials.get(&slip.official).ok_or(Refusal::UnknownOfficial)?;
        let (item, by, words) = (id.clone(), Asker::Slip { key: slip.key.clone() }, text(&slip.text)?);
        let questioned = matches!(
            official.stage,
            OfficialStage::Findings | OfficialStage::Reporting | OfficialStage::Questioning
        );
        let number = next.filter(|_| slip.kind == SlipKind::Question && questioned);
        let official = slip.official.clone();
        events.push(match number {
            Some(question) => {
                next = following(question);
                Event::Asked { item, question, official, asker: by, follows: None, text: words }
            }
            None => Event::OpinionGiven { item, official, by, text: words },
        });
    }
    Ok(events)
}
