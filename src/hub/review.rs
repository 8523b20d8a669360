//! What the hub does in a review: it draws the order, as it draws that of a major matter's speakers; it issues slips, publishes those that came, at ticks and in no
//! order, and at the end the key under which they were issued.

use rand::seq::SliceRandom;

use super::desk::{Desk, system_rng};
use super::vault::Slips;
use crate::ballot::{Issuer, TokenInput, VoprfIssuer};
use crate::meeting::{
    Actor, Command, ItemId, MatterPhase, OfficialId, Phase, SeatId, SlipAct, Stage, decide,
};
use crate::wire::WrongAnswer;

impl Desk {
    pub(super) fn review_duty(&mut self) -> Result<(), String> {
        self.floor_duty()?;
        self.publish_slip_key()
    }

    /// What the review or the major matter on the floor asks of the hub.
    fn floor_duty(&mut self) -> Result<(), String> {
        let going_on = self.state().filter(|state| state.phase != Phase::Ended);
        if let Some((item, plan, _)) = going_on
            .and_then(|state| state.current_matter())
            .filter(|(_, _, matter)| matter.phase == MatterPhase::Drawing)
        {
            let item = item.id.clone();
            let mut order: Vec<SeatId> = plan.speakers.iter().map(|id| id.as_str().into()).collect();
            order.shuffle(&mut system_rng());
            return self.by_rule(&Command::FixSpeakers { item, order });
        }
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

    /// Takes an act of a slip: durable, and not yet in the record. What is taken can be published at the next tick,
    /// whatever happens until then: the same rules have allowed it here.
    pub(super) fn take_slip(&mut self, item: &ItemId, mut act: SlipAct) -> Result<(), WrongAnswer> {
        let token = act.token.take().ok_or(WrongAnswer::Token)?;
        let key = act.key_bytes().ok_or(WrongAnswer::Token)?;
        let state = self.state().ok_or(WrongAnswer::NotOpen)?;
        let review = state.item_state(item).and_then(|item| item.review());
        let spent = review.and_then(|review| review.slips_spent.get(&act.key)).cloned();
        let acts = spent.map_or_else(Vec::new, |spent| spent.acts);
        let place = usize::try_from(act.number).unwrap_or(usize::MAX).checked_sub(1);
        if let Some(recorded) = place.and_then(|place| acts.get(place)) {
            // The same again, its answer having been lost; the signature stands for all that it says.
            let same = *recorded == act.signature && act.check(state.session(), item).is_ok();
            return if same { Ok(()) } else { Err(WrongAnswer::Token) };
        }
        let open = state.phase != Phase::Ended
            && state.current_review().is_some_and(|(on_floor, ..)| on_floor.id == *item);
        if !open {
            return Err(WrongAnswer::NotOpen);
        }
        let held = self.slips(item).ok_or(WrongAnswer::NotOpen)?;
        if !held.issuer.redeem(TokenInput::slip(&key), &token) {
            return Err(WrongAnswer::Token);
        }
        act.token = (act.number == 1).then_some(token);
        let at = held.pending.binary_search_by(|one| place_of(one).cmp(&place_of(&act)));
        let at = match at {
            Ok(place) if held.pending.get(place) == Some(&act) => return Ok(()),
            Ok(_) => return Err(WrongAnswer::Token),
            Err(place) => place,
        };
        let before = held.pending.iter().filter(|one| one.key == act.key && one.number > last_of(&acts));
        let slips: Vec<SlipAct> = before.cloned().chain([act.clone()]).collect();
        let command = Command::PublishSlips { item: item.clone(), slips };
        let state = self.state().ok_or(WrongAnswer::NotOpen)?;
        decide(state, &Actor::Hub, &command, self.now()).map_err(|refusal| WrongAnswer::Rule { refusal })?;
        let vault = self.vault.clone();
        let held = self.slips(item).ok_or(WrongAnswer::NotOpen)?;
        held.pending.insert(at, act);
        vault.keep_slips(item, held).map_err(|fault| {
            held.pending.remove(at);
            WrongAnswer::Disk { says: fault.to_string() }
        })
    }

    /// Publishes what came since the last tick, sorted by random keys: the order means nothing.
    pub(super) fn publish_slips(&mut self) -> Result<(), String> {
        let Some((item, _, review)) = self.state().and_then(|state| state.current_review()) else {
            return Ok(());
        };
        let (id, spent) = (item.id.clone(), review.slips_spent.clone());
        let Some(held) = self.slips(&id) else { return Ok(()) };
        // What an earlier tick has put into the record is forgotten here.
        let published =
            |act: &SlipAct| spent.get(&act.key).is_some_and(|spent| act.number <= last_of(&spent.acts));
        held.pending.retain(|act| !published(act));
        let slips = held.pending.clone();
        if slips.is_empty() {
            return Ok(());
        }
        self.by_rule(&Command::PublishSlips { item: id, slips })
    }

    /// The key of the slips of each review that is over, or ended with the meeting, and whose key is not published yet. One
    /// that is lost with its file cannot be: the archive will not hold, and the meeting can still be sealed.
    fn publish_slip_key(&mut self) -> Result<(), String> {
        let Some(state) = self.state() else { return Ok(()) };
        let ended = state.phase == Phase::Ended;
        let due = state.items.iter().filter(|item| {
            let over = ended || item.stage == Stage::Declared;
            let review = item.review().filter(|_| over);
            review.is_some_and(|review| review.slip_issuer.is_some() && review.slip_secret.is_none())
        });
        let due: Vec<ItemId> = due.map(|item| item.id.clone()).collect();
        for item in due {
            if let Some(kept) = self.vault.slips(&item).map_err(|fault| fault.to_string())? {
                self.by_rule(&Command::PublishSlipKey { item, secret: kept.issuer.published() })?;
            }
        }
        Ok(())
    }
}

fn place_of(act: &SlipAct) -> (&str, u32) {
    (&act.key, act.number)
}

/// The number of the last act in the record.
fn last_of(acts: &[String]) -> u32 {
    u32::try_from(acts.len()).unwrap_or(u32::MAX)
}
