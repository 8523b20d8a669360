//! What can be wrong with an archive. Ballots and trustees are counted from 1, bytes and heights from 0.

use super::event::EventKind;
use crate::ballot::credential::PublicCredential;
use crate::ballot::error::BallotError;
use crate::ballot::paper::BallotHash;

/// Something in an archive that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BelFault {
    /// The form of the file.
    #[error("byte {offset}: {why}")]
    Tar {
        /// Where the member begins.
        offset: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The first member, with version and time.
    #[error("the first member: {0}")]
    Header(&'static str),
    /// A record that bears another name than the hash of its contents.
    #[error("byte {offset}: the record's name is not the hash of its contents")]
    RecordName {
        /// Where the member begins.
        offset: usize,
    },
    /// The same record twice.
    #[error("byte {offset}: this record was there before")]
    RecordTwice {
        /// Where the member begins.
        offset: usize,
    },
    /// Records after the last event, which nothing commits to.
    #[error("byte {offset}: this record belongs to no event")]
    RecordLoose {
        /// Where the member begins.
        offset: usize,
    },
    /// An event that does not read.
    #[error("event {height}: {error}")]
    EventText {
        /// Its place in the chain.
        height: u64,
        /// What the reader stumbled over.
        error: BallotError,
    },
    /// An event that is not linked as it must be.
    #[error("event {height} ({kind}): {why}")]
    Chain {
        /// Its place in the chain.
        height: u64,
        /// What it is.
        kind: EventKind,
        /// What does not fit.
        why: &'static str,
    },
    /// An event out of its order.
    #[error("event {height} ({kind}): it must not come here")]
    Order {
        /// Its place in the chain.
        height: u64,
        /// What it is.
        kind: EventKind,
    },
    /// An archive that stops before it is complete.
    #[error("the archive stops too early: after EndBallots or after Result it could end")]
    Incomplete,
    /// The setup does not hold.
    #[error("setup: {0}")]
    Setup(BallotError),
    /// The record that names the three files of the setup.
    #[error("setup: the record does not name the election, trustees and credentials before it")]
    SetupData,
    /// A ballot does not hold.
    #[error("ballot {number} ({hash}): {error}")]
    Ballot {
        /// Its place among the ballots.
        number: usize,
        /// Its hash.
        hash: BallotHash,
        /// What does not hold.
        error: BallotError,
    },
    /// A credential with two ballots.
    #[error("ballots {first} and {second}: both are of credential {credential}")]
    VotedTwice {
        /// The earlier ballot.
        first: usize,
        /// The later one.
        second: usize,
        /// Their credential.
        credential: PublicCredential,
    },
    /// The encrypted sums do not read.
    #[error("encrypted tally: {0}")]
    Tally(BallotError),
    /// The encrypted sums are not those of the ballots.
    #[error("encrypted tally: it is not the product of the ballots")]
    TallyForged,
    /// The record that says how many ballots are in the sums.
    #[error("encrypted tally: the record of its size does not fit the ballots")]
    TallySize,
    /// A trustee's factors do not read or do not hold.
    #[error("partial decryption {number}: {error}")]
    Partial {
        /// Its place among the partial decryptions.
        number: usize,
        /// What does not hold.
        error: BallotError,
    },
    /// The record that says whose factors they are.
    #[error("partial decryption {number}: the record of its owner does not name the factors before it")]
    PartialOwner {
        /// Its place among the partial decryptions.
        number: usize,
    },
    /// The factors do not open the sums.
    #[error("result: {0}")]
    Opening(BallotError),
    /// The result is not what the factors open.
    #[error("result: it is not what the ballots and the factors give")]
    ResultForged,
}
