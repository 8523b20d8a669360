//! The seal: of this record, witnessed and signed by the keys that the record has at its end, in the order that is kept,
//! and nobody who was to sign is passed over in silence.

use std::collections::BTreeSet;

use super::fault::FaultKind;
use super::report::{NotSigned, Report, What};
use crate::archive::signers::{Signer, is_independent, signers};
use crate::archive::{TRANSCRIPT, Transcript, Turn};
use crate::journal::Replay;
use crate::meeting::{Actor, Phase, State};
use crate::plan::Duty;

/// Whether this seals this record, which was followed to its end: what may still be needed for a record goes only then.
pub fn seals(transcript: &Transcript, replay: &Replay) -> bool {
    let mut report = Report::default();
    let ended = replay.state().is_some_and(|state| state.phase == Phase::Ended);
    check(transcript, replay, true, &mut report);
    ended && report.faults.is_empty()
}

/// Checks a seal against the record as far as it was followed: to its end when it is `whole`.
pub(super) fn check(transcript: &Transcript, replay: &Replay, whole: bool, report: &mut Report) {
    let before = report.faults.len();
    let mut found = Found::default();
    if let Some(state) = replay.state() {
        check_body(transcript, replay, whole, state, report);
        let mut check = Check { transcript, state, whole, signers: signers(state), report };
        check.signatures(&mut found);
        check.witnesses(&mut found);
        check.unsigned(&mut found);
        check.coverage(&found);
    }
    let count = |duty: Duty| found.duties.iter().filter(|one| **one == duty).count();
    let what = What::Seal {
        recorders: count(Duty::Recorder),
        scrutineers: count(Duty::Scrutineer),
        presiding: found.by.contains(&Actor::Console),
        by: found.by.iter().map(Actor::to_string).collect(),
        witnesses: found.witnesses.len(),
        not_signed: found.not_signed,
    };
    report.check(before, what);
}

fn check_body(transcript: &Transcript, replay: &Replay, whole: bool, state: &State, report: &mut Report) {
    let seal = &transcript.seal;
    if seal.session != *state.session() {
        report.fault(TRANSCRIPT, FaultKind::SealedSession);
    }
    if seal.rehearsal != state.frozen.rehearsal {
        report.fault(TRANSCRIPT, FaultKind::SealedRehearsal);
    }
    if whole {
        let found = replay.number();
        if seal.lines != found {
            report.fault(TRANSCRIPT, FaultKind::SealedLines { sealed: seal.lines, found });
        }
        if seal.head != replay.hash() {
            report.fault(TRANSCRIPT, FaultKind::SealedHead);
        }
    }
}

/// What holds of a seal.
#[derive(Default)]
struct Found {
    by: Vec<Actor>,
    duties: Vec<Duty>,
    witnesses: Vec<Actor>,
    not_signed: Vec<NotSigned>,
}

struct Check<'a> {
    transcript: &'a Transcript,
    state: &'a State,
    /// Whether the record could be followed to its end: only then is it known who was entitled, and by which keys.
    whole: bool,
    signers: Vec<Signer>,
    report: &'a mut Report,
}

impl Check<'_> {
    fn fault(&mut self, what: FaultKind) {
        self.report.fault(TRANSCRIPT, what);
    }

    /// Whether this is the key in force at the end of the record; where that is not known, anything may be.
    fn is_key(&self, by: &Actor, key: &str) -> bool {
        match self.state.key_of(by) {
            Some(known) => known == key,
            None => !self.whole,
        }
    }

    fn turn(&self, by: &Actor) -> Option<Turn> {
        let signer = self.signers.iter().find(|signer| signer.by == *by);
        if *by == Actor::Hub { Some(Turn::Hub) } else { signer.map(|signer| signer.turn) }
    }

    /// Each by its key, over the seal and those before it, in the order of the turns.
    fn signatures(&mut self, found: &mut Found) {
        let (transcript, mut reached) = (self.transcript, Turn::Hub);
        let mut seen: BTreeSet<&Actor> = BTreeSet::new();
        for (place, signature) in transcript.signatures.iter().enumerate() {
            let name = || signature.by.to_string();
            let turn = self.turn(&signature.by);
            if !seen.insert(&signature.by) {
                self.fault(FaultKind::SignatureTwice { by: name() });
                continue;
            }
            if turn.is_none() && self.whole {
                self.fault(FaultKind::NotEntitled { by: name() });
                continue;
            }
            if turn.is_some_and(|turn| turn < reached) {
                self.fault(FaultKind::SignatureOrder { by: name() });
            }
            reached = turn.map_or(reached, |turn| turn.max(reached));
            if !self.is_key(&signature.by, &signature.key) {
                self.fault(FaultKind::SignatureKey { by: name() });
            } else if !transcript.holds(signature, place) {
                self.fault(FaultKind::Signature { by: name() });
            } else if self.state.key_of(&signature.by).is_some() {
                let signer = self.signers.iter().find(|signer| signer.by == signature.by);
                found.duties.extend(signer.into_iter().flat_map(|signer| signer.duties.iter().copied()));
                found.by.push(signature.by.clone());
            }
        }
        for required in [Actor::Hub, Actor::Console] {
            if !seen.contains(&required) {
                self.fault(FaultKind::SignatureMissing { by: required.to_string() });
            }
        }
    }

    /// Each by its key, over the last line that is sealed.
    fn witnesses(&mut self, found: &mut Found) {
        let transcript = self.transcript;
        if !transcript.witnesses.windows(2).all(|pair| matches!(pair, [a, b] if a.by < b.by)) {
            self.fault(FaultKind::WitnessesNotSorted);
        }
        for witness in &transcript.witnesses {
            let by = witness.by.to_string();
            if !matches!(witness.by, Actor::Seat(_) | Actor::Console) {
                self.fault(FaultKind::NotEntitled { by });
            } else if !self.is_key(&witness.by, &witness.key) {
                self.fault(FaultKind::WitnessKey { by });
            } else if !transcript.seal.is_witnessed_by(witness) {
                self.fault(FaultKind::Witness { by });
            } else if self.state.key_of(&witness.by).is_some() {
                found.witnesses.push(witness.by.clone());
            }
        }
    }

    /// Each entitled and not among those who signed, with a reason.
    fn unsigned(&mut self, found: &mut Found) {
        let transcript = self.transcript;
        if !transcript.unsigned.windows(2).all(|pair| matches!(pair, [a, b] if a.by < b.by)) {
            self.fault(FaultKind::UnsignedNotSorted);
        }
        for unsigned in &transcript.unsigned {
            let by = unsigned.by.to_string();
            if (self.turn(&unsigned.by).is_none() && self.whole) || unsigned.by == Actor::Hub {
                self.fault(FaultKind::NotEntitled { by: by.clone() });
            }
            if transcript.signature_of(&unsigned.by).is_some() {
                self.fault(FaultKind::SignedAndNot { by: by.clone() });
            }
            if unsigned.reason.trim().is_empty() {
                self.fault(FaultKind::NoReason { by: by.clone() });
            }
            if let Some(refusal) = &unsigned.refusal {
                if !self.is_key(&unsigned.by, &refusal.key) {
                    self.fault(FaultKind::RefusalKey { by: by.clone() });
                } else if !transcript.seal.is_refused_by(unsigned) {
                    self.fault(FaultKind::Refusal { by: by.clone() });
                }
            }
            let name = unsigned.by.seat().map_or_else(|| by.clone(), |seat| self.state.name(seat).to_owned());
            let (reason, refused) = (unsigned.reason.clone(), unsigned.refusal.is_some());
            found.not_signed.push(NotSigned { by, name, reason, refused });
        }
    }

    /// Everyone entitled is in one of the two lists; and somebody besides the machine that ran the meeting stands for
    /// its end.
    fn coverage(&mut self, found: &Found) {
        if !self.whole {
            return;
        }
        let missing = self.signers.iter().filter(|signer| signer.by != Actor::Console);
        let missing: Vec<String> = missing
            .filter(|signer| self.transcript.misses(&signer.by))
            .map(|signer| signer.by.to_string())
            .collect();
        for by in missing {
            self.fault(FaultKind::Unaccounted { by });
        }
        let independent = |by: &Actor| is_independent(self.state, by);
        if !found.by.iter().chain(&found.witnesses).any(independent) {
            self.fault(FaultKind::SealAlone);
        }
    }
}
