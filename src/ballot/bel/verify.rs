//! Checking what an archive says: every ballot, the sums, the factors, the result. It looks on after a
//! fault, so that the report holds all of them.

use std::collections::HashMap;

use rayon::prelude::*;

use super::fault::BelFault;
use super::read::{BelContents, BelOpening, open_bel};
use crate::ballot::check::CheckedBallot;
use crate::ballot::credential::PublicCredential;
use crate::ballot::error::BallotError;
use crate::ballot::paper::BallotHash;
use crate::ballot::setup::Setup;
use crate::ballot::tally::{EncryptedTally, Owned, PartialDecryption, combine, tally};
use crate::ballot::text::from_canonical_json;

/// What the check of an archive found.
#[derive(Debug, Clone, Default)]
pub struct BelReport {
    /// The setup; none if the archive could not be taken apart.
    pub setup: Option<Setup>,
    /// The time of the archive, in seconds since 1970.
    pub timestamp_seconds: u64,
    /// The hash of the last event.
    pub head: String,
    /// Ballots in the archive.
    pub ballots: usize,
    /// Proofs and signatures that were checked and hold.
    pub proofs: usize,
    /// The result, if the ballots and the factors give it.
    pub result: Option<Vec<Vec<u64>>>,
    /// The hashes of the ballots, in the order of the archive.
    pub hashes: Vec<BallotHash>,
    /// The credentials of the valid ballots, in the same order.
    pub credentials: Vec<PublicCredential>,
    /// The trustees whose factors hold.
    pub openers: Vec<u32>,
    /// Whether the sums were opened, or the archive ends with the closed box.
    pub opened: bool,
    /// Everything that does not hold.
    pub faults: Vec<BelFault>,
}

impl BelReport {
    /// Whether everything holds.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks an archive in full.
pub fn verify_bel(bytes: &[u8]) -> BelReport {
    let contents = match open_bel(bytes) {
        Ok(contents) => contents,
        Err(faults) => {
            return BelReport { faults, ..BelReport::default() };
        }
    };
    let mut report = BelReport {
        timestamp_seconds: contents.timestamp_seconds,
        head: contents.head.clone(),
        ballots: contents.ballots.len(),
        proofs: contents.setup.trustees().proofs(),
        hashes: contents.ballots.iter().map(|ballot| BallotHash::of(ballot)).collect(),
        opened: contents.is_opened(),
        ..BelReport::default()
    };
    let valid = report.check_ballots(&contents);
    if let Some(opening) = &contents.opening {
        report.check_opening(&contents.setup, &valid, opening);
    }
    report.setup = Some(contents.setup);
    report
}

impl BelReport {
    /// Checks each ballot; returns those that count.
    fn check_ballots(&mut self, contents: &BelContents) -> Vec<CheckedBallot> {
        let checked: Vec<Result<CheckedBallot, BallotError>> =
            contents.ballots.par_iter().map(|ballot| contents.setup.check_ballot(ballot)).collect();
        let mut first_of = HashMap::new();
        let mut valid = Vec::with_capacity(checked.len());
        for (number, (checked, hash)) in (1..).zip(checked.into_iter().zip(&self.hashes)) {
            let ballot = match checked {
                Ok(ballot) => ballot,
                Err(error) => {
                    let hash = *hash;
                    self.faults.push(BelFault::Ballot { number, hash, error });
                    continue;
                }
            };
            let credential = ballot.credential;
            let first = *first_of.entry(credential).or_insert(number);
            if first != number {
                self.faults.push(BelFault::VotedTwice { first, second: number, credential });
                continue;
            }
            self.proofs += ballot.proofs();
            self.credentials.push(credential);
            valid.push(ballot);
        }
        valid
    }

    /// Checks sums, factors and result. The factors are checked against the sums as archived, so that
    /// a forged sum is one fault and not one for each trustee.
    fn check_opening(&mut self, setup: &Setup, valid: &[CheckedBallot], opening: &BelOpening) {
        let archived = match EncryptedTally::parse(setup, &opening.tally, valid.len()) {
            Ok(archived) => archived,
            Err(error) => return self.faults.push(BelFault::Tally(error)),
        };
        match tally(setup, valid) {
            Ok(recomputed) if recomputed == archived => {}
            Ok(_) => self.faults.push(BelFault::TallyForged),
            Err(error) => self.faults.push(BelFault::Tally(error)),
        }
        if archived.sized_bytes() != opening.sized {
            self.faults.push(BelFault::TallySize);
        }
        let mut partials = Vec::with_capacity(opening.partials.len());
        for (number, (factors, owned)) in (1..).zip(&opening.partials) {
            match check_partial(setup, &archived, number, factors, owned) {
                Ok(partial) => partials.push(partial),
                Err(fault) => self.faults.push(fault),
            }
        }
        self.openers.extend(partials.iter().map(|(owner, _)| *owner));
        self.proofs += partials.len() * archived.sums();
        match combine(setup, &archived, &partials, valid.len()) {
            Ok(outcome) if outcome.bytes == opening.result => {
                // A result of sums that are not the ballots' is no result.
                self.result = self.faults.is_empty().then_some(outcome.result);
            }
            Ok(_) => self.faults.push(BelFault::ResultForged),
            Err(error) => self.faults.push(BelFault::Opening(error)),
        }
    }
}

fn check_partial(
    setup: &Setup,
    tally: &EncryptedTally,
    number: usize,
    factors: &[u8],
    owned: &[u8],
) -> Result<(u32, PartialDecryption), BelFault> {
    let fault = |error| BelFault::Partial { number, error };
    let partial = PartialDecryption::parse(factors).map_err(fault)?;
    let Owned { owner, .. } = from_canonical_json("owner of factors", owned).map_err(fault)?;
    if partial.owned_bytes(owner) != owned {
        return Err(BelFault::PartialOwner { number });
    }
    partial.verify(setup, tally, owner).map_err(fault)?;
    Ok((owner, partial))
}
