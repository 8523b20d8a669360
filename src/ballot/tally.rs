//! Adding up under encryption, and opening the sum together: nobody ever decrypts one ballot.
//!
//! Each trustee raises the alphas of the sums to its secret and proves that it did; the product of
//! the factors takes the key away, and the exponent that is left is the number of marks, found by
//! looking it up (Belenios specification, sections "Tally" and "Election result").

use std::collections::{BTreeMap, BTreeSet, HashMap};

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use super::check::CheckedBallot;
use super::error::{BallotError, Place, TrusteeFault};
use super::group::Element;
use super::paper::Ciphertext;
use super::proof::Proof;
use super::setup::Setup;
use super::text::{from_canonical_json, sha256_hex, to_json};
use super::trustees::TrusteeKey;

/// The encrypted sums: per question, per choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptedTally {
    sums: Vec<Vec<Ciphertext>>,
    ballots: usize,
}

/// The record that says how many ballots are in a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TallySize {
    num_tallied: u64,
    total_weight: u64,
    encrypted_tally: String,
}

/// Adds up the ballots.
///
/// # Errors
/// An error if a credential has two ballots, or a ballot was checked for another election.
pub fn tally(setup: &Setup, ballots: &[CheckedBallot]) -> Result<EncryptedTally, BallotError> {
    let mut credentials = BTreeSet::new();
    for ballot in ballots {
        if ballot.fingerprint != setup.election().fingerprint() {
            return Err(BallotError::ForeignBallot);
        }
        if !credentials.insert(ballot.credential) {
            return Err(BallotError::VotedTwice(ballot.credential));
        }
    }
    let neutral = (EdwardsPoint::identity(), EdwardsPoint::identity());
    let mut sums: Vec<Vec<_>> =
        setup.election().questions().iter().map(|question| vec![neutral; question.choices()]).collect();
    for ballot in ballots {
        let choices = ballot.choices.iter().flatten();
        for ((alpha, beta), choice) in sums.iter_mut().flatten().zip(choices) {
            *alpha += choice.alpha.point();
            *beta += choice.beta.point();
        }
    }
    let sums = sums
        .into_iter()
        .map(|question| {
            question.into_iter().map(|(alpha, beta)| Ciphertext::from_points(alpha, beta)).collect()
        })
        .collect();
    Ok(EncryptedTally { sums, ballots: ballots.len() })
}

impl EncryptedTally {
    /// Reads the record of sums over so many ballots, as an archive holds it; that they are the sums of
    /// the ballots is not checked by this.
    pub(super) fn parse(setup: &Setup, bytes: &[u8], ballots: usize) -> Result<Self, BallotError> {
        let sums: Vec<Vec<Ciphertext>> = from_canonical_json("encrypted tally", bytes)?;
        let questions = setup.election().questions();
        Place::ALL.expect("sums", questions.len(), sums.len())?;
        for (index, (question, sums)) in questions.iter().zip(&sums).enumerate() {
            Place::question(index).expect("sums", question.choices(), sums.len())?;
        }
        Ok(Self { sums, ballots })
    }

    /// Number of sums, of all questions together.
    pub(super) fn sums(&self) -> usize {
        self.sums.iter().map(Vec::len).sum()
    }

    /// The record of the sums.
    pub fn bytes(&self) -> Vec<u8> {
        to_json(&self.sums).into_bytes()
    }

    /// The record that names it, and the number of ballots in it.
    pub fn sized_bytes(&self) -> Vec<u8> {
        let size = TallySize {
            num_tallied: self.ballots as u64,
            total_weight: self.ballots as u64,
            encrypted_tally: self.hash(),
        };
        to_json(&size).into_bytes()
    }

    /// The hash of the sums in hexadecimal digits: what a scrutineer's terminal stores before it
    /// releases its factors.
    pub fn hash(&self) -> String {
        sha256_hex(&self.bytes())
    }

    /// Ballots in the sum.
    pub fn ballots(&self) -> usize {
        self.ballots
    }
}

/// One trustee's contribution to the opening: a factor for each sum, and the proof that it is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialDecryption {
    decryption_factors: Vec<Vec<Element>>,
    decryption_proofs: Vec<Vec<Proof>>,
}

/// The record that says whose factors they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Owned {
    pub owner: u32,
    pub payload: String,
}

/// The text to which the proofs of a trustee's factors are bound.
fn factor_prefix(setup: &Setup, key: &Element) -> String {
    format!("decrypt|{}|{key}|", setup.election().fingerprint())
}

impl TrusteeKey {
    /// This trustee's factors for the sums. Release them for one tally of an election only: with two
    /// tallies that differ in one ballot, that ballot is read.
    pub fn decrypt<R: CryptoRng + ?Sized>(
        &self,
        setup: &Setup,
        tally: &EncryptedTally,
        rng: &mut R,
    ) -> PartialDecryption {
        let prefix = factor_prefix(setup, &self.public());
        let (decryption_factors, decryption_proofs) = tally
            .sums
            .iter()
            .map(|sums| {
                sums.iter()
                    .map(|sum| {
                        let factor = Element::new(sum.alpha.point() * self.scalar());
                        let proof = Proof::of_equality(self.scalar(), &sum.alpha, &prefix, rng);
                        (factor, proof)
                    })
                    .unzip()
            })
            .unzip();
        PartialDecryption { decryption_factors, decryption_proofs }
    }
}

impl PartialDecryption {
    /// Reads factors and proofs, without checking these yet.
    ///
    /// # Errors
    /// An error if the bytes do not read.
    pub fn parse(bytes: &[u8]) -> Result<Self, BallotError> {
        from_canonical_json("partial decryption", bytes)
    }

    /// The record of factors and proofs.
    pub fn bytes(&self) -> Vec<u8> {
        to_json(self).into_bytes()
    }

    /// The record that says whose they are.
    pub(super) fn owned_bytes(&self, owner: u32) -> Vec<u8> {
        let payload = sha256_hex(&self.bytes());
        to_json(&Owned { owner, payload }).into_bytes()
    }

    /// Checks every proof against the key of the trustee of this number.
    ///
    /// # Errors
    /// An error that names the trustee, and the first factor that does not hold.
    pub fn verify(&self, setup: &Setup, tally: &EncryptedTally, owner: u32) -> Result<(), BallotError> {
        self.find_fault(setup, tally, owner)
            .map_or(Ok(()), |fault| Err(BallotError::Trustee { owner, fault }))
    }

    fn find_fault(&self, setup: &Setup, tally: &EncryptedTally, owner: u32) -> Option<TrusteeFault> {
        let Some(key) = setup.trustees().key_of(owner) else {
            return Some(TrusteeFault::Unknown);
        };
        let shape = |lengths: Vec<usize>| lengths == tally.sums.iter().map(Vec::len).collect::<Vec<_>>();
        if !shape(self.decryption_factors.iter().map(Vec::len).collect())
            || !shape(self.decryption_proofs.iter().map(Vec::len).collect())
        {
            return Some(TrusteeFault::FactorsCount);
        }
        let prefix = factor_prefix(setup, &key);
        let questions = self.decryption_factors.iter().zip(&self.decryption_proofs);
        for (question, (sums, (factors, proofs))) in tally.sums.iter().zip(questions).enumerate() {
            for (choice, (sum, (factor, proof))) in sums.iter().zip(factors.iter().zip(proofs)).enumerate() {
                if !proof.shows_equality(&key, &sum.alpha, factor, &prefix) {
                    return Some(TrusteeFault::FactorProof { question: question + 1, choice: choice + 1 });
                }
            }
        }
        None
    }
}

/// The opened sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Marks per question, per choice, the blank first.
    pub result: Vec<Vec<u64>>,
    /// The record of the result.
    pub bytes: Vec<u8>,
}

/// The record of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultFields {
    pub result: Vec<Vec<u64>>,
}

/// Opens the sums with the trustees' factors, after checking every proof. `ballots` is the number of
/// ballots that were counted, which the sum must hold.
///
/// # Errors
/// An error that names the trustee whose factors do not hold or are given twice, or says how many are missing.
pub fn combine(
    setup: &Setup,
    tally: &EncryptedTally,
    partials: &[(u32, PartialDecryption)],
    ballots: usize,
) -> Result<Outcome, BallotError> {
    if tally.ballots != ballots {
        return Err(BallotError::BallotCount { expected: ballots, found: tally.ballots });
    }
    let mut by_owner = BTreeMap::new();
    for (owner, partial) in partials {
        partial.verify(setup, tally, *owner)?;
        if by_owner.insert(*owner, partial).is_some() {
            return Err(BallotError::TrusteeTwice(*owner));
        }
    }
    let present: Vec<u32> = by_owner.keys().copied().collect();
    let weights = setup.trustees().weights(&present)?;
    let opening: Vec<(Scalar, &PartialDecryption)> = weights
        .iter()
        .filter_map(|(owner, weight)| by_owner.get(owner).map(|partial| (*weight, *partial)))
        .collect();
    let logarithms = logarithms(ballots);
    let mut result = Vec::with_capacity(tally.sums.len());
    for (question, sums) in tally.sums.iter().enumerate() {
        let mut counts = Vec::with_capacity(sums.len());
        for (choice, sum) in sums.iter().enumerate() {
            let factor: EdwardsPoint = opening
                .iter()
                .filter_map(|(weight, partial)| {
                    let factor = partial.decryption_factors.get(question)?.get(choice)?;
                    Some(factor.point() * weight)
                })
                .sum();
            let power = Element::new(sum.beta.point() - factor);
            let place = Place::question(question).choice(choice);
            counts.push(*logarithms.get(&power).ok_or(BallotError::NoSum(place))?);
        }
        result.push(counts);
    }
    let fields = ResultFields { result };
    let bytes = to_json(&fields).into_bytes();
    Ok(Outcome { result: fields.result, bytes })
}

/// Checks one trustee's factors of a sum over so many ballots, as they are written.
///
/// # Errors
/// What does not read, or the first factor that does not hold.
pub fn check_factors(
    setup: &Setup,
    ballots: usize,
    sum: &[u8],
    owner: u32,
    factors: &[u8],
) -> Result<(), BallotError> {
    let sum = EncryptedTally::parse(setup, sum, ballots)?;
    PartialDecryption::parse(factors)?.verify(setup, &sum, owner)
}

/// Checks an opening as a record holds it: every proof of the factors, and that sum and factors give this result.
///
/// # Errors
/// The first thing that does not hold.
pub fn check_opening(
    setup: &Setup,
    ballots: usize,
    sum: &[u8],
    factors: &[(u32, &[u8])],
    result: &[u8],
) -> Result<Outcome, BallotError> {
    let sum = EncryptedTally::parse(setup, sum, ballots)?;
    let partials = factors
        .iter()
        .map(|(owner, factors)| Ok((*owner, PartialDecryption::parse(factors)?)))
        .collect::<Result<Vec<_>, BallotError>>()?;
    let outcome = combine(setup, &sum, &partials, ballots)?;
    if outcome.bytes == result { Ok(outcome) } else { Err(BallotError::OtherResult) }
}

/// The logarithms of g^0 to g^largest. A table rather than a search: it is as long as the list of
/// ballots, which is there anyway.
fn logarithms(largest: usize) -> HashMap<Element, u64> {
    let powers: Vec<EdwardsPoint> =
        std::iter::successors(Some(EdwardsPoint::identity()), |power| Some(power + ED25519_BASEPOINT_POINT))
            .take(largest + 1)
            .collect();
    Element::all(&powers).into_iter().zip(0..).collect()
}
