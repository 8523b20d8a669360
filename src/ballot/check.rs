//! Checking a ballot, in full: everything that the tool's `verify-ballot` checks, and what it leaves out.

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use serde_json::value::RawValue;

use super::credential::PublicCredential;
use super::disjunction::{Claim, ElectionKey, holds};
use super::election::Question;
use super::error::{BallotError, Place, ProofKind};
use super::paper::{Answer, Ballot, BallotHash, Binding, Ciphertext, Signature, ballot_bytes_max};
use super::proof::Proof;
use super::setup::Setup;
use super::text::{from_json, require_canonical};

/// A ballot of which everything was checked. Only such a one can be added to a tally.
#[derive(Debug, Clone)]
pub struct CheckedBallot {
    /// The hash of its bytes.
    pub hash: BallotHash,
    /// The credential that signed it.
    pub credential: PublicCredential,
    pub(super) choices: Vec<Vec<Ciphertext>>,
    proofs: usize,
    /// The fingerprint of the election for which it was checked.
    pub(super) fingerprint: String,
}

impl CheckedBallot {
    /// Proofs that were checked: of choices, sums, blanks, and the signature.
    pub fn proofs(&self) -> usize {
        self.proofs
    }
}

/// A ballot of which everything was looked at that costs little, in this order: its length, its election, that its
/// credential is listed, and that whoever holds the credential has signed it. No proof was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBallot {
    /// The hash of its bytes.
    pub hash: BallotHash,
    /// The credential that signed it.
    pub credential: PublicCredential,
}

/// What [`Setup::check_signed`] does.
pub(super) fn check_signed(setup: &Setup, bytes: &[u8]) -> Result<SignedBallot, BallotError> {
    let ballot = read_signed(setup, bytes)?;
    Ok(SignedBallot { hash: BallotHash::of(bytes), credential: ballot.credential })
}

fn read_signed(setup: &Setup, bytes: &[u8]) -> Result<Ballot<Answer>, BallotError> {
    let what = "ballot";
    let election = setup.election();
    let bytes_max = ballot_bytes_max(election);
    if bytes.len() > bytes_max {
        return Err(BallotError::TooLong { what, bytes: bytes.len(), bytes_max });
    }
    let raw: Ballot<&RawValue> = from_json(what, bytes)?;
    if raw.election_uuid != election.uuid() || raw.election_hash != election.fingerprint() {
        return Err(BallotError::ForeignBallot);
    }
    setup.require_listed(&raw.credential)?;
    Place::ALL.expect("answers", election.questions().len(), raw.answers.len())?;
    let mut ballot = read_answers(raw)?;
    require_canonical(what, &ballot, bytes)?;
    check_signature(&mut ballot)?;
    Ok(ballot)
}

/// What [`Setup::check_ballot`] does.
pub(super) fn check_ballot(setup: &Setup, bytes: &[u8]) -> Result<CheckedBallot, BallotError> {
    let election = setup.election();
    let ballot = read_signed(setup, bytes)?;
    let binding = Binding::new(election, &ballot.credential);
    let mut proofs = 1;
    for (index, (question, answer)) in election.questions().iter().zip(&ballot.answers).enumerate() {
        let checker =
            Checker { key: setup.key(), binding: &binding, question, answer, place: Place::question(index) };
        proofs += checker.check()?;
    }
    Ok(CheckedBallot {
        hash: BallotHash::of(bytes),
        credential: ballot.credential,
        choices: ballot.answers.into_iter().map(|answer| answer.choices).collect(),
        proofs,
        fingerprint: election.fingerprint().to_owned(),
    })
}

/// Reads the answers one by one, so that an error can name the question.
fn read_answers(raw: Ballot<&RawValue>) -> Result<Ballot<Answer>, BallotError> {
    let answers = raw
        .answers
        .iter()
        .enumerate()
        .map(|(index, answer)| {
            serde_json::from_str(answer.get()).map_err(|error| BallotError::Answer {
                place: Place::question(index),
                why: error.to_string(),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Ballot {
        election_uuid: raw.election_uuid,
        election_hash: raw.election_hash,
        credential: raw.credential,
        answers,
        signature: raw.signature,
    })
}

fn check_signature(ballot: &mut Ballot<Answer>) -> Result<(), BallotError> {
    let hash = ballot.signed_hash();
    let signature = ballot.signature.as_ref().ok_or(BallotError::Unsigned)?;
    let prefix = Signature::prefix(&hash);
    let signed = signature.hash == hash
        && ballot.credential.element().is_some_and(|key| signature.proof.shows_knowledge(&key, &prefix));
    if signed { Ok(()) } else { Err(BallotError::Signature) }
}

/// The verifier of one question.
struct Checker<'a> {
    key: &'a ElectionKey,
    binding: &'a Binding,
    question: &'a Question,
    answer: &'a Answer,
    place: Place,
}

impl Checker<'_> {
    /// Checks shape and proofs; returns the number of proofs.
    fn check(&self) -> Result<usize, BallotError> {
        let expected = self.question.choices();
        let Answer { choices, individual_proofs, .. } = self.answer;
        self.place.expect("choices", expected, choices.len())?;
        self.place.expect("individual proofs", expected, individual_proofs.len())?;
        for (index, (choice, proof)) in choices.iter().zip(individual_proofs).enumerate() {
            let place = self.place.choice(index);
            let prefix = self.binding.individual(choice);
            self.require(place, ProofKind::Individual, &prefix, claims(choice, 0..=1), proof)?;
        }
        match choices.split_first() {
            Some((blank, answers)) if self.question.blank => {
                self.check_blank(blank, answers)?;
                Ok(expected + 2)
            }
            _ => {
                self.check_overall()?;
                Ok(expected + 1)
            }
        }
    }

    fn check_overall(&self) -> Result<(), BallotError> {
        let choices = &self.answer.choices;
        if self.answer.blank_proof.is_some() {
            self.place.expect("blank proofs", 0, 1)?;
        }
        let sum = Ciphertext::product(choices);
        let prefix = self.binding.overall(choices, &sum);
        let claims = claims(&sum, self.question.range());
        self.require(self.place, ProofKind::Overall, &prefix, claims, &self.answer.overall_proof)
    }

    fn check_blank(&self, blank: &Ciphertext, answers: &[Ciphertext]) -> Result<(), BallotError> {
        let choices = &self.answer.choices;
        let Some(blank_proof) = &self.answer.blank_proof else {
            return self.place.expect("blank proofs", 1, 0);
        };
        let sum = Ciphertext::product(answers);
        let mut exclusive = claims(blank, 0..=0);
        exclusive.extend(claims(&sum, 0..=0));
        self.require(self.place, ProofKind::Blank, &self.binding.blank(choices), exclusive, blank_proof)?;
        let mut permitted = claims(blank, 1..=1);
        permitted.extend(claims(&sum, self.question.range()));
        let prefix = self.binding.overall_or_blank(choices);
        self.require(self.place, ProofKind::Overall, &prefix, permitted, &self.answer.overall_proof)
    }

    fn require(
        &self,
        place: Place,
        proof: ProofKind,
        prefix: &str,
        claims: Vec<Claim>,
        proofs: &[Proof],
    ) -> Result<(), BallotError> {
        place.expect("branches of a proof", claims.len(), proofs.len())?;
        if holds(self.key, prefix, &claims, proofs) {
            Ok(())
        } else {
            Err(BallotError::Proof { place, proof })
        }
    }
}

/// For each value of the range, the claim that the ciphertext encrypts it.
fn claims(ciphertext: &Ciphertext, range: std::ops::RangeInclusive<u32>) -> Vec<Claim> {
    let first = match range.start() {
        0 => *ciphertext.beta.point(),
        start => ciphertext.beta.point() - EdwardsPoint::mul_base(&Scalar::from(*start)),
    };
    range
        .scan(first, |next, _| {
            let beta = *next;
            *next -= ED25519_BASEPOINT_POINT;
            Some(Claim { alpha: *ciphertext.alpha.point(), beta })
        })
        .collect()
}
