//! Sending slips: durable here before they are sent, anonymous on their way; and watching that the record holds what was
//! sent.

use super::*;
use crate::client::slips::{SlipFault, is_over};
use crate::meeting::SlipSays;

/// How long an act that the hub has taken may be missing from the record before people are told: eight ticks.
const PUBLISHED_SECONDS_MAX: u64 = 240;

impl Driver {
    pub(super) fn do_slip_duty(&mut self, state: &crate::meeting::State) {
        let kept = self.slips.as_ref().map(|(_, slips)| slips);
        match slips::next_duty(state, &self.enrolled.actor, kept) {
            None => {}
            Some(SlipDuty::Take(item, count)) => match KeptSlips::fresh(count, &mut UnwrapErr(SysRng)) {
                Ok(made) => {
                    let kept = self.store.keep_slips(&item, &made);
                    if self.is_kept(kept) {
                        self.waiting.extend(made.ask(&item).map(|command| (command, Asker::Voter)));
                        self.slips = Some((item, made));
                    }
                }
                Err(error) => self.stop_duties(state.line, Alarm::Hub(error.to_string())),
            },
            Some(SlipDuty::Ask(command)) => self.waiting.push_back((command, Asker::Voter)),
            Some(SlipDuty::Send(act)) => self.send_slip(act),
        }
    }

    /// What is written is durable before it is sent.
    pub(super) fn write_slip(&mut self, says: SlipSays, reply: oneshot::Sender<Result<Done, AskError>>) {
        match self.keep_slip(says) {
            Ok(signature) => {
                self.slip_replies.insert(signature, reply);
                self.publish();
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    fn keep_slip(&mut self, says: SlipSays) -> Result<String, AskError> {
        let none = || AskError::Refused(Refusal::NoSlips);
        let (item, slips) = self.slips.as_mut().ok_or_else(none)?;
        let state = self.snapshot.as_ref().ok_or_else(none)?;
        let review = state.item_state(item).and_then(|item| item.review()).ok_or_else(none)?;
        let mut written = slips.clone();
        let signature =
            written.write(&self.enrolled.session, item, review, says).map_err(AskError::Refused)?;
        self.store.keep_slips(item, &written).map_err(|error| AskError::Disk(error.to_string()))?;
        *slips = written;
        Ok(signature)
    }

    fn send_slip(&mut self, sent: Anonymous) {
        let Anonymous::Slip { act, .. } = &sent else { return };
        if self.acts.slipping {
            return;
        }
        self.acts.slipping = true;
        let (door, done, signature) = (self.door.clone(), self.done.clone(), act.signature.clone());
        tokio::spawn(async move {
            let answer = door.act(&sent).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::SlipTaken)) {
                sleep(Duration::from_millis(AGAIN_MILLIS)).await;
            }
            let _ = done.send(Finished::Slip(signature, answer)).await;
        });
    }

    pub(super) fn slip_finished(&mut self, signature: &str, answer: Result<ToScreen, String>) {
        let result = match answer {
            Ok(ToScreen::SlipTaken) => Ok(Done::default()),
            Ok(ToScreen::ActRefused(wrong)) if wrong.passes() => return,
            Ok(ToScreen::ActRefused(WrongAnswer::TakenOver)) | Err(_) => return,
            Ok(ToScreen::ActRefused(WrongAnswer::Rule { refusal })) => Err(AskError::Refused(refusal)),
            Ok(ToScreen::ActRefused(wrong)) => Err(AskError::Fault(wrong.to_string())),
            Ok(_) => Err(AskError::Fault("an answer to another question".to_owned())),
        };
        if let Some((_, slips)) = &mut self.slips {
            match &result {
                Ok(_) => slips.taken(signature),
                Err(_) => slips.refused(signature),
            }
            self.keep_slips();
        }
        if let Some(reply) = self.slip_replies.remove(signature) {
            let _ = reply.send(result);
        }
    }

    /// The record against what was sent from here; and what every screen checks, that each slip had a token. When the
    /// review is over and all is well, this terminal forgets which slips were its own.
    pub(super) fn watch_slips(&mut self, state: &crate::meeting::State) {
        let unfounded =
            |item: &crate::meeting::ItemState| item.review().map_or(0, |review| review.slips_unfounded.len());
        let count: usize = state.items.iter().map(unfounded).sum();
        if count > 0 {
            self.sound(Alarm::SlipsUnfounded { count });
        }
        let Some((item, slips)) = &self.slips else { return };
        let Some(review) = state.item_state(item).and_then(|item| item.review()) else { return };
        let over = is_over(state, item);
        let mut fault = slips.fault(review, over);
        let published = self.live.disk_trouble.is_none() && self.live.majority_missing.is_none();
        if fault.is_none() && published {
            let waiting: Vec<String> = slips.unpublished(review).map(str::to_owned).collect();
            self.slips_waiting.retain(|signature, _| waiting.contains(signature));
            for signature in waiting {
                let since = *self.slips_waiting.entry(signature).or_insert_with(Instant::now);
                if since.elapsed() > Duration::from_secs(PUBLISHED_SECONDS_MAX) {
                    fault = Some(SlipFault::Dropped);
                }
            }
        }
        match fault {
            Some(SlipFault::Altered) => self.sound(Alarm::SlipAltered),
            Some(SlipFault::Dropped) => self.sound(Alarm::SlipDropped),
            None => {
                let item = item.clone();
                // It came late, and it came.
                if self.alarm == Some(Alarm::SlipDropped) {
                    self.alarm = None;
                    self.publish();
                }
                if over && review.slip_secret.is_some() && !self.acts.slipping {
                    self.store.forget_slips(&item);
                    self.slips = None;
                    // What was written and could not be sent any more.
                    for (_, reply) in std::mem::take(&mut self.slip_replies) {
                        let _ = reply.send(Err(AskError::Fault(WrongAnswer::NotOpen.to_string())));
                    }
                    self.publish();
                }
            }
        }
    }

    /// An alarm that stays; a graver one is not hidden by it.
    pub(super) fn sound(&mut self, alarm: Alarm) {
        if self.alarm.as_ref().is_none_or(|sounded| matches!(sounded, Alarm::Store(_))) {
            self.alarm = Some(alarm);
            self.publish();
        }
    }
}
