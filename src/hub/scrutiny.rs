//! What the hub passes on between scrutineers while they make their key, and what it collects while they open a box. None
//! of it is secret, and none of it is kept on disk: after a restart the terminals send it again.

use std::collections::BTreeMap;

use tokio::sync::oneshot;

use super::desk::{Desk, system_rng};
use crate::ballot::{self, Certificates, Dealing, EncryptedTally, PartialDecryption, ShareProof};
use crate::meeting::{Actor, BallotId, Ceremony, Command, RoundPhase, SeatId, enough_released, sha256_hex};
use crate::plan::TrusteesPlan;
use crate::wire::{Answer, WrongAnswer};

/// How many bytes of ballots go into one answer, about.
const BALLOTS_BYTES: usize = 1024 * 1024;

/// What has come of one making of the key.
#[derive(Default)]
pub(super) struct Parts {
    ceremony: u32,
    dealings: BTreeMap<SeatId, Dealing>,
    waiting: Vec<oneshot::Sender<Answer>>,
    proofs: BTreeMap<SeatId, ShareProof>,
}

impl Parts {
    /// Those of this making; what came for another is forgotten.
    fn of(&mut self, ceremony: u32) -> &mut Self {
        if self.ceremony != ceremony {
            *self = Self { ceremony, ..Self::default() };
        }
        self
    }

    /// Everybody's dealings, in the order of the trustees.
    fn all_dealings(&self, ceremony: &Ceremony) -> Option<Vec<Dealing>> {
        ceremony.scrutineers.iter().map(|seat| self.dealings.get(seat).cloned()).collect()
    }
}

impl Desk {
    /// The making of the key that is under way, if this is it.
    fn making(&self, ceremony: u32) -> Option<Ceremony> {
        self.state()?.ceremony.clone().filter(|one| one.number == ceremony)
    }

    /// A dealing is taken if it is the one that was committed to; nobody sees another's before all are committed.
    pub(super) fn deal(
        &mut self,
        from: &Actor,
        number: u32,
        dealing: Dealing,
        reply: oneshot::Sender<Answer>,
    ) {
        let making = self.making(number).filter(|one| one.all_dealings().is_some());
        let Some((making, seat)) = making.zip(from.seat()) else {
            let _ = reply.send(Answer::Wrong(WrongAnswer::NotOpen));
            return;
        };
        if making.dealings.get(seat) != Some(&dealing.hash()) {
            let _ = reply.send(Answer::Wrong(WrongAnswer::NotOpen));
            return;
        }
        let parts = self.ceremony.of(number);
        parts.dealings.insert(seat.clone(), dealing);
        parts.waiting.push(reply);
        if let Some(dealings) = parts.all_dealings(&making) {
            for waiting in std::mem::take(&mut parts.waiting) {
                let _ = waiting.send(Answer::Dealings { dealings: dealings.clone() });
            }
        }
    }

    pub(super) fn take_share(&mut self, from: &Actor, number: u32, proof: ShareProof) -> Answer {
        let making = self.making(number).filter(|one| one.trustees.is_none());
        match from.seat().filter(|seat| making.is_some_and(|one| one.scrutineers.contains(seat))) {
            Some(seat) => {
                self.ceremony.of(number).proofs.insert(seat.clone(), proof);
                Answer::DONE
            }
            None => Answer::Wrong(WrongAnswer::NotOpen),
        }
    }

    /// When every share is proved, the public parts are put together.
    pub(super) fn ceremony_duty(&mut self) -> Result<(), String> {
        let Some(making) = self.state().and_then(|state| state.ceremony.clone()) else { return Ok(()) };
        if making.trustees.is_some() || self.ceremony.ceremony != making.number {
            return Ok(());
        }
        let parts = &self.ceremony;
        let proofs: Option<Vec<ShareProof>> =
            making.scrutineers.iter().map(|seat| parts.proofs.get(seat).cloned()).collect();
        let complete = making.all_certificates().zip(parts.all_dealings(&making)).zip(proofs);
        let Some(((certificates, dealings), proofs)) = complete else { return Ok(()) };
        let made = Certificates::new(making.threshold, certificates)
            .and_then(|certificates| certificates.finish(&dealings, &proofs));
        match made {
            Ok(trustees) => {
                let trustees = String::from_utf8_lossy(trustees.bytes()).into_owned();
                self.by_rule(&Command::FixTrustees { ceremony: making.number, trustees })
            }
            Err(error) => {
                // Whoever sent what does not hold may send it again; else the presiding officer begins anew.
                self.ceremony.proofs.clear();
                Err(error.to_string())
            }
        }
    }

    /// Whether a screen is that of a scrutineer who holds a share of the key in force.
    fn holds_share(&self, from: &Actor) -> Option<u32> {
        let key = self.state()?.key.as_ref()?;
        key.trustee(from.seat().filter(|seat| !key.lost.contains(*seat))?)
    }

    /// The ballots of a fixed box, for those who check and open it.
    pub(super) fn show_box(&mut self, from: &Actor, ballot: &BallotId, first: u32) -> Answer {
        let fixed = self.round(ballot).is_some_and(|(_, round)| {
            matches!(round.phase, RoundPhase::Sealed | RoundPhase::Opening | RoundPhase::Counted)
        });
        if !fixed || self.holds_share(from).is_none() {
            return Answer::Wrong(WrongAnswer::NotOpen);
        }
        let Some(held) = self.the_box(ballot) else { return Answer::Wrong(WrongAnswer::NotOpen) };
        let mut bytes = 0;
        let ballots = held
            .ballots()
            .into_iter()
            .skip(usize::try_from(first).unwrap_or(usize::MAX))
            .take_while(|returned| {
                let fits = bytes == 0 || bytes + returned.bytes.len() <= BALLOTS_BYTES;
                bytes += returned.bytes.len();
                fits
            })
            .map(|returned| String::from_utf8_lossy(&returned.bytes).into_owned())
            .collect();
        Answer::Ballots { ballots }
    }

    /// Factors are taken if they are those that the record names.
    pub(super) fn take_factors(&mut self, from: &Actor, ballot: &BallotId, factors: String) -> Answer {
        let wrong = Answer::Wrong(WrongAnswer::NotOpen);
        let (Some(trustee), Some((_, round))) = (self.holds_share(from), self.round(ballot)) else {
            return wrong;
        };
        let named = from.seat().and_then(|seat| round.released.get(seat));
        if named.is_none_or(|named| named.factors != sha256_hex(factors.as_bytes())) {
            return wrong;
        }
        // What does not hold is taken as well: it is shown to everybody.
        self.factors.entry(ballot.clone()).or_default().insert(trustee, factors);
        Answer::DONE
    }

    /// What was handed in as factors of this sum, by whom, as far as nobody has shown that it does not hold.
    fn factors_of<'a>(
        &'a self,
        ballot: &BallotId,
        tally: &EncryptedTally,
    ) -> impl Iterator<Item = (u32, &'a SeatId, &'a String)> {
        let sum = tally.hash();
        let round = self.round(ballot).and_then(|(state, round)| Some((state.key.as_ref()?, round)));
        let came = self.factors.get(ballot).into_iter().flatten();
        came.filter_map(move |(trustee, factors)| {
            let (key, round) = round?;
            let seat = key.scrutineers.get(usize::try_from(*trustee).ok()?.checked_sub(1)?)?;
            let released = round.released.get(seat).filter(|_| round.has_given(seat))?;
            (released.sum == sum).then_some((*trustee, seat, factors))
        })
    }

    /// What shows that factors handed in of the true sum do not hold, where some do not.
    pub(super) fn false_factors(
        &self,
        ballot: &BallotId,
        setup: &ballot::Setup,
        tally: &EncryptedTally,
    ) -> Option<Command> {
        let holds = |trustee, factors: &str| good(setup, tally, trustee, factors).is_some();
        let mut came = self.factors_of(ballot, tally);
        let (_, seat, factors) = came.find(|(trustee, _, factors)| !holds(*trustee, factors))?;
        Some(Command::ShowFalseFactors {
            ballot: ballot.clone(),
            seat: seat.clone(),
            tally: String::from_utf8(tally.bytes()).ok()?,
            factors: factors.clone(),
        })
    }

    /// The factors with which a sum is opened: the console's own, or those of the scrutineers, once enough have come.
    pub(super) fn partials(
        &self,
        ballot: &BallotId,
        setup: &ballot::Setup,
        tally: &EncryptedTally,
    ) -> Option<Vec<(u32, PartialDecryption)>> {
        let state = self.state()?;
        if state.plan().meeting.trustees == TrusteesPlan::Console {
            let trustee = self.keys.trustee.as_ref()?;
            let factors = trustee.decrypt(setup, tally, &mut system_rng());
            return Some(vec![(setup.trustees().owner_of(trustee).unwrap_or(1), factors)]);
        }
        if !state.rounds_on_floor().all(|round| enough_released(state, round)) {
            return None;
        }
        // What does not hold is left out: whoever sent it spoils nothing.
        let good: Vec<(u32, PartialDecryption)> = self
            .factors_of(ballot, tally)
            .filter_map(|(trustee, _, factors)| Some((trustee, good(setup, tally, trustee, factors)?)))
            .collect();
        (good.len() >= setup.trustees().threshold()).then_some(good)
    }
}

/// Factors as they were handed in, read, if they hold.
fn good(
    setup: &ballot::Setup,
    tally: &EncryptedTally,
    trustee: u32,
    factors: &str,
) -> Option<PartialDecryption> {
    let partial = PartialDecryption::parse(factors.as_bytes()).ok()?;
    partial.verify(setup, tally, trustee).ok().map(|()| partial)
}
