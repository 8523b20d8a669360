//! The election: its questions, its key, and the bytes of `election.json`, over which everything else hashes.

use rand::{CryptoRng, RngExt};
use serde::{Deserialize, Serialize};

use super::error::BallotError;
use super::group::Element;
use super::marks::split_blank;
use super::text::{from_canonical_json, sha256_base64, to_json};

/// The largest `election.json`: an annual session asks a few hundred lines at most.
pub const ELECTION_BYTES_MAX: usize = 1 << 20;

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const UUID_CHARS: usize = 22;
const UUID_CHARS_MIN: usize = 14;
const UUID_CHARS_MAX: usize = 64;

/// A fresh name for an election: 22 characters of base 58, as long as the tool's own.
pub fn new_uuid<R: CryptoRng + ?Sized>(rng: &mut R) -> String {
    random_base58(UUID_CHARS, rng)
}

/// Random characters of base 58.
pub(super) fn random_base58<R: CryptoRng + ?Sized>(chars: usize, rng: &mut R) -> String {
    (0..chars)
        .filter_map(|_| BASE58.get(rng.random_range(..BASE58.len())))
        .map(|&byte| char::from(byte))
        .collect()
}

/// A question: each answer is marked or not, between `min` and `max` marks in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What may be marked.
    pub answers: Vec<String>,
    /// Whether a blank answer is offered: a choice of its own, before the others, which excludes them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blank: bool,
    /// Least number of marks.
    pub min: u32,
    /// Largest number of marks.
    pub max: u32,
    /// The question itself.
    pub question: String,
}

impl Question {
    /// Choices of a ballot paper: the answers, and the blank before them where there is one.
    pub fn choices(&self) -> usize {
        self.answers.len() + usize::from(self.blank)
    }

    /// Whether each ballot marks exactly one answer.
    pub fn is_one_choice(&self) -> bool {
        !self.blank && (self.min, self.max) == (1, 1)
    }

    /// Whether so many ballots can add up to these sums of the choices.
    pub fn can_add_up(&self, sums: &[u32], ballots: u32) -> bool {
        let (blank, answers) = split_blank(self, sums);
        let Some(marked) = ballots.checked_sub(blank) else { return false };
        let total: u64 = answers.iter().copied().map(u64::from).sum();
        let times = |marks: u32| u64::from(marks) * u64::from(marked);
        sums.len() == self.choices()
            && answers.iter().all(|sum| *sum <= marked)
            && (times(self.min)..=times(self.max)).contains(&total)
    }

    /// The numbers of marks that are permitted, apart from the blank.
    pub(super) fn range(&self) -> std::ops::RangeInclusive<u32> {
        self.min..=self.max
    }

    /// Proofs in `overall_proof`.
    pub(super) fn overall_proofs(&self) -> usize {
        (self.max.saturating_sub(self.min)) as usize + 1 + usize::from(self.blank)
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.answers.is_empty() {
            Err("it offers no answer")
        } else if self.min > self.max {
            Err("it asks for more marks than it permits")
        } else if self.max as usize > self.answers.len() {
            Err("it permits more marks than it has answers")
        } else {
            Ok(())
        }
    }
}

/// `election.json`, field by field in the order of the format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    version: u32,
    description: String,
    name: String,
    group: String,
    public_key: Element,
    questions: Vec<Question>,
    uuid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_authority: Option<String>,
}

/// An election, with the bytes of its `election.json` as written.
///
/// Invariants: version 1, group Ed25519, at least one question, every question can be answered, the key
/// is not neutral, the bytes are canonical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    fields: Fields,
    bytes: Vec<u8>,
    fingerprint: String,
}

impl Election {
    /// A new election under the trustees' key.
    ///
    /// # Errors
    /// An error if a question cannot be answered or the name cannot serve as one.
    pub fn new(
        uuid: String,
        name: String,
        description: String,
        public_key: PublicKey,
        questions: Vec<Question>,
    ) -> Result<Self, BallotError> {
        let fields = Fields {
            version: 1,
            description,
            name,
            group: "Ed25519".to_owned(),
            public_key: public_key.0,
            questions,
            uuid,
            administrator: None,
            credential_authority: None,
        };
        let bytes = to_json(&fields).into_bytes();
        Self::check(fields, bytes)
    }

    /// Reads `election.json`, without the newline that the file ends in outside an archive.
    ///
    /// # Errors
    /// An error that says what is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, BallotError> {
        let what = "election.json";
        if bytes.len() > ELECTION_BYTES_MAX {
            return Err(BallotError::TooLong { what, bytes: bytes.len(), bytes_max: ELECTION_BYTES_MAX });
        }
        Self::check(from_canonical_json(what, bytes)?, bytes.to_vec())
    }

    fn check(fields: Fields, bytes: Vec<u8>) -> Result<Self, BallotError> {
        if fields.version != 1 {
            return Err(BallotError::Election("only version 1 is known"));
        }
        if fields.group != "Ed25519" {
            return Err(BallotError::Election("only the group Ed25519 is known"));
        }
        if fields.public_key.is_neutral() {
            return Err(BallotError::Election("the public key is the neutral element"));
        }
        if !(UUID_CHARS_MIN..=UUID_CHARS_MAX).contains(&fields.uuid.len())
            || !fields.uuid.bytes().all(|byte| BASE58.contains(&byte))
        {
            return Err(BallotError::Election("the uuid is not 14 to 64 characters of base 58"));
        }
        if fields.questions.is_empty() {
            return Err(BallotError::Election("it asks no question"));
        }
        for (index, question) in fields.questions.iter().enumerate() {
            question.check().map_err(|why| BallotError::Question { question: index + 1, why })?;
        }
        let fingerprint = sha256_base64(&bytes);
        Ok(Self { fields, bytes, fingerprint })
    }

    /// The bytes of `election.json`.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of the bytes in base64, which every ballot repeats.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The election's unique name.
    pub fn uuid(&self) -> &str {
        &self.fields.uuid
    }

    /// The title.
    pub fn name(&self) -> &str {
        &self.fields.name
    }

    /// The text that binds the election to session, item, round and plan.
    pub fn description(&self) -> &str {
        &self.fields.description
    }

    /// The questions, in the order of the ballot paper.
    pub fn questions(&self) -> &[Question] {
        &self.fields.questions
    }

    pub(super) fn public_key(&self) -> &Element {
        &self.fields.public_key
    }
}

/// The key to which an election is encrypted: the product of the trustees' keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey(pub(super) Element);

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}
