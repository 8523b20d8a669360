//! Sending slips: durable here before they are sent, anonymous on their way.

use super::*;

impl Driver {
    pub(super) fn do_slip_duty(&mut self, state: &crate::meeting::State) {
        let kept = self.slips.as_ref().map(|(_, slips)| slips);
        match slips::next_duty(state, &self.enrolled.actor, kept) {
            None => {}
            Some(SlipDuty::Take(item, count)) => {
                let made = KeptSlips::fresh(count, &mut UnwrapErr(SysRng)).map_err(|error| error.to_string());
                let kept = made.and_then(|made| {
                    self.store.keep_slips(&item, &made).map_err(|error| error.to_string())?;
                    Ok(made)
                });
                match kept {
                    Ok(made) => {
                        self.waiting.extend(made.ask(&item).map(|command| (command, Asker::Voter)));
                        self.slips = Some((item, made));
                    }
                    Err(says) => self.stop_duties(state.line, Alarm::Hub(says)),
                }
            }
            Some(SlipDuty::Ask(command)) => self.waiting.push_back((command, Asker::Voter)),
            Some(SlipDuty::Send(act)) => self.send_slip(act),
        }
    }

    /// What is written is durable before it is sent.
    pub(super) fn write_slip(
        &mut self,
        kind: SlipKind,
        official: &OfficialId,
        text: &str,
        reply: oneshot::Sender<Result<Done, AskError>>,
    ) {
        match self.keep_slip(kind, official, text) {
            Ok(()) => {
                self.slip_replies.push(reply);
                self.publish();
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    pub(super) fn keep_slip(
        &mut self,
        kind: SlipKind,
        official: &OfficialId,
        text: &str,
    ) -> Result<(), AskError> {
        let (item, slips) = self.slips.as_mut().ok_or(AskError::Refused(Refusal::NoSlips))?;
        let mut written = slips.clone();
        written.write(kind, official, text).map_err(AskError::Refused)?;
        self.store.keep_slips(item, &written).map_err(|error| AskError::Disk(error.to_string()))?;
        *slips = written;
        Ok(())
    }

    pub(super) fn send_slip(&mut self, act: Anonymous) {
        let Anonymous::Slip { slip, .. } = &act else { return };
        if self.acts.slipping {
            return;
        }
        self.acts.slipping = true;
        let (door, done, key) = (self.door.clone(), self.done.clone(), slip.key.clone());
        tokio::spawn(async move {
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::SlipTaken)) {
                sleep(Duration::from_millis(500)).await;
            }
            let _ = done.send(Finished::Slip(key, answer)).await;
        });
    }

    pub(super) fn slip_finished(&mut self, key: &str, answer: Result<ToScreen, String>) {
        let result = match answer {
            Ok(ToScreen::SlipTaken) => Ok(Done::default()),
            Ok(ToScreen::ActRefused(WrongAnswer::Disk { .. })) | Err(_) => return,
            Ok(ToScreen::ActRefused(wrong)) => Err(AskError::Fault(wrong.to_string())),
            Ok(_) => Err(AskError::Fault("an answer to another question".to_owned())),
        };
        if let Some((item, slips)) = &mut self.slips {
            slips.spend(key);
            let _ = self.store.keep_slips(item, slips);
        }
        if !self.slip_replies.is_empty() {
            let _ = self.slip_replies.remove(0).send(result);
        }
    }
}
