//! What the hub does in a review: it draws the order, issues slips, and publishes those that came, at ticks and in no
//! order.

use rand::seq::SliceRandom;

use super::desk::{Desk, system_rng};
use super::vault::Slips;
use crate::ballot::{Issuer, Token, TokenInput, VoprfIssuer};
use crate::meeting::{Asker, Command, ItemId, OfficialId, Phase, ReviewState, Slip, TEXT_CHARS_MAX};
use crate::wire::WrongAnswer;

impl Desk {
    pub(super) fn review_duty(&mut self) -> Result<(), String> {
        let going_on = self.state().filter(|state| state.phase != Phase::Ended);
        let Some((item, plan, review)) = going_on.and_then(|state| state.current_review()) else {
            return Ok(());
        };
        let id = item.id.clone();
        if review.drawing {
            let mut order: Vec<OfficialId> =
                plan.officials.iter().map(|official| OfficialId::from(official.id.as_str())).collect();
            order.shuffle(&mut system_rng());
            return self.by_rule(&Command::FixOrder { item: id, order });
        }
        if plan.slips_max > 0 && review.slip_issuer.is_none() {
            return self.publish_slip_issuer(id);
        }
        if std::mem::take(&mut self.ticked) { self.publish_slips() } else { Ok(()) }
    }

    /// The slips of a review, from memory or from the vault.
    pub(super) fn slips(&mut self, item: &ItemId) -> Option<&mut Slips> {
        if self.slips.as_ref().is_none_or(|(held, _)| held != item) {
            self.slips = Some((item.clone(), self.vault.slips(item).ok()??));
        }
        self.slips.as_mut().map(|(_, slips)| slips)
    }

    fn publish_slip_issuer(&mut self, item: ItemId) -> Result<(), String> {
        if self.slips(&item).is_none() {
            let slips = Slips { issuer: VoprfIssuer::generate(&mut system_rng()), pending: Vec::new() };
            self.vault.keep_slips(&item, &slips).map_err(|fault| fault.to_string())?;
            self.slips = Some((item.clone(), slips));
        }
        let issuer = self.slips(&item).ok_or("the slips cannot be read")?.issuer.public_key();
        self.by_rule(&Command::PublishSlipIssuer { item, issuer })
    }

    /// Takes a slip: durable, and not yet in the record.
    pub(super) fn take_slip(&mut self, item: &ItemId, slip: Slip, token: &Token) -> Result<(), WrongAnswer> {
        let going_on = self.state().filter(|state| state.phase != Phase::Ended);
        let review = going_on.and_then(|state| state.current_review()).filter(|(on, ..)| on.id == *item);
        let (_, _, review) = review.ok_or(WrongAnswer::NotOpen)?;
        let chars = slip.text.trim().chars().count();
        let readable = chars > 0 && chars <= usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX);
        if !readable || !review.officials.contains_key(&slip.official) {
            return Err(WrongAnswer::NotOpen);
        }
        let spent = review.slips_spent.contains(&slip.key);
        let published = spent && is_published(review, &slip);
        let key: Option<[u8; 32]> =
            data_encoding::HEXLOWER.decode(slip.key.as_bytes()).ok().and_then(|key| key.try_into().ok());
        let key = key.ok_or(WrongAnswer::Token)?;
        let vault = self.vault.clone();
        let slips = self.slips(item).ok_or(WrongAnswer::NotOpen)?;
        if !slips.issuer.redeem(TokenInput::slip(&key), token) {
            return Err(WrongAnswer::Token);
        }
        match slips.pending.binary_search_by(|held| held.key.cmp(&slip.key)) {
            // The same slip again, its answer having been lost.
            Ok(place) if slips.pending.get(place) == Some(&slip) => Ok(()),
            Ok(_) => Err(WrongAnswer::Token),
            Err(_) if published => Ok(()),
            Err(_) if spent => Err(WrongAnswer::Token),
            Err(place) => {
                slips.pending.insert(place, slip);
                vault.keep_slips(item, slips).map_err(|fault| {
                    slips.pending.remove(place);
                    WrongAnswer::Disk { says: fault.to_string() }
                })
            }
        }
    }

    /// Publishes what came since the last tick. The order is that of random keys: it means nothing.
    pub(super) fn publish_slips(&mut self) -> Result<(), String> {
        let Some((item, _, review)) = self.state().and_then(|state| state.current_review()) else {
            return Ok(());
        };
        let (id, spent) = (item.id.clone(), review.slips_spent.clone());
        let Some(held) = self.slips(&id) else { return Ok(()) };
        // What an earlier tick has put into the record is forgotten here.
        held.pending.retain(|slip| !spent.contains(&slip.key));
        let slips = held.pending.clone();
        if slips.is_empty() {
            return Ok(());
        }
        self.by_rule(&Command::PublishSlips { item: id, slips })
    }
}

/// Whether the record holds this very slip.
fn is_published(review: &ReviewState, slip: &Slip) -> bool {
    let is_its = |by: &Asker| matches!(by, Asker::Slip { key } if *key == slip.key);
    let same = |official: &OfficialId, text: &str| *official == slip.official && text == slip.text.trim();
    review.questions.iter().any(|one| is_its(&one.asker) && same(&one.official, &one.text))
        || review.opinions.iter().any(|one| is_its(&one.by) && same(&one.official, &one.text))
}
