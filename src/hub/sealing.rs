//! The seal being made: terminals witness the last line, the recorder, the scrutineers and the presiding officer sign one
//! after the other, and with the last signature the folder is sealed. Until then all of it is durable in `private/`, so
//! that a hub that was killed in between goes on where it was.

use std::sync::Arc;

use super::desk::Desk;
use super::notice::SealState;
use crate::archive::{
    self, NotNow, SealBody, SealSignature, SignedRefusal, Transcript, Unsigned, Witness, signers,
};
use crate::meeting::{Actor, TEXT_CHARS_MAX};
use crate::wire::{Answer, SealRefused, WrongAnswer};

/// What a screen says about the seal. Signatures are in hex.
pub(super) enum OfSeal {
    /// It signs.
    Signature(String),
    /// It refuses.
    Refusal { reason: String, signature: String },
    /// The presiding officer goes on without somebody.
    Without { who: Actor, reason: String },
    /// It witnesses the last line.
    Witness(String),
}

/// The seal as far as it has been signed, as it goes to screens.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// For the console, which signs over the witnesses, and for displays.
    pub whole: String,
    /// For seats: five hundred terminals are not told of each other's witness.
    pub to_seats: String,
}

impl Told {
    fn of(transcript: &Transcript) -> Self {
        let text = |transcript: &Transcript| String::from_utf8(transcript.bytes()).unwrap_or_default();
        let without = Transcript { witnesses: Vec::new(), ..transcript.clone() };
        Self { whole: text(transcript), to_seats: text(&without) }
    }
}

impl Desk {
    /// Goes on with the seal that a hub before this one had begun, if it is over the same; what was signed over another
    /// list of files is asked again, and witnesses of the same last line stay.
    pub(super) fn begin_sealing(&mut self, seal: SealBody) -> Result<(), String> {
        let Some(state) = self.state() else { return Ok(()) };
        let kept = self.vault.seal().filter(|kept| kept.holds_so_far(state));
        let mut transcript = match kept {
            Some(kept) if kept.seal == seal => kept,
            kept => {
                let witnesses = kept
                    .filter(|kept| kept.seal.witness_text() == seal.witness_text())
                    .map_or_else(Vec::new, |kept| kept.witnesses);
                Transcript { witnesses, ..Transcript::begin(seal) }
            }
        };
        if transcript.signatures.is_empty() {
            let own = transcript.sign(Actor::Hub, &self.keys.identity);
            transcript.add_signature(own);
        }
        self.sealing = Some(transcript);
        self.seal_changed = true;
        self.keep_seal()
    }

    /// Makes what has been signed durable; then every screen is told.
    pub(super) fn keep_seal(&mut self) -> Result<(), String> {
        let Some(transcript) = self.sealing.as_ref().filter(|_| self.seal_changed) else { return Ok(()) };
        self.vault.keep_seal(transcript).map_err(|fault| fault.to_string())?;
        self.seal_changed = false;
        self.held.seal = Some(SealState::Ready(Arc::new(Told::of(transcript))));
        Ok(())
    }

    /// Takes what a screen says about the seal. The answer is to be given only once it is durable.
    pub(super) fn of_seal(&mut self, from: &Actor, said: OfSeal) -> Answer {
        let taken = match said {
            OfSeal::Signature(signature) => self.take_signature(from, signature),
            OfSeal::Refusal { reason, signature } => self.take_refusal(from, reason, signature),
            OfSeal::Without { who, reason } => self.go_on_without(from, who, reason),
            OfSeal::Witness(signature) => self.take_witness(from, signature),
        };
        match taken {
            Ok(()) => Answer::DONE,
            Err(wrong) => Answer::Wrong(wrong),
        }
    }

    fn key_of(&self, actor: &Actor) -> String {
        self.state().and_then(|state| state.keys.get(actor)).cloned().unwrap_or_default()
    }

    fn unfinished(&self) -> Result<&Transcript, SealRefused> {
        let ready = matches!(*self.notices.seal.borrow(), SealState::Ready(_));
        self.sealing.as_ref().filter(|_| ready).ok_or(SealRefused::NothingToSeal)
    }

    fn take_signature(&mut self, from: &Actor, signature: String) -> Result<(), WrongAnswer> {
        let mut transcript = self.unfinished().map_err(WrongAnswer::Seal)?.clone();
        let signed = SealSignature { by: from.clone(), key: self.key_of(from), signature };
        let state = self.state().ok_or(WrongAnswer::Seal(SealRefused::NothingToSeal))?;
        match transcript.may_sign(state, from) {
            Ok(()) => {}
            // It had signed, and lost the answer.
            Err(NotNow::Signed) => return Ok(()),
            Err(why) => return Err(WrongAnswer::Seal(refused(why))),
        }
        if *from == Actor::Hub || !transcript.next_holds(&signed) {
            return Err(WrongAnswer::Seal(SealRefused::Changed));
        }
        transcript.add_signature(signed);
        if *from != Actor::Console {
            self.sealing = Some(transcript);
            self.seal_changed = true;
            return Ok(());
        }
        if let Err(fault) = archive::seal::finish_on(self.folder.dir(), &transcript, self.vault.disk()) {
            let says = fault.to_string();
            self.seal_trouble = Some(says.clone());
            return Err(WrongAnswer::Disk { says });
        }
        self.sealing = None;
        self.seal_changed = false;
        self.held.seal = Some(SealState::Sealed);
        Ok(())
    }

    fn take_refusal(&mut self, from: &Actor, reason: String, signature: String) -> Result<(), WrongAnswer> {
        let reason = checked(reason)?;
        let refusal = Some(SignedRefusal { key: self.key_of(from), signature });
        let unsigned = Unsigned { by: from.clone(), reason, refusal };
        let transcript = self.unfinished().map_err(WrongAnswer::Seal)?;
        if !transcript.seal.is_refused_by(&unsigned) {
            return Err(WrongAnswer::Seal(SealRefused::Changed));
        }
        self.name_as_unsigned(unsigned)
    }

    fn go_on_without(&mut self, from: &Actor, who: Actor, reason: String) -> Result<(), WrongAnswer> {
        if *from != Actor::Console {
            return Err(WrongAnswer::Seal(SealRefused::NotEntitled));
        }
        let transcript = self.unfinished().map_err(WrongAnswer::Seal)?;
        if transcript.reason_of(&who).is_some_and(|named| named.refusal.is_some()) {
            // Nobody's own words are replaced by another's.
            return Err(WrongAnswer::Seal(SealRefused::Answered));
        }
        let reason = checked(reason)?;
        self.name_as_unsigned(Unsigned { by: who, reason, refusal: None })
    }

    fn name_as_unsigned(&mut self, unsigned: Unsigned) -> Result<(), WrongAnswer> {
        let transcript = self.unfinished().map_err(WrongAnswer::Seal)?;
        let state = self.state().ok_or(WrongAnswer::Seal(SealRefused::NothingToSeal))?;
        let entitled = signers(state).iter().any(|signer| signer.by == unsigned.by);
        if !entitled || unsigned.by == Actor::Console {
            return Err(WrongAnswer::Seal(SealRefused::NotEntitled));
        }
        if transcript.signature_of(&unsigned.by).is_some() {
            return Err(WrongAnswer::Seal(SealRefused::Answered));
        }
        if let Some(transcript) = &mut self.sealing {
            transcript.add_unsigned(unsigned);
            self.seal_changed = true;
        }
        Ok(())
    }

    fn take_witness(&mut self, from: &Actor, signature: String) -> Result<(), WrongAnswer> {
        let witness = Witness { by: from.clone(), key: self.key_of(from), signature };
        let transcript = self.unfinished().map_err(WrongAnswer::Seal)?;
        if !matches!(from, Actor::Seat(_) | Actor::Console) {
            return Err(WrongAnswer::Seal(SealRefused::NotEntitled));
        }
        if !transcript.seal.is_witnessed_by(&witness) {
            return Err(WrongAnswer::Seal(SealRefused::OtherRecord));
        }
        if let Some(transcript) = &mut self.sealing {
            self.seal_changed |= transcript.add_witness(witness);
        }
        Ok(())
    }
}

/// A reason in words: some, and not too many.
fn checked(reason: String) -> Result<String, WrongAnswer> {
    let trimmed = reason.trim();
    let chars_max = usize::try_from(TEXT_CHARS_MAX).unwrap_or(usize::MAX);
    if trimmed.is_empty() || trimmed.chars().count() > chars_max {
        return Err(WrongAnswer::Seal(SealRefused::Reason));
    }
    Ok(trimmed.to_owned())
}

fn refused(why: NotNow) -> SealRefused {
    match why {
        NotNow::NotEntitled => SealRefused::NotEntitled,
        NotNow::Signed => SealRefused::Answered,
        NotNow::OthersFirst => SealRefused::OthersFirst,
        NotNow::TooLate => SealRefused::TooLate,
    }
}
