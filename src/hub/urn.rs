//! What comes without a name: credentials to be registered, ballots to be returned.

use super::ballot_box::Put;
use super::desk::{Desk, system_rng};
use crate::ballot::{BallotHash, CheckedBallot, Issuer, PublicCredential, Token};
use crate::meeting::{Admitted, BallotId, RoundPhase, can_grow};
use crate::wire::{Receipt, WrongAnswer, proof};

impl Desk {
    pub(super) fn register(
        &mut self,
        ballot: &BallotId,
        credential: PublicCredential,
        token: Token,
    ) -> Result<(), WrongAnswer> {
        let open = self
            .state()
            .and_then(|state| state.round(ballot))
            .is_some_and(|(_, round)| matches!(round.phase, RoundPhase::Issuing | RoundPhase::Registering));
        if !open {
            return Err(WrongAnswer::NotOpen);
        }
        let issued =
            self.state().and_then(|state| state.round(ballot)).map_or(0, |(_, round)| round.issued());
        let papers = self.papers(ballot).ok_or(WrongAnswer::NotOpen)?;
        if !papers.issuer.redeem(&credential, &token) {
            return Err(WrongAnswer::Token);
        }
        let Err(place) = papers.admitted.binary_search_by(|admitted| admitted.credential.cmp(&credential))
        else {
            return Ok(());
        };
        if papers.admitted.len() >= usize::try_from(issued).unwrap_or(usize::MAX) {
            return Err(WrongAnswer::Token);
        }
        papers.admitted.insert(place, Admitted { credential, token });
        self.papers_changed.insert(ballot.clone());
        Ok(())
    }

    pub(super) fn cast(
        &mut self,
        ballot: &BallotId,
        checked: CheckedBallot,
        bytes: &[u8],
        given: Option<&Receipt>,
    ) -> Result<Receipt, WrongAnswer> {
        self.the_box(ballot).ok_or(WrongAnswer::NotOpen)?;
        let state = self.state().ok_or(WrongAnswer::NotOpen)?;
        let round = state.round(ballot).map(|(_, round)| round).ok_or(WrongAnswer::NotOpen)?;
        let hash = checked.hash;
        let text = self.receipt_text(ballot, &hash).ok_or(WrongAnswer::NotOpen)?;
        // What this hub or one before it has acknowledged and is missing from the fixed box is taken back in, while the box
        // is checked.
        let acknowledged = given.is_some_and(|receipt| {
            let is_by = |key: &str| crate::meeting::order::verify(key, &text, &receipt.signature);
            receipt.ballot == hash && state.hub_keys().any(is_by)
        });
        let open = match round.phase {
            RoundPhase::Sealing => acknowledged,
            RoundPhase::Sealed => acknowledged && can_grow(state, round, self.now()),
            _ => self.takes_ballots(ballot),
        };
        let held = self.the_box(ballot).ok_or(WrongAnswer::NotOpen)?;
        // What is in the box already is confirmed again while its round is under way; nothing new goes in outside the vote.
        let known = held.returned_under(&checked.credential) == Some(&hash);
        if !known && !open {
            return Err(WrongAnswer::NotOpen);
        }
        match held.put(checked, bytes, &mut system_rng()) {
            Ok(Put::In | Put::Again) => {}
            Ok(Put::Second) => return Err(WrongAnswer::SecondBallot),
            Ok(Put::Full) => return Err(WrongAnswer::NotOpen),
            Err(error) => return Err(WrongAnswer::Disk { says: error.to_string() }),
        }
        self.receipt(ballot, hash)
    }

    /// What is answered to a ballot under a credential that has one in the box; None where there is none yet.
    pub(super) fn returned(
        &mut self,
        ballot: &BallotId,
        credential: &PublicCredential,
        hash: &BallotHash,
    ) -> Option<Result<Receipt, WrongAnswer>> {
        let open = self.takes_ballots(ballot);
        let held = *self.the_box(ballot)?.returned_under(credential)?;
        Some(match held == *hash {
            true => self.receipt(ballot, held),
            false if open => Err(WrongAnswer::SecondBallot),
            false => Err(WrongAnswer::NotOpen),
        })
    }

    fn takes_ballots(&self, ballot: &BallotId) -> bool {
        self.state().is_some_and(|state| {
            let voting = state.round(ballot).is_some_and(|(_, round)| round.phase == RoundPhase::Voting);
            voting && state.suspended.is_none()
        })
    }

    fn receipt(&self, ballot: &BallotId, hash: BallotHash) -> Result<Receipt, WrongAnswer> {
        let text = self.receipt_text(ballot, &hash).ok_or(WrongAnswer::NotOpen)?;
        Ok(Receipt { ballot: hash, signature: self.keys.identity.sign(&text) })
    }

    /// What a receipt of this ballot signs; none once its round is over.
    fn receipt_text(&self, ballot: &BallotId, hash: &BallotHash) -> Option<String> {
        let elections = self.notices.elections.borrow();
        let fingerprint = elections.get(ballot)?.election().fingerprint();
        Some(proof::receipt_text(&self.keys.session, ballot, fingerprint, hash))
    }
}
