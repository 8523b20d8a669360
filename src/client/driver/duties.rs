//! The voter's duties, as far as they need the connection: the paper is taken, the credential registered, list and box
//! confirmed.

use super::*;

impl Driver {
    pub(super) fn do_duties(&mut self) {
        let Some(state) = self.snapshot.clone() else { return };
        self.watch_slips(&state);
        let voter_busy = self.on_its_way.as_ref().is_some_and(|order| matches!(order.asker, Asker::Voter))
            || self.waiting.iter().any(|(_, asker)| matches!(asker, Asker::Voter));
        if voter_busy || self.refused_duty == Some(state.line) {
            return;
        }
        let kept = self.kept.as_ref().map(|(_, paper)| paper);
        let Some(duty) = voter::next_duty(&state, &self.enrolled.actor, kept) else {
            return self.do_slip_duty(&state);
        };
        match duty {
            Duty::Take(ballot) => match self.take_paper(&ballot) {
                Ok(Some(command)) => self.waiting.push_back((command, Asker::Voter)),
                Ok(None) => {}
                Err(says) => self.stop_duties(state.line, Alarm::Hub(says)),
            },
            Duty::Ask(command) | Duty::Confirm(command) => {
                self.waiting.push_back((command, Asker::Voter));
            }
            Duty::Objection(alarm, command) => {
                if self.alarm.as_ref() != Some(&alarm) {
                    self.alarm = Some(alarm);
                    self.waiting.push_back((command, Asker::Voter));
                }
                self.refused_duty = Some(state.line);
                self.publish();
            }
            Duty::Register(act) => self.register(act),
            Duty::Return(act) => self.send_ballot(act),
        }
    }

    pub(super) fn stop_duties(&mut self, line: u64, alarm: Alarm) {
        self.alarm = Some(alarm);
        self.refused_duty = Some(line);
        self.publish();
    }

    /// Credential and blind are durable before anything is asked.
    pub(super) fn take_paper(&mut self, ballot: &BallotId) -> Result<Option<Command>, String> {
        let paper = KeptPaper::fresh(&mut UnwrapErr(SysRng)).map_err(|error| error.to_string())?;
        self.store.keep_paper(ballot, &paper).map_err(|error| error.to_string())?;
        let command = paper.ask(ballot);
        self.kept = Some((ballot.clone(), paper));
        Ok(command)
    }

    pub(super) fn duty_answered(&mut self, command: &Command, answer: Answer) {
        let line = self.snapshot.as_ref().map_or(0, |state| state.line);
        match (command, answer) {
            (Command::RequestSlips { .. }, Answer::Done { issued, .. }) => {
                let review = self.replay.state().and_then(|state| state.current_review());
                let issuer = review.and_then(|(_, _, review)| review.slip_issuer.clone());
                let Some((issuer, (item, slips))) = issuer.zip(self.slips.as_mut()) else { return };
                let taken = slips.take(&issued, &issuer).map_err(|error| error.to_string());
                let kept = taken.and_then(|()| self.store.keep_slips(item, slips).map_err(|e| e.to_string()));
                if let Err(says) = kept {
                    self.stop_duties(line, Alarm::Hub(says));
                }
                self.publish();
            }
            (Command::RequestPaper { ballot, .. }, Answer::Done { issued, .. }) => {
                let Some(answer) = issued.into_iter().next() else { return };
                let Some(state) = self.replay.state() else { return };
                let round = state.round(ballot).map(|(_, round)| round);
                let Some((round, (_, kept))) = round.zip(self.kept.as_mut()) else { return };
                let taken = kept.take(&answer, round).map_err(|error| error.to_string());
                let kept = kept.clone();
                let stored =
                    taken.and_then(|()| self.store.keep_paper(ballot, &kept).map_err(|e| e.to_string()));
                if let Err(says) = stored {
                    self.stop_duties(line, Alarm::Hub(says));
                }
            }
            (_, Answer::Done { .. }) => {}
            (_, Answer::Wrong(WrongAnswer::Disk { .. })) => {
                self.refused_duty = Some(line);
                self.duty_again = Some(Instant::now() + Duration::from_millis(AGAIN_MILLIS));
            }
            // Too late, most likely: the record will say what is next.
            (_, _) => self.refused_duty = Some(line),
        }
    }

    pub(super) fn register(&mut self, act: Anonymous) {
        let Anonymous::Register { ballot, .. } = &act else { return };
        if self.acts.registering {
            return;
        }
        self.acts.registering = true;
        let (door, done, pause, ballot) =
            (self.door.clone(), self.done.clone(), self.pace.pause(), ballot.clone());
        tokio::spawn(async move {
            sleep(pause).await;
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::Registered)) {
                sleep(Duration::from_millis(AGAIN_MILLIS)).await;
            }
            let _ = done.send(Finished::Registered(ballot, answer)).await;
        });
    }

    pub(super) fn act_finished(&mut self, finished: Finished) {
        match finished {
            Finished::Registered(ballot, answer) => {
                self.acts.registering = false;
                if let Ok(ToScreen::Registered) = answer {
                    self.change_paper(&ballot, |kept| kept.registered = true);
                } else if let Ok(ToScreen::ActRefused(WrongAnswer::Token)) = answer {
                    let line = self.snapshot.as_ref().map_or(0, |state| state.line);
                    self.stop_duties(line, Alarm::Hub("the hub refuses a token that it issued".to_owned()));
                }
            }
            Finished::Slip(signature, answer) => {
                self.acts.slipping = false;
                self.slip_finished(&signature, answer);
            }
            Finished::Cast(ballot, answer) => {
                self.acts.casting = false;
                self.cast_finished(&ballot, answer);
            }
        }
        self.publish();
    }

    pub(super) fn change_paper(&mut self, ballot: &BallotId, change: impl FnOnce(&mut KeptPaper)) {
        let Some((_, kept)) = self.kept.as_mut().filter(|(held, _)| held == ballot) else { return };
        change(kept);
        let kept = kept.clone();
        if let Err(error) = self.store.keep_paper(ballot, &kept) {
            self.alarm = Some(Alarm::Hub(error.to_string()));
        }
    }
}
