//! The setup of an election: questions, trustees and the list of credentials, which hold only together.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rand::CryptoRng;
use serde::Serialize;

use super::check::{self, CheckedBallot, SignedBallot};
use super::credential::{CredentialSecret, PublicCredential};
use super::disjunction::ElectionKey;
use super::election::Election;
use super::encrypt::PreparedBallot;
use super::error::BallotError;
use super::marks::Marks;
use super::paper::{self, SealedBallot};
use super::text::{from_canonical_json, sha256_hex, to_json};
use super::trustees::Trustees;

/// The most credentials on one list; a body has at most 500 members.
pub const CREDENTIALS_MAX: usize = 10_000;

/// Everything that is fixed before the first ballot.
///
/// Invariants: the election's key is the product of the trustees' keys; the credentials are distinct
/// and sorted.
#[derive(Clone)]
pub struct Setup {
    election: Election,
    trustees: Trustees,
    credentials: Vec<PublicCredential>,
    key: Arc<ElectionKey>,
}

/// The record `setup_data` of an archive.
#[derive(Serialize)]
pub(super) struct SetupData {
    election: String,
    trustees: String,
    credentials: String,
}

impl Setup {
    /// Puts the three together, and sorts the credentials.
    ///
    /// # Errors
    /// An error if they do not fit each other.
    pub fn new(
        election: Election,
        trustees: Trustees,
        mut credentials: Vec<PublicCredential>,
    ) -> Result<Self, BallotError> {
        credentials.sort_unstable();
        Self::check(election, trustees, credentials)
    }

    /// Reads `election.json`, `trustees.json` and the list of credentials as an archive holds them.
    ///
    /// # Errors
    /// An error if one does not read, or they do not fit each other.
    pub fn parse(election: &[u8], trustees: &[u8], credentials: &[u8]) -> Result<Self, BallotError> {
        let what = "list of credentials";
        let bytes_max = CREDENTIALS_MAX * 67 + 2;
        if credentials.len() > bytes_max {
            return Err(BallotError::TooLong { what, bytes: credentials.len(), bytes_max });
        }
        Self::check(
            Election::parse(election)?,
            Trustees::parse(trustees)?,
            from_canonical_json(what, credentials)?,
        )
    }

    fn check(
        election: Election,
        trustees: Trustees,
        credentials: Vec<PublicCredential>,
    ) -> Result<Self, BallotError> {
        if *election.public_key() != trustees.public_key().0 {
            return Err(BallotError::ForeignKey);
        }
        if credentials.is_empty() {
            return Err(BallotError::NoCredentials);
        }
        let mut seen = BTreeSet::new();
        for credential in &credentials {
            if seen.last().is_some_and(|last| credential < last) && !seen.contains(credential) {
                return Err(BallotError::CredentialUnsorted(*credential));
            }
            if !seen.insert(*credential) {
                return Err(BallotError::CredentialTwice(*credential));
            }
        }
        let key = Arc::new(ElectionKey::new(election.public_key()));
        Ok(Self { election, trustees, credentials, key })
    }

    /// The election.
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// The trustees.
    pub fn trustees(&self) -> &Trustees {
        &self.trustees
    }

    /// The list of credentials, sorted.
    pub fn credentials(&self) -> &[PublicCredential] {
        &self.credentials
    }

    /// The list as an archive holds it.
    pub fn credentials_bytes(&self) -> Vec<u8> {
        to_json(&self.credentials).into_bytes()
    }

    /// The record that names the three others by their hashes.
    pub fn setup_data_bytes(&self) -> Vec<u8> {
        let data = SetupData {
            election: sha256_hex(self.election.bytes()),
            trustees: sha256_hex(self.trustees.bytes()),
            credentials: sha256_hex(&self.credentials_bytes()),
        };
        to_json(&data).into_bytes()
    }

    /// The hash of that record, in hexadecimal digits: it commits to all three.
    pub fn hash(&self) -> String {
        sha256_hex(&self.setup_data_bytes())
    }

    /// Whether this credential may vote.
    pub fn is_listed(&self, credential: &PublicCredential) -> bool {
        self.credentials.binary_search(credential).is_ok()
    }

    pub(super) fn require_listed(&self, credential: &PublicCredential) -> Result<(), BallotError> {
        if self.is_listed(credential) { Ok(()) } else { Err(BallotError::UnknownCredential(*credential)) }
    }

    pub(super) fn key(&self) -> &ElectionKey {
        &self.key
    }

    /// Encrypts marks, without sealing them yet: the member may still challenge the terminal.
    ///
    /// # Errors
    /// An error that names the question which the marks do not fit.
    pub fn prepare<R: CryptoRng + ?Sized>(
        &self,
        marks: &Marks,
        rng: &mut R,
    ) -> Result<PreparedBallot, BallotError> {
        PreparedBallot::new(&self.election, &self.key, marks, rng)
    }

    /// Encrypts, proves and signs: a ballot ready to be cast.
    ///
    /// # Errors
    /// An error if the marks do not fit the questions or the credential is not on the list.
    pub fn encrypt<R: CryptoRng + ?Sized>(
        &self,
        credential: &CredentialSecret,
        marks: &Marks,
        rng: &mut R,
    ) -> Result<SealedBallot, BallotError> {
        self.prepare(marks, rng)?.seal(self, credential, rng)
    }

    /// Checks everything about a ballot except whether its credential has voted already.
    ///
    /// # Errors
    /// The first thing found wrong, with its place.
    pub fn check_ballot(&self, bytes: &[u8]) -> Result<CheckedBallot, BallotError> {
        check::check_ballot(self, bytes)
    }

    /// Checks what costs little: whoever holds no listed credential is refused before a proof is looked at.
    ///
    /// # Errors
    /// It is no ballot of this election, or no holder of a listed credential has signed it.
    pub fn check_signed(&self, bytes: &[u8]) -> Result<SignedBallot, BallotError> {
        check::check_signed(self, bytes)
    }

    /// No ballot of this election is longer: the size of a slot in the box.
    pub fn ballot_bytes_max(&self) -> usize {
        paper::ballot_bytes_max(&self.election)
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("election", &self.election)
            .field("trustees", &self.trustees)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
