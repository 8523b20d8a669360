//! What the hub says, and whose question it answers.

use super::*;

impl Driver {
    /// False: the connection is over.
    pub(super) fn hear(&mut self, message: ToScreen) -> bool {
        match message {
            ToScreen::Lines { lines } => {
                if !self.follow(&lines) {
                    return false;
                }
            }
            ToScreen::Live(live) => self.live = live,
            ToScreen::Answer { ask, answer } => self.answered(ask, answer),
            ToScreen::SealReady { transcript } => {
                self.hear_seal(&transcript);
            }
            ToScreen::Sealed => {
                self.sealed = true;
                self.store.forget_secrets();
                self.publish();
                return false;
            }
            ToScreen::TurnedAway(away) if self.looks_elsewhere(&away) => {
                self.search.move_on = true;
                self.search.not_the_hub =
                    Some(NotTheHub::turning_away(self.hubs.now().address.clone(), &away));
                return false;
            }
            ToScreen::TurnedAway(away) => {
                self.link = Link::TurnedAway(away);
                self.publish();
                return false;
            }
            ToScreen::Pong => return true,
            ToScreen::Welcome { .. }
            | ToScreen::Registered
            | ToScreen::SlipTaken
            | ToScreen::Receipt(_)
            | ToScreen::ActRefused(_) => return false,
        }
        true
    }

    pub(super) fn answered(&mut self, ask: u64, answer: Answer) {
        if self.scrutiny_answered(ask, &answer) {
            return;
        }
        if let Some((path, reply)) = self.materials.remove(&ask) {
            let _ = reply.send(self.material(&path, answer));
            return;
        }
        if self.exam_answered(ask, &answer) || self.seal_answered(ask, &answer) {
            return;
        }
        // The machine that has taken over is given it again.
        if matches!(answer, Answer::Wrong(WrongAnswer::TakenOver)) {
            return;
        }
        let Some(on_its_way) = self.on_its_way.take_if(|on_its_way| on_its_way.ask == ask) else { return };
        match on_its_way.asker {
            Asker::Screen(reply) => {
                let _ = reply.send(done(answer));
            }
            Asker::Voter => self.duty_answered(&on_its_way.command, answer),
        }
    }

    pub(super) fn material(&self, path: &str, answer: Answer) -> Result<Arc<str>, AskError> {
        let text = match answer {
            Answer::Material { text } => text,
            other => return Err(done(other).err().unwrap_or(AskError::NotConnected)),
        };
        let state = self.snapshot.as_ref().ok_or(AskError::NotConnected)?;
        let known = state.frozen.materials.iter().find(|material| material.path == path);
        if known.is_some_and(|material| material.hash == sha256_hex(text.as_bytes())) {
            Ok(text.into())
        } else {
            Err(AskError::Fault(format!("materials/{path} is not the one in the record")))
        }
    }
}

pub(super) fn done(answer: Answer) -> Result<Done, AskError> {
    match answer {
        Answer::Done { line, code, .. } => Ok(Done { line, code }),
        Answer::Refused(refusal) => Err(AskError::Refused(refusal)),
        Answer::Wrong(wrong) => Err(AskError::of(wrong)),
        Answer::Material { .. }
        | Answer::ExamPaper { .. }
        | Answer::Dealings { .. }
        | Answer::Ballots { .. } => Err(AskError::Fault("an answer to another question".to_owned())),
    }
}
