//! Returning a ballot: encrypted first, and then cast or challenged. What is cast is durable here before it is sent,
//! anonymous on its way, and sent again until its receipt has come.

use super::*;
use crate::ballot::Challenge;

impl Driver {
    /// Prepares and casts at once: for simulated people, who challenge nothing.
    pub(super) fn cast(&mut self, choices: &[usize], reply: oneshot::Sender<Result<Done, AskError>>) {
        match self.prepare(choices) {
            Ok(code) => self.cast_prepared(&code, reply),
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    /// Encrypts the choices and returns the control code. What was prepared before is gone.
    pub(super) fn prepare(&mut self, choices: &[usize]) -> Result<String, AskError> {
        self.prepared = None;
        let (state, ballot) = self.open_paper()?;
        let (_, round) = state.round(&ballot).ok_or(AskError::NotConnected)?;
        let prepared = Prepared::new(round, choices, &mut UnwrapErr(SysRng)).map_err(AskError::Fault)?;
        let code = prepared.code.clone();
        self.prepared = Some(prepared);
        Ok(code)
    }

    /// Returns the ballot of which the screen has shown this code.
    pub(super) fn cast_prepared(&mut self, code: &str, reply: oneshot::Sender<Result<Done, AskError>>) {
        match self.seal_prepared(code) {
            Ok(act) => {
                self.cast_reply = Some(reply);
                self.send_ballot(act);
                self.publish();
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    /// Gives away how the ballot with this code was encrypted. Nothing of it goes to the hub.
    pub(super) fn challenge(&mut self, code: &str) -> Result<Challenge, AskError> {
        self.take_prepared(code)?.challenge().map_err(AskError::Fault)
    }

    /// Forgets the ballot with this code.
    pub(super) fn abandon(&mut self, code: &str) {
        let _ = self.prepared.take_if(|prepared| prepared.code == code);
    }

    /// What is prepared lives as long as this paper can be marked, and no longer.
    pub(super) fn forget_if_closed(&mut self, paper: &Paper) {
        let seat = self.enrolled.actor.seat();
        let round = self.snapshot.as_ref().zip(seat).and_then(|(state, seat)| state.round_of(seat));
        let ballot = round.map(|round| &round.issue.ballot);
        let _ = self.prepared.take_if(|held| *paper != Paper::Open || ballot != Some(&held.ballot));
    }

    fn take_prepared(&mut self, code: &str) -> Result<Prepared, AskError> {
        let prepared = self.prepared.take_if(|prepared| prepared.code == code);
        prepared.ok_or_else(|| AskError::Fault("there is no encrypted ballot with this code".to_owned()))
    }

    /// The ballot whose paper can be marked here now.
    fn open_paper(&self) -> Result<(Arc<crate::meeting::State>, BallotId), AskError> {
        let state = self.snapshot.clone().ok_or(AskError::NotConnected)?;
        let fault = |says: &str| AskError::Fault(says.to_owned());
        let round = self.enrolled.actor.seat().and_then(|seat| state.round_of(seat));
        let round = round.ok_or_else(|| fault("there is no ballot on the floor"))?;
        let casting = self.acts.casting || self.cast_reply.is_some();
        if voter::paper(&state, &self.enrolled.actor, &self.kept, casting) != Paper::Open {
            return Err(fault("this paper cannot be returned now"));
        }
        let ballot = round.issue.ballot.clone();
        Ok((state, ballot))
    }

    /// The encrypted ballot is durable before it is sent; the choices are not kept at all.
    fn seal_prepared(&mut self, code: &str) -> Result<Anonymous, AskError> {
        let prepared = self.take_prepared(code)?;
        let (state, ballot) = self.open_paper()?;
        let fault = |says: String| AskError::Fault(says);
        let (_, round) = state.round(&ballot).ok_or(AskError::NotConnected)?;
        let Some(kept) = self.kept.get_mut(&ballot).filter(|_| prepared.ballot == ballot) else {
            return Err(fault("there is no paper here".to_owned()));
        };
        let mut paper = kept.clone();
        paper.seal_prepared(prepared, &mut UnwrapErr(SysRng)).map_err(fault)?;
        self.store.keep_paper(&ballot, &paper).map_err(|error| fault(error.to_string()))?;
        let act = paper.cast(round, None).ok_or_else(|| fault("the ballot could not be kept".to_owned()))?;
        *kept = paper;
        Ok(act)
    }

    pub(super) fn send_ballot(&mut self, act: Anonymous) {
        let Anonymous::Cast { ballot, .. } = &act else { return };
        if self.acts.casting {
            return;
        }
        self.acts.casting = true;
        let (door, done, ballot) = (self.door.clone(), self.done.clone(), ballot.clone());
        let again = matches!(&act, Anonymous::Cast { receipt: Some(_), .. });
        tokio::spawn(async move {
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            // After a receipt for what was missing, the hub has a moment to fix the box anew: no alarm meanwhile.
            match &answer {
                Ok(ToScreen::Receipt(_)) if again => sleep(Duration::from_millis(FIXED_ANEW_MILLIS)).await,
                Ok(ToScreen::Receipt(_)) => {}
                _ => sleep(Duration::from_millis(AGAIN_MILLIS)).await,
            }
            let _ = done.send(Finished::Cast(ballot, answer)).await;
        });
    }

    pub(super) fn cast_finished(&mut self, ballot: &BallotId, answer: Result<ToScreen, String>) {
        let reply = |driver: &mut Self, result| {
            if let Some(reply) = driver.cast_reply.take() {
                let _ = reply.send(result);
            }
        };
        match answer {
            Ok(ToScreen::Receipt(receipt)) => {
                let state = self.snapshot.clone();
                let round = state.as_ref().and_then(|state| Some((state, state.round(ballot)?.1)));
                let genuine = round
                    .zip(self.kept.get(ballot))
                    .is_some_and(|((state, round), kept)| kept.is_receipt(&receipt, state, round));
                if genuine {
                    self.tried.doubtful.remove(ballot);
                    self.change_paper(ballot, |kept| kept.receipt = Some(receipt));
                    reply(self, Ok(Done::default()));
                } else {
                    let says = "the hub's receipt for the ballot does not hold".to_owned();
                    self.alarm = Some(Alarm::Hub(says.clone()));
                    reply(self, Err(AskError::Fault(says)));
                }
            }
            // Kept, and tried again by itself.
            Ok(ToScreen::ActRefused(wrong)) if wrong.passes() => reply(self, Err(AskError::of(wrong))),
            // The hub is behind this record, or the meeting pauses: it goes again, and the box tells in the end.
            Ok(ToScreen::ActRefused(WrongAnswer::NotOpen | WrongAnswer::TakenOver)) => {
                self.answer_late_cast()
            }
            Ok(ToScreen::ActRefused(wrong)) => {
                // It will not be taken as it is: the paper can be marked afresh while voting is open.
                let acknowledged = self.kept.get(ballot).is_some_and(|kept| kept.receipt.is_some());
                if acknowledged {
                    // The fixed box did not take it back in: the next look at it is the objection.
                } else if wrong == WrongAnswer::SecondBallot {
                    // Somebody has used this credential, or this terminal was set back to an older state.
                    let line = self.snapshot.as_ref().map_or(0, |state| state.line);
                    self.stop_duties(line, Alarm::Hub(wrong.to_string()));
                } else {
                    // Its hash stays: a hub that refused it may have kept it all the same, and the box tells.
                    self.change_paper(ballot, |kept| kept.sealed = None);
                }
                reply(self, Err(AskError::Fault(wrong.to_string())));
            }
            // Not known whether it arrived: the same bytes go again, and the same receipt comes back.
            Ok(_) | Err(_) => self.answer_late_cast(),
        }
    }

    /// Whoever waits for a ballot that was on its way when voting ended is told what the fixed box tells.
    pub(super) fn answer_late_cast(&mut self) {
        if self.acts.casting || self.cast_reply.is_none() {
            return;
        }
        let Some(state) = &self.snapshot else { return };
        let round = self.enrolled.actor.seat().and_then(|seat| state.round_of(seat));
        let Some(kept) = round.and_then(|round| self.kept.get(&round.issue.ballot)) else { return };
        let open = round.is_some_and(|round| {
            kept.sealed.is_some() && matches!(round.phase, RoundPhase::Voting | RoundPhase::Sealing)
        });
        if open && state.phase != Phase::Ended {
            return;
        }
        let hash = round.zip(kept.hash.as_ref());
        let is_in = hash.is_some_and(|(round, hash)| round.ballots.binary_search(hash).is_ok());
        let answer =
            if is_in { Ok(Done::default()) } else { Err(AskError::Fault(WrongAnswer::NotOpen.to_string())) };
        if let Some(reply) = self.cast_reply.take() {
            let _ = reply.send(answer);
        }
    }
}
