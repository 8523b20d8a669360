//! The voter's duties, as far as they need the connection: the paper is taken, the credential registered, list and box
//! confirmed.

use super::*;
use crate::ballot::SignedRequest;
use crate::meeting::PaperAsked;

impl Driver {
    pub(super) fn do_duties(&mut self) {
        let Some(state) = self.snapshot.clone() else { return };
        self.watch_slips(&state);
        if self.refused_duty.is_none() {
            self.keep_the_rest();
        }
        if self.duties_wait(state.line) {
            return;
        }
        let Some(duty) = voter::next_duty(&state, &self.enrolled.actor, &self.kept, &self.tried) else {
            return self.do_slip_duty(&state);
        };
        match duty {
            Duty::Take(ballots) => match self.make_papers(&ballots) {
                // What is made is asked for at once.
                Ok(()) => self.do_duties(),
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
            Duty::Register(acts) => acts.into_iter().for_each(|act| self.register(act)),
            Duty::Return(act) => self.send_ballot(act),
            Duty::ReturnAgain(act) => {
                // Only when it has come to an end does the same box count as one that lacks the ballot.
                if !self.acts.casting {
                    let round = self.enrolled.actor.seat().and_then(|seat| state.round_of(seat));
                    self.acts.returning = round.and_then(|round| round.box_hash.clone());
                }
                self.send_ballot(act);
            }
        }
    }

    /// Whether a duty is on its way, or done and its line has not come yet, or the hub has just refused one: the next waits
    /// for another line. What was done would be done a second time otherwise, and a certificate made anew is refused.
    pub(super) fn duties_wait(&self, line: u64) -> bool {
        let of_voter = |asker: &Asker| matches!(asker, Asker::Voter);
        self.refused_duty == Some(line)
            || self.done_duty.is_some_and(|done| done > line)
            || self.on_its_way.as_ref().is_some_and(|order| of_voter(&order.asker))
            || self.waiting.iter().any(|(_, asker)| of_voter(asker))
    }

    pub(super) fn stop_duties(&mut self, line: u64, alarm: Alarm) {
        self.alarm = Some(alarm);
        self.refused_duty = Some(line);
        self.publish();
    }

    /// Credentials and blinds are durable before anything is asked.
    fn make_papers(&mut self, ballots: &[BallotId]) -> Result<(), String> {
        for ballot in ballots {
            let paper = KeptPaper::fresh(&mut UnwrapErr(SysRng)).map_err(|error| error.to_string())?;
            let kept = self.store.keep_paper(ballot, &paper);
            if !self.is_kept(kept) {
                break;
            }
            self.kept.insert(ballot.clone(), paper);
        }
        Ok(())
    }

    /// Takes the tokens of the papers that were asked for.
    fn take_papers(&mut self, papers: &[PaperAsked], issued: &[SignedRequest]) -> Result<(), String> {
        let mut taken = Vec::new();
        let state = self.replay.state().ok_or("there is no record")?;
        if papers.len() != issued.len() {
            return Err("another number of answers than requests".to_owned());
        }
        for (PaperAsked { ballot, .. }, answer) in papers.iter().zip(issued) {
            let round = state.round(ballot).map(|(_, round)| round);
            let (Some(round), Some(kept)) = (round, self.kept.get_mut(ballot)) else { continue };
            if kept.token.is_none() {
                kept.take(answer, round).map_err(|error| error.to_string())?;
                taken.push(ballot);
            }
        }
        taken.into_iter().for_each(|ballot| self.keep_paper(ballot));
        Ok(())
    }

    pub(super) fn duty_answered(&mut self, command: &Command, answer: Answer) {
        let line = self.snapshot.as_ref().map_or(0, |state| state.line);
        if let Answer::Done { line: Some(written), .. } = &answer {
            self.done_duty = Some(*written);
        }
        match (command, answer) {
            (Command::RequestSlips { .. }, Answer::Done { issued, .. }) => {
                let review = self.replay.state().and_then(|state| state.current_review());
                let issuer = review.and_then(|(_, _, review)| review.slip_issuer.clone());
                let Some((issuer, (_, slips))) = issuer.zip(self.slips.as_mut()) else { return };
                match slips.take(&issued, &issuer) {
                    Ok(()) => self.keep_slips(),
                    Err(error) => self.stop_duties(line, Alarm::Hub(error.to_string())),
                }
                self.publish();
            }
            (Command::RequestPapers { papers }, Answer::Done { issued, .. }) => {
                if let Err(says) = self.take_papers(papers, &issued) {
                    self.stop_duties(line, Alarm::Hub(says));
                }
            }
            (_, Answer::Done { .. }) => {}
            (_, Answer::Wrong(wrong)) if wrong.passes() => {
                self.refused_duty = Some(line);
                self.try_again_soon();
            }
            (_, Answer::Wrong(wrong @ WrongAnswer::OtherRecord)) => {
                self.stop_duties(line, Alarm::Record(wrong.to_string()));
            }
            // Too late, most likely: the record will say what is next. Where nothing more comes, it is looked at again.
            (_, _) => {
                self.refused_duty = Some(line);
                self.duty_again = Some(Instant::now() + Duration::from_millis(REFUSED_AGAIN_MILLIS));
            }
        }
    }

    /// What the hub could not do just now is tried again after a pause, even if nothing changes.
    pub(super) fn try_again_soon(&mut self) {
        self.duty_again = Some(Instant::now() + Duration::from_millis(AGAIN_MILLIS));
    }

    pub(super) fn register(&mut self, act: Anonymous) {
        let Anonymous::Register { ballot, .. } = &act else { return };
        if !self.tried.registering.insert(ballot.clone()) {
            return;
        }
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
                self.tried.registering.remove(&ballot);
                if let Ok(ToScreen::Registered) = answer {
                    self.change_paper(&ballot, |kept| kept.registered = true);
                } else if let Ok(ToScreen::ActRefused(WrongAnswer::Token)) = answer {
                    let line = self.snapshot.as_ref().map_or(0, |state| state.line);
                    self.stop_duties(line, Alarm::Hub("the hub refuses a token that it issued".to_owned()));
                }
            }
            Finished::Box(ballot, checked) => self.box_checked(&ballot, *checked),
            Finished::Count(ballot, checked) => self.count_checked(&ballot, checked),
            Finished::Room(head, code) => self.room_computed(head, code),
            Finished::Slip(signature, answer) => {
                self.acts.slipping = false;
                self.slip_finished(&signature, answer);
            }
            Finished::Cast(ballot, answer) => {
                self.acts.casting = false;
                self.tried.returned_again.extend(self.acts.returning.take());
                self.cast_finished(&ballot, answer);
            }
        }
        self.publish();
    }

    pub(super) fn change_paper(&mut self, ballot: &BallotId, change: impl FnOnce(&mut KeptPaper)) {
        let Some(kept) = self.kept.get_mut(ballot) else { return };
        change(kept);
        self.keep_paper(ballot);
    }
}
