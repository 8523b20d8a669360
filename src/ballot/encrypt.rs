//! Making a ballot: encrypt the marks, and then either seal them with proofs and a signature, or
//! show how they were encrypted. A [`PreparedBallot`] can do only one of the two.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::audit::Audit;
use super::credential::CredentialSecret;
use super::disjunction::{Branch, ElectionKey, prove};
use super::election::{Election, Question};
use super::error::BallotError;
use super::group::Element;
use super::marks::{Marks, split_blank};
use super::paper::{Answer, Ballot, BallotHash, Binding, Ciphertext, SealedBallot, Signature};
use super::proof::Proof;
use super::setup::Setup;
use super::text::to_json;

/// Encrypted marks, before it is decided whether they are cast or challenged.
pub struct PreparedBallot {
    pub(super) marks: Marks,
    pub(super) randomness: Zeroizing<Vec<Vec<Scalar>>>,
    pub(super) choices: Vec<Vec<Ciphertext>>,
    /// The fingerprint of the election, so that it is not sealed for another.
    pub(super) fingerprint: String,
}

impl PreparedBallot {
    /// Encrypts the marks with fresh randomness.
    pub(super) fn new<R: CryptoRng + ?Sized>(
        election: &Election,
        key: &ElectionKey,
        marks: &Marks,
        rng: &mut R,
    ) -> Result<Self, BallotError> {
        marks.check(election)?;
        let randomness: Zeroizing<Vec<Vec<Scalar>>> = Zeroizing::new(
            marks.0.iter().map(|question| question.iter().map(|_| Scalar::random(rng)).collect()).collect(),
        );
        let choices = marks
            .0
            .iter()
            .zip(randomness.iter())
            .map(|(marks, randomness)| encrypt_marks(key, marks, randomness))
            .collect();
        Ok(Self { marks: marks.clone(), randomness, choices, fingerprint: election.fingerprint().to_owned() })
    }

    /// What the screen shows before the member casts or challenges: SHA-256, in hexadecimal digits,
    /// over `plenum/audit`, the election's fingerprint and the ciphertexts.
    pub fn audit_commitment(&self) -> String {
        super::audit::commitment(&self.fingerprint, &self.choices)
    }

    /// Challenges: gives away marks and randomness, after which the ballot cannot be cast.
    pub fn into_audit(self) -> Audit {
        Audit::new(self)
    }

    /// Casts: adds the proofs, and signs with the credential.
    ///
    /// # Errors
    /// An error if the credential is not on the list, or the ballot was prepared for another election.
    pub fn seal<R: CryptoRng + ?Sized>(
        self,
        setup: &Setup,
        credential: &CredentialSecret,
        rng: &mut R,
    ) -> Result<SealedBallot, BallotError> {
        let election = setup.election();
        if self.fingerprint != election.fingerprint() {
            return Err(BallotError::ForeignBallot);
        }
        let public = credential.public();
        setup.require_listed(&public)?;
        let binding = Binding::new(election, &public);
        let answers = election
            .questions()
            .iter()
            .zip(self.marks.0.iter().zip(self.randomness.iter()))
            .zip(&self.choices)
            .map(|((question, (marks, randomness)), choices)| {
                let prover =
                    Prover { key: setup.key(), binding: &binding, question, marks, randomness, choices };
                prover.answer(rng)
            })
            .collect();
        let mut ballot = Ballot {
            election_uuid: election.uuid().to_owned(),
            election_hash: election.fingerprint().to_owned(),
            credential: public,
            answers,
            signature: None,
        };
        let hash = ballot.signed_hash();
        let proof = Proof::of_knowledge(credential.scalar(), &Signature::prefix(&hash), rng);
        ballot.signature = Some(Signature { hash, proof });
        let bytes = to_json(&ballot).into_bytes();
        let hash = BallotHash::of(&bytes);
        Ok(SealedBallot { bytes, hash })
    }
}

/// (g^r, y^r · g^m) for each mark.
pub(super) fn encrypt_marks(key: &ElectionKey, marks: &[u32], randomness: &[Scalar]) -> Vec<Ciphertext> {
    let points: Vec<EdwardsPoint> = marks
        .iter()
        .zip(randomness)
        .flat_map(|(mark, randomness)| {
            let alpha = EdwardsPoint::mul_base(randomness);
            let beta = key.power(randomness) + EdwardsPoint::mul_base(&Scalar::from(*mark));
            [alpha, beta]
        })
        .collect();
    Element::all(&points).as_chunks().0.iter().map(|&[alpha, beta]| Ciphertext { alpha, beta }).collect()
}

/// The prover of one question.
struct Prover<'a> {
    key: &'a ElectionKey,
    binding: &'a Binding,
    question: &'a Question,
    marks: &'a [u32],
    randomness: &'a [Scalar],
    choices: &'a [Ciphertext],
}

impl Prover<'_> {
    fn answer<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Answer {
        let individual_proofs = self
            .choices
            .iter()
            .zip(self.marks.iter().zip(self.randomness))
            .map(|(choice, (mark, randomness))| {
                let branches = branches(randomness, *mark, 0..=1);
                prove(self.key, &self.binding.individual(choice), &branches, rng)
            })
            .collect();
        let (overall_proof, blank_proof) = match self.randomness.split_first() {
            Some((blank_randomness, randomness)) if self.question.blank => {
                let (overall, blank) = self.blank_proofs(blank_randomness, randomness, rng);
                (overall, Some(blank))
            }
            _ => (self.overall_proof(rng), None),
        };
        Answer { choices: self.choices.to_vec(), individual_proofs, overall_proof, blank_proof }
    }

    fn overall_proof<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Vec<Proof> {
        let sum: u32 = self.marks.iter().sum();
        let randomness = Zeroizing::new(self.randomness.iter().sum::<Scalar>());
        let prefix = self.binding.overall(self.choices, &Ciphertext::product(self.choices));
        prove(self.key, &prefix, &branches(&randomness, sum, self.question.range()), rng)
    }

    /// The overall proof (blank, or the sum is permitted) and the blank proof (not blank, or the sum is zero).
    fn blank_proofs<R: CryptoRng + ?Sized>(
        &self,
        blank_randomness: &Scalar,
        randomness: &[Scalar],
        rng: &mut R,
    ) -> (Vec<Proof>, Vec<Proof>) {
        let (blank, marks) = split_blank(self.question, self.marks);
        let sum: u32 = marks.iter().sum();
        let randomness = Zeroizing::new(randomness.iter().sum::<Scalar>());
        let is_blank = branch(blank_randomness, blank, 1);
        let mut permitted = vec![is_blank];
        permitted.extend(branches(&randomness, sum, self.question.range()));
        let exclusive = [branch(blank_randomness, blank, 0), branch(&randomness, sum, 0)];
        let blank_proof = prove(self.key, &self.binding.blank(self.choices), &exclusive, rng);
        let overall_proof = prove(self.key, &self.binding.overall_or_blank(self.choices), &permitted, rng);
        (overall_proof, blank_proof)
    }
}

fn branch(randomness: &Scalar, value: u32, claimed: u32) -> Branch {
    Branch { randomness: *randomness, distance: Scalar::from(value) - Scalar::from(claimed) }
}

fn branches(randomness: &Scalar, value: u32, claimed: std::ops::RangeInclusive<u32>) -> Vec<Branch> {
    claimed.map(|claimed| branch(randomness, value, claimed)).collect()
}
