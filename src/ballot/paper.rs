//! The shape of a ballot: its JSON, its hash, and the texts to which its proofs are bound.
//!
//! (Belenios specification, section "Ballots".)

use std::fmt;
use std::str::FromStr;

use curve25519_dalek::edwards::EdwardsPoint;
use data_encoding::BASE64_NOPAD;
use serde::{Deserialize, Serialize};

use super::credential::PublicCredential;
use super::election::{Election, Question};
use super::group::{Element, decimal, product};
use super::proof::Proof;
use super::text::{self, serde_as_text, sha256, sha256_base64, to_json};

/// The encryption of one exponent: (g^r, y^r · g^m).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ciphertext {
    pub alpha: Element,
    pub beta: Element,
}

impl Ciphertext {
    /// The product, which encrypts the sum.
    pub(super) fn product<'a>(factors: impl IntoIterator<Item = &'a Ciphertext> + Clone) -> Self {
        Self::from_points(
            product(factors.clone().into_iter().map(|factor| &factor.alpha)),
            product(factors.into_iter().map(|factor| &factor.beta)),
        )
    }

    pub(super) fn from_points(alpha: EdwardsPoint, beta: EdwardsPoint) -> Self {
        Self { alpha: Element::new(alpha), beta: Element::new(beta) }
    }
}

/// The digits of both elements, as prefixes of proofs and the audit's commitment repeat them.
impl fmt::Display for Ciphertext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.alpha, self.beta)
    }
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// One for each choice, the blank first.
    pub choices: Vec<Ciphertext>,
    /// That each choice encrypts 0 or 1.
    pub individual_proofs: Vec<Vec<Proof>>,
    /// That the sum is permitted.
    pub overall_proof: Vec<Proof>,
    /// That a blank bears no other mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank_proof: Option<Vec<Proof>>,
}

/// A ballot, its answers typed or (`A = &RawValue`) still to be read one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ballot<A> {
    pub election_uuid: String,
    pub election_hash: String,
    pub credential: PublicCredential,
    pub answers: Vec<A>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// The credential's signature over the rest of the ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    pub hash: String,
    pub proof: Proof,
}

impl Signature {
    /// The text to which the proof of a signature is bound.
    pub(super) fn prefix(hash: &str) -> String {
        format!("sig|{hash}|")
    }
}

impl<A: Serialize> Ballot<A> {
    /// The hash that is signed: of the ballot without its signature.
    pub(super) fn signed_hash(&mut self) -> String {
        let signature = self.signature.take();
        let hash = sha256_base64(to_json(self).as_bytes());
        self.signature = signature;
        hash
    }
}

/// What every proof of a ballot repeats: the election and the credential, so that no proof can be
/// moved into another ballot.
pub(super) struct Binding(String);

impl Binding {
    pub(super) fn new(election: &Election, credential: &PublicCredential) -> Self {
        Self(format!("{}|{credential}", election.fingerprint()))
    }

    /// The prefix of the proof of one choice.
    pub(super) fn individual(&self, choice: &Ciphertext) -> String {
        format!("prove|{}|{choice}|", self.0)
    }

    /// The prefix of the proof of the sum, where there is no blank.
    pub(super) fn overall(&self, choices: &[Ciphertext], sum: &Ciphertext) -> String {
        format!("prove|{}|{sum}|", self.with(choices))
    }

    /// The prefix of the proof that a blank bears no other mark.
    pub(super) fn blank(&self, choices: &[Ciphertext]) -> String {
        format!("bproof0|{}|", self.with(choices))
    }

    /// The prefix of the proof of the sum, where there is a blank.
    pub(super) fn overall_or_blank(&self, choices: &[Ciphertext]) -> String {
        format!("bproof1|{}|", self.with(choices))
    }

    fn with(&self, choices: &[Ciphertext]) -> String {
        let texts: Vec<String> = choices.iter().map(Ciphertext::to_string).collect();
        format!("{}|{}", self.0, texts.join(","))
    }
}

/// An upper bound of a ballot's length, from the format with every number at its longest.
pub(super) fn ballot_bytes_max(election: &Election) -> usize {
    const ELEMENT: usize = 64;
    const HASH: usize = 43;
    const PROOF: usize = r#"{"challenge":"","response":""},"#.len() + 2 * decimal::DIGITS_MAX;
    const CIPHERTEXT: usize = r#"{"alpha":"","beta":""},"#.len() + 2 * ELEMENT;
    const ANSWER: usize =
        r#"{"choices":[],"individual_proofs":[],"overall_proof":[],"blank_proof":[]},"#.len();
    const FRAME: usize = r#"{"election_uuid":"","election_hash":"","credential":"","answers":[],"signature":{"hash":"","proof":}}"#.len()
        + 2 * HASH
        + ELEMENT
        + PROOF;
    let answer = |question: &Question| {
        let blank_proofs = if question.blank { 2 } else { 0 };
        let choice = CIPHERTEXT + "[],".len() + 2 * PROOF;
        ANSWER + question.choices() * choice + (question.overall_proofs() + blank_proofs) * PROOF
    };
    FRAME + election.uuid().len() + election.questions().iter().map(answer).sum::<usize>()
}

/// A ballot as it is cast, and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBallot {
    /// The line to be sent, to be kept, and to be found in the box.
    pub bytes: Vec<u8>,
    /// Its hash.
    pub hash: BallotHash,
}

/// The SHA-256 of a ballot's bytes: how a ballot is found again in the box.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BallotHash([u8; 32]);

impl BallotHash {
    /// The hash of these bytes.
    pub fn of(ballot: &[u8]) -> Self {
        Self(sha256(ballot))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The same bytes in base64, as Belenios shows them to voters ("smart ballot tracker").
    pub fn tracker(&self) -> String {
        BASE64_NOPAD.encode(&self.0)
    }
}

/// Why a text is not the hash of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hash of a ballot is 64 lower-case hexadecimal digits")]
pub struct BallotHashFault;

impl FromStr for BallotHash {
    type Err = BallotHashFault;

    fn from_str(digits: &str) -> Result<Self, BallotHashFault> {
        text::hex_to_bytes(digits).map(Self).ok_or(BallotHashFault)
    }
}

impl fmt::Display for BallotHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_hex(&self.0, f)
    }
}

impl fmt::Debug for BallotHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BallotHash({self})")
    }
}

serde_as_text!(BallotHash);
