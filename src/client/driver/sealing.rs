//! The seal: this terminal witnesses the last line by itself, as it has followed it, and signs or refuses when its person
//! says so. Neither is done over another record than its own.

use super::super::sealing::{SealAct, Sealing};
use super::*;
use crate::archive::{Transcript, Unsigned};
use crate::meeting::Actor;
use crate::wire::SealRefused;

/// What this client has to do with the seal.
#[derive(Default)]
pub(super) struct Seal {
    /// The seal as the hub last told it.
    pub transcript: Option<Transcript>,
    /// Whether this terminal has witnessed.
    witness: Witnessed,
    /// What the person has said, until it is answered.
    asked: Option<Asked>,
}

#[derive(Default, PartialEq, Eq)]
enum Witnessed {
    #[default]
    No,
    Sent(u64),
    Done,
    /// The record is another one: this terminal signs nothing.
    Never,
}

struct Asked {
    act: SealAct,
    /// What the person has seen: seal and reasons. Only signatures and witnesses may be added before this one.
    seen: Option<(String, Vec<Unsigned>)>,
    /// The number of the ask on its way.
    sent: Option<u64>,
    /// What was signed last: the same is not sent twice, unless the connection was lost.
    over: Option<String>,
    reply: oneshot::Sender<Result<Done, AskError>>,
}

/// One kind of message of the seal, without its number.
enum Saying {
    Signature(String),
    Refusal(String, String),
    Without(Actor, String),
}

impl Driver {
    /// The person says something about the seal.
    pub(super) fn ask_of_seal(&mut self, act: SealAct, reply: oneshot::Sender<Result<Done, AskError>>) {
        if self.seal.asked.is_some() {
            let _ =
                reply.send(Err(AskError::Fault("the answer to the last signature is awaited".to_owned())));
            return;
        }
        self.seal.asked = Some(Asked { act, seen: None, sent: None, over: None, reply });
    }

    /// The hub says how the seal stands.
    pub(super) fn hear_seal(&mut self, transcript: &str) {
        match Transcript::read(transcript.as_bytes()) {
            Ok(transcript) => self.seal.transcript = Some(transcript),
            Err(fault) => self.alarm = Some(Alarm::Hub(format!("the seal: {fault:?}"))),
        }
    }

    /// How the seal stands, for the screen.
    pub(super) fn how_sealed(&self) -> Option<Arc<Sealing>> {
        let (transcript, state) = self.seal.transcript.as_ref().zip(self.snapshot.as_ref())?;
        Some(Arc::new(Sealing::of(transcript, state, &self.enrolled.actor)))
    }

    /// The record has grown after the seal was begun, by a takeover or a standby that was let go: that seal is not over the
    /// whole record any more, and the hub begins anew. One that comes *after* the line and lacks it is another matter.
    pub(super) fn forget_seal(&mut self) {
        if self.seal.transcript.take().is_some() && self.seal.witness != Witnessed::Never {
            self.seal.witness = Witnessed::No;
        }
    }

    pub(super) fn lose_seal(&mut self) {
        if matches!(self.seal.witness, Witnessed::Sent(_)) {
            self.seal.witness = Witnessed::No;
        }
        self.answer_seal(Err(AskError::NotConnected));
    }

    pub(super) fn answer_seal(&mut self, result: Result<Done, AskError>) {
        if let Some(asked) = self.seal.asked.take() {
            let _ = asked.reply.send(result);
        }
    }

    /// Does what there is to do about the seal.
    pub(super) async fn do_sealing(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        let ended = self.snapshot.as_ref().is_some_and(|state| state.phase == Phase::Ended);
        let Some(body) = self.seal.transcript.as_ref().map(|transcript| transcript.seal.clone()) else {
            return Ok(());
        };
        let mine = ended
            && body.session == self.enrolled.session
            && body.head == self.replay.hash()
            && body.lines == self.replay.number();
        if !mine {
            if self.seal.witness != Witnessed::Never {
                self.seal.witness = Witnessed::Never;
                self.alarm = Some(Alarm::OtherRecord { sealed: body.lines, own: self.replay.number() });
                self.publish();
            }
            let says = "the seal is not over the record that this screen knows".to_owned();
            self.answer_seal(Err(AskError::Fault(says)));
            return Ok(());
        }
        let witnesses = matches!(self.enrolled.actor, Actor::Seat(_) | Actor::Console);
        if witnesses && self.seal.witness == Witnessed::No && self.duty_again.is_none() {
            self.next_ask += 1;
            self.seal.witness = Witnessed::Sent(self.next_ask);
            let signature = body.witness(self.enrolled.actor.clone(), &self.enrolled.identity).signature;
            say(writer, &ToHub::Witness { ask: self.next_ask, signature }).await?;
        }
        match self.next_saying() {
            Ok(None) => Ok(()),
            Ok(Some(saying)) => {
                self.next_ask += 1;
                let ask = self.next_ask;
                if let Some(asked) = &mut self.seal.asked {
                    asked.sent = Some(ask);
                }
                let message = match saying {
                    Saying::Signature(signature) => ToHub::SealSignature { ask, signature },
                    Saying::Refusal(reason, signature) => ToHub::SealRefusal { ask, reason, signature },
                    Saying::Without(who, reason) => ToHub::SealWithout { ask, who, reason },
                };
                say(writer, &message).await
            }
            Err(error) => {
                self.answer_seal(Err(error));
                Ok(())
            }
        }
    }

    /// What the person has said and is not on its way. A signature that came too late for the list as it was is made
    /// anew over the list as it is, as long as only signatures and witnesses were added.
    fn next_saying(&mut self) -> Result<Option<Saying>, AskError> {
        let (Some(transcript), Some(state)) = (&self.seal.transcript, &self.snapshot) else {
            return Ok(None);
        };
        let (me, identity) = (&self.enrolled.actor, &self.enrolled.identity);
        let Some(asked) = self.seal.asked.as_mut().filter(|asked| asked.sent.is_none()) else {
            return Ok(None);
        };
        match &asked.act {
            SealAct::Sign => {
                let named = if *me == Actor::Console { &transcript.unsigned[..] } else { &[] };
                let now = (transcript.seal.hash(), named.to_vec());
                if asked.seen.get_or_insert_with(|| now.clone()) != &now {
                    return Err(AskError::Seal(SealRefused::Changed));
                }
                let text = transcript.signed_text(me, transcript.signatures.len());
                if asked.over.as_ref() == Some(&text) {
                    return Ok(None);
                }
                if !transcript.holds_so_far(state) {
                    self.alarm = Some(Alarm::Hub("a signature under the seal does not hold".to_owned()));
                    return Err(AskError::Fault("a signature under the seal does not hold".to_owned()));
                }
                asked.over = Some(text);
                Ok(Some(Saying::Signature(transcript.sign(me.clone(), identity).signature)))
            }
            SealAct::Refuse(reason) => {
                let reason = reason.trim();
                let signed = transcript.seal.refuse(me.clone(), reason, identity);
                let signature = signed.refusal.map(|refusal| refusal.signature).unwrap_or_default();
                Ok(Some(Saying::Refusal(reason.to_owned(), signature)))
            }
            SealAct::Without(who, reason) => Ok(Some(Saying::Without(who.clone(), reason.clone()))),
        }
    }

    /// Whether an answer was about the seal.
    pub(super) fn seal_answered(&mut self, ask: u64, answer: &Answer) -> bool {
        if self.seal.witness == Witnessed::Sent(ask) {
            self.seal.witness = match answer {
                Answer::Done { .. } => Witnessed::Done,
                Answer::Wrong(wrong) if wrong.passes() => Witnessed::No,
                Answer::Wrong(WrongAnswer::Seal(SealRefused::OtherRecord)) => Witnessed::Never,
                // The seal was made without waiting for this terminal.
                _ => Witnessed::Done,
            };
            match self.seal.witness {
                Witnessed::No => self.try_again_soon(),
                Witnessed::Never => {
                    let own = self.replay.number();
                    self.alarm = Some(Alarm::OtherRecord { sealed: own, own });
                }
                _ => {}
            }
            return true;
        }
        let Some(asked) = self.seal.asked.as_mut().filter(|asked| asked.sent == Some(ask)) else {
            return false;
        };
        if asked.act == SealAct::Sign
            && matches!(answer, Answer::Wrong(WrongAnswer::Seal(SealRefused::Changed)))
        {
            asked.sent = None;
            return true;
        }
        self.answer_seal(done(answer.clone()));
        true
    }
}
