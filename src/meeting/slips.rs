//! Anonymous slips: each reviewer's are issued together, under one key for the review; they come back over anonymous
//! connections, and the hub publishes them at ticks, in no order. What a slip says is a question or an opinion like any
//! other; who wrote it, nobody knows.

use std::collections::BTreeSet;

use super::event::Event;
use super::floor::text;
use super::ids::{Actor, ItemId};
use super::questions::next_id;
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

/// Slips whose official is no longer questioned are opinions; nothing is lost.
pub(super) fn publish(state: &State, id: &ItemId, slips: &[Slip]) -> Decision {
    let (_, _, review) = on_floor(state, id)?;
    let mut next = next_id(review)?;
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
        events.push(match slip.kind {
            SlipKind::Question if questioned => {
                let question = next;
                next.0 = next.0.saturating_add(1);
                let official = slip.official.clone();
                Event::Asked { item, question, official, asker: by, follows: None, text: words }
            }
            SlipKind::Question | SlipKind::Opinion => {
                Event::OpinionGiven { item, official: slip.official.clone(), by, text: words }
            }
        });
    }
    Ok(events)
}
