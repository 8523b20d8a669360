//! The challenge: a member who doubts the terminal has it show how it encrypted, and gets a fresh ballot.
//!
//! The terminal shows the commitment first. Then it gives away marks and randomness, with which any
//! other program can encrypt again and compare. Nothing of a credential is in it, and it cannot be cast.

use curve25519_dalek::scalar::Scalar;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::disjunction::ElectionKey;
use super::election::Election;
use super::encrypt::{PreparedBallot, encrypt_marks};
use super::error::BallotError;
use super::group::decimal;
use super::marks::Marks;
use super::paper::Ciphertext;
use super::setup::Setup;
use super::text::{from_canonical_json, sha256_hex, to_json};

/// A challenged ballot: what was marked, and with which randomness it was encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    election_hash: String,
    commitment: String,
    questions: Vec<Vec<Shown>>,
}

/// One choice, shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    mark: u32,
    #[serde(with = "decimal")]
    randomness: Scalar,
}

impl Audit {
    pub(super) fn new(prepared: PreparedBallot) -> Self {
        let commitment = prepared.audit_commitment();
        let questions = prepared
            .marks
            .0
            .iter()
            .zip(prepared.randomness.iter())
            .map(|(marks, randomness)| {
                marks.iter().zip(randomness).map(|(&mark, &randomness)| Shown { mark, randomness }).collect()
            })
            .collect();
        Self { election_hash: prepared.fingerprint, commitment, questions }
    }

    /// The JSON for a file or a screen.
    pub fn bytes(&self) -> Vec<u8> {
        to_json(self).into_bytes()
    }

    /// Reads what [`bytes`](Self::bytes) gave.
    ///
    /// # Errors
    /// An error if this is not a challenged ballot in its canonical form.
    pub fn parse(bytes: &[u8]) -> Result<Self, BallotError> {
        from_canonical_json("challenged ballot", bytes)
    }

    /// The commitment that the screen showed before.
    pub fn commitment(&self) -> &str {
        &self.commitment
    }

    /// The fingerprint of the election for which it was encrypted.
    pub(super) fn fingerprint(&self) -> &str {
        &self.election_hash
    }

    /// What the terminal says was marked; to be compared with what the member had marked.
    pub fn marks(&self) -> Marks {
        Marks(
            self.questions.iter().map(|question| question.iter().map(|shown| shown.mark).collect()).collect(),
        )
    }

    /// Encrypts again, and compares with the commitment.
    ///
    /// # Errors
    /// An error if it is for another election, the marks could not be cast, or the commitment differs.
    pub fn check(&self, setup: &Setup) -> Result<(), BallotError> {
        self.check_with(setup.election(), setup.key())
    }

    /// The same for somebody who has the election alone.
    pub(super) fn check_election(&self, election: &Election) -> Result<(), BallotError> {
        self.check_with(election, &ElectionKey::new(election.public_key()))
    }

    fn check_with(&self, election: &Election, key: &ElectionKey) -> Result<(), BallotError> {
        if self.election_hash != election.fingerprint() {
            return Err(BallotError::ForeignBallot);
        }
        let marks = self.marks();
        marks.check(election)?;
        let choices: Vec<Vec<Ciphertext>> = self
            .questions
            .iter()
            .zip(&marks.0)
            .map(|(question, marks)| {
                let randomness: Vec<Scalar> = question.iter().map(|shown| shown.randomness).collect();
                encrypt_marks(key, marks, &randomness)
            })
            .collect();
        if commitment(election.fingerprint(), &choices) == self.commitment {
            Ok(())
        } else {
            Err(BallotError::Audit)
        }
    }
}

impl Drop for Audit {
    fn drop(&mut self) {
        for shown in self.questions.iter_mut().flatten() {
            shown.mark.zeroize();
            shown.randomness.zeroize();
        }
    }
}

/// SHA-256(`plenum/audit` ‖ election fingerprint ‖ ciphertexts), the parts separated by `|` and the
/// ciphertexts' digits by commas.
pub(super) fn commitment(fingerprint: &str, choices: &[Vec<Ciphertext>]) -> String {
    let texts: Vec<String> = choices.iter().flatten().map(Ciphertext::to_string).collect();
    sha256_hex(format!("plenum/audit|{fingerprint}|{}", texts.join(",")).as_bytes())
}
